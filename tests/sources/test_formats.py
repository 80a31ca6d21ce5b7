"""PDF, mail, web archives, agencies' formats and what packs them → reports: named so that a user finds them again, with what they say of
themselves; and what is wrong with one never costs the others.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import textwrap
from pathlib import Path

import pytest
from ferry_files import LINES, TITLE, gzipped, mail, multipart, newsitem, page, paragraphs, pdf, record, zipped

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import Loaded, load
from twosource.sources.mail import unwrapped

TEXT = "\n".join(LINES)


def read(path: Path, data: bytes | str) -> Loaded:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load([path])


def only(loaded: Loaded) -> Report:
    assert loaded.problems == ()
    (report,) = loaded.reports
    return report


def names(loaded: Loaded, path: Path) -> list[str]:
    return [r.file.removeprefix(str(path)) for r in loaded.reports]


# --- PDF -----------------------------------------------------------------------------------------------------------------------


def test_a_pdf_is_its_paragraphs(tmp_path: Path) -> None:
    printed = [TITLE, "By Ilsa Brandt", ""]
    for line in LINES:
        printed += [*textwrap.wrap(line, 70), ""]
    data = pdf(printed, title=TITLE)
    report = only(read(tmp_path / "a.pdf", data))
    assert report.text.split("\n") == [TITLE, "By Ilsa Brandt", *LINES]
    assert (report.title, report.byline, report.published) == (TITLE, "Ilsa Brandt", None)
    assert [s.exact for s in report.head] == [TITLE, "By Ilsa Brandt"]
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.extractor.startswith("pdf-1/pypdfium2-")


def test_a_paragraph_goes_on_over_the_page_and_what_stands_on_every_page_is_left_out(tmp_path: Path) -> None:
    head = ["The Harbour Post, 4 March 2031", ""]
    one = [*head, *textwrap.wrap(LINES[0], 70), "", "The ship left the harbour at four in the morning,"]
    two = [
        *head,
        "although the port authority had warned of high waves, officials said.",
        "",
        *textwrap.wrap(LINES[3], 70),
    ]
    report = only(read(tmp_path / "a.pdf", pdf([*one, "", "1"], [*two, "", "Page 2"])))
    assert report.text.split("\n") == [LINES[0], LINES[2], LINES[3]]


def test_a_pdf_printed_by_a_browser_in_two_columns_is_read_column_by_column() -> None:
    report = only(load([Path(__file__).with_name("columns.pdf")]))
    lines = report.text.split("\n")
    assert lines[:2] == [TITLE, "By Ilsa Brandt"]
    assert set(lines[2:]) == set(LINES)
    assert len(lines) == 2 + 6 * len(LINES)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf([]), "the PDF has no text on its 1 page: if it is a scan, recognise its text first (OCR)"),
        (pdf(list(LINES))[:200], "the PDF is damaged, and cannot be opened"),
    ],
)
def test_a_pdf_without_words_says_what_to_do(tmp_path: Path, data: bytes, why: str) -> None:
    (problem,) = read(tmp_path / "a.pdf", data).problems
    assert why in problem.why


def test_pages_beyond_the_cap_are_named(tmp_path: Path) -> None:
    loaded = read(tmp_path / "a.pdf", pdf(*([f"Sentence {n} of the inquiry is here."] for n in range(501))))
    assert "it has 501 pages, and 500 are the most" in loaded.problems[0].why
    assert "Sentence 499 of" in loaded.reports[0].text


# --- mail ----------------------------------------------------------------------------------------------------------------------


def test_a_mail_is_its_text_with_the_subject_on_top(tmp_path: Path) -> None:
    data = mail("\n\n".join(textwrap.fill(line, 72) for line in LINES), subject="=?utf-8?q?F=C3=A4hre_sinkt?=")
    report = only(read(tmp_path / "a.eml", data))
    assert report.text.split("\n") == ["Fähre sinkt", *LINES]
    assert (report.title, report.outlet) == ("Fähre sinkt", "The Harbour Post")
    assert report.published == "2031-03-04T07:15:00+01:00"
    assert [s.exact for s in report.head] == ["Fähre sinkt"]
    assert report.sha256 == hashlib.sha256(data).hexdigest()


def test_a_mail_is_known_by_its_header_whatever_its_name(tmp_path: Path) -> None:
    assert only(read(tmp_path / "a.txt", mail(TEXT))).extractor == "mail/1"


@pytest.mark.parametrize(
    ("media", "encoded"),
    [
        ("Content-Transfer-Encoding: base64\r\n", "QSBmZXJyeSBzYW5rIOKAkyBuaW5lIGFyZSBtaXNzaW5nLg=="),
        ("Content-Transfer-Encoding: quoted-printable\r\n", "A ferry sank =E2=80=93 nine are =\r\nmissing."),
        ("Content-Transfer-Encoding: 8bit\r\n", "A ferry sank – nine are missing."),
        ("Content-Transfer-Encoding: base64\r\n", "QSBmZXJyeSBzYW5rIOKAkyBuaW5lIGFyZSBtaXNzaW5nLg=\r\n!!"),
    ],
)
def test_a_body_is_decoded(tmp_path: Path, media: str, encoded: str) -> None:
    assert only(read(tmp_path / "a.eml", mail(encoded, media))).text.endswith("A ferry sank – nine are missing.")


def test_the_plain_text_is_taken_unless_it_is_a_stub(tmp_path: Path) -> None:
    rich = f"Content-Type: text/html; charset=utf-8\r\n\r\n<style>p {{}}</style>{paragraphs()}"
    plain = "Content-Type: text/plain; charset=utf-8\r\n\r\nPlain: " + TEXT
    stub = "Content-Type: text/plain; charset=utf-8\r\n\r\nView this mail in your browser."
    for first, expected in ((plain, "Plain: " + LINES[0]), (stub, LINES[0])):
        media, body = multipart("alternative", first, rich)
        assert only(read(tmp_path / "a.eml", mail(body, media=media))).text.split("\n")[1] == expected


def test_attachments_are_reports_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    media, body = multipart(
        "mixed",
        "Content-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT,
        'Content-Type: text/html; charset=utf-8; name="page.html"\r\n\r\n' + page().decode(),
        'Content-Disposition: attachment; filename="..\\..\\notes.txt"\r\n\r\n' + "Nine are missing.",
        'Content-Type: image/png; name="map.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
        "Content-Type: message/rfc822\r\n\r\n" + mail("Forwarded: " + LINES[0]).decode(),
    )
    loaded = read(path, mail(body, media=media))
    assert loaded.problems == ()
    assert names(loaded, path) == ["", "#page.html", "#notes.txt", "#attachment 4"]
    assert loaded.reports[2].text == "Nine are missing."
    assert loaded.reports[3].text.endswith("Forwarded: " + LINES[0])


def test_a_mail_of_attachments_alone_is_no_problem(tmp_path: Path) -> None:
    media, body = multipart("mixed", 'Content-Disposition: attachment; filename="a.txt"\r\n\r\n' + TEXT)
    assert only(read(tmp_path / "a.eml", mail(body, media=media))).text == TEXT


def test_a_mailbox_is_its_mails_named_by_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    postmark = b"From news@harbour.example Tue Mar  4 07:15:00 2031\r\n"
    other = mail("From the quay, nine are missing.\r\n\r\n>From here on it is quoted.").replace(b"<1@", b"<2@")
    unnamed = mail("Third.").replace(b"Message-ID: <1@harbour.example>\r\n", b"")
    loaded = read(path, b"".join(postmark + m + b"\r\n\r\n" for m in (mail(TEXT), other, unnamed)))
    assert loaded.problems == ()
    assert names(loaded, path) == ["#1@harbour.example", "#2@harbour.example", "#3"]
    assert loaded.reports[1].text.split("\n")[1:] == ["From the quay, nine are missing.", "From here on it is quoted."]


def test_wrapped_lines_are_paragraphs_and_short_ones_stay() -> None:
    wrapped = (
        "\n\n".join(textwrap.fill(line, 72) for line in LINES) + "\n\nContact:\nMara Lind\n+00 1234\n* one\n* two\n"
    )
    assert unwrapped(wrapped) == [*LINES, "Contact:", "Mara Lind", "+00 1234", "* one", "* two"]
    assert unwrapped("Nine are \nmissing.\nTen.", flowed=True) == ["Nine are missing.", "Ten."]


# --- web archives --------------------------------------------------------------------------------------------------------------


def crawl() -> tuple[bytes, ...]:
    return (
        record(b"software: a crawler", None, kind="warcinfo", http="", media="application/warc-fields"),
        record(page(), "https://harbour.example/ferry"),
        record(b"\x89PNG", "https://harbour.example/map.png", http="HTTP/1.1 200 OK\r\nContent-Type: image/png"),
        record(page(), "https://harbour.example/old", http="HTTP/1.1 404 Not Found\r\nContent-Type: text/html"),
        record(page(title="Second print"), "https://oskel.example/ferry?id=1.txt"),
        record(b"GET / HTTP/1.1", "https://harbour.example/ferry", kind="request", http=""),
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.warc", b"".join(crawl())), ("a.warc.gz", gzipped(*crawl())), ("a", gzipped(b"".join(crawl())))],
)
def test_a_web_archive_is_its_pages_named_by_their_addresses(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    loaded = read(path, data)
    assert loaded.problems == ()
    assert names(loaded, path) == ["#https://harbour.example/ferry", "#https://oskel.example/ferry?id=1.txt"]
    first, second = loaded.reports
    assert (first.url, first.outlet) == ("https://harbour.example/ferry", "harbour.example")
    assert first.sha256 == hashlib.sha256(page()).hexdigest()
    assert second.title == "Second print"


def test_the_same_address_fetched_twice_is_two_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    loaded = read(
        path, record(page()) + record(page(paragraphs("It was raised on Friday, the harbour master said on the quay.")))
    )
    assert names(loaded, path) == ["#https://harbour.example/ferry", "#https://harbour.example/ferry (2)"]


def test_an_answer_is_decoded_and_one_that_is_not_encoded_as_it_says_is_taken_as_it_is(tmp_path: Path) -> None:
    html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n"
    old = page().replace(b"'utf-8'", b"''").decode().encode("cp1252")
    records = [
        record(gzip.compress(old), "https://a.example/", http=html + "Content-Encoding: gzip"),
        record(old, "https://b.example/", http=html + "Content-Encoding: gzip"),
        record(old, "https://c.example/", http=html + "Transfer-Encoding: chunked\r\nContent-Encoding: br"),
        record(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(old), old), "https://d.example/", http=html + "Transfer-Encoding: chunked"
        ),
    ]
    loaded = read(tmp_path / "a.warc", b"".join(records))
    assert loaded.problems == ()
    assert len({r.text for r in loaded.reports}) == 1
    assert len(loaded.reports) == 4
    assert "“We heard a bang" in loaded.reports[0].text


def test_extracted_text_in_a_web_archive_is_a_text(tmp_path: Path) -> None:
    report = only(read(tmp_path / "a.warc", record(TEXT.encode(), kind="conversion", http="", media="text/plain")))
    assert report.text == TEXT


def test_a_page_that_is_not_what_its_digest_says_is_flagged(tmp_path: Path) -> None:
    loaded = read(tmp_path / "a.warc", record(headers="WARC-Block-Digest: sha1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH\r\n"))
    assert "not what its digest says" in loaded.problems[0].why
    assert len(loaded.reports) == 1


# --- what packs ----------------------------------------------------------------------------------------------------------------


def test_a_zip_is_read_as_the_folder_that_it_was(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    inside = zipped({"deep.txt": b"Deep."})
    loaded = read(
        path,
        zipped({"b.txt": b"B.", "a/c.html": page(), "a/pic.jpg": b"\xff\xd8\xff", ".hidden.txt": b"x", "__MACOSX/b.txt": b"x",
                "crawl.warc.gz": gzipped(*crawl()), "in.zip": inside, "lines.jsonl": b'{"text": "L."}'}),
    )  # fmt: skip
    assert loaded.problems == ()
    assert names(loaded, path) == [
        "#a/c.html", "#b.txt", "#crawl.warc.gz#https://harbour.example/ferry", "#crawl.warc.gz#https://oskel.example/ferry?id=1.txt",
        "#in.zip#deep.txt", "#lines.jsonl:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt.gz", gzip.compress(TEXT.encode()), TEXT),
        ("a.gz", gzip.compress(TEXT.encode()), TEXT),
        ("a.jsonl.gz", gzip.compress(b'{"id": "a", "text": "Nine are missing."}\n'), "Nine are missing."),
        ("a.html.gz", gzip.compress(paragraphs().encode()), None),
        ("a.eml.gz", gzip.compress(mail("Nine are missing.")), TITLE + "\nNine are missing."),
    ],
)
def test_a_compressed_file_is_what_is_in_it_under_its_own_name(
    tmp_path: Path, name: str, data: bytes, text: str | None
) -> None:
    report = only(read(tmp_path / name, data))
    assert report.text == text if text else report.extractor.startswith("html-")
    assert report.file == ("a" if name == "a.jsonl.gz" else str(tmp_path / name))


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"},
            "it is a document (such as .docx, .odt or .epub)",
        ),
        ({"a.png": b"\x89PNG"}, "the archive holds no report: looked for .txt"),
        ({}, "the archive holds no report"),
    ],
)
def test_a_zip_without_reports_says_so(tmp_path: Path, files: dict[str, bytes], why: str) -> None:
    (problem,) = read(tmp_path / "a.zip", zipped(files)).problems
    assert why in problem.why


# --- agencies' formats ---------------------------------------------------------------------------------------------------------


def test_an_item_of_newsml_g2(tmp_path: Path) -> None:
    report = only(read(tmp_path / "a.xml", newsitem()))
    assert report.text.split("\n") == [TITLE, "By Ilsa Brandt", f"OSKEL, March 4 (Reuters) - {LINES[0]}", *LINES[1:]]
    assert (report.title, report.outlet, report.byline, report.credit) == (TITLE, "Reuters", "Ilsa Brandt", "Reuters")
    assert (report.published, report.language) == ("2031-03-04T07:15:00+01:00", "en-GB")
    assert [s.exact for s in report.head] == [TITLE, "By Ilsa Brandt", "OSKEL, March 4 (Reuters) -"]


def test_a_message_of_several_items(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    nitf = f"<inlineXML><nitf><body><body.head><hedline><hl1>Other</hl1></hedline></body.head><body.content>{paragraphs()}</body.content></body></nitf></inlineXML>"
    items = [
        newsitem(),
        newsitem(guid="urn:2", status="canceled"),
        newsitem(nitf, guid="urn:3"),
        newsitem("<inlineData>A.\nB.</inlineData>", guid="urn:4"),
    ]
    bare = "".join(item.split("?>", 1)[1] for item in items)
    loaded = read(
        path, f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{bare}</itemSet></newsMessage>'
    )
    assert names(loaded, path) == ["#urn:newsml:oskel.example:20310304:1", "#urn:3", "#urn:4"]
    assert loaded.reports[1].text.split("\n")[3:] == list(LINES[1:])
    assert loaded.reports[2].text.split("\n")[2:] == ["OSKEL, March 4 (Reuters) - A.", "B."]
    assert [str(p) for p in loaded.problems] == [f"{path}#urn:2: its agency has cancelled this item: it is left unread"]


def test_a_nitf_document_by_itself(tmp_path: Path) -> None:
    nitf = (
        f"<nitf><head><docdata><date.issue norm='20310304T071500Z'/></docdata></head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline>"
        "<byline>By Ilsa Brandt</byline><distributor><org>AFP</org></distributor><dateline><location>OSKEL</location></dateline></body.head>"
        f"<body.content>{paragraphs()}</body.content></body></nitf>"
    )
    report = only(read(tmp_path / "a.xml", nitf))
    assert (report.title, report.credit, report.byline) == (TITLE, "AFP", "Ilsa Brandt")
    assert report.text.split("\n")[-3:] == list(LINES[1:])


NINJS = {
    "uri": "urn:x:1",
    "type": "text",
    "headline": TITLE,
    "byline": "By Ilsa Brandt",
    "provider": "AFP",
    "versioncreated": "2031-03-04T07:15:00Z",
}


@pytest.mark.parametrize(
    "record",
    [
        NINJS | {"body_xhtml": paragraphs()},
        NINJS | {"body_text": TEXT},
        NINJS | {"bodies": [{"role": "main", "contenttype": "text/html", "value": paragraphs()}], "headline": None,
                 "headlines": [{"role": "main", "value": TITLE}], "provider": {"name": "Agence France-Presse"}},
        {"@type": "NewsArticle", "headline": TITLE, "author": [{"name": "Ilsa Brandt"}], "publisher": {"name": "AFP"},
         "datePublished": "2031-03-04T07:15:00Z", "articleBody": TEXT},
        {"title": TITLE, "link": "https://harbour.example/1", "pubDate": "Tue, 04 Mar 2031 07:15:00 GMT", "content:encoded": paragraphs(),
         "author": "Ilsa Brandt", "provider": "AFP"},
    ],
    ids=["ninjs xhtml", "ninjs text", "ninjs 2", "schema.org", "feed entry"],
)  # fmt: skip
def test_reports_in_json_that_others_write(tmp_path: Path, record: dict[str, object]) -> None:
    report = only(read(tmp_path / "a.json", json.dumps(record)))
    body = [line for line in report.text.split("\n") if line not in (TITLE, "By Ilsa Brandt", "Ilsa Brandt")]
    assert body == list(LINES)
    assert (report.title, report.byline, report.credit) == (TITLE, "Ilsa Brandt", "AFP")
    assert report.published == "2031-03-04T07:15:00+00:00"


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"title": TITLE, "link": "https://x.example/1", "description": "Nine are missing."}, "it has but a summary"),
        (NINJS, "it has no text"),
        (NINJS | {"body_text": TEXT, "pubstatus": "withheld"}, "its agency has withheld this item"),
    ],
)
def test_what_is_no_report_in_json_says_why(tmp_path: Path, record: dict[str, object], why: str) -> None:
    (problem,) = read(tmp_path / "a.json", json.dumps(record)).problems
    assert why in problem.why
    assert isinstance(problem, SourceError)


# --- all of them ---------------------------------------------------------------------------------------------------------------


def test_a_folder_with_one_of_each_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT.encode(),
        "b.html": page(),
        "c.json": json.dumps({"text": TEXT}).encode(),
        "d.jsonl": b'{"id": "w1", "text": "Nine are missing."}\n',
        "e.json": json.dumps(NINJS | {"body_text": TEXT}).encode(),
        "f.xml": newsitem().encode(),
        "g.pdf": pdf(list(LINES)),
        "h.eml": mail(TEXT),
        "i.mbox": b"From a@x.example Tue Mar  4 07:15:00 2031\n" + mail(TEXT),
        "j.warc": record(),
        "k.warc.gz": gzipped(record()),
        "l.txt.gz": gzip.compress(TEXT.encode()),
        "m.zip": zipped({"in.txt": TEXT.encode()}),
        "n.pdf": b"%PDF-1.7\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    loaded = load([tmp_path])
    page_name = "https://harbour.example/ferry"
    assert names(loaded, tmp_path) == [
        "/a.txt", "/b.html", "/c.json", "w1", "/e.json", "/f.xml", "/g.pdf", "/h.eml", "/i.mbox#1@harbour.example", f"/j.warc#{page_name}",
        f"/k.warc.gz#{page_name}", "/l.txt.gz", "/m.zip#in.txt",
    ]  # fmt: skip
    assert [p.file for p in loaded.problems] == [str(tmp_path / "n.pdf")]
    assert all(r.text[s.start : s.end] == s.exact for r in loaded.reports for s in r.head)
    assert loaded.reports == load([tmp_path]).reports
