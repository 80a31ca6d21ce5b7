"""Whence a report's bytes came: where, on what way, when, by which tool, run by whom. It is written once and never changed."""

from __future__ import annotations

import functools
import getpass
import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twosource.sources import Found


@dataclass(frozen=True, slots=True)
class Custody:
    """The chain of custody of one capture. `at` is UTC, ISO 8601; `answer` what the site said with the bytes, as JSON."""

    address: str
    at: str
    tool: str
    who: str
    redirects: tuple[str, ...] = ()
    answer: str | None = None


def now() -> str:
    """The time in UTC, to the microsecond: "2031-04-01T06:30:00.000000+00:00"."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@functools.cache
def tool() -> str:
    """Our name and version: "twosource/0.1.0"."""
    from importlib.metadata import version

    return f"twosource/{version('twosource')}"


@functools.cache
def who() -> str:
    """Who runs this: TWOSOURCE_WHO, else the account and the machine: "mara@desk-4"."""
    if named := os.environ.get("TWOSOURCE_WHO"):
        return " ".join(named.split())
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as containers have
        account = f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
    return f"{account}@{socket.gethostname()}"


def of(found: Found) -> Custody:
    """The custody of what was found now: of a fetched page as its capture says, of a file its whole path."""
    if (capture := found.capture) is None:
        place = found.place or found.report.url or found.report.file
        return Custody(os.path.abspath(place) if found.place and "://" not in place else place, now(), tool(), who())
    said = {
        "whole": capture.sha256 == found.report.sha256,  # and not a part of what was answered, as an item of a feed is
        "status": capture.status,
        "final": capture.final,
        "peer": capture.peer,
        "headers": [list(h) for h in capture.headers],
        "redirects": [[r.address, r.status] for r in capture.redirects],
    }
    way = tuple(r.address for r in capture.redirects)
    return Custody(
        capture.address,
        capture.retrieved,
        capture.tool,
        who(),
        way,
        json.dumps(said, ensure_ascii=True, sort_keys=True),
    )
