"""Quotes against PolNeAR, beside a plain floor in the same run.

    python benchmarks/quotes.py --data /path/to/shared

Prints JSON: what `eval/score_quotes.py` gives for `twosource` on PolNeAR dev, the same for a regex that takes what stands in double
quotation marks with the capitalised words beside "said", the ratio of the two, and the words a second on top of the parse.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

from twosource.model import Report
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline
from twosource.reading.quotes import quotes

NAME = r"(?P<name>(?:[A-Z][\w.’'-]+ ?){1,4}|he|she|they)"
SAID = r"(?:said|says|told|wrote|added|asked)"
FLOOR = re.compile(rf"[“\"](?P<said>[^“”\"\n]+)[”\"](?:,? (?:{NAME} ?{SAID}|{SAID} {NAME.replace('name', 'other')}))?")


def floor(text: str) -> list[dict[str, Any]]:
    """Everything in double quotation marks, with a name beside "said" where there is one."""
    found = []
    for m in FLOOR.finditer(text):
        group = next((g for g in ("name", "other") if m[g]), None)
        source = {"start": m.start(group), "end": m.end(group)} if group else None
        found.append({"start": m.start("said"), "end": m.end("said"), "kind": "direct", "source": source, "cue": None})
    return found


def place(span: Any) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span is not None else None


def score(data: Path, gold: Path, system: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": k, "quotes": v}) + "\n" for k, v in system.items())
        out.flush()
        command = [sys.executable, str(data / "eval" / "score_quotes.py"), str(gold), out.name]
        figures: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {k: v["f1"] if isinstance(v, dict) else v for k, v in figures.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    data = options.parse_args().data
    gold = data / "data" / "polnear" / "dev.jsonl"
    ours: dict[str, list[dict[str, Any]]] = {}
    plain: dict[str, list[dict[str, Any]]] = {}
    words, seconds = 0, 0.0
    for line in gold.read_text(encoding="utf-8").splitlines():
        d = json.loads(line)
        parsed = parse(Report(d["id"], d["id"], d["text"], "", "", ""), pipeline())
        start = process_time()
        # the scorer asks for the words that name the speaker, not for who that is
        found = quotes(parsed, (), lambda tokens: None)
        seconds += process_time() - start
        words += len(d["text"].split())
        ours[d["id"]] = [
            {"start": q.start, "end": q.end, "kind": q.kind, "source": place(q.source), "cue": place(q.cue)}
            for q in found
        ]
        plain[d["id"]] = floor(d["text"])
    a, b = score(data, gold, ours), score(data, gold, plain)
    ratio = {k: round(a[k] / b[k], 2) for k in a if k != "reports" and b[k]}
    print(
        json.dumps({"twosource": a, "floor": b, "ratio": ratio, "words_per_second": round(words / seconds)}, indent=2)
    )


if __name__ == "__main__":
    main()
