"""A report as a row, and back: equal whatever it holds, refused whatever was changed."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource import ArchiveError, Report, SourceError
from twosource.archive import rows
from twosource.sources import from_text

#: Any character that UTF-8 can hold, the one that PostgreSQL cannot among them, and the one that we put in its place.
letters = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0␀\r\n")
words = st.text(letters, max_size=30)
texts = words.filter(lambda t: t and not t.isspace())


@st.composite
def reports(draw: st.DrawFn) -> Report:
    report = from_text(draw(texts), file="a.txt")
    told = {
        f.name: draw(st.none() | words)
        for f in fields(Report)
        if f.name in ("url", "outlet", "title", "byline", "credit")
    }
    start = draw(st.integers(0, len(report.text) - 1))
    end = draw(st.integers(start + 1, len(report.text)))
    return replace(report, head=(report.span(start, end),), **told)


def kept(report: Report) -> dict[str, object]:
    row = rows.version_row(report) | {"number": 1, "added": "2031-04-01T06:30:00.000000+00:00", "key": "file:/a.txt"}
    return row | {"digest": rows.version_digest(row, "file:/a.txt")}


@given(reports())
def test_a_report_comes_back_equal(report: Report) -> None:
    row = kept(report)
    assert "\0" not in "".join(v for v in row.values() if isinstance(v, str))
    assert rows.report_of(row) == report


@given(reports(), st.data())
def test_a_row_with_any_other_value_is_refused(report: Report, data: st.DataObject) -> None:
    row = kept(report)
    column = data.draw(st.sampled_from(sorted(row)))
    other = data.draw((words | st.integers() | st.none() | st.binary(max_size=5)).filter(lambda v: v != row[column]))
    with pytest.raises(ArchiveError, match="was changed or damaged"):
        rows.report_of(row | {column: other})


def test_a_report_that_is_not_whole_is_a_problem_of_its_source() -> None:
    report = from_text("Two ferries collided.", file="a.txt")
    with pytest.raises(SourceError, match=r"a\.txt: its text is not the one"):
        rows.version_row(replace(report, text="Three ferries collided."))
    with pytest.raises(SourceError, match="half a character"):
        rows.version_row(replace(report, text="\ud800"))


@given(st.binary(max_size=300) | st.binary(min_size=1, max_size=3).map(lambda b: b * 100))
def test_raw_bytes_come_back_and_nothing_else_does(data: bytes) -> None:
    import hashlib

    row = rows.raw_row(hashlib.sha256(data).hexdigest(), data)
    assert rows.bytes_of(row) == data
    for column, other in (
        ("bytes", row["bytes"] + b"x"),
        ("size", row["size"] + 1),
        ("packing", "other"),
        ("sha256", "0" * 64),
    ):
        with pytest.raises(ArchiveError, match="were changed or damaged"):
            rows.bytes_of(row | {column: other})
