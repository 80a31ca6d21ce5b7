"""Groups of figures with their verdicts, and the claims that go with them: both must say the same."""

from __future__ import annotations

from functools import cache

from twosource.calls import load
from twosource.demo import paths
from twosource.model import Claim, FigureGroup, Reading, Reconciliation, Report
from twosource.reading import read
from twosource.reconcile import reconcile


@cache
def reading(name: str, published: str, text: str) -> Reading:
    return read(Report(f"r-{name}", f"{name}.txt", text, "", "", "text/1", published=published, language="en"))


def story(*reports: tuple[str, str]) -> Reconciliation:
    return reconcile([reading(letter, when, text) for letter, (when, text) in zip("abcdef", reports, strict=False)])


@cache
def demo(name: str) -> Reconciliation:
    return reconcile([read(r) for r in load(paths(name)).reports])


def giving(told: Reconciliation, words: str) -> FigureGroup:
    (found,) = (g for g in told.figures if any(m.exact == words for m in g.mentions))
    return found


def updated(told: Reconciliation, words: str) -> Claim:
    (found,) = (c for c in told.claims if c.verdict == "updated" and any(words in e.exact for e in c.evidence))
    return found


def test_the_toll_of_the_bridge_grows_and_leaves_an_older_accident_out() -> None:
    told = demo("bridge")
    toll = giving(told, "17")
    assert toll.verdict == "updated"
    assert {m.exact for m in toll.mentions} == {"at least nine", "nine", "12", "14", "Fourteen", "17"}
    assert toll.reasons == ("The count grew as time went on: at least nine → 12 → 14 → 17.",)
    assert giving(told, "31").mentions == tuple(m for m in giving(told, "31").mentions if m.exact == "31")


def test_the_claim_of_a_series_stands_in_the_order_of_time() -> None:
    claim = updated(demo("bridge"), "risen to 17")
    published = {r.id: r.published or "" for r in demo("bridge").reports}
    days = [published[e.report][:10] for e in claim.evidence]
    assert days == sorted(days)
    assert claim.reasons == giving(demo("bridge"), "17").reasons


def test_no_claim_calls_two_values_of_one_count_corroborated() -> None:
    for name in ("bridge", "recall"):
        told = demo(name)
        for group in (g for g in told.figures if g.verdict == "updated"):
            values = {(m.report, m.start): m.low for m in group.mentions}
            for claim in (c for c in told.claims if c.verdict == "corroborated"):
                held = {
                    v
                    for (r, at), v in values.items()
                    for e in claim.evidence
                    if e.report == r and e.start <= at < e.end
                }
                assert (
                    len(held) < 2 or "The count in it changed with time: that is a claim of its own." in claim.reasons
                )


def test_two_voices_about_one_weight_conflict() -> None:
    weight = giving(demo("bridge"), "39 tonnes")
    assert weight.verdict == "conflicting"
    assert {m.low for m in weight.mentions} == {39, 58}


def test_recalled_tins_and_ill_infants_grow() -> None:
    told = demo("recall")
    assert giving(told, "40,000").verdict == "updated"
    assert {m.low for m in giving(told, "40,000").mentions} >= {40_000, 52_000}
    ill = giving(told, "at least 14")
    assert ill.verdict == "updated"
    assert updated(told, "at least 14").verdict == ill.verdict


def test_equal_times_conflict_and_a_correction_does_not() -> None:
    one = "The fire at the mill in Orvik killed 41 people, the fire service said."
    other = "The fire at the mill in Orvik killed 29 people, the police said."
    assert giving(story(("2031-05-06", one), ("2031-05-06", other)), "29").verdict == "conflicting"
    corrected = "The fire service corrected its toll: the fire at the mill in Orvik killed 29 people."
    told = story(("2031-05-06", one), ("2031-05-07", corrected))
    assert giving(told, "29").verdict == "updated"
    assert [c.correction for c in told.claims if c.verdict == "updated"] == [True]
    assert not any(c.difference and c.difference.kind == "figure" for c in told.claims)


def test_three_dead_never_confirm_four() -> None:
    """One apart is no conflict by the spec, and no agreement either."""
    told = story(
        ("2031-06-04", "Three miners were killed in the pit of Tarnholm on Monday."),
        ("2031-06-04", "Four miners were killed in the pit of Tarnholm on Monday."),
    )
    assert {c.verdict for c in told.claims} == {"single-source"}
    assert giving(told, "Three").verdict == "single-source"
