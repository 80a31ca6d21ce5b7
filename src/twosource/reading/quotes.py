"""Who said what: direct speech by its marks, indirect and mixed speech by the parse.

What stands in quotation marks is speech where a cue of speech governs it: after it ("…," she said), before it (She said: "…"), or around it
(said the bloc would "raise the pressure"); or where it is a whole sentence and a neighbouring quotation or sentence says whose it is.
Anything else in marks is a title, a name, a term or irony, and no quote. One attribution is one `Quote`: a quotation interrupted
by its cue has several `parts`, and so has mixed speech, whose span is the whole clause and whose parts are the words in marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Actor, Modality, Polarity, Quote, Span, VoiceKind
from twosource.reading.attributions import Attribution, Range, attributions
from twosource.reading.coreference import Resolve
from twosource.reading.cues import DOCUMENTS
from twosource.reading.parse import Parse
from twosource.reading.quotation_marks import Stretch, stretches
from twosource.reading.speakers import Anchor, carried, cue_after, cue_before, is_term

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words in marks from which on they are taken for speech by themselves, and no longer parsed as the report's own words.
SPEECH_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Said:
    """One attribution on the way to a `Quote`: characters of the whole and of its parts, tokens of source and cue."""

    whole: Range
    parts: tuple[Range, ...]
    direct: bool
    source: Range | None
    speaker: Range | None
    cue: Range | None
    polarity: Polarity = "asserted"
    modality: Modality = "happened"


def quotes(parse: Parse, actors: Sequence[Actor], resolve: Resolve) -> tuple[Quote, ...]:
    """Every quote of the report, direct and indirect, in the order of the text."""
    doc = parse.doc
    if not len(doc):
        return ()
    marked = stretches(doc.text)
    tokens = _token_ranges(doc, marked)
    held = _held(doc, marked, tokens)
    by_syntax = list(attributions(doc, held))
    said = _direct(doc, marked, tokens, held, by_syntax)
    names = {a.id: a for a in actors}
    made = {_quote(parse, s, names, resolve) for s in said}
    return tuple(
        sorted(
            made,
            key=lambda q: (q.start, q.end, q.kind, q.source.start if q.source else -1, q.cue.start if q.cue else -1),
        )
    )


def _token_ranges(doc: Doc, marked: Sequence[Stretch]) -> list[Range]:
    """For each stretch the tokens that it and its marks touch."""
    starts = [t.idx for t in doc]
    return [(max(0, bisect_left(starts, s.start + 1) - 1), bisect_left(starts, s.end)) for s in marked]


def _held(doc: Doc, marked: Sequence[Stretch], tokens: Sequence[Range]) -> list[int]:
    """For each token the stretch that holds it, or −1; stretches of a few words stay part of the sentence around them."""
    held = [-1] * len(doc)
    for k, (a, b) in enumerate(tokens):
        words = sum(doc[i].is_alpha for i in range(a, b))
        if words >= SPEECH_WORDS or doc.text[marked[k].last - 1] in ",.?!":
            held[a:b] = [k] * (b - a)
    return held


def _direct(
    doc: Doc, marked: Sequence[Stretch], tokens: Sequence[Range], held: Sequence[int], by_syntax: Sequence[Attribution]
) -> list[_Said]:
    """All speech: what is in marks with its anchors, then the attributions by syntax that no quotation has used up."""
    anchors: list[Anchor | None] = []
    for k in range(len(marked)):
        anchor = None
        if not is_term(doc, marked[k], tokens[k]):
            anchor = cue_after(doc, marked, tokens, held, k) or cue_before(doc, marked, tokens, held, k)
        anchors.append(anchor)
    around = _around(tokens, by_syntax)
    for n, ks in around.items():
        anchor = anchors[ks[0]]
        if (
            anchor is not None
            and anchor.word == by_syntax[n].word
            and anchor.cue is not None
            and _reaches_out(doc, marked[ks[0]], tokens[ks[0]], anchor, by_syntax[n])
        ):
            anchors[ks[0]] = None
    said: list[_Said] = []
    used: set[int] = set()
    groups = _groups(doc, marked, tokens, anchors, {k: by_syntax[n].word for n, ks in around.items() for k in ks})
    previous: Anchor | None = None
    previous_end = 0
    for group in groups:
        anchor = next((anchors[k] for k in group if anchors[k] is not None), None)
        if anchor is None:
            anchor = carried(doc, marked, tokens, anchors, group, previous, previous_end, held, by_syntax)
        if anchor is None:
            continue
        previous, previous_end = anchor, marked[group[-1]].end
        if anchor.word is not None:
            used.add(anchor.word)
        parts = tuple((marked[k].first, marked[k].last) for k in group)
        start = min(parts[0][0], anchor.opens) if anchor.opens is not None else parts[0][0]
        said.append(
            _Said(
                (start, parts[-1][1]),
                parts,
                True,
                anchor.source,
                anchor.speaker,
                anchor.cue,
                anchor.polarity,
                anchor.modality,
            )
        )
    taken = {k for group in groups for k in group if anchors[k] is not None}
    for n, a in enumerate(by_syntax):
        inside = [k for k in around.get(n, ()) if k not in taken]
        if a.word in used:
            continue
        start, end = doc[a.content[0]].idx, doc[a.content[1] - 1].idx + len(doc[a.content[1] - 1])
        parts = tuple((marked[k].first, marked[k].last) for k in inside if not is_term(doc, marked[k], tokens[k]))
        direct = bool(parts) and _spoken(doc, a, [tokens[k] for k in inside])
        if direct:
            start, end = min(start, parts[0][0]), max(end, parts[-1][1])
        if direct and _covers(marked, inside, start, end):
            start, end = parts[0][0], parts[-1][1]
        said.append(
            _Said(
                (start, end),
                parts if direct else ((start, end),),
                direct,
                a.source,
                a.speaker,
                a.cue,
                a.polarity,
                a.modality,
            )
        )
    return said


def _reaches_out(doc: Doc, stretch: Stretch, tokens: Range, anchor: Anchor, a: Attribution) -> bool:
    """Whether the clause goes on behind marks that follow their cue at once: said "a few" of them had left."""
    behind = doc.text[stretch.last - 1]
    at_once = not anchor.follows and anchor.cue is not None and anchor.cue[1] == tokens[0]
    return at_once and behind not in ",.?!" and a.content[1] > tokens[1]


def _spoken(doc: Doc, a: Attribution, inside: Sequence[Range]) -> bool:
    """Whether the marks in what `a` attributes hold its source's own words, and no term, irony or wording of a document."""
    if a.act != "speech" or a.source is None or a.speaker is None:
        return False
    words = [t for b, e in inside for t in doc[b:e] if t.is_alpha]
    if a.frame == "thing" and len(words) < SPEECH_WORDS:
        return False
    of_document = doc[a.speaker[0] : a.speaker[1]].root.lemma_.lower() in DOCUMENTS
    return not of_document or any(t.pos_ in ("VERB", "AUX") for t in words)


