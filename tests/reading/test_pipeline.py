"""The pipeline is loaded only where its files are those that were released."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from twosource.errors import ModelError

#: The module; `twosource.reading` has the function of that name.
module = importlib.import_module("twosource.reading.pipeline")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed pipeline, in the place of the installed one."""
    ours = tmp_path / module.PACKAGE
    shutil.copytree(module.folder(), ours)
    monkeypatch.setattr(module, "folder", lambda tongue: ours)
    return ours


def refusal() -> str:
    with pytest.raises(ModelError) as refused:
        module.pipeline.__wrapped__()
    return str(refused.value)


def test_the_installed_files_are_the_released_ones(copy: Path) -> None:
    assert module.digest(copy) == module.SHA256


def test_one_changed_byte_is_found(copy: Path) -> None:
    model = max((p for p in copy.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    data = bytearray(model.read_bytes())
    data[len(data) // 2] ^= 1
    model.write_bytes(data)
    said = refusal()
    assert str(copy) in said
    assert module.SHA256 in said
    assert "--force-reinstall" in said


def test_a_file_removed_renamed_or_added_is_found(copy: Path) -> None:
    first = next(p for p in sorted(copy.rglob("*")) if p.is_file() and p.suffix == ".json")
    (first.parent / "more.json").write_text("{}", encoding="utf-8")
    assert "sha-256" in refusal()
    (first.parent / "more.json").unlink()
    assert module.digest(copy) == module.SHA256
    first.rename(first.with_name("another.json"))
    assert "sha-256" in refusal()
    first.with_name("another.json").unlink()
    assert "sha-256" in refusal()


def test_a_pipeline_that_is_not_installed_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "folder", lambda tongue: None)
    assert "python -m pip install 'twosource'" in refusal()
