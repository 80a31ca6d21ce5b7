"""What two texts share is found wherever it stands, and is shown word for word."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.likeness.fingerprints import GAP, PLACES, WINDOW, K, Words, containment, passages, prints, words

SHARED = "the radar station on the northern pier had been out of service since friday"
some_words = st.lists(st.sampled_from("tide fog pier radar boat crew quay rope mast keel".split()), max_size=60).map(
    " ".join
)


def shared(a: str, b: str) -> list[str]:
    first, second = words(a), words(b)
    return [b[second.starts[r.b] : second.ends[r.b + r.length - 1]] for p in passages(first, second) for r in p]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The harbour-master’s boat", ("the", "harbour", "master's", "boat")),
        ("ＦＯＧ  at 7.30", ("fog", "at", "7", "30")),
        ("渔船相撞 at sea", ("渔", "船", "相", "撞", "at", "sea")),
        ("Паром затонул", ("паром", "затонул")),
        ("— “…” —", ()),
        ("", ()),
    ],
)
def test_words_are_compared_without_case_and_marks(text: str, forms: tuple[str, ...]) -> None:
    assert words(text).forms == forms


def test_a_shared_run_is_found_and_shown_as_it_stands() -> None:
    assert shared(f"He said {SHARED}.", f"NEW: {SHARED.title()}, we hear.") == [SHARED.title()]


def test_a_run_is_followed_past_a_small_change() -> None:
    assert shared(SHARED, SHARED.replace("northern pier", "old north quay")) == [
        "the radar station on the",
        "had been out of service since friday",
    ]


def test_a_change_longer_than_the_gap_ends_the_passage() -> None:
    long = " ".join(f"other{n}" for n in range(GAP + 1))
    first, second = words(f"{SHARED} {SHARED.upper()[::-1]}"), words(f"{SHARED} {long} {SHARED.upper()[::-1]}")
    assert len(passages(first, second)) == 2


def test_masked_words_are_nobodys() -> None:
    text = f"before {SHARED} after"
    mask = [(7, 7 + len(SHARED))]
    assert prints(words(text, mask)) == ()
    assert passages(words(text, mask), words(text)) == ()


def test_containment_goes_both_ways() -> None:
    short, long = prints(words(SHARED)), prints(words(f"{SHARED} {' '.join(f'w{n}' for n in range(40))}"))
    assert containment(short, long)[0] > 0.8 > 0.4 > containment(short, long)[1]
    assert containment(short, ()) == (0.0, 0.0)


@given(some_words, some_words, some_words, some_words, st.integers(0, 20))
def test_every_run_of_the_guaranteed_length_leaves_a_common_print(a: str, b: str, c: str, d: str, seed: int) -> None:
    run = " ".join(f"x{seed}y{n}" for n in range(K + WINDOW - 1))
    first, second = prints(words(f"{a} {run} {b}")), prints(words(f"{c} {run} {d}"))
    assert {h for h, _ in first} & {h for h, _ in second}


@given(some_words, some_words)
def test_passages_are_the_same_words_and_do_not_overlap(a: str, b: str) -> None:
    first, second = words(a), words(b)
    runs = [r for p in passages(first, second) for r in p]
    for r in runs:
        assert first.forms[r.a : r.a + r.length] == second.forms[r.b : r.b + r.length]
    places = [n for r in runs for n in range(r.b, r.b + r.length)]
    assert len(places) == len(set(places))


@given(st.text(max_size=200))
def test_every_word_stands_where_it_says(text: str) -> None:
    found = words(text)
    assert all(words(text[s:e]).forms == (f,) for f, s, e in zip(found.forms, found.starts, found.ends, strict=True))


def test_prints_are_the_same_in_every_process() -> None:
    code = f"from twosource.likeness.fingerprints import prints, words; print(prints(words({SHARED!r})))"
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout.strip() == str(prints(words(SHARED)))


def test_a_text_that_repeats_itself_takes_no_quadratic_time() -> None:
    def took(times: int) -> float:
        many: Words = words(f"{SHARED}. " * times)
        began = time.process_time()
        assert passages(many, many)
        return time.process_time() - began

    took(50)
    # Four times the text; the best of three, since a garbage collection or another process may fall into one of them.
    assert min(took(800) for _ in range(3)) < 12 * max(took(200), 0.01)
    assert PLACES < 10
