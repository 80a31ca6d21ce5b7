"""A Reading as bytes that can be made a Reading again.

The bytes are JSON by the same description of the nouns that reconciliations are written by (`outputs.shape`), packed by zlib: a
reading is ten times as long as its report. Every span is cut from the report's text anew when it comes back, so that a reading of another
text, or a changed one, is refused.
"""

from __future__ import annotations

import json
import zlib

from twosource.errors import ArchiveError
from twosource.model import Reading, Report
from twosource.outputs.shape import Unfit, decoder, encode, fields

#: Packed readings grow to no more than this: the largest report read makes some 30 MB.
_UNPACKED = 512 * 1024 * 1024


def to_bytes(reading: Reading) -> bytes:
    """Everything in `reading` but its report."""
    body = {f.key: encode(getattr(reading, f.name), f.noun) for f in fields(Reading) if f.name != "report"}
    return zlib.compress(json.dumps(body, separators=(",", ":"), allow_nan=False).encode(), 6)


def from_bytes(body: bytes, report: Report) -> Reading:
    """The reading of `report` that `to_bytes` wrote.

    Raises ArchiveError, naming the place, where it is not whole or its spans are not the report's.
    """
    try:
        given = json.loads(unpacked(body))
        texts = {report.id: report.text}
        parts = {
            f.name: decoder(f.kind)(given[f.key], texts)
            for f in fields(Reading)
            if f.name != "report" and f.key in given
        }
        return Reading(report=report, **parts)
    except Unfit as wrong:
        raise ArchiveError(f"the reading of {report.id}: {wrong.place or 'it'} {wrong.why}") from None
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error) as wrong:
        raise ArchiveError(f"the reading of {report.id} is not whole: {wrong}") from None


def unpacked(body: bytes) -> bytes:
    """What was packed by zlib. Raises zlib.error, or ValueError where it is larger than anything that we pack."""
    loose = zlib.decompressobj()
    found = loose.decompress(body, _UNPACKED)
    if not loose.eof or loose.unused_data:
        raise ValueError("it ends too early or too late, or is too large")
    return found
