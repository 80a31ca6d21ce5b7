"""The command line: streams, exit codes, files written whole. Two reports are read with the model once; the rest needs none."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from twosource import cli
from twosource.cli import writing

SAVED = Path(__file__).parent / "outputs" / "harbour_fire.json"

ONE = "Two barges sank off Karsmouth on Monday. Five people were hurt, the coast guard said."
TWO = "A pair of barges went down near Karsmouth on Monday. The coast guard denied that a buoy was missing."


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(TWO, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    out, err = capfd.readouterr()
    return code, out, err


def test_a_saved_reconciliation_is_shown_in_every_format(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "show", SAVED)
    assert (code, err) == (0, "")
    assert "▲ 1  conflicting: polarity" in out
    assert "\x1b" not in out, "no colour where it is no terminal"
    assert run(capfd, "show", SAVED, "--format", "json")[1] == SAVED.read_text(encoding="utf-8")
    assert "## Where they differ" in run(capfd, "show", SAVED, "--format", "markdown")[1]


def test_the_format_is_taken_from_the_name_of_what_is_written(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, begins in (("story.html", "<!doctype html>"), ("claims.csv", "claim,verdict"), ("notes.jsonld", "{")):
        assert run(capfd, "show", SAVED, "-o", tmp_path / name)[0] == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert run(capfd, "show", SAVED, "--format", "csv", "--table", "quotes")[1].startswith("speaker,")
    code, out, err = run(capfd, "show", SAVED, "--format", "pdf")
    assert (code, out) == (2, "")
    assert "'pdf' is not one of" in err


def test_a_claim_is_explained_by_number_id_and_beginning_of_its_id(capfd: pytest.CaptureFixture[str]) -> None:
    code, by_number, _ = run(capfd, "explain", "1", SAVED)
    whole = next(w for w in by_number.split() if w.startswith("c") and len(w) == 13)
    assert code == 0
    assert run(capfd, "explain", whole, SAVED)[1] == run(capfd, "explain", whole[:6], SAVED)[1] == by_number


@pytest.mark.parametrize(
    ("claim", "says"),
    [("0", "claims 1 to 5"), ("6", "claims 1 to 5"), ("zz", "no claim's id begins"), ("c", "5 claims begin with 'c'")],
)
def test_a_claim_that_is_none_is_wrong_use(capfd: pytest.CaptureFixture[str], claim: str, says: str) -> None:
    code, out, err = run(capfd, "explain", claim, SAVED)
    assert (code, out) == (2, "")
    assert says in err


def test_the_schema_printed_holds_for_what_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "schema")
    assert code == 0
    jsonschema.Draft202012Validator(json.loads(out)).validate(json.loads(SAVED.read_text(encoding="utf-8")))


def test_compare_writes_the_same_bytes_twice_and_in_any_order(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "compare", "one.txt", "two.txt", "--format", "json")
    assert (code, err) == (0, "")
    assert run(capfd, "compare", "two.txt", "one.txt", "--format", "json")[1] == out
    raw = json.loads(out)
    assert sorted((r["file"], r["text"]) for r in raw["reports"]) == [("one.txt", ONE), ("two.txt", TWO)]
    (story / "saved.json").write_text(out, encoding="utf-8")
    assert run(capfd, "show", "saved.json", "--format", "json")[1] == out
    assert run(capfd, "show", "saved.json")[1] == run(capfd, "compare", "one.txt", "two.txt")[1]


def test_what_cannot_be_read_is_named_and_the_rest_reconciled(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "compare", "one.txt", "missing.txt", "empty.txt", "--format", "json")
    assert code == 1
    assert "missing.txt" in err
    assert "empty.txt" in err
    raw = json.loads(out)
    assert [r["file"] for r in raw["reports"]] == ["one.txt"]
    assert {n["report"] for n in raw["notes"] if n["kind"] == "unread"} >= {"missing.txt", "empty.txt"}


@pytest.mark.parametrize("command", ["compare", "read"])
def test_where_nothing_can_be_read_it_says_so_once(
    story: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    code, out, err = run(capfd, command, "missing.txt")
    assert (code, out) == (3, "")
    assert err.count("missing.txt") == 1
    assert "Traceback" not in err


def test_one_report_alone_is_shown_sensibly(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "compare", "one.txt")
    assert code == 0
    assert out.startswith("1 report · ")
    assert "corroborated ·" not in out


def test_read_prints_a_line_a_report_in_the_order_given(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (story / "wires.jsonl").write_text(json.dumps({"id": "wires/3", "text": ONE}) + "\n", encoding="utf-8")
    code, out, _ = run(capfd, "read", "two.txt", "wires.jsonl", "one.txt", "--format", "jsonl")
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["two.txt", "wires/3", "one.txt"]
    code, out, _ = run(capfd, "read", "one.txt")
    assert code == 0
    assert "one.txt" in out


def test_out_is_written_whole_and_named(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "show", SAVED, "-o", "told.json")
    assert (code, out) == (0, "")
    assert err == "twosource: written to told.json\n"
    assert (story / "told.json").read_bytes() == SAVED.read_bytes(), "the name says the format"
    assert run(capfd, "show", SAVED, "-o", "told.md")[0] == 0
    assert "## Where they differ" in (story / "told.md").read_text(encoding="utf-8")
    assert run(capfd, "show", SAVED, "-o", "told.json", "--format", "text")[0] == 0
    assert "WHERE THEY DIFFER" in (story / "told.json").read_text(encoding="utf-8")
    assert sorted(p.name for p in story.iterdir()) == ["empty.txt", "one.txt", "told.json", "told.md", "two.txt"], (
        "nothing left beside"
    )


def test_out_that_cannot_be_written_is_wrong_use_and_leaves_what_was_there(
    story: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for out in ("nowhere/told.json", "."):
        code, _, err = run(capfd, "show", SAVED, "-o", out)
        assert code == 2
        assert f"-o {out}: it cannot be written" in err


def test_a_report_is_never_written_over(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capfd, "compare", "one.txt", "two.txt", "-o", "./one.txt")
    assert code == 2
    assert "one of the files to be read" in err
    assert (story / "one.txt").read_text(encoding="utf-8") == ONE


def test_a_report_in_a_folder_is_never_written_over(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command in ("compare", "read", "stories"):
        code, _, err = run(capfd, command, ".", "-o", "two.txt")
        assert code == 2
        assert "-o two.txt: it is one of the files to be read" in err
    assert (story / "two.txt").read_text(encoding="utf-8") == TWO


def test_a_write_cut_off_leaves_the_old_file(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = story / "told.json"
    old.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        writing.write_whole(str(old), [b"new"])
    assert old.read_text(encoding="utf-8") == "old"
    assert len(list(story.glob(".twosource-*"))) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["compare"],
        ["nonsense"],
        ["show", str(SAVED), "--format", "pdf"],
        ["show", str(SAVED), "--table", "quotes"],
        ["show"],
        ["show", str(SAVED), "--width", "3"],
        ["demo", "no-such"],
    ],
)
def test_wrong_use(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, *arguments)
    assert code == 2
    assert err
    assert not out


@pytest.mark.parametrize("text", ["", "{}", '{"schema": "twosource/reconciliation/1"}', "not JSON"])
def test_a_broken_file_is_not_shown(story: Path, capfd: pytest.CaptureFixture[str], text: str) -> None:
    (story / "broken.json").write_text(text, encoding="utf-8")
    code, out, err = run(capfd, "show", "broken.json")
    assert (code, out) == (3, "")
    assert err.startswith("twosource: broken.json: ")
    assert "Traceback" not in err


def test_a_traceback_only_with_debug(story: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "Traceback" not in run(capfd, "show", "missing.json")[2]
    code, _, err = run(capfd, "show", "missing.json", "--debug")
    assert code == 3
    assert "Traceback" in err


def test_a_fault_of_ours_says_so_without_a_traceback(
    story: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("twosource.calls.load", broken)
    code, out, err = run(capfd, "compare", "one.txt")
    assert (code, out) == (70, "")
    assert "fault of twosource: ZeroDivisionError: by zero" in err
    assert "Traceback" not in err


def test_interrupted(story: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("twosource.calls.load", interrupted)
    code, out, err = run(capfd, "compare", "one.txt")
    assert (code, out) == (130, "")
    assert "interrupted" in err


def test_what_an_error_quotes_cannot_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capfd, "show", "\x1b[2Jmissing\u202e.json")
    assert "\x1b" not in err
    assert "\u202e" not in err


def python(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, check=False, **more)


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f"{sys.executable} -m twosource show {SAVED} --format json | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{0\n", "")


def test_output_is_utf_8_whatever_the_machine_speaks() -> None:
    ascii_only = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
    }
    done = python("-m", "twosource", "show", str(SAVED), env=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "▲ 1  conflicting" in done.stdout.decode("utf-8")


def on_a_terminal(**more: str) -> bytes:
    """What `show` prints where standard output is a terminal of 90 columns."""
    pty, fcntl, termios = (pytest.importorskip(m) for m in ("pty", "fcntl", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 90, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    command = [sys.executable, "-m", "twosource", "show", str(SAVED)]
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.PIPE, env={**environment, "TERM": "xterm", **more}
    ) as process:
        os.close(theirs)
        printed = b""
        with contextlib.suppress(OSError):  # what Linux says where the other side has closed
            while piece := os.read(ours, 65536):
                printed += piece
        os.close(ours)
        assert process.wait() == 0
    return printed


def test_colour_only_on_a_terminal_that_wants_it() -> None:
    assert b"\x1b[1;7mdenied\x1b[0m" in on_a_terminal()
    assert b"\x1b" not in on_a_terminal(NO_COLOR="1")
    assert b"\x1b" not in on_a_terminal(TERM="dumb")
    widths = [len(line) for line in on_a_terminal(NO_COLOR="1").decode().split("\r\n")]
    assert 80 < max(widths) <= 90


def test_a_full_disk_is_told() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full on this machine")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "twosource", "show", str(SAVED)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from twosource.cli import main; assert main(['--help']) == 0; assert main(['compare', '--help']) == 0; "
        "heavy = {'spacy', 'numpy', 'rich', 'onnxruntime', 'lxml', 'pydantic', 'trafilatura', 'tokenizers', 'jinja2'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    done = python("-c", code)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"compare" in done.stdout


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "--version")
    assert code == 0
    assert out.startswith("twosource ")


def test_the_demo_says_the_same_on_every_machine(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "demo", "--format", "json")
    assert (code, err) == (0, "")
    raw = json.loads(out)
    assert len(raw["reports"]) >= 5
    assert not any(os.path.isabs(r["file"]) for r in raw["reports"])
