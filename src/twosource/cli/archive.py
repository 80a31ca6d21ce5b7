"""`archive`: keep reports with their custody, prove that they are what was kept, write them out."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from twosource.cli import archive_words as words
from twosource.cli import options
from twosource.cli.codes import DONE, NOTHING_READ, SOME_UNREAD
from twosource.cli.progress import Progress
from twosource.cli.writing import put, say, spare, write_whole
from twosource.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from twosource.archive.adding import Added
    from twosource.sources.web import Web

where = click.option(
    "--archive",
    "place",
    metavar="PLACE",
    help="A file, or postgresql://… [default: TWOSOURCE_ARCHIVE, else twosource.db]",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")


@click.group()
def archive() -> None:
    """Keep reports with their custody, and prove that they are what was kept."""


@archive.command()
@where
@as_json
@options.debug
def init(place: str | None, as_json: bool) -> int:
    """Make an archive, or bring the one that is there to the schema of this version."""
    from twosource.archive import Archive
    from twosource.archive.store import opened
    from twosource.archive.upgrades import upgrade

    store = opened(place, create=True)
    try:
        before, now = upgrade(store)
    finally:
        store.close()
    with Archive.open(place) as made:
        about = made.store.about()
    what = "made" if before is None else "there already" if before == now else f"brought from schema {before} to {now}"
    told = {"archive": store.place, "database": about, "schema": now, "before": before}
    put(_json(told) if as_json else f"{store.place}: {what} ({about})\n", None)
    return DONE


@archive.command()
@options.files
@where
@options.told
@click.option("--no-read", is_flag=True, help="Keep the reports without reading them.")
@click.option("--keep-raw", is_flag=True, help="Keep the raw bytes as well.")
@as_json
@options.debug
def add(
    files: tuple[str, ...], place: str | None, published: str | None, about: str | None, allow_private: bool, no_read: bool, keep_raw: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Keep the reports in FILES, and read those that have not been read. What is there already is not kept twice; another text at the same
    address, or under the same id, is a new version, and what changed is shown.
    """
    from twosource.archive import Archive
    from twosource.archive.incoming import incoming

    total = _bytes(files)
    said = 0

    def kept(added: Added) -> None:
        nonlocal said
        for problem in added.problems[said:]:
            progress.clear()
            say(str(problem))
        said = len(added.problems)
        progress.tell(
            words.counted("report added", added.reports), added.reports, min(added.bytes / total, 1) if total else None
        )

    def reading(done: int, todo: int) -> None:
        progress.tell(words.counted("report read", done), done, done / todo)

    with Archive.open(place) as opened, Progress() as progress:
        found = incoming(files, published=published, about=about, web=_web() if allow_private else None)
        added = opened.keep(found, keep_raw=keep_raw, names=not no_read, done=kept)
        kept(added)
        progress.begin()
        read = 0 if no_read else opened.read(added.names, done=reading)
        told = words.added(opened, added, read)
    put(_json(told) if as_json else words.summary(told), None)
    if not added.reports:
        return NOTHING_READ
    return SOME_UNREAD if added.unread else DONE


@archive.command()
@where
@as_json
@options.debug
def read(place: str | None, as_json: bool) -> int:
    """Read what has not been read by the reader of this version: after an upgrade, and after `add --no-read`."""
    from twosource.archive import Archive
    from twosource.outputs.wording import count as plural

    with Archive.open(place) as opened, Progress() as progress:
        count = opened.read(
            done=lambda done, todo: progress.tell(words.counted("report read", done), done, done / todo)
        )
    put(_json({"read": count}) if as_json else f"{plural(count, 'report')} read\n", None)
    return DONE


@archive.command()
@where
@as_json
@options.debug
def status(place: str | None, as_json: bool) -> int:
    """What an archive holds, how much of it has been read, and the newest hash of its log, to be noted elsewhere."""
    from twosource.archive import Archive
    from twosource.outputs.wording import count as plural

    with Archive.open(place) as opened:
        s = opened.status()
    if as_json:
        put(_json(dataclasses.asdict(s)), None)
        return DONE
    kinds = ", ".join(f"{many:,} × {kind}" for kind, many in s.products.items())
    lines = {
        "archive": f"{s.place} ({s.database}, schema {s.schema}, {words.size(s.bytes)})",
        "reports": f"{s.reports:,} in {plural(s.versions, 'version')}, from {plural(s.captures, 'capture')}",
        "read": f"{plural(s.read, 'version')} by the present reader; {plural(s.readings, 'reading')} in all",
        "raw bytes": f"{words.size(s.raw_bytes)}, of {plural(s.raw, 'capture')}"
        if s.raw
        else "not kept (add --keep-raw keeps them)",
        "made of it": kinds or "nothing",
        "log": f"{plural(s.entries, 'entry', 'entries')}; the newest hash is\n{'':12}{s.head}"
        + (f"\n{'':12}of {s.changed}" if s.changed else ""),
    }
    put("".join(f"{name:<12}{value}\n" for name, value in lines.items()), None)
    return DONE


