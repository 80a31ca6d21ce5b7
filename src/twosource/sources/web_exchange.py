"""One request and its answer: the connection goes to an address that was checked, and to no other; time and bytes are capped.

The name is looked up once, every address it has is checked, and the connection is made to one of those, so that a name which changes its
mind between the check and the connection gains nothing. TLS still names and verifies the host. Caps count what is received
and what is unpacked, and the seconds of the whole answer, for a server that sends a byte now and then never falls silent.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpcore2
import httpx2

from twosource.errors import Forbidden, TooLarge, Unanswered
from twosource.limits import ANSWER_SECONDS, SILENCE_SECONDS
from twosource.sources.web_guard import inside
from twosource.sources.web_world import World

#: Addresses of one host that are tried; more would let a dead host keep us for minutes.
_TRIED = 4

#: Bytes unpacked at a time.
_PIECE = 1 << 20

#: Types of which no report is made, told before a byte of them is taken.
_NO_REPORT = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request: the body only where it gives one of 200 to 299."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    peer: str

    def header(self, name: str) -> str | None:
        """The first header of this name, given in small letters."""
        return next((value for key, value in self.headers if key == name), None)


def ask(
    url: httpx2.URL,
    headers: dict[str, str],
    *,
    most: int,
    allow_private: bool,
    world: World,
    tls: ssl.SSLContext,
) -> Answer:
    """What `url` answers to a GET with `headers`; redirects are answers like others. At most `most` bytes of body are taken.

    Raises Forbidden where its host leads inside, TooLarge above `most`, Unanswered where no whole answer comes.
    """
    line = _Line(str(url), most, allow_private, world)
    request = httpx2.Request(
        "GET", url, headers=headers, extensions={"timeout": httpx2.Timeout(SILENCE_SECONDS).as_dict()}
    )
    with (
        _said(str(url)),
        httpcore2.ConnectionPool(ssl_context=tls, max_keepalive_connections=0, network_backend=line) as pool,
        _Pinned(pool) as transport,
        closing(transport.handle_request(request)) as response,
    ):
        kept = tuple((k, v) for k, v in response.headers.multi_items() if k not in ("set-cookie", "set-cookie2"))
        body = b""
        if response.is_success:
            kind = response.headers.get("content-type", "").strip().lower()
            if kind.startswith(_NO_REPORT):
                raise Unanswered(
                    str(url), f"it is {kind.partition(';')[0].strip()}, not a report", response.status_code
                )
            body = _body(str(url), response.iter_raw(), response.headers.get("content-encoding", ""), most)
        return Answer(response.status_code, kept, body, line.peer)


class _Pinned(httpx2.BaseTransport):
    """httpx2 over a pool whose connections we make ourselves."""

    def __init__(self, pool: httpcore2.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = httpcore2.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )


class _Stream(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Line(httpcore2.NetworkBackend):
    """Connections to checked addresses, for one exchange: it counts their seconds and their bytes."""

    def __init__(self, address: str, most: int, allow_private: bool, world: World) -> None:
        self._address = address
        self._allow_private = allow_private
        self._world = world
        self._ends = world.monotonic() + ANSWER_SECONDS
        self._most = most
        # What is sent around the body: its head, its chunks' lengths.
        self._spare = most + (1 << 20)
        self.peer = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = self._world.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Unanswered(
                self._address, f"there is no host {host}, or its name cannot be looked up now", again=_passing(error)
            ) from None
        for ip in found:
            if what := inside(ip, allow_private=self._allow_private):
                raise Forbidden(
                    self._address,
                    f"its host {host} leads to {ip}, {what}: addresses inside are asked only with --allow-private",
                )
        last: Exception = httpcore2.ConnectError(f"{host} has no address")
        for ip in found[:_TRIED]:
            try:
                stream = self._world.connect(ip, port, self.left(timeout))
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                last = error
            else:
                self.peer = ip
                return _Counted(stream, self)
        raise last

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take. Raises httpcore2.ReadTimeout where none are left."""
        left = self._ends - self._world.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout(f"its answer took more than {ANSWER_SECONDS:g} s")
        return min(left, SILENCE_SECONDS if timeout is None else timeout)

    def take(self, count: int) -> None:
        self._spare -= count
        if self._spare < 0:
            raise _too_large(self._address, self._most)


