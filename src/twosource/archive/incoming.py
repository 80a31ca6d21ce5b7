"""Sources → what is found in them, one by one: paths through `sources.each`, reports as they are, both told what `about` knows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import About, Found, each, read_about
from twosource.sources.about import named, tell

if TYPE_CHECKING:
    from twosource.calls import Source
    from twosource.sources.web import Web


def incoming(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    about: str | os.PathLike[str] | Mapping[str, About] | None = None,
    web: Web | None = None,
) -> Iterator[Found | SourceError]:
    """What is found in `sources`, as `twosource.compare` takes them, without holding more than one; addresses are fetched by `web`.

    Raises UsageError, before the first, where `about` is no table of what is known of the files.
    """
    told = read_about(about) if isinstance(about, str | os.PathLike) else dict(about or {})
    return _told(_each(sources, published, web), told)


def _each(sources: Source | Iterable[Source], published: str | None, web: Web | None) -> Iterator[Found | SourceError]:
    given: Iterable[Source] = [sources] if isinstance(sources, str | os.PathLike | Report) else sources
    waiting: list[str | os.PathLike[str]] = []  # paths go together, since a file that is named twice is read once
    for source in given:
        if isinstance(source, Report):
            yield from each(waiting, published=published, web=web)
            waiting = []
            yield Found(source, "")
        else:
            waiting.append(source)
    yield from each(waiting, published=published, web=web)


def _told(found: Iterator[Found | SourceError], about: Mapping[str, About]) -> Iterator[Found | SourceError]:
    """With what `about` says; at the end a problem for the names there that were none of the reports."""
    by_name: dict[str, dict[str, About]] = {}
    for name, what in about.items():
        by_name.setdefault(PurePath(name).name, {})[name] = what
    met: set[str] = set()
    for one in found:
        file = one.file if isinstance(one, SourceError) else one.report.file
        fitting = {n: a for n, a in by_name.get(PurePath(file).name, {}).items() if named(n, [file])}
        met |= fitting.keys()
        if fitting and isinstance(one, Found):
            (report,), _ = tell([one.report], fitting)
            one = replace(one, report=report)
        yield one
    if strangers := [name for name in about if name not in met]:
        some = ", ".join(strangers[:5]) + (f" and {len(strangers) - 5} more" if len(strangers) > 5 else "")
        yield SourceError(
            "--about", f"it tells of files that are not among the reports: {some}; write their paths as you give them"
        )
