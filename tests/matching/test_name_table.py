"""`twosource match-names`: a table of pairs of names, and which of them are one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.cli import main
from twosource.matching.name_table import match_names
from twosource.matching.spelling import same_name


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_row_keeps_its_cells_and_gets_an_answer(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cases = table(
        tmp_path / "cases.csv", "id,schema,name1,name2", '1,Person,"Holm, Ida",Ida Holm', "2,Company,Tarn Shipping Ltd,Tarn Shipping Limited",
        "3,Person,Ida Holm,Ilse Holm",
    )  # fmt: skip
    assert main(["match-names", str(cases)]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [(r["id"], r["name1"], r["match"]) for r in rows] == [
        ("1", "Holm, Ida", "true"),
        ("2", "Tarn Shipping Ltd", "true"),
        ("3", "Ida Holm", "false"),
    ]
    assert all(float(r["score"]) >= 0.5 if r["match"] == "true" else float(r["score"]) < 0.5 for r in rows)


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (("a,b", "1,2"), 2, "must name the columns name1 and name2, and may name schema; it says a, b"),
        (("",), 2, "it says nothing"),
        (("name1,name2", "Ida Holm,Holm, Ida"), 2, "row 2: it has 3 cells for 2 columns"),
        (("name1,name2,score", "Ida Holm,Ida Holm,1"), 2, "it has a column score already"),
        (("name1,name2,Name1", "Ida Holm,Ida Holm,1"), 2, "it has a column name1 twice"),
        (("name1,name2", f"Ida Holm,{'Ida ' * 300}"), 2, "row 2: a name of 1,200 characters is none: 1,000 at most"),
        (("name1,name2", 'Ida Holm,"Ida'), 2, "it is no CSV"),
        (("name1,name2", "Ida\0Holm,Ida"), 3, "it is not text"),
    ],
)
def test_what_is_no_table_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], lines: tuple[str, ...], code: int, said: str
) -> None:
    assert main(["match-names", str(table(tmp_path / "cases.csv", *lines))]) == code
    assert said in capfd.readouterr().err


def test_the_columns_keep_their_names_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    cases = table(tmp_path / "cases.csv", "Case No,Name1,name2,Case No,Remark", "7,Ida Holm,Ida Holm,8")
    assert list(match_names(cases)) == [
        "Case No,Name1,name2,Case No,Remark,match,score\n",
        "7,Ida Holm,Ida Holm,8,,true,1.0000\n",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["match-names", str(tmp_path / "none.csv")]) == 3
    assert "cannot be opened" in capfd.readouterr().err


def test_the_table_that_is_read_is_not_written_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cases = table(tmp_path / "cases.csv", "name1,name2", "Ida Holm,Ida Holm")
    assert main(["match-names", str(cases), "-o", str(cases)]) == 2
    assert "never written" in capfd.readouterr().err


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5))
def test_whatever_the_names_they_come_back_as_they_were(pairs: list[tuple[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cases.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("name1", "name2"), *pairs])
        rows = list(csv.reader(io.StringIO("".join(match_names(path)), newline="")))
    told = [p for p in pairs if any(p)]
    assert [tuple(r[:2]) for r in rows[1:]] == told
    assert [r[2:] for r in rows[1:]] == [
        [str(match).lower(), f"{score:.4f}"] for match, score in (same_name(*p, "Person") for p in told)
    ]