class _Counted(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, line: _Line) -> None:
        self._stream = stream
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._line.left(timeout))
        self._line.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._line.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Counted(self._stream.start_tls(ssl_context, server_hostname, self._line.left(timeout)), self._line)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


# --- the body -------------------------------------------------------------------------------------------------------------------


def _body(address: str, chunks: Iterable[bytes], coding: str, most: int) -> bytes:
    """The body, unpacked. Raises TooLarge above `most` bytes, Unanswered where it is packed in a way we did not ask for, or cut short."""
    codings = [c for c in (c.strip().lower() for c in coding.split(",")) if c not in ("", "identity")]
    if not codings:
        return _joined(address, chunks, most)
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise Unanswered(
            address, f"it comes packed as {coding.strip()[:80]}, which we did not ask for and do not unpack"
        )
    return _joined(address, _unpacked(address, chunks, codings[0]), most)


def _joined(address: str, pieces: Iterable[bytes], most: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > most:
            raise _too_large(address, most)
    return bytes(data)


def _unpacked(address: str, chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """What `chunks` hold, at most `_PIECE` bytes at a time. Servers send "deflate" with zlib's frame and without."""
    packed = None
    ended = False
    for chunk in chunks:
        if not chunk or ended:
            continue
        if packed is None:
            bare = coding == "deflate" and (chunk[0] & 0x0F) != 8
            packed = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        while chunk:
            try:
                piece = packed.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise Unanswered(address, f"its {coding} cannot be unpacked: {error}", again=0.0) from None
            if piece:
                yield piece
            chunk = packed.unconsumed_tail
            if packed.eof:
                # gzip may go on with another member; what else stands behind the end is none of it.
                chunk, ended = packed.unused_data, not packed.unused_data.startswith(b"\x1f\x8b")
                if ended:
                    break
                packed = zlib.decompressobj(zlib.MAX_WBITS | 32)
    if packed is not None and not packed.eof:
        raise Unanswered(address, f"its {coding} breaks off: the page is not whole", again=0.0)


def _too_large(address: str, most: int) -> TooLarge:
    size = f"{most >> 20} MB" if most >= 1 << 20 else f"{most:,} bytes"
    return TooLarge(address, f"it is larger than {size}, the most that is taken of it")


# --- what went wrong --------------------------------------------------------------------------------------------------------------


@contextmanager
def _said(address: str) -> Iterator[None]:
    """The library's errors as ours, in words. What may pass may be asked again."""
    try:
        yield
    except (httpcore2.ConnectTimeout, httpcore2.PoolTimeout):
        raise Unanswered(address, f"its host did not take the call within {SILENCE_SECONDS:g} s", again=0.0) from None
    except httpcore2.TimeoutException as error:
        why = str(error) if "took more" in str(error) else f"nothing came for {SILENCE_SECONDS:g} s"
        raise Unanswered(address, why, again=0.0) from None
    except httpcore2.ConnectError as error:
        if "CERTIFICATE" in str(error) or "certificate" in str(error):
            raise Forbidden(address, f"its certificate is not to be trusted: {_short(error)}") from None
        raise Unanswered(address, f"its host cannot be reached: {_short(error)}", again=0.0) from None
    except httpcore2.NetworkError as error:
        raise Unanswered(address, f"the connection broke: {_short(error)}", again=0.0) from None
    except (httpcore2.ProtocolError, httpx2.HTTPError) as error:
        raise Unanswered(address, f"what came is no whole answer of a web server: {_short(error)}", again=0.0) from None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _passing(error: Exception) -> float | None:
    """0 where looking the name up again may help: the name server did not answer."""
    import socket

    return 0.0 if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN else None
