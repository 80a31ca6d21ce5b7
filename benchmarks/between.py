"""What joining the stories of a pile loses: its copies beside those that setting every report against every other finds.

    python benchmarks/between.py --data ../shared/data/ecbplus

The reports of ECB+ (train and dev), written as `read --engine` writes them, each a story of its own, so that every copy stands between
stories: by `engines.candidates` and `engines.between`, and by `lineage.trace` over all at once, which a pile of millions does not
allow. Told are the reports that are found to be another's, and the pairs, of which a report that has words of several makes several;
`other subtopic` are pairs of reports of different events. Without dates, which of two came first is a guess: pairs count without
direction. Prints JSON; exit status 1 where less than `BAR` of the reports is found.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from twosource.engines.between import reprints
from twosource.engines.candidates import candidates
from twosource.engines.pile import opened
from twosource.engines.rows import COLUMNS, VERSION, row
from twosource.lineage import trace
from twosource.model import Edge, Reading
from twosource.sources import from_text
from twosource.stories import Story

BAR = 0.95


def readings(data: Path) -> dict[str, Reading]:
    """The reports by their subtopic and name."""
    told = (json.loads(line) for part in ("train", "dev") for line in (data / f"{part}.jsonl").open(encoding="utf-8"))
    reports = ((d["story"], from_text(d["text"], file=d["id"], language="en")) for d in told)
    return {f"{story}/{report.file}": Reading(report, "en", None) for story, report in reports}


def joined(read: dict[str, Reading], folder: Path) -> tuple[int, list[Edge]]:
    """How many pairs the join leads to, and the copies among them."""
    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    pq.write_table(pa.Table.from_pylist([*map(row, read.values())], schema), folder / "ecb.parquet")
    (folder / "ecb.done").write_text(json.dumps({"rows": VERSION}), encoding="ascii")
    stories = tuple(Story(name, name, (reading.report.id,)) for name, reading in read.items())
    with opened([folder]) as pile:
        looked = candidates(pile, stories)
        return looked.pairs, [reprint.edge for reprint in reprints(pile, stories)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    read = readings(parser.parse_args().data)
    names = {reading.report.id: name for name, reading in read.items()}
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        looked, edges = joined(read, Path(folder))
    between = time.process_time() - start
    everyone = [e for of in trace([*read.values()]).lineages for e in of.edges if e.kind == "copy"]
    ours, theirs = ({frozenset((names[e.source], names[e.target])) for e in found} for found in (edges, everyone))
    copies, all_copies = ({names[e.target] for e in found} for found in (edges, everyone))
    found: dict[str, Any] = {
        "reports": len(read), "pairs judged": looked, "computing": round(between, 1),
        "copies": {"of every pair": len(all_copies), "of the join": len(copies), "of both": len(copies & all_copies)},
        "pairs": {"of every pair": len(theirs), "of the join": len(ours), "of both": len(ours & theirs)},
        "other subtopic": sum(len({name.split("/")[0] for name in pair}) > 1 for pair in ours),
    }  # fmt: skip
    print(json.dumps({**found, "bar": BAR}, indent=1))
    return 0 if len(copies & all_copies) >= BAR * len(all_copies) else 1


if __name__ == "__main__":
    sys.exit(main())
