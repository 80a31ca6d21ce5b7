"""What people really give: nothing, rubbish, one report, the same one twice, sixty. Each gets a clear message or a sensible answer,
and the good reports beside it are still reconciled.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from twosource import cli

GOOD = (
    "Two barges sank off Karsmouth on Monday. Five people were hurt, the coast guard said.",
    "A pair of barges went down near Karsmouth on Monday. The coast guard denied that a buoy was missing.",
)
CHINESE = "周一早上,卡斯茅斯港外两艘驳船沉没。海岸警卫队说,五人受伤。渔民说,当时浪很高。\n"


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two good reports, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good").mkdir()
    for name, text in zip(("one.txt", "two.txt"), GOOD, strict=True):
        (tmp_path / "good" / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


def told(capfd: pytest.CaptureFixture[str], *files: str) -> tuple[int, dict[str, Any], str]:
    code, out, err = run(capfd, "compare", *files, "--format", "json")
    return code, json.loads(out), err


def notes(raw: dict[str, Any]) -> list[tuple[str, str]]:
    return [(n["kind"], n["report"]) for n in raw["notes"] if n["kind"] == "unread"]


UNREADABLE = {
    "missing.txt": (None, "there is no such file: check the path"),
    "empty.txt": (b"", "it is empty"),
    "white.txt": (b" \n\t\n", "it holds no text"),
    "pdf.txt": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "the PDF is damaged, and cannot be opened"),
    "zip.txt": (b"PK\x03\x04" + bytes(200), "it is damaged, or no zip"),
    "rubbish.txt": (bytes(range(256)) * 40, "it is not text"),
    "broken.json": (b'{"text": "Two barges', "it is not JSON"),
    "list.json": (b"[1, 2]", "list.json:"),
    "bare.json": (b'{"title": "Two barges sank"}', "it has no `text`"),
    "bare.jsonl": (b'{"title": "Two barges sank"}\n', "bare.jsonl:1: it has no `text`"),
    "script.html": (b"<html><body><script>draw()</script></body></html>", "the page holds no article text"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_with_what_to_do(
    story: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    data, why = UNREADABLE[name]
    if data is not None:
        (story / name).write_bytes(data)
    code, out, err = run(capfd, "compare", name)
    assert (code, out) == (3, "")
    assert err.startswith(f"twosource: {name}")
    assert why in err
    assert err.count("\n") == 1


def test_the_good_reports_are_reconciled_whatever_stands_beside_them(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, (data, _) in UNREADABLE.items():
        if data is not None:
            (story / name).write_bytes(data)
    code, raw, err = told(capfd, *UNREADABLE, "good")
    assert code == 1
    assert [r["file"] for r in raw["reports"]] == ["good/one.txt", "good/two.txt"]
    assert len(notes(raw)) == len(UNREADABLE) == err.count("\n")
    _, alone, _ = told(capfd, "good")
    assert {**raw, "notes": alone["notes"]} == alone


def test_a_line_without_text_costs_that_line_alone(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "a", "text": GOOD[0]}, {"id": "b"}, {"id": "c", "text": GOOD[1]}, {"id": "d", "text": 7}]
    (story / "wires.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n{torn\n", encoding="utf-8")
    code, raw, err = told(capfd, "wires.jsonl")
    assert code == 1
    assert [r["file"] for r in raw["reports"]] == ["a", "c"]
    assert [line.split(": ")[1] for line in err.splitlines()] == ["wires.jsonl:2", "wires.jsonl:4", "wires.jsonl:5"]


def test_an_empty_folder_says_what_was_looked_for(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (story / "nothing").mkdir()
    code, out, err = run(capfd, "compare", "nothing")
    assert (code, out) == (3, "")
    assert "the folder holds no report: looked for .txt, .html, .json, .jsonl, .pdf" in err


def test_a_text_without_a_reader_is_kept_named_and_counts_in_lineage(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("first.txt", "second.txt"):
        (story / name).write_text(CHINESE, encoding="utf-8")
    code, raw, err = told(capfd, "good", "first.txt", "second.txt")
    assert (code, err) == (0, "")
    by_file = {r["file"]: r for r in raw["reports"]}
    assert by_file["first.txt"]["text"] == CHINESE
    assert notes(raw) == [
        ("unread", by_file[f]["id"]) for f in sorted(by_file, key=lambda f: by_file[f]["id"]) if f != f"good/{f[5:]}"
    ]
    assert by_file["first.txt"]["lineages"] == by_file["second.txt"]["lineages"] != by_file["good/one.txt"]["lineages"]
    code, out, _ = run(capfd, "compare", "first.txt")
    assert code == 0
    assert "no pipeline for language “zh”" in " ".join(out.split())


def test_two_megabytes_on_one_line_are_read_as_far_as_the_cap_and_kept_whole(
    story: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("twosource.reading", "twosource.reading.parse"):
        monkeypatch.setattr(sys.modules[module], "READ_CHARACTERS", 10_000)
    sentence = "On day {} the dredger Alma went out to look for barge {} and found a mooring chain. "
    whole = "".join(sentence.format(n, n % 89) for n in range(25_000))
    (story / "long.txt").write_text(whole, encoding="utf-8")
    assert len(whole) > 2_000_000
    code, raw, _ = told(capfd, "long.txt", "good")
    assert code == 0
    long = next(r for r in raw["reports"] if r["file"] == "long.txt")
    assert long["text"] == whole
    assert any(n["report"] == long["id"] and "read up to character 10,000 of" in n["words"] for n in raw["notes"])
    assert len({r["lineages"][0] for r in raw["reports"]}) == 3


def test_a_word_of_two_megabytes_is_no_trouble(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (story / "word.txt").write_text("a" * 2_000_000, encoding="utf-8")
    code, raw, _ = told(capfd, "word.txt", "good")
    assert code == 0
    assert len(raw["reports"]) == 3


def test_one_report_alone_establishes_nothing(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, raw, err = told(capfd, "good/one.txt")
    assert (code, err) == (0, "")
    assert raw["claims"]
    assert {c["verdict"] for c in raw["claims"]} <= {"single-source", "conflicting"}


def test_the_same_report_twice_is_one_and_a_copy_of_it_confirms_nothing(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    alone = told(capfd, "good/one.txt")[1]
    assert told(capfd, "good/one.txt", "./good/one.txt", "good/one.txt")[1] == alone
    (story / "copy.txt").write_bytes((story / "good" / "one.txt").read_bytes())
    code, raw, _ = told(capfd, "good/one.txt", "copy.txt")
    assert code == 0
    assert len(raw["reports"]) == 2
    assert len(raw["lineages"]) == 1
    assert "corroborated" not in {c["verdict"] for c in raw["claims"]}


def test_sixty_reports_are_reconciled_in_a_minute(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (story / "sixty").mkdir()
    places = ("the mole", "the fish market", "the dry dock", "the light ship", "the customs house", "the old pier")
    for n in range(60):
        text = (
            f"Two barges sank off Karsmouth on Monday. {n % 4 + 3} people were hurt, the coast guard said.\n"
            f"Harbour master Ilsa Brandt said that the barges had been moored at {places[n % 6]} for {n + 2} weeks.\n"
            f"“We heard nothing until {n % 12 + 1} o'clock,” said Tom Vane, who mends nets near {places[n % 5]}.\n"
        )
        (story / "sixty" / f"{n:02}.txt").write_text(text, encoding="utf-8")
    began = time.process_time()
    code, raw, err = told(capfd, "sixty", "--published", "2031-04-01")
    assert (code, err) == (0, "")
    assert len(raw["reports"]) == 60
    assert time.process_time() - began < 60


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ("path,outlet\ngood/one.txt,X\n", "must name the columns, `file` among them; it says path, outlet"),
        ("file,colour\ngood/one.txt,red\n", "no such column: colour; there are file, outlet, published"),
        ("file,published\ngood/one.txt,yesterday\n", "line 2: “yesterday” is no date of publication"),
        ("", "--about about.csv"),
    ],
)
def test_an_about_that_does_not_fit_is_wrong_use(
    story: Path, capfd: pytest.CaptureFixture[str], about: str, says: str
) -> None:
    (story / "about.csv").write_text(about, encoding="utf-8")
    code, out, err = run(capfd, "compare", "good", "--about", "about.csv")
    assert (code, out) == (2, "")
    assert says in err


def test_a_date_that_is_none_is_wrong_use_and_shows_how_to_write_one(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capfd, "compare", "good", "--published", "nonsense")
    assert (code, out) == (2, "")
    assert "“nonsense” is no date of publication: write it as 2024-05-31" in err


@pytest.mark.parametrize("out", ["nowhere/told.json", "folder", "sealed/told.json"])
def test_an_output_that_cannot_be_written_is_refused_before_anything_is_read(
    story: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    (story / "folder").mkdir()
    (story / "sealed").mkdir(mode=0o500)
    if out.startswith("sealed") and os.access("sealed", os.W_OK):
        pytest.skip("whoever runs this may write anywhere")

    def read(*_: object, **__: object) -> None:
        raise AssertionError("the reports were read first")

    monkeypatch.setattr("twosource.calls.load", read)
    for command in (["compare", "good"], ["read", "good"], ["demo"]):
        code, _, err = run(capfd, *command, "-o", out)
        assert code == 2
        assert f"-o {out}: it cannot be written" in err


# --- a saved answer that was tampered with -----------------------------------------------------------------------------------


def tampered(raw: dict[str, Any]) -> dict[str, str]:
    """One JSON text for each way of tampering, by what was done."""
    whole = json.dumps(raw, ensure_ascii=False)
    words = raw["claims"][0]["evidence"][0]["exact"]
    first = raw["claims"][0]["evidence"][0]["id"]
    return {
        "a text": whole.replace("Two barges", "Ten barges"),
        "the words of a span": whole.replace(json.dumps({"exact": words})[1:-1], '"exact": "Nobody was hurt"'),
        "a place": re.sub(r'"end": \d+', '"end": 99999', whole, count=1),
        "an id": whole.replace(f'"id": "{first}"', '"id": "s000000000000"').replace('"lineage": "l', '"lineage": "x'),
        "a verdict": whole.replace('"verdict": "single-source"', '"verdict": "proven"'),
        "its end": whole[: len(whole) // 2],
        "a field": whole.replace('"claims":', '"assertions":'),
        "its version": whole.replace("reconciliation/1", "reconciliation/2"),
        "all of it": "[]",
    }


def test_a_saved_answer_that_was_tampered_with_is_neither_shown_nor_explained(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(capfd, "compare", "good", "-o", "told.json")[0] == 0
    raw = json.loads((story / "told.json").read_text(encoding="utf-8"))
    for what, text in tampered(raw).items():
        assert text != json.dumps(raw, ensure_ascii=False), what
        (story / "tampered.json").write_text(text, encoding="utf-8")
        for command in (["show", "tampered.json"], ["explain", "1", "tampered.json"]):
            code, out, err = run(capfd, *command)
            assert (code, out) == (3, ""), what
            assert err.startswith("twosource: tampered.json: "), what


# --- streams -----------------------------------------------------------------------------------------------------------------


def shell(line: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(sys.path)
    return subprocess.run(
        ["bash", "-c", line.replace("twosource", f"{sys.executable} -m twosource", 1)],
        capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip


def test_standard_input_closed_is_no_matter(story: Path) -> None:
    done = shell("twosource compare good <&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 reports")


def test_standard_output_closed_is_told() -> None:
    done = shell("twosource schema >&-")
    assert done.returncode == 2
    assert "standard output is closed" in done.stderr


def test_an_interrupt_ends_it_at_once_with_130(story: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this machine")
    os.mkfifo("pipe.txt")
    command = [sys.executable, "-m", "twosource", "compare", "pipe.txt", "good"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        writer = opened("pipe.txt")  # it now waits for what we never write
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        os.close(writer)
    assert (process.returncode, out) == (130, b"")
    assert err.strip() == b"twosource: interrupted"


def opened(pipe: str) -> int:
    """The writing end of a named pipe, as soon as somebody reads from it."""
    for _ in range(600):
        with contextlib.suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.1)
    raise AssertionError("nobody read from the pipe within a minute")
