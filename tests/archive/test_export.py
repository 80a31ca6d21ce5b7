"""What is written out: JSON lines that are read again, WARC that others read, and nothing that is not what was kept."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from twosource import Archive
from twosource.archive import custody, exporting
from twosource.sources import Found, from_text, record
from twosource.sources.capture import Capture, Redirect

FERRY = "Two ferries collided off Saltmouth on Monday.\n"


def test_json_lines_go_into_another_archive_as_the_same_reports(place: str, tmp_path: Path) -> None:
    with Archive.init(place) as archive, Archive.init(tmp_path / "other.db") as other:
        archive.add(from_text(FERRY, file="a-7", outlet="Tern", published="2031-04-01"), read=False)
        archive.add(
            from_text(FERRY.replace("Two", "Three"), file="a-7", outlet="Tern", published="2031-04-02"), read=False
        )
        (tmp_path / "out.jsonl").write_text("".join(exporting.lines(archive.store, current=False)), encoding="utf-8")
        assert other.add(tmp_path / "out.jsonl", read=False).corrected == 1
        first, second = (list(a.reports(current=False)) for a in (archive, other))
        told = [[(r.file, r.text, r.outlet, r.published) for r in reports] for reports in (first, second)]
        assert told[0] == told[1]
        line = json.loads(next(exporting.lines(archive.store)))
        assert line["version"] == 2
        assert set(line["custody"]) == {"address", "at", "tool", "who", "redirects"}


def fetched(body: bytes) -> Found:
    capture = Capture(
        "https://tern.example/f",
        (Redirect("https://tern.example/f", 301),),
        "https://tern.example/ferries",
        200,
        (("content-type", "text/plain; charset=utf-8"), ("content-encoding", "gzip"), ("x-note", "two\r\nlines")),
        body,
        hashlib.sha256(body).hexdigest(),
        "2031-04-01T06:30:00+00:00",
        "192.0.2.7",
        "twosource-fetch/1",
    )
    return Found(from_text(body.decode(), file="ferries", url="https://tern.example/ferries"), capture.address, capture)


def test_a_fetched_page_keeps_its_custody(place: str) -> None:
    found = fetched(FERRY.encode())
    with Archive.init(place) as archive:
        archive.keep([found])
        line = json.loads(next(exporting.lines(archive.store)))
        assert line["custody"] == {
            "address": "https://tern.example/f",
            "at": "2031-04-01T06:30:00+00:00",
            "tool": "twosource-fetch/1",
            "who": custody.who(),
            "redirects": ["https://tern.example/f"],
        }


@pytest.mark.parametrize("packed", [True, False])
def test_raw_bytes_are_written_as_warc_that_fastwarc_reads(place: str, tmp_path: Path, packed: bool) -> None:
    from fastwarc.warc import ArchiveIterator

    (tmp_path / "a.txt").write_bytes(FERRY.encode())
    with Archive.init(place) as archive:
        archive.add(tmp_path / "a.txt", read=False, keep_raw=True)
        body = FERRY.replace("Two", "Three").encode()
        found = fetched(body)

        def one() -> Iterator[Found]:
            # As a page is read: a report is made of the bytes while the archive looks on.
            yield replace(found, report=record.report("ferries", found.report.text, body, "text/1"))

        archive.keep(one(), keep_raw=True)
        data = b"".join(exporting.warc(archive.store, packed=packed))
        assert data == b"".join(exporting.warc(archive.store, packed=packed))
    records = {}
    for one_of_them in ArchiveIterator(io.BytesIO(data)):
        kind = one_of_them.headers["WARC-Type"]
        records[kind] = (dict(one_of_them.headers), one_of_them.reader.read(), one_of_them.http_headers)
    assert set(records) == {"warcinfo", "resource", "response"}
    head, kept, _ = records["resource"]
    assert kept == FERRY.encode()
    assert head["WARC-Target-URI"] == (tmp_path / "a.txt").as_uri()
    head, page, http = records["response"]
    assert page == body
    assert (head["WARC-Target-URI"], head["WARC-Date"], head["WARC-IP-Address"]) == (
        "https://tern.example/ferries",
        "2031-04-01T06:30:00Z",
        "192.0.2.7",
    )
    assert http.status_code == 200
    assert dict(http)["x-note"] == "two lines"
    assert "content-encoding" not in dict(http)
