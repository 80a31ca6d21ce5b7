"""Whose words a quotation holds: the cue after it, the cue before it, or the neighbour it carries on from.

Around quotation marks the parse is often broken, so that these rules read the words beside the marks in order and use the parse only
for the noun phrase of the subject. An `Anchor` says what was found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Modality, Polarity
from twosource.reading.attribution_sources import Range, source_of
from twosource.reading.attributions import Attribution, cue_range, stance
from twosource.reading.complements import lemma, verb_cue
from twosource.reading.cues import VERBS, Cue
from twosource.reading.quotation_marks import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Tokens that may stand between a quotation and its cue.
REACH = 30

_NAMING = frozenset(
    "so-called called dubbed nicknamed named titled entitled labeled labelled branded termed alias aka billed styled".split()
)
_TERMS = frozenset("word words term phrase slogan title headline hashtag nickname motto name expression label".split())
_USING = frozenset("use utter repeat coin invoke employ".split())
_FINAL = ".!?"
_SIGNATURE = re.compile(r"[^\S\n]{0,3}(?:[—–―]|--?)[^\S\n]{0,3}([^\W\d_][^\n]{1,60}?)[.,]?[^\S\n]{0,3}(?=\n|$)")
_DASHES = ("—", "–", "-", "―", "--")


@dataclass(frozen=True, slots=True)
class Scene:
    """What these rules read: the text, its stretches in marks with the tokens they touch, and the attributions by syntax.

    `held[i]` is the number of the stretch that token i stands in, or −1.
    """

    doc: Doc
    text: str
    marked: Sequence[Stretch]
    tokens: Sequence[Range]
    held: Sequence[int]
    by_syntax: Sequence[Attribution]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What ties a quotation to its speaker. `follows`: the cue stands after it; `reaches`: where the cue's clause ends.

    `opens` is the character where mixed speech begins before the first mark; `word` the cue's token, None where the speaker was carried on.
    """

    word: int | None
    cue: Range | None
    source: Range | None
    speaker: Range | None
    follows: bool
    reaches: int
    opens: int | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "happened"


def is_term(scene: Scene, k: int) -> bool:
    """Whether the marks hold a name, a title or a term: after "so-called" and the like, or a few words all in capitals' case."""
    doc, stretch, tokens = scene.doc, scene.marked[k], scene.tokens[k]
    before = doc[tokens[0] - 1] if tokens[0] > 0 else None
    if before is not None:
        if before.lower_ in _NAMING or (
            before.lower_ in ("as", "the") and tokens[0] > 1 and doc[tokens[0] - 2].lower_ in ("known", "so")
        ):
            return True
        if before.lemma_.lower() in _TERMS and not _uses(before):
            return True
    if _stands_first(scene.text, stretch):
        return False
    heavy = [t for t in doc[tokens[0] : tokens[1]] if t.is_alpha and len(t) > 3]
    return (
        2 <= len(heavy) <= 10
        and scene.text[stretch.last - 1] not in "?!"
        and all(t.is_title or t.is_upper for t in heavy)
    )


def _uses(noun: Token) -> bool:
    """Whether the noun is what somebody utters: used the word "…"."""
    return noun.dep_ == "dobj" and lemma(noun.head) in _USING


def _stands_first(text: str, stretch: Stretch) -> bool:
    """Whether the marks open a line, a sentence, or what a comma or colon introduces."""
    before = text[max(0, stretch.start - 3) : stretch.start].rpartition("\n")[2].strip()
    return not before or before[-1] in ".!?:,"


def cue_after(scene: Scene, k: int) -> Anchor | None:
    """The cue that follows stretch `k`: "…," she said; "…", said the mayor, who …"""
    doc, tokens, held = scene.doc, scene.tokens, scene.held
    s, i = scene.marked[k], tokens[k][1]
    last = scene.text[s.last - 1]
    limit = min(tokens[k + 1][0] if k + 1 < len(tokens) else len(doc), i + REACH, len(doc))
    attached = last in ",?!—–-…" or (i < len(doc) and doc[i].text in (",", "—", "–") and i < limit)
    named = _signed(scene, k, limit)
    if named is not None:
        return Anchor(None, None, named, named, True, named[1])
    begin = i
    while begin < limit and doc[begin].text in (",", *_DASHES):
        begin += 1
    if begin >= limit or (doc[begin].is_space and "\n" in doc[begin].text):
        return None
    for j in range(begin, limit):
        t = doc[j]
        if t.is_space and "\n" in t.text:
            return None
        if t.text in _FINAL or t.text in (":", ";"):
            return None
        as_clause = doc[begin].lower_ == "as" and t.pos_ == "VERB" and verb_cue(t) is not None
        if not (_quotes(t) or as_clause):
            continue
        if t.tag_ == "VBG" and not any(c.dep_ == "nsubj" for c in t.children):
            continue
        if not attached and j - begin > 6:
            return None
        source, speaker = _beside(doc, t, begin, limit, held)
        if source is None:
            continue
        if not attached and not (source[0] == begin or j == begin):
            return None
        if last == "." and doc[begin].text[0].isupper():
            # the next sentence, which introduces words of its own
            return None
        reaches = j
        furthest = min(tokens[k + 1][0] if k + 1 < len(tokens) else len(doc), j + 2 * REACH, len(doc))
        while reaches < furthest and doc[reaches].text not in _FINAL and "\n" not in doc[reaches].text:
            reaches += 1
        polarity, modality = stance(t, _cue(t), "quote")
        return Anchor(j, cue_range(t), source, speaker, True, reaches, _opening(scene, k), polarity, modality)
    return None


