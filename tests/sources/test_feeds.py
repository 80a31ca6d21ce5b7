"""Feeds as files: what is in them is read, what they only name is said, and no feed is too broken to be survived."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import feeds
from twosource.sources.feed_entries import addresses, entries
from twosource.sources.feeds import is_feed, is_list, is_sitemap
from twosource.sources.formats import reports
from twosource.sources.raw import from_bytes

LONG = "The harbour was closed for a day while divers looked for the hulls. " * 12


def read(data: bytes | str, file: str = "feed.xml") -> tuple[list[Report], list[str]]:
    found = list(reports(from_bytes(file, data.encode() if isinstance(data, str) else data)))
    return [f for f in found if isinstance(f, Report)], [f.why for f in found if isinstance(f, SourceError)]


def rss(*items: str, head: str = "<title>The Karsmouth Post</title><language>en-GB</language>") -> str:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {names}><channel>{head}{"".join(items)}</channel></rss>'


FULL = """<item><title>Two barges &amp;amp; a tug sink</title><link>https://post.example/2031/barges</link><dc:creator>Ada Quill</dc:creator>
<pubDate>Tue, 01 Apr 2031 10:00:00 +0200</pubDate><description>Two barges sank.</description>
<content:encoded><![CDATA[<p>KARSMOUTH (AP) &mdash; Two <b>barges</b> sank.</p><script>x()</script><p>Three people drowned.</p>]]></content:encoded></item>"""
NAMED = (
    "<item><title>A buoy</title><link>https://post.example/buoy</link><description>A short teaser.</description></item>"
)


def test_an_entry_with_its_words_is_a_report() -> None:
    (report,), problems = read(rss(FULL))
    assert problems == []
    assert report.text.splitlines() == [
        "Two barges & a tug sink",
        "Ada Quill",
        "KARSMOUTH (AP) — Two barges sank.",
        "Three people drowned.",
    ]
    assert (report.title, report.byline, report.outlet) == (
        "Two barges & a tug sink",
        "Ada Quill",
        "The Karsmouth Post",
    )
    assert (report.published, report.language, report.credit) == ("2031-04-01T10:00:00+02:00", "en-GB", "AP")
    assert report.file == report.url == "https://post.example/2031/barges"
    assert [span.exact for span in report.head] == ["Two barges & a tug sink", "Ada Quill", "KARSMOUTH (AP) —"]


def test_its_hash_is_that_of_its_own_bytes() -> None:
    import hashlib

    (report,), _ = read(rss(NAMED, FULL))
    assert report.sha256 == hashlib.sha256(FULL.encode()).hexdigest()


def test_an_entry_that_only_names_a_page_is_counted() -> None:
    found, problems = read(rss(FULL, NAMED, NAMED))
    assert len(found) == 1
    assert problems == [
        "2 of the 3 entries of this feed only name a page: give the feed's own address to have them fetched"
    ]


def test_a_long_summary_is_the_report_and_so_is_any_without_a_link() -> None:
    found, problems = read(
        rss(
            f"<item><link>https://post.example/1</link><description>{LONG}</description></item>",
            "<item><description>A buoy was missing.</description></item>",
        )
    )
    assert [f.text for f in found] == [LONG.strip(), "A buoy was missing."]
    assert [f.file for f in found] == ["https://post.example/1", "feed.xml#2"]
    assert problems == []


def test_atom_gives_its_content_and_the_outlet_of_its_source() -> None:
    feed = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gathered</title><entry><title type="html">Barges &amp;lt;two&amp;gt;</title>
    <link rel="enclosure" href="https://quay.example/x.mp3"/><link rel="alternate" href="https://quay.example/1"/><updated>2031-04-01T10:00:00Z</updated>
    <author><name>Ada Quill</name></author><source><title>The Quay</title></source>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two barges sank.</p></div></content></entry></feed>"""
    (report,), _ = read(feed)
    assert (report.url, report.outlet, report.byline) == ("https://quay.example/1", "The Quay", "Ada Quill")
    assert report.published == "2031-04-01T10:00:00+00:00"
    assert report.text == "Barges <two>\nAda Quill\nTwo barges sank."


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Quay",
        "items": [
            {"id": "1", "url": "https://quay.example/1", "content_html": "<p>Two barges sank.</p>", "authors": [{"name": "Ada Quill"}],
             "date_published": "2031-04-01T10:00:00Z"},
            {"id": "2", "content_text": "A buoy was missing."},
            {"id": "3", "url": "https://quay.example/3"},
            17,
        ],
    }  # fmt: skip
    found, problems = read(json.dumps(feed), "feed.json")
    assert [f.text for f in found] == ["Ada Quill\nTwo barges sank.", "A buoy was missing."]
    assert found[0].published == "2031-04-01T10:00:00+00:00"
    assert [p[:40] for p in problems] == [
        "one of its `items` is no object: it is p",
        "1 of the 3 entries of this feed only nam",
    ]


