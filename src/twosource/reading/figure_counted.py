"""What a figure counts: its unit, the noun with its modifiers, what happens to it, and a label in the tool's own words.

Read off the dependency parse. Where a number stands alone ("killed 12", "80 hurt"), the predicate says whether people are meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twosource.reading.figure_words import (
    FAMILIES,
    LIGHT,
    MEASURES,
    NOT_PEOPLE,
    PEOPLE,
    PEOPLE_ENDINGS,
    TIME_UNITS,
    words,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

_UP = 6
_MODIFIERS = frozenset({"amod", "compound", "acl", "nmod", "poss", "relcl"})
_HARM = frozenset({"kill", "injure", "arrest", "release", "evacuate", "rescue", "miss"})


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit; lemmas of what is counted, head first; lemmas of what happens to it; a label in the tool's own words."""

    unit: str
    counted: tuple[str, ...]
    event: tuple[str, ...]
    label: str


def is_people(lemma: str) -> bool:
    """Does the noun mean human beings?

    >>> is_people("protester"), is_people("violinist"), is_people("list")
    (True, True, False)
    """
    return lemma in PEOPLE or (lemma not in NOT_PEOPLE and len(lemma) > 4 and lemma.endswith(PEOPLE_ENDINGS))


def counted(tokens: Tokens, text: str, unit: str | None, form: str, end: int) -> Counted:
    """What the number of `tokens` counts; `unit` and `form` are those that its own words gave, `end` where its span ends."""
    doc = tokens.doc  # never doc.text here: it is put together anew, at the cost of the whole report, each time
    root = tokens.root
    inner = root
    age = is_age(tokens, text, unit, end)
    if unit is not None and unit not in {"people", "magnitude"} and form != "share":
        inner = _within(root, end)
    noun = _noun(inner, unit, form)
    nouns = _with_modifiers(noun, tokens) if noun is not None else ()
    event = _event(noun if noun is not None else inner)
    if noun is None and unit is None and not {FAMILIES.get(w) for w in event} & _HARM:
        event = (*_beside(tokens), *event)
    families = {FAMILIES.get(w, w) for w in (*event, *nouns)}
    scale = doc[tokens.end : tokens.end + 3].text.lower()
    if unit is None and noun is None and scale.startswith(("on the richter", "on richter", "on the open-ended")):
        unit = "magnitude"
    if unit is None:
        unit = _own_unit(noun, nouns, families, event)
    elif unit.startswith("-"):
        unit = doc[tokens.end + 1].lemma_.lower() if tokens.end + 1 < len(doc) else unit[1:]
        unit = "people" if is_people(unit) else unit
    if not nouns and unit == "people":
        nouns = ("person",)
    if age:
        unit, nouns, event = "year", ("age",), ()
    if unit == "magnitude":
        nouns = ("magnitude", *(n for n in nouns if n != "magnitude"))
    return Counted(unit, nouns, event, _label(unit, nouns, event))


def _within(root: Any, end: int) -> Any:
    """The unit's own token: climb from the number while the head still stands inside the figure."""
    for _ in range(_UP):
        head = root.head
        if head is root or not (root.i < head.i and head.idx < end) or head.idx + len(head) > end:
            break
        root = head
    return root


def _noun(root: Any, unit: str | None, form: str) -> Any:
    """The token of what is counted, or None where the number stands alone."""
    for child in root.rights:
        if (
            child.lower_ in {"of", "in"}
            and child.dep_ in {"prep", "quantmod"}
            and (child.lower_ == "of" or unit is not None)
        ):
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"} and inner.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
                    return inner
    node = root
    for _ in range(_UP):
        if (
            node.dep_ in {"nummod", "quantmod", "compound", "amod", "nmod", "npadvmod", "advmod", "det", "appos"}
            and node.head is not node
        ):
            head = node.head
            if head.pos_ in {"NOUN", "PROPN"}:
                return head if (head.i > node.i or unit is not None or head.pos_ == "NOUN") else None
            node = head
        else:
            break
    if unit is None and root.pos_ == "NOUN" and root.tag_ in {"NN", "NNS"} and root.lemma_.lower() not in _COUNTERS:
        return root
    return None


