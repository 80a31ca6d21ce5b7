"""Write docs/reference/commands.md out of the commands' own help, so that it cannot go stale: tests/test_house.py compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from twosource.cli import commands

PAGE = Path(__file__).with_name("commands.md")

HEAD = """# Commands

Written by `just docs` out of the commands' own help.

Exit codes: 0 done · 1 done, but some reports could not be read (each is named on standard error) · 2 wrong use · 3 nothing could be
read · 70 a fault of ours · 130 interrupted. Results go to standard output, all else to standard error.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *sections(commands, "twosource", None)])


def sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """The part of a command, and after it those of the commands below it."""
    context = command.make_context(
        name.rpartition(" ")[2], [], parent=parent, resilient_parsing=True, terminal_width=90
    )
    yield section(name, command.get_help(context))
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None and not found.hidden:
                yield from sections(found, f"{name} {below}", context)


def section(title: str, text: str) -> str:
    """One command's part of the page."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
