"""The stories that we wrote, each with what a careful editor finds in it.

Everything in them is invented: countries, places, people, outlets, agencies. They are shipped inside the package so
that the first command after installing shows the point; tests and thresholds use them because they are ours to use.
`gold` is written by hand, without the tool, in the format of the project's scorer.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

_STORIES: dict[str, tuple[str, ...]] = {
    "bridge": ("a.json", "b.json", "c.json", "d.html", "e.json"),
    "recount": ("a.json", "b.json", "c.txt"),
    "recall": ("a.json", "b.json", "c.json"),
}


def names() -> tuple[str, ...]:
    """The names of the stories; the first is the one that `twosource demo` shows.

    >>> names()
    ('bridge', 'recount', 'recall')
    """
    return tuple(_STORIES)


def paths(name: str) -> tuple[Path, ...]:
    """The files of the reports of one story. Raises KeyError where there is no such story.

    >>> [path.name for path in paths("recount")]
    ['a.json', 'b.json', 'c.txt']
    """
    return tuple(_file(name, report) for report in _STORIES[name])


def gold(name: str) -> Path:
    """What a careful editor finds in one story, as YAML. Raises KeyError where there is no such story.

    >>> gold("bridge").name
    'gold.yaml'
    """
    if name not in _STORIES:
        raise KeyError(name)
    return _file(name, "gold.yaml")


def _file(name: str, file: str) -> Path:
    """A file of the package, which is always installed unpacked, so that its place outlives `as_file`."""
    with as_file(files("twosource.demo") / name / file) as path:
        return path
