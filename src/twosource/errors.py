"""What can go wrong, as one tree.

    TwoSourceError
    ├── UsageError          the call asks for something that does not exist or does not fit
    │   └── QueryError      the words of a search cannot be read as a query: at which place
    ├── SourceError         a file or a record cannot be read as a report
    │   ├── TooLarge        it stands over a cap of `twosource.limits`
    │   ├── Forbidden       an address that may not be asked: it points inside, gives up TLS, or its site forbids it
    │   └── Unanswered      an address gave no answer that can be read
    ├── BrokenSpan          a span's words are not the report's words at that place
    ├── ReconciliationError a saved reconciliation is not one, or not whole
    ├── ArchiveError        the archive cannot be reached or written, or what it holds is not what was kept
    └── ModelError          a model file is missing, or not the one it should be

Every message says what was wrong, where, and what to do about it.
"""

from __future__ import annotations


class TwoSourceError(Exception):
    """Anything that twosource reports to its user."""


class UsageError(TwoSourceError):
    """The call asks for something that does not exist or does not fit."""


class QueryError(UsageError):
    """The words of a search cannot be read as a query: `why`, and `at` which character of `query` (counted from 0)."""

    def __init__(self, query: str, at: int, why: str) -> None:
        super().__init__(f"the search cannot be read at character {at + 1}: {why}")
        self.query = query
        self.at = at
        self.why = why


class SourceError(TwoSourceError):
    """A file or a record cannot be read as a report: `file` names it, `why` says what is wrong with it."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file = file
        self.why = why


class TooLarge(SourceError):
    """It stands over a cap of `twosource.limits`."""


class Forbidden(SourceError):
    """An address that may not be asked: it points inside, it would give up TLS, or its site's robots.txt forbids it."""


class Unanswered(SourceError):
    """An address gave no answer that can be read.

    `status` is that of HTTP, None where there was none; `again` the seconds after which it may be asked again, None where
    asking again is of no use.
    """

    def __init__(self, file: str, why: str, status: int | None = None, again: float | None = None) -> None:
        super().__init__(file, why)
        self.status = status
        self.again = again


class BrokenSpan(TwoSourceError):
    """A span's words are not the report's words at that place."""


class ReconciliationError(TwoSourceError):
    """A saved reconciliation is not one, or not whole."""


class ArchiveError(TwoSourceError):
    """The archive cannot be reached or written, or what it holds is not what was kept."""


class ModelError(TwoSourceError):
    """A model file is missing, or not the one it should be."""
