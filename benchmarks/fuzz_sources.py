"""Every parser of strangers' bytes, given what is nearly right: `nice -n 10 python benchmarks/fuzz_sources.py --seconds 600`.

Files that are right (those of the tests) are cut, spliced, flipped, repeated and mixed, and read here without a worker, so that whatever a
parser raises is seen. A document may be read or refused with a SourceError; all else is a finding, and so is one that takes longer than
`--slow`. The same `--seed` tries the same inputs in the same order. Findings are written to `--out`, and belong into
tests/sources/test_fuzzed.py.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import io
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "sources"))

from ferry_files import LINES, gzipped, mail, multipart, newsitem, page, paragraphs, pdf, record, zipped

from twosource.errors import SourceError
from twosource.sources import worker
from twosource.sources.formats import FORMATS, reports
from twosource.sources.raw import Raw, from_bytes

TOKENS = (
    b"\0", b"\xff\xfe", b"\r\n\r\n", b"<", b">", b"&#x0;", b"--==b\r\n", b"--==b--", b"WARC/1.1\r\n", b"Content-Length: -1\r\n",
    b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"stream\n", b"endobj", b"=?utf-8?b?", b"?=", b"<![CDATA[", b"<!--", b"]]>", b"9" * 30,
    b"charset=utf-7", b"\xed\xa0\x80", b"Content-Transfer-Encoding: base64\r\n", b"Content-Encoding: gzip\r\n", b'{"', b"\\ud800",
    b"Transfer-Encoding: chunked\r\n", b"<table><tr><td>", b"Content-Type: message/rfc822\r\n\r\n", "\u202e\u0661".encode(),
    b"Content-Type: text/html; charset=idna\r\n", b"2031-02-30T25:61:61Z",
)  # fmt: skip


def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Files that are right, by the format that is tried."""
    plain, rich = f"Content-Type: text/plain\r\n\r\n{LINES[0]}", f"Content-Type: text/html\r\n\r\n{paragraphs()}"
    forwarded = "Content-Type: message/rfc822\r\n\r\nFrom: a\r\n\r\nB."
    alternative = multipart("alternative", plain, rich)
    attached = multipart("mixed", 'Content-Disposition: attachment; filename="a.txt"\r\n\r\nA.', forwarded)
    whole = mail(alternative[1], media=alternative[0])
    quoted = mail("=41=\n", "Content-Transfer-Encoding: quoted-printable\r\n")
    said = {
        "@type": "NewsArticle",
        "headline": "x",
        "author": [{"name": "y"}],
        "datePublished": "2031-03-04",
        "articleBody": "z",
    }
    meta = (
        f"<script type='application/ld+json'>{json.dumps({'@graph': [said]})}</script>"
        "<link rel=canonical href='https://x.example/'><meta property='og:title' content='t'>"
    )
    table = f"<div class='byline'>By X Y</div><time>4 March</time>{paragraphs()}<table><tr><td>1</table>"
    ninjs = {
        "uri": "u",
        "headline": "h",
        "byline": "b",
        "pubstatus": "usable",
        "versioncreated": "2031-03-04T00:00:00Z",
    }
    columns = Path(__file__).parents[1] / "tests" / "sources" / "columns.pdf"
    postmark = b"From a@x Tue Mar  4 07:15:00 2031\n"
    lines = b'{"id": 1, "text": "A.", "published": "2031-03-04"}\n{"title": "b", "link": "c"}\n'
    nitf = f"<nitf><body><body.content>{paragraphs()}</body.content></body></nitf>"
    members = {"a.txt": b"A.", "b.html": page(), "c.jsonl": b'{"text": "A."}', "../d.txt": b"D."}
    return {
        "html": [("a.html", page(head=meta)), ("a.html", page(table))],
        "pdf": [("a.pdf", pdf(list(LINES), list(LINES), title="T")), ("a.pdf", columns.read_bytes())],
        "mail": [("a.eml", whole), ("a.eml", mail(attached[1], media=attached[0])), ("a.eml", quoted)],
        "mailbox": [("a.mbox", postmark + whole + b"\n\n" + postmark + whole)],
        "newsml": [("a.xml", newsitem().encode()), ("a.xml", nitf.encode())],
        "warc": [
            ("a.warc", record() + record(page(table), "https://b.example/")),
            ("a.warc.gz", gzipped(record(), record())),
        ],
        "gzip": [("a.txt.gz", gzip.compress(LINES[0].encode())), ("a.jsonl.gz", gzip.compress(lines * 50))],
        "zip": [("a.zip", zipped(members))],
        "json": [("a.json", json.dumps(ninjs | {"body_xhtml": paragraphs()}).encode()), ("a.jsonl", lines)],
        "text": [("a.txt", "\n".join(LINES).encode(encoding)) for encoding in ("cp1252", "utf-16")],
    }


