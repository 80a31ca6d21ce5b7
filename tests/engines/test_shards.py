"""A large file of lines is cut into parts that together say what the whole says, to the number of the line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.engines.shards import plan, reports
from twosource.errors import SourceError, UsageError
from twosource.model import Report
from twosource.sources import each

LINES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(
            lambda text: json.dumps({"text": text}, ensure_ascii=False).encode()
        ),
        st.sampled_from([b"", b"  ", b"{", b"\xff", b'{"text": ""}', b'{"id": 7, "text": "A barge sank."}']),
    ),
    min_size=1,
)


@given(LINES, st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.integers(1, 200))
def test_the_parts_of_a_file_hold_what_the_file_holds(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes, closed: bool, part: int
) -> None:
    file = tmp_path_factory.mktemp("parts") / "wires.jsonl"
    file.write_bytes(end.join([b'{"text": "Two barges sank."}', *lines]) + (end if closed else b""))
    whole = [item if isinstance(item, SourceError) else item.report for item in each([file], published="2031-04-01")]
    shards, problems = plan([file], "2031-04-01", part)
    assert problems == []
    assert [s.start for s in shards[1:]] == [s.end for s in shards[:-1]]
    parts = [item for shard in shards for item in reports(shard)]
    assert [told(item) for item in parts] == [told(item) for item in whole]
    assert len({s.name for s in shards}) == len(shards)


def told(item: Report | SourceError) -> object:
    return str(item) if isinstance(item, SourceError) else item


def test_parts_are_about_as_large_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "wires.jsonl"
    file.write_bytes(b'{"text": "A barge sank off Karsmouth."}\n' * 80_000)  # over three blocks as the file is scanned
    shards, _ = plan([file], part=100_000)
    sizes = [s.end - s.start for s in shards if s.end is not None]
    assert sum(sizes) == file.stat().st_size
    assert all(99_950 < size < 100_050 for size in sizes[:-1])
    assert shards[-1].line == 80_000 - sizes[-1] // 40 + 1


def test_other_files_stay_whole_and_are_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two barges sank. " * 20, encoding="utf-8")
    (tmp_path / "b.txt").write_text("A barge sank.", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("no report", encoding="utf-8")
    shards, problems = plan([tmp_path, tmp_path / "a.txt", tmp_path / "gone.txt"], part=10)
    assert [(Path(s.file).name, s.end) for s in shards] == [("a.txt", None), ("b.txt", None)]
    assert [str(p) for p in problems] == [f"{tmp_path}/gone.txt: it cannot be opened: No such file or directory"]


def test_an_address_is_no_shard() -> None:
    with pytest.raises(UsageError, match="fetch it first"):
        plan(["https://ledger.example/a"])
