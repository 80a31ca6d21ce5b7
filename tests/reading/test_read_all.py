"""Reports read together hold what each holds alone, in their order, whatever their languages."""

from __future__ import annotations

from twosource.model import Report
from twosource.reading import read, read_all

TEXTS = [
    (
        "en",
        "Three barges sank off Karsmouth on Monday, the harbour master, Ada Quill, said.\n\n“We saw nothing,” she told reporters.",
    ),
    ("en", "Police detained 12 men in Oskel.\nThe ministry denied that shots were fired."),
    ("pl", "Zapora w Tarnholm pękła. Zginęły 3 osoby, poinformował burmistrz Ivo Brandel."),
    ("en", ""),
    ("en", "The bridge reopened."),
]


def test_together_as_alone() -> None:
    reports = [
        Report(f"r{n}", f"{n}.txt", text, "", "", "text/1", published="2031-04-01", language=code)
        for n, (code, text) in enumerate(TEXTS)
    ]
    assert list(read_all(reports)) == [read(r) for r in reports]
    assert list(read_all(reversed(reports))) == [read(r) for r in reversed(reports)]
