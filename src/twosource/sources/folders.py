"""A folder → its report files, in the order of their paths; and what is no file but an address."""

from __future__ import annotations

import os
from collections.abc import Iterator

from twosource.errors import SourceError
from twosource.limits import FOLDER_FILES
from twosource.sources.raw import printable

#: What is taken from a folder. A file named by itself is read whatever its suffix; a folder also holds tables, pictures
#: and notes.
SUFFIXES = frozenset(
    {".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson"}
    | {".pdf", ".eml", ".mbox", ".mht", ".mhtml", ".warc", ".gz", ".gzip", ".zip", ".rss", ".atom", ".xml"}
)

#: What may hold a report too, and is not read: taken along, so that it is named and not lost without a word.
UNREAD = frozenset(".doc .docx .odt .rtf .epub .webarchive .tar .tgz .bz2 .xz .zst .7z .rar".split())


def is_address(path: str) -> bool:
    """Whether `path` is an address of the web rather than a file."""
    return path.lower().startswith(("http://", "https://"))


def files(path: str) -> Iterator[str | SourceError]:
    """`path` itself, or, where it is a folder, the report files in it and its folders, and what may be one and is not read.

    Hidden files are passed over, and links to folders are not followed, so that no folder is entered twice.
    """
    if not os.path.isdir(path):
        yield path
        return
    found: list[str] = []
    others = 0
    for folder in _folders(path):
        if isinstance(folder, SourceError):
            yield folder
            continue
        for entry in folder:
            if entry.name.startswith(".") or not os.path.isfile(entry.path):
                continue
            if os.path.splitext(entry.name)[1].lower() in SUFFIXES | UNREAD:
                found.append(entry.path)
            else:
                others += 1
        if len(found) > FOLDER_FILES:
            yield SourceError(
                printable(path),
                f"it holds more than {FOLDER_FILES:,} report files, the most taken from one folder: "
                "give its folders one by one",
            )
            return
    if not found:
        passed = f"; {others} other files were passed over" if others else ""
        yield SourceError(
            printable(path),
            f"the folder holds no report: looked for .txt, .html, .json, .jsonl, .pdf, .eml, .mbox, .warc, .xml, .zip, .gz{passed}",
        )
    yield from sorted(found, key=lambda p: os.path.relpath(p, path).split(os.sep))


def _folders(path: str) -> Iterator[list[os.DirEntry[str]] | SourceError]:
    todo = [path]
    while todo:
        here = todo.pop()
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            yield SourceError(printable(here), f"the folder cannot be opened: {error.strerror or error}")
            continue
        todo.extend(e.path for e in inside if e.is_dir(follow_symlinks=False) and not e.name.startswith("."))
        yield inside
