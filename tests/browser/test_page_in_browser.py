"""The page in a real browser: open, filter, jump, keys, side by side, copy, print, dark, phone; and it asks nobody for anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from twosource.model import Reconciliation
from twosource.outputs.order import numbered

sys.path.insert(0, str(Path(__file__).parents[1] / "outputs"))
from harbour_fire import harbour_fire, report
from test_page import SPITE, alone, spiteful

Open = Callable[..., Any]


def focused(page: Any) -> dict[str, str]:
    return dict(
        page.evaluate("(({id, className, dataset}) => ({id, className, n: dataset.n}))(document.activeElement)")
    )


def middle(page: Any, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return float(box["y"] + box["height"] / 2)


# --- it stands alone ---------------------------------------------------------------------------------------------------------


def test_it_asks_nobody_for_anything_and_complains_of_nothing(opened: Open, bridge: Reconciliation) -> None:
    at = opened(bridge)
    at.page.wait_for_timeout(200)
    assert [r for r in at.requests if not r.startswith(("file:", "data:,"))] == []
    assert len([r for r in at.requests if r.startswith("file:")]) == 1
    assert at.complaints == []


def test_it_reads_without_a_script(opened: Open, bridge: Reconciliation) -> None:
    at = opened(bridge, java_script_enabled=False)
    assert at.page.locator("article.report").count() == 5
    assert all(at.page.locator("article.report").nth(i).is_visible() for i in range(5))
    assert not at.page.locator(".filters").is_visible(), "what only a script can work is not offered"
    at.page.locator("article[data-k] a.q").first.click()
    assert re.search(r"#[A-E]\.\d+$", at.page.url), "links lead to their places all the same"


def test_script_in_a_report_does_not_run(opened: Open) -> None:
    at = opened(spiteful())
    at.page.on("dialog", lambda d: pytest.fail(d.message))
    at.page.wait_for_timeout(200)
    assert at.complaints == []
    assert at.page.locator("img, iframe").count() == 0
    assert SPITE[:25] in at.page.locator("h1").inner_text()
    at.page.locator("details.alone summary").click()
    at.page.locator("a.q").first.click()
    assert at.page.locator(".place").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_thousand_claims_open_and_filter(opened: Open, scheme: str) -> None:
    text = "\n".join(f"Barge {i} sank off pier {i % 7} at night." for i in range(2000))
    of = report("long.txt", text, title="barge " * 170)
    at = opened(alone(of, *(f"Barge {i} sank off" for i in range(2000))), color_scheme=scheme)
    at.page.locator("input[name=words]").fill("1777")
    at.page.locator("#said:not(:empty)").wait_for()
    assert at.page.locator("#said").inner_text() == "1 of 2,000 claims"
    at.page.locator(".claim:not([hidden]) a.q").click()
    assert "".join(at.page.locator(".place").all_inner_texts()) == "Barge 1777 sank off"
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert at.complaints == []


def test_right_to_left_words_keep_their_place(opened: Open) -> None:
    of = report("rtl.txt", "האש פרצה בנמל ביום שני.\nA barge sank.", outlet="העיתון", title="האש בנמל")
    at = opened(alone(of, "האש פרצה בנמל", "A barge sank"))
    at.page.locator("details.alone summary").click()
    at.page.locator("a.q").first.click()
    assert at.page.locator(".place").all_inner_texts() == ["האש פרצה בנמל"]
    sides = at.page.evaluate("[...document.querySelectorAll('.para p')].map(p => { const r = document.createRange(); r.selectNodeContents(p); const b = r.getBoundingClientRect(), o = p.getBoundingClientRect(); return b.right >= o.right - 2; })")  # fmt: skip
    assert sides == [True, False], "each line runs its own way"


def test_a_large_page_fills_in_what_it_folds(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twosource.outputs.page.LARGE", 0)
    at = opened(harbour_fire())
    assert at.page.locator("#C .marks a").count() == 0
    at.page.locator("details.alone summary").click()
    assert at.page.locator(".one a.q").all_inner_texts() == [
        "C “The brigade sent nine engines”",
        "C “Gulls circled over the smoke”",
    ]
    at.page.locator(".one a.q").first.click()
    assert at.page.locator("#C .marks a").count() == 5, "the margin is written when the report is shown"
    assert at.page.locator("#C .place").all_inner_texts() == ["The brigade sent nine engines"]
    at.page.locator("input[name=words]").fill("gulls smoke")
    at.page.locator("#said:not(:empty)").wait_for()
    assert at.page.locator("#said").inner_text() == "1 of 5 claims"
    assert at.complaints == []


def test_a_large_page_marks_the_claims_in_its_reports_as_any_other_does(
    opened: Open, bridge: Reconciliation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every report, the same characters bear the same claims and the same marks stand in the margin."""
    told = []
    for large in (False, True):
        if large:
            monkeypatch.setattr("twosource.outputs.page.LARGE", 0)
        at = opened(bridge)
        for letter in "ABCDE":
            at.page.locator("#left").select_option(letter)
        told.append(
            at.page.evaluate(
                """() => [[...document.querySelectorAll('.marks a')].map(a => a.className + a.textContent),
                  [...document.querySelectorAll('.report [data-c]')].flatMap(p => { const [letter, start] = p.id.split('.');
                    return p.dataset.c.split(',').flatMap(n => [...p.textContent].map((c, i) => `${letter}.${+start + i} ${n} ${c}`)); }).sort()]"""
            )
        )
        assert at.complaints == []
    assert told[0] == told[1]
    assert len(told[0][0]) > 100


