"""Which way the clause around an expression of time looks: at what has been or at what is to come.

A bare "Friday" is the last one or the next, as its verb says. The verb is the nearest above in the parse that tells; "expected", "due" and
the like look ahead whatever their own tense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from twosource.reading.time_calendar import Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Verbs and adjectives after which a clause or "for Friday" speaks of what is to come.
_AHEAD = frozenset(
    "schedule set plan expect due slate intend aim hope vow promise pledge plan likely prepare poise arrange propose agree want "
    "postpone delay reschedule adjourn ready about upcoming forthcoming order ask urge invite summon".split()
)
_MODALS = frozenset("will 'll ’ll shall wo would may might could should must can ca".split())
#: Verbs whose present tense tells nothing of when their clause holds: those of telling, and those that tie one thing to another.
_TELLING = frozenset("say have report tell write add note claim warn insist admit deny confirm announce".split())
_TIMELESS = frozenset(
    "date stem come follow mark show mean remain last seem appear think know believe want live "
    "stand concern cover".split()
)


def tense(doc: Doc, first: int, behind: int) -> Tense:
    """Which way the clause looks around the tokens from `first` up to, not with, `behind`; "open" where neither can be told."""
    if first and doc[first - 1].lower_ == "since":
        return "past"
    inside = range(first, behind)
    node = doc[max(first, behind - 1)]
    for _ in inside:
        if node.i in inside:
            node = node.head
    for steps in range(40):
        if node.pos_ in {"VERB", "AUX"} or node.lemma_.lower() in _AHEAD:
            # "is meeting them on Friday" looks ahead; what "is demanding a review of Friday's vote" says of Friday, the verb does not tell.
            seen = _tense_of(node, own=steps <= 1)
            if seen is not None:
                return seen
        if node.head is node:
            break
        node = node.head
    return "open"


def _tense_of(verb: Token, *, own: bool) -> Tense | None:
    """The tense of one verb with its auxiliaries; None where the verb above decides (a gerund, a bare infinitive)."""
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    word = verb.lemma_.lower()
    if word in _AHEAD and (verb.tag_ in {"VBN", "JJ"} or (verb.tag_ == "VBD" and word in {"set", "schedule"})):
        return "future"
    if any(h.lower_ in _MODALS or h.tag_ == "MD" for h in helpers):
        # "could have left on Monday" looks back.
        return "past" if any(h.lower_ == "have" for h in helpers) else "future"
    if verb.doc.lang_ != "en" and any("Tense=Fut" in str(t.morph) for t in (verb, *helpers)):
        return "future"
    if any(h.tag_ == "VBD" for h in helpers) or verb.tag_ == "VBD":
        return "past"
    if any(h.lemma_ == "have" for h in helpers):
        return "past"
    if any(h.lower_ == "to" for h in helpers):
        return (
            "future"
            if verb.head is not verb and (verb.head.lemma_.lower() in _AHEAD or verb.head.lemma_ in {"be", "go"})
            else None
        )
    if verb.tag_ == "VBG" and any(h.tag_ in {"VBP", "VBZ"} for h in helpers):
        return "future" if own else None
    if verb.tag_ == "VBN":
        return "past"
    if verb.tag_ in {"VBP", "VBZ"} and verb.lemma_ not in _TELLING:
        # "The deadline expires Sunday." But the present of a headline is the past: "Quake shakes coast Sunday"
        told = verb.sent.text.rstrip("\"'”’) \n")[-1:] in {".", "!", "?"}
        return "future" if own and told and verb.lemma_ not in _TIMELESS else "open" if verb.lemma_ != "be" else None
    return None
