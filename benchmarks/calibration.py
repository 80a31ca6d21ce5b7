"""Does a score mean what is said of it? Prints what `training/calibration.py` measured, and draws the reliability diagram.

    python benchmarks/calibration.py [--out docs/pictures/reliability.svg]

Each dot is a tenth of what is said: the pairs of statements of which it is said that so many in a hundred were one fact, against how many
were; its area grows with the number of pairs. On the diagonal what is said is so. Full dots: event coreference by others, on topics that
were not fitted on; hollow ones: stories that we wrote, of which nothing was fitted. Beside it, in the same run, stands the score as it is,
read as log-odds, uncalibrated. Exit status 1 where what is said is off by more than five in a hundred on average.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

#: Where the card keeps what was measured.
OTHERS, OURS = "measured on topics not fitted on", "measured on the stories that we wrote to fit on"

#: The most that what is said may be off, on average over pairs.
BAR = 0.05
#: The square that is drawn in, and the margin around it, in pixels.
SIDE, MARGIN = 360, 56

Row = dict[str, float]


def card() -> dict[str, Any]:
    text = resources.files("twosource.matching").joinpath("calibration.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def x(share: float) -> float:
    return round(MARGIN + share * SIDE, 1)


def y(share: float) -> float:
    return round(MARGIN + (1 - share) * SIDE, 1)


def dots(rows: Sequence[Row], style: str, what: str) -> list[str]:
    """A dot for each row, its area by the number of pairs, with what it stands for as its title."""
    most = max(r["pairs"] for r in rows)
    return [
        f'<circle cx="{x(r["said"])}" cy="{y(r["was"])}" r="{round(2.5 + 9 * math.sqrt(r["pairs"] / most), 1)}" {style}>'
        f"<title>{what}: of {r['pairs']} pairs said to be one fact in {round(100 * r['said'])} of 100, "
        f"{round(100 * r['was'])} of 100 were</title></circle>"
        for r in rows
    ]


def drawn(found: dict[str, Any]) -> str:
    """The diagram as SVG that needs nothing from anywhere."""
    others, ours = (found[k]["reliability"] for k in (OTHERS, OURS))
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    width = SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width + 34}" role="img" font-family="sans-serif" font-size="12" '
        'aria-labelledby="t">',
        '<title id="t">Of pairs of statements said to be one fact so often, how many were</title>',
        f'<rect width="{width}" height="{width + 34}" fill="#fff"/>',
        f'<path d="M{x(0)} {y(0)}H{x(1)}V{y(1)}H{x(0)}Z" fill="none" stroke="#888"/>',
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    for t in ticks:
        parts += [
            f'<text x="{x(t)}" y="{y(0) + 18}" text-anchor="middle">{round(100 * t)}</text>',
            f'<text x="{x(0) - 8}" y="{y(t) + 4}" text-anchor="end">{round(100 * t)}</text>',
        ]
    parts += dots(others, 'fill="#1a5fb4" fill-opacity="0.75"', "reports by others")
    parts += dots(ours, 'fill="none" stroke="#b34700" stroke-width="2"', "stories that we wrote")
    low = y(0) + 38
    parts += [
        f'<text x="{x(0.5)}" y="{low}" text-anchor="middle">said: of 100 pairs scored like this, so many were one fact</text>',
        f'<text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">so many were</text>',
        f'<circle cx="{x(0.0) + 6}" cy="{low + 24}" r="6" fill="#1a5fb4" fill-opacity="0.75"/>',
        f'<text x="{x(0.0) + 18}" y="{low + 28}">reports by others, topics not fitted on</text>',
        f'<circle cx="{x(0.66) + 6}" cy="{low + 24}" r="6" fill="none" stroke="#b34700" stroke-width="2"/>',
        f'<text x="{x(0.66) + 18}" y="{low + 28}">stories that we wrote</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs/pictures/reliability.svg")
    out = parser.parse_args().out
    found = card()
    out.write_text(drawn(found), encoding="utf-8")
    others = found[OTHERS]
    ours, bare = others["off by, on average"][found["method"]], others["off by, on average"]["the log-odds as they are"]
    answer = {
        "said, off by on average": ours,
        "uncalibrated": bare,
        "ratio": round(ours / bare, 3),
        "on stories that we wrote": found[OURS]["off by, on average"],
        "Brier score": others["Brier score"],
        "drawn": str(out),
        "bar": BAR,
        "holds": ours <= BAR,
    }
    print(json.dumps(answer, indent=1))
    return 0 if ours <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