@archive.command()
@where
@click.option("--head", metavar="HASH", help="A newest hash that was noted earlier: is it still in the log?")
@as_json
@options.debug
def check(place: str | None, head: str | None, as_json: bool) -> int:
    """Prove that all is what was kept: the log's chain, every hash, every span, the database. Exit code 1 where something is not."""
    from twosource.archive import Archive
    from twosource.archive.checking import Fault
    from twosource.archive.store import named
    from twosource.outputs.wording import count as plural

    counts: dict[str, int] = {}

    def seen(part: str, done: int) -> None:
        counts[part] = done
        progress.tell(f"{part} checked", done)

    newest, faults = None, []
    with Progress() as progress:
        try:
            with Archive.open(place) as opened:
                for fault in opened.check(head, seen=seen):
                    faults.append(fault)
                    progress.clear()
                    say(str(fault))
                newest = None if faults else opened.status().head
        except ArchiveError as error:
            if not os.path.exists(named(place).removeprefix("sqlite:///")):
                raise  # a server that does not answer says nothing of what it keeps
            faults.append(Fault("database", "", str(error)))
            say(str(error))
    told = {"sound": not faults, "checked": counts, "head": newest, "faults": [dataclasses.asdict(f) for f in faults]}
    checked = ", ".join(words.checked(part, many) for part, many in counts.items())
    if as_json:
        put(_json(told), None)
    elif faults:
        what = "this archive is not what was kept"
        if {fault.part for fault in faults} == {
            "search index"
        }:  # which is made of what is kept, and can be at any time
            what = "all that is kept is whole, but for the search index, which `twosource search --rebuild` makes anew"
        put(f"{plural(len(faults), 'fault')}: {what}. Checked: {checked or 'nothing'}\n", None)
    else:
        put(f"sound: {checked or 'nothing is in it'}\nthe log's newest hash is {newest}\n", None)
    return SOME_UNREAD if faults else DONE


@archive.command()
@where
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "warc"]), default="jsonl", help="What to write. [default: jsonl]"
)
@click.option("--all-versions", is_flag=True, help="All versions of each report, not the current one alone (jsonl).")
@options.out
@options.debug
def export(place: str | None, form: str, all_versions: bool, out: str | None) -> int:
    """Write the reports as JSON lines, which every command reads, or the raw bytes that are kept as WARC (packed where OUT ends in .gz)."""
    from twosource.archive import Archive
    from twosource.archive.exporting import lines
    from twosource.archive.exporting_warc import warc

    spare(out, ())
    with Archive.open(place) as opened:
        spare(out, (opened.store.place,))
        if form == "jsonl":
            parts: Iterable[bytes] = (
                line.encode("utf-8", "backslashreplace") for line in lines(opened.store, current=not all_versions)
            )
        else:
            if not opened.status().raw:
                raise UsageError(f"{opened.store.place} keeps no raw bytes: add with --keep-raw to keep them")
            parts = warc(opened.store, packed=out is not None and out.endswith(".gz"))
        _stream(parts, out)
    return DONE


@archive.command()
@where
@click.option("--raw", is_flag=True, help="The raw bytes as well; their hashes stay.")
@click.option("--damaged", is_flag=True, help="Readings that are not what was kept, which are then read anew.")
@click.option("--yes", is_flag=True, help="Do it, rather than say what would be done.")
@as_json
@options.debug
def prune(place: str | None, raw: bool, damaged: bool, yes: bool, as_json: bool) -> int:
    """Take out what can be made again: readings and products that newer ones replace. Captures, versions and the log stay."""
    from twosource.archive import Archive
    from twosource.outputs.wording import count as plural

    with Archive.open(place) as opened:
        found = opened.prune(raw=raw, damaged=damaged, really=yes)
    if as_json:
        put(_json(dataclasses.asdict(found) | {"done": yes}), None)
        return DONE
    counts = ((found.readings, "reading"), (found.products, "product"), (found.raw, "raw capture"))
    what = f"{', '.join(plural(many, one) for many, one in counts)} ({words.size(found.bytes)})"
    put(f"taken out: {what}\n" if yes else f"would be taken out: {what}; --yes does it\n", None)
    return DONE


@archive.command()
@click.argument("report")
@where
@as_json
@options.debug
def history(report: str, place: str | None, as_json: bool) -> int:
    """All versions of a REPORT and what each changed. REPORT is an id of it or the beginning of one, its address, or its file."""
    from twosource.archive import Archive

    with Archive.open(place) as opened:
        found = opened.versions(report)
    steps = [words.changes(older.report, newer.report) for older, newer in pairwise(found)]
    told = [
        {"id": v.report.id, "number": v.number, "added": v.added, "sha256": v.report.sha256, "changes": changes}
        for v, changes in zip(found, [[], *steps], strict=True)
    ]
    if as_json:
        put(_json({"versions": told}), None)
        return DONE
    put("".join(map(words.version, told)), None)
    return DONE


def _web() -> Web:
    """What fetches addresses of this machine and of private networks too."""
    from twosource.sources.web import Web

    return Web(allow_private=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _bytes(files: tuple[str, ...]) -> int | None:
    """Bytes of all files; None where what they hold is not what they weigh: addresses, packed files."""
    from twosource.sources.folders import files as inside

    total = 0
    if sys.stderr is None or not sys.stderr.isatty():
        return None  # nobody looks
    for file in (one for path in files for one in inside(path)):
        if isinstance(file, str) and ("://" in file or file.endswith((".gz", ".zip"))):
            return None
        if isinstance(file, str) and os.path.isfile(file):
            total += os.path.getsize(file)
    return total or None


def _stream(parts: Iterable[bytes], out: str | None) -> None:
    """Write part after part to standard output, or into the file `out`, whole or not at all, however large it is."""
    if out in (None, "-"):
        if sys.stdout is None:
            raise UsageError("standard output is closed: open it, or write into a file with -o")
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    assert out is not None
    try:
        write_whole(out, parts)
    except OSError as error:
        raise UsageError(f"-o {out}: it cannot be written: {error.strerror or error}") from None
    say(f"written to {out}")
