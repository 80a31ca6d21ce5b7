"""How often the speaker behind a pronoun is right.

    python benchmarks/coreference.py [--data /path/to/shared]

Prints JSON: of the gold quotes whose source, as the tool reads it, is "he" or "she" (or "they", "who"), the share whose speaker is
the gold's, for the stories that come with the tool and, with `--data`, for the gold stories; beside it the share by a floor that
takes the person named last before the quote. Says for each miss who was taken for whom.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

import twosource.demo
from twosource.model import Quote, Reading
from twosource.reading import read
from twosource.sources import load

PRONOUNS = frozenset({"he", "she", "they", "who", "i", "we"})
TITLES = frozenset({"jr", "sr", "mr", "mrs", "ms", "dr"})


def name_words(name: str | None) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c)).lower()
    return [w for w in re.findall(r"\w+", plain) if w not in TITLES]


def same(one: str | None, other: str | None) -> bool:
    """Whether two names have the same last word, in any spelling of it, or one holds the other."""
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    return SequenceMatcher(None, a[-1], b[-1]).ratio() > 0.85 or set(a) <= set(b) or set(b) <= set(a)


def readings(gold: Path, data: Path | None) -> Iterator[tuple[str, Reading]]:
    """Each report of the gold story, by its key there."""
    story = yaml.safe_load(gold.read_text(encoding="utf-8"))
    for key, file in story["reports"].items():
        path = gold.parent / file
        if not path.exists() and data is not None:
            path = data / file
        yield key, read(load([path]).reports[0])


def gold_quotes(gold: Path) -> list[dict[str, Any]]:
    story = yaml.safe_load(gold.read_text(encoding="utf-8"))
    return [q for q in story.get("quotes", []) if q.get("speaker")]


def words_of(quote: dict[str, Any]) -> str:
    """The first words said, as the gold gives them."""
    parts = quote.get("parts") or quote.get("exact") or quote.get("text") or quote.get("quote")
    first = parts[0] if isinstance(parts, list) else parts
    return str(first.get("exact") if isinstance(first, dict) else first)


def last_named(reading: Reading, before: int) -> str | None:
    people = [n for n in reading.names if n.kind == "person" and n.end <= before]
    names = {a.id: a.name for a in reading.actors}
    return names[people[-1].actor] if people else None


def matching(reading: Reading, said: str) -> Quote | None:
    at = reading.report.text.find(said)
    return next(
        (q for q in reading.quotes if q.kind == "direct" and at >= 0 and q.start <= at + 1 and at < q.end), None
    )


def score(stories: list[Path], data: Path | None) -> dict[str, Any]:
    count: Counter[str] = Counter()
    missed: list[str] = []
    for gold in stories:
        read_as = dict(readings(gold, data))
        for quote in gold_quotes(gold):
            reading = read_as[quote["report"]]
            found = matching(reading, words_of(quote))
            if found is None or found.source is None or found.source.exact.lower() not in PRONOUNS:
                continue
            count["pronouns"] += 1
            count["right"] += same(found.speaker_name, quote["speaker"])
            count["floor"] += same(last_named(reading, found.start), quote["speaker"])
            if not same(found.speaker_name, quote["speaker"]):
                missed.append(
                    f"{gold.parent.name}/{gold.stem}: {found.speaker_name} for {quote['speaker']}: {found.exact[:60]}"
                )
    n = count["pronouns"] or 1
    shares = {"share": round(count["right"] / n, 3), "floor": round(count["floor"] / n, 3)}
    return {"pronouns": count["pronouns"], **shares, "missed": missed}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path)
    data = options.parse_args().data
    found = {"demo": score(sorted(Path(twosource.demo.__file__).parent.glob("*/gold.yaml")), data)}
    if data is not None:
        found["gold"] = score(sorted((data / "gold").glob("*.yaml")), data)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
