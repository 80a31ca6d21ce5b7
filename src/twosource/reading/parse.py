"""A report's text, parsed: one spaCy Doc whose token offsets are offsets into the report's text.

Every line is parsed by itself, since a heading has no full stop and a closing quotation mark otherwise wanders into the next
sentence; the pieces are then joined again to one Doc, so that the stages after this one need not know of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twosource.limits import PIECE_CHARACTERS, READ_CHARACTERS
from twosource.model import Report, Span
from twosource.reading.tongues import Tongue
from twosource.reading.tongues.english import TONGUE as ENGLISH

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

#: Pieces that go through the pipeline at a time.
_TOGETHER = 256

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?。]['\"”’»)]*\s")


@dataclass(frozen=True, slots=True)
class Parse:
    """A report with its Doc. `doc.text` is the report's text up to `limits.READ_CHARACTERS`; `token.idx` points into it.

    Half a surrogate pair, which a JSON escape can hold and no parser takes, stands in `doc` as U+FFFD. `text` is `doc.text`, which
    spaCy puts together anew each time it is asked. `tongue` is the language.
    """

    report: Report
    doc: Doc
    text: str
    sentences: tuple[Tokens, ...]
    tongue: Tongue = ENGLISH

    def span(self, tokens: Tokens) -> Span:
        """The place of `tokens` in the report."""
        return self.report.span(tokens.start_char, tokens.end_char)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    r"""Where the pieces to parse start and end: lines without the white space around them, long ones cut at sentence ends.

    >>> list(pieces("A heading\n\n  Two were hurt. "))
    [(0, 9), (13, 27)]
    """
    for line in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+", text):
        start, end = line.span()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        while end - start > PIECE_CHARACTERS:
            window = text[start : start + PIECE_CHARACTERS]
            cuts = [m.end() for m in _SENTENCE_END.finditer(window)]
            cut = start + (cuts[-1] if cuts else window.rfind(" ") + 1 or PIECE_CHARACTERS)
            yield start, start + len(text[start:cut].rstrip())
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end


def parse(report: Report, nlp: Language, tongue: Tongue = ENGLISH) -> Parse:
    """Parse the report's text with `nlp`, the pipeline of `tongue`."""
    return next(parse_all((report,), nlp, tongue))


def parse_all(reports: Sequence[Report], nlp: Language, tongue: Tongue = ENGLISH) -> Iterator[Parse]:
    """Parse reports of one language, in their order.

    Their lines go through the pipeline together: report by report it has too little at once, and costs a tenth more.
    """
    texts = [_HALF_PAIR.sub("\ufffd", report.text[:READ_CHARACTERS]) for report in reports]
    places = [list(pieces(text)) for text in texts]
    lines = [text[a:b] for text, ranges in zip(texts, places, strict=True) for a, b in ranges]
    parsed = nlp.pipe(map(tongue.prepared, lines) if tongue.prepared is not None else lines, batch_size=_TOGETHER)
    if (turned := tongue.turned) is not None:
        parsed = (turned(doc, line) for doc, line in zip(parsed, lines, strict=True))
    for report, text, ranges in zip(reports, texts, places, strict=True):
        doc = _joined(nlp, text, ranges, parsed)
        if doc.text != text:
            raise AssertionError(f"the parse of {report.file} has another text than the report")
        yield Parse(report, doc, text, tuple(s for s in doc.sents if not s.text.isspace()) if len(doc) else (), tongue)


def _joined(nlp: Language, text: str, places: Sequence[tuple[int, int]], parsed: Iterator[Doc]) -> Doc:
    """One Doc of the pieces at `places`, which `parsed` gives in turn, and of the white space between them."""
    from spacy.tokens import Doc

    parts: list[Doc] = []
    gaps: dict[str, Doc] = {}
    at = 0
    for start, end in places:
        if at < start:
            space = text[at:start]
            parts.append(gaps.get(space) or gaps.setdefault(space, _gap(nlp, space)))
        parts.append(next(parsed))
        at = end
    if at < len(text):
        parts.append(_gap(nlp, text[at:]))
    return Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor", "user_data"]) if parts else Doc(nlp.vocab)


def _gap(nlp: Language, space: str) -> Doc:
    """White space between two pieces, as a sentence of its own."""
    from spacy.tokens import Doc

    return Doc(
        nlp.vocab, words=[space], spaces=[False], heads=[0], deps=["ROOT"], tags=["_SP"], pos=["SPACE"], lemmas=[space],
        morphs=[""], ents=["O"], sent_starts=[True],
    )  # fmt: skip