def _covers(marked: Sequence[Stretch], inside: Sequence[int], start: int, end: int) -> bool:
    """Whether the content is nothing but the one stretch with its marks."""
    return len(inside) == 1 and marked[inside[0]].start <= start + 1 and end - 2 <= marked[inside[0]].end


def _around(tokens: Sequence[Range], by_syntax: Sequence[Attribution]) -> dict[int, list[int]]:
    """For each attribution the stretches that stand in its content; a stretch in several belongs to the innermost."""
    starts = [a for a, _ in tokens]
    best: dict[int, tuple[int, int]] = {}
    for n, a in enumerate(by_syntax):
        first, last = a.content
        k = bisect_left(starts, first - 1)
        while k < len(tokens) and tokens[k][0] < last:
            b, e = tokens[k]
            if min(e, last) - max(b, first) >= 0.5 * (e - b):
                rank = (a.act != "speech", last - first)
                known = best.get(k)
                if known is None or rank < (by_syntax[known[1]].act != "speech", known[0]):
                    best[k] = (last - first, n)
            k += 1
    around: dict[int, list[int]] = {}
    for k in sorted(best):
        around.setdefault(best[k][1], []).append(k)
    return around


def _groups(
    doc: Doc,
    marked: Sequence[Stretch],
    tokens: Sequence[Range],
    anchors: Sequence[Anchor | None],
    mixed: dict[int, int],
) -> list[list[int]]:
    """The stretches that are one quotation each: interrupted by their cue, side by side, or running over paragraphs."""
    groups: list[list[int]] = []
    for k in range(len(marked)):
        if groups and groups[-1][-1] == k - 1 and _goes_on(doc, marked, tokens, anchors, mixed, k):
            groups[-1].append(k)
        elif anchors[k] is not None or k not in mixed:
            groups.append([k])
    return groups


