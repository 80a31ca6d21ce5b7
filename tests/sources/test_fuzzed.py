"""What fuzzing has found (benchmarks/fuzz_sources.py), each cut down to what it takes, and the seams under Hypothesis.

Here the parsers run without a worker: what one of them raises is seen.
"""

from __future__ import annotations

import gzip
import io
import json

import pytest
from ferry_files import LINES, TITLE, gzipped, mail, newsitem, page, pdf, record, zipped
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import worker
from twosource.sources.feed_entries import entries
from twosource.sources.formats import reports
from twosource.sources.markup import lines
from twosource.sources.page import article
from twosource.sources.pdf import Line, joined
from twosource.sources.raw import from_bytes

SEEDS = {
    "html": (page(), {}),
    "markup": (page(), {}),
    "pdf": (pdf(list(LINES), title=TITLE), {}),
    "mail": (mail("\n\n".join(LINES)), {}),
    "mailbox": (b"From a@x Tue Mar  4 07:15:00 2031\n" + mail(LINES[0]), {}),
    "newsml": (newsitem().encode(), {}),
    "warc": (record() + record(), {}),
    "gzip": (gzip.compress(LINES[0].encode()), {"kind": ".txt"}),
    "zip": (zipped({"a.txt": b"A.", "b.html": page()}), {}),
}


def parsed(parser: str, data: bytes) -> list[worker.Answer]:
    """What the parser gives, in this process; nothing where it refuses."""
    try:
        return list(worker._parser(parser)(io.BytesIO(data), **SEEDS[parser][1]))
    except SourceError:
        return []


# --- what was found ------------------------------------------------------------------------------------------------------------


def test_a_page_without_one_element_has_no_article() -> None:
    found = article("<!DOCTYPE -8\r\n\r\n" * 40)
    assert found["text"] == ""
    assert found["problems"]
    assert lines("<!-- -->") == lines(" ") == []


def test_what_stands_outside_the_first_tree_is_not_lost() -> None:
    found = article(f"<</html>{page().decode()}")
    assert LINES[3] in found["text"]
    assert found["text"].startswith(TITLE)
    assert lines("<</html><h1>Ferry sinks</h1>") == ["<", "Ferry sinks"]


def test_what_is_no_address_costs_the_address_alone() -> None:
    wrong = "https://h[arbour.example/ferry"
    (report,) = reports(from_bytes("a.warc", record(uri=wrong)))
    assert isinstance(report, Report)
    assert (report.url, report.outlet) == (wrong, None)
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"url": link, "content_text": LINES[0]} for link in (wrong, "/ferry")],
    }
    found = entries(io.BytesIO(json.dumps(feed).encode()), address="https://harbour.example/feed", charset=None)
    assert [said["link"] for said, _ in found] == [None, "https://harbour.example/ferry"]


def test_letters_without_width_stand_in_a_column_of_their_own() -> None:
    told = Line("Two ferries", False, 90.0, 2.1e9, 776.9, 14.7, 0)
    one = Line("U", False, 2.1e9, 2.1e9, 776.3, 14.7, 0)
    for order in ([told, one], [one, told]):
        assert " ".join(joined(order)) == " ".join(line.text for line in order)


# --- what is nearly right ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parser", SEEDS)
def test_what_is_right_is_parsed(parser: str) -> None:
    assert parsed(parser, SEEDS[parser][0])


@pytest.mark.parametrize("parser", SEEDS)
@settings(max_examples=25)
@given(cut=st.floats(0, 1), at=st.floats(0, 1), other=st.binary(max_size=40))
@example(cut=0.0, at=0.0, other=b"")
@example(cut=1.0, at=0.5, other=b"\0" * 40)
def test_what_is_nearly_right_is_parsed_or_refused(parser: str, cut: float, at: float, other: bytes) -> None:
    data = SEEDS[parser][0]
    place = int(at * len(data))
    for said, found in parsed(parser, (data[:place] + other + data[place + len(other) :])[: int(cut * len(data)) + 1]):
        assert isinstance(said, dict)
        assert isinstance(found, bytes)


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    for parser in SEEDS:
        parsed(parser, data)
    assert gzipped(data) == gzip.compress(data, mtime=0)
