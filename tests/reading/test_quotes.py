"""Who said what: every shape of direct, indirect and mixed speech, on invented sentences."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import Actor, Quote, Report
from twosource.reading.coreference import resolver
from twosource.reading.names import actors
from twosource.reading.parse import Parse, parse
from twosource.reading.pipeline import pipeline
from twosource.reading.quotation_marks import stretches
from twosource.reading.quotes import quotes


def parsed(text: str) -> Parse:
    return parse(Report("r1", "r1.txt", text, "", "", ""), pipeline())


def read(text: str) -> tuple[Quote, ...]:
    """Quotes without any actor: the source is what names the speaker."""
    return quotes(parsed(text), (), lambda tokens: None)


def direct(text: str) -> list[tuple[str, ...]]:
    return [tuple(p.exact for p in q.parts) for q in read(text) if q.kind == "direct"]


# --- marks ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('He said "yes" twice.', ["yes"]),
        ("He said “yes” twice.", ["yes"]),
        ("He said ‘yes’ twice.", ["yes"]),
        ("He said 'yes' twice.", ["yes"]),
        ("He said `yes' twice.", ["yes"]),
        ("He said ``yes'' twice.", ["yes"]),
        ("He said ''yes'' twice.", ["yes"]),
        ("He said «yes» twice.", ["yes"]),
        ("He said « yes » twice.", ["yes"]),
        ("He said »yes« twice.", ["yes"]),
        ("He said „yes“ twice.", ["yes"]),
        ("He said „yes” twice.", ["yes"]),
        ("“She told me ‘no’ at once,” he said.", ["She told me ‘no’ at once,"]),
        ("“We saw the workers’ rights go,” he said.", ["We saw the workers’ rights go,"]),
        ("‘We saw the workers’ rights go,’ he said.", ["We saw the workers’ rights go,"]),
        ("The '90s weren't the mayors' best; rock 'n' roll was.", []),
        ("It is 6'2\" long.", []),
        ("A “lost mark swallows nothing.\nThe “next” line stands.", ["next"]),
        ("“It ran on.\n\n“And ended here,” she said.", ["It ran on.", "And ended here,"]),
        ("She wrote:\n“A paragraph whose closing mark was left out.\nThe report goes on.", None),
    ],
)
def test_marks_open_and_close(text: str, held: list[str] | None) -> None:
    if held is None:
        held = ["A paragraph whose closing mark was left out."]
    assert [text[s.first : s.last] for s in stretches(text)] == held


# --- direct speech --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts", "source"),
    [
        ("“The bridge is safe,” Ada Quill said.", ("The bridge is safe,",), "Ada Quill"),
        ("“The bridge is safe,” said Ada Quill.", ("The bridge is safe,",), "Ada Quill"),
        ("Ada Quill said: “The bridge is safe.”", ("The bridge is safe.",), "Ada Quill"),
        ('Ada Quill said, "The bridge is safe."', ("The bridge is safe.",), "Ada Quill"),
        ("Ada Quill wrote:\n\n“The bridge is safe.”", ("The bridge is safe.",), "Ada Quill"),
        (
            "“The bridge,” the mayor said, “is safe for all.”",
            ("The bridge,", "is safe for all."),
            "the mayor",
        ),
        (
            "“The bridge is safe,” she said on Monday. “Nobody needs to worry.”",
            ("The bridge is safe,", "Nobody needs to worry."),
            "she",
        ),
        ("“Is the bridge safe?” asked the mayor.", ("Is the bridge safe?",), "the mayor"),
        ("“It was long.\n\n“And it was cold,” she said.", ("It was long.", "And it was cold,"), "she"),
        (
            "“The bridge is safe for everyone here.” — Ada Quill\n",
            ("The bridge is safe for everyone here.",),
            "Ada Quill",
        ),
        ("According to Ada Quill, “the bridge is safe for all.”", ("the bridge is safe for all.",), "Ada Quill"),
        (
            "The minister told reporters the bloc would “raise the pressure” on the town.",
            ("raise the pressure",),
            "The minister",
        ),
        ("Ada Quill called the plan “a waste of money”.", ("a waste of money",), "Ada Quill"),
    ],
)
def test_direct_speech_has_its_parts_and_its_source(text: str, parts: tuple[str, ...], source: str) -> None:
    found = [q for q in read(text) if q.kind == "direct"]
    assert [tuple(p.exact for p in q.parts) for q in found] == [parts]
    assert found[0].source is not None
    assert found[0].source.exact == source


def test_mixed_speech_spans_the_clause_and_has_the_words_in_marks_as_parts() -> None:
    (quote,) = read("The minister said the bloc would “raise the pressure” on the town.")
    assert quote.kind == "direct"
    assert quote.exact == "the bloc would “raise the pressure” on the town"
    assert [p.exact for p in quote.parts] == ["raise the pressure"]


def test_a_quotation_without_a_cue_carries_the_speaker_on() -> None:
    text = "“The bridge is safe,” Ada Quill said.\n\n“Nobody needs to worry about it.”\n\nThe river rose."
    first, second = (q for q in read(text) if q.kind == "direct")
    assert second.cue is None
    assert first.source == second.source


def test_a_quotation_carries_on_from_the_sentence_before_it() -> None:
    text = "Ada Quill dismissed the criticism.\n“The bridge will stand for a hundred years.”\n"
    said = [q for q in read(text) if q.kind == "direct"]
    assert [q.source.exact for q in said if q.source] == ["Ada Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “green wave” reached the town.",
        "The film “Rivers Of Stone” opened on Monday.",
        "Bo “Ironside” Marr won the race.",
        "They stood in “chains of hope” along the road.",
        "A charity named “Hands for Bellwick” was founded.",
    ],
)
def test_marks_that_hold_no_speech_are_no_quotes(text: str) -> None:
    assert direct(text) == []


# --- indirect speech ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("The mayor said that the bridge was shut.", "that the bridge was shut", "The mayor", "said"),
        ("The mayor said the bridge was shut.", "the bridge was shut", "The mayor", "said"),
        ("The bridge was shut, the mayor said.", "The bridge was shut", "the mayor", "said"),
        ("According to the police, the bridge was shut.", "the bridge was shut", "the police", "According to"),
        ("The bridge was shut, according to the police.", "The bridge was shut", "the police", "according to"),
        ("The mayor told residents that the bridge was shut.", "that the bridge was shut", "The mayor", "told"),
        ("The union called on the firm to reopen the bridge.", "the firm to reopen the bridge", "The union", "called"),
        ("The union urged the firm to reopen the bridge.", "the firm to reopen the bridge", "The union", "urged"),
        ("The firm denied that it had closed the bridge.", "that it had closed the bridge", "The firm", "denied"),
        ("The firm rejected the allegations.", "the allegations", "The firm", "rejected"),
        ("The mayor vowed to rebuild the bridge.", "to rebuild the bridge", "The mayor", "vowed"),
        ("Residents fear that the bridge will fall.", "that the bridge will fall", "Residents", "fear"),
        ("The report found that the bridge was weak.", "that the bridge was weak", "The report", "found"),
    ],
)
def test_indirect_speech_has_content_source_and_cue(text: str, content: str, source: str, cue: str) -> None:
    found = [q for q in read(text) if q.exact.rstrip(".") == content]
    assert found, [q.exact for q in read(text)]
    assert found[0].source is not None
    assert found[0].cue is not None
    assert (found[0].source.exact, found[0].cue.exact) == (source, cue)


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("The firm denied that it had closed the bridge.", "denied", "happened"),
        ("The mayor said that the bridge was shut.", "asserted", "happened"),
        ("The union urged the firm to reopen the bridge.", "asserted", "demanded"),
        ("The mayor vowed to rebuild the bridge.", "asserted", "planned"),
        ("Residents fear that the bridge will fall.", "asserted", "possible"),
        ("The mayor did not say whether the bridge was shut.", "asserted", "possible"),
        ("The mayor refused to say whether the bridge was shut.", "asserted", "possible"),
    ],
)
def test_the_cue_decides_on_polarity_and_modality(text: str, polarity: str, modality: str) -> None:
    found = {(q.polarity, q.modality) for q in read(text) if "bridge" in q.exact and not q.exact.startswith("to say")}
    assert found == {(polarity, modality)}


# --- who ------------------------------------------------------------------------------------------------------------------


def test_the_speaker_is_the_actor_that_the_source_means() -> None:
    text = "Mayor Ada Quill opened the bridge on Monday. “It is safe,” Quill said."
    p = parsed(text)
    who = actors(p)
    (quote,) = (q for q in quotes(p, who, resolver(p, who)) if q.kind == "direct")
    named = {a.id: a for a in who}
    assert quote.speaker is not None
    assert isinstance(named[quote.speaker], Actor)
    assert "Quill" in (quote.speaker_name or "")
    assert quote.voice_kind == "named"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The indictment says that he took the money.", "document"),
        ("Officials said that he took the money.", "unnamed"),
        ("Residents said that he took the money.", "unnamed"),
    ],
)
def test_voices_without_a_name_are_told_apart(text: str, kind: str) -> None:
    assert [q.voice_kind for q in read(text)] == [kind]


# --- what always holds ----------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "said",
        "the mayor",
        "Ada Quill",
        "she",
        "that",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "`",
        "''",
        ",",
        ".",
        "?",
        ":",
        "\n",
        "\n\n",
        "—",
        "according to",
        "denied",
        "bridge",
        "is",
        "workers’",
        "don't",
        "told",
        "It",
        "was",
        "shut",
    ]
)


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["", " "]))
def test_any_text_is_read_with_parts_inside_their_quote(words: list[str], joined: str) -> None:
    text = joined.join(words)
    for q in read(text):
        assert q.exact == text[q.start : q.end]
        assert q.parts
        assert q.parts[0].start >= q.start
        assert q.parts[-1].end <= q.end
        assert all(a.end <= b.start for a, b in pairwise(q.parts))
        assert all(p.exact == text[p.start : p.end] for p in q.parts)


@given(st.text(alphabet="ab sS.,'\"“”‘’«»„‚`\n", max_size=200))
def test_stretches_are_in_order_and_apart(text: str) -> None:
    found = stretches(text)
    assert all(s.start < s.first <= s.last <= s.end for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["“a ", "‘a’ ", "“It is so,” she said. ", "''", "'a \"b ", "“a\n"])
def test_marks_cost_linear_time(unit: str) -> None:
    def seconds(text: str) -> float:
        start = process_time()
        stretches(text)
        return process_time() - start

    small, large = min(seconds(unit * 2_000) for _ in range(3)), min(seconds(unit * 16_000) for _ in range(3))
    assert large < 8 * 4 * small + 0.05


def test_reading_twice_gives_the_same() -> None:
    text = "“The bridge is safe,” Ada Quill said. Officials denied that it was shut."
    assert read(text) == read(text)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The dam will hold, the mayor, Petra Lund, said.", "The dam will hold", "the mayor, Petra Lund"),
        (
            "Nobody was hurt, a spokeswoman for the port, Ada Quill, said.",
            "Nobody was hurt",
            "a spokeswoman for the port, Ada Quill",
        ),
    ],
)
def test_a_name_between_commas_before_its_cue_keeps_what_it_is_called(text: str, content: str, source: str) -> None:
    (found,) = read(text)
    assert found.exact == content
    assert found.source is not None
    assert found.source.exact == source
