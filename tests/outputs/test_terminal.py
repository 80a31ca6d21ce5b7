"""What the terminal shows: the order, the marks, the words of the reports unaltered, and nothing that a report could do to it."""

from __future__ import annotations

import dataclasses
import os
import re

import pytest
from harbour_fire import report
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from twosource.model import Claim, Evidence, Lineage, Reconciliation, Voice, content_id
from twosource.outputs.order import numbered
from twosource.outputs.terminal import to_text


def told_alone(text: str, claims: int = 1, voice: str | None = None, outlet: str | None = None) -> Reconciliation:
    """One report that says `text`, as so many claims."""
    one = report("a.txt", text, **({"outlet": outlet} if outlet else {}))
    who = (Voice(voice, None, "unnamed", None),) if voice else ()

    def evidence(i: int) -> Evidence:
        return Evidence(
            one.id,
            i,
            len(text),
            one.text,
            id=f"s{i}",
            voice=who,
            lineage="l1",
            origin="l1",
            polarity="asserted",
            modality="happened",
        )

    alone = tuple(
        Claim(content_id("c", i), one.span(i, len(text)), "single-source", (), 1, 1, (evidence(i),))
        for i in range(claims)
    )
    return Reconciliation((one,), (Lineage("l1", one.id, (one.id,)),), claims=alone)


def test_what_conflicts_comes_first_and_what_one_says_alone_last(fire: Reconciliation) -> None:
    shown = to_text(fire)
    headings = [
        "WHERE THEY DIFFER",
        "FIGURES",
        "ESTABLISHED",
        "REPEATED, NOT CONFIRMED",
        "ONE SOURCE ALONE",
        "WHO IS WHO",
        "IN THE MARGIN",
    ]
    places = [shown.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert "▲ 1 conflicting  △ 0 updated  ● 1 corroborated  ◐ 1 one origin  ○ 2 alone\n" in shown


def test_the_words_that_differ_are_marked_inside_the_quotation(fire: Reconciliation) -> None:
    shown = " ".join(to_text(fire).split())
    assert (
        "B · Interior Minister Jora Velm (denied) “Interior Minister Jora Velm *denied* that the alarm had failed”"
        in shown
    )
    assert "C · Yora Velm “The alarm *did fail*”" in shown
    assert "why: The same person, Jora Velm, denies it" in shown


def test_copies_share_a_line_and_every_line_says_whose_it_is(fire: Reconciliation) -> None:
    shown = to_text(fire)
    assert "    A, B  “Fire swept the fish market in Karsmouth on Tuesday”\n" in shown
    assert "goes back to B (copy, 93% of its words)" in shown


def test_figures_are_told_in_words_and_drawn_where_there_is_room(fire: Reconciliation) -> None:
    narrow, wide = to_text(fire, width=80), to_text(fire, width=120)
    assert "A, B  12 or more  “At least 12” · the harbour master · as of 2031-04-01" in narrow
    assert "|" not in narrow
    assert re.search(r"A, B  \|-{22}>  12 or more", wide)
    assert re.search(r"    C {28}o  20  “20”", wide)


def test_who_is_who_gives_the_spellings_by_report_and_the_roles(fire: Reconciliation) -> None:
    shown = " ".join(to_text(fire).split())
    assert "Jora Velm (person) “Interior Minister” “Jora Velm” B · “Yora Velm” C · 1 quotation" in shown


def test_the_margin_is_honest(fire: Reconciliation) -> None:
    margin = to_text(fire).split("IN THE MARGIN")[1]
    assert "unread: scan.pdf · no text in it" in margin
    assert "page furniture set aside, evidence of nothing: B 1" in margin
    assert f"A {fire.reports[1].sha256[:12]}" in margin
    assert re.search(r"twosource \d", margin)


@pytest.mark.parametrize("width", [40, 80, 100, 200])
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_asked_and_none_ends_in_a_blank(
    fire: Reconciliation, width: int, everything: bool
) -> None:
    for line in to_text(fire, width=width, everything=everything).splitlines():
        assert cell_len(line) <= min(width, 110)
        assert line == line.rstrip()


def test_it_is_plain_unless_colour_is_asked_for(fire: Reconciliation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in to_text(fire)
    coloured = to_text(fire, colour=True)
    assert "\x1b[1;7mdenied\x1b[0m" in coloured
    assert "*denied*" not in coloured


def test_nothing_around_it_changes_it(fire: Reconciliation, monkeypatch: pytest.MonkeyPatch) -> None:
    before = to_text(fire), to_text(fire, colour=True)
    for name, value in {"COLUMNS": "40", "NO_COLOR": "1", "TERM": "dumb", "LANG": "C"}.items():
        monkeypatch.setitem(os.environ, name, value)
    assert (to_text(fire), to_text(fire, colour=True)) == before


def test_the_order_of_the_arrays_changes_nothing(fire: Reconciliation) -> None:
    turned = dataclasses.replace(
        fire,
        **{f.name: tuple(reversed(getattr(fire, f.name))) for f in dataclasses.fields(fire)},
    )
    assert to_text(turned) == to_text(fire)
    assert [n.claim.id for n in numbered(turned)] == [n.claim.id for n in numbered(fire)]


def test_of_many_singles_the_weightiest_are_shown() -> None:
    many = told_alone("Gulls circled over the smoke that stood above the harbour.", 20)
    assert "… and 8 more (--all)" in to_text(many)
    assert to_text(many).count("○ ") == 1 + 12
    assert to_text(many, everything=True).count("○ ") == 1 + 20


def test_one_report_alone_and_no_claims_say_so() -> None:
    alone = told_alone("Gulls circled over the smoke.")
    assert "One report alone" in to_text(alone)
    assert "No statement could be read out of it." in to_text(dataclasses.replace(alone, claims=()))


def test_a_long_quotation_is_cut_between_words_and_says_so() -> None:
    long = "The flames ran along the quay and " * 20 + "stopped."
    shown = " ".join(to_text(told_alone(long)).split())
    quoted = re.search(r"“(.*?) …”", shown)
    assert quoted is not None
    assert long.startswith(quoted[1] + " ")
    assert 200 < len(quoted[1]) <= 260
    assert long in " ".join(to_text(told_alone(long), everything=True).split())


def test_a_report_cannot_write_to_the_terminal() -> None:
    evil = "\x1b[2J\x1b]0;owned\x07Two\u202etrub\u2066 \x9b31m[red]hurt[/red]\u200b :fire: \ud800"
    told = told_alone(evil, voice="a \x1b[1mvoice", outlet="The \x1b[31mPost")
    for shown in (to_text(told), to_text(told, everything=True)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]", shown)
        assert "␛[2J␛]0;owned␇Two‹U+202E›trub‹U+2066›" in shown
        assert "[red]hurt[/red]‹U+200B› :fire:" in " ".join(shown.split())
        assert "a ␛[1mvoice" in shown
    coloured = to_text(told, colour=True)
    assert "\x1b[2J" not in coloured
    assert "\x1b[31m" not in coloured


@given(st.text(st.characters(), min_size=1, max_size=400).filter(lambda s: not s.isspace()), st.integers(20, 130))
def test_any_text_can_be_shown(text: str, width: int) -> None:
    told = told_alone(text)
    shown = to_text(told, width=width, everything=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert to_text(told, width=width, everything=True) == shown
