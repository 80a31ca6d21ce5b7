"""Outlets of one owner are one newsroom where the user's list says so, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from twosource.errors import UsageError
from twosource.lineage import read_owners, trace
from twosource.model import Edge, Reading
from twosource.sources import from_text

POST = from_text(
    "A barge sank off Karsmouth at dawn.", file="post.txt", outlet="The Karsmouth Post", published="2031-04-01"
)
HERALD = from_text("The harbour lost a barge.", file="herald.txt", outlet="Osthaven Herald", published="2031-04-02")
WIRE = from_text("A barge went down.", file="wire.txt", outlet="Osthaven Herald", credit="AP", published="2031-04-02")


def listed(folder: Path, *lines: str) -> Path:
    path = folder / "owners.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def edges(owners: Path | None, *reports: object) -> tuple[list[Edge], int]:
    readings = [Reading(r, "en", None) for r in reports]  # type: ignore[arg-type]
    traced = trace(readings, read_owners(owners) if owners else None)
    return [e for lineage in traced.lineages for e in lineage.edges], len(traced.lineages)


def test_two_outlets_of_one_owner_are_one_newsroom(tmp_path: Path) -> None:
    owners = listed(
        tmp_path,
        "outlet,owner,source",
        "Karsmouth Post,Velm Group,annual report of 2030",
        "OSTHAVEN HERALD,Velm Group,",
    )
    (edge,), count = edges(owners, POST, HERALD)
    assert count == 1
    assert (edge.kind, edge.source, edge.target) == ("owner", POST.id, HERALD.id)
    assert edge.reasons == (
        "The Karsmouth Post and Osthaven Herald both belong to Velm Group, as your list of owners says",
        "annual report of 2030",
    )


def test_without_a_list_nothing_is_assumed() -> None:
    assert edges(None, POST, HERALD) == ([], 2)


def test_other_owners_join_nothing(tmp_path: Path) -> None:
    owners = listed(tmp_path, "outlet,owner", "Karsmouth Post,Velm Group", "Osthaven Herald,Lund & Daughters")
    assert edges(owners, POST, HERALD) == ([], 2)


def test_what_an_agency_wrote_is_the_agencys_whoever_owns_the_paper(tmp_path: Path) -> None:
    owners = listed(tmp_path, "outlet,owner", "Karsmouth Post,Velm Group", "Osthaven Herald,Velm Group")
    assert edges(owners, POST, WIRE) == ([], 2)


def test_three_of_one_house_go_back_to_the_first(tmp_path: Path) -> None:
    owners = listed(
        tmp_path, "outlet,owner", "Karsmouth Post,Velm Group", "Osthaven Herald,Velm Group", "Tern,velm group"
    )
    tern = from_text("One barge fewer at the quay.", file="tern.txt", outlet="Tern", published="2031-04-03")
    found, count = edges(owners, tern, HERALD, POST)
    assert (count, {e.source for e in found}, {e.target for e in found}) == (1, {POST.id}, {HERALD.id, tern.id})


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["outlet", "Post"], "must name the columns outlet and owner"),
        (["outlet,owner,share", "Post,Velm,3"], "must name the columns outlet and owner"),
        (["outlet,owner", "Post,"], "line 2: it must hold an outlet and an owner"),
        (["outlet,owner", "Post,Velm, Sons"], "line 2: it must hold an outlet and an owner"),
        (["outlet,owner", "Post,Velm", "The Post,Lund"], "line 3: The Post has two owners here, Velm and Lund"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, lines: list[str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_owners(listed(tmp_path, *lines))


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--owners .*none\.csv: it cannot be opened"):
        read_owners(tmp_path / "none.csv")