def _signed(scene: Scene, k: int, limit: int) -> Range | None:
    """The name under a quotation, as in "…" — Ada Lovelace: behind a dash, with nothing else on its line.

    Read by characters, since the tokens glue a dash to the mark.
    """
    doc, i = scene.doc, scene.tokens[k][1]
    signature = _SIGNATURE.match(scene.text, scene.marked[k].end)
    if signature is None:
        return None
    begin = max(0, i - 1)
    while begin < limit and doc[begin].idx < signature.start(1):
        begin += 1
    end = begin
    while end < limit and doc[end].idx + len(doc[end]) <= signature.end(1):
        end += 1
    if begin >= end or any(t.pos_ in ("VERB", "AUX") for t in doc[begin:end]):
        return None
    return begin, end


def cue_before(scene: Scene, k: int) -> Anchor | None:
    """The cue that introduces stretch `k`: She said: "…"; he wrote, "…"; the mayor: "…"."""
    doc, tokens, held = scene.doc, scene.tokens, scene.held
    start, end = tokens[k]
    if start == 0:
        return None
    floor = max(tokens[k - 1][1] if k else 0, start - REACH, 0)
    p = start - 1
    broken = False
    while p >= floor and doc[p].is_space:
        broken = broken or "\n" in doc[p].text
        p -= 1
    if p < floor:
        return None
    # a colon introduces the next paragraph too; a comma only what stands on its line
    colon = doc[p].text == ":"
    if broken and not colon:
        return None
    comma = doc[p].text == ","
    if _uses(doc[p]):
        verb = doc[p].head
        source, speaker = source_of(verb, held)
        return (
            Anchor(verb.i, (verb.i, p + 1), source, speaker, False, end) if source is not None and verb.i < p else None
        )
    if not (colon or comma or _quotes(doc[p])):
        return None
    reach = start - floor
    for j in range(p, max(floor - 1, p - reach), -1):
        t = doc[j]
        if (t.is_space and "\n" in t.text) or (t.text in _FINAL and t.dep_ == "punct" and j < p):
            break
        if t.lower_ == "according" and j + 2 < p:
            return Anchor(j, (j, j + 2), (j + 2, p), (j + 2, p), False, end)
        if _quotes(t) or _infinitive(t):
            source, speaker = source_of(t, held)
            if source is None:
                continue
            polarity, modality = stance(t, _cue(t), "quote")
            return Anchor(j, cue_range(t), source, speaker, False, end, None, polarity, modality)
    if colon and p > floor:
        return _before_colon(doc, p, floor, end, held)
    return None


def _before_colon(doc: Doc, p: int, floor: int, end: int, held: Sequence[int]) -> Anchor | None:
    """The speaker before a colon without a verb of speech: "The mayor: …", or the subject of "He had a message: …"."""
    line = p
    while (
        line > floor
        and not (doc[line - 1].is_space and "\n" in doc[line - 1].text)
        and doc[line - 1].text not in _FINAL
    ):
        line -= 1
    while line < p and (doc[line].is_space or doc[line].is_punct):
        line += 1
    if line >= p:
        return None
    verbs = [t for t in doc[line:p] if t.pos_ in ("VERB", "AUX")]
    if not verbs and p - line <= 8 and doc[line].pos_ in ("PROPN", "NOUN", "DET", "PRON", "ADJ"):
        return Anchor(None, (p, p + 1), (line, p), (line, p), False, end)
    for verb in verbs:
        if verb.dep_ == "ROOT" or verb.head.i >= p or verb.head.i < line:
            source, speaker = source_of(verb, held)
            if source is not None and line <= source[0] and source[1] <= p:
                return Anchor(None, (verb.i, p + 1), source, speaker, False, end)
    name = p
    while name > line and doc[name - 1].pos_ == "PROPN":
        name -= 1
    return Anchor(None, (p, p + 1), (name, p), (name, p), False, end) if name < p else None


def carried(
    scene: Scene, anchors: Sequence[Anchor | None], group: Sequence[int], previous: Anchor | None, previous_end: int
) -> Anchor | None:
    """Whose a quotation without a cue is: the next one's in its sentence, the last one's before it, or the subject's just before."""
    text, marked = scene.text, scene.marked
    k = group[0]
    s = marked[k]
    if not _sentence_like(scene, k):
        return None
    after = group[-1] + 1
    if after < len(marked):
        following = anchors[after]
        gap = text[marked[group[-1]].end : marked[after].start]
        if following is not None and "\n" not in gap and not gap.strip(" ,.") and following.follows:
            return _same(following)
    # the last who spoke before it, in the sentence or paragraph that stands directly before
    last = _spoke_before(scene, scene.tokens[k][0])
    gap = text[previous_end : s.start]
    near = previous is not None and gap.strip().count("\n") <= 1 and len(gap) <= 400
    if last is not None and scene.doc[last[0]].idx >= previous_end:
        return Anchor(None, None, last[1], last[2], False, -1)
    return _same(previous) if near and previous is not None else None


