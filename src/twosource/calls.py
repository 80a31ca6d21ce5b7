"""What a program calls: files or reports in, readings or a Reconciliation out. The command line calls the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from twosource.errors import SourceError, UsageError
from twosource.model import Note, Reading, Reconciliation, Report

if TYPE_CHECKING:
    from twosource.lineage import Owners
    from twosource.sources import About, Loaded
    from twosource.sources.web import Web
    from twosource.stories import Story
    from twosource.verdicts.policies import Policy

#: A path of a file or folder, an address of the web, or a report.
Source: TypeAlias = "str | os.PathLike[str] | Report"


def load(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    about: str | os.PathLike[str] | Mapping[str, About] | None = None,
    allow_private: bool = False,
) -> Loaded:
    """The reports of `sources`, and what could not be read: first those of files and addresses, in the order given, then those given as
    reports, which stay as they are. A report that is given twice is one report: it cannot corroborate itself. With `allow_private`
    addresses may lead to this machine and its private networks.

    Raises UsageError where `published` is no ISO 8601 date or `about` no table of what is known of the files.
    """
    from twosource.sources import Loaded, read_about
    from twosource.sources import load as load_paths

    given: list[Source] = [sources] if isinstance(sources, str | os.PathLike | Report) else list(sources)
    told = read_about(about) if isinstance(about, str | os.PathLike) else about
    paths = [s for s in given if not isinstance(s, Report)]
    loaded = load_paths(paths, published=published, about=told, web=_web() if allow_private else None)
    once: dict[str, Report] = {}
    for report in (*loaded.reports, *(s for s in given if isinstance(s, Report))):
        once.setdefault(report.id, report)
    return Loaded(tuple(once.values()), loaded.problems)


def _web() -> Web:
    from twosource.sources.web import Web

    return Web(allow_private=True)


def reconciled(loaded: Loaded, policy: Policy = "range", owners: Owners | None = None) -> Reconciliation:
    """What the reports say together, figures settled by `policy`; what could not be read stands among the notes."""
    from twosource.reading import read as read_report
    from twosource.reconcile import reconcile
    from twosource.verdicts.policies import settled

    told = settled(reconcile([read_report(r) for r in loaded.reports], owners), policy)
    unread = sorted({Note("unread", p.file, p.why) for p in loaded.problems}, key=lambda n: (n.report, n.words))
    return replace(told, notes=(*told.notes, *unread)) if unread else told


def compare(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    about: str | os.PathLike[str] | Mapping[str, About] | None = None,
    policy: Policy = "range",
    allow_private: bool = False,
    owners: str | os.PathLike[str] | Owners | None = None,
) -> Reconciliation:
    """Reconcile the reports of one story: what is established, by whom, and where do they differ?

    `sources` are paths of files and folders, addresses of the web, which are fetched, and reports. `published` (ISO 8601) dates those
    that carry no date; `about` is a CSV file, or a mapping by file, of what the files do not say of themselves. What cannot be read
    stands in the `notes`. `policy` is the rule that settles figures: range, most-conservative, majority, latest or named-sources-first.
    `owners`, a CSV file of outlets and their owners, or what `lineage.read_owners` made of one, makes outlets of one owner one newsroom.
    With `allow_private` addresses may lead to this machine and its private networks.

    Raises SourceError where nothing at all can be read, UsageError where `published`, `about`, `policy` or `owners` do not fit.

    >>> from twosource.sources import from_text
    >>> told = compare([from_text("Two barges sank off Karsmouth on Monday.", file="a.txt", published="2031-04-01")])
    >>> [report.file for report in told.reports]
    ['a.txt']
    """
    from twosource.verdicts.policies import POLICIES

    if policy not in POLICIES:
        raise UsageError(f"there is no policy {policy!r}: there are {', '.join(POLICIES)}")
    listed = _owners(owners)
    loaded = load(sources, published=published, about=about, allow_private=allow_private)
    if not loaded.reports:
        raise nothing_read(loaded)
    return reconciled(loaded, policy, listed)


def _owners(owners: str | os.PathLike[str] | Owners | None) -> Owners | None:
    if not isinstance(owners, str | os.PathLike):
        return owners
    from twosource.lineage import read_owners

    return read_owners(owners)


def read(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    about: str | os.PathLike[str] | Mapping[str, About] | None = None,
    allow_private: bool = False,
) -> tuple[Reading, ...]:
    """What each report of `sources` holds, each read on its own: first those of files, in the order given,
    then those given as reports. The arguments are those of `compare`.

    Raises SourceError where one of them cannot be read.

    >>> from twosource.sources import from_text
    >>> reading, = read(from_text("Two barges sank off Karsmouth on Monday.", published="2031-04-01"))
    >>> reading.language
    'en'
    """
    loaded = load(sources, published=published, about=about, allow_private=allow_private)
    if loaded.problems:
        raise loaded.problems[0]
    from twosource.reading import read as read_report

    return tuple(read_report(r) for r in loaded.reports)


def group(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    about: str | os.PathLike[str] | Mapping[str, About] | None = None,
    allow_private: bool = False,
) -> tuple[Story, ...]:
    """Sort reports into stories: which of them tell of one event? The arguments are those of `compare`.

    A report may be a story of its own. The order of `sources` does not matter; what cannot be read is passed over, which `read` and
    `compare` would name. Raises SourceError where nothing at all can be read.

    >>> from twosource.sources import from_text
    >>> [story.title for story in group(from_text("Two barges sank off Karsmouth on Monday.", published="2031-04-01"))]
    ['Two barges sank off Karsmouth on Monday.']
    """
    loaded = load(sources, published=published, about=about, allow_private=allow_private)
    if not loaded.reports:
        raise nothing_read(loaded)
    from twosource.stories import group as group_reports

    return group_reports(loaded.reports)


def nothing_read(loaded: Loaded) -> SourceError:
    """The error that says that none of the sources could be read, and why."""
    if len(loaded.problems) == 1:
        return loaded.problems[0]
    if not loaded.problems:
        return SourceError("sources", "there is nothing to read: name files or folders that hold reports")
    why = "; ".join(str(p) for p in loaded.problems[:5])
    return SourceError(f"{len(loaded.problems)} sources", f"none of them could be read: {why}")
