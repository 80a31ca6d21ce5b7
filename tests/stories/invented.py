"""Reports of invented events, for the tests of stories."""

from __future__ import annotations

from twosource.model import Report
from twosource.sources import from_text

FERRY = (
    "Ferry runs aground off Karsmouth\nThe ferry Osprey Bay ran aground off Karsmouth on Monday with 214 passengers aboard. "
    "Harbour master Elna Vist said nobody was hurt.",
    "Passengers brought ashore after Osprey Bay grounding\nAll 214 passengers of the ferry Osprey Bay were brought ashore at Karsmouth, "
    "harbour master Elna Vist told reporters. Tugs will try to free the vessel at high tide.",
    "Tugs free stranded ferry\nTwo tugs pulled the Osprey Bay off a sandbank near Karsmouth on Tuesday. Elna Vist, the harbour master, "
    "said the hull of the ferry was sound.",
)
OTHER_FERRY = (
    "Ferry runs aground off Dunleigh\nThe ferry Northern Pearl ran aground off Dunleigh on Monday with 87 passengers aboard. "
    "Coast guard captain Jorun Aske said two people were hurt.",
    "Northern Pearl still stuck\nThe Northern Pearl, a ferry with 87 passengers, was still stuck on rocks off Dunleigh. "
    "Captain Jorun Aske of the coast guard spoke of rough seas.",
)
BUDGET = (
    "Council of Velmouth passes budget\nThe council of Velmouth passed a budget of 41 million crowns after a long debate about "
    "school meals, treasurer Tomas Ryle said."
)


def reports(*texts: str, published: str | None = "2031-04-01", prefix: str = "") -> list[Report]:
    """A report for each text: 0.txt, 1.txt …"""
    return [from_text(t, file=f"{prefix}{n}.txt", published=published, language="en") for n, t in enumerate(texts)]