def _goes_on(
    doc: Doc,
    marked: Sequence[Stretch],
    tokens: Sequence[Range],
    anchors: Sequence[Anchor | None],
    mixed: dict[int, int],
    k: int,
) -> bool:
    """Whether stretch `k` is a further part of the quotation that the one before it belongs to."""
    before, here = anchors[k - 1], anchors[k]
    if marked[k - 1].runs_on:
        return True
    between = doc.text[marked[k - 1].end : marked[k].start]
    if "\n" in between:
        return False
    if here is not None:
        return before is not None and here.word is not None and here.word == before.word
    if not between.strip():
        return True
    if before is None or not before.follows or before.reaches < tokens[k][0] - 1:
        return False
    if _gone_on(doc, tokens[k - 1][1], tokens[k][0], before.word):
        return False
    return k not in mixed or mixed[k] == before.word


def _gone_on(doc: Doc, start: int, end: int, cue: int | None) -> bool:
    """Whether between two quotations the report has gone on, with a main clause besides that of the cue."""
    return any(
        doc[i].dep_ in ("nsubj", "nsubjpass")
        and doc[i].head.i != cue
        and start <= doc[i].head.i < end
        and doc[i].head.dep_ in ("conj", "ROOT")
        for i in range(start, end)
    )


def _quote(parse: Parse, said: _Said, actors: dict[str, Actor], resolve: Resolve) -> Quote:
    doc, report = parse.doc, parse.report

    def place(tokens: Range | None) -> Span | None:
        return parse.span(doc[tokens[0] : tokens[1]]) if tokens is not None else None

    source, cue = place(said.source), place(said.cue)
    actor = _actor(doc, said.speaker, actors, resolve)
    name = actor.name if actor is not None else (source.exact if source is not None else None)
    return Quote(
        report.id, said.whole[0], said.whole[1], report.text,
        kind="direct" if said.direct else "indirect", parts=tuple(report.span(a, b) for a, b in said.parts),
        speaker=actor.id if actor is not None else None, speaker_name=name, source=source, cue=cue,
        voice_kind=_voice_kind(doc, said.speaker, actor), polarity=said.polarity, modality=said.modality,
    )  # fmt: skip


def _actor(doc: Doc, speaker: Range | None, actors: dict[str, Actor], resolve: Resolve) -> Actor | None:
    """Who the words of the source mean.

    First a name in apposition to a common noun ("her lawyer, Ada Quill"), then the author of a document ("a statement by the
    ministry"), then the whole phrase.
    """
    if speaker is None:
        return None
    phrase = doc[speaker[0] : speaker[1]]
    tries = []
    last = speaker[1]
    while last > speaker[0] and doc[last - 1].pos_ == "PROPN":
        last -= 1
    if speaker[0] < last < speaker[1] and doc[last - 1].pos_ == "NOUN":
        # a title that runs into the name: "professor of law Ada Quill"
        who = resolve(doc[last : speaker[1]])
        if who is not None and who in actors and actors[who].kind == "person":
            return actors[who]
    if phrase.root.pos_ == "NOUN":
        # the small parser hangs an apposition on the nearest noun and sometimes calls it a conjunct
        named = [
            t
            for t in phrase
            if t.dep_ in ("appos", "conj") and t.pos_ == "PROPN" and doc[t.left_edge.i - 1].text == ","
        ]
        tries += [(t, {"person"}) for t in named[-1:]]
        if phrase.root.lemma_.lower() in DOCUMENTS:
            authors = [t for t in phrase if t.dep_ == "pobj" and t.head.lower_ in ("by", "from", "of")]
            tries += [(t, {"person", "organisation"}) for t in authors]
    for t, kinds in tries:
        start = max(speaker[0], min([t.i, *(c.i for c in t.lefts if c.dep_ in ("compound", "poss", "amod"))]))
        who = resolve(doc[start : t.i + 1])
        if who is not None and who in actors and actors[who].kind in kinds:
            return actors[who]
    who = resolve(phrase)
    return actors.get(who) if who is not None else None


def _voice_kind(doc: Doc, speaker: Range | None, actor: Actor | None) -> VoiceKind:
    if actor is not None and actor.kind in ("person", "organisation"):
        return "named"
    if speaker is not None and doc[speaker[0] : speaker[1]].root.lemma_.lower() in DOCUMENTS:
        return "document"
    return "unnamed"
