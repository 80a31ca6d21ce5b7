"""What the archive's commands say: what came of adding, what a correction changed, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twosource.archive import Archive
    from twosource.archive.adding import Added
    from twosource.model import Report

#: So many corrections are shown with their words, and so many places of each.
_CORRECTIONS, _PLACES = 10, 5


def added(opened: Archive, added: Added, read: int) -> dict[str, Any]:
    """What came of adding, as JSON tells it."""
    corrections = []
    for name in added.changed[:_CORRECTIONS]:
        of = opened.versions(name)
        at = next(i for i, v in enumerate(of) if v.report.id == name)
        older, newer = of[at - 1].report, of[at].report
        corrections.append(
            {"id": name, "version": at + 1, "title": newer.title, "url": newer.url, "changes": changes(older, newer)}
        )
    return {
        "archive": opened.store.place,
        **{key: getattr(added, key) for key in ("new", "corrected", "told", "known", "unread", "bytes")},
        "read": read,
        "corrections": corrections,
        "problems": [{"file": p.file, "why": p.why} for p in added.problems],
        "head": opened.status().head,
    }


def changes(older: Report, newer: Report) -> list[dict[str, Any]]:
    """Where two versions have other words, as JSON tells it."""
    from twosource.archive import differences
    from twosource.outputs.shape import encode

    return [{"before": encode(c.before), "after": encode(c.after)} for c in differences.changes(older, newer)]


def summary(told: dict[str, Any]) -> str:
    """The same for people."""
    from twosource.outputs.wording import count

    counts = (
        (told["new"], "new"), (told["corrected"], "corrected"), (told["told"], "told anew"), (told["known"], "known already"),
        (told["unread"], "not read, for the reasons above"),
    )  # fmt: skip
    lines = [", ".join(f"{many:,} {what}" for many, what in counts if many) or "nothing was found"]
    for one in told["corrections"]:
        name = f"“{one['title']}”" if one["title"] else one["url"] or one["id"]
        lines.append(f"corrected: {name}, now version {one['version']}")
        lines += [f"  {in_words(c)}" for c in one["changes"][:_PLACES]]
        if len(one["changes"]) > _PLACES:
            lines.append(
                f"  and {count(len(one['changes']) - _PLACES, 'more place')}: twosource archive history {one['id']}"
            )
    if told["corrected"] > len(told["corrections"]):
        more = count(told["corrected"] - len(told["corrections"]), "more report")
        lines.append(f"and {more} corrected: `twosource archive history FILE` shows what changed")
    lines.append(f"{size(told['bytes'])} of sources; {told['read']:,} read")
    return "".join(plain(line) + "\n" for line in lines)


def version(one: dict[str, Any]) -> str:
    """A version and what it changed, a line each."""
    lines = [
        f"version {one['number']}  {one['id']}  added {one['added']}",
        *(f"  {in_words(c)}" for c in one["changes"]),
    ]
    return "".join(plain(line) + "\n" for line in lines)


def in_words(change: dict[str, Any]) -> str:
    """One change: “Three” → “Four”."""
    before, after = (change[side]["exact"] if change[side] else None for side in ("before", "after"))
    if before is None:
        return f"added: “{short(after)}”"
    return f"taken out: “{short(before)}”" if after is None else f"“{short(before)}” → “{short(after)}”"


def checked(part: str, many: int) -> str:
    """How much of a part of the archive was checked.

    >>> checked("captures", 1), checked("log", 2), checked("raw bytes", 1)
    ('1 capture', '2 entries of the log', 'raw bytes of 1 capture')
    """
    from twosource.outputs.wording import count

    match part:
        case "log":
            return f"{count(many, 'entry', 'entries')} of the log"
        case "raw bytes":
            return f"raw bytes of {count(many, 'capture')}"
        case "search index":
            return f"search index of {count(many, 'version')}"
        case "working copies":
            return count(many, "working copy", part)
    return count(many, part.removesuffix("s"))


def counted(what: str, many: int) -> str:
    """What is counted, as progress tells it.

    >>> counted("report added", 1), counted("report added", 2)
    ('report added', 'reports added')
    """
    first, _, rest = what.partition(" ")
    return what if many == 1 else f"{first}s {rest}"


def short(words: str | None) -> str:
    """The beginning of `words`, on one line."""
    words = " ".join((words or "").split())
    return words if len(words) <= 80 else words[:77] + " …"


def plain(words: str) -> str:
    """`words` with nothing in them that would move the cursor or hide others."""
    from twosource.outputs.wording import visible

    return visible(words)


def size(count: int) -> str:
    """So many bytes, in the unit that fits.

    >>> size(62), size(110_600)
    ('62 bytes', '110.6 kB')
    """
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1000
    return ""
