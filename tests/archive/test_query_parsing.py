"""What one may type into a search, what it means, and where it is refused. Whatever is typed, it is one or the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.archive.query import ActorNamed, Amount, And, Not, Or, Outlet, Query, Said, Since, Until, Word, written
from twosource.archive.query_parsing import parsed
from twosource.archive.search_sqlite import expression
from twosource.errors import QueryError, UsageError
from twosource.limits import QUERY_CHARACTERS, QUERY_NESTING, QUERY_TERMS

FERRY, BOAT, TUG = (Word((w,), w) for w in ("ferry", "boat", "tug"))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("ferry", FERRY),
        ("FERRY boat", And((Word(("ferry",), "FERRY"), BOAT))),
        ("ferry AND boat", And((FERRY, BOAT))),
        ("ferry boat OR tug", Or((And((FERRY, BOAT)), TUG))),
        ("ferry (boat OR tug)", And((FERRY, Or((BOAT, TUG))))),
        ("ferry -boat", And((FERRY, Not(BOAT)))),
        ("-(ferry boat)", Not(And((FERRY, BOAT)))),
        ('"ferries sank"', Word(("ferry", "sank"), "ferries sank")),
        ("“ferries sank”", Word(("ferry", "sank"), "ferries sank")),
        ("«ferries sank»", Word(("ferry", "sank"), "ferries sank")),
        ("ferr*", Word(("ferr",), "ferr", prefix=True)),
        ("1,000", Word(("1", "000"), "1,000")),
        ("12:30", Word(("12", "30"), "12:30")),
        ('"OR"', Word(("or",), "OR")),
        ("actor:Brill", ActorNamed(("brill",), "Brill")),
        ('Actor:"Ada Waters"', ActorNamed(("ada", "waters"), "Ada Waters")),
        ("actor:Брилль", ActorNamed(("brill",), "Брилль")),
        ("outlet:tern.example", Outlet(("tern", "example"), "tern.example")),
        ('quote:"were hurt"', Said(("were", "hurt"), "were hurt")),
        ("since:2031", Since("2031-01-01", "2031")),
        ("until:2032-02", Until("2032-02-29", "2032-02")),
        ("until:2031-04-05", Until("2031-04-05", "2031-04-05")),
        ("figure:>1000", Amount(">", 1000, None, (), ">1000")),
        ("figure:<=1,000", Amount("<=", None, 1000, (), "<=1,000")),
        ("figure:12", Amount("=", 12, 12, (), "12")),
        ("figure:10..20", Amount("..", 10, 20, (), "10..20")),
        ("figure:2.5..", Amount("..", 2.5, None, (), "2.5..")),
        ('figure:">2 million people"', Amount(">", 2_000_000, None, ("people",), ">2 million people")),
        ("figure:..50%", Amount("..", None, 50, ("percent",), "..50%")),
        ("figure:>$2k", Amount(">", 2000, None, ("usd",), ">$2k")),
    ],
)
def test_what_a_query_means(typed: str, means: Query) -> None:
    assert parsed(typed) == means
    assert parsed(written(means)) == means


@pytest.mark.parametrize(
    ("typed", "at", "why"),
    [
        ("", 0, "nothing to look for"),
        ("  ", 0, "nothing to look for"),
        ('ferry "were hurt', 6, "opened and not closed"),
        ('ferry ""', 6, "nothing stands between these quotation marks"),
        ("ferry (boat", 6, "opened and not closed"),
        ("ferry boat)", 10, "was not opened"),
        ("ferry ()", 7, "nothing stands in this parenthesis"),
        ("ferry OR", 6, "OR stands between two things"),
        ("OR ferry", 0, "OR stands between two things"),
        ("ferry AND", 6, "AND stands between two things"),
        ("ferry NOT boat", 6, "write -word"),
        ("ferry - boat", 6, "a minus stands right before"),
        ("ferry --boat", 6, "no such option"),
        ("ferry &", 6, "no letter or digit"),
        ("ferry from:Brill", 6, "there is no field from:"),
        ("ferry actor: Brill", 6, "a value stands right behind actor:"),
        ("ferry actor:(a OR b)", 12, "takes one value"),
        ('actor:"—"', 7, "no letter or digit"),
        ("fe*", 0, "at least 3 letters"),
        ("1,000*", 0, "the beginning of one word"),
        ("since:soon", 6, "this is no date"),
        ("since:2031-13", 6, "this is no date"),
        ("until:2031-02-29", 6, "this is no date"),
        ("figure:many", 7, "this is no figure"),
        ("figure:..", 7, "a number stands before or behind"),
        ("figure:20..10", 7, "larger than the second"),
        ('figure:">12 &"', 8, "has no letter"),
        ("ferry " * QUERY_CHARACTERS, QUERY_CHARACTERS, "longer than"),
        ("a " * (QUERY_TERMS + 1), 2 * QUERY_TERMS, "more than 64 words"),
        ("(" * (QUERY_NESTING + 1), QUERY_NESTING, "parentheses in one another"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(typed: str, at: int, why: str) -> None:
    with pytest.raises(QueryError, match=why) as refused:
        parsed(typed)
    assert refused.value.at == at
    assert isinstance(refused.value, UsageError)


#: What means something to FTS5, tsquery, SQL or our own language, among letters of many scripts.
typed_by_anybody = st.lists(
    st.sampled_from(
        list("\"'“”„«»()-*:^{}+|&!<>\\;,.%_$?@#=~`\0\n\t ")
        + "OR AND NOT NEAR actor: outlet: quote: since:2031 until: figure:> figure: names : <-> :* 1..2 -- /* ferry boats É東京ß ﷺ क्षि e\u0301 \u200b".split(
            " "
        )
    )
    | st.text(max_size=4),
    max_size=24,
).map("".join)


@given(typed_by_anybody)
def test_whatever_is_typed_is_a_query_or_refused_at_a_place_of_it(typed: str) -> None:
    try:
        query = parsed(typed)
    except QueryError as error:
        refused = error
    else:
        assert parsed(written(query)) == query
        return
    assert 0 <= refused.at <= len(typed)


@pytest.fixture(scope="module")
def fts5() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE indexed USING fts5(words, tokenize = 'ascii')")
    yield connection
    connection.close()


@given(typed=typed_by_anybody)
def test_nothing_that_is_typed_breaks_fts5(fts5: sqlite3.Connection, typed: str) -> None:
    try:
        made = expression(parsed(typed))
    except QueryError:
        return
    if made is not None:
        fts5.execute("SELECT rowid FROM indexed WHERE indexed MATCH ?", (made,)).fetchall()
