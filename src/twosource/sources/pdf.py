"""PDF: the paragraphs of its pages, put together again from the lines that they are printed in.

A PDF knows letters and their places. pdfium gives them in the order they were written, line by line; where a paragraph ends is told by
the space between lines, by an indent, by another size of letters, or by a last line on which the next word would have found room. Hyphens
at a line's end that pdfium knows as such are taken out, and what stands on top or at the foot of page after page (title of the paper,
number of the page) is left out. Nothing is recognised in pictures: a scan without text says so.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from twosource.errors import SourceError
from twosource.limits import PDF_PAGES, TEXT_CHARACTERS
from twosource.model import Report
from twosource.sources.article import Article, assembled, clean, key, nothing, reports_of
from twosource.sources.raw import Raw
from twosource.sources.worker import Answer, answer

#: Bytes within which a PDF may begin, as its readers take it (ISO 32000-1, annex H, implementation note 13).
_BEGINS_WITHIN = 1024

#: Lines before and after one in which its column's margins are looked for.
_AROUND = 12

#: Lines on top and at the foot of a page in which its paper's title and its number stand.
_EDGE = 2

#: A line that ends no sentence ends a paragraph only where this share of the column is left free: a heading.
_FREE = 0.25

_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_BYLINE = re.compile(r"By\s+[A-ZÀ-Þ]\S*\s.{1,90}")


def is_pdf(raw: Raw) -> bool:
    """Whether it is a PDF: some begin with a few other bytes."""
    return raw.head.startswith(b"%PDF-") or (b"\0" in raw.head and b"%PDF-" in raw.head[:_BEGINS_WITHIN])


def extractor() -> str:
    """The name and version of what reads PDF, as a report keeps it."""
    import importlib.metadata

    return f"pdf-1/pypdfium2-{importlib.metadata.version('pypdfium2')}"


def pdf(raw: Raw) -> Iterator[Report | SourceError]:
    """The one report of a PDF."""
    data = raw.whole()
    yield from reports_of(raw, data, extractor(), cast(Article, answer("pdf", raw, data)))


# --- in the worker --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, whether it ends in a hyphen that only the printing needs, and its place in points, from bottom left."""

    text: str
    hyphen: bool
    left: float
    right: float
    bottom: float
    size: float
    page: int


def paragraphs(stream: IO[bytes]) -> Iterator[Answer]:
    """The article of the PDF that `stream` gives."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream.read())
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError("", "the PDF is locked with a password: save it without, or its text as .txt") from None
        raise SourceError("", "the PDF is damaged, and cannot be opened: save its text as .txt") from None
    problems: list[str] = []
    pages = len(document)
    if pages > PDF_PAGES:
        problems.append(
            f"it has {pages:,} pages, and {PDF_PAGES} are the most that is read of one PDF: the rest is left unread"
        )
    found: list[Line] = []
    broken = characters = 0
    for number in range(min(pages, PDF_PAGES)):
        try:
            page = document[number].get_textpage()
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        found += _lines(page, number)
        characters += page.count_chars()
        page.close()
        if characters > TEXT_CHARACTERS:
            problems.append(
                f"it has more than {TEXT_CHARACTERS:,} characters, the most that one text may have: the rest is left unread"
            )
            break
    if broken:
        problems.append(f"{broken} of its {pages} pages are damaged, and left unread")
    yield cast("dict[str, Any]", _article(found, document.get_metadata_value("Title"), problems, pages)), b""


def _article(lines: list[Line], told: str, problems: list[str], pages: int) -> Article:
    body = joined(without_edges(lines))
    if not body:
        return nothing(
            f"the PDF has no text on its {pages} page{'s' if pages != 1 else ''}: if it is a scan, recognise its text first (OCR)",
            problems,
        )
    title = _title(body, lines, clean(told or ""))
    byline = next((p for p in body[:6] if _BYLINE.fullmatch(p)), None)
    tops = [p for p in body[:2] if p in (title, byline)] if body[0] == title else []
    return assembled(tops, body, {"title": title, "byline": byline and byline[2:].strip()}, problems)


def _lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page, in the order pdfium gives them."""
    from pypdfium2 import raw

    pieces: list[str] = []
    boxes: list[tuple[float, float, float]] = []
    sizes: list[float] = []
    hyphen = False
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    count = min(page.count_chars(), TEXT_CHARACTERS)
    for at in range(count + 1):
        code = raw.FPDFText_GetUnicode(page, at) if at < count else 10
        if code in (10, 13):
            if text := clean(_text(pieces)):
                lefts, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,), (0.0,), (0.0,))
                size = statistics.median(sizes) if sizes else 0.0
                yield Line(text, hyphen, min(lefts), max(rights), statistics.median(bottoms), size, number)
            pieces, boxes, sizes, hyphen = [], [], [], False
            continue
        hyphen = code in (2, 0xFFFE) or raw.FPDFText_IsHyphen(page, at) == 1
        if hyphen:
            pieces.append("-")
        elif code:
            pieces.append(chr(code))
        placed = code > 32 and raw.FPDFText_GetCharBox(page, at, left, right, bottom, top)
        if placed and all(map(math.isfinite, (left.value, right.value, bottom.value))):
            boxes.append((left.value, right.value, bottom.value))
            sizes.append(raw.FPDFText_GetFontSize(page, at))


