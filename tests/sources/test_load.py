"""Files and folders → reports: what is read, how it is named, and what is said of what cannot be read."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.errors import SourceError, TooLarge, UsageError
from twosource.model import content_id
from twosource.sources import About, from_text, load, read_about

STORY = "A ferry sank off Oskel before dawn on Tuesday.\r\n\r\nNine of the forty people on board are missing.\n"


def write(path: Path, what: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(what if isinstance(what, bytes) else what.encode())
    return str(path)


def only(loaded):
    assert loaded.problems == ()
    (report,) = loaded.reports
    return report


def why(*paths, **options) -> str:
    """What is said of the one file that cannot be read."""
    loaded = load(paths, **options)
    assert loaded.reports == ()
    (problem,) = loaded.problems
    return str(problem)


# --- text ----------------------------------------------------------------------------------------------------------------------


def test_a_text_file_is_its_text_to_the_last_character(tmp_path):
    path = write(tmp_path / "a.txt", STORY)
    report = only(load([path]))
    assert report.text == STORY
    assert report.file == path
    assert report.id == content_id("r", "a.txt", STORY)
    assert report.sha256 == report.text_sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert report.extractor == "text/1"
    assert report.published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_signature_is_no_part_of_the_text(tmp_path, encoding):
    data = "Żółw 桥 – “so”".encode(encoding)
    report = only(load([write(tmp_path / "a.txt", data)]))
    assert report.text == "Żółw 桥 – “so”"
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.text_sha256 == hashlib.sha256("Żółw 桥 – “so”".encode()).hexdigest()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1252",
            "“Nous n’avons rien reçu”, a déclaré le préfet à l’hôtel de ville. Les élèves étaient déjà évacués. " * 3,
        ),
        ("cp1252", "The café’s owner, Zoë Brühl, said it was “déjà vu” – the bill was €40.\n" * 2),
        ("cp1252", "Der Bürgermeister sagte, die Fähre sei – wie es heißt – „überladen“ gewesen."),
        ("cp1250", "Dziewięć osób zaginęło, powiedział rzecznik straży przybrzeżnej, żądając śledztwa. " * 3),
        ("cp1251", "Паром вышел из порта до рассвета, и с тех пор о нём ничего не известно. Капитан молчит. " * 3),
        ("shift_jis", "フェリーは夜明け前に四十人を乗せて港を出たが、その後消息がない。" * 4),
    ],
)
def test_an_old_encoding_is_told_by_its_letters(tmp_path, encoding, text):
    assert only(load([write(tmp_path / "a.txt", text.encode(encoding))])).text == text


@given(st.text(min_size=1).filter(lambda t: not t.isspace()))
def test_any_text_comes_back_as_given(text):
    report = from_text(text)
    assert len(report.text) == len(text)
    assert report.text.encode("utf-8")


def test_one_stray_control_character_loses_no_report(tmp_path):
    assert "\x07" in only(load([write(tmp_path / "a.txt", STORY + "\x07")])).text


def test_two_megabytes_on_one_line_are_one_report(tmp_path):
    line = "The river rose again on Monday. " * 65_536
    assert only(load([write(tmp_path / "a.txt", line)])).text == line


# --- JSON ----------------------------------------------------------------------------------------------------------------------


def test_a_json_file_is_one_report(tmp_path):
    record = {"text": STORY, "title": " Ferry  sinks ", "outlet": "The Harbour Post", "url": "https://harbour.example/1",
              "byline": "Ilsa Brandt", "published": "2031-03-04T07:15:00Z", "language": "en", "wire": "XX", "id": "story-1"}  # fmt: skip
    path = write(tmp_path / "a.json", json.dumps(record))
    report = only(load([path]))
    assert (report.file, report.text, report.title) == (path, STORY, "Ferry sinks")
    assert (report.outlet, report.url, report.byline) == (
        "The Harbour Post",
        "https://harbour.example/1",
        "Ilsa Brandt",
    )
    assert (report.published, report.language, report.extractor) == ("2031-03-04T07:15:00+00:00", "en", "json/1")
    assert report.id == content_id("r", "a.json", STORY)
    assert report.sha256 == hashlib.sha256(json.dumps(record).encode()).hexdigest()
    assert report.text_sha256 == hashlib.sha256(STORY.encode()).hexdigest()


def test_a_jsonl_file_is_one_report_a_line(tmp_path):
    lines = ['{"id": "one", "text": "First."}', "", '{"text": "Second."}', '{"id": 3, "text": "Third."}']
    path = write(tmp_path / "all.jsonl", "\r\n".join(lines))
    loaded = load([path])
    assert [(r.file, r.text) for r in loaded.reports] == [("one", "First."), (f"{path}:3", "Second."), ("3", "Third.")]
    assert loaded.reports[0].sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert loaded.reports[0].id == content_id("r", "one", "First.")


def test_json_is_told_by_content_where_the_name_says_something_else(tmp_path):
    one = write(tmp_path / "one.jsonl", json.dumps({"text": "Pretty."}, indent=1))
    many = write(tmp_path / "many.json", '{"text": "A."}\n{"text": "B."}\n')
    bare = write(tmp_path / "bare", '{"text": "C."}')
    assert [r.text for r in load([one, many, bare]).reports] == ["Pretty.", "A.", "B.", "C."]


def test_half_a_character_is_replaced_one_for_one(tmp_path):
    report = only(load([write(tmp_path / "a.json", r'{"text": "a\ud800b \ud83d\ude00", "title": "\udfff"}')]))
    assert report.text == "a\ufffdb \N{GRINNING FACE}"
    assert report.title == "\ufffd"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"title": "No words"}', "it has no `text`"),
        ('{"text": 12}', "its `text` is a number, not a string"),
        ('{"text": null}', "its `text` is null"),
        ('{"text": "  \\n "}', "its `text` is empty"),
        ('[{"text": "x"}]', "it holds a list where one report is expected"),
        ('{"text": "x"', "it is not JSON"),
        ("nothing of the kind", "it is not JSON"),
        ('{"text": ' + "9" * 5000 + "}", "it is not JSON"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_json_that_is_no_report_says_why(tmp_path, content, reason):
    assert reason in why(write(tmp_path / "a.json", content))


def test_a_bad_line_does_not_stop_the_others(tmp_path):
    path = tmp_path / "all.jsonl"
    write(path, b'{"text": "A."}\n{"text": \n\xff\xfe\n{"title": "B"}\n{"text": "C."}\n')
    loaded = load([path])
    assert [r.text for r in loaded.reports] == ["A.", "C."]
    assert [p.file for p in loaded.problems] == [f"{path}:{n}" for n in (2, 3, 4)]


def test_a_line_above_the_cap_is_named_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("twosource.sources.raw.LINE_BYTES", 1000)
    path = write(tmp_path / "all.jsonl", json.dumps({"text": "x" * 5000}) + '\n{"text": "B."}\n')
    loaded = load([path])
    assert [(r.file, r.text) for r in loaded.reports] == [(f"{path}:2", "B.")]
    assert "longer than" in loaded.problems[0].why


def test_a_jsonl_without_a_line_says_so(tmp_path):
    assert "it holds no report" in why(write(tmp_path / "all.jsonl", "\n\n"))


# --- dates ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2031-03-04", "2031-03-04"),
        ("20310304", "2031-03-04"),
        ("2031-03-04T07:15", "2031-03-04T07:15:00"),
        ("2031-03-04 07:15:00.123+01:00", "2031-03-04T07:15:00+01:00"),
        ("2031-03-04T07:15:00Z", "2031-03-04T07:15:00+00:00"),
        ("Tue, 04 Mar 2031 07:15:00 GMT", "2031-03-04T07:15:00+00:00"),
    ],
)
def test_a_date_becomes_iso(tmp_path, given, iso):
    path = write(tmp_path / "a.json", json.dumps({"text": "A.", "published": given}))
    assert only(load([path])).published == iso


@pytest.mark.parametrize("given", ["04/03/2031", "yesterday", "2031-13-01", "Tue, 99 Foo 2031"])
def test_a_date_that_is_none_leaves_the_report_undated_and_is_named(tmp_path, given):
    loaded = load([write(tmp_path / "a.json", json.dumps({"text": "A.", "published": given}))])
    assert loaded.reports[0].published is None
    assert given in loaded.problems[0].why


def test_published_dates_only_what_carries_no_date(tmp_path):
    dated = write(tmp_path / "a.json", '{"text": "A.", "published": "2031-03-04"}')
    bare = write(tmp_path / "b.txt", "B.")
    assert [r.published for r in load([dated, bare], published="2030-01-01").reports] == ["2031-03-04", "2030-01-01"]
    with pytest.raises(UsageError, match="2024-05-31"):
        load([bare], published="last week")


# --- what cannot be read -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "the PDF is damaged, and cannot be opened"),
        ("a.json", b"\x1f\x8b\x08\x00abc", "it is cut short or damaged"),
        ("a.docx", b"PK\x03\x04\x14\x00", "it is damaged, or no zip"),
        ("a.warc", b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "the web archive holds no page"),
        (
            "a.txt",
            b"BZh91AY&SY",
            "it is compressed (bzip2) named .txt, which this version does not read: unpack it first",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Microsoft Office"),
        ("a.xml", b'<?xml version="1.0"?><ledger><page/></ledger>', "it is XML, but neither a page, a feed nor"),
        (
            "a.xml",
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- feed -->\n<rss version="2.0"><channel/></rss>',
            "the feed has no entries",
        ),
        ("a", b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>', "the feed has no entries"),
        ("a.eml", b"Subject: Hello\r\n\r\n \n", "the mail holds no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        ("a.txt", b"GIF89a\0\0", "a picture"),
        ("a.txt", bytes(range(256)) * 20, "it is not text"),
        ("a.txt", b"\x01\x02\x03\x04\x05 words", "it is not text"),
        ("a.txt", b"words\0" + b"x" * 100_000, "it is not text"),
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\t\n", "it holds no text"),
        ("a.txt", b"\xef\xbb\xbf", "it holds no text"),
    ],
)
def test_what_is_no_report_is_named_with_the_reason(tmp_path, name, data, reason):
    path = write(tmp_path / name, data)
    message = why(path)
    assert message.startswith(path + ": ")
    assert reason in message


@pytest.mark.parametrize(
    "text", ["From: the quay. Nine are missing.", "RIFF raff was seen.", "GIF89 is a format.", "ID3 tags are text."]
)
def test_a_text_that_only_begins_like_another_format_is_a_text(tmp_path, text):
    assert only(load([write(tmp_path / "a.txt", text)])).text == text


def test_the_good_reports_are_read_whatever_the_others_are(tmp_path):
    good = write(tmp_path / "good.txt", STORY)
    loaded = load([tmp_path / "none.txt", good, write(tmp_path / "bad.txt", b"{\\rtf1 words}")])
    assert [r.file for r in loaded.reports] == [good]
    assert [type(p) for p in loaded.problems] == [SourceError, SourceError]
    assert "there is no such file" in loaded.problems[0].why


def test_a_file_above_the_cap_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr("twosource.sources.raw.FILE_BYTES", 1000)
    (problem,) = load([write(tmp_path / "a.txt", "x" * 1001)]).problems
    assert isinstance(problem, TooLarge)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_a_file_without_end_is_too_large(monkeypatch):
    monkeypatch.setattr("twosource.sources.raw.FILE_BYTES", 1000)
    assert "larger than" in why("/dev/zero")
    assert why("/dev/null") == "/dev/null: it is empty"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_named(tmp_path):
    path = write(tmp_path / "a.txt", STORY)
    os.chmod(path, 0)
    assert "may not be opened" in why(path)


def test_a_pipe_is_read(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('Piped words.')"]):
        assert only(load([pipe])).text == "Piped words."


def test_a_file_name_that_is_not_utf8_can_be_printed(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    try:
        with open(path, "wb") as file:
            file.write(b"Words.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert only(load([os.fsdecode(path)])).file.endswith("caf\ufffd.txt")


# --- folders -------------------------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_report_files_in_the_order_of_their_paths(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b/c.json", "B.txt", "about.csv", "notes.md", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, '{"text": "A."}' if name.endswith("json") else f"Words of {name}.")
    loaded = load([tmp_path])
    assert [os.path.relpath(r.file, tmp_path) for r in loaded.reports] == ["B.txt", "a/b/c.json", "a/z.txt", "b.txt"]
    assert loaded.problems == ()


def test_the_path_is_kept_as_given(tmp_path, monkeypatch):
    write(tmp_path / "in/a.txt", "Words.")
    monkeypatch.chdir(tmp_path)
    assert [only(load([p])).file for p in ("in", "in/a.txt", "./in/a.txt")] == ["in/a.txt", "in/a.txt", "./in/a.txt"]


def test_an_empty_folder_says_what_was_looked_for(tmp_path):
    write(tmp_path / "notes.md", "Words.")
    message = why(tmp_path)
    assert "the folder holds no report" in message
    assert "1 other" in message


def test_links_cannot_lead_in_circles(tmp_path):
    write(tmp_path / "in/a.txt", "Words.")
    (tmp_path / "in/again").symlink_to(tmp_path / "in")
    (tmp_path / "in/b.txt").symlink_to(tmp_path / "in/b.txt")
    assert only(load([tmp_path])).text == "Words."
    assert "cannot be opened" in why(tmp_path / "in/b.txt")


def test_a_folder_of_more_files_than_the_cap_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("twosource.sources.folders.FOLDER_FILES", 2)
    for n in range(4):
        write(tmp_path / f"{n}.txt", "Words.")
    assert "more than 2" in why(tmp_path)


# --- identity ------------------------------------------------------------------------------------------------------------------


def test_the_same_file_is_read_once_by_whatever_name(tmp_path):
    path = write(tmp_path / "a.txt", STORY)
    (tmp_path / "link.txt").symlink_to(path)
    assert only(load([path, path, tmp_path / "." / "a.txt", tmp_path / "link.txt", tmp_path])).file == path


def test_two_files_of_one_text_are_two_reports_whose_ids_differ_in_any_order(tmp_path):
    one, two, other = (write(tmp_path / n, STORY) for n in ("x/a.txt", "y/a.txt", "b.txt"))
    ids = {r.file: r.id for r in load([one, two, other]).reports}
    assert len(set(ids.values())) == 3
    assert {r.file: r.id for r in load([other, two, one]).reports} == ids
    assert ids[other] == load([other]).reports[0].id


def test_one_record_twice_is_one_report(tmp_path):
    path = write(
        tmp_path / "all.jsonl", '{"id": "one", "text": "A."}\n{"id": "one", "text": "A."}\n{"id": "one", "text": "B."}'
    )
    assert [r.text for r in load([path]).reports] == ["A.", "B."]


# --- about ---------------------------------------------------------------------------------------------------------------------


def test_about_tells_what_files_do_not_say(tmp_path):
    paths = [write(tmp_path / n, f"Words of {n}.") for n in ("a.txt", "b.txt", "c.txt")]
    table = write(
        tmp_path / "about.csv",
        f"\ufefffile,outlet,published,credit,same_source_as\n{paths[0]},Oskel Times,2031-03-04,AP,\nb.txt,,,,a.txt\n",
    )
    about = read_about(table)
    assert about[paths[0]] == About(outlet="Oskel Times", published="2031-03-04", credit="AP")
    a, b, c = load(paths, about=about, published="2030-01-01").reports
    assert (a.outlet, a.published, a.credit) == ("Oskel Times", "2031-03-04", "AP")
    assert (b.outlet, b.published, b.same_source_as) == (None, "2030-01-01", paths[0])
    assert c.same_source_as is None


def test_about_outweighs_what_the_file_says(tmp_path):
    path = write(tmp_path / "a.json", '{"text": "A.", "outlet": "Wrong", "published": "2031-03-04"}')
    report = only(load([path], about={"a.json": About(outlet="Right", published="2031-03-05")}))
    assert (report.outlet, report.published) == ("Right", "2031-03-05")


def test_about_names_the_files_that_are_not_there(tmp_path):
    path = write(tmp_path / "a.txt", "Words.")
    loaded = load([path], about={"b.txt": About(outlet="X"), "a.txt": About(same_source_as="c.txt")})
    assert len(loaded.reports) == 1
    assert ["b.txt" in str(loaded.problems[0]), "c.txt" in str(loaded.problems[1])] == [True, True]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("outlet\nX\n", "`file` among them"),
        ("file,outlets\na.txt,X\n", "no such column: outlets"),
        ("file,outlet\na.txt,X\na.txt,Y\n", "named twice"),
        ("file,published\na.txt,04/03/31\n", "04/03/31"),
        ("file,outlet\na.txt,X,Y\n", "more cells"),
        ("file,outlet\n,X\n", "names no file"),
        ("", "it says nothing"),
    ],
)
def test_an_about_that_cannot_be_meant_is_wrong_use(tmp_path, content, reason):
    with pytest.raises(UsageError, match=reason):
        read_about(write(tmp_path / "about.csv", content))


def test_an_about_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="cannot be opened"):
        read_about(tmp_path / "about.csv")


# --- texts by hand, and the price ----------------------------------------------------------------------------------------------


def test_a_text_by_hand():
    report = from_text("Two were hurt.", file="desk", outlet="The Harbour Post", published="2031-03-04")
    assert (report.file, report.outlet, report.published) == ("desk", "The Harbour Post", "2031-03-04")
    with pytest.raises(UsageError, match="colour"):
        from_text("Two were hurt.", colour="red")
    with pytest.raises(UsageError, match="soon"):
        from_text("Two were hurt.", published="soon")
    with pytest.raises(SourceError):
        from_text(" ")


def test_texts_do_not_pay_for_pages(tmp_path):
    path = write(tmp_path / "a.txt", STORY)
    program = (
        "import sys; from twosource.sources import load;"
        f"assert load([{path!r}]).reports;"
        "heavy = {'trafilatura', 'htmldate', 'py3langid', 'spacy', 'numpy', 'charset_normalizer', 'lxml'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_documents_in_a_folder_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 Two barges sank.}")
    (tmp_path / "b.txt").write_text("Two barges sank.", encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as packed:
        packed.write(tmp_path / "a.rtf", "monday/a.rtf")
        packed.write(tmp_path / "b.txt", "monday/b.txt")
    loaded = load([tmp_path])
    assert [Path(r.file).name for r in loaded.reports] == ["b.txt", "b.txt"]
    assert [(Path(p.file).name, "save its text as .txt" in p.why) for p in loaded.problems] == [
        ("a.rtf", True), ("a.rtf", True),
    ]  # fmt: skip


def test_a_page_saved_in_one_file_is_read(tmp_path: Path) -> None:
    """As browsers save a page with all it shows (RFC 2557)."""
    line = "Two ferries collided off Saltmouth on Monday and nine people were hurt when the larger one ran aground."
    (tmp_path / "a.mht").write_bytes(
        b"From: <Saved by a browser>\r\nSubject: Ferries collide\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/html\r\n'
        b"Content-Location: https://tern.example/f\r\n\r\n<html><body><article><p>"
        + line.encode()
        + b"</p></article></body></html>\r\n--xx--\r\n"
    )
    assert line in load([tmp_path]).reports[0].text
