"""twosource: the two-source rule as software. Given several reports of one event: what is established, by whom, where do they differ?

    import twosource

    told = twosource.compare(["ledger.txt", "tern.html"])
    for claim in told.claims:
        print(claim.verdict, claim.summary.exact, claim.reasons)

Names are imported when they are first used, so that `import twosource` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twosource.archive import Archive
    from twosource.calls import compare, group, read
    from twosource.errors import (
        ArchiveError,
        BrokenSpan,
        ModelError,
        QueryError,
        ReconciliationError,
        SourceError,
        TooLarge,
        TwoSourceError,
        UsageError,
    )
    from twosource.model import Claim, Reading, Reconciliation, Report, Span
    from twosource.outputs.json import from_json, to_json

    __version__: str

__all__ = [
    "Archive",
    "ArchiveError",
    "BrokenSpan",
    "Claim",
    "ModelError",
    "QueryError",
    "Reading",
    "Reconciliation",
    "ReconciliationError",
    "Report",
    "SourceError",
    "Span",
    "TooLarge",
    "TwoSourceError",
    "UsageError",
    "__version__",
    "compare",
    "from_json",
    "group",
    "read",
    "to_json",
]

_HOME = {
    "Archive": "archive",
    **dict.fromkeys(("compare", "group", "read"), "calls"),
    **dict.fromkeys(("Claim", "Reading", "Reconciliation", "Report", "Span"), "model"),
    **dict.fromkeys(("from_json", "to_json"), "outputs.json"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'twosource' has no attribute {name!r}")
    if name == "__version__":
        value: Any = importlib.import_module("importlib.metadata").version("twosource")
    else:
        value = getattr(importlib.import_module(f"twosource.{_HOME.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
