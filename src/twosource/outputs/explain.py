"""Why one claim stands as it does: each statement with its voice, lineage, origin and place, what brought them together, the reasons,
what would change it.

What would change it follows from who says what in which lineage, by the rules of spec/reconciliation.md; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from twosource.model import Claim, Evidence, Reconciliation, Verdict
from twosource.outputs.order import SHAPES, find_claim, in_order, letters, names, sides
from twosource.outputs.wording import count, differing_words, listed, origin_words, outlet, visible

if TYPE_CHECKING:
    from twosource.outputs.sheet import Block, Sheet


def explain(reconciliation: Reconciliation, claim_id: str, *, width: int = 80, colour: bool = False) -> str:
    """Why the claim `claim_id` stands as it does, as text: its id, the beginning of it, or its number in the listing.

    Raises UsageError where that names no claim, or several.
    """
    from twosource.outputs.sheet import Sheet, render

    sheet = Sheet(width, colour, True, letters(reconciliation), names(reconciliation))
    return render(_blocks(reconciliation, claim_id, sheet), sheet)


def what_would_change(claim: Claim, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What would give the claim another verdict, in words: a function of who says what in which lineage, and nothing else.

    `names` gives the name of each actor, by its id, so that the voice can be named from which another one must come.
    """
    lineages, origins = claim.lineages, claim.origins
    conflict = "A statement that cannot be true beside it would make it conflicting."
    who = one_voice(claim, names or {})
    if claim.verdict == "single-source":
        if who is None:
            return (
                "A second newsroom that says it for itself, or has it from a voice of its own, would make it corroborated. "
                "One that only takes over this text would not.",
                conflict,
            )
        return (
            f"A second newsroom that says it for itself, or has it from anybody but {who}, would make it corroborated.",
            f"A second newsroom that quotes {who} too would make it one origin: repeated, not confirmed.",
            conflict,
        )
    if claim.verdict == "one-origin":
        if who is None:
            return (
                f"All of its {count(lineages, 'newsroom')} go back to one origin. One newsroom that says it for itself, "
                "or one voice of its own, would make it corroborated.",
                conflict,
            )
        return (
            f"All of its {count(lineages, 'newsroom')} have it from {who}. One newsroom that does not quote {who}, but says it for "
            "itself or has it from somebody else, would make it corroborated.",
            conflict,
        )
    if claim.verdict == "corroborated":
        spare = min(lineages, origins) - 2
        losing = (
            "It rests on two: without one of its newsrooms, or if two of its origins proved to be one, it would fall."
            if spare <= 0
            else f"It would bear the loss of {count(spare, 'newsroom')} or of as many origins; with one more lost it would fall."
        )
        if origins > 2 and lineages == 2:
            losing = (
                "Without one of its two newsrooms it would be a single source, however many origins that newsroom has."
            )
        return (losing, conflict)
    if claim.verdict == "updated":
        first = "Were the values of one and the same time, they would be conflicting."
        return (
            (first,)
            if claim.correction
            else (first, "A later value that is lower, uncorrected, would make it conflicting.")
        )
    if claim.difference is None:
        return ()
    return tuple(
        f"Without side {other}, side {one} alone would be {standing(side)}."
        for one, side in enumerate(_parted(claim), 1)
        for other in [", ".join(str(n) for n in range(1, len(claim.difference.sides) + 1) if n != one)]
    )


def one_voice(claim: Claim, names: Mapping[str, str]) -> str | None:
    """The one voice that all the claim's statements go back to, in words; None where there are several, or none is named."""
    origins = {e.origin for e in claim.evidence}
    behind = {e.lineage for e in claim.evidence}
    (origin,) = origins if len(origins) == 1 else ("",)
    return None if origin in behind else origin_words(origin, names)


