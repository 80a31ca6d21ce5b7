"""What the page of sixty reports of 1,000 words costs: to make, to keep, to open in Chromium.

    python benchmarks/page.py [--reports 60] [--words 1000] [--runs 5] [--json SAVED.json]

The reports are those of `generated.py`; `--json` takes a saved reconciliation instead, so that they need not be read anew. Opening is
timed in a fresh profile from navigation to the moment when the script has run and the page has answered a click on the first claim with
the place in its report. Beside it, in the same run, the floor: the same bytes of text as one bare HTML page without style or script.
Prints JSON and the bars. Exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BARS = {"megabytes": 3.0, "interactive_seconds": 1.5}

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()

#: When the script is done, and how long the page takes to answer from then on.
ASK = """() => {
  const ready = performance.now();
  if (!('ready' in document.documentElement.dataset)) return null;
  document.querySelector('a.q').click();
  const place = document.querySelector('.report.on .place');
  place.getBoundingClientRect();
  const [page] = performance.getEntriesByType('navigation');
  const answer = (performance.now() - ready) / 1000;
  return {interactive: page.domInteractive / 1000, answer, elements: document.querySelectorAll('*').length};
}"""


def opened(chromium: Any, file: Path, ask: str | None) -> dict[str, float]:
    """Seconds until the page is parsed and its script has run, and until it has answered a click."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(file.as_uri(), wait_until="domcontentloaded")
        if ask is None:
            ended = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive / 1000")
            return {"interactive": ended, "answer": 0.0, "elements": 0}
        told = page.evaluate(ask)
        if told is None:
            raise SystemExit("the page's script has not run")
        return dict(told)
    finally:
        context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="a saved reconciliation, in place of the generated reports")
    args = parser.parse_args()

    from playwright.sync_api import sync_playwright

    import twosource
    from twosource.outputs.json import from_json
    from twosource.outputs.page import to_page

    if args.json:
        told = from_json(args.json.read_bytes())
    else:
        from generated import story

        told = twosource.compare(story(args.reports, args.words))
    start = time.perf_counter()
    made = to_page(told).encode()
    making = time.perf_counter() - start
    bare = "".join(f"<p>{html.escape(line)}" for r in told.reports for line in r.text.splitlines()).encode()

    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        page, floor = Path(folder, "story.html"), Path(folder, "bare.html")
        page.write_bytes(made)
        floor.write_bytes(b"<!doctype html><meta charset=utf-8><title>bare</title>" + bare)
        browser = p.chromium.launch(executable_path=chromium, args=QUIET)
        rounds = [(opened(browser, page, ASK), opened(browser, floor, None)) for _ in range(args.runs + 1)][1:]
        browser.close()
    waited = statistics.median(a["interactive"] + a["answer"] for a, _ in rounds)
    beside = statistics.median(b["interactive"] for _, b in rounds)
    measured = {"megabytes": len(made) / 1e6, "interactive_seconds": waited}
    short = [name for name, bar in BARS.items() if measured[name] > bar]
    answer = {
        **{name: round(value, 3) for name, value in measured.items()},
        "bars": BARS,
        "holds": not short,
        "short": short,
        "making_seconds": round(making, 3),
        "answer_seconds": round(statistics.median(a["answer"] for a, _ in rounds), 3),
        "bare": {"interactive_seconds": round(beside, 3), "megabytes": round(len(bare) / 1e6, 3)},
        "ratio": round(waited / beside, 2),
        "elements": rounds[0][0]["elements"],
        "reports": len(told.reports),
        "words": sum(len(r.text.split()) for r in told.reports),
        "claims": len(told.claims),
        "runs": args.runs,
    }
    print(json.dumps(answer, indent=1))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
