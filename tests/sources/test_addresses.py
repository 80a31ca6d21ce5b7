"""Addresses become reports: pages, feeds that hold reports, feeds and sitemaps that only name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loopback import Clock, Page, Site, moved, serving, world
from twosource import limits
from twosource.errors import SourceError
from twosource.model import Report
from twosource.sources import Found, addresses, each, load
from twosource.sources.web import Web

HOST = "http://harbour.example"

PAGE = """<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Two barges sank off Karsmouth on Monday, the harbour master said. Three people drowned in the harbour.</p>
<p>The search goes on through the night, with four boats and a helicopter from the mainland.</p></article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/a"] = Page(PAGE.format(title="Two barges sink off Karsmouth"))
        yield site


def web_of(site: Site) -> Web:
    return Web(world=world(site, Clock())[0])


def found(site: Site, *paths: str) -> tuple[list[Found], list[str]]:
    items = list(each([HOST + p for p in paths], web=web_of(site)))
    return [i for i in items if isinstance(i, Found)], [str(i) for i in items if isinstance(i, SourceError)]


def feed(*items: str) -> Page:
    return Page(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Karsmouth Post</title>{''.join(items)}</channel></rss>",
        headers={"Content-Type": "application/rss+xml"},
    )


def item(link: str, day: int = 1, content: str = "") -> str:
    words = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>Item {link}</title><link>{link}</link><pubDate>Tue, {day:02} Apr 2031 10:00:00 +0200</pubDate>{words}</item>"


def test_a_page_is_a_report_with_its_capture(site: Site) -> None:
    site.pages["/old"] = moved("/a")
    (one,), problems = found(site, "/old")
    assert problems == []
    assert one.report.file == one.place == f"{HOST}/old"
    assert one.report.url == f"{HOST}/a"
    assert one.report.outlet == "harbour.example"
    assert "Three people drowned" in one.report.text
    assert one.capture is not None
    assert one.capture.sha256 == one.report.sha256


def test_the_same_bytes_make_the_same_report_at_any_time(site: Site) -> None:
    first, later = Clock(), Clock()
    later.seconds = 1e6
    made = [next(each([f"{HOST}/a"], web=Web(world=world(site, clock)[0]))) for clock in (first, later)]
    assert [type(m) for m in made] == [Found, Found]
    assert made[0].report == made[1].report  # type: ignore[union-attr]
    assert made[0].capture.retrieved != made[1].capture.retrieved  # type: ignore[union-attr]


def test_files_and_addresses_go_together_and_each_is_fetched_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("A buoy was missing.", encoding="utf-8")
    loaded = load(
        [f"{HOST}/a", tmp_path / "b.txt", f"{HOST}/a", f"{HOST}/none"], published="2031-04-02", web=web_of(site)
    )
    assert [Path(r.file).name for r in loaded.reports] == ["a", "b.txt"]
    assert {r.published for r in loaded.reports} == {"2031-04-02"}
    assert [str(p) for p in loaded.problems] == [f"{HOST}/none: there is no such page (404)"]
    assert site.paths == ["/a", "/none"]


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain; charset=windows-1252", "Café Müller burned down.".encode("cp1252"), "Café Müller burned down."),
        (
            "text/plain; charset=koi8-r",
            "Две баржи затонули у причала.".encode("koi8-r"),
            "Две баржи затонули у причала.",
        ),
        ("application/json", b'{"text": "A buoy was missing.", "outlet": "Quay"}', "A buoy was missing."),
        ("text/plain", b"<p>A buoy was missing.</p>", "<p>A buoy was missing.</p>"),
        ("", b"A buoy was missing.", "A buoy was missing."),
    ],
)
def test_the_site_says_of_what_type_and_encoding_its_page_is(site: Site, kind: str, body: bytes, text: str) -> None:
    site.pages["/x"] = Page(body, headers={"Content-Type": kind})
    (one,), problems = found(site, "/x")
    assert (one.report.text, problems) == (text, [])


def test_a_wrong_type_is_seen_by_the_bytes(site: Site) -> None:
    site.pages["/x"] = Page(b"\x89PNG\r\n\x1a\n" + bytes(100), headers={"Content-Type": "text/html"})
    reports, (problem,) = found(site, "/x")
    assert reports == []
    assert problem.startswith(f"{HOST}/x: it is a picture (PNG)")


@pytest.mark.parametrize("charset", ["utf-8", "no-such-thing", "idna"])
def test_a_wrong_encoding_is_said_and_the_page_read_all_the_same(site: Site, charset: str) -> None:
    site.pages["/x"] = Page(
        "Café Müller burned down.".encode("cp1252"), headers={"Content-Type": f"text/plain; charset={charset}"}
    )
    (one,), (problem,) = found(site, "/x")
    assert one.report.text == "Café Müller burned down."
    assert f"says that it is {charset}, and it is not" in problem


