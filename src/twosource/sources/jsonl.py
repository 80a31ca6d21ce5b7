"""JSON: a `.json` holds one report, a `.jsonl` one a line. `text` is required; other keys than the report's own are
passed over. Reports as agencies and feeds write them in JSON are read too (`news_json`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from twosource.errors import SourceError
from twosource.limits import LINE_BYTES
from twosource.model import Report
from twosource.sources.article import reports_of
from twosource.sources.dates import iso
from twosource.sources.decode import decoded
from twosource.sources.news_json import article, is_news
from twosource.sources.raw import Raw, from_bytes
from twosource.sources.record import report, tidy

EXTRACTOR = "json/1"

_KEYS = ("url", "outlet", "title", "byline", "published", "language")
_LINES = frozenset({".jsonl", ".ndjson"})
_PLAIN = frozenset({".txt", ".text"})


def is_jsonl(raw: Raw) -> bool:
    """Whether it is one record a line: by name, or because its first two lines are each a whole object."""
    if raw.suffix in _PLAIN:
        return False
    first, _, rest = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if raw.suffix in _LINES:
        # One object over many lines is one report, whatever its name.
        return first.strip() != b"{"
    return rest.lstrip().startswith(b"{") and _is_object(first)


def is_json(raw: Raw) -> bool:
    """Whether it is one object: by name, or because it begins as one."""
    if raw.suffix in _PLAIN:
        return False
    return raw.suffix in {".json", *_LINES} or raw.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        (b'{"', b"{\n", b"{\r\n", b"{ ")
    )


def one(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a `.json`."""
    data = raw.whole()
    yield from _record(raw.file, raw.file, decoded(raw.file, data), data)


def lines(raw: Raw) -> Iterator[Report | SourceError]:
    """The reports of a `.jsonl`, in order. A report's `file` is its `id`, else the path and the line: `a.jsonl:3`."""
    nothing = True
    for number, line in raw.lines():
        where = f"{raw.file}:{number}"
        if line is None:
            yield SourceError(
                where, f"the line is longer than {LINE_BYTES >> 20} MB, the most that is read of one report"
            )
        elif line.strip():
            try:
                yield from _record(where, None, line.decode("utf-8-sig" if number == 1 else "utf-8"), line)
            except UnicodeDecodeError:
                yield SourceError(where, "the line is not UTF-8, as JSON lines must be: save the file as UTF-8")
        else:
            continue
        nothing = False
    if nothing:
        yield SourceError(raw.file, "it holds no report: put one JSON object on each line")


def _record(where: str, file: str | None, source: str, raw: bytes) -> Iterator[Report | SourceError]:
    """The report that `source` writes; `file` is its name where its own `id` is not."""
    try:
        record = json.loads(source)
    except RecursionError:
        yield SourceError(where, "its JSON is nested too deep to be read")
        return
    except ValueError as error:
        place = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        yield SourceError(where, f"it is not JSON: {getattr(error, 'msg', error)}{place}")
        return
    if not isinstance(record, dict):
        yield SourceError(
            where,
            f"it holds {_kind(record)} where one report is expected: "
            "write an object with `text`, or one object a line into a .jsonl",
        )
        return
    own = record.get("id")
    name = str(own) if isinstance(own, str | int) and not isinstance(own, bool) and str(own).strip() else where
    text = record.get("text")
    if not isinstance(text, str) and is_news(record):
        shaped = from_bytes(file or name, b"")
        try:
            yield from reports_of(shaped, raw, EXTRACTOR, article(record, shaped))
        except SourceError as error:
            yield SourceError(where, error.why)
        return
    if not isinstance(text, str):
        why = f"its `text` is {_kind(text)}, not a string" if "text" in record else "it has no `text`"
        yield SourceError(where, f"{why}: a report needs its words under the key `text`")
        return
    if not text or text.isspace():
        yield SourceError(where, "its `text` is empty")
        return
    metadata = {key: tidy(record.get(key)) for key in _KEYS}
    if given := metadata["published"]:
        metadata["published"] = iso(given)
        if metadata["published"] is None:
            yield SourceError(where, f"its `published`, “{given[:80]}”, is no ISO 8601 date: it is read as undated")
    yield report(file or name, text, raw, EXTRACTOR, **metadata)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return "a string"