_COUNTERS = words(
    """
    dozen hundred thousand million billion trillion score ten half third quarter
    """
)


def _with_modifiers(noun: Any, tokens: Tokens) -> tuple[str, ...]:
    kinds, own = {"NOUN", "ADJ", "VERB", "PROPN"}, range(tokens.start, tokens.end)
    modifiers = (c for c in noun.children if c.dep_ in _MODIFIERS and c.pos_ in kinds and c.i not in own)
    lemmas = (_lemma(noun), *map(_lemma, modifiers))
    return tuple(dict.fromkeys(w for w in lemmas if w.isalpha() or "-" in w))


def _lemma(token: Any) -> str:
    return str(token.lemma_).lower()


def _event(node: Any) -> tuple[str, ...]:
    """Lemmas of what governs `node`: nouns on the way up, then the nearest verb, with a copula's complement."""
    words: list[str] = []
    for _ in range(_UP):
        head = node.head
        if head is node:
            break
        if head.pos_ in {"VERB", "AUX"}:
            if head.lemma_ == "lose" and any(c.dep_ == "dobj" and c.lemma_ == "life" for c in head.children):
                words.append("die")
            words.append(_lemma(head))
            for c in head.children:
                if c is node:
                    continue
                if c.dep_ in {"nsubj", "nsubjpass"} and (
                    node.dep_ not in {"nsubj", "nsubjpass"} or head.lemma_ == "be"
                ):
                    words.extend(_subject(c))
                elif c.dep_ in {"attr", "acomp", "oprd", "xcomp"} and c.pos_ in {"NOUN", "ADJ", "VERB"}:
                    words.append(_lemma(c))
            break
        if head.pos_ == "NOUN":
            words.append(_lemma(head))
            words.extend(_lemma(c) for c in head.children if c.dep_ == "compound")
        node = head
    return tuple(dict.fromkeys(w for w in words if len(w) > 1 and w not in _COUNTERS and w not in TIME_UNITS))


def _subject(subject: Any) -> list[str]:
    """Lemmas of a verb's subject; of "the number of dead" and "the count of people killed" also what is numbered."""
    if subject.pos_ not in {"NOUN", "ADJ", "PROPN", "VERB"}:
        return []
    words = [_lemma(subject)]
    for c in subject.children:
        if c.dep_ in {"compound", "amod", "acl"} and c.pos_ in {"NOUN", "ADJ", "VERB"}:
            words.append(_lemma(c))
        elif c.lower_ == "of" and words[0] in {"number", "count", "total", "tally", "share", "proportion", "figure"}:
            for inner in c.children:
                words.append(_lemma(inner))
                words.extend(_lemma(d) for d in inner.children if d.dep_ in {"acl", "amod", "compound"})
    return words


def _beside(tokens: Tokens) -> tuple[str, ...]:
    """What happens to people, by the words beside a bare number: headings ("Storm Kills 10, 80 Hurt") are often parsed wrong."""
    doc = tokens.doc
    for i in (tokens.start - 1, tokens.end):
        if 0 <= i < len(doc) and doc[i].is_alpha:
            low = doc[i].lower_
            for form in (
                low,
                low.removesuffix("s"),
                low.removesuffix("ed"),
                low.removesuffix("d"),
                low.removesuffix("ing"),
            ):
                if FAMILIES.get(form) in _HARM:
                    return (form,)
    return ()


def _own_unit(noun: Any, nouns: tuple[str, ...], families: set[str], event: tuple[str, ...]) -> str:
    """The unit of a number whose own words name none: people, or the counted noun in the singular."""
    if noun is not None:
        lemma = nouns[0] if nouns else _lemma(noun)
        if is_people(lemma) or lemma == "other" or noun.pos_ == "ADJ" or noun.ent_type_ in {"PERSON", "NORP"}:
            return "people"
        if families & {"shake"} and lemma in {"scale", "richter", "magnitude"}:
            return "magnitude"
        if lemma in {"population", "toll"}:
            return "people"
        return TIME_UNITS.get(lemma) or MEASURES.get(lemma) or lemma
    if "shake" in families and not families & _HARM:
        return "magnitude"
    return "people"


