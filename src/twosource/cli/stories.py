"""`stories`: which of many reports tell of one event."""

from __future__ import annotations

import click

from twosource.cli import options
from twosource.cli.readings import unread
from twosource.cli.writing import columns, put, spare


@click.command()
@options.files
@options.told
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), help="How to write it. [default: by OUT's name, else text]"
)
@options.out
@options.width
@options.debug
def stories(
    files: tuple[str, ...],
    published: str | None,
    about: str | None,
    allow_private: bool,
    form: str | None,
    out: str | None,
    width: int | None,
) -> int:
    """Sort reports into stories: those that tell of one event, and why each stands where it does.

    A report may stay alone. The order in which files are given does not matter; dates of publication, where known, do.
    """
    from twosource.calls import load

    spare(out, (*files, *([about] if about else ())))
    loaded = load(files, published=published, about=about, allow_private=allow_private)
    code = unread(loaded)
    if not loaded.reports:
        return code
    from twosource.outputs.stories import stories_json, stories_text
    from twosource.stories import group

    found = group(loaded.reports)
    if form == "json" or (form is None and out is not None and out.endswith(".json")):
        pieces = stories_json(found, loaded.reports)
    else:
        pieces = stories_text(found, loaded.reports, columns(width, out))
    put("".join(pieces), out)
    return code