def test_a_report_in_json_is_no_feed() -> None:
    (report,), _ = read('{"text": "See https://jsonfeed.org/version/1 for more.", "title": "a"}', "a.json")
    assert report.text.startswith("See")


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    whole = rss(FULL, NAMED)
    found, problems = read(whole[: whole.index("<item><title>A buoy") + 30])
    assert [f.title for f in found] == ["Two barges & a tug sink"]
    assert any("the feed is malformed" in p for p in problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_a_feed_in_another_encoding(encoding: str) -> None:
    feed = rss("<item><title>Баржи</title><description>Две баржи затонули у причала.</description></item>", head="")
    (report,), _ = read(feed.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding))
    assert report.text == "Баржи\nДве баржи затонули у причала."


def test_entities_neither_explode_nor_read_files() -> None:
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">{names}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for kind in ("rss", "urlset"):
        found, problems = read(
            f"{bomb}<{kind} version='2.0'><channel><item><description>&a11; &f; x</description></item></channel></{kind}>"
        )
        assert all("boomboom" not in f.text and "root:" not in f.text for f in found)
        assert found or problems


def test_a_sitemap_as_a_file_is_named_and_not_followed() -> None:
    found, problems = read("<urlset><url><loc>https://quay.example/1</loc></url></urlset>")
    assert (found, problems) == (
        [],
        ["1 of the 1 entries of this sitemap only name a page: give the sitemap's own address to have them fetched"],
    )


def test_a_list_of_feeds_is_for_watching() -> None:
    opml = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News"><outline type="rss" text="Quay" xmlUrl="https://quay.example/feed"/>
    <outline xmlUrl="https://post.example/feed"/><outline xmlUrl="https://quay.example/feed"/><outline xmlUrl="javascript:alert(1)"/></outline></body></opml>"""
    assert feeds.listed(from_bytes("feeds.opml", opml)) == ("https://quay.example/feed", "https://post.example/feed")
    assert read(opml, "feeds.opml") == (
        [],
        ["it is a list of feeds (OPML), not a report: give it to `twosource watch`"],
    )
    with pytest.raises(SourceError, match="names no feed"):
        feeds.listed(from_bytes("feeds.opml", b"<opml><body/></opml>"))


def test_what_each_begins_with() -> None:
    beginnings = [
        b"<rss version='2.0'>",
        b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><feed xmlns='x'>",
        b"<rdf:RDF>",
        b"<feedback>",
        b"<html>",
    ]
    assert [is_feed(from_bytes("a", b)) for b in beginnings] == [True, True, True, False, False]
    assert is_sitemap(from_bytes("a", b"<?xml version='1.0'?><urlset xmlns='x'>"))
    assert is_list(from_bytes("a", b"<opml version='1.0'>"))


@pytest.mark.parametrize(
    "feed",
    [
        b'<?xml version="1.0" encoding="UTF\x898"?><rss version="2.0"><channel/></rss>',
        b'<?xml version="1.0" encoding="U\0F-8"?><rss version="2.0"><channel/></rss>',
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"content_html": "<?xml"}]}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {"a": 1}}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [',
        b'<urlset \0set xmlns="x">',
    ],
)
def test_what_fuzzing_found(feed: bytes) -> None:
    """Each of these once ended in an error of the parser's own."""
    for parse in (entries, addresses):
        with contextlib.suppress(SourceError):
            assert [said for said, _ in parse(io.BytesIO(feed)) if said.get("article")] == []


@given(st.binary(max_size=400))
def test_any_bytes_as_a_feed_are_entries_or_a_source_error(data: bytes) -> None:
    for parse in (entries, addresses):
        with contextlib.suppress(SourceError):
            assert all(isinstance(said, dict) for said, _ in parse(io.BytesIO(b"<rss><channel><item>" + data)))
