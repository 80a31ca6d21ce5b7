"""What `import twosource` gives: everything named, sorted, documented, and nothing loaded before it is used."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import twosource


def test_the_names_are_sorted_and_once() -> None:
    assert list(twosource.__all__) == sorted(set(twosource.__all__))
    assert set(twosource.__all__) <= set(dir(twosource))


@pytest.mark.parametrize("name", twosource.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(twosource, name)
    if name == "__version__":
        assert value.split(".")[0].isdigit()
        return
    written = inspect.getdoc(value)
    assert written
    assert not written.startswith(f"{name}("), "a docstring that a dataclass made is no documentation"


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reconcile_all'"):
        _ = twosource.reconcile_all


def test_importing_it_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import twosource; print(*sorted(m for m in set(sys.modules) - before if m.startswith('twosource.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_module_takes_a_public_name_when_it_is_imported() -> None:
    modules = {module.name for module in pkgutil.iter_modules(twosource.__path__)}
    assert "reconcile" in modules
    assert not modules & set(twosource.__all__)


def test_paths_and_reports_are_taken_together(tmp_path: Path) -> None:
    from twosource.sources import from_text

    (tmp_path / "a.txt").write_text("Two barges sank off Karsmouth on Monday.", encoding="utf-8")
    told = twosource.compare(
        [tmp_path / "a.txt", from_text("A buoy was missing.", file="b.txt"), tmp_path / "missing.txt"]
    )
    assert sorted(Path(r.file).name for r in told.reports) == ["a.txt", "b.txt"]
    assert [Path(n.report).name for n in told.notes if "no such file" in n.words] == ["missing.txt"]
    assert twosource.to_json(twosource.from_json(twosource.to_json(told))) == twosource.to_json(told)


def test_a_report_given_twice_is_one_report(tmp_path: Path) -> None:
    from twosource.sources import from_text

    report = from_text("Two barges sank off Karsmouth on Monday.", file="a.txt")
    (tmp_path / "a.txt").write_text(report.text, encoding="utf-8")
    assert [r.report for r in twosource.read([report, report])] == [report]
    told = twosource.compare([report, tmp_path / "a.txt", report])
    assert len(told.reports) == 1
    assert {c.verdict for c in told.claims} == {"single-source"}


def test_one_path_is_taken_as_one_path(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Two barges sank off Karsmouth on Monday.", encoding="utf-8")
    (reading,) = twosource.read(str(file))
    assert reading.report.text == file.read_text(encoding="utf-8")


def test_nothing_to_read_is_an_error() -> None:
    with pytest.raises(twosource.SourceError, match="nothing to read"):
        twosource.compare([])
    with pytest.raises(twosource.SourceError, match="2 sources: none of them"):
        twosource.compare(["no-such-1.txt", "no-such-2.txt"])
    with pytest.raises(twosource.SourceError, match="no-such"):
        twosource.read("no-such-1.txt")


def test_a_policy_that_is_none_is_wrong_use() -> None:
    with pytest.raises(twosource.UsageError, match="no policy 'highest': there are range, most-conservative"):
        twosource.compare("no-such-1.txt", policy="highest")


def test_a_date_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two barges sank.", encoding="utf-8")
    with pytest.raises(twosource.UsageError, match="soon"):
        twosource.compare(tmp_path / "a.txt", published="soon")
