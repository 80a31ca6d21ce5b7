"""Wire credit on PolNeAR beside a dateline pattern alone, in one run: `python benchmarks/credit.py --data PATH`, PATH as TWOSOURCE_DATA."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from twosource.sources.credit import credit

DATELINE = re.compile(r"^.{0,60}\((AP|Reuters|AFP|UPI)\)", re.MULTILINE)


def floor(text: str) -> str | None:
    """What the bare pattern of a dateline finds."""
    found = DATELINE.search(text[:600])
    return found[1] if found else None


def score(reports: list[dict[str, str]], find: Callable[[str], str | None]) -> dict[str, float]:
    right = wrong = missed = named = 0
    began = time.perf_counter()
    for report in reports:
        wire, found = report["wire"].strip(), find(report["text"])
        if wire == "None":
            wrong += found is not None
        elif found is None:
            missed += 1
        else:
            right += 1
            named += wire.lower() == found.lower()
    took = time.perf_counter() - began
    return {
        "f1": round(2 * right / max(1, 2 * right + wrong + missed), 4),
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "named": round(named / max(1, right), 4),
        "reports_per_second": round(len(reports) / took, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    files = [data / "data" / "polnear" / name for name in ("train.jsonl", "dev.jsonl")]
    reports = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    reports = [r for r in reports if (r.get("wire") or "NA").strip() != "NA"]
    ours, dateline = score(reports, credit), score(reports, floor)
    print(
        json.dumps(
            {
                "reports": len(reports),
                "twosource": ours,
                "dateline": dateline,
                "ratio": round(ours["f1"] / dateline["f1"], 4),
            }
        )
    )


if __name__ == "__main__":
    main()
