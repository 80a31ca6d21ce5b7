"""Parse → the figures of a report: every quantity as a closed range, with its unit and with what is counted.

The grammar runs over lexemes of the text, not over the parser's tokens, so that "60km", "magnitude-5.9" and "$3bn" read alike however
they were cut: qualifier · currency · number · range · unit · qualifier. What it proposes is then refused where it is no quantity:
a date, a clock time, an ordinal, a year, a label or part of a name (`twosource.reading.figure_refusals`). The ranges are those of the
spec's table "Figures: what words mean".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from twosource.model import Figure, Time
from twosource.reading.figure_counted import Counted, counted
from twosource.reading.figure_quantities import Quantity, quantities
from twosource.reading.figure_refusals import refused
from twosource.reading.figure_words import MEASURES, TIME_UNITS
from twosource.reading.parse import Parse


def figures(parse: Parse, times: Sequence[Time]) -> tuple[Figure, ...]:
    """The figures of the report, in the order of its text.

    `times` are its time expressions: what stands in a DATE, TIME or SET is no figure, a DURATION may be one.
    """
    text = parse.text
    of = parse.tongue.lexemes(text)
    starts = [t.idx for t in parse.doc]
    dated = sorted((t.start, t.end) for t in times if t.kind != "DURATION")
    found: list[Figure] = []
    for q in quantities(of):
        start, end = of[q.first].start, of[q.last - 1].end
        tokens = parse.doc[_token(starts, of[q.number].start) : _token(starts, of[q.number_end - 1].end - 1) + 1]
        at = bisect_left(dated, (start + 1,))
        if any(a < end and start < b for a, b in dated[max(0, at - 2) : at + 2]):
            continue
        if refused(q, of, tokens):
            continue
        what = counted(tokens, text, q.unit, q.form, end)
        low, high = bounded(q, what.unit)
        found.append(_figure(parse, start, end, low, high, what))
    return tuple(sorted((*found, *_none(parse)), key=lambda f: (f.start, f.end)))


def _figure(parse: Parse, start: int, end: int, low: float | None, high: float | None, what: Counted) -> Figure:
    return Figure(
        parse.report.id, start, end, parse.report.text, low=low, high=high, unit=what.unit, counted=what.counted, event=what.event,
        label=what.label,
    )  # fmt: skip


def _token(starts: Sequence[int], character: int) -> int:
    """The index of the token that holds `character`."""
    at = bisect_left(starts, character)
    return at if at < len(starts) and starts[at] == character else at - 1


def bounded(q: Quantity, unit: str) -> tuple[float | None, float | None]:
    """The closed range that the words mean; an end is None where they leave it open.

    A count of whole things begins one above "more than n"; of what can be divided, a hundredth of the last written digit above.
    """
    low: float | None = q.low
    high: float | None = q.high
    divisible = q.form == "share" or unit in MEASURED or unit.isupper() or unit == "percent" or unit == "magnitude"
    step = 0.01 * q.step if divisible else 1.0
    for bound in q.bounds:
        match bound:
            case "about":
                low, high = q.low * 0.9, q.high * 1.1
            case "almost":
                low, high = q.low * 0.9, max(q.high - step, q.low * 0.9)
            case "over":
                low, high = q.low + step, None
            case "least":
                low, high = q.low, None
            case "most":
                low, high = 0.0, q.high
            case "under":
                low, high = 0.0, max(q.high - step, 0.0)
            case "exact":
                pass
    if unit == "percent" and q.high <= 100 and q.form != "change":
        high = 100.0 if high is None else min(high, 100.0)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return None if low is None else round(low, 6), None if high is None else round(high, 6)


MEASURED = frozenset(TIME_UNITS.values()) | frozenset(MEASURES.values()) | {
    "square kilometre", "square mile", "square metre", "square foot", "degree Celsius", "degree Fahrenheit", "percentage point",
}  # fmt: skip


# --- nobody ------------------------------------------------------------------------------------------------------------------

_NOBODY = frozenset({"nobody", "none"})
_HARM = frozenset(["kill", "hurt", "injure", "wound", "harm", "die", "arrest", "detain"])
_HARM_NOUNS = frozenset(["casualty", "injury", "death", "fatality", "victim", "arrest"])


def _none(parse: Parse) -> tuple[Figure, ...]:
    """As in "No one was hurt", "no casualties": nought people."""
    found: list[Figure] = []
    for t in parse.doc:
        low = t.lower_
        if low not in {"no", "nobody", "none", "no-one"}:
            continue
        noun = t.head if low == "no" and t.head.i > t.i and t.dep_ == "det" else t
        verb = noun.head
        if low == "no" and noun.lemma_.lower() in _HARM_NOUNS and noun.tag_ in {"NN", "NNS"}:
            event = noun.lemma_.lower()
        elif (
            (low != "no" or noun.lower_ in {"one", "person", "people"})
            and noun.dep_ in {"nsubj", "nsubjpass"}
            and verb.lemma_.lower() in _HARM
        ):
            event = verb.lemma_.lower()
        else:
            continue
        end = noun if low == "no" and noun.lower_ == "one" else t
        found.append(
            _figure(
                parse, t.idx, end.idx + len(end), 0.0, 0.0, Counted("people", ("person",), (event,), f"people, {event}")
            )
        )
    return tuple(found)
