"""What a site's robots.txt allows us, and how long it asks us to wait (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.limits import CRAWL_DELAY_SECONDS, ROBOTS_RULES, VISIT_SECONDS

if TYPE_CHECKING:
    from protego import Protego

#: What sites call us in their robots.txt.
NAME = "twosource"


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's rules for us; without `rules` everything is allowed."""

    rules: Protego | None = None

    def allows(self, address: str) -> bool:
        """Whether we may ask for `address`."""
        return self.rules is None or bool(self.rules.can_fetch(address, NAME))

    @property
    def gap(self) -> float:
        """Seconds to leave between two visits: what it asks for, within our own bounds."""
        asked = self.rules.crawl_delay(NAME) if self.rules else None
        return min(max(asked or 0.0, VISIT_SECONDS), CRAWL_DELAY_SECONDS)


def robots(text: str) -> Robots | None:
    """The rules that a robots.txt writes; None where it writes more than can be weighed: each rule under each name."""
    from protego import Protego

    lines = text.splitlines()
    agents = sum(1 for line in lines if line.lstrip()[:10].lower() in ("user-agent", "user agent", "useragent:"))
    if agents * len(lines) > ROBOTS_RULES:
        return None
    return Robots(Protego.parse(text))
