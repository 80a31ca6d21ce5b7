"""Bytes that want to break the reader, each the real thing: none costs the others beside it, the memory or the patience, and each is
named with its cap or read.

The cap of memory is checked on the processes themselves: this one must not grow by what a bomb unfolds to, and a worker cannot go over
its own cap, which the operating system keeps.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from ferry_files import (
    LINES,
    TITLE,
    assembled_pdf,
    gzipped,
    mail,
    multipart,
    newsitem,
    page,
    paragraphs,
    pdf,
    record,
    zipped,
)

from twosource.errors import TooLarge
from twosource.limits import FILE_BYTES
from twosource.sources import Loaded, load, worker

MEGABYTE = 1 << 20

#: Seconds on the clock, for a machine that is busy with other things: what is unfolded or waited for would take far longer.
PATIENCE = 300
LAST = "The very last words of this article are that the search was called off on Friday night."


@pytest.fixture(autouse=True)
def modest() -> Iterator[None]:
    """No growth by more than two files of the cap."""
    before = resident()
    yield
    assert resident() - before < 2 * FILE_BYTES


def resident() -> int:
    """Bytes of memory that this process has."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def read(path: Path, data: bytes | str) -> Loaded:
    """What is read of `data`, beside a good report that must be read."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    good = path.parent / "z-good.txt"
    good.write_text(LINES[0], encoding="utf-8")
    loaded = load([path, good])
    assert loaded.reports[-1].file == str(good)
    return Loaded(loaded.reports[:-1], loaded.problems)


def why(loaded: Loaded, large: bool = True) -> str:
    """What is said of the one file that is not read."""
    assert loaded.reports == ()
    (problem,) = loaded.problems
    assert isinstance(problem, TooLarge) is large
    return problem.why


# --- XML -----------------------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE newsItem [{LAUGHS}]>",
        '<!DOCTYPE newsItem [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE newsItem [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x; <!ENTITY l11 "x">]>',
    ],
    ids=["billion laughs", "external entity", "parameter entity"],
)
def test_entities_are_not_unfolded(tmp_path: Path, doctype: str) -> None:
    began = time.monotonic()
    assert "entities" in why(
        read(tmp_path / "a.xml", newsitem("<inlineData>&l11;</inlineData>", doctype=doctype)), large=False
    )
    assert time.monotonic() - began < PATIENCE


def test_an_external_doctype_is_not_fetched(tmp_path: Path) -> None:
    loaded = read(tmp_path / "a.xml", newsitem(doctype='<!DOCTYPE newsItem SYSTEM "http://127.0.0.1:9/x.dtd">'))
    assert len(loaded.reports) == 1


def test_entities_in_a_page_are_left_alone(tmp_path: Path) -> None:
    (report,) = read(
        tmp_path / "a.html", f"<!DOCTYPE html [{LAUGHS}]><html><body>{paragraphs('&l11; ha')}</body></html>"
    ).reports
    assert len(report.text) < 1000


def test_xml_nested_deep_is_refused(tmp_path: Path) -> None:
    deep = "<p>" * 100_000 + "Words." + "</p>" * 100_000
    body = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{deep}</body></html></inlineXML>'
    assert "cannot be parsed" in why(read(tmp_path / "a.xml", newsitem(body)), large=False)


# --- bombs ---------------------------------------------------------------------------------------------------------------------


def zeros(size: int) -> bytes:
    """`size` zeros, compressed."""
    packing = zlib.compressobj(9, wbits=31)
    chunk = bytes(MEGABYTE)
    return b"".join(packing.compress(chunk) for _ in range(size // MEGABYTE)) + packing.flush()


def test_a_gzip_bomb_stops_at_the_cap(tmp_path: Path) -> None:
    bomb = zeros(256 * MEGABYTE)
    assert len(bomb) < MEGABYTE
    for name in ("a.txt.gz", "a.jsonl.gz"):
        began = time.monotonic()
        said = why(read(tmp_path / name, bomb))
        assert "64 MB, the most that is read of one file" in said or "more than 100 times its size" in said
        assert time.monotonic() - began < PATIENCE


def test_a_bomb_of_lines_stops_by_what_it_unpacks_to(tmp_path: Path) -> None:
    lines = gzip.compress(b'{"text": "A."}\n' * (10 * MEGABYTE), 9)
    assert "it unpacks to more than 100 times its size" in why(read(tmp_path / "a.jsonl.gz", lines))


def test_a_gzip_in_a_gzip_in_a_gzip_ends(tmp_path: Path) -> None:
    data = LINES[0].encode()
    for _ in range(10):
        data = gzip.compress(data)
    assert "it lies in 4 others, the most that are unpacked" in why(read(tmp_path / "a.txt.gz", data))


def test_a_zip_bomb_costs_its_entry_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b.jsonl"):
            with archive.open(name, "w") as entry:
                for _ in range(80):
                    entry.write(bytes(MEGABYTE))
        archive.writestr("d.txt", LINES[0])
    loaded = load([path])
    assert [r.text for r in loaded.reports] == [LINES[0]]
    assert [p.file.rpartition("#")[2] for p in loaded.problems] == ["a.txt", "b.jsonl"]
    assert {type(p) for p in loaded.problems} == {TooLarge}


def test_a_zip_that_holds_itself_ends(tmp_path: Path) -> None:
    data = zipped({"words.txt": LINES[0].encode()})
    for depth in range(8):
        data = zipped({"in.zip": data, f"{depth}.txt": b"Words."})
    loaded = read(tmp_path / "a.zip", data)
    assert len(loaded.reports) == 4
    assert ["the most that are unpacked" in p.why for p in loaded.problems] == [True]


def test_a_zip_whose_entries_overlap_is_counted_as_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry of the table leads to the same bytes, as in the bombs that need no nesting."""
    one = zipped({"0.txt": b"A" * MEGABYTE})
    start = one.index(b"PK\x01\x02")
    header = one[start : one.index(b"PK\x05\x06")]
    table = b"".join(header.replace(b"0.txt", b"%d.txt" % (n % 10)) for n in range(500))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 500, 500, len(table), start, 0)
    began = time.monotonic()
    loaded = read(tmp_path / "a.zip", one[:start] + table + end)
    assert time.monotonic() - began < PATIENCE
    assert len(loaded.reports) + len(loaded.problems) >= 1


