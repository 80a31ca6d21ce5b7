"""A site of ours on loopback, and a world in which names lead where a test wants and no clock runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from twosource.sources.web_world import World

if TYPE_CHECKING:
    import ssl

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Page:
    """What stands at a path: a whole answer."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        data = self.body.encode() if isinstance(self.body, str) else self.body
        handler.send_response(self.status)
        kind = {"Content-Type": "text/html; charset=utf-8"} if data else {}
        for name, value in {"Content-Length": str(len(data)), **kind, **self.headers}.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)


def moved(location: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": location})


class Site:
    """A web server on loopback, at `host` and a free port or `port`. `pages` maps paths to what answers there, `posted` to what takes what is posted, `asked` holds the requests in order."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0) -> None:
        self.pages: dict[str, Answering] = {}
        self.posted: dict[str, Answering] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                with suppress(OSError):  # who asked has had enough
                    site.pages.get(self.path, Page("no such page", 404))(self)
                self.close_connection = True

            def do_POST(self) -> None:
                with suppress(OSError):
                    site.posted.get(self.path, Page("no such page", 404))(self)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                pass

        self._server = Server((host, port), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"http://{host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(tls)
    thread = threading.Thread(target=site.serve, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stop()
        thread.join()


class Clock:
    """A clock that only moves when it is waited for, or by `tick` seconds each time it is looked at."""

    def __init__(self, tick: float = 0.0) -> None:
        self.seconds = 0.0
        self.tick = tick
        self.slept: list[float] = []

    def monotonic(self) -> float:
        self.seconds += self.tick
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2031, 4, 1, 12, tzinfo=UTC) + timedelta(seconds=self.seconds)


#: An address of the public internet, by the registry; in these tests every connection ends on loopback all the same.
PUBLIC = "9.9.9.9"


class Names:
    """A name server and the wires: each name has addresses, the next list each time it is asked where several are given."""

    def __init__(self, port: int, **names: Sequence[Sequence[str]]) -> None:
        self.port = port
        self.names = names
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        times = self.looked_up.count(host)
        self.looked_up.append(host)
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        answers = self.names.get(host.partition(".")[0], [[PUBLIC]])
        return answers[min(times, len(answers) - 1)]

    def connect(self, ip: str, port: int, seconds: float) -> Any:
        from httpcore2 import SyncBackend

        self.connected.append((ip, port))
        return SyncBackend().connect_tcp("127.0.0.1", self.port, seconds)


def world(site: Site, clock: Clock | None = None, **names: Sequence[Sequence[str]]) -> tuple[World, Names]:
    """A world in which every connection ends at `site` and every name is public, but for `names`."""
    clock = clock or Clock()
    wires = Names(site.port, **names)
    return (
        World(
            resolve=wires.resolve, connect=wires.connect, now=clock.now, monotonic=clock.monotonic, sleep=clock.sleep, jitter=lambda: 0.5
        ),
        wires,
    )  # fmt: skip