# --- from claim to place and back --------------------------------------------------------------------------------------------


def test_a_click_opens_the_report_at_the_words(opened: Open) -> None:
    page = opened(harbour_fire()).page
    quoted = page.locator("[data-n='1'] .sides > div").nth(1).locator("a.q")
    quoted.click()
    assert page.locator(".report.on").get_attribute("id") == "C"
    assert "".join(page.locator(".report.on .place").all_inner_texts()) == "The alarm did fail"
    box = page.locator(".report.on .place").first.bounding_box()
    assert 0 < box["y"] < 900, "the place is in sight"
    assert page.url.endswith(quoted.get_attribute("href"))


def test_by_keyboard_alone_to_the_place_and_back_in_one_key(opened: Open) -> None:
    page = opened(harbour_fire()).page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page)["n"] == "3"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.report').id") == "B"
    assert "The market will stay closed until Monday" in page.locator("#where").inner_text(), "a screen reader hears it"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.claim').dataset.n") == "3"
    assert focused(page)["className"] == "q", "the very line that led there"


def test_arrows_go_from_claim_to_claim_in_a_report(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    page.locator("article.claim a.q").first.click()
    first = focused(page)["id"]
    page.keyboard.press("ArrowRight")
    second = focused(page)["id"]
    assert int(second.split(".")[1]) > int(first.split(".")[1])
    page.keyboard.press("ArrowLeft")
    assert focused(page)["id"] == first


def test_a_mark_in_the_text_leads_to_its_claim(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    number = page.locator(".report.on [data-c]").first.get_attribute("data-c").split(",")[0]
    page.locator(".report.on [data-c]").first.click()
    assert page.locator(".claim.here").get_attribute("data-n") == number
    page.locator(".report.on .marks a").nth(2).click()
    assert page.evaluate("document.activeElement.matches('.claim')")


def test_a_deep_link_opens_its_claim_or_its_place(opened: Open, bridge: Reconciliation) -> None:
    n = next(n for n in numbered(bridge) if n.claim.verdict == "single-source")
    page = opened(bridge, at=f"#{n.claim.id}").page
    assert focused(page)["id"] == n.claim.id
    assert page.locator(f"#{n.claim.id}").is_visible(), "the folded list was opened"
    e = n.claim.evidence[0]
    page = opened(bridge, at=f"#A.{e.start}").page
    assert page.locator(".report.on").get_attribute("id") == "A"
    assert page.locator(".place").first.is_visible()


def test_side_by_side_shows_the_other_side_at_its_place(opened: Open) -> None:
    page = opened(harbour_fire()).page
    page.locator("[data-n='1'] a.q").first.click()
    page.locator("#beside").click()
    assert [page.locator(".report.on").nth(i).get_attribute("id") for i in range(2)] == ["B", "C"]
    assert page.locator("#C .place").all_inner_texts() == ["The alarm did fail"]
    assert abs(middle(page, "#B .place") - middle(page, "#C .place")) < 12, "at one height"


def test_side_by_side_the_second_report_follows_to_the_matching_place(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge, viewport={"width": 1440, "height": 500}).page
    page.locator("#beside").click()
    page.locator("#right").select_option("B")
    page.wait_for_timeout(400)
    page.evaluate("document.querySelector('#A').scrollTop = document.querySelector('#A').scrollHeight / 2")
    page.wait_for_timeout(400)
    heights = page.evaluate(
        """() => { const firsts = {};
          for (const p of document.querySelectorAll('#B [data-c]')) for (const n of p.dataset.c.split(',')) firsts[n] ??= p;
          const at = document.querySelector('#A').getBoundingClientRect(); const goal = at.top + at.height / 3; let best = [1e9, 0];
          const seen = new Set();
          for (const p of document.querySelectorAll('#A [data-c]')) for (const n of p.dataset.c.split(',')) if (firsts[n] && !seen.has(n)) {
            seen.add(n); const y = p.getBoundingClientRect().top;
            if (Math.abs(y - goal) < best[0]) best = [Math.abs(y - goal), y - firsts[n].getBoundingClientRect().top]; }
          return best; }"""
    )
    assert abs(heights[1]) < 20, "the same claim stands at the same height in both"


# --- filters -----------------------------------------------------------------------------------------------------------------


def shown(page: Any) -> int:
    return int(
        page.evaluate(
            "[...document.querySelectorAll('.claim')].filter(c => !c.hidden && !c.closest('[hidden]')).length"
        )
    )


def test_it_finds_as_one_types_and_says_how_many(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    page.keyboard.press("/")
    page.keyboard.type("tonnes 58")
    page.locator("#said:not(:empty)").wait_for()
    found = page.locator("#said").inner_text()
    assert found == f"{shown(page)} of {len(bridge.claims)} claims"
    assert 0 < shown(page) < 20
    assert page.locator("#said").get_attribute("aria-live") == "polite"
    page.get_by_role("button", name="Clear").click()
    page.locator("#said:empty").wait_for(state="attached")
    assert shown(page) == len(bridge.claims)


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("verdict", "corroborated", lambda n: n.claim.verdict == "corroborated"),
        ("kind", "d", lambda n: any(e.polarity == "denied" for e in n.claim.evidence)),
        ("kind", "f", lambda n: n.claim.difference is not None and n.claim.difference.kind == "figure"),
    ],
)
def test_it_filters(opened: Open, bridge: Reconciliation, name: str, value: str, fits: Callable[[Any], bool]) -> None:
    page = opened(bridge).page
    page.locator(f"select[name={name}]").select_option(value)
    page.locator("#said:not(:empty)").wait_for()
    assert shown(page) == sum(map(fits, numbered(bridge)))


def test_it_filters_by_report_and_by_actor(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    page.locator("select[name=report]").select_option("D")
    page.locator("#said:not(:empty)").wait_for()
    compass = next(r.id for r in bridge.reports if r.outlet == "The Daily Compass")
    assert shown(page) == sum(any(e.report == compass for e in c.evidence) for c in bridge.claims)
    before = shown(page)
    page.locator("select[name=actor]").select_option(label="Anton Brezhan")
    page.wait_for_timeout(400)
    assert 0 < shown(page) < before


# --- copying -----------------------------------------------------------------------------------------------------------------


def test_a_claim_is_copied_with_its_citations_as_markdown(opened: Open) -> None:
    at = opened(harbour_fire(), permissions=["clipboard-read", "clipboard-write"])
    page = at.page
    page.locator("[data-n='1']").hover()
    page.get_by_role("button", name="Copy the claim as Markdown").click()
    page.locator("#said:not(:empty)").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "- ▲ **conflicting: polarity**: The same person, Jora Velm, denies it in one report and admits it in another.\n"
        "    - B · Interior Minister Jora Velm (denied): “Interior Minister Jora Velm **denied** that the alarm had failed”[^1-1]\n"
        "    - *against*\n"
        "    - C · Yora Velm: “The alarm **did fail**”[^1-2]\n"
        "\n"
        "[^1-1]: B, The Ledger, characters 209 to 269\n"
        "[^1-2]: C, The Daily Tern, characters 213 to 231\n"
    )
    assert at.complaints == []


# --- on paper, in the dark, on a phone, by ear -------------------------------------------------------------------------------


def test_it_prints_whole(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    page.emulate_media(media="print")
    assert all(page.locator("article.report").nth(i).is_visible() for i in range(5)), (
        "every report, not only the one in hand"
    )
    assert not page.locator(".parts").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") > 5
    page.emulate_media(media="screen")
    assert page.locator("details[open]").count() == 0, "what was folded is folded again"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_serious(opened: Open, bridge: Reconciliation, scheme: str, width: int) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: .ci/run installs it"
    )
    page = opened(
        bridge, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    ).page
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.locator("article.claim a.q").first.click()
    found = axe.Axe().run(page).response["violations"]
    assert [
        (v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")
    ] == []


def test_the_dark_is_dark(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge, color_scheme="dark").page
    red, *_ = (
        int(x)
        for x in page.evaluate("getComputedStyle(document.documentElement).backgroundColor").strip("rgb()").split(",")
    )
    assert red < 40


def test_on_a_phone_nothing_runs_over_the_edge_and_the_reader_comes_and_goes(
    opened: Open, bridge: Reconciliation
) -> None:
    page = opened(bridge, viewport={"width": 360, "height": 740}, has_touch=True).page
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not page.locator("#reader").is_visible()
    page.locator("article.claim a.q").first.tap()
    assert page.locator("#reader").is_visible()
    assert page.evaluate("document.querySelector('#reader').getBoundingClientRect().height") == 740
    page.locator("#back").tap()
    assert not page.locator("#reader").is_visible()
    assert page.evaluate("document.activeElement.closest('.claim').dataset.n") == "1"
    page.locator("#more").tap()
    assert page.locator("select[name=report]").is_visible()


def test_single_letters_can_be_turned_off(opened: Open, bridge: Reconciliation) -> None:
    page = opened(bridge).page
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert "n" not in focused(page) or focused(page)["n"] is None


@pytest.mark.parametrize("reports", [(), (report("silent.txt", "Hm.\n"),)], ids=["no report", "no claim"])
def test_where_there_is_nothing_to_show_nothing_fails(opened: Open, reports: tuple[Any, ...]) -> None:
    at = opened(Reconciliation(reports))
    for key in ("j", "k", "s", "c", "/", "?", "Escape", "Escape", "ArrowRight"):
        at.page.keyboard.press(key)
    assert at.complaints == []
    assert at.page.locator(".empty").inner_text()
