"""Who said what: direct speech by its marks, indirect and mixed speech by the parse.

What stands in quotation marks is speech where a cue of speech governs it: after it ("…," she said), before it (She said: "…"), or around it
(said the bloc would "raise the pressure"); or where it is a whole sentence and a neighbouring quotation or sentence says whose it is.
Anything else in marks is a title, a name, a term or irony, and no quote. One attribution is one `Quote`: a quotation interrupted
by its cue has several `parts`, and so has mixed speech, whose span is the whole clause and whose parts are the words in marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.model import Actor, Modality, Polarity, Quote, Span, VoiceKind
from twosource.reading.attribution_sources import Range
from twosource.reading.attributions import Attribution, attributions
from twosource.reading.coreference import Resolve
from twosource.reading.cues import DOCUMENTS
from twosource.reading.parse import Parse
from twosource.reading.quotation_marks import Stretch, stretches
from twosource.reading.speakers import Anchor, Scene, carried, cue_after, cue_before, is_term

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
    text = parse.text
    marked = stretches(text)
    tokens = _token_ranges(doc, marked)
    held = _held(doc, text, marked, tokens)
    scene = Scene(doc, text, marked, tokens, held, list(attributions(doc, held)))
    anchors, around = _anchors(scene)
    said = [*_in_marks(scene, anchors, around), *_by_syntax(scene, anchors, around)]
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


def _held(doc: Doc, text: str, marked: Sequence[Stretch], tokens: Sequence[Range]) -> list[int]:
    """For each token the stretch that holds it, or −1; stretches of a few words stay part of the sentence around them."""
    held = [-1] * len(doc)
    for k, (a, b) in enumerate(tokens):
        words = sum(doc[i].is_alpha for i in range(a, b))
        if words >= SPEECH_WORDS or text[marked[k].last - 1] in ",.?!":
            held[a:b] = [k] * (b - a)
    return held


def _anchors(scene: Scene) -> tuple[list[Anchor | None], dict[int, list[int]]]:
    """The cue beside each stretch, None where there is none; and for each attribution the stretches in its content."""
    around = _around(scene.tokens, scene.by_syntax)
    anchors = [
        None if is_term(scene, k) else cue_after(scene, k) or cue_before(scene, k) for k in range(len(scene.marked))
    ]
    for n, stretches_in in around.items():
        k = stretches_in[0]
        anchor = anchors[k]
        if anchor is not None and _reaches_out(scene, k, anchor, scene.by_syntax[n]):
            anchors[k] = None
    return anchors, around


def _in_marks(scene: Scene, anchors: list[Anchor | None], around: dict[int, list[int]]) -> Iterator[_Said]:
    """What stands in marks and has a cue beside it, or a neighbour to carry on from, which `anchors` then holds too."""
    previous: Anchor | None = None
    previous_end = 0
    inside = {k: scene.by_syntax[n].word for n, ks in around.items() for k in ks}
    for group in _groups(scene, anchors, inside):
        anchor = next((anchors[k] for k in group if anchors[k] is not None), None)
        anchor = anchor or carried(scene, anchors, group, previous, previous_end)
        if anchor is None:
            continue
        previous, previous_end = anchor, scene.marked[group[-1]].end
        for k in group:
            anchors[k] = anchors[k] or anchor
        parts = tuple((scene.marked[k].first, scene.marked[k].last) for k in group)
        start = min(parts[0][0], anchor.opens) if anchor.opens is not None else parts[0][0]
        whole = start, parts[-1][1]
        yield _Said(whole, parts, True, anchor.source, anchor.speaker, anchor.cue, anchor.polarity, anchor.modality)


def _by_syntax(scene: Scene, anchors: Sequence[Anchor | None], around: dict[int, list[int]]) -> Iterator[_Said]:
    """The attributions that no quotation has used up: mixed speech where words in marks stand in them, else indirect."""
    doc, marked = scene.doc, scene.marked
    used = {a.word for a in anchors if a is not None}
    for n, a in enumerate(scene.by_syntax):
        if a.word in used:
            continue
        start, end = doc[a.content[0]].idx, doc[a.content[1] - 1].idx + len(doc[a.content[1] - 1])
        inside = [k for k in around.get(n, ()) if anchors[k] is None and not is_term(scene, k)]
        parts = tuple((marked[k].first, marked[k].last) for k in inside)
        direct = bool(inside) and _spoken(doc, a, [scene.tokens[k] for k in inside])
        if direct:
            start, end = min(start, parts[0][0]), max(end, parts[-1][1])
            first, last = marked[inside[0]], marked[inside[-1]]
            if inside == inside[:1] and first.start <= start + 1 and end - 2 <= last.end:
                # nothing but what is in the marks
                start, end = parts[0]
        else:
            parts = ((start, end),)
        yield _Said((start, end), parts, direct, a.source, a.speaker, a.cue, a.polarity, a.modality)


def _reaches_out(scene: Scene, k: int, anchor: Anchor, a: Attribution) -> bool:
    """Whether the clause goes on behind marks that follow their cue at once: said "a few" of them had left."""
    if anchor.word != a.word or anchor.follows or anchor.cue is None:
        return False
    at_once = anchor.cue[1] == scene.tokens[k][0]
    return at_once and scene.text[scene.marked[k].last - 1] not in ",.?!" and a.content[1] > scene.tokens[k][1]


def _spoken(doc: Doc, a: Attribution, inside: Sequence[Range]) -> bool:
    """Whether the marks in what `a` attributes hold its source's own words, and no term, irony or wording of a document."""
    if a.act != "speech" or a.source is None or a.speaker is None:
        return False
    words = [t for b, e in inside for t in doc[b:e] if t.is_alpha]
    if a.frame == "thing" and len(words) < SPEECH_WORDS:
        return False
    of_document = doc[a.speaker[0] : a.speaker[1]].root.lemma_.lower() in DOCUMENTS
    return not of_document or any(t.pos_ in ("VERB", "AUX") for t in words)


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


def _groups(scene: Scene, anchors: Sequence[Anchor | None], inside: dict[int, int]) -> list[list[int]]:
    """The stretches that are one quotation each: interrupted by their cue, side by side, or running over paragraphs.

    `inside` gives the cue's token for each stretch that stands in an attribution's content.
    """
    groups: list[list[int]] = []
    for k in range(len(scene.marked)):
        if groups and groups[-1][-1] == k - 1 and _goes_on(scene, anchors, inside, k):
            groups[-1].append(k)
        elif anchors[k] is not None or k not in inside:
            groups.append([k])
    return groups


def _goes_on(scene: Scene, anchors: Sequence[Anchor | None], inside: dict[int, int], k: int) -> bool:
    """Whether stretch `k` is a further part of the quotation that the one before it belongs to."""
    before, here = anchors[k - 1], anchors[k]
    last = scene.marked[k - 1]
    if last.runs_on:
        return True
    between = scene.text[last.end : scene.marked[k].start]
    if "\n" in between:
        return False
    if here is not None:
        return before is not None and here.word is not None and here.word == before.word
    if not between.strip():
        return True
    start, end = scene.tokens[k - 1][1], scene.tokens[k][0]
    if before is None or not before.follows or before.reaches < end - 1:
        return False
    if _gone_on(scene.doc, start, end, before.word):
        return False
    return k not in inside or inside[k] == before.word


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