def changed(data: bytes, others: list[bytes], pen: random.Random) -> bytes:
    """`data` with one to six changes."""
    made = bytearray(data)
    for _ in range(pen.randrange(1, 7)):
        at = pen.randrange(len(made) + 1)
        end = min(len(made), at + pen.choice((1, 2, 4, 16, 64, 512)))
        match pen.randrange(8):
            case 0:
                del made[at:end]
            case 1:
                made[at:at] = pen.choice(TOKENS)
            case 2:
                made[at:end] = pen.choice(TOKENS)
            case 3:
                made[at:end] = pen.randbytes(end - at)
            case 4:
                made[at:at] = made[at:end] * pen.choice((2, 10, 200))
            case 5:
                other = pen.choice(others)
                begin = pen.randrange(len(other) + 1)
                made[at:end] = other[begin : begin + pen.choice((8, 64, 1024))]
            case 6:
                del made[at:]
            case _:
                for _ in range(4):
                    if made:
                        made[pen.randrange(len(made))] ^= 1 << pen.randrange(8)
    return bytes(made[: 1 << 20])


def asked(
    parser: str, raw: Raw, data: bytes | None = None, *, seconds: float | None = None, **options: Any
) -> Generator[worker.Answer]:
    """As `worker.ask`, in this process."""
    yield from worker._parser(parser)(io.BytesIO(raw.whole() if data is None else data), **options)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=600.0)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--slow", type=float, default=5.0)
    arguments.add_argument("--only")
    arguments.add_argument("--out", type=Path, default=Path("findings"))
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    faulthandler.enable()
    for module in list(sys.modules.values()):
        if getattr(module, "ask", None) is worker.ask:
            module.ask = asked  # type: ignore[attr-defined]
    worker.ask = asked
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    every = {kind: files for kind, files in seeds().items() if given.only in (None, kind)}
    for kind, files in every.items():
        pen = random.Random(f"{given.seed}/{kind}")
        others = [data for files in every.values() for _, data in files]
        until = time.monotonic() + given.seconds / len(every)
        while time.monotonic() < until:
            name, data = pen.choice(files)
            data = changed(data, others, pen)
            (given.out / "current").write_bytes(data)  # what is here when the process dies is what killed it
            began = time.process_time()
            try:
                for _ in reports(from_bytes(name, data)):
                    pass
            except SourceError:
                pass
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                _keep(
                    given.out,
                    f"{kind} {type(error).__name__} {Path(place.filename).name}:{place.lineno}",
                    name,
                    data,
                    found,
                )
            if (took := time.process_time() - began) > given.slow:
                _keep(given.out, f"{kind} slow {int(took)}", name, data, found)
            tried[kind] += 1
    print(json.dumps({"formats": len(FORMATS), "tried": dict(tried), "found": dict(found)}))


def _keep(out: Path, what: str, name: str, data: bytes, found: Counter[str]) -> None:
    if what not in found:
        (out / f"{what.replace(' ', '-').replace(':', '-')}-{name}").write_bytes(data)
    found[what] += 1


if __name__ == "__main__":
    main()
