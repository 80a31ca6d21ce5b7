"""Options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def with_options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


debug = click.option("--debug", is_flag=True, expose_value=False, help="Show where in the code an error arose.")
files = click.argument("files", nargs=-1, required=True, metavar="FILE…")
out = click.option("-o", "--output", "out", metavar="OUT", help="Write into this file, whole or not at all.")
width = click.option(
    "--width", type=click.IntRange(40, 1000), metavar="N", help="Columns of the text. [default: the terminal's, else 80]",
)  # fmt: skip
shown = with_options(
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "html", "json", "markdown", "csv", "annotation"]),
        help="How to write it. [default: by OUT's name, else text]",
    ),
    out,
    click.option(
        "--all", "everything", is_flag=True, help="Show everything that one report alone says, and whole quotations."
    ),
    width,
    click.option(
        "--table", type=click.Choice(["claims", "evidence", "figures", "quotes", "names"]),
        help="Which table, with --format csv. [default: claims]",
    ),
    click.option(
        "--policy", type=click.Choice(["range", "most-conservative", "majority", "latest", "named-sources-first"]),
        help="Which rule settles a figure. [default: range; of what was saved, the rule it was saved with]",
    ),
)  # fmt: skip
owners = click.option(
    "--owners", metavar="CSV", help="Whose outlets are: outlet, owner, source. Outlets of one owner are one newsroom."
)
allow_private = click.option(
    "--allow-private", is_flag=True, help="Let addresses lead to this machine and to private networks."
)
told = with_options(
    click.option("--published", metavar="DATE", help="When reports that carry no date were published: 2031-04-01."),
    click.option("--about", metavar="CSV", help="What files do not say: file, outlet, published, title, byline, credit, same_source_as."),
    allow_private,
)  # fmt: skip
