"""Who copied whom: reports → lineages, each the text of one newsroom.

`trace` is all that others need. `own` says what of a report is its newsroom's own text, `reuse` what one has of another's, `order` which
came first and whose newsroom it is, `told` who says to have something from whom, `owners` which outlets the user knows to be of one
house; `tracing` brings it together.
"""

from __future__ import annotations

from twosource.lineage.owners import Owners, read_owners
from twosource.lineage.tracing import Traced, trace

__all__ = ["Owners", "Traced", "read_owners", "trace"]
