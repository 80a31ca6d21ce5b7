"""`read`: what single reports hold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from twosource.cli import options
from twosource.cli.codes import DONE, NOTHING_READ, SOME_UNREAD
from twosource.cli.writing import columns, put, say, spare
from twosource.errors import UsageError

if TYPE_CHECKING:
    from twosource.engines import Engine
    from twosource.model import Report
    from twosource.sources import Loaded

#: Of what an engine could not read, so much is named; of a crawl it may be a thousand things.
_NAMED = 20


@click.command()
@options.files
@options.told
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), help="How to write it. [default: text]")
@options.out
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    help="Read many files, shard by shard, into the Parquet files of --out: by processes here, or by a Dask cluster.",
)
@click.option(
    "--workers", type=click.IntRange(1, 1024), metavar="N", help="Processes of --engine. [default: one a core]"
)
@click.option("--scheduler", metavar="ADDRESS", help="The Dask cluster to use. [default: one that is started here]")
@click.option("--out", "folder", metavar="FOLDER", help="Where --engine writes; what is done there is not done again.")
@options.debug
def read(
    files: tuple[str, ...],
    published: str | None,
    about: str | None,
    allow_private: bool,
    form: str | None,
    out: str | None,
    engine: Engine | None,
    workers: int | None,
    scheduler: str | None,
    folder: str | None,
) -> int:
    """Read out of each report the names, quotes, figures, times and statements it holds, one line a report with --format jsonl."""
    if engine is not None:
        if about or allow_private or form or out:
            raise UsageError("--engine writes Parquet into --out: leave out --about, --allow-private, --format and -o")
        if folder is None:
            raise UsageError("--engine needs a folder to write into: give it with --out")
        return _by_engine(files, folder, engine, workers, scheduler, published)
    if workers or scheduler or folder:
        raise UsageError(
            "--workers, --scheduler and --out belong to --engine: give --engine processes, or -o for a file"
        )
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


def _by_engine(
    files: tuple[str, ...],
    folder: str,
    engine: Engine,
    workers: int | None,
    scheduler: str | None,
    published: str | None,
) -> int:
    from twosource.engines import read_shards
    from twosource.engines.work import unread_in
    from twosource.outputs.wording import count

    told = read_shards(files, folder, engine=engine, workers=workers, scheduler=scheduler, published=published)
    for problem in told.problems:
        say(str(problem))
    for aside in told.aside:
        say(f"{aside.shard}: set aside: {aside.why}; the same command tries it again")
    marks = (*told.done, *told.skipped)
    reports, errors = sum(m.reports for m in marks), sum(m.errors for m in marks)
    before = f" ({len(told.skipped):,} of them before)" if told.skipped else ""
    say(f"{count(reports, 'report')} of {count(len(marks), 'shard')}{before} in {folder}")
    unread = (problem for mark in marks for problem in unread_in(mark, folder))
    for problem in itertools.islice(unread, _NAMED):
        say(str(problem))
    if errors > _NAMED:
        say(f"{errors - _NAMED:,} more could not be read: the column error says which, and why")
    if not reports:
        return NOTHING_READ
    return SOME_UNREAD if errors or told.aside or told.problems else DONE
