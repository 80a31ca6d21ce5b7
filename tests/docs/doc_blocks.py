"""The fenced blocks of a page of Markdown, as a test runs them. What a page may hold, and how it is taken:

    sh        commands, a line each; a comment `# exits 3` at the end of a line tells its exit code where that is not 0
    console   commands behind `$ `, continued behind `> `, each with what it prints; `…` stands for anything, alone on a line for any lines
    python    a program; the blocks of a page run one after the other, with one set of names
    pycon     the same as a dialogue behind `>>> `, with what it prints
    text title="notes.txt"
              a file of that name, which is there from the start; so with every other kind

Before a block may stand `<!-- not run: the reason -->`, which should be rare. `<!-- given` opens lines of `sh`, up to `-->`, that a reader
does not see: they make what the page takes for granted.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RUN = ("sh", "console", "python", "pycon")

#: What is shown and not run.
SHOWN = ("", "csv", "html", "json", "jsonc", "jsonl", "markdown", "sql", "text", "toml", "xml", "yaml")

_BLOCK = re.compile(
    r"""
    ^(?:[ ]*<!--[ ]not[ ]run:(?P<reason>[^>]*?)-->[ ]*\n\n?)?
    (?P<indent>[ ]*)(?P<fence>```+)(?P<kind>\w*)(?P<rest>[^\n`]*)\n(?P<text>.*?)^(?P=indent)(?P=fence)[ ]*$
    | ^<!--[ ]given\n(?P<given>.*?)^-->
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block that starts in `line` of its page. `reason` says why it is not run, `file` which file it is."""

    line: int
    kind: str
    text: str
    reason: str | None = None
    file: str | None = None


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page's text, in its order.

    >>> [b.kind for b in blocks("Look:\\n\\n```sh\\ntwosource demo\\n```\\n\\n<!-- given\\nmkdir reports\\n-->\\n")]
    ['sh', 'sh']
    """
    for found in _BLOCK.finditer(page):
        line = page.count("\n", 0, found.start()) + 1
        if (given := found["given"]) is not None:
            yield Block(line, "sh", given)
            continue
        title = re.search(r'title="([^"]+)"', found["rest"])
        reason = found["reason"].strip() if found["reason"] is not None else None
        yield Block(line, found["kind"], textwrap.dedent(found["text"]), reason, title[1] if title else None)


def commands(text: str) -> Iterator[tuple[str, int]]:
    """The commands of a block of `sh`, each with the exit code that it should have. A block with a here-document is one command.

    >>> list(commands("# first\\ntwosource compare a.txt \\\\\\n  b.txt\\ntwosource show no.json  # exits 3\\n"))
    [('twosource compare a.txt b.txt', 0), ('twosource show no.json', 3)]
    """
    if "<<" in text or re.search(r"^(for|while|if) ", text, re.MULTILINE):
        yield text, 0
        return
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield _command(line)


def exchanges(text: str) -> Iterator[tuple[str, int, str]]:
    """The commands of a block of `console`, each with its exit code and with what it prints.

    >>> list(exchanges("$ twosource --version\\ntwosource 1.0\\n$ true\\n"))
    [('twosource --version', 0, 'twosource 1.0\\n'), ('true', 0, '')]
    """
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *rest = re.split(r"\n(?!> )", part, maxsplit=1)
        yield *_command(command.replace("\\\n> ", "")), "".join(rest)


def _command(line: str) -> tuple[str, int]:
    told = re.search(r"\s+# exits (\d+)$", line)
    return line[: told.start() if told else None].strip(), int(told[1]) if told else 0


def fits(shown: str, printed: str) -> bool:
    """Whether `printed` is what is shown: blanks at the ends of lines do not count, and `…` stands for anything.

    >>> fits("one\\n…\\nfour", "one\\ntwo\\nthree\\nfour\\n"), fits("… reports", "5 reports"), fits("one", "one\\ntwo")
    (True, True, False)
    """

    def lines(text: str) -> str:
        return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"

    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "…" else r"[^\n]*?".join(map(re.escape, line.split("…"))) + r"\n"
        for line in lines(shown).splitlines()
    )
    return re.fullmatch(pattern, lines(printed)) is not None


def first_unfit(shown: str, printed: str) -> str:
    """The first line of what is shown that `printed` does not have in its place, "" where all fits but more is printed.

    >>> first_unfit("one\\n…\\nfour\\nfive", "one\\ntwo\\nfour\\n")
    'five'
    """
    lines = shown.strip().splitlines()
    return next((lines[n] for n in range(len(lines)) if not fits("\n".join([*lines[: n + 1], "…"]), printed)), "")


def pages(root: Path) -> list[Path]:
    """The pages whose examples are run."""
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]
