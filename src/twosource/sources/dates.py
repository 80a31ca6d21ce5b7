"""A date of publication as ISO 8601, whatever form a file gives it in."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d-\d")
_ZONE = re.compile(r"(?<=\d)\s*(?:UTC|GMT)$")


def iso(given: str) -> str | None:
    """`given` as "2024-05-31" or "2024-05-31T18:30:00+02:00"; None where it is neither ISO 8601 nor the date of a mail
    (RFC 5322).

    A zone is kept where there is one and never made up; fractions of a second are dropped. Forms that mean two things
    ("04/05/2024") are no date.

    >>> iso("20240531"), iso("2024-05-31 18:30Z"), iso("Fri, 31 May 2024 18:30:00 +0200"), iso("31/5/24")
    ('2024-05-31', '2024-05-31T18:30:00+00:00', '2024-05-31T18:30:00+02:00', None)
    """
    text = _ZONE.sub("+00:00", given.strip())
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text).replace(microsecond=0).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(given.strip()).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
