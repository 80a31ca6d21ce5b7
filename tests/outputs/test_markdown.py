"""Markdown to paste: each quotation leads to its place, and a report's words stay words."""

from __future__ import annotations

import dataclasses
import re

from harbour_fire import report

from twosource.model import Claim, Evidence, Lineage, Note, Reconciliation
from twosource.outputs.markdown import to_markdown


def test_every_quotation_has_a_footnote_with_its_place(fire: Reconciliation) -> None:
    shown = to_markdown(fire)
    used, given = re.findall(r"”\[\^(\d+)\]", shown), re.findall(r"^\[\^(\d+)\]: ", shown, re.MULTILINE)
    assert used == given
    assert len(used) == shown.count("”[^")
    assert (
        "B · Interior Minister Jora Velm: “Interior Minister Jora Velm **denied** that the alarm had failed”[^1]"
        in shown
    )
    start = fire.reports[0].text.index("Interior Minister Jora Velm denied")
    assert f"[^1]: B, ledger.txt, characters {start} to " in shown


def test_many_singles_are_counted_unless_all_are_asked_for(fire: Reconciliation) -> None:
    alone = fire.claims[-1]
    many = dataclasses.replace(fire, claims=tuple(dataclasses.replace(alone, id=f"c{i}") for i in range(15)))
    assert "… and 3 more of C" in to_markdown(many)
    assert "more of C" not in to_markdown(many, everything=True)
    assert to_markdown(many, everything=True).count("○ ") == 15


def test_a_report_cannot_make_links_images_headings_or_html() -> None:
    evil = "<script>x</script> ![a](http://b.example/c) # top\n\n- item [^1] **bold** `code` https://d.example &amp; 1. one |"
    one = report("a*b.txt", evil)
    e = Evidence(
        one.id,
        0,
        len(evil),
        one.text,
        id="s1",
        voice=(),
        lineage="l1",
        origin="l1",
        polarity="asserted",
        modality="happened",
    )
    claim = Claim("c1", one.span(0, len(evil)), "single-source", (), 1, 1, (e,))
    told = Reconciliation(
        (one,), (Lineage("l1", one.id, (one.id,)),), claims=(claim,), notes=(Note("unread", "<b>", "# x"),)
    )
    shown = to_markdown(told)
    quoted = next(line for line in shown.splitlines() if "script" in line)
    assert not re.search(r"<|(?<!\\)[`\[](?!\^\d+\]$)|(?<!\\)!|https?://|(?<!\\)\*(?!\*)", quoted.replace("”[^1]", ""))
    assert "<b>" not in shown
