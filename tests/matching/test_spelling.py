"""Do two names spell the same name?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.matching.spelling import same_name

SAME = [
    ("Olena Marchuk", "Елена Марчук", "person"),
    ("Yulia Kharkovskaya", "Julija Charkowskaja", "person"),
    ("Mohammed al-Zarouni", "Muhammad Al Zaruni", "person"),
    ("Holm, Ida", "Ida Holm", "person"),
    ("Ida K. Holm", "Ida Karin Holm", "person"),
    ("Dr. Ida Holm", "Ida Holm", "person"),
    ("Ida Karin Holm", "Ida Holm", "person"),
    ("IdaHolm", "Ida Holm", "person"),
    ("Abd al-Rahman Salih", "Abdulrahman Saleh", "person"),
    ("Nordwind Aktiengesellschaft", "Nordwind AG", "organisation"),
    ("N.F.C. Limited", "NFC Ltd", "organisation"),
    ("Brigade Twenty-Two", "Brigade 22", "Organization"),
]
OTHER = [
    ("Olena Marchuk", "Oleh Marchuk", "person"),
    ("Ida Holm", "Ida Holt", "person"),
    ("Ida Holm", "Ida Lindqvist", "person"),
    ("Peter Ness Jr.", "Peter Ness Sr.", "person"),
    ("Salim bin Rashid", "Rashid bin Salim", "person"),
    ("Kim Tae-jun", "Kim Tae-sok", "person"),
    ("Kozlov", "Ivan Kozlov", "person"),
    ("Northern Fish Council", "Southern Fish Council", "organisation"),
    ("Brigade 21", "Brigade 22", "organisation"),
    ("", "Ida Holm", "person"),
]


@pytest.mark.parametrize(("one", "other", "schema"), SAME)
def test_one_name_spelt_twice(one: str, other: str, schema: str) -> None:
    assert same_name(one, other, schema)[0]


@pytest.mark.parametrize(("one", "other", "schema"), OTHER)
def test_two_names(one: str, other: str, schema: str) -> None:
    assert not same_name(one, other, schema)[0]


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["person", "organisation", "other"]))
def test_any_two_texts_have_an_answer_and_their_order_does_not_matter(one: str, other: str, schema: str) -> None:
    match, score = same_name(one, other, schema)
    assert 0 <= score <= 1
    assert match == (score >= 0.5)
    assert same_name(other, one, schema)[0] == match
