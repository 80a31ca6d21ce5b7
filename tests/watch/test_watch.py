"""A watch over a site of ours: what is told, once, whatever the feeds and the machine do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from loopback import Answering, Clock, Page, Site, serving, world
from twosource.archive import Archive
from twosource.errors import ArchiveError
from twosource.sources.web import Web
from twosource.stories import Story
from twosource.watch import Outbox, Round, Watch
from twosource.watch.events import line
from twosource.watch.following import Following
from twosource.watch.kept import kept_stories, story_named
from twosource.watch.looks import look

FIRST = (
    "Two barges sank off Karsmouth on Monday. Three people drowned in the harbour, the harbour master Ada Quill said."
)
SECOND = "Two barges sank off Karsmouth on Monday, the rescue service said. Three people drowned."
OTHER = "Two barges sank off Karsmouth on Monday, the rescue service said. Five people drowned in the harbour."


def feed(*items: tuple[str, str], title: str = "The Karsmouth Post") -> Page:
    entries = "".join(
        f"<item><title>{text.partition('.')[0]}</title><link>{link}</link><pubDate>Tue, 01 Apr 2031 10:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
        for link, text in items
    )
    return Page(
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><language>en</language>{entries}</channel></rss>"
    )


class Desk:
    """A desk that watches: an archive, a clock, and what was told."""

    def __init__(self, place: Path, site: Site, *addresses: str) -> None:
        self.place, self.site, self.addresses = place, site, addresses
        self.clock = Clock()
        self.told: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.start()

    def start(self) -> None:
        """Begin anew, as after a crash: nothing is left but the archive."""
        outside, _ = world(self.site, self.clock)
        self.archive = Archive.init(self.place)
        outbox = Outbox(self.archive, {"out": lambda event: self.told.append(json.loads(event))}, self.said.append)
        self.watch = Watch(self.archive, self.addresses, outbox, web=Web(world=outside), every=600, world=outside)

    def round(self) -> list[tuple[str, ...]]:
        """One round; the kinds of the events that it told, with what they are about."""
        before = len(self.told)
        self.last: Round = self.watch.round()
        self.clock.seconds += 1000 * 2**5
        return [
            (e["event"], e["claim"]["exact"] if "claim" in e else e["reports"][0]["url"]) for e in self.told[before:]
        ]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk.db", site, "http://post.example/feed", "http://quay.example/feed")
    site.pages["/feed"] = feed()
    yield made
    made.archive.close()


def per_host(site: Site, **pages: Answering) -> None:
    """Let each host have a feed of its own."""

    def answer(handler: Any) -> None:
        pages.get(handler.headers["Host"].partition(".")[0], feed())(handler)

    site.pages["/feed"] = answer


def test_a_story_is_told_when_it_is_new_and_when_a_second_newsroom_confirms_it(desk: Desk, site: Site) -> None:
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    assert desk.round() == [("new story", "http://post.example/1")]
    per_host(
        site,
        post=feed(("http://post.example/1", FIRST)),
        quay=feed(("http://quay.example/1", SECOND), title="The Quay"),
    )
    kinds = desk.round()
    assert kinds
    assert {kind for kind, _ in kinds} == {"corroborated"}
    event = desk.told[-1]
    assert (event["before"], event["after"]) == ("single-source", "corroborated")
    assert {r["outlet"] for r in event["reports"]} == {"The Karsmouth Post", "The Quay"}
    assert event["story"]["id"] == desk.told[0]["story"]["id"]
    assert desk.round() == []
    assert len({e["id"] for e in desk.told}) == len(desk.told)


def test_a_conflict_is_told(desk: Desk, site: Site) -> None:
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    per_host(site, quay=feed(("http://quay.example/1", OTHER), title="The Quay"))
    kinds = desk.round()
    assert ("conflict", "Three people drowned in the harbour") in kinds
    (event,) = [e for e in desk.told if e["event"] == "conflict"]
    assert (event["before"], event["after"]) == ("single-source", "conflicting")
    assert event["reasons"]


def test_a_correction_is_told_and_both_versions_are_kept(desk: Desk, site: Site) -> None:
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    per_host(site, post=feed(("http://post.example/1", FIRST.replace("Three people", "Four people"))))
    assert desk.round() == [("correction", "http://post.example/1")]
    event = desk.told[-1]
    assert [v.report.id for v in desk.archive.versions(event["reports"][0]["id"])] == [
        event["corrects"],
        event["reports"][0]["id"],
    ]
    assert desk.round() == []


def test_a_correction_says_what_it_changed_and_what_is_no_longer_corroborated(desk: Desk, site: Site) -> None:
    post, was = feed(("http://post.example/1", FIRST)), ("http://quay.example/1", SECOND)
    per_host(site, post=post)
    desk.round()
    per_host(site, post=post, quay=feed(was, title="The Quay"))
    assert ("corroborated", "Three people drowned in the harbour") in desk.round()
    changed = SECOND.replace("Three people drowned", "The harbour stayed open")
    per_host(site, post=post, quay=feed(("http://quay.example/1", changed), title="The Quay"))
    assert desk.round() == [
        ("correction", "http://quay.example/1"),
        ("no longer corroborated", "Three people drowned in the harbour"),
    ]
    corrected, lost = desk.told[-2:]
    assert [(c["before"]["exact"], c["after"]["exact"]) for c in corrected["changed"]] == [
        ("Three people drowned", "The harbour stayed open")
    ]
    assert (lost["before"], lost["after"]) == ("corroborated", "single-source")
    assert {r["outlet"] for r in lost["reports"]} == {"The Karsmouth Post", "The Quay"}
    assert "“Three people drowned” became “The harbour stayed open”" in line(corrected)
    # The page is what it was before: the archive has that version, and nothing is established by it.
    per_host(site, post=post, quay=feed(was, title="The Quay"))
    assert desk.round() == []


def test_a_figure_that_rose_is_told_with_the_words_around_it(desk: Desk, site: Site) -> None:
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    later = str(feed(("http://quay.example/1", OTHER), title="The Quay").body).replace("Tue, 01", "Thu, 03")
    per_host(site, post=feed(("http://post.example/1", FIRST)), quay=Page(later))
    assert ("figure rose", "Five people drowned in the harbour") in desk.round()
    (event,) = [e for e in desk.told if e["event"].startswith("figure")]
    assert [(c["before"]["exact"], c["after"]["exact"]) for c in event["changed"]] == [("Three", "Five")]
    assert [r["outlet"] for r in event["reports"]] == ["The Quay"]
    assert "↑ figure rose   “Five people drowned in the harbour”  “Three” → “Five”: The Quay" in line(event)
    per_host(site, post=feed(("http://post.example/1", FIRST.replace("Three people", "Two people"))), quay=Page(later))
    assert "figure fell" not in [kind for kind, _ in desk.round()], "it is told as a correction"
    assert desk.told[-1]["event"] == "correction"


def test_a_claim_that_goes_to_another_story_with_its_reports_is_not_lost_and_one_that_is_parted_is_lost_once(
    desk: Desk, site: Site
) -> None:
    other = ("http://post.example/2", "A circus came to Dunmere on Friday. It stays for a week.")
    per_host(
        site,
        post=feed(("http://post.example/1", FIRST), other),
        quay=feed(("http://quay.example/1", SECOND), title="The Quay"),
    )
    desk.round()
    post, circus, quay = (r.id for r in desk.archive.reports())
    following = Following(desk.archive)
    following.begin()

    def grouped(*stories: tuple[str, ...]) -> list[tuple[str, str | None]]:
        groups = [Story(f"e{n}{len(stories)}", "Barges", reports) for n, reports in enumerate(stories)]
        following._grouping = SimpleNamespace(stories=lambda: groups)  # type: ignore[assignment]
        return [(e.kind, e.summary.exact if e.summary else None) for e in following._events(())]

    grouped((post, circus, quay))
    assert grouped((circus,), (post, quay)) == []
    lost = [exact for kind, exact in grouped((circus, post), (quay,)) if kind == "no longer corroborated"]
    assert lost
    assert len(lost) == len(set(lost))


def test_a_verdict_that_goes_and_comes_back_is_told_by_another_id_each_time(desk: Desk, site: Site) -> None:
    """Whoever passes over ids that came before would else be left with the verdict that went."""
    per_host(
        site,
        post=feed(("http://post.example/1", FIRST)),
        quay=feed(("http://quay.example/1", SECOND), title="The Quay"),
    )
    desk.round()
    post, quay = (r.id for r in desk.archive.reports())
    following = Following(desk.archive)
    following.begin()

    def grouped(*stories: tuple[str, ...]) -> dict[str, str]:
        groups = [Story(f"e{n}", "Barges", reports) for n, reports in enumerate(stories)]
        following._grouping = SimpleNamespace(stories=lambda: groups)  # type: ignore[assignment]
        found = following._events(())
        following.note()
        return {e.id: e.kind for e in found}

    told = [grouped(*groups) for groups in [((post,), (quay,)), ((post, quay),)] * 2]
    assert [set(kinds.values()) for kinds in told] == [{"no longer corroborated"}, {"corroborated"}] * 2
    ids = [ident for kinds in told for ident in kinds]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("asked", [(), (0,), (1,), (2,), (0, 1, 2)], ids=str)
def test_a_story_is_asked_by_every_id_that_an_event_named(desk: Desk, site: Site, asked: tuple[int, ...]) -> None:
    """Through corrections and restarts, whoever of `watch` and `stories` came first to call the story something."""
    other = ("http://post.example/2", "A circus came to Dunmere on Friday. It stays for a week.")
    changed = FIRST.replace("Three people", "Four people")
    again = changed.replace("on Monday", "on Monday night")
    rounds = [
        {"post": feed(("http://post.example/1", FIRST), other)},
        {"post": feed(("http://post.example/1", changed), other)},
        {
            "post": feed(("http://post.example/1", changed), other),
            "quay": feed(("http://quay.example/1", OTHER), title="The Quay"),
        },
        {"post": feed(("http://post.example/1", again), other)},
    ]
    for n, pages in enumerate(rounds):
        per_host(site, **pages)
        assert desk.round()
        if n in asked:
            kept_stories(desk.archive)
        desk.archive.close()
        desk.start()
    barges = [e for e in desk.told if "circus" not in e["story"]["title"]]
    assert {"new story", "correction", "corroborated"} <= {e["event"] for e in barges}
    assert len({e["story"]["id"] for e in barges}) == 1, "it keeps its id"
    listed = {s.id: s for s in kept_stories(desk.archive)}
    assert len(listed) == 2
    for event in desk.told:
        named = look(desk.archive, event["story"]["id"]).story
        assert named.id == event["story"]["id"]
        last = {desk.archive.versions(r["id"])[-1].report.id for r in event["reports"]}
        assert last <= set(named.reports)


def test_the_id_of_a_report_that_has_been_corrected_leads_to_its_story(desk: Desk, site: Site) -> None:
    """As one who grouped the archive before the correction may have called it."""
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    named = desk.told[0]["story"]["id"]
    per_host(site, post=feed(("http://post.example/1", FIRST.replace("Three", "Four"))))
    desk.round()
    desk.archive.note("watch", "stories", '{"turn": 0, "stories": {}}')
    (now,) = kept_stories(desk.archive)
    assert now.id != named
    assert story_named(desk.archive, [now], named) == now


def test_a_page_is_fetched_when_it_is_new_or_changed_and_a_feed_only_when_it_has_changed(
    tmp_path: Path, site: Site
) -> None:
    def items(stamp: str) -> str:
        return f"<item><title>A</title><link>http://post.example/a</link><pubDate>Tue, 01 Apr 2031 {stamp}:00:00 +0000</pubDate></item>"

    def conditional(handler: Any) -> None:
        etag = f'"{stamp}"'
        if handler.headers["If-None-Match"] == etag:
            Page(status=304)(handler)
        else:
            Page(f'<rss version="2.0"><channel><title>P</title>{items(stamp)}</channel></rss>', headers={"ETag": etag})(
                handler
            )

    stamp = "10"
    site.pages["/feed"] = conditional
    site.pages["/a"] = Page(FIRST, headers={"Content-Type": "text/plain"})
    desk = Desk(tmp_path / "desk.db", site, "http://post.example/feed")
    desk.round()
    desk.round()
    assert site.paths == ["/feed", "/a", "/feed"]
    stamp = "11"
    desk.round()
    assert site.paths[3:] == ["/feed", "/a"]
    assert [e["event"] for e in desk.told] == ["new story"]
    desk.archive.close()


def test_of_many_new_pages_the_newest_come_first_and_none_is_lost_but_those_from_before_the_watch(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twosource.watch.polling.FEED_ENTRIES", 2)

    def named(count: int) -> Page:
        items = "".join(
            f"<item><link>http://post.example/{n}</link><pubDate>Tue, {n:02} Apr 2031 10:00:00 +0000</pubDate></item>"
            for n in range(1, count + 1)
        )
        return Page(f'<rss version="2.0"><channel>{items}</channel></rss>', headers={"ETag": f'"{count}"'})

    for n in range(1, 10):
        site.pages[f"/{n}"] = Page(f"Report number {n}.", headers={"Content-Type": "text/plain"})
    site.pages["/feed"] = named(4)
    desk = Desk(tmp_path / "desk.db", site, "http://post.example/feed")
    said = []
    for count in (4, 9, 9, 9):
        site.pages["/feed"] = named(count)
        desk.round()
        said += [str(p).partition(": ")[2] for p in desk.last.problems]
    assert [p for p in site.paths if p != "/feed"] == ["/4", "/3", "/9", "/8", "/7", "/6", "/5"]
    assert said == [
        "it names 4 new pages; the 2 newest were asked for, the most at one time: the others are passed over",
        "it names 5 new pages; the 2 newest were asked for, the most at one time: the others follow the next time",
        "it names 3 new pages; the 2 newest were asked for, the most at one time: the others follow the next time",
    ]
    desk.archive.close()


def test_a_page_that_could_not_be_had_is_asked_for_again(tmp_path: Path, site: Site) -> None:
    site.pages["/feed"] = Page(
        '<rss version="2.0"><channel><item><link>http://post.example/a</link></item></channel></rss>',
        headers={"ETag": '"1"'},
    )
    site.pages["/a"] = Page("busy", 503)
    desk = Desk(tmp_path / "desk.db", site, "http://post.example/feed")
    assert desk.round() == []
    site.pages["/a"] = Page(FIRST, headers={"Content-Type": "text/plain"})
    assert desk.round() == [("new story", "http://post.example/a")]
    desk.archive.close()


def test_a_dead_feed_keeps_nobody_waiting_and_is_asked_ever_more_seldom(desk: Desk, site: Site) -> None:
    per_host(site, post=Page("gone wrong", 500), quay=feed(("http://quay.example/1", FIRST)))
    assert [kind for kind, _ in desk.round()] == ["new story"]
    assert (desk.last.asked, desk.last.answered, desk.last.failing) == (2, 1, 1)
    assert desk.last.wait is not None
    assert 0 < desk.last.wait <= 600 * 1.05
    assert "post.example" in str(desk.last.problems[0])
    desk.clock.seconds -= 1000 * 2**5
    desk.clock.seconds += desk.last.wait
    desk.round()
    assert desk.last.asked == 1  # the one that answers is due, the dead one not yet


def test_a_feed_that_answers_again_is_named(desk: Desk, site: Site) -> None:
    per_host(site, post=Page("gone wrong", 500))
    desk.round()
    again = [desk.last.again]
    per_host(site)
    for _ in range(2):
        desk.round()
        again.append(desk.last.again)
    assert again == [(), ("http://post.example/feed",), ()]


def test_a_silent_feed_keeps_back_nobody_else(
    tmp_path: Path, desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of the list answers only once what the second brought has been told."""
    monkeypatch.setattr("twosource.watch.rounds._PATIENCE", 0.01)
    told = threading.Event()
    late = feed(("http://post.example/1", OTHER))

    def silent(handler: Any) -> None:
        assert told.wait(15)
        late(handler)

    per_host(site, post=silent, quay=feed(("http://quay.example/1", FIRST)))
    outside, _ = world(site, desk.clock)
    outbox = Outbox(desk.archive, {"out": lambda event: told.set()}, desk.said.append)
    watch = Watch(desk.archive, desk.addresses, outbox, web=Web(world=outside), every=600, world=outside)
    assert watch.round().new == 2