def is_age(tokens: Tokens, text: str, unit: str | None, end: int) -> bool:
    """Is it somebody's age: "37-year-old", "aged 12", "at the age of 30", "Ada Brook, 41,", "Ada Brook (41)", "who is 58"?"""
    if unit is not None and unit != "year":
        return False
    if text[max(0, end - 4) : end].lower() in {"-old", "olds"} or text[end : end + 4].lower() == " old":
        return unit == "year"
    at = tokens.start
    doc = tokens.doc
    before = [doc[i] for i in range(max(0, at - 3), at)]
    low = [t.lower_ for t in before]
    if low[-1:] in (["aged"], ["age"]) or low[-2:] == ["age", "of"]:
        return True
    if unit is not None or len(tokens) != 1 or not _of_a_life(tokens[0]):
        return False
    after = doc[tokens.end].text if tokens.end < len(doc) else ""
    number = tokens[0]
    return (
        _set_beside_a_person(number, before, after)
        or _after_a_person(number)
        or (after in _CLOSES and _said_of_a_person(number))
    )


#: What may follow an age that stands alone.
_CLOSES = frozenset({",", ".", ";", "and", "at", "on", "when", "”", '"', ""})
#: The oldest age that a number alone is taken for.
_OLDEST = 120


def _of_a_life(token: Any) -> bool:
    return token.text.isascii() and token.text.isdigit() and len(token.text) <= 3 and 1 <= int(token.text) <= _OLDEST


def _set_beside_a_person(number: Any, before: Sequence[Any], after: str) -> bool:
    """As in "Ada Brook, 41,", "Ada Brook (41)", "Ada Brook, now 41,", "the captain, 52,"."""
    if before and before[-1].lower_ in {"now", "then"}:
        before = before[:-1]
    if len(before) < 2:
        return False
    alone = number.dep_ == "appos" and before[-2].tag_ == "NN"  # nothing but a person has a number set beside it
    named = before[-2].pos_ == "PROPN" or before[-2].lower_.rstrip(".") in {"jr", "sr"} or alone
    return named and (
        (before[-1].text == "," and after in {",", ".", ";", ""}) or (before[-1].text == "(" and after == ")")
    )


def _after_a_person(number: Any) -> bool:
    """As in "a farmer of 58", "Ada Brook, a baker of 46,"."""
    of = number.head
    who = of.head
    return (
        of.lower_ == "of"
        and who.i == of.i - 1
        and (_one_person(who) or (who.dep_ == "appos" and who.head.ent_type_ == "PERSON"))
        and any(c.lower_ in {"a", "an"} for c in who.children)
    )


def _said_of_a_person(number: Any) -> bool:
    """As in "who is 58", "Lund was 34", "she turns 50"."""
    head = number.head
    if head.lemma_ not in {"be", "turn"} or number.i < head.i:
        return False
    return any(
        s.lower_ in {"who", "he", "she"} or s.ent_type_ == "PERSON" or _one_person(s)
        for s in head.children
        if s.dep_ == "nsubj"
    )


def _one_person(token: Any) -> bool:
    return token.tag_ == "NN" and is_people(token.lemma_.lower())


def _label(unit: str, nouns: tuple[str, ...], event: tuple[str, ...]) -> str:
    """A name for what is counted, the tool's own words.

    >>> _label("percent", ("vote",), ("win",))
    'percent of vote, win'
    """
    what = " ".join(nouns[:1])
    lead = (
        unit
        if not what or what in {unit, "person"}
        else f"{unit} of {what}"
        if unit == "percent"
        else f"{unit}, {what}"
    )
    doing = next((w for w in event if w not in LIGHT), "")
    return f"{lead}, {doing}" if doing and doing != what else lead
