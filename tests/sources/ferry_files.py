"""One invented report in every format that is read, made by hand: how tests of formats get their files."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping

LINES = (
    "A ferry with forty people on board sank off the port of Oskel before dawn on Tuesday, and nine of them are missing.",
    "“We heard a bang and the lights went out,” said Mara Lind, who was on the car deck when the water came in.",
    "The ship left the harbour at four in the morning, although the port authority had warned of high waves, officials said.",
    "Divers will go down to the wreck on Wednesday, the harbour master, Jon Aske, told reporters on the quay.",
)
TITLE = "Ferry sinks off Oskel, nine missing"


def paragraphs(*more: str) -> str:
    return "".join(f"<p>{line}</p>" for line in (*LINES, *more))


def page(body: str = "", head: str = "", title: str = TITLE) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body or paragraphs()}</article></body></html>"
    ).encode()


def record(
    body: bytes = b"",
    uri: str | None = "https://harbour.example/ferry",
    *,
    kind: str = "response",
    length: int | str | None = None,
    http: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8",
    headers: str = "",
    media: str = "application/http; msgtype=response",
) -> bytes:
    """A record of a web archive, whose `length` may be a lie."""
    block = (http.encode() + b"\r\n\r\n" if http else b"") + (body or page())
    target = f"WARC-Target-URI: {uri}\r\n" if uri else ""
    size = len(block) if length is None else length
    told = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(block):032x}>\r\nWARC-Date: 2031-03-04T07:15:00Z\r\n"
        f"{target}{headers}Content-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
    )
    return told.encode() + block + b"\r\n\r\n"


def gzipped(*records: bytes) -> bytes:
    """Each record compressed by itself, as crawlers do it."""
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def mail(body: str, headers: str = "", subject: str = TITLE, media: str = "text/plain; charset=utf-8") -> bytes:
    return (
        f"From: The Harbour Post <news@harbour.example>\r\nSubject: {subject}\r\nDate: Tue, 04 Mar 2031 07:15:00 +0100\r\n"
        f"Message-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\n{headers}Content-Type: {media}\r\n\r\n{body}"
    ).encode()


def multipart(kind: str, *parts: str, boundary: str = "==b") -> tuple[str, str]:
    """The media type and the body of a mail of several `parts`, each with its own header."""
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'multipart/{kind}; boundary="{boundary}"', f"{inside}--{boundary}--\r\n"


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A PDF of `pages`, each of lines; an empty line leaves a space."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({_escaped(title)}) >>")
    return assembled_pdf(objects, f"/Info {len(objects)} 0 R")


def assembled_pdf(objects: list[str], trailer: str = "") -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        made
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF"
        ).encode()
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def newsitem(
    content: str = "", status: str = "usable", guid: str = "urn:newsml:oskel.example:20310304:1", doctype: str = ""
) -> str:
    body = content or (
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body>{paragraphs()}</body></html></inlineXML>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1" standard="NewsML-G2">'
        '<rightsInfo><copyrightHolder literal="Reuters"/></rightsInfo><itemMeta><itemClass qcode="ninat:text"/>'
        '<provider qcode="prov:rtr"><name>Reuters</name></provider><versionCreated>2031-03-04T09:00:00+01:00</versionCreated>'
        f'<firstCreated>2031-03-04T07:15:00+01:00</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>'
        f"<contentMeta><headline>{TITLE}</headline><by>By Ilsa Brandt</by><dateline>OSKEL, March 4 (Reuters) -</dateline>"
        f'<language tag="en-GB"/></contentMeta><contentSet>{body}</contentSet></newsItem>'
    )
