"""How long a search takes: 95 of 100 searches of an archive of so many generated reports, beside plain FTS5 over the same texts.

    python benchmarks/search.py --reports 100000

Prints JSON. Times are of one process on one archive in a file, warm and in random order, in milliseconds by the wall clock, and of CPU.
`plain` is an FTS5 table with its own tokenizer, asked for the ids and texts of the ten best by bm25, and nothing else: no dates, no
outlets, no readings, no sentences, no hashes checked. Kinds of queries that it cannot answer have no peer. The floor is p95 ≤ 50 ms over
all searches of the mix; `ratio` is the median of ours over that of plain FTS5 on the kinds that both answer.

Reports have the lengths and word frequencies of news (Zipf; 450 words); every fifth has been read: names, quotes and figures are put into
the index as a reading would put them, since reading so many takes a day.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from twosource import Archive
from twosource.archive import search_index
from twosource.archive.schema import versions
from twosource.archive.search_contents import Contents, IndexedFigure, Places
from twosource.archive.search_words import forms, name_forms
from twosource.model import Report
from twosource.sources import from_text

FLOOR_MS = 50.0
WORDS, LENGTH, OUTLETS, NAMES = 60_000, 450, 300, 4_000


class Language:
    """Words, names and reports made by chance, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "aaabcdeeefghiiklmnoooprrssttuvwy"
        self.words = sorted({"".join(self.random.choices(letters, k=self.random.randint(3, 10))) for _ in range(WORDS)})
        self.random.shuffle(self.words)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.names = [f"{self.rare().capitalize()} {self.rare().capitalize()}" for _ in range(NAMES)]
        self.outlets = [f"The {self.rare().capitalize()}" for _ in range(OUTLETS)]

    def rare(self) -> str:
        return self.random.choice(self.words)

    def sentence(self) -> str:
        words = self.random.choices(self.words, cum_weights=self.weights, k=15)
        return " ".join([words[0].capitalize(), *words[1:]]) + "."

    def reports(self, many: int) -> Iterator[Report]:
        for number in range(many):
            name = self.names[min(int(self.random.paretovariate(0.6)), NAMES) - 1]
            lines = [self.sentence() for _ in range(LENGTH // 15)]
            lines[3] = f"“{lines[3][:-1]},” {name} said."
            lines[7] = f"More than {self.random.randint(1, 5000):,} {self.words[90]}s came, {name} said."
            day = f"20{20 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
            yield from_text(
                " ".join(lines), file=f"{number}.txt", outlet=self.random.choice(self.outlets), published=day
            )


def read(report: Report) -> Contents:
    """What a reading would put into the index: the sentences, a name with its mentions, a quote, a figure."""
    text = report.text
    sentences, at = [], 0
    for piece in text.split(". "):
        sentences.append((at, min(at + len(piece) + 1, len(text))))
        at += len(piece) + 2
    said = text.index("“") + 1, text.index("”")
    name = text[said[1] + 2 : text.index(" said.")]
    mentions = [(i, i + len(name)) for i in (text.index(name), text.rindex(name))]
    start = text.index("More than ")
    number = text[start + 10 :].split(" ")[0]
    figure = IndexedFigure(start, start + 10 + len(number), float(number.replace(",", "")) + 1, None, ("people",))
    places = Places(tuple(sentences), ((name, tuple(mentions)),), ((said,),))
    return Contents(places, (tuple(name_forms(name)),), (tuple(forms(text[said[0] : said[1]])),), (figure,))


def queries(language: Language, texts: list[str], each: int) -> dict[str, list[tuple[str, str | None]]]:
    """Searches by kind: ours, and what plain FTS5 is asked for the same, None where it has no words for it."""
    pick = language.random

    def common() -> str:
        return language.words[pick.randint(20, 400)]

    def row(words: int) -> str:
        of = pick.choice(texts).split()
        at = pick.randint(0, len(of) - words)
        return " ".join(w.strip("“”.,").replace(",", " ") for w in of[at : at + words])

    def quoted(words: str) -> str:
        return " ".join(f'"{w}"' for w in words.split())

    made: dict[str, Callable[[], tuple[str, str | None]]] = {
        "two words": lambda: (lambda a: (a, quoted(a)))(f"{common()} {language.words[pick.randint(400, 20000)]}"),
        "three common words": lambda: (lambda a: (a, quoted(a)))(f"{common()} {common()} {common()}"),
        "rare word": lambda: (lambda a: (a, quoted(a)))(language.words[pick.randint(2000, len(language.words) - 1)]),
        "common word": lambda: (lambda a: (a, quoted(a)))(common()),
        "phrase": lambda: (lambda a: (f'"{a}"', f'"{a}"'))(row(3)),
        "either, but not": lambda: (lambda a, b, c: (f"({a} OR {b}) -{c}", f'("{a}" OR "{b}") NOT "{c}"'))(
            language.rare(), common(), common()
        ),
        "beginning": lambda: (lambda a: (f"{a}*", f'"{a}" *'))(language.rare()[:5].ljust(4, "a")),
        "word, outlet, dates": lambda: (
            f'{common()} outlet:"{pick.choice(language.outlets)}" since:2022 until:2027-06', None,
        ),
        "actor": lambda: (f'actor:"{pick.choice(language.names[:200])}"', None),
        "word and actor": lambda: (f'{common()} actor:"{language.names[pick.randint(0, 20)]}"', None),
        "quote": lambda: (f"quote:{common()}", None),
        "figure": lambda: (f"figure:>{pick.randint(1, 5000)}", None),
        "word and figure": lambda: (f'{common()} figure:">{pick.randint(1, 5000)} people"', None),
    }  # fmt: skip
    return {kind: [make() for _ in range(each)] for kind, make in made.items()}


def timed(ask: Callable[[str], object], query: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    ask(query)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def told(times: list[tuple[float, float]]) -> dict[str, float]:
    found = {}
    for name, values in (("", sorted(w for w, _ in times)), ("cpu_", sorted(c for _, c in times))):
        found[f"{name}median_ms"] = round(median(values), 2)
        found[f"{name}p95_ms"] = round(values[int(0.95 * (len(values) - 1))], 2)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--reports", type=int, default=2_000)
    arguments.add_argument("--each", type=int, default=30, help="searches of each kind")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--folder", help="where the archive is made; a temporary folder otherwise")
    given = arguments.parse_args()
    language = Language(given.seed)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, Archive.init(Path(folder) / "ours.db") as archive:
        plain = sqlite3.connect(Path(folder) / "plain.db")
        plain.execute("CREATE VIRTUAL TABLE plain USING fts5(text)")
        texts: list[str] = []
        spent = {"ours": 0.0, "plain": 0.0}
        stream = language.reports(given.reports)
        while batch := list(itertools.islice(stream, 5_000)):
            since = time.process_time()
            archive.add(batch, read=False)
            spent["ours"] += time.process_time() - since
            since = time.process_time()
            with plain:
                plain.executemany("INSERT INTO plain (text) VALUES (?)", [(r.text,) for r in batch])
            spent["plain"] += time.process_time() - since
            _read_some(archive, {r.id: r for r in batch})
            texts += [r.text for r in batch[:200]]

        def ours(query: str) -> object:
            return archive.search(query)

        def theirs(query: str) -> object:
            return plain.execute(
                "SELECT rowid, text, bm25(plain) FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10", (query,)
            ).fetchall()

        asked = queries(language, texts, given.each)
        order = [(kind, *pair) for kind, pairs in asked.items() for pair in pairs]
        language.random.shuffle(order)
        for _, query, peer in order[:50]:
            ours(query)
            _ = peer and theirs(peer)
        times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in asked}
        peers: dict[str, list[tuple[float, float]]] = {kind: [] for kind in asked}
        for kind, query, peer in order:
            times[kind].append(timed(ours, query))
            if peer is not None:
                peers[kind].append(timed(theirs, peer))
        both = [t for kind in asked if peers[kind] for t in times[kind]]
        of_peer = [t for kind in asked for t in peers[kind]]
        of_all = [t for kind in asked for t in times[kind]]
        print(
            json.dumps(
                {
                    "reports": given.reports,
                    "searches": len(of_all),
                    "all": told(of_all),
                    "that plain FTS5 answers": {"ours": told(both), "plain": told(of_peer)},
                    "ratio": round(median(w for w, _ in both) / median(w for w, _ in of_peer), 2),
                    "kinds": {
                        kind: {"ours": told(times[kind]), **({"plain": told(peers[kind])} if peers[kind] else {})}
                        for kind in asked
                    },
                    "added per second of CPU": {
                        "the whole archive": round(given.reports / spent["ours"]),
                        "plain FTS5": round(given.reports / spent["plain"]),
                    },
                    "bytes per report": {
                        "the whole archive": archive.store.size() // given.reports,
                        "plain FTS5": (Path(folder) / "plain.db").stat().st_size // given.reports,
                    },
                    "floor_ms": FLOOR_MS,
                    "reached": told(of_all)["p95_ms"] <= FLOOR_MS,
                },
                indent=1,
            )
        )
        plain.close()


def _read_some(archive: Archive, batch: dict[str, Report]) -> None:
    """Put every fifth report's names, quote and figure into the index."""
    from sqlalchemy import select

    chosen = list(batch)[::5]
    with archive.store.writing() as connection:
        for start in range(0, len(chosen), 500):
            some = chosen[start : start + 500]
            query = select(versions.c.id, versions.c.name).where(versions.c.name.in_(some))
            made = {row.id: (row.id, read(batch[row.name])) for row in connection.execute(query)}
            search_index.add_readings(connection, made)


if __name__ == "__main__":
    main()
