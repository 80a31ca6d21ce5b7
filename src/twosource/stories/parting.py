"""Is a story two? What later reports show of reports that were joined on little."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.stories.nearness import odds
from twosource.stories.profile import Profile, sum_of

#: Log-odds below which two parts of a story are told apart. Below those at which stories are joined, so that nothing is parted and joined
#: again by turns.
PARTED = -1.0

#: Fewest reports that are looked at: two against one say nothing of which two belong together.
FEWEST = 4

_ROUNDS = 3


def parts(members: Sequence[Profile]) -> tuple[list[int], list[int]] | None:
    """The two stories that `members` tell, as their places in the sequence, the first member's first; None where it is one.

    The member least like all others and the one least like that gather those nearer to them, a few times over.
    """
    if len(members) < FEWEST:
        return None
    all_together = sum_of(members)
    one = min(range(len(members)), key=lambda n: (odds(members[n], all_together), n))
    other = min((n for n in range(len(members)) if n != one), key=lambda n: (odds(members[n], members[one]), n))
    sides = [one], [other]
    a, b = members[one], members[other]
    for _ in range(_ROUNDS):
        near_a = [odds(m, a) >= odds(m, b) for m in members]
        new = [n for n, near in enumerate(near_a) if near], [n for n, near in enumerate(near_a) if not near]
        if not new[0] or not new[1]:
            return None
        if new == sides:
            break
        sides = new
        a, b = (sum_of([members[n] for n in side]) for side in sides)
    if odds(a, b) > PARTED:
        return None
    return sides if 0 in sides[0] else (sides[1], sides[0])
