"""Stories and lineage of what `read --engine` has written: reports by the million, in bounded memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from twosource.cli import options
from twosource.cli.codes import DONE, NOTHING_READ, SOME_UNREAD
from twosource.cli.writing import columns, put_parts, say, spare
from twosource.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twosource.engines.pile import Pile
    from twosource.engines.stories import Filed
    from twosource.stories import Story

#: What an engine writes of a shard.
_SHARDS = (".parquet", ".done", ".aside")


def are_piles(files: Sequence[str]) -> bool:
    """Whether the paths are folders that an engine has written to. Raises UsageError where some are and some are not."""
    from twosource.engines.pile import is_pile

    found = [file for file in files if is_pile(file)]
    if found and len(found) < len(files):
        raise UsageError(f"{found[0]} was written by `read --engine`: give it, or others like it, without other files")
    return bool(found)


def stories_of(folders: Sequence[str]) -> tuple[tuple[Story, ...], tuple[Filed, ...], int]:
    """The stories of the folders, all reports, and the exit code that these give."""
    from twosource.engines.pile import opened
    from twosource.engines.stories import group

    with opened(folders) as pile:
        return *group(pile), missing(pile)


def missing(pile: Pile) -> int:
    """Name what is missing from the pile; the exit code that this gives."""
    from twosource.outputs.wording import count

    for torn in pile.torn:
        say(str(torn))
    if pile.aside:
        were = "was" if pile.aside == 1 else "were"
        say(f"{count(pile.aside, 'shard')} {were} set aside and not taken in: `twosource read` tries again")
    return SOME_UNREAD if pile.aside or pile.torn else DONE


def spare_shards(out: str | None, folders: Sequence[str]) -> None:
    """Refuse to write over what an engine has written of a shard."""
    shards = (entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(_SHARDS))
    spare(out, tuple(shards) if out is not None and os.path.exists(out) else ())


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    help="How to write it. [default: jsonl where OUT ends so, else text]",
)
@options.out
@options.width
@options.debug
def lineage(folders: tuple[str, ...], form: str | None, out: str | None, width: int | None) -> int:
    """Who copied whom: the reports of each story sorted into lineages, each the words of one newsroom, and why.
    Then what reports share with those of other stories: late reprints, a text within another.

    A FOLDER is one that `read --engine` has written. Of a few reports, `compare` tells the same.
    """
    from twosource.engines.between import reprints
    from twosource.engines.candidates import candidates
    from twosource.engines.pile import opened
    from twosource.engines.stories import group, lineages
    from twosource.outputs import lineages as shown
    from twosource.outputs.wording import count

    jsonl = form == "jsonl" or (form is None and out is not None and out.endswith(".jsonl"))
    wide = columns(width, out)
    spare_shards(out, [folder for folder in folders if os.path.isdir(folder)])
    with opened(folders) as pile:
        stories, filed = group(pile)
        many, told = len(filed), 0
        del filed

        def written() -> Iterator[str]:
            nonlocal told
            for of in lineages(pile, stories):
                if jsonl:
                    yield shown.lineages_json(of.story, of.reports, of.lineages, of.beyond)
                else:
                    yield from shown.lineages_text(of.story, of.reports, of.lineages, of.beyond, wide)
            found = candidates(pile, stories)
            for reprint in reprints(pile, stories):
                told += 1
                if jsonl:
                    yield shown.reprint_json(reprint)
                else:
                    yield from shown.reprint_text(reprint, wide)
            yield from [shown.between_json(told, found)] if jsonl else shown.between_text(told, found, wide)

        put_parts(written(), out)
        alone = sum(len(story.reports) == 1 for story in stories)
        say(
            f"{many:,} reports, {len(stories) - alone:,} stories of several, {alone:,} reports alone; "
            f"between stories, {count(told, 'copy', 'copies')}"
        )
        return missing(pile) if many else NOTHING_READ
