"""A credit is recognised by its place; a mention inside the article credits nobody."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.sources.credit import AGENCIES, Agency, agency, credit, datelines

BODY = "Two ferries collided off the harbour mouth on Monday, the port master said.\nNobody was hurt."


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("SALTMOUTH (AP) — ", "AP"),
        ("SALTMOUTH, Orland (AP) — ", "AP"),
        ("GULL BAY, Jan 3 (Reuters) - ", "Reuters"),
        ("GULL BAY/SALTMOUTH, Jan 3 (Reuters) - ", "Reuters"),
        ("Jan 3 (Reuters) - ", "Reuters"),
        ("(Reuters) - ", "Reuters"),
        ("(AFP) ", None),
        ("(AFP) – ", "AFP"),
        ("Gull Bay (AFP) – ", "AFP"),
        ("AFP - ", "AFP"),
        ("GULL BAY, N.O., Jan. 3 (UPI) — ", "UPI"),
        ("Gull Bay (dpa) - ", "dpa"),
        ("Gull Bay, 3 ene (EFE).- ", "EFE"),
        ("(ANSA) - Gull Bay, January 3 - ", "ANSA"),
        ("GULL BAY, Jan. 3 (Xinhua) -- ", "Xinhua"),
        ("GULL BAY, January 3. /TASS/. ", "TASS"),
        ("GULL BAY. Jan 3 (Interfax) - ", "Interfax"),
        ("Gull Bay, Jan 3, IRNA – ", "IRNA"),
        ("Gull Bay, Jan 3 (PTI) ", "PTI"),
        ("GULL BAY, 3 January (BelTA) – ", "BelTA"),
        ("GULL BAY, Jan. 3 (Yonhap) -- ", "Yonhap"),
        ("GULL BAY (AP/KLM-TV) — ", "AP"),
        ("SALTMOUTH — ", None),
        ("The Allied Pilots (AP) — a union of harbour pilots — ", None),
    ],
)
def test_dateline(opening: str, name: str | None) -> None:
    assert credit(f"Ferries collide\n\n{opening}{BODY}") == name


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Ona Brill, Associated Press", "AP"),
        ("By ONA BRILL, AP Maritime Writer", "AP"),
        ("By Ona Brill and Tam Reed | Reuters", "Reuters"),
        ("Agence France-Presse", "AFP"),
        ("By Ona Brill, Staff Writer", None),
        ("By Ona Brill, The Daily Gull", None),
        ("By Ona Reuterson", None),
        ("By Petra Brill", None),
        ("By Saba Reed and Hina Fenn", None),
        ("By The Associated Press", "AP"),
        ("By Ona Brill - Associated Press", "AP"),
        ("By Ona Brill of the Associated Press", "AP"),
        ("By Associated Press Writer Ona Brill", "AP"),
        ("By Ona Brill Associated Press", "AP"),
        ("By Ona Brill (AFP)", "AFP"),
        ("By AFP and Tam Reed", "AFP"),
        ("By Tam Reed and PTI", "PTI"),
        ("THE CANADIAN PRESS", "CP"),
    ],
)
def test_byline(byline: str, name: str | None) -> None:
    assert credit(BODY, byline) == name
    assert credit(f"Ferries collide\n{byline}\n{BODY}") == name


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("— AFP", "AFP"),
        ("(Reporting by Ona Brill for Reuters)", "Reuters"),
        ("(Reporting by Ona Brill in Saltmouth; Writing by Tam Reed; Editing by Lu Fenn)", "Reuters"),
        ("Copyright 2012 The Associated Press. All rights reserved.", "AP"),
        ("© 2012 AFP", "AFP"),
        ("Source: Xinhua", "Xinhua"),
        ("The hearing is on Friday. PTI OB TR", "PTI"),
        ("The hearing is on Friday. (ANI)", "ANI"),
        ("This article was originally published by Reuters.", "Reuters"),
        ("The Associated Press contributed to this report.", None),
        ("Ona Brill of the Associated Press contributed to this report.", None),
        ("With reporting from AFP", None),
        ("The port master was named last year by Tam R. Bloomberg.", None),
        ("Associated with the harbour since 1990, she retires in May.", None),
        ("As it happened, by Bloomberg:", None),
    ],
)
def test_closing_line(closing: str, name: str | None) -> None:
    assert credit(f"{BODY}\n{closing}") == name


@pytest.mark.parametrize(
    "mention",
    [
        "“We saw it,” a deckhand told Reuters.",
        "AP reported that the ferries were full.",
        "The Associated Press could not reach the owner.",
        "According to AFP, both captains were questioned.",
        "The harbour (AP photographs show) was crowded — and noisy.",
        "Xinhua said the ferries were insured.",
        "Reuters saw the wreck on Monday, a day after the collision.",
    ],
)
def test_a_mention_is_no_credit(mention: str) -> None:
    assert credit(f"{mention}\n{BODY}\n{mention}") is None


def test_the_list_is_the_callers_to_extend() -> None:
    text = f"SALTMOUTH (CoastWire) — {BODY}"
    assert credit(text) is None
    assert credit(text, agencies=(*AGENCIES, Agency("CoastWire"))) == "CoastWire"


def test_an_agency_has_many_names() -> None:
    assert agency("the associated press") == agency("AP") == "AP"
    assert agency("The Daily Gull") is None
    assert agency(None) is None


def test_a_stitched_report_has_two_datelines() -> None:
    text = f"SALTMOUTH (AP) — {BODY}\n\nGULL BAY (AFP) — {BODY}"
    assert [(text[at : at + 9], name) for at, name in datelines(text)] == [("SALTMOUTH", "AP"), ("GULL BAY ", "AFP")]


def test_every_agency_is_credited_in_a_dateline() -> None:
    assert {a.name for a in AGENCIES} == {credit(f"GULL BAY, Jan 3 ({a.name}) — {BODY}") for a in AGENCIES}


@given(st.text(max_size=300), st.none() | st.text(max_size=40))
def test_any_text_has_an_agency_of_the_list_or_none(text: str, byline: str | None) -> None:
    assert credit(text, byline) in {None, *(a.name for a in AGENCIES)}


def test_long_lines_take_linear_time() -> None:
    assert credit("A, B C " * 40_000) is None
    assert credit("A (" * 40_000, "By " + "A" * 100_000) is None
    assert credit(BODY + "\n" + "(Reporting by a; " * 20_000) is None


@pytest.mark.skipif("TWOSOURCE_DATA" not in os.environ, reason="TWOSOURCE_DATA names no folder of data")
def test_polnear() -> None:
    folder = Path(os.environ["TWOSOURCE_DATA"]) / "data" / "polnear"
    lines = [line for name in ("train", "dev") for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    pairs = [
        (r["wire"].strip(), credit(r["text"]))
        for r in map(json.loads, lines)
        if (r.get("wire") or "NA").strip() != "NA"
    ]
    both = [(gold, found) for gold, found in pairs if gold != "None" and found]
    f1 = 2 * len(both) / (sum(gold != "None" for gold, _ in pairs) + sum(found is not None for _, found in pairs))
    assert f1 >= 0.96
    assert sum(gold.lower() == found.lower() for gold, found in both) / len(both) >= 0.97
