"""`read`: what single reports hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from twosource.cli import options
from twosource.cli.codes import DONE, NOTHING_READ, SOME_UNREAD
from twosource.cli.writing import columns, put, say, spare

if TYPE_CHECKING:
    from twosource.model import Report
    from twosource.sources import Loaded


@click.command()
@options.files
@options.told
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), help="How to write it. [default: text]")
@options.out
@options.debug
def read(
    files: tuple[str, ...],
    published: str | None,
    about: str | None,
    allow_private: bool,
    form: str | None,
    out: str | None,
) -> int:
    """Read out of each report the names, quotes, figures, times and statements it holds, one line a report with --format jsonl."""
    from twosource.calls import load

    spare(out, (*files, *([about] if about else ())))
    loaded = load(files, published=published, about=about, allow_private=allow_private)
    code = unread(loaded)
    if not loaded.reports:
        return code
    from twosource.outputs.json import reading_json
    from twosource.outputs.listing import listing
    from twosource.reading import read as read_report

    jsonl = form == "jsonl" or (form is None and out is not None and out.endswith(".jsonl"))
    width = columns(None, out)

    def written(report: Report) -> str:
        reading = read_report(report)
        return reading_json(reading) + "\n" if jsonl else listing(reading, width=width)

    if out in (None, "-"):
        for report in loaded.reports:
            put(written(report), None)
    else:
        put("".join(map(written, loaded.reports)), out)
    return code


def unread(loaded: Loaded) -> int:
    """Name on standard error what could not be read; the exit code that this gives."""
    from twosource.calls import nothing_read

    for problem in loaded.problems:
        say(str(problem))
    if loaded.reports:
        return SOME_UNREAD if loaded.problems else DONE
    if not loaded.problems:
        say(str(nothing_read(loaded)))
    return NOTHING_READ