def test_a_feed_that_is_gone_is_asked_no_more(tmp_path: Path, site: Site) -> None:
    site.pages["/feed"] = Page("", 410)
    desk = Desk(tmp_path / "desk.db", site, "http://post.example/feed")
    desk.round()
    assert (desk.last.wait, desk.last.answered) == (None, 0)
    assert "it is asked no more" in str(desk.last.problems[0])
    desk.round()
    assert site.paths == ["/feed"]
    desk.archive.close()


def test_a_feed_that_lies_makes_no_report_twice(desk: Desk, site: Site) -> None:
    """It moves its entries, redates them, says that it has changed when it has not."""
    one, two = (
        ("http://post.example/1", FIRST),
        ("http://post.example/2", "A circus came to Dunmere on Friday. It stays for a week."),
    )
    per_host(site, post=feed(one, two))
    assert len(desk.round()) == 2
    for liar in (
        feed(two, one),
        Page(str(feed(one, two).body).replace("2031", "2099")),
        Page("<html>no feed</html>"),
        Page(b"\0\1\2" * 50),
        feed(one, one, two),
    ):
        per_host(site, post=liar)
        assert desk.round() == []


def test_a_clock_that_jumps_changes_nothing(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the wall clock jumps; the one that decides what is due cannot."""
    from datetime import UTC, datetime

    per_host(site, post=feed(("http://post.example/1", FIRST)))
    assert len(desk.round()) == 1
    for year in (1970, 2038, 2031):
        monkeypatch.setattr(Clock, "now", lambda self, year=year: datetime(year, 1, 1, tzinfo=UTC))
        assert desk.round() == []
        assert desk.last.asked == 2


# --- crashes ----------------------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The program ends here."""


#: The steps of a round, in order: killed before each, and after the last.
STEPS = [
    ("twosource.archive.Archive", "read", False),
    ("twosource.watch.following.Following", "take", False),
    ("twosource.watch.outbox.Outbox", "put", False),
    ("twosource.watch.following.Following", "note", False),
    ("twosource.watch.outbox.Outbox", "deliver", False),
    ("twosource.watch.rounds.Watch", "_remember", False),
    ("twosource.watch.rounds.Watch", "_remember", True),
]


@pytest.mark.parametrize(
    ("owner", "step", "after"), STEPS, ids=[f"{step}{' done' * after}" for _, step, after in STEPS]
)
def test_whatever_step_the_program_is_killed_at_everything_is_told(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch, owner: str, step: str, after: bool
) -> None:
    """In the second round, when a report has come that confirms the first: told at least once, and under one id."""
    import importlib

    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    per_host(site, quay=feed(("http://quay.example/1", SECOND), title="The Quay"))
    module, _, name = owner.rpartition(".")
    cls = getattr(importlib.import_module(module), name)
    real = getattr(cls, step)

    def fatal(self: Any, *args: Any, **words: Any) -> Any:
        if after:
            real(self, *args, **words)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(cls, step, fatal)
        with pytest.raises(Killed):
            desk.watch.round()
    desk.archive.close()
    desk.clock.seconds += 1e6
    desk.start()
    desk.round()
    assert [e["event"] for e in desk.told].count("new story") == 1
    corroborated = [e for e in desk.told if e["event"] == "corroborated"]
    assert corroborated
    desk.start()
    assert desk.round() == []


@pytest.mark.parametrize("step", ["keep", "read", "note"])
def test_an_archive_that_cannot_be_written_for_a_while_costs_nothing(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """It is locked, its server is down, the disk is full; the watch goes on where it was."""
    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    per_host(site, quay=feed(("http://quay.example/1", SECOND), title="The Quay"))

    def locked(*_: object, **__: object) -> None:
        raise ArchiveError("another program has kept it locked")

    with monkeypatch.context() as patched:
        patched.setattr(Archive, step, locked)
        for _ in range(3):
            with pytest.raises(ArchiveError):
                desk.watch.round()
    desk.round()
    assert [e["event"] for e in desk.told].count("new story") == 1
    assert "corroborated" in {e["event"] for e in desk.told}
    assert len({e["id"] for e in desk.told}) == len(desk.told)
    assert desk.round() == []
    asking = [thread for thread in threading.enumerate() if thread.name == "asking"]
    for thread in asking:
        thread.join(30)
    assert not any(thread.is_alive() for thread in asking), "no thread waits for a round that was given up"


def test_what_stood_in_the_archive_before_is_not_told(tmp_path: Path, site: Site) -> None:
    from twosource.sources import from_text

    with Archive.init(tmp_path / "desk.db") as archive:
        archive.add([from_text(FIRST, file="old.txt", published="2031-03-31", outlet="The Ledger")])
    site.pages["/feed"] = feed(("http://post.example/2", "A circus came to Dunmere on Friday. It stays for a week."))
    desk = Desk(tmp_path / "desk.db", site, "http://post.example/feed")
    assert desk.round() == [("new story", "http://post.example/2")]
    desk.archive.close()


def test_a_fault_of_ours_costs_its_story_and_no_other(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource.watch import following

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    per_host(site, post=feed(("http://post.example/1", FIRST)))
    desk.round()
    per_host(
        site,
        quay=feed(
            ("http://quay.example/1", SECOND),
            ("http://quay.example/2", "A circus came to Dunmere on Friday. It stays for a week."),
        ),
    )
    monkeypatch.setattr(following, "reconcile", broken)
    assert desk.round() == [("new story", "http://quay.example/2")]
    assert [p.why.partition(",")[2] for p in desk.last.problems] == [" by a fault of twosource: ZeroDivisionError()"]
