"""Ask one feed, once: what is new in it, and what to remember until the next time.

What is remembered is the feed's own validators, so that an unchanged feed costs one short answer, and a stamp for each entry, so that
a page is fetched when it is new or its feed says that it was changed, and not every time. A feed that lies (the same entries in another
order, dates from next year, an entry that comes back) makes no report twice: its pages' addresses and bytes decide that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from twosource.errors import SourceError, Unanswered
from twosource.limits import FEED_ENTRIES
from twosource.model import Report
from twosource.sources import Found, feeds
from twosource.sources.addresses import entries_at, page_of, raw_of, reports_of_page
from twosource.sources.capture import Capture
from twosource.sources.web import Web


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of a feed from one time to the next. `entries` maps links to stamps; `failures` counts those in a row; `feed` says
    that it was a feed or a sitemap, so that a page of excuses in its place is no report.
    """

    etag: str | None = None
    modified: str | None = None
    entries: dict[str, str] = field(default_factory=dict)
    failures: int = 0
    gone: bool = False
    feed: bool = False

    def to_json(self) -> str:
        """As text, for the archive."""
        return json.dumps(asdict(self), sort_keys=True)


def remembered(text: str | None) -> Remembered:
    """What `to_json` wrote; a feed never asked where there is nothing, or nothing that can be read."""
    try:
        return Remembered(**json.loads(text)) if text else Remembered()
    except (ValueError, TypeError):
        return Remembered()


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking: reports, what could not be had, what to remember. `answered` is false where the feed itself did not answer;
    `again` is the seconds that it asks to be left alone.
    """

    address: str
    found: tuple[Found, ...]
    problems: tuple[SourceError, ...]
    memory: Remembered
    answered: bool = True
    again: float = 0.0


def poll(web: Web, address: str, memory: Remembered) -> Polled:
    """What is new at `address`, a feed, a sitemap or a page, since what is remembered of it. It raises nothing."""
    try:
        capture = web.get(address, etag=memory.etag, modified=memory.modified)
        if capture.unchanged:
            return Polled(address, (), (), replace(memory, failures=0))
        return _taken(web, address, capture, memory)
    except SourceError as error:
        gone = isinstance(error, Unanswered) and error.status == 410
        again = error.again or 0.0 if isinstance(error, Unanswered) else 0.0
        failed = replace(memory, failures=memory.failures + 1, gone=gone)
        if gone:
            error = SourceError(error.file, f"{error.why}: it is asked no more, until watch is started again")
        return Polled(address, (), (error,), failed, answered=False, again=again)
    except Exception as error:
        fault = SourceError(address, f"it could not be asked, by a fault of twosource: {error!r}")
        return Polled(address, (), (fault,), replace(memory, failures=memory.failures + 1), answered=False)


def _taken(web: Web, address: str, capture: Capture, memory: Remembered) -> Polled:
    """What is new in what the address answered."""
    raw = raw_of(capture)
    found: list[Found] = []
    problems: list[SourceError] = []
    stamps: dict[str, str] = {}
    whole = True

    def take(items: Iterator[tuple[Report, Capture] | SourceError]) -> bool:
        """Sort what comes; whether all that failed will fail again."""
        final = True
        for item in items:
            if isinstance(item, SourceError):
                problems.append(item)
                final &= not (isinstance(item, Unanswered) and item.again is not None)
            else:
                found.append(Found(item[0], address, item[1]))
        return final

    is_feed = feeds.is_feed(raw) or feeds.is_sitemap(raw)
    if memory.feed and not is_feed:
        raise Unanswered(address, "it was a feed, and what comes now is none", again=0.0)
    if not is_feed:
        take(reports_of_page(capture, raw))
    else:
        linked: list[tuple[str, feeds.Entry]] = []
        for entry in entries_at(web, raw):
            if isinstance(entry, SourceError):
                problems.append(entry)
                continue
            key, stamp = _stamp(entry)
            if memory.entries.get(key) == stamp or key in stamps:
                stamps.setdefault(key, stamp)
            elif entry.found:
                stamps[key] = stamp
                take(
                    (item if isinstance(item, SourceError) else (item, capture.without_body())) for item in entry.found
                )
            elif entry.link:
                stamps[key] = stamp
                linked.append((key, entry))
        linked.sort(key=lambda pair: pair[1].published or "", reverse=True)
        for key, entry in linked[:FEED_ENTRIES]:
            if not take(page_of(web, entry)):
                del stamps[key]
                whole = False
        if len(linked) > FEED_ENTRIES:
            then = "the others are passed over"
            if memory.feed:
                # After an outage, say. At the first time they are what stood there before anybody watched.
                for key, _ in linked[FEED_ENTRIES:]:
                    del stamps[key]
                whole, then = False, "the others follow the next time"
            said = f"it names {len(linked):,} new pages; the {FEED_ENTRIES} newest were asked for, the most at one time: {then}"
            problems.append(SourceError(address, said))
    # A page that may come yet must be asked for again, so the feed must not be told "unchanged" then.
    etag, modified = (capture.etag, capture.modified) if whole else (None, None)
    return Polled(address, tuple(found), tuple(problems), Remembered(etag, modified, stamps, feed=is_feed))


def _stamp(entry: feeds.Entry) -> tuple[str, str]:
    """What names the entry, and what changes when it is changed."""
    words = [r.text_sha256 for r in entry.found if isinstance(r, Report)]
    said = json.dumps([entry.title, entry.published, entry.updated, words])
    stamp = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return (entry.link or stamp), stamp
