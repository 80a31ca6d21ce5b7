"""What is kept: captures with their custody, reports in all their versions, readings, and a log that proves them.

`Archive` is what a program calls. Below it, each module does one thing over the same tables (`schema`), on SQLite or PostgreSQL behind the
seam of `store`:

    incoming   sources → what is found in them          identity   which report a capture is a version of
    adding     … → captures, reports, versions          custody    where, when, by which tool, run by whom
    versions   taking versions out again                rows       a Report as a row, and back
    rereading  versions → readings                      readings   a Reading as bytes, and back
    checking   is all of it what was kept?              log        the chained log of changes
    upgrades   the steps from one schema to the next
"""

from __future__ import annotations

from twosource.archive.archive import Archive
from twosource.archive.versions import Version

__all__ = ["Archive", "Version"]