def _spoke_before(scene: Scene, first: int) -> tuple[int, Range | None, Range | None] | None:
    """The cue, source and speaker of the sentence before token `first`."""
    doc, held, by_syntax = scene.doc, scene.held, scene.by_syntax
    i = first - 1
    while i > 0 and (doc[i].is_space or doc[i].is_punct):
        i -= 1
    if i < 0:
        return None
    sentence = doc[i].sent
    n = bisect_left(by_syntax, first, key=lambda a: a.word) - 1
    found = None
    while n >= 0 and by_syntax[n].word >= sentence.start:
        # the main clause's cue comes before those inside its content
        if by_syntax[n].source is not None and (found is None or by_syntax[n].act == "speech" or found.act != "speech"):
            found = by_syntax[n]
        n -= 1
    if found is not None:
        return found.word, found.source, found.speaker
    for j in range(max(sentence.start, i - REACH), i + 1):
        if held[j] < 0 and _quotes(doc[j]):
            source, speaker = source_of(doc[j], held)
            if source is not None:
                return j, source, speaker
    return None


def _same(anchor: Anchor) -> Anchor:
    """The same speaker for another quotation."""
    return Anchor(None, None, anchor.source, anchor.speaker, False, -1)


def _sentence_like(scene: Scene, k: int) -> bool:
    """Whether the marks hold a sentence: a capital at its beginning, an end mark or a verb, and nothing before it in its sentence."""
    doc, text, s, tokens = scene.doc, scene.text, scene.marked[k], scene.tokens[k]
    inner = text[s.first : s.last].strip()
    if not inner or not (inner[0].isupper() or inner[0] in "…[.("):
        return False
    before = text[max(0, s.start - 2) : s.start].rpartition("\n")[2].strip()
    if before and before[-1] not in '.!?:"”’':
        return False
    return s.runs_on or inner[-1] in ".!?…," or any(t.pos_ in ("VERB", "AUX") for t in doc[tokens[0] : tokens[1]])


def _quotes(token: Token) -> bool:
    """Whether the token is a verb that takes direct speech."""
    if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") or token.dep_ in ("aux", "amod", "compound"):
        return False
    if token.pos_ in ("NOUN", "PROPN", "ADJ") and token.lower_ not in (
        "says",
        "said",
        "tweets",
        "adds",
        "writes",
        "asks",
    ):
        return False
    cue = verb_cue(token)
    return cue is not None and cue.takes("quote")


def _infinitive(token: Token) -> bool:
    """Whether the token is "to" with a verb of speech before a quotation that the tagger took for a noun ("to mouth, …")."""
    doc, i = token.doc, token.i
    if not 0 < i < len(doc) - 1 or doc[i - 1].lower_ != "to" or doc[i + 1].text not in (",", ":"):
        return False
    cue = VERBS.get(token.lower_)
    return cue is not None and cue.takes("quote")


def _cue(token: Token) -> Cue:
    return verb_cue(token) or VERBS["say"]


def _beside(doc: Doc, cue: Token, begin: int, limit: int, held: Sequence[int]) -> tuple[Range | None, Range | None]:
    """The source of a cue after a quotation: by the parse where that stays on its side of the marks, else by the order of words."""
    source, speaker = source_of(cue, held)
    if source is not None and begin <= source[0] and source[1] <= limit:
        return source, speaker
    if begin < cue.i <= begin + 12 and doc[begin].pos_ in ("PROPN", "PRON", "DET", "NOUN", "ADJ"):
        end = cue_range(cue)[0]
        if end > begin:
            return (begin, end), (begin, end)
    if cue.i <= begin + 1 and cue.i + 1 < limit:
        end = cue.i + 1
        while (
            end < limit
            and doc[end].text not in ",.;:!?"
            and doc[end].pos_ in ("PROPN", "DET", "NOUN", "ADJ", "PRON", "NUM", "PART")
        ):
            end += 1
        if end > cue.i + 1:
            return (cue.i + 1, end), (cue.i + 1, end)
    return None, None


def _opening(scene: Scene, k: int) -> int | None:
    """Where mixed speech begins that its cue follows: the sentence's beginning, where words stand before the mark."""
    doc, tokens = scene.doc, scene.tokens
    if not scene.text[scene.marked[k].first].islower():
        return None
    floor = tokens[k - 1][1] if k else 0
    i = tokens[k][0]
    while i > floor and not doc[i].is_sent_start and "\n" not in doc[i - 1].text:
        i -= 1
    while i < tokens[k][0] and (doc[i].is_space or doc[i].is_punct):
        i += 1
    return doc[i].idx if i < tokens[k][0] else None