def _text(pieces: list[str]) -> str:
    """The letters together, pairs of surrogates as the one character they mean."""
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def without_edges(lines: list[Line]) -> list[Line]:
    """`lines` without those that stand on top or at the foot of page after page, numbers apart, and without bare page numbers there."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges: list[Line] = []
    often: Counter[str] = Counter()
    for page in by_page.values():
        ranked = sorted(page, key=lambda line: -line.bottom)
        outer = list(dict.fromkeys([*ranked[:_EDGE], *ranked[-_EDGE:]]))
        edges += outer
        if len(page) > 2 * _EDGE:
            often.update({_unnumbered(line.text) for line in outer})
    least = max(2, len(by_page) // 2)
    gone = {id(e) for e in edges if not _unnumbered(e.text) or often[_unnumbered(e.text)] >= least}
    return [line for line in lines if id(line) not in gone]


def _unnumbered(text: str) -> str:
    return key(re.sub(r"\d+|\bpage\b|\bof\b", "", text.casefold()))


def joined(lines: list[Line]) -> list[str]:
    """The paragraphs that `lines` are printed from."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    pitches: dict[tuple[int, float], float] = {}
    found: list[str] = []
    for at, line in enumerate(lines):
        if (line.page, line.size) not in pitches:
            pitches[line.page, line.size] = _pitch(pages[line.page], line.size)
        around = lines[max(0, at - _AROUND) : at + _AROUND]
        if not at or _begins(lines[at - 1], line, around, pitches[line.page, line.size]):
            found.append(line.text)
        else:
            found[-1] = found[-1][:-1] + line.text if lines[at - 1].hyphen else f"{found[-1]} {line.text}"
    return found


def _begins(before: Line, line: Line, around: list[Line], pitch: float) -> bool:
    """Whether `line`, which follows `before`, begins a paragraph."""
    if before.hyphen:
        return False
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return True
    if before.page != line.page or line.bottom > before.bottom + pitch:  # the next page or column
        return not line.text[0].islower() and (bool(_ENDED.search(before.text)) or _room(before, line, around))
    if before.bottom - line.bottom > 1.3 * pitch:
        return True
    beside = [x.left for x in around if _in_column(x, line, pitch)]
    indented = line.left - min(beside) > 0.5 * pitch and before.left < line.left - 0.4 * pitch
    return indented or _room(before, line, around)


def _room(before: Line, line: Line, around: list[Line]) -> bool:
    """Whether the first word of `line` would have found room behind `before`, in its column."""
    letter = (line.right - line.left) / max(len(line.text), 1)
    column = [x for x in around if _in_column(x, before, 4 * letter)]
    free = max(x.right for x in column) - before.right
    if not _ENDED.search(before.text):
        return (
            free > _FREE * (max(x.right for x in column) - min(x.left for x in column)) and not line.text[0].islower()
        )
    return free > (len(line.text.split(None, 1)[0]) + 1.5) * letter


def _in_column(one: Line, other: Line, far: float) -> bool:
    # Not "<": a line is in its own column, though its letters have no width.
    return one.page == other.page and one.size == other.size and abs(one.left - other.left) <= 4 * far


def _pitch(page: list[Line], size: float) -> float:
    """The usual distance of two lines in letters of `size` on `page`, in points, which `size` need not be in."""
    same = [x.bottom for x in page if abs(x.size - size) <= 0.12 * max(size, 1.0)]
    steps = [a - b for a, b in itertools.pairwise(same) if 0.4 * size < a - b < 3 * size]
    return statistics.median_low(steps) if steps else 1.5 * max(size, 1.0)


def _title(body: list[str], lines: list[Line], told: str) -> str | None:
    """The title that the PDF tells of itself, where it is printed; else what is printed largest on its first page."""
    if told and key(told) and key(told) in key(" ".join(body[:8])):
        return next((p for p in body[:8] if key(p) == key(told)), told)
    first = [line for line in lines if line.page == lines[0].page]
    usual = statistics.median(line.size for line in first)
    largest = max(line.size for line in first)
    if largest < 1.2 * usual:
        return None
    words = key(" ".join(line.text for line in first if line.size > 0.95 * largest))
    return next((p for p in body if key(p) and key(p) == words and len(p) <= 200), None)
