"""`stories`: which of many reports tell of one event. `story`: one of them over time, as an archive keeps it."""

from __future__ import annotations

import dataclasses
import json
import os
from typing import TYPE_CHECKING, Any

import click

from twosource.cli import options
from twosource.cli.archive import where
from twosource.cli.codes import DONE, NOTHING_READ
from twosource.cli.piles import are_piles, spare_shards, stories_of
from twosource.cli.readings import unread
from twosource.cli.writing import coloured, columns, put, put_parts, spare
from twosource.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twosource.model import Report
    from twosource.outputs.stories import Filed
    from twosource.stories import Story
    from twosource.watch.looks import Look

_FORMATS = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…]")
@where
@options.told
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), help="How to write it. [default: by OUT's name, else text]"
)
@options.out
@options.width
@options.debug
def stories(
    files: tuple[str, ...],
    place: str | None,
    published: str | None,
    about: str | None,
    allow_private: bool,
    form: str | None,
    out: str | None,
    width: int | None,
) -> int:
    """Sort reports into stories: those that tell of one event, and why each stands where it does.

    A report may stay alone. The order in which files are given does not matter; dates of publication, where known, do. Without
    FILE, the stories of what the archive keeps, which are kept there too. FILE may be a folder that `read --engine` has written:
    then its reports are sorted in bounded memory.
    """
    if not files:
        if place is None and not os.environ.get("TWOSOURCE_ARCHIVE") and not os.path.exists("twosource.db"):
            raise UsageError("name files or folders that hold reports, or an archive: --archive PLACE")
        if published or about:
            raise UsageError("--published and --about are for files: the archive knows its reports")
        _put_stories(*_of_archive(place, out), form, out, width, ids=True)
        return DONE
    if place is not None:
        raise UsageError("give FILES or --archive, not both: `twosource archive add` puts files into an archive")
    if are_piles(files):
        if published or about:
            raise UsageError("--published and --about are for files: what an engine has read knows its dates")
        spare_shards(out, files)
        found, filed, code = stories_of(files)
        _put_stories(found, filed, form, out, width)
        return code if filed else NOTHING_READ
    from twosource.calls import load

    spare(out, (*files, *([about] if about else ())))
    loaded = load(files, published=published, about=about, allow_private=allow_private)
    code = unread(loaded)
    if not loaded.reports:
        return code
    from twosource.stories import group

    _put_stories(group(loaded.reports), loaded.reports, form, out, width)
    return code


@click.command()
@click.argument("ident", metavar="ID")
@where
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "markdown"]), help="How to write it. [default: by OUT's name, else text]"
)  # fmt: skip
@options.out
@click.option("--no-remember", is_flag=True, help="Look without remembering it: the next look tells the same again.")
@click.option(
    "--all", "everything", is_flag=True, help="Show everything that one report alone says, and whole quotations."
)
@options.width
@options.debug
def story(
    ident: str, place: str | None, form: str | None, out: str | None, no_remember: bool, everything: bool, width: int | None
) -> int:  # fmt: skip
    """What the reports of one story say together, and what changed since the last look. ID is as `twosource stories --archive`
    tells it, or one of its reports: the id, the address or the file. Nothing is read anew: the readings are those of the
    archive, which remembers the look.
    """
    from twosource.archive import Archive
    from twosource.watch.looks import look, remember

    spare(out, ())
    with Archive.open(place) as archive:
        spare(out, (archive.store.place,))
        seen = look(archive, ident)
        _put_story(seen, form, out, everything, width)
        if not no_remember:
            remember(archive, seen)
    return DONE


def _put_story(seen: Look, form: str | None, out: str | None, everything: bool, width: int | None) -> None:
    from twosource.watch import changes_told

    form = form or _FORMATS.get(os.path.splitext(out or "")[1].lower(), "text")
    if form == "json":
        from twosource.outputs.json import to_json

        said: dict[str, Any] = changes_told.told_json(seen, json.loads(to_json(seen.told)))
        put(json.dumps(said, ensure_ascii=False, indent=1) + "\n", out)
    elif form == "markdown":
        from twosource.outputs.markdown import to_markdown

        put(changes_told.told_markdown(seen) + to_markdown(seen.told, everything=everything), out)
    elif form == "html":
        from twosource.outputs.page import to_page

        put(changes_told.told_page(seen, to_page(seen.told)), out)
    else:
        from twosource.outputs.terminal import to_text

        wide = columns(width, out)
        text = to_text(seen.told, width=wide, colour=coloured(out), everything=everything)
        put(changes_told.told(seen, wide) + text, out)


def _of_archive(place: str | None, out: str | None) -> tuple[Sequence[Story], Sequence[Report]]:
    from twosource.archive import Archive
    from twosource.watch.kept import kept_stories

    spare(out, ())
    with Archive.open(place) as archive:
        spare(out, (archive.store.place,))
        return kept_stories(archive), tuple(archive.reports())


def _named(story: Story) -> Story:
    """The story with its id before its title, by which `story` is asked."""
    return dataclasses.replace(story, title=f"{story.id}  {story.title}")


def _put_stories(
    found: Sequence[Story],
    reports: Sequence[Filed],
    form: str | None,
    out: str | None,
    width: int | None,
    ids: bool = False,
) -> None:
    from twosource.outputs.stories import stories_json, stories_text

    if form == "json" or (form is None and out is not None and out.endswith(".json")):
        pieces = stories_json(found, reports)
    else:
        pieces = stories_text([_named(s) for s in found] if ids else found, reports, columns(width, out))
    put_parts(pieces, out)
