"""`search`: what an archive holds on something, by words, names, quotes, figures, outlets and dates."""

from __future__ import annotations

import click

from twosource.cli import options
from twosource.cli.archive import as_json, where
from twosource.cli.archive_words import counted
from twosource.cli.codes import DONE, WRONG_USE
from twosource.cli.progress import Progress
from twosource.cli.writing import coloured, columns, put, say
from twosource.errors import QueryError, UsageError


# A query may hold words that begin with "-": whatever is no option is part of it, and there are no short options that they could be;
# "-h" standing alone is asked below, since to click "-hull" would begin with it.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, metavar="WORDS…", type=click.UNPROCESSED)
@where
@click.option("--limit", type=click.IntRange(1, 1000), default=10, metavar="N", help="Reports shown. [default: 10]")
@click.option("--all", "everything", is_flag=True, help="Show every sentence that holds what was asked for, and whole.")
@click.option("--all-versions", is_flag=True, help="Look in what has been corrected since as well.")
@click.option("--rebuild", is_flag=True, help="Make the search index anew first; it can be made at any time.")
@as_json
@options.width
@options.debug
def search(
    words: tuple[str, ...], place: str | None, limit: int, everything: bool, all_versions: bool, rebuild: bool, as_json: bool,
    width: int | None,
) -> int:  # fmt: skip
    """Search an archive. WORDS are a query, best in single quotes, as 'ferry "were hurt" -actor:Brill since:2031-04'.

    \b
    ferry sank             both words, anywhere in the report; case, accents and plurals do not matter
    "ferry sank"           these words in a row               ferr*   words that begin so
    ferry OR boat          either; (…) holds together         -ferry  not
    actor:Brill            who or what it speaks of           quote:"were hurt"  words said
    outlet:tern            the outlet's name, or its host     since:2031-04  until:2031-04-15
    figure:>1000           also <, >=, <=, 12, 10..20; with what is counted: figure:">1000 people"
    """  # noqa: D301 (click's mark for lines that stay as they are)
    from twosource.archive import Archive
    from twosource.archive.search_shown import answer_json, answer_text
    from twosource.outputs.wording import count

    if "-h" in words:
        click.echo(click.get_current_context().get_help())
        return DONE
    query = " ".join(words)
    if not query.strip() and not rebuild:
        raise UsageError("search for what? Give words, as in: twosource search 'ferry \"were hurt\"'")
    with Archive.open(place) as opened:
        if rebuild:
            with Progress() as progress:
                indexed = opened.rebuild_search(done=lambda done: progress.tell(counted("report indexed", done), done))
            say(f"indexed {count(indexed, 'version')} of reports anew")
            if not query.strip():
                return DONE
        try:
            answer = opened.search(query, limit=limit, passages=None if everything else 3, all_versions=all_versions)
        except QueryError as wrong:
            _point(wrong)
            return WRONG_USE
        here = opened.store.place
    if answer.unread:
        say(
            f"{here}: {count(answer.unread, 'report was', 'reports were')} searched by words alone, since not read yet: what is quoted, "
            "who is named and how many are counted there is not known; `twosource archive read` reads them"
        )
    put(
        answer_json(answer)
        if as_json
        else answer_text(answer, width=columns(width, None), colour=coloured(None), everything=everything),
        None,
    )
    return DONE


def _point(wrong: QueryError) -> None:
    """Say what is wrong with a query, with the query and a caret beneath the place."""
    from rich.cells import cell_len

    from twosource.outputs.wording import visible

    say(f"this search cannot be read: {wrong.why}")
    before, after = visible(wrong.query[: wrong.at]), visible(wrong.query[wrong.at :])
    if len(before) > _POINTED:
        before = "… " + before[-_POINTED:]
    click.echo(f"  {before}{after[:_POINTED]}\n  {' ' * cell_len(before)}^", err=True)


#: Characters that are shown before, and behind, the place that is wrong.
_POINTED = 60
