"""Write docs/reference/commands.md out of the commands' own help, so that it cannot go stale: tests/test_house.py compares."""

from __future__ import annotations

from pathlib import Path

from twosource.cli import commands

PAGE = Path(__file__).with_name("commands.md")

HEAD = """# Commands

Written by `just docs` out of the commands' own help.

Exit codes: 0 done · 1 done, but some reports could not be read (each is named on standard error) · 2 wrong use · 3 nothing could be
read · 70 a fault of ours · 130 interrupted. Results go to standard output, all else to standard error.
"""


def page() -> str:
    """The whole page."""
    top = commands.make_context("twosource", [], resilient_parsing=True, terminal_width=90)
    parts = [HEAD, section("twosource", commands.get_help(top))]
    for name in commands.list_commands(top):
        command = commands.get_command(top, name)
        if command is not None and not command.hidden:
            context = command.make_context(name, [], parent=top, resilient_parsing=True, terminal_width=90)
            parts.append(section(f"twosource {name}", command.get_help(context)))
    return "\n".join(parts)


def section(title: str, text: str) -> str:
    """One command's part of the page."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
