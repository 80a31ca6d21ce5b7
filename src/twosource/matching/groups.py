"""Groups of statements that say the same thing, out of pair scores, without chaining.

Pairs are taken from the likest down; two groups join where the statements across them say the same on average, and none is plainly
about something else: average linkage with a floor (correlation clustering by greedy agglomeration, Bansal, Blum and Chawla 2004).
A group is thus never held together by a chain of half-likenesses, as single linkage would have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def groups(count: int, scores: Mapping[tuple[int, int], float], *, joins: float, floor: float) -> list[list[int]]:
    """Partition 0..count-1. `scores` maps pairs (i < j) to log-odds; the mean across two groups must reach `joins`, each pair `floor`.

    A pair without a score falls under every floor. Gives sorted groups, sorted by their first member. Ties are taken in the order of the
    pairs, so the answer is always the same.

    >>> groups(3, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -5.0}, joins=0.0, floor=-2.0)
    [[0, 1], [2]]
    """
    group_of = list(range(count))
    members: dict[int, list[int]] = {i: [i] for i in range(count)}

    bearable: list[dict[int, float]] = [{} for _ in range(count)]
    for (i, j), score in scores.items():
        if score >= floor:
            bearable[i][j] = bearable[j][i] = score

    def fits(these: Sequence[int], those: Sequence[int]) -> bool:
        total = 0.0
        for x in these:
            near = bearable[x]
            for y in those:
                if y not in near:
                    return False
                total += near[y]
        return total / (len(these) * len(those)) >= joins

    likely = [(-score, pair) for pair, score in scores.items() if score >= joins]
    for _, (i, j) in sorted(likely):
        a, b = sorted((group_of[i], group_of[j]))
        if a == b or not fits(members[a], members[b]):
            continue
        for x in members[b]:
            group_of[x] = a
        members[a] += members.pop(b)
    return [sorted(members[g]) for g in sorted(members)]
