"""`compare`, `demo`, `show`, `explain`, `schema`: what makes a reconciliation, and what shows one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from twosource.cli import options
from twosource.cli.codes import DONE
from twosource.cli.readings import unread
from twosource.cli.writing import coloured, columns, put, say, spare
from twosource.errors import ReconciliationError, SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twosource.lineage import Owners
    from twosource.model import Reconciliation
    from twosource.sources import Loaded
    from twosource.verdicts.policies import Policy

_FORMATS = {
    ".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".jsonld": "annotation",
}  # fmt: skip


@click.command()
@options.files
@options.told
@options.owners
@options.shown
@options.debug
def compare(
    files: tuple[str, ...],
    published: str | None,
    about: str | None,
    allow_private: bool,
    owners: str | None,
    **shown: Any,
) -> int:
    """Reconcile the reports of one story: files, folders, and addresses (https://…), which are fetched."""
    from twosource.calls import load
    from twosource.lineage import read_owners

    _ready(shown, (*files, *(x for x in (about, owners) if x)))
    listed = read_owners(owners) if owners else None
    return _reconcile(load(files, published=published, about=about, allow_private=allow_private), listed, **shown)


@click.command()
@click.argument("story", required=False)
@options.shown
@options.debug
def demo(story: str | None, **shown: Any) -> int:
    """Reconcile a STORY that comes with twosource: an invented event, told by invented outlets."""
    from dataclasses import replace

    from twosource.calls import load
    from twosource.demo import names, paths

    name = story or names()[0]
    if name not in names():
        raise UsageError(f"there is no story {name!r}: there are {', '.join(names())}")
    _ready(shown, ())
    loaded = load(paths(name))
    # Where Python keeps its packages is nobody's business, and would make the same story other bytes on another machine.
    told = replace(loaded, reports=tuple(replace(r, file=f"{name}/{os.path.basename(r.file)}") for r in loaded.reports))
    return _reconcile(told, None, **shown)


@click.command()
@click.argument("reconciliation", metavar="RECONCILIATION.json")
@options.shown
@options.debug
def show(reconciliation: str, **shown: Any) -> int:
    """Show a reconciliation that was saved with --format json."""
    _ready(shown, (reconciliation,))
    _show(_saved(reconciliation), **shown)
    return DONE


@click.command()
@click.argument("claim")
@click.argument("reconciliation", metavar="RECONCILIATION.json")
@options.width
@options.out
@options.debug
def explain(claim: str, reconciliation: str, width: int | None, out: str | None) -> int:
    """Why a CLAIM stands as it does. CLAIM is its number in the listing, its id, or the beginning of its id."""
    from twosource.outputs.explain import explain as explained

    spare(out, (reconciliation,))
    put(explained(_saved(reconciliation), claim, width=columns(width, out), colour=coloured(out)), out)
    return DONE


@click.command()
@options.out
@options.debug
def schema(out: str | None) -> int:
    """Print the JSON Schema of a reconciliation."""
    import json

    from twosource.outputs.json import json_schema

    put(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", out)
    return DONE


def _ready(shown: dict[str, Any], sources: Sequence[str]) -> None:
    """Refuse, before any work is done, to write where that cannot be, and a table in what is no table."""
    spare(shown["out"], sources)
    if shown["table"] and _form(shown["form"], shown["out"]) != "csv":
        raise UsageError(
            f"--table {shown['table']}: add --format csv, or write it into a file: -o {shown['table']}.csv"
        )


def _form(form: str | None, out: str | None) -> str:
    return form or _FORMATS.get(os.path.splitext(out or "")[1].lower(), "text")


def _reconcile(loaded: Loaded, owners: Owners | None, **shown: Any) -> int:
    """Name what could not be read, reconcile the rest, show it; the exit code."""
    from twosource.calls import reconciled

    code = unread(loaded)
    if not loaded.reports:
        return code
    if sys.stderr is not None and sys.stderr.isatty():
        say(f"reading {len(loaded.reports)} report{'s' if len(loaded.reports) > 1 else ''} …")
    _show(reconciled(loaded, owners=owners), **shown)
    return code


def _saved(path: str) -> Reconciliation:
    from twosource.outputs.json import from_json

    try:
        with open(path, "rb") as file:
            return from_json(file.read())
    except OSError as error:
        raise SourceError(
            path, f"{error.strerror}: give the file that `twosource compare … --format json -o FILE` wrote"
        ) from None
    except ReconciliationError as error:
        raise ReconciliationError(f"{path}: {error}") from None


def _show(
    told: Reconciliation, form: str | None, out: str | None, everything: bool, width: int | None, table: str | None, policy: Policy | None
) -> None:  # fmt: skip
    if policy is not None:
        from twosource.verdicts.policies import settled

        told = settled(told, policy)
    form = _form(form, out)
    if form == "json":
        from twosource.outputs.json import to_json

        put(to_json(told), out)
    elif form == "markdown":
        from twosource.outputs.markdown import to_markdown

        put(to_markdown(told, everything=everything), out)
    elif form == "html":
        from twosource.outputs.page import to_page

        put(to_page(told), out)
    elif form == "csv":
        from twosource.outputs.csvs import to_csv

        put(to_csv(told, table or "claims"), out)
    elif form == "annotation":
        from twosource.outputs.annotation import to_annotation

        put(to_annotation(told), out)
    else:
        from twosource.outputs.terminal import to_text

        put(to_text(told, width=columns(width, out), colour=coloured(out), everything=everything), out)
