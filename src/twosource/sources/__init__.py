"""Bytes → Report: files, folders and texts become reports, each with the hash of the bytes it came from.

The reader is picked by content first and by name second (`formats`); every format is one function from `Raw` bytes to
reports and errors, so that a new one is a module and a line in a list. What cannot be read is a `SourceError` that
names the file, says what is wrong and what to do; the others go on. No connection is opened but to an address that is given
(`addresses`, by the guarded fetch of `web`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twosource.errors import SourceError, UsageError
from twosource.model import Report, content_id
from twosource.sources.about import About, read_about, tell
from twosource.sources.dates import iso
from twosource.sources.folders import files, is_address
from twosource.sources.formats import reports
from twosource.sources.raw import opened, printable
from twosource.sources.record import from_text

if TYPE_CHECKING:
    from twosource.sources.capture import Capture
    from twosource.sources.web import Web

__all__ = ["About", "Found", "Loaded", "each", "from_text", "load", "read_about"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, in the order given, and what could not, with the reason."""

    reports: tuple[Report, ...]
    problems: tuple[SourceError, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A report as it comes: `place` is the file, or the address, whose bytes hold it; `capture` how it was fetched, None for a file."""

    report: Report
    place: str
    capture: Capture | None = None


def load(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    about: Mapping[str, About] | None = None,
    web: Web | None = None,
) -> Loaded:
    """The reports in `paths`: files of any format that is read, folders, whose files come in the order of their
    paths, and addresses (http, https), which are fetched by `web`.

    `published` (ISO 8601) is the date of reports that carry none; `about` says, by file, what files do not say of
    themselves and outweighs what they do say. A file is read once, however often and by whatever name it is given,
    since a report cannot corroborate itself; two files with one text are two reports.

    Raises UsageError where `published` is no ISO 8601 date.
    """
    when = _date(published)
    found: list[Report] = []
    problems: list[SourceError] = []
    for item in each(paths, web=web):
        if isinstance(item, SourceError):
            problems.append(item)
        else:
            found.append(item.report)
    known, strangers = tell(_distinct(found), about or {}, unread={p.file for p in problems})
    problems.extend(strangers)
    return Loaded(tuple(r if r.published else replace(r, published=when) for r in known), tuple(problems))


def each(
    paths: Iterable[str | os.PathLike[str]], *, published: str | None = None, web: Web | None = None
) -> Iterator[Found | SourceError]:
    """The reports in `paths` one by one, as `load` reads them, so that any number of them takes the memory of one.

    Ids are those of name and text alone: two files of one name and one text in two folders have one.

    Raises UsageError where `published` is no ISO 8601 date.
    """
    when = _date(published)
    seen: set[str] = set()
    for path in paths:
        name = os.fspath(path)
        if is_address(name):
            if name not in seen:
                seen.add(name)
                web = web or _web()
                yield from _fetched(name, when, web)
            continue
        for file in files(name):
            if isinstance(file, SourceError):
                yield file
                continue
            same = os.path.realpath(file)
            if same in seen:
                continue
            seen.add(same)
            try:
                with opened(file) as raw:
                    for item in reports(raw):
                        if isinstance(item, Report):
                            dated = item if item.published else replace(item, published=when)
                            yield Found(dated, raw.file)
                        else:
                            yield item
            except SourceError as error:
                yield error
            except OSError as error:
                yield SourceError(printable(file), _reason(error))


def _web() -> Web:
    from twosource.sources.web import Web

    return Web()


def _fetched(address: str, when: str | None, web: Web) -> Iterator[Found | SourceError]:
    from twosource.sources.addresses import reports_at

    for item in reports_at(web, address):
        if isinstance(item, SourceError):
            yield item
        else:
            report, capture = item
            yield Found(report if report.published else replace(report, published=when), capture.address, capture)


def _date(published: str | None) -> str | None:
    when = None if published is None else iso(published)
    if published is not None and when is None:
        raise UsageError(
            f"“{published}” is no date of publication: write it as 2024-05-31 or 2024-05-31T18:30:00+02:00"
        )
    return when


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file: check the path"
        case PermissionError():
            return "it may not be opened: check who may read it"
        case _:
            return f"it cannot be opened: {error.strerror or error}"


def _distinct(found: list[Report]) -> list[Report]:
    """`found` with ids that differ.

    An id comes from the file's name and the text. Where two files of one name in two folders hold one text, theirs come
    from the whole path instead, whatever their order; where the path is the same too, it is the same report and stands
    once.
    """
    many = Counter(r.id for r in found)
    once: dict[str, Report] = {}
    for report in found:
        if many[report.id] > 1:
            report = renamed(report, content_id("r", report.file, report.text))
        once.setdefault(report.id, report)
    return list(once.values())


def renamed(report: Report, new: str) -> Report:
    """`report` under the id `new`, its head with it."""
    moved = replace(report, id=new, head=())
    return replace(moved, head=tuple(moved.span(s.start, s.end) for s in report.head))
