"""Groups of statements that say the same thing, out of pair scores, without chaining.

Pairs are taken from the likest down; two groups join where the statements across them say the same on average, and none is plainly
about something else: average linkage with a floor (correlation clustering by greedy agglomeration, Bansal, Blum and Chawla 2004).
A group is thus never held together by a chain of half-likenesses, as single linkage would have it.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Log-odds of a pair that was never a candidate.
STRANGERS = -8.0


def groups(count: int, scores: Mapping[tuple[int, int], float], *, joins: float, floor: float) -> list[list[int]]:
    """Partition 0..count-1. `scores` maps pairs (i < j) to log-odds; the mean across two groups must reach `joins`, each pair `floor`.

    Gives sorted groups, sorted by their first member. Ties are taken in the order of the pairs, so the answer is always the same.

    >>> groups(3, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -5.0}, joins=0.0, floor=-2.0)
    [[0, 1], [2]]
    """
    group_of = list(range(count))
    members: dict[int, list[int]] = {i: [i] for i in range(count)}

    def score(a: int, b: int) -> float:
        return scores.get((a, b) if a < b else (b, a), STRANGERS)

    for (i, j), best in sorted(scores.items(), key=lambda kv: (-kv[1], kv[0])):
        if best < joins:
            break
        a, b = sorted((group_of[i], group_of[j]))
        if a == b:
            continue
        across = [score(x, y) for x in members[a] for y in members[b]]
        if min(across) < floor or sum(across) / len(across) < joins:
            continue
        for x in members[b]:
            group_of[x] = a
        members[a] += members.pop(b)
    return [sorted(members[g]) for g in sorted(members)]
