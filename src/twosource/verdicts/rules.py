"""The verdicts, as spec/reconciliation.md words them: pure functions over counts and sides, readable in one sitting."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.model import Difference, Evidence, Verdict
from twosource.verdicts.origins import independent


def verdict(evidence: Sequence[Evidence], difference: Difference | None = None) -> Verdict:
    """What the evidence establishes.

    corroborated: at least two lineages carry it and it has at least two origins; one-origin: at least two lineages carry it, but
    all go back to one origin; single-source: one lineage carries it; conflicting: `difference` names sides that cannot all be true.
    """
    if difference is not None:
        return "conflicting"
    lineages = {e.lineage for e in evidence}
    if len(lineages) < 2:
        return "single-source"
    return "corroborated" if independent(e.origin for e in evidence) >= 2 else "one-origin"
