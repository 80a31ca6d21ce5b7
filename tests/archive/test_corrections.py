"""What a correction changed, as places in both versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.archive.differences import changes
from twosource.sources import from_text


def shown(older: str, newer: str) -> list[tuple[str | None, str | None]]:
    found = changes(from_text(older), from_text(newer))
    return [(c.before.exact if c.before else None, c.after.exact if c.after else None) for c in found]


def test_a_word_that_was_replaced_added_or_taken_out() -> None:
    before = "Two ferries collided on Monday.\nThree people were hurt.\nA tug came.\n"
    after = "Two ferries collided late on Monday.\nFour people were hurt.\n"
    assert shown(before, after) == [(None, "late"), ("Three", "Four"), ("A tug came.", None)]


def test_the_same_text_has_no_changes() -> None:
    assert shown("Two ferries collided.", "Two ferries collided.") == []


texts = st.text(st.sampled_from("ab \n.,é"), min_size=1, max_size=60).filter(lambda t: not t.isspace())


@given(texts, texts)
def test_taking_the_new_words_for_the_old_makes_the_newer_text(older: str, newer: str) -> None:
    """But for white space, which is not shown."""
    before, after = from_text(older), from_text(newer)
    found = changes(before, after)
    assert [c.before for c in found if c.before] == sorted(c.before for c in found if c.before)
    text, at = "", 0
    for change in found:
        if change.before is not None:
            text += older[at : change.before.start]
            at = change.before.end
    kept = "".join(older[at:].split()) if not found else None
    assert kept is None or kept == "".join(newer.split())
    removed = "".join(c.before.exact for c in found if c.before)
    added = "".join(c.after.exact for c in found if c.after)
    assert sorted(older.replace(" ", "").replace("\n", "")) == sorted(
        [*"".join(newer.split()), *"".join(removed.split())]
    ) or len("".join(older.split())) - len("".join(removed.split())) == len("".join(newer.split())) - len(
        "".join(added.split())
    )
