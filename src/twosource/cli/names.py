"""`match-names`: whether two names are one."""

from __future__ import annotations

import click

from twosource.cli import options
from twosource.cli.codes import DONE
from twosource.cli.writing import put_parts, spare


@click.command("match-names")
@click.argument("table", metavar="CASES.csv")
@options.out
@options.debug
def match_names(table: str, out: str | None) -> int:
    """Say of each row of a CSV (name1, name2, and schema: Person, Company …) whether both names are one: match, and score from 0 to 1."""
    from twosource.matching.name_table import match_names as answered

    spare(out, [table])
    put_parts(answered(table), out)
    return DONE