def test_a_pdf_bomb_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content stream that unfolds from kilobytes, twice compressed, to gigabytes of operators."""
    operators = zlib.compressobj(9)
    inner = b"".join(operators.compress(b"(ha) Tj " * 131_072) for _ in range(200)) + operators.flush()
    stream = zlib.compress(inner, 9).decode("latin-1")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        f"<< /Length {len(stream)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n{stream}\nendstream",
    ]
    made = b"%PDF-1.7\n" + b"".join(f"{n} 0 obj\n{o}\nendobj\n".encode("latin-1") for n, o in enumerate(objects, 1))
    monkeypatch.setattr(worker, "PARSE_SECONDS", 4.0)
    loaded = read(tmp_path / "a.pdf", made + b"trailer << /Root 1 0 R >>")
    assert len(made) < MEGABYTE
    assert loaded.reports == ()
    assert len(loaded.problems) == 1


def test_a_pdf_of_pages_without_end_is_opened_to_the_cap(tmp_path: Path) -> None:
    kids = "3 0 R " * 100_000
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count 100000 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    loaded = read(tmp_path / "a.pdf", assembled_pdf(objects))
    assert "100,000 pages, and 500 are the most" in loaded.problems[0].why


def test_a_worker_over_its_memory_costs_one_document(tmp_path: Path) -> None:
    """What unfolds beyond the cap on memory is ended by the operating system, not by us."""
    wide = "<div>" + "<b>" * 8_000_000
    loaded = read(tmp_path / "a.html", wide)
    assert loaded.reports == ()
    assert loaded.problems
    assert len(read(tmp_path / "b.html", page()).reports) == 1


# --- ten gigabytes of nothing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.txt", b""), ("a.json", b"{"), ("a.html", b"<html>"), ("a.pdf", b"%PDF-1.7\n"), ("a.eml", b"From: a@x.example\r\n\r\n"),
        ("a.zip", b"PK\x03\x04"), ("a.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00"), ("a.xml", b"<?xml version='1.0'?><newsItem>"),
    ],
)  # fmt: skip
def test_a_sparse_file_of_ten_gigabytes_is_named_at_once(tmp_path: Path, name: str, head: bytes) -> None:
    path = sparse(tmp_path / name, head)
    began = time.monotonic()
    loaded = load([path])
    assert loaded.reports == ()
    assert len(loaded.problems) == 1
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.warc", record()),
        ("a.mbox", b"From a@x.example Tue Mar  4 07:15:00 2031\r\n" + mail(LINES[0]) + b"\r\n"),
        ("a.jsonl", b'{"text": "A."}\n'),
    ],
)
def test_what_stands_before_ten_gigabytes_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, head: bytes
) -> None:
    monkeypatch.setattr(worker, "PARSE_SECONDS", 4.0)
    loaded = load([sparse(tmp_path / name, head, gigabytes=10 if name != "a.jsonl" else 0.25)])
    assert loaded.problems
    assert loaded.reports or name == "a.mbox"


def sparse(path: Path, head: bytes, gigabytes: float = 10) -> Path:
    with path.open("wb") as file:
        file.write(head)
        file.truncate(int(gigabytes * (1 << 30)))
    if path.stat().st_blocks * 512 > MEGABYTE:
        pytest.skip("this file system keeps zeros")
    return path


@pytest.fixture(autouse=True)
def _no_giants_left(tmp_path: Path) -> Iterator[None]:
    yield
    for file in tmp_path.iterdir():
        if file.is_file() and file.stat().st_size > FILE_BYTES:
            file.unlink()


# --- mail ----------------------------------------------------------------------------------------------------------------------


def test_a_mail_nested_two_thousand_deep_keeps_what_stands_above(tmp_path: Path) -> None:
    body = "Content-Type: text/plain\r\n\r\nThe innermost words.\r\n"
    for depth in range(2000):
        media, inner = multipart(
            "mixed", f"Content-Type: text/plain\r\n\r\nWords at {depth}.", body, boundary=f"b{depth}"
        )
        body = f"Content-Type: {media}\r\n\r\n{inner}"
    loaded = read(tmp_path / "a.eml", b"From: a@x.example\r\nSubject: Deep\r\nMIME-Version: 1.0\r\n" + body.encode())
    assert "its parts are nested more than 50 deep, the most that is read" in loaded.problems[0].why
    assert "Words at 1999." in loaded.reports[0].text
    assert "innermost" not in loaded.reports[0].text


def test_a_mail_in_a_mail_two_thousand_deep_ends(tmp_path: Path) -> None:
    data = mail("The innermost words.")
    for depth in range(2000):
        media, body = multipart("mixed", f"Content-Type: text/plain\r\n\r\nWords at {depth}.", boundary=f"b{depth}")
        head, tail = body.rsplit(f"--b{depth}--", 1)
        data = mail("", media=media) + head.encode() + f"--b{depth}\r\nContent-Type: message/rfc822\r\n\r\n".encode() + data + (
            f"\r\n--b{depth}--{tail}".encode()
        )  # fmt: skip
    loaded = read(tmp_path / "a.eml", data)
    assert [r.text.split("\n")[-1] for r in loaded.reports] == [f"Words at {1999 - n}." for n in range(5)]
    assert ["the most that are unpacked" in p.why for p in loaded.problems] == [True]


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n" + b"--b\r\n" * 200_000,
        b"From: a@x.example\r\nMIME-Version: 1.0\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\nWords.",
        b"From: a@x.example\r\nMIME-Version: 1.0\r\nSubject: " + b"=?utf-8?q?a?= " * 30_000 + b"\r\n\r\nWords.",
        b"From: a@x.example\r\nMIME-Version: 1.0\r\nSubject: =?nonsense?b?////?=\r\nContent-Type: text/plain; charset=\"\xff\xfe\"\r\n\r\nWords.",
        b"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\nWords.",
        b"From: " + b"(" * 100_000 + b"\r\nMIME-Version: 1.0\r\nDate: " + b"9" * 5000 + b"\r\n\r\nWords.",
    ],
    ids=["parts", "headers", "encoded words", "encodings", "no boundary", "comments"],
)  # fmt: skip
def test_a_malformed_mail_is_read_or_named(tmp_path: Path, data: bytes) -> None:
    began = time.monotonic()
    loaded = read(tmp_path / "a.eml", data)
    assert len(loaded.reports) + len(loaded.problems) >= 1
    assert time.monotonic() - began < PATIENCE


# --- web archives --------------------------------------------------------------------------------------------------------------

SECOND = record(page(title="Second print"), "https://oskel.example/b")


@pytest.mark.parametrize("length", [-5, "abc", "9" * 40, 0])
def test_a_length_that_cannot_be_costs_its_record_alone(tmp_path: Path, length: int | str) -> None:
    loaded = read(tmp_path / "a.warc", record(length=length) + SECOND)
    assert [r.title for r in loaded.reports] == ["Second print"]
    assert loaded.problems or length == 0


def test_a_length_that_is_too_long_does_not_mix_two_pages(tmp_path: Path) -> None:
    loaded = read(
        tmp_path / "a.warc",
        SECOND + record(length=10_000_000) + record(page(paragraphs("Of another page, these words are."))),
    )
    assert "should have 10,000,000 bytes" in loaded.problems[0].why
    assert [r.title for r in loaded.reports] == ["Second print", TITLE]
    assert "Of another page" not in loaded.reports[1].text


def test_a_length_that_is_too_short_costs_its_end_alone(tmp_path: Path) -> None:
    whole = record()
    short = whole.index(b"<p>Divers") - whole.index(b"HTTP/1.1")
    loaded = read(tmp_path / "a.warc", record(length=short) + SECOND)
    assert [r.title for r in loaded.reports] == [TITLE, "Second print"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_cut_anywhere_keeps_what_stands_before_and_says_so(tmp_path: Path, name: str) -> None:
    pack = gzipped if name.endswith("gz") else lambda *records: b"".join(records)
    first, whole = len(pack(SECOND)), pack(SECOND, record())
    for cut in range(first + 12, len(whole) - 6, 37):
        loaded = read(tmp_path / name, whole[:cut])
        assert loaded.reports[0].title == "Second print"
        assert loaded.problems, f"cut at {cut} of {len(whole)}, and nothing said"


def test_a_record_without_a_target_is_named_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    loaded = read(path, record(uri=None) + SECOND)
    assert loaded.problems == ()
    assert loaded.reports[0].file.startswith(f"{path}#<urn:uuid:")
    assert loaded.reports[0].url is None


def test_damage_to_a_record_costs_that_record_alone(tmp_path: Path) -> None:
    """Where each record is packed by itself, as crawlers do it, what follows is found again."""
    first = len(gzipped(SECOND))
    data = bytearray(gzipped(SECOND, record(), SECOND))
    data[first + 60] ^= 0xFF
    loaded = read(tmp_path / "a.warc.gz", bytes(data))
    assert [r.title for r in loaded.reports] == ["Second print", "Second print"]
    (problem,) = loaded.problems
    assert "damaged after record 1, which begins at byte 0" in problem.why
    assert f"what stood between there and byte {len(data) - first:,} is lost" in problem.why


def test_damage_to_the_first_record_costs_that_record_alone(tmp_path: Path) -> None:
    data = bytearray(gzipped(record(), SECOND))
    data[12:40] = b"\0" * 28
    loaded = read(tmp_path / "a.warc.gz", bytes(data))
    assert [r.title for r in loaded.reports] == ["Second print"]
    assert "damaged in its first record" in loaded.problems[0].why


def test_damage_to_an_archive_packed_as_one_costs_what_follows(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(SECOND + os.urandom(1 << 20).hex().encode(), mtime=0))
    data[len(data) // 2 : len(data) // 2 + 20] = b"\xff" * 20
    loaded = read(tmp_path / "a.warc.gz", bytes(data))
    assert [r.title for r in loaded.reports] == ["Second print"]
    assert "what stood there and behind is lost" in loaded.problems[0].why


def test_an_answer_that_is_a_bomb_is_named(tmp_path: Path) -> None:
    http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
    loaded = read(tmp_path / "a.warc", record(zeros(200 * MEGABYTE), http=http) + SECOND)
    assert [r.title for r in loaded.reports] == ["Second print"]
    assert isinstance(loaded.problems[0], TooLarge)


# --- names that climb ----------------------------------------------------------------------------------------------------------


def test_entries_that_climb_out_are_left_unread_and_nothing_is_written(tmp_path: Path) -> None:
    names = ["../out.txt", "/tmp/out.txt", "C:\\out.txt", "a/../../out.txt", "..\\out.txt"]
    loaded = read(tmp_path / "in.zip", zipped(dict.fromkeys(names, b"Out.") | {"in.txt": b"In."}))
    assert [r.text for r in loaded.reports] == ["In."]
    assert len(loaded.problems) == len(names)
    assert all("leads out of the archive" in p.why for p in loaded.problems)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.zip", "z-good.txt"]


# --- pages ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deep", [255, 256, 2100])
def test_a_page_nested_deep_keeps_its_text_or_is_flagged(tmp_path: Path, deep: int) -> None:
    inside = f"<p>{LINES[1]}</p>"
    nested = "<div>" * deep + inside + "</div>" * deep
    loaded = read(tmp_path / "a.html", page(f"<p>{LINES[0]}</p>{nested}<p>{LINES[2]}</p><p>{LAST}</p>"))
    kept = all(line in loaded.reports[0].text for line in (LINES[1], LINES[2], LAST)) if loaded.reports else False
    assert kept or any("may be missing" in p.why or "deep" in p.why for p in loaded.problems)
    assert kept or deep > 256


@pytest.mark.parametrize(
    "script",
    ["<script>" + "x" * (11 * MEGABYTE) + "</script>", "<script type='application/ld+json'>" + '{"a":[' * (2 * MEGABYTE) + "</script>",
     "<style>" + "a{}" * (4 * MEGABYTE) + "</style>", "<!--" + "x" * (11 * MEGABYTE) + "-->",
     f"<img src='data:image/png;base64,{base64.b64encode(bytes(9 * MEGABYTE)).decode()}'>"],
    ids=["script", "json", "style", "comment", "picture"],
)  # fmt: skip
def test_what_follows_eleven_megabytes_is_kept(tmp_path: Path, script: str) -> None:
    loaded = read(tmp_path / "a.html", page(paragraphs() + script + f"<p>{LAST}</p>"))
    assert loaded.problems == ()
    assert LAST in loaded.reports[0].text


def test_one_slow_page_in_a_crawl_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PARSE_SECONDS", 3.0)
    slow = page(
        "".join(f"<p>Paragraph {n} of the inquiry says that something else went wrong.</p>" for n in range(300_000))
    )
    loaded = read(tmp_path / "a.warc.gz", gzipped(record(slow, "https://slow.example/"), SECOND))
    assert [r.title for r in loaded.reports] == ["Second print"]
    assert "https://slow.example/" in loaded.problems[0].file


def test_nothing_of_a_document_reaches_another(tmp_path: Path) -> None:
    """What is asked of one worker in turn is answered in turn, also where the asker leaves in the middle."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{n}.txt": f"Words of {n}.".encode() for n in range(50)}))
    from twosource.sources import raw
    from twosource.sources.formats import reports

    with raw.opened(str(path)) as opened:
        found = reports(opened)
        first = next(found)
        other = load([path])
        assert [r.text for r in other.reports] == [f"Words of {n}." for n in sorted(range(50), key=str)]
        rest = list(found)
    assert [first, *rest] == list(other.reports)
    with raw.opened(str(path)) as opened:
        left = reports(opened)
        next(left)
        left.close()  # type: ignore[attr-defined]
    assert load([path]) == other


def test_a_made_pdf_of_any_bytes_is_named(tmp_path: Path) -> None:
    whole = pdf(list(LINES))
    for cut in range(20, len(whole), 97):
        loaded = read(tmp_path / "a.pdf", whole[:cut])
        assert len(loaded.reports) + len(loaded.problems) >= 1
    assert io.BytesIO(whole).read(5) == b"%PDF-"
