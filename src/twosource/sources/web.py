"""The guarded fetch: an address → a capture, politely, and never to where the inside of a network would answer.

One `Web` holds what one must remember to be polite: when each host was visited last, and what its robots.txt says. All else is a
function of the address. At every hop of a redirect the address, every network address of its host, and the robots.txt are
checked anew (`web_guard`, `web_exchange`); hosts are visited one request at a time, so that a `Web` may be used by several threads.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from twosource.errors import Forbidden, SourceError, TooLarge, Unanswered
from twosource.limits import ATTEMPTS, FILE_BYTES, REDIRECTS, RETRY_SECONDS, ROBOTS_BYTES, ROBOTS_SECONDS, VISIT_SECONDS
from twosource.sources.capture import Capture, Redirect
from twosource.sources.web_guard import next_address, web_address
from twosource.sources.web_robots import Robots, robots
from twosource.sources.web_world import World

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    import httpx2

    from twosource.sources.web_exchange import Answer

_MOVED = frozenset({301, 302, 303, 307, 308})

#: Answers of a site that is busy or broken for now, and is asked again.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

#: What other answers mean to who reads them.
_MEANS = {
    204: "it has no content",
    205: "it has no content",
    300: "it offers several pages and names none",
    401: "it asks for a login",
    402: "it asks for a payment",
    403: "its site refuses it",
    404: "there is no such page",
    406: "its site has it in no form that we read",
    410: "the page is gone",
    451: "it is withheld for legal reasons",
}


@dataclass(slots=True)
class _Host:
    """What is remembered of a host: who is visiting it, and from when on it may be visited again."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0
    gap: float = VISIT_SECONDS


