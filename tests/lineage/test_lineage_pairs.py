"""Pairs of reports, forty-two written before the code and three after it: rewrites of a wire of every kind, and pairs that only look alike.

`WIRE` is an agency's text about a ferry accident, a paragraph an entry; `OTHER` is the same event in a second newsroom's own words, and
`OWN` are paragraphs that a paper's own reporter wrote. The three later ones are the unclosed
mark, the line break in a quotation and the name of a crime. A pair is a copy where its second report carries text of the first newsroom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from twosource.lineage import trace
from twosource.model import Reading, Report

WIRE = (
    "Two ferries collided in thick fog near the mouth of Saltmouth harbour on Monday morning, killing three passengers and "
    "leaving at least nineteen others injured, the coast guard said.",
    "The larger vessel, the Marigold, was carrying 212 people from the island of Tern when it struck the side of the Petrel, "
    "which had stopped to let a tanker pass, officials said.",
    "“There was a terrible noise and then the whole deck was under water before anybody could find a life jacket,” "
    "said Ona Brill, a teacher who was travelling with her two children.",
    "Rescue boats from three towns reached the scene within half an hour and pulled dozens of people from the cold water, "
    "many of them suffering from shock and hypothermia.",
    "Harbour master Tam Reed told a news conference that the radar station on the northern pier had been out of service "
    "since Friday because of a failed power supply.",
    "Divers were still searching the lower decks of the Petrel late on Monday, but hopes of finding anyone else alive were "
    "fading as the tide turned and the wreck began to shift.",
    "The accident is the worst in the bay since 1987, when a freighter sank in a storm with the loss of eleven sailors, "
    "and it has renewed calls for stricter rules on sailing in fog.",
    "Transport Minister Lu Fenn ordered an inquiry and said both captains had been tested for alcohol, with results expected "
    "before the end of the week.",
)
OTHER = (
    "Three people died and some twenty were hurt when the passenger ships Marigold and Petrel ran into each other off "
    "Saltmouth on Monday.",
    "Visibility was close to nil at the time, according to the coast guard, which sent seven boats and a helicopter.",
    "Ms. Brill, 41, got her children out through a window. “There was a terrible noise and then the whole deck was under "
    "water before anybody could find a life jacket,” she recalled from a hospital bed.",
    "An electrical fault had silenced the radar on the pier three days earlier, Mr. Reed, who runs the port, conceded.",
    "Nobody has drowned in these waters in such numbers for decades; in 1987 a storm took eleven crewmen of a cargo ship.",
    "An official investigation begins today. Neither captain was drunk, a person briefed on the first tests told us.",
)
OWN = (
    "At the quay in Tern, where the Marigold had set out shortly after seven, relatives waited behind a rope for news and "
    "a café owner handed out soup until her kettles were empty.",
    "Our reporter counted eleven ambulances in the lane behind the fish market, their engines running, and two hearses "
    "that arrived without lights a little after noon.",
    "The island council will meet tonight to decide whether the regatta planned for Saturday can go ahead at all.",
    "Shares of the ferry company lost nine per cent before trading in them was halted at the request of its bank.",
)
SECOND_WIRE = (
    "Insurers put the first estimate of the damage at forty million crowns, and warned that the owner of the Petrel had "
    "let part of its cover lapse in the spring after a quarrel over premiums.",
    "The company's chairman flew back from a conference abroad and went straight to the hospital, where he spoke with "
    "families for more than two hours but left by a side door without a word to journalists.",
    "Unions representing deckhands have complained for years about rosters that leave crews with less than six hours of "
    "rest between sailings, and called a one-day strike for Thursday.",
)
SPEECH = (
    "“We will leave no stone unturned in finding out how two modern ships with every instrument known to man could sail "
    "into each other in broad daylight, and whoever is to blame will answer for it in court.”"
)
RELEASE = (
    '"Our thoughts are with the families of those who lost their lives, and we will give the authorities every help that '
    'we can while they establish what went wrong on that morning," the company said in a statement.'
)

LIGHT = {
    "thick": "dense", "morning": "forenoon", "leaving": "wounding", "officials": "authorities", "larger": "bigger",
    "dozens": "scores", "reached": "got to", "late on": "late", "hopes": "chances", "worst": "deadliest",
    "renewed": "revived", "ordered": "announced", "expected": "due", "scene": "site",
}  # fmt: skip


def lightly_edited(paragraphs: Sequence[str]) -> list[str]:
    out = []
    for paragraph in paragraphs:
        for old, new in LIGHT.items():
            paragraph = paragraph.replace(old, new)
        out.append(paragraph)
    return out


def trimmed(paragraphs: Sequence[str]) -> list[str]:
    """Every paragraph without what follows its last comma."""
    return [p[: p.rfind(",")] + "." if p.count(",") and "“" not in p else p for p in paragraphs]


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def curly_to_straight(paragraphs: Sequence[str]) -> list[str]:
    return [p.replace("“", '"').replace("”", '"') for p in paragraphs]


W, X, N, S = WIRE, OTHER, OWN, SECOND_WIRE
RE_LED = "Three people are dead after ferries crashed into one another in fog on the way into Saltmouth, rescuers say."

COPIES = {
    "the whole text": (text(*W), text(*W)),
    "under another heading": (text("Ferries collide in fog", *W), text("Three dead in harbour crash", *W)),
    "with a dateline": (text("SALTMOUTH (AP) — " + W[0], *W[1:]), text(*W)),
    "cut from the end, half left": (text(*W), text(*W[:4])),
    "cut to two paragraphs": (text(*W), text(*W[:2])),
    "cut to one paragraph": (text(*W), W[0]),
    "cut from the start": (text(*W), text(*W[4:])),
    "another lead": (text(*W), text(RE_LED, *W[1:])),
    "another lead and cut": (text(*W), text(RE_LED, *W[1:5])),
    "trimmed within its paragraphs": (text(*W), text(*trimmed(W))),
    "paragraphs in another order": (text(*W), text(W[0], *reversed(W[1:]))),
    "own paragraphs between": (text(*W), text(W[0], N[0], *W[1:4], N[1], *W[4:6])),
    "own paragraphs before": (text(*W), text(*N[:2], *W[:5])),
    "three paragraphs in a report of its own": (text(*W), text(*N, X[1], W[1], W[3], W[5], X[4])),
    "one paragraph in a report of its own": (text(*W), text(*N, X[1], W[3], X[4])),
    "words changed here and there": (text(*W), text(*lightly_edited(W))),
    "words changed, cut, another lead": (text(*W), text(RE_LED, *lightly_edited(W[1:5]))),
    "paragraphs run together": (text(*W), " ".join(W)),
    "one line against one line": (" ".join(W), " ".join((W[0], *W[3:6]))),
    "straight quotation marks and hyphens": (text(*W), text(*curly_to_straight(W))),
    "in capitals": (text(*W[:4]), text(*W[:4]).upper()),
    "stitched with a second agency": (text(*W), text(*W[:3], *S)),
    "both carry a third one's paragraphs": (text(N[0], W[1], W[3], N[1]), text(X[0], W[1], W[3], X[4])),
    "with a quotation mark that is never closed": (text(*W), text('The harbour, "as it were, is shut.', *W)),
    "each sentence on a line of its own": (text(*W), "\n".join(W)),
}
APART = {
    "the same event in own words": (text(*W), text(*X)),
    "the same quotation of a witness": (text(*W[1:4]), text(X[0], X[2])),
    "only the quotation": (W[2], X[2]),
    "the same speech": (text(N[0], f"{SPEECH} the minister said."), text(X[0], X[1], f"{SPEECH} Ms. Fenn said.")),
    "the same speech, other marks": (
        text(N[0], f"{SPEECH} the minister said."),
        text(X[0], SPEECH.replace("“", "«").replace("”", "»") + " So Ms. Fenn."),
    ),
    "speech in two pieces": (
        text(N[2], f"{SPEECH} the minister said."),
        text(X[3], SPEECH.replace(" ships with", " ships,” Ms. Fenn said, “with")),
    ),
    "a press release": (text(N[1], RELEASE), text(X[3], RELEASE.replace("the company said", "it said"))),
    "two press releases and a speech": (text(N[1], RELEASE, SPEECH), text(X[3], SPEECH, RELEASE)),
    "names and titles": (
        text("Transport Minister Lu Fenn, Harbour Master Tam Reed and Coast Guard Commander Ilse Vane met.", N[0]),
        text("Among them were Transport Minister Lu Fenn, Harbour Master Tam Reed and Coast Guard Commander Ilse Vane.", X[1]),
    ),
    "a long name": (
        text("The Joint Committee on the Safety of Passenger Shipping in the Northern Bay and the Outer Islands met.", N[2]),
        text("No word came from the Joint Committee on the Safety of Passenger Shipping in the Northern Bay and the "
             "Outer Islands.", X[4]),
    ),
    "the newsroom's formulas": (
        text(N[3], "The official spoke on condition of anonymity because he was not authorized to speak to the media."),
        text(X[5], "She spoke on condition of anonymity because she was not authorized to speak to the media."),
    ),
    "no comment": (
        text(N[3], "A spokesman for the bank did not immediately respond to a request for comment."),
        text(X[5], "The owner did not immediately respond to a request for comment on Monday."),
    ),
    "one heading": (text("Three dead as ferries collide in fog off Saltmouth", *N), text("Three dead as ferries collide in fog off Saltmouth", *X)),
    "a short phrase": (
        text("At least three people were killed and nineteen injured on Monday.", N[0]),
        text("At least three people were killed when ships met in fog.", X[1]),
    ),
    "other events": (text(*S), text(*X)),
    "page furniture": (
        text(N[0], "Sign up for our newsletter", "Share this article", "Read more: What we know so far"),
        text(X[0], "Sign up for our newsletter", "Share this article", "Read more: What we know so far"),
    ),
    "a running quotation": (
        text(X[0], "“We were told nothing at all by the company until the evening, and even then only by telephone.",
             "“I will not set foot on one of those ships again, and nor will anyone in my family,” said a passenger."),
        text(N[0], "Relatives were angry. “We were told nothing at all by the company until the evening, and even then only by "
             "telephone. I will not set foot on one of those ships again, and nor will anyone in my family,” one said."),
    ),
    "a quotation with a line break inside": (
        text(N[0], '"We were told nothing by the company until the evening.\nI will not set foot on one of those ships '
             'again, and nor will anyone in my family, "he said.'),
        text(X[0], "“We were told nothing by the company until the evening.\nI will not set foot on one of those ships "
             "again, and nor will anyone in my family.”"),
    ),
    "the name of a crime": (
        text(N[1], "The mate was charged with negligent navigation of a passenger vessel resulting in death and leaving a place of accident."),
        text(X[3], "One man has been charged with negligent navigation of a passenger vessel resulting in death and leaving a place of accident."),
    ),
    "a quotation inside an own sentence": (
        text(N[0], "She called it “a disgrace that no minister with a conscience could defend in front of the families” on Tuesday."),
        text(X[0], "It was “a disgrace that no minister with a conscience could defend in front of the families”, in her words."),
    ),
}  # fmt: skip


def reading(name: str, body: str, **known: str) -> Reading:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Reading(Report(name, f"{name}.txt", body, digest, digest, "text/1", **known), "en", None)


def copies(first: str, second: str) -> bool:
    traced = trace([reading("a", first), reading("b", second)])
    return any(e.kind == "copy" for lineage in traced.lineages for e in lineage.edges)


def test_there_are_forty_pairs_and_more() -> None:
    assert len(COPIES) + len(APART) >= 40


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_no_edge_where_nothing_of_the_newsroom_is_shared(pair: tuple[str, str]) -> None:
    traced = trace([reading("a", pair[0]), reading("b", pair[1])])
    assert [e for lineage in traced.lineages for e in lineage.edges] == []
    assert len(traced.lineages) == 2


def test_copies_are_found() -> None:
    right = [name for name, pair in COPIES.items() if copies(*pair)]
    wrong = [name for name, pair in APART.items() if copies(*pair)]
    f1 = 2 * len(right) / (len(right) + len(wrong) + len(COPIES))
    assert f1 >= 0.95, (sorted(set(COPIES) - set(right)), wrong)
