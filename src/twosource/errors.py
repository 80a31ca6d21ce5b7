"""What can go wrong, as one tree.

    TwoSourceError
    ├── UsageError          the call asks for something that does not exist or does not fit
    ├── SourceError         a file or a record cannot be read as a report
    │   └── TooLarge        it stands over a cap of `twosource.limits`
    ├── BrokenSpan          a span's words are not the report's words at that place
    ├── ReconciliationError a saved reconciliation is not one, or not whole
    └── ModelError          a model file is missing, or not the one it should be

Every message says what was wrong, where, and what to do about it.
"""

from __future__ import annotations


class TwoSourceError(Exception):
    """Anything that twosource reports to its user."""


class UsageError(TwoSourceError):
    """The call asks for something that does not exist or does not fit."""


class SourceError(TwoSourceError):
    """A file or a record cannot be read as a report: `file` names it, `why` says what is wrong with it."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file = file
        self.why = why


class TooLarge(SourceError):
    """It stands over a cap of `twosource.limits`."""


class BrokenSpan(TwoSourceError):
    """A span's words are not the report's words at that place."""


class ReconciliationError(TwoSourceError):
    """A saved reconciliation is not one, or not whole."""


class ModelError(TwoSourceError):
    """A model file is missing, or not the one it should be."""
