"""What comes in: files and reports together, told what a table knows, each with the place it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from twosource import SourceError, UsageError
from twosource.archive.incoming import incoming
from twosource.sources import About, Found, from_text


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("tern/a.txt", "gull/a.txt", "gull/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Two ferries collided, {name} says.", encoding="utf-8")
    return tmp_path


def reports(*sources: object, **told: object) -> list[Found]:
    found = list(incoming(sources, **told))  # type: ignore[arg-type]
    assert not [f for f in found if isinstance(f, SourceError)]
    return [f for f in found if isinstance(f, Found)]


def test_files_and_reports_keep_their_order() -> None:
    given = from_text("Three ferries collided.", file="c")
    found = reports("tern", given, "gull/b.txt")
    assert [(f.report.file, f.place) for f in found] == [
        ("tern/a.txt", "tern/a.txt"),
        ("c", ""),
        ("gull/b.txt", "gull/b.txt"),
    ]


def test_a_table_tells_of_files_by_their_path_or_its_end() -> None:
    told = reports("tern", "gull", about={"tern/a.txt": About(outlet="Tern"), "b.txt": About(published="2031-04-01")})
    assert [(f.report.outlet, f.report.published) for f in told] == [("Tern", None), (None, None), (None, "2031-04-01")]


def test_a_name_in_the_table_that_is_no_report_is_a_problem() -> None:
    *_, last = incoming("tern", about={"heron.txt": About(outlet="Heron")})
    assert isinstance(last, SourceError)
    assert "not among the reports: heron.txt" in str(last)


def test_a_table_that_is_none_is_wrong_use_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match=r"--about missing\.csv"):
        incoming("tern", about="missing.csv")
