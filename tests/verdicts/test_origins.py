"""Who stands behind a statement: what two newsrooms carry from one voice is repeated, not confirmed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Claim, Statement, Voice, VoiceKind
from twosource.reading import read
from twosource.reconcile import reconcile
from twosource.sources import from_text
from twosource.verdicts.origins import independent, office_of, origin, same_wording, words_for

#: What else the reports hold, so that they are of two newsrooms.
CHOIR = "A choir from Brenhold sang in the chapel until nightfall, and bread was handed out to whoever came."
SHEEP = "Heavy rain is forecast for the hills, where shepherds brought their flocks down early this autumn."


def claim_of(word: str, first: str, second: str) -> Claim:
    """The one claim with `word` that both reports carry."""
    texts = {"a.txt": f"{first}\n\n{CHOIR}", "b.txt": f"{second}\n\n{SHEEP}"}
    told = reconcile([read(from_text(t, file=f, published="2031-03-14", language="en")) for f, t in texts.items()])
    (found,) = (c for c in told.claims if word in c.summary.exact and len({e.report for e in c.evidence}) == 2)
    assert found.lineages == 2
    return found


@pytest.mark.parametrize(
    ("first", "second", "behind"),
    [
        pytest.param(
            "Petra Lund, the harbour master, said that the old mill had collapsed.",
            "The old mill had collapsed, harbour master Petra Lund said on Tuesday.",
            "quote Petra Lund", id="one person",
        ),
        pytest.param(
            "Petra Lund told the Aldmoor Post that the old mill had collapsed.",
            "The old mill had collapsed, Petra Lund told the Brenhold Echo.",
            "quote Petra Lund", id="one person told two papers",
        ),
        pytest.param(
            "The old mill had collapsed, the Tarnholm Harbour Board said.",
            "The old mill had collapsed, said Ilse Varga, a spokeswoman for the Tarnholm Harbour Board.",
            "quote Tarnholm Harbour Board", id="an institution and who speaks for it",
        ),
        pytest.param(
            "The Fisheries Ministry said that the old mill had collapsed.",
            "Arvid Solberg, the fisheries minister, said that the old mill had collapsed.",
            "quote Fisheries Ministry", id="a ministry and its minister",
        ),
        pytest.param(
            "The ministry said that the old mill had collapsed.",
            "The ministry said on Tuesday that the old mill had collapsed.",
            "quote the ministry", id="an institution without a name",
        ),
        pytest.param(
            "Court papers say that Joris Brandt set fire to the old mill.",
            "Prosecutors said that Joris Brandt set fire to the old mill.",
            "quote the prosecution", id="prosecutors and the papers that they file",
        ),
        pytest.param(
            "Petra Lund, the harbour master, said that the old mill had collapsed.",
            "The harbour master said that the old mill had collapsed.",
            "may go back to Petra Lund", id="a person and her office",
        ),
        pytest.param(
            "Petra Lund said that the old mill had collapsed.",
            "The night watchman said that the old mill had collapsed.",
            "may go back to Petra Lund", id="somebody unnamed may be who is named elsewhere",
        ),
        pytest.param(
            "The crane on the mill quay fell onto two parked lorries, Petra Lund said.",
            "The crane on the mill quay fell onto two parked lorries.",
            "go back to Petra Lund", id="the same sentence, where the other names the voice",
        ),
        pytest.param(
            "The crane on the mill quay fell onto two parked lorries.",
            "The crane on the mill quay fell onto two parked lorries.",
            "go back to one origin", id="the same sentence, printed twice",
        ),
    ],
)  # fmt: skip
def test_one_origin_in_two_newsrooms_is_repeated_not_confirmed(first: str, second: str, behind: str) -> None:
    found = claim_of("mill", first, second)
    assert (found.verdict, found.origins) == ("one-origin", 1)
    (why,) = found.reasons
    assert re.fullmatch(rf"Two newsrooms, but both {behind}: repeated, not confirmed\.", why), why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            "The old mill at Tarnholm collapsed on Tuesday.", "The old mill in Tarnholm has collapsed.", id="two newsrooms"
        ),
        pytest.param(
            "Petra Lund said that the old mill had collapsed.", "Olaf Brandt said that the old mill had collapsed.", id="two persons"
        ),
        pytest.param(
            "Officials said that the old mill had collapsed.", "Rescuers said that the old mill had collapsed.",
            id="unnamed people count once a newsroom",
        ),
        pytest.param(
            "A crane at the mill crashed down on two lorries, Petra Lund said.", "The crane at the mill fell onto two parked lorries.",
            id="a voice, and a newsroom in its own words",
        ),
    ],
)  # fmt: skip
def test_two_origins_in_two_newsrooms_corroborate(first: str, second: str) -> None:
    found = claim_of("mill", first, second) if "crane" not in first else claim_of("crane", first, second)
    assert (found.verdict, found.origins) == ("corroborated", 2)


@pytest.mark.xfail(
    strict=True,
    reason="a speaker named after her role between commas is not read as the voice, and counts as a second origin",
)
def test_a_name_set_after_the_role_is_the_same_voice() -> None:
    found = claim_of(
        "canal",
        "Traffic on the Orrin canal was stopped, the mayor of Tarnholm, Petra Lund, said.",
        "Petra Lund said that traffic on the Orrin canal was stopped.",
    )
    assert found.verdict == "one-origin"


# --- the key of an origin ----------------------------------------------------------------------------------------------------


def said_by(*voices: tuple[str, str | None, VoiceKind]) -> Statement:
    return Statement(
        "r1", 0, 8, "The mill fell.", id="s1", polarity="asserted", modality="happened", sentence=0,
        voice=tuple(Voice(text, actor, kind, None) for text, actor, kind in voices),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([], "l1"),
        ([("Petra Lund", "r1.1", "named")], "a-board"),
        ([("Olaf Brandt", "r1.2", "named")], "a-olaf"),
        ([("the harbour minister", None, "unnamed")], "a-board"),
        ([("a harbour minister", None, "unnamed")], "l1"),
        ([("the indictment", None, "document")], "prosecution"),
        ([("the survey of the hull", None, "document")], "document:survey"),
        ([("the shipping company", None, "unnamed")], "institution:shipping company"),
        ([("a shipping company", None, "unnamed")], "l1"),
        ([("officials", None, "unnamed")], "l1"),
        ([("she", None, "unnamed")], "someone:l1"),
        ([("his neighbour", None, "unnamed")], "someone:l1"),
        ([("the sailors", None, "unnamed")], "l1"),
        ([("the police", None, "unnamed")], "l1"),
        ([("Aldmoor Post", None, "unnamed"), ("Olaf Brandt", "r1.2", "named")], "a-olaf"),
        ([("Olaf Brandt", "r1.2", "named"), ("officials", None, "unnamed")], "a-olaf"),
    ],
)
def test_the_innermost_voice_that_can_be_told_stands_behind_a_statement(
    voices: list[tuple[str, str | None, VoiceKind]], expected: str
) -> None:
    """Petra Lund, the harbour minister, speaks for the harbour board."""
    joined = {"r1.1": "a-petra", "r1.2": "a-olaf"}
    speaks = {"a-petra": "a-board", "a-olaf": "a-olaf", "a-board": "a-board"}
    roles = {"a-petra": frozenset({"harbour", "minister"}), "a-olaf": frozenset({"ferry", "captain"})}
    assert origin(said_by(*voices), "l1", joined, speaks, roles) == expected


def test_what_is_no_lineage_has_words() -> None:
    keys = ["l1", "someone:l1", "prosecution", "document:survey", "institution:shipping company"]
    assert words_for(keys, []) == {
        "prosecution": "the prosecution", "document:survey": "the survey",
        "institution:shipping company": "the shipping company",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("the public prosecutor's office", "prosecution"),
        ("Prosecutors in Tarnholm", "prosecution"),
        ("an affidavit", "prosecution"),
        ("charging documents", "prosecution"),
        ("the court", None),
        ("the ship's papers", None),
    ],
)
def test_one_office_speaks_in_many_forms(words: str, office: str | None) -> None:
    assert office_of(words) == office


KEYS = st.lists(st.sampled_from(["a1", "a2", "l1", "l2", "someone:l1", "someone:l2"]), min_size=1)


@given(KEYS, st.sampled_from(["someone:l1", "someone:l3"]))
def test_somebody_unnamed_may_be_any_voice_that_is_known(keys: list[str], somebody: str) -> None:
    known = [*keys, "a1"]
    assert independent([*known, somebody]) == independent(known)


def test_somebody_unnamed_is_not_what_another_newsroom_tells_of_itself() -> None:
    assert independent(["l1", "someone:l2"]) == 2
    assert independent(["l1", "someone:l1"]) == 1


@given(KEYS)
def test_there_is_at_least_one_origin_and_no_more_than_keys(keys: list[str]) -> None:
    assert 1 <= independent(keys) <= len(set(keys))


# --- the same sentence twice -------------------------------------------------------------------------------------------------

CRANE = "The old crane on the northern quay fell onto two lorries"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (CRANE, True),
        ("the old crane, on the northern quay, fell onto two lorries.", True),
        ("The tall crane on the northern quay fell onto two lorries", True),
        ("The tall crane on the northern quay fell onto two vans", False),
        ("Onto two lorries fell the old crane on the northern quay", False),
        ("The old crane fell", False),
    ],
)
def test_nine_words_in_ten_in_their_order_are_the_same_sentence(other: str, same: bool) -> None:
    assert same_wording(CRANE, other) == same


def test_what_is_too_short_may_be_written_twice() -> None:
    assert not same_wording("The old crane fell onto two lorries", "The old crane fell onto two lorries")
