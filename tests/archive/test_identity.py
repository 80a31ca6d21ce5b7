"""Which captures are versions of one report."""

from __future__ import annotations

import pytest

from twosource.archive.identity import address, key
from twosource.sources import Found, from_text


@pytest.mark.parametrize(
    "same",
    [
        "https://www.tern.example/2031/ferries/",
        "http://tern.example/2031/ferries",
        "https://tern.example:443/2031/ferries#comments",
        "HTTPS://WWW.TERN.EXAMPLE/2031/ferries",
    ],
)
def test_addresses_that_lead_to_one_page(same: str) -> None:
    assert address(same) == "url:tern.example/2031/ferries"


@pytest.mark.parametrize(
    "other",
    [
        "https://tern.example/2031/Ferries",
        "https://tern.example:8080/2031/ferries",
        "https://tern.example/2031/ferries?page=2",
    ],
)
def test_addresses_that_lead_elsewhere(other: str) -> None:
    assert address(other) != "url:tern.example/2031/ferries"


@pytest.mark.parametrize("front", ["https://tern.example/", "https://tern.example", "ferries", "", "http://[broken/x"])
def test_a_front_page_is_no_address_of_a_report(front: str) -> None:
    assert address(front) is None


def named(file: str, place: str, **told: str) -> str:
    return key(Found(from_text("Two ferries collided.", file=file, **told), place))


def test_without_an_address_the_id_counts_at_its_outlet() -> None:
    assert named("7", "monday.jsonl", outlet="Tern") == named(
        "7", "tuesday.jsonl", outlet="Tern", url="https://tern.example/"
    )
    assert named("7", "monday.jsonl", outlet="Tern") != named("7", "monday.jsonl", outlet="Gull")


def test_a_file_is_known_by_its_whole_path(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert named("a.txt", "a.txt") == f"file:{tmp_path}/a.txt" == named("./a.txt", "./a.txt")


def test_a_line_without_a_name_is_known_by_its_bytes() -> None:
    assert named("monday.jsonl:3", "monday.jsonl").startswith("bytes:")
    assert named("monday.jsonl:3", "monday.jsonl") == named("tuesday.jsonl:8", "tuesday.jsonl")


def test_a_key_is_short_enough_to_be_indexed() -> None:
    assert named("a", "a", url="https://tern.example/" + "x" * 5000).startswith("long:")
    assert len(named("a", "a", url="https://tern.example/" + "x" * 5000)) < 100
