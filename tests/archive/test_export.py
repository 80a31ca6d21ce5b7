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
from twosource.archive import custody, exporting, exporting_warc
from twosource.sources import Found, from_text, load, record
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


def fetched(body: bytes, media: str = "text/plain; charset=utf-8") -> Found:
    capture = Capture(
        "https://tern.example/f",
        (Redirect("https://tern.example/f", 301),),
        "https://tern.example/ferries",
        200,
        (("content-type", media), ("content-encoding", "gzip"), ("x-note", "two\r\nlines")),
        body,
        hashlib.sha256(body).hexdigest(),
        "2031-04-01T06:30:00+00:00",
        "192.0.2.7",
        "twosource-fetch/1",
    )
    return Found(
        from_text(body.decode("utf-8", "replace"), file="ferries", url="https://tern.example/ferries"),
        capture.address,
        capture,
    )


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


LINES = (
    "Two ferries collided off Saltmouth on Monday morning, and nine people were hurt when the larger one ran aground.",
    "The harbour master, Ada Brill, said that both had left the quay against the advice of the harbour office.",
    "Divers are to look at the wreck on Wednesday, officials of the port of Saltmouth told reporters on the quay.",
)
RUSSIAN = "Два парома столкнулись у гавани в понедельник утром, девять человек ранены, сказала Ада Брилль."


def folder_of_all_kinds(folder: Path) -> Path:
    """A file of each kind that is read, and what they are packed in."""
    import mailbox
    import shutil
    import zipfile
    from email.message import EmailMessage

    text = "\n".join(LINES)
    page = "<html><head><title>Ferries collide</title>{}</head><body><article>{}</article></body></html>"
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES)
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "news@tern.example", "Ferries collide", "<1@tern.example>"
    mail.set_content(text)
    mail.add_attachment(
        RUSSIAN.encode("koi8-r"),
        maintype="text",
        subtype="plain",
        filename="statement.txt",
        params={"charset": "koi8-r"},
    )
    folder.mkdir()
    (folder / "plain.txt").write_text(text, encoding="utf-8")
    (folder / "old.txt").write_bytes(("Kapitän Groß: " + text).encode("cp1252"))
    (folder / "page.html").write_text(page.format("<meta charset='utf-8'>", paragraphs), encoding="utf-8")
    (folder / "russian.html").write_bytes(
        page.format("<meta charset='koi8-r'>", f"<p>{RUSSIAN}</p>" * 3).encode("koi8-r")
    )
    shutil.copy(Path(__file__).parents[1] / "sources" / "columns.pdf", folder / "columns.pdf")
    (folder / "note.eml").write_bytes(bytes(mail))
    box = mailbox.mbox(folder / "desk.mbox")
    box.add(mail)
    box.close()
    records = [{"id": f"a-{n}", "text": f"{n} barges sank off Karsmouth."} for n in range(3)]
    (folder / "lines.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    (folder / "one.json").write_text(json.dumps({"headline": "Ferries", "body_text": text}, indent=1), encoding="utf-8")
    entry = f"<item><title>Ferries</title><description>{text}</description><link>https://tern.example/f</link></item>"
    entry = entry.replace("</link>", f"</link><content:encoded><![CDATA[{paragraphs}]]></content:encoded>")
    (folder / "feed.rss").write_text(
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tern</title>{entry}</channel></rss>',
        encoding="utf-8",
    )
    (folder / "wire.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1">'
        "<itemMeta><provider><name>Gull Wire</name></provider></itemMeta><contentMeta><headline>Ferries collide</headline></contentMeta>"
        f'<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs}</body></html></inlineXML></contentSet>'
        "</newsItem>",
        encoding="utf-8",
    )
    with zipfile.ZipFile(folder / "older.zip", "w") as packed:
        packed.writestr("monday/a.html", page.format("", f"<h1>Monday</h1>{paragraphs}"))
    return folder


@pytest.mark.parametrize("packed", [True, False])
def test_what_is_written_as_warc_is_read_as_the_same_reports(place: str, tmp_path: Path, packed: bool) -> None:
    with Archive.init(place) as archive:
        added = archive.add(folder_of_all_kinds(tmp_path / "in"), read=False, keep_raw=True)
        assert added.problems == []
        russian = RUSSIAN.encode("koi8-r")
        archive.keep(
            (replace(fetched(b, media), report=record.report("f", t, b, "text/1")) for b, t, media in (
                (russian, RUSSIAN, "text/plain; charset=koi8-r"), (b"Ferry: nine hurt.", "Ferry: nine hurt.", "text/plain"),
            )), keep_raw=True,
        )  # fmt: skip
        kept = {r.text for r in archive.reports(current=False)}
        out = tmp_path / ("out.warc.gz" if packed else "out.warc")
        out.write_bytes(b"".join(exporting_warc.warc(archive.store, packed=packed)))
    loaded = load([out])
    assert [p.why for p in loaded.problems] == []
    assert len(kept) >= 11
    assert {r.text for r in loaded.reports} == kept


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
        data = b"".join(exporting_warc.warc(archive.store, packed=packed))
        assert data == b"".join(exporting_warc.warc(archive.store, packed=packed))
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
