"""Which actors of many are worth weighing against which: every pair that the weighing could accept, and few others.

A pair that `matching.actors` joins has a whole form in common, or one is the other's acronym, or the words of their names are alike:
one word of a person's name at least (the others may be initials), every word of a place's or an organisation's, so that these are looked up
by their rarest word. A name written in one counts as a word. How words are alike is found once for all words, not once a pair of
names. `tests/matching/test_nearness.py` holds the answer against that of weighing all pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from twosource.matching.spelling import (
    alike,
    frame,
    organisation_words,
    person_words,
    plain,
    script,
    sounded,
    vowelless,
)
from twosource.model import Kind

#: No rule that joins actors takes two words for one that are less alike than this.
LEAST = 0.84

#: Words compared with all others in one go: it bounds the memory of the table.
_ROWS = 256

#: An actor as it is looked up: its kind, its name as the report has it, its forms in words.
Named = tuple[Kind, str, tuple[tuple[str, ...], ...]]


def near_pairs(actors: Sequence[Named]) -> list[tuple[int, int]]:
    """The pairs (i < j) of `actors` that may be one, sorted. Time grows with the pairs found and with the square of the number of
    distinct words, at some 50 ns each.

    >>> near_pairs([("person", "Ida Holm", (("ida", "holm"),)), ("person", "Ada Holme", (("ada", "holme"),)),
    ...             ("person", "Per Brandal", (("per", "brandal"),))])
    [(0, 1)]
    """
    crossed = len({script(name) for kind, name, _ in actors if kind == "person"}) > 1
    exact: defaultdict[Hashable, list[int]] = defaultdict(list)
    spellings: list[list[tuple[str, tuple[str, ...]]]] = []
    for n, (kind, name, forms) in enumerate(actors):
        for key in {*forms, *_acronyms(kind, forms)}:
            exact[key].append(n)
        spellings.append(sorted(_spellings(kind, name, forms, crossed)))
    pairs = {(i, j) for found in exact.values() for at, i in enumerate(found) for j in found[at + 1 :]}
    common = Counter((room, word) for found in spellings for room, words in found for word in set(words))
    holding: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    asking: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for n, found in enumerate(spellings):
        for room, words in found:
            asking[room, min(words, key=lambda word: (common[room, word], word))].add(n)
            for word in words:
                holding[room, word].add(n)
    for room in sorted({room for room, _ in holding}):
        for one, other in alike_words(word for at, word in holding if at == room):
            for asked, held in ((one, other), (other, one)):
                there = holding[room, held]
                pairs.update(
                    (i, j) if i < j else (j, i) for i in asking.get((room, asked), ()) for j in there if i != j
                )
    return sorted(pairs)


def initials(words: Sequence[str]) -> frozenset[str]:
    """What a name of several words may be called for short: by its first letters, states' short names kept whole.

    >>> sorted(initials(("us", "weather", "service")))
    ['usws', 'uws']
    """
    if len(words) < 2:
        return frozenset()
    first = "".join(w[0] for w in words)
    whole = "".join(w if w in {"us", "uk", "un", "eu"} else w[0] for w in words)
    if words[-1] in {"department", "ministry", "university"}:
        return frozenset({first, whole, f"{words[-1][0]}o" + "".join(w[0] for w in words[:-1])})
    return frozenset({first, whole})


def alike_words(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of distinct words (a word with itself too) that are at least `LEAST` alike, each pair once."""
    import numpy as np
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cdist

    plainly = sorted(set(words))
    sounds = [sounded(w) for w in plainly]
    # `alike` is at most the likeness of the words or of their sounds, but for words that differ in a vowel alone.
    found: set[tuple[int, int]] = set()
    for spelt in (plainly, sounds):
        for at in range(0, len(spelt), _ROWS):
            table = cdist(spelt[at : at + _ROWS], spelt[at:], scorer=JaroWinkler.similarity, score_cutoff=LEAST - 0.001)
            rows, columns = np.nonzero(table)
            found.update((at + i, at + j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if i < j)
    bones: defaultdict[str, list[int]] = defaultdict(list)
    for n, sound in enumerate(sounds):
        bones[vowelless(sound)].append(n)
    found.update((i, j) for same in bones.values() for at, i in enumerate(same) for j in same[at + 1 :])
    yield from ((w, w) for w in plainly)
    yield from ((plainly[i], plainly[j]) for i, j in sorted(found) if alike(plainly[i], plainly[j]) >= LEAST)


def _acronyms(kind: Kind, forms: Sequence[tuple[str, ...]]) -> Iterator[Hashable]:
    """Keys under which a short name and the long one that it stands for meet."""
    if kind in {"person", "place", "group"}:
        return
    for form in forms:
        shorts = form if len(form) == 1 else sorted(initials(form))
        yield from (("acronym", short) for short in shorts)


def _spellings(
    kind: Kind, name: str, forms: Sequence[tuple[str, ...]], crossed: bool
) -> set[tuple[str, tuple[str, ...]]]:
    """An actor's names as words that must all find one like them, each name with the room in which its words are looked up."""
    if kind == "group":
        return set()
    if kind == "person":
        whole = _words_of_person(name, forms)
        frames = {frame(w) for w in whole} if crossed else set()
        return {(kind, (w,)) for w in whole if w} | {("frame", (f,)) for f in frames if len(f) > 1}
    made: set[tuple[str, ...]] = set(forms)
    if kind != "place":
        fullest = max(forms, key=lambda f: (len(f), f))
        parts = organisation_words(" ".join(fullest))
        made.update((parts, ("".join(parts),)))
    return {(kind, words) for words in made if words}


def _words_of_person(name: str, forms: Iterable[tuple[str, ...]]) -> set[str]:
    """The words of the full names, one of which a namesake shares; a name's words in one among them."""
    full = [f for f in forms if len(f) > 1]
    if not full:
        return set()
    words = {full[0][-1], "".join(plain(name).split())}
    for spelling in {name, *(" ".join(f) for f in full)}:
        parts = person_words(spelling)
        once = tuple(w for i, w in enumerate(parts) if i == 0 or w != parts[i - 1])
        words.update(w for w in parts if len(w) > 1)
        words.update("".join(ws) for p in (parts, once) for ws in (p, sorted(p)))
    return words
