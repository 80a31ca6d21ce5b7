"""Near copies: what is set aside as the same text, and what is not."""

from __future__ import annotations

import pytest

from twosource.sources import from_text
from twosource.stories.copies import Copies
from twosource.stories.traits import traits

BODY = (
    "Two barges sank off Karsmouth on Monday morning after they had struck the sandbank below the old signal tower, and the"
    " lifeboat Osprey brought fourteen people ashore. The harbour was closed until the evening tide, the harbour master said."
)


def originals(*texts: str) -> list[int | None]:
    """Of each text the number of the one that it is a copy of."""
    known = Copies()
    found = []
    for number, text in enumerate(texts):
        report = from_text(text, file=f"{number}.txt")
        found.append(known.original(number, traits(report), report.text_sha256, lambda _: True))
    return found


@pytest.mark.parametrize("cut", ["Hendrika", "Hendr", "H"])
def test_a_text_cut_short_is_a_copy_even_where_it_is_cut_within_a_name(cut: str) -> None:
    whole = f"{BODY} Nobody was missed, said the owner of the barges, who had come down from Velmouth with the tug Hendrika."
    short = whole[: whole.rindex("Hendrika")] + cut
    assert originals(whole, short) == [None, 0]
    assert originals(short, whole) == [None, 0]


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("told Elna Jorensen at noon.", "told Elna Jorens"),
        ("bound for Norway with timber.", "bound for Norwa"),
        ("bound for Elkbury with 140 crates.", "bound for Elkbury with 14"),
        ("worth 1,200,000 crowns.", "worth 1,20"),
    ],
)
def test_a_cut_leaves_the_beginning_of_a_name_a_place_or_a_number(end: str, cut: str) -> None:
    assert originals(f"{BODY} They were {end}", f"{BODY} They were {cut}") == [None, 0]
    assert originals(f"{BODY} They were {cut}", f"{BODY} They were {end}") == [None, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for the port of Elkbury.", "for the port of Dorn."),
        ("in berth 1", "in berth 12"),
        ("by the Tern.", "by the Teal."),
    ],
)
def test_a_last_word_put_in_place_of_another_makes_no_copy(one: str, other: str) -> None:
    assert originals(f"{BODY} They were bound {one}", f"{BODY} They were bound {other}") == [None, None]


def test_words_that_many_texts_share_hide_no_copy() -> None:
    """Texts that are alike in most of their words, and no copies of each other: the copy of each leads to its own."""
    towns = "Elkbury Dornhaven Velmouth Ashford Tolm Oxley".split()
    told = [
        f"{BODY} The council of {town} sent {n + 20} tents and {n + 3} boats with the noon train."
        for n, town in enumerate(towns)
    ]
    assert originals(*told, *(text.removesuffix(" train.") for text in told)) == [*[None] * 6, *range(6)]