def together(claim: Claim, letters: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Which of the claim's statements were joined, why, and what their score means: a sentence for each join."""
    report = {e.id: e.report for e in claim.evidence}
    told = []
    for join in claim.joins:
        one, other = (report[s] for s in join.statements)
        words = dict.fromkeys(s.exact for s in join.spans if s.report == one)
        shared = [names[a] for a in join.actors if a in names]
        both = [f"name {listed(shared)}"] if shared else []
        both += [f"say {listed([f'“{visible(w)}”' for w in words])}"] if words else []
        what = f"both {' and '.join(both)}" if both else "alike in sense, though they share no telling word"
        score = "they give one and the same quantity" if join.agree is None else meaning(join.agree)
        told.append(f"{letters[one]} and {letters[other]}: {what}; {score}.")
    return tuple(told)


def meaning(agree: float) -> str:
    """What a calibrated score means, in a reader's words.

    >>> meaning(0.87)
    'of 100 pairs of statements scored like this, 87 were one fact'
    """
    return f"of 100 pairs of statements scored like this, {round(100 * agree)} were one fact"


def standing(evidence: Sequence[Evidence]) -> str:
    """The verdict, in words, of evidence that nothing contradicts: from its lineages and origins.

    >>> standing(())
    'no claim'
    """
    if not evidence:
        return "no claim"
    lineages, origins = len({e.lineage for e in evidence}), len({e.origin for e in evidence})
    verdict: Verdict = "single-source" if lineages < 2 else "one-origin" if origins < 2 else "corroborated"
    return f"{SHAPES[verdict][1]} ({count(lineages, 'newsroom')}, {count(origins, 'origin')})"


def _parted(claim: Claim) -> tuple[tuple[Evidence, ...], ...]:
    """The evidence of each side of the difference, without what takes no side."""
    assert claim.difference is not None
    return tuple(tuple(e for e in claim.evidence if e.id in side) for side in claim.difference.sides)


def _blocks(r: Reconciliation, claim_id: str, sheet: Sheet) -> Iterator[Block]:
    from twosource.outputs.sheet import Block, evidence_text, plain
    from twosource.outputs.terminal import claim_head

    n = find_claim(r, claim_id)
    claim = n.claim
    yield Block(claim_head(n), indent=4)
    yield Block(plain(f"{claim.id} · {count(len(claim.evidence), 'statement')}", "dim"), "    ", 4)
    parted, rank = sides(claim), sheet.rank
    named = len(claim.difference.sides) if claim.difference else 0
    for i, side in enumerate(parted, 1):
        if named:
            yield Block(plain(f"side {i}" if i <= named else "on neither side", "bold"), "  ", 4)
        for e in sorted(side, key=lambda e: (rank[e.report], e.start)):
            yield Block(
                evidence_text((sheet.letters[e.report],), e, differing_words(claim.difference), sheet), "    ", 6
            )
            yield Block(plain(_behind(e, r, sheet), "dim"), "      ", 8)
    if claim.joins:
        yield Block(plain("what brought them together", "bold"), "  ", 4)
        for why in together(claim, sheet.letters, sheet.names):
            yield Block(plain(visible(why)), "    ", 6)
    yield Block(plain("why", "bold"), "  ", 4)
    for reason in claim.reasons or ("The verdict carries no reasons of its own.",):
        yield Block(plain(visible(reason)), "    ", 6)
    changes = what_would_change(claim, sheet.names)
    if changes:
        yield Block(plain("what would change it", "bold"), "  ", 4)
        for change in changes:
            yield Block(plain(visible(change)), "    ", 6)
    yield Block(plain("reports", "bold"), "  ", 4)
    those = {e.report for e in claim.evidence}
    for report in in_order(r.reports):
        if report.id in those:
            headed = dict.fromkeys((outlet(report), visible(report.file)))  # one name where no outlet is known
            words = f"{sheet.letters[report.id]}  {' · '.join(headed)} · text sha-256 {report.text_sha256[:12]}"
            yield Block(plain(words), "    ", 7)


def _behind(e: Evidence, r: Reconciliation, sheet: Sheet) -> str:
    """Who stands behind a statement, and where it stands."""
    lineage = next((x for x in r.lineages if x.id == e.lineage), None)
    root = f"the text of {sheet.letters[lineage.root]}" if lineage else e.lineage
    origin = "the report itself" if e.origin == e.lineage else origin_words(e.origin, sheet.names) or "an unnamed voice"
    if e.voice and e.origin == e.lineage:
        origin = "an unnamed voice, counted with its newsroom"
    return f"origin: {visible(origin)} · newsroom: {root} · characters {e.start} to {e.end} · {e.id}"
