"""A capture: what an address answered, as it came, and how one got there. The report is made of it and never outlives it.

When it was fetched is kept here and not in the report, so that the same bytes make the same report at any time of day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Redirect:
    """One step on the way: `address` answered with `status` and sent us on."""

    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Capture:
    """What an address answered. `body` is unpacked where it came packed (`Content-Encoding`), else as sent; `sha256` is its hash.

    `address` is what was asked for, `redirects` the way, `final` the address that answered, `peer` the network address that it was
    got from. `headers` are all but cookies, in the order sent, their names in small letters. `retrieved` is the time in UTC (ISO 8601,
    to the second); `tool` what fetched it, with its version. `status` is 200 to 299 but for 304, where nothing has changed since
    the capture whose `etag` and `modified` were sent along: then `body` is empty.
    """

    address: str
    redirects: tuple[Redirect, ...]
    final: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sha256: str
    retrieved: str
    peer: str
    tool: str

    def without_body(self) -> Self:
        """The same, but for the bytes: what stays with the reports made of it, so that they do not hold whole pages."""
        return replace(self, body=b"")

    @property
    def unchanged(self) -> bool:
        """Whether the site says that nothing has changed since the last capture."""
        return self.status == 304

    @property
    def etag(self) -> str | None:
        """What to send along the next time, to be told that nothing has changed."""
        return self.header("etag")

    @property
    def modified(self) -> str | None:
        """The same as a date, in the site's own words."""
        return self.header("last-modified")

    @property
    def media_type(self) -> str:
        """What the site says it is, in small letters: "text/html"; "" where it says nothing."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the site says it is in."""
        found = re.search(
            r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", self.header("content-type") or "", re.IGNORECASE
        )
        return found[1].lower() if found else None

    def header(self, name: str) -> str | None:
        """The first header of this name, given in small letters."""
        return next((value for key, value in self.headers if key == name), None)