class Web:
    """The web, as we may visit it. `allow_private` opens the addresses inside: this machine, private and link-local networks."""

    def __init__(self, *, allow_private: bool = False, world: World | None = None) -> None:
        self._allow_private = allow_private
        self._world = world or World()
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, tuple[Robots, float]] = {}
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        self._tool = (
            f"twosource/{importlib.metadata.version('twosource')} httpx2/{importlib.metadata.version('httpx2')}"
        )

    def get(
        self, address: str, *, etag: str | None = None, modified: str | None = None, most: int = FILE_BYTES
    ) -> Capture:
        """What `address` answers, at most `most` bytes of it. `etag` and `modified` are those of an earlier capture: where nothing has
        changed since, the new one is `unchanged`.

        A site that is busy is asked up to `limits.ATTEMPTS` times, after the time that it names or a growing one with chance in
        it. Raises Forbidden where it may not be asked, TooLarge above `most`, Unanswered where no page comes.
        """
        conditions = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._visit(address, conditions, most)
            except SourceError as error:
                told = _as_asked(error, address)
                wait = told.again if isinstance(told, Unanswered) else None
                if wait is None or wait > RETRY_SECONDS or attempt == ATTEMPTS:
                    raise told from None
                # Full jitter: clients that failed together do not come back together (Brooker 2015).
                self._world.sleep(max(wait, 2.0**attempt * self._world.jitter()))
        raise AssertionError("the last attempt returns or raises")

    def _visit(self, address: str, conditions: dict[str, str], most: int) -> Capture:
        """One attempt, over all redirects."""
        first = web_address(address, allow_private=self._allow_private)
        way: list[Redirect] = []
        for url, answer in self._hops(first, conditions, most):
            if answer.status in _MOVED:
                way.append(Redirect(str(url), answer.status))
                continue
            if answer.status in _MEANS or not (200 <= answer.status < 300 or (answer.status == 304 and conditions)):
                raise self._refused(address, answer)
            return Capture(
                address, tuple(way), str(url), answer.status, answer.headers, answer.body,
                hashlib.sha256(answer.body).hexdigest(), self._world.now().strftime("%Y-%m-%dT%H:%M:%SZ"), answer.peer, self._tool,
            )  # fmt: skip
        raise AssertionError("the way ends with an answer or an error")

    def _hops(
        self, url: httpx2.URL, conditions: dict[str, str], most: int, *, heed: bool = True
    ) -> Iterator[tuple[httpx2.URL, Answer]]:
        """Each address on the way and what it answered, the last one's answer being no redirect. `heed`: its robots.txt is asked first."""
        seen = {str(url)}
        before = None
        while True:
            if heed:
                self._allowed(url)
            with self._turn(url, patient=heed and url.host != before):
                answer = self._ask(url, conditions, most)
            yield url, answer
            if answer.status not in _MOVED:
                return
            location = answer.header("location")
            if not location:
                raise Unanswered(str(url), f"it redirects ({answer.status}) and does not say where to", answer.status)
            before, url = url.host, next_address(url, location, allow_private=self._allow_private)
            if str(url) in seen:
                raise Unanswered(str(url), "it redirects in a circle", answer.status)
            if len(seen) > REDIRECTS:
                raise Unanswered(str(url), f"it redirects more than {REDIRECTS} times", answer.status)
            seen.add(str(url))

    def _ask(self, url: httpx2.URL, conditions: dict[str, str], most: int) -> Answer:
        from twosource.sources.web_exchange import ask

        with self._lock:
            self._tls = self._tls or self._world.certificates()
        headers = {
            "User-Agent": self._tool,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **conditions,
        }
        return ask(url, headers, most=most, allow_private=self._allow_private, world=self._world, tls=self._tls)

    @contextmanager
    def _turn(self, url: httpx2.URL, *, patient: bool) -> Iterator[None]:
        """Our turn with the host of `url`: nobody else asks it meanwhile, and, where `patient`, the gap since the last visit is over."""
        with self._lock:
            host = self._hosts.setdefault(url.host, _Host())
        with host.turn:
            if patient and (wait := host.free - self._world.monotonic()) > 0:
                self._world.sleep(wait)
            try:
                yield
            finally:
                if patient:
                    host.free = self._world.monotonic() + host.gap

    def _allowed(self, url: httpx2.URL) -> None:
        """Raises Forbidden where the robots.txt of `url`'s site keeps us out, Unanswered where it cannot be asked."""
        site = str(url.join("/robots.txt"))
        known = self._robots.get(site)
        if known is None or known[1] <= self._world.monotonic():
            known = self._rules(url, site), self._world.monotonic() + ROBOTS_SECONDS
            with self._lock:
                self._robots[site] = known
                self._hosts.setdefault(url.host, _Host()).gap = known[0].gap
        if not known[0].allows(str(url)):
            raise Forbidden(
                str(url), f"its site asks programs not to read it ({site}): save the page from a browser as .html"
            )

    def _rules(self, url: httpx2.URL, site: str) -> Robots:
        """The rules at `site`. Where there is none all is allowed; where the site cannot say, nothing is (RFC 9309, section 2.3.1)."""
        try:
            answer = [
                answer for _, answer in self._hops(web_address(site, allow_private=True), {}, ROBOTS_BYTES, heed=False)
            ][-1]
        except Unanswered as error:
            # An answer of a kind that holds no rules is none; no answer at all may pass.
            if error.status is not None:
                return Robots()
            raise Unanswered(str(url), error.why, again=error.again) from None
        except TooLarge:
            raise Forbidden(str(url), f"its robots.txt ({site}) is too large to be heeded") from None
        except SourceError as error:
            raise Forbidden(str(url), error.why) from None
        if answer.status == 429 or answer.status >= 500:
            raise Unanswered(
                str(url),
                f"its robots.txt, which is asked first, is not to be had ({answer.status})",
                answer.status,
                self._again(answer),
            )
        if not 200 <= answer.status < 300:
            return Robots()
        rules = robots(answer.body.decode("utf-8", "replace"))
        if rules is None:
            raise Forbidden(str(url), f"its robots.txt ({site}) holds more rules than can be weighed")
        return rules

    def _refused(self, address: str, answer: Answer) -> Unanswered:
        status = answer.status
        again = self._again(answer) if status in _PASSING else None
        if status in _PASSING:
            why = "its site is busy" if status in (429, 503) else "its site has an error"
            if again:
                why += f" and asks to be left alone for {again:.0f} s"
        else:
            why = _MEANS.get(status, "its site does not give it")
        return Unanswered(address, f"{why} ({status})", status, again)

    def _again(self, answer: Answer) -> float:
        """The seconds that Retry-After names, against the site's own clock where it is a date; 0 where there is none."""
        said = (answer.header("retry-after") or "").strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        try:
            then = parsedate_to_datetime(said)
            date = answer.header("date")
            now: datetime = parsedate_to_datetime(date) if date else self._world.now()
            return max(0.0, (then - now).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return 0.0


def _as_asked(error: SourceError, address: str) -> SourceError:
    """`error`, which may be of an address on the way, as one of `address`."""
    same = error.file.rstrip("/") == address.rstrip("/")
    why = error.why if same else f"it leads to {error.file}: {error.why}"
    if isinstance(error, Unanswered):
        return Unanswered(address, why, error.status, error.again)
    return type(error)(address, why)