# --- feeds ------------------------------------------------------------------------------------------------------------------------


def test_a_feed_gives_what_it_holds_and_fetches_what_it_names(site: Site) -> None:
    site.pages["/feed"] = feed(
        item("/a", 1), item("/full", 2, "<p>A buoy was missing.</p>"), item("http://10.0.0.1/", 3), item("/gone", 4)
    )
    reports, problems = found(site, "/feed")
    assert [f.report.file for f in reports] == [f"{HOST}/full", f"{HOST}/a"]
    assert reports[0].report.text == "Item /full\nA buoy was missing."
    assert {f.report.outlet for f in reports} == {"The Karsmouth Post", "harbour.example"}
    assert reports[1].report.published == "2031-04-01T10:00:00+02:00"  # the page is silent, the feed says it
    assert [f.capture.address for f in reports if f.capture] == [f"{HOST}/feed", f"{HOST}/a"]
    assert [p.partition(": ")[0] for p in problems] == [f"{HOST}/gone", "http://10.0.0.1/"]
    assert "a private network" in problems[1]


def test_the_newest_of_a_long_feed_are_fetched_and_the_rest_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "FEED_ENTRIES", 2)
    for n in range(1, 6):
        site.pages[f"/{n}"] = Page(PAGE.format(title=f"Number {n} of five"))
    site.pages["/feed"] = feed(*(item(f"/{n}", n) for n in (2, 5, 1, 4, 3)))
    reports, problems = found(site, "/feed")
    assert [f.report.url for f in reports] == [f"{HOST}/5", f"{HOST}/4"]
    assert len(problems) == 1
    assert "it names 5 pages; the 2 newest" in problems[0]


def test_a_feed_in_a_feed_is_not_followed(site: Site) -> None:
    site.pages["/feed"] = feed(item("/feed?2"))
    site.pages["/feed?2"] = feed(item("/feed"))
    reports, problems = found(site, "/feed")
    assert reports == []
    assert "a feed itself, which is not followed" in problems[0]
    assert site.paths == ["/feed", "/feed?2"]


def test_a_sitemap_of_news_is_followed_through_its_index(site: Site) -> None:
    news = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    site.pages["/index.xml"] = Page(
        f"<sitemapindex {news}><sitemap><loc>{HOST}/news.xml</loc></sitemap><sitemap><loc>{HOST}/index.xml</loc></sitemap></sitemapindex>"
    )
    site.pages["/news.xml"] = Page(
        f"<urlset {news}><url><loc>{HOST}/a</loc><news:news><news:publication><news:name>The Quay</news:name></news:publication>"
        "<news:publication_date>2031-04-01</news:publication_date><news:title>Barges</news:title></news:news></url>"
        f"<url><loc>{HOST}/about</loc></url></urlset>"
    )
    (one,), problems = found(site, "/index.xml")
    assert (one.report.file, one.report.published, problems) == (f"{HOST}/a", "2031-04-01", [])
    assert "/about" not in site.paths


def test_what_a_feed_says_never_outweighs_the_page(site: Site) -> None:
    said = addresses.feeds.Entry(f"{HOST}/a", "Other", "2031-01-01", "Nobody", "Elsewhere")
    report = Report("r1", "a", "text", "0", "0", "x", title="Own", outlet="Own", published="2031-04-01")
    assert addresses.told(report, said) == replace(report, byline="Nobody")


def test_a_feed_is_read_anew_without_becoming_another_report(site: Site) -> None:
    """What moves around an entry moves neither its hash nor its id."""
    site.pages["/feed"] = feed(item("/full", 2, "<p>A buoy was missing.</p>"))
    before, _ = found(site, "/feed")
    site.pages["/feed"] = feed(
        item("/new", 3, "<p>The buoy was found.</p>"), item("/full", 2, "<p>A buoy was missing.</p>")
    )
    after, _ = found(site, "/feed")
    assert before[0].report == after[1].report


def test_nothing_is_asked_where_no_address_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a file led to a connection")

    monkeypatch.setattr(Web, "get", forbidden)
    (tmp_path / "feed.xml").write_bytes(feed(item("http://harbour.example/a")).body.encode())  # type: ignore[union-attr]
    (tmp_path / "a.html").write_text(
        PAGE.format(title="Two barges sink") + '<link rel="canonical" href="http://harbour.example/a">',
        encoding="utf-8",
    )
    loaded = load([tmp_path])
    assert len(loaded.reports) == 1
    assert "1 of the 1 entries of this feed only name a page" in str(loaded.problems[0])


def test_the_caps_on_feeds_are_there() -> None:
    assert limits.FEED_ENTRIES == addresses.FEED_ENTRIES
    assert limits.SITEMAPS == addresses.SITEMAPS
