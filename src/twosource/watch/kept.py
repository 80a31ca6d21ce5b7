"""The stories of what an archive keeps, kept in the archive themselves and grown by what has come since.

Each story is a product, and one that grows is kept under the number after: what it was stands in the archive. A story keeps its id while
it grows, is corrected or takes another in. Reports that came are grouped with the newest of those before; where none came, nothing is.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from twosource.errors import UsageError
from twosource.model import content_id
from twosource.stories import Joined, Story, group

if TYPE_CHECKING:
    from twosource.archive import Archive
    from twosource.archive.products import Product

#: Reports that stories may still grow from: months of a desk's feeds, grouped in seconds.
RECENT = 20_000


def kept_stories(archive: Archive) -> tuple[Story, ...]:
    """The stories of the current reports of `archive`, those kept before grown by the reports that have come since, and kept.

    Stories may still grow from the newest 20,000 reports. Raises ArchiveError where what was kept is not what it was.
    """
    current = frozenset(archive.names())
    before = last_kept(archive)
    if {r for story in before for r in story.reports} == current:
        return before
    # What others add meanwhile waits for the next time.
    recent = [r for r in archive.reports(newest=RECENT) if r.id in current]
    was = {story.id: story for story in before}
    before = with_others(before, last_told(archive))
    placed = {r for story in before for r in story.reports}
    newer = {r: archive.versions(r)[-1].report.id for r in sorted(placed - current)}
    now = grown(before, group(recent), frozenset(r.id for r in recent), newer)
    for story in now:
        if was.get(story.id) != story:
            body = json.dumps(dataclasses.asdict(story), ensure_ascii=False, sort_keys=True)
            archive.keep_product("story", story.id, body, story.reports)
    # Noted last: a run that is killed before has the same to do again, and keeps nothing twice.
    archive.note("stories", "kept", json.dumps([story.id for story in now]))
    return now


def last_kept(archive: Archive) -> tuple[Story, ...]:
    """The stories as `kept_stories` kept them last. Raises ArchiveError where what was kept is not what it was."""
    noted = archive.noted("stories", "kept")
    names = json.loads(noted) if noted else ()
    found = {product.name: product for product in archive.products("story", names)}
    if missing := [name for name in names if name not in found]:
        raise UsageError(f"the story {missing[0]} is not in the archive any more: run `twosource archive check`")
    return tuple(_story(found[name]) for name in names)


def last_told(archive: Archive) -> tuple[Story, ...]:
    """The stories as a watch of the archive told them last: their ids and reports."""
    noted = archive.noted("watch", "stories")
    return (
        tuple(Story(name, "", tuple(reports)) for name, reports in json.loads(noted)["stories"].items())
        if noted
        else ()
    )


def with_others(own: Sequence[Story], others: Sequence[Story]) -> tuple[Story, ...]:
    """`own` stories, and those of the `others` in which nothing is of a story of `own`: so both who keep stories of an archive, `stories`
    and `watch`, call a story as the first of them called it.
    """
    names = {story.id for story in own}
    placed = {r for story in own for r in story.reports}
    return (*own, *(s for s in others if s.id not in names and placed.isdisjoint(s.reports)))


def grown(
    before: Sequence[Story], groups: Sequence[Story], recent: frozenset[str], newer: dict[str, str]
) -> tuple[Story, ...]:
    """The stories `before`, with their ids, grown into the `groups` that the `recent` reports make now.

    A group goes on with the story with which it shares most reports. Reports of a story that are not recent stay in it, and `newer`, which
    leads from a version to the one that took its place, stays where the earlier one was, wherever its words would have led it.
    """
    was: list[tuple[str, ...]] = []
    mine: set[str] = set()
    for story in before:
        # Two versions of a report that were in two stories are one now, and in the first.
        was.append(tuple(r for r in dict.fromkeys(newer.get(r, r) for r in story.reports) if r not in mine))
        mine.update(was[-1])
    home = {r: n for n, reports in enumerate(was) for r in reports}
    corrected = set(newer.values())
    pairs = []
    for g, found in enumerate(groups):
        shared = Counter(home[r] for r in found.reports if r in home)
        pairs += [(-many, n, g) for n, many in shared.items()]
    goes_on: dict[int, int] = {}
    story_of: dict[int, int] = {}
    for _, n, g in sorted(pairs):
        if n not in goes_on and g not in story_of:
            goes_on[n], story_of[g] = g, n
    taken = {story.id for story in before}
    made: list[Story] = []
    for n, story in enumerate(before):
        old = tuple(r for r in was[n] if r not in recent)
        on = groups[goes_on[n]] if n in goes_on else None
        here = [r for r in on.reports if r not in corrected or home[r] == n] if on is not None else []
        here += [r for r in was[n] if r in corrected and r in recent and r not in here]
        reports = (*old, *here)
        if reports:
            steps = tuple(s for s in story.joined if not set(s.reports) & recent) if old else ()
            title, joined = (on.title, on.joined) if on is not None else (story.title, ())
            note = on.note if on is not None and not old else None
            made.append(Story(story.id, title, reports, _of((*steps, *joined), reports), note))
    for g, found in enumerate(groups):
        reports = tuple(r for r in found.reports if r not in corrected)
        if g in story_of or not reports:
            continue
        # A story that parts from another may have its first report, and with it its id.
        ident = found.id if found.id not in taken else content_id("e", "parted", *reports)
        taken.add(ident)
        made.append(Story(ident, found.title, reports, _of(found.joined, reports), found.note))
    return tuple(made)


def story_named(archive: Archive, stories: Sequence[Story], name: str) -> Story:
    """The story with this id, or the beginning of its id, or with this report, by its id, its address or its file; of a story that was
    taken into another, that other; and the story with the report that gave the id, by which a watch may have called it.

    Raises UsageError where there is none, or more than one.
    """
    found = [s for s in stories if s.id == name] or [s for s in stories if name in s.reports]
    if not found and (kept := archive.product("story", name)) is not None:
        found = [s for s in stories if set(s.reports) & set(kept.reports)][:1]
    if not found:
        of = {r for told in last_told(archive) if told.id == name for r in told.reports}
        found = [s for s in stories if of.intersection(s.reports)][:1]
    if not found and name:
        found = [s for s in stories if s.id.startswith(name)]
    if not found and name.startswith("e"):
        found = _opened_by(archive, stories, name)
    if not found and name:
        found = _of_report(archive, stories, name)
    if not found:
        raise UsageError(f"there is no story {name!r} in the archive: `twosource stories` lists them")
    if len(found) > 1:
        raise UsageError(f"{name!r} begins the ids of {len(found)} stories: {', '.join(s.id for s in found[:5])} …")
    return found[0]


def _opened_by(archive: Archive, stories: Sequence[Story], name: str) -> list[Story]:
    """The story that holds, as it stands now, the report from whose first words on the id `name` was made."""
    for report in archive.reports(current=False):
        if content_id("e", report.id) == name:
            now = archive.versions(report.id)[-1].report.id
            return [s for s in stories if now in s.reports]
    return []


def _of_report(archive: Archive, stories: Sequence[Story], name: str) -> list[Story]:
    """The story of the report that the archive knows by this name: its address, say, as `stories` lists it."""
    try:
        now = archive.versions(name)[-1].report.id
    except UsageError:
        return []
    return [s for s in stories if now in s.reports]


def _of(steps: Sequence[Joined], reports: Sequence[str]) -> tuple[Joined, ...]:
    """The steps that tell of these reports."""
    own = set(reports)
    here = (dataclasses.replace(s, reports=tuple(r for r in s.reports if r in own)) for s in steps if s.beside in own)
    return tuple(s for s in here if s.reports)


def _story(product: Product) -> Story:
    body = json.loads(product.body)
    joined = tuple(Joined(**{key: _tuple(value) for key, value in step.items()}) for step in body["joined"])
    return Story(body["id"], body["title"], tuple(body["reports"]), joined, body["note"])


def _tuple(value: Any) -> Any:
    """What JSON made a list of."""
    return tuple(value) if isinstance(value, list) else value
