"""Expressions of time in invented reports, each with the value that a reader of that day gives it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import Report, Time
from twosource.reading.parse import parse
from twosource.reading.pipeline import pipeline
from twosource.reading.time_calendar import Setting
from twosource.reading.time_patterns import candidates, plain
from twosource.reading.time_resolving import resolve
from twosource.reading.time_values import at_grain, clock, days, grain, moved, period, published_day
from twosource.reading.time_words import number
from twosource.reading.times import times

FRIDAY = "2013-03-22"


def read(text: str, published: str | None = FRIDAY) -> tuple[Time, ...]:
    report = Report("r1", "a.txt", text, "0", "0", "text/1", published=published)
    return times(parse(report, pipeline()))


def values(text: str, published: str | None = FRIDAY) -> list[tuple[str, str | None]]:
    return [(t.exact, t.value) for t in read(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The tense of the clause says which Thursday; the report's own weekday is that day.
        ("Police arrested two men on Thursday.", [("Thursday", "2013-03-21")]),
        ("The mayor resigned on Friday.", [("Friday", "2013-03-22")]),
        ("The council will meet on Thursday.", [("Thursday", "2013-03-28")]),
        ("Ministers are set to meet Friday.", [("Friday", "2013-03-22")]),
        ("She is due in court on Monday.", [("Monday", "2013-03-25")]),
        ("He is scheduled to be sworn in Tuesday.", [("Tuesday", "2013-03-26")]),
        ("The deadline expires Sunday.", [("Sunday", "2013-03-24")]),
        ("Quake shakes coast Sunday", [("Sunday", "2013-03-17")]),
        ("They demanded a recount of Sunday's vote.", [("Sunday", "2013-03-17")]),
        ("They could have met on Tuesday.", [("Tuesday", "2013-03-19")]),
        ("The harbour has been closed since Monday.", [("Monday", "2013-03-18")]),
        ("He left last Friday and returns next Friday.", [("last Friday", "2013-03-15"), ("next Friday", "2013-03-29")]),
        # Parts of the day.
        ("The minister said late Thursday.", [("late Thursday", "2013-03-21TEV")]),
        ("It struck early Sunday afternoon.", [("early Sunday afternoon", "2013-03-17TAF")]),
        ("Trucks left Monday morning.", [("Monday morning", "2013-03-18TMO")]),
        ("He had slept last night.", [("last night", "2013-03-21TNI")]),
        ("They will sing tonight.", [("tonight", "2013-03-22TNI")]),
        ("It rained this morning.", [("this morning", "2013-03-22TMO")]),
        # Times of day stand on the day told beside them.
        ("It closed at 11 a.m. Monday.", [("11 a.m. Monday", "2013-03-18T11:00")]),
        ("She spoke around noon today.", [("around noon today", "2013-03-22T12:00")]),
        ("It was felt at 09:10 hours (0440 GMT) on Monday.",
         [("09:10 hours", "2013-03-18T09:10"), ("0440 GMT", "2013-03-18T04:40"), ("Monday", "2013-03-18")]),
        ("It came at 1:53 p. m. local time.", [("1:53 p. m. local time", "2013-03-22T13:53")]),
        ("He called at six o'clock in the evening.", [("six o'clock in the evening", "2013-03-22T18:00")]),
        # Months and days of a month, by tense and by nearness.
        ("She has been in prison since May.", [("May", "2012-05")]),
        ("He runs for mayor in November.", [("November", "2013-11")]),
        ("He was born on June 28, 1970.", [("June 28, 1970", "1970-06-28")]),
        ("The judge set the sentencing for June 28.", [("June 28", "2013-06-28")]),
        ("A fire broke out on Dec. 30.", [("Dec. 30", "2012-12-30")]),
        ("Sales rose at the end of January.", [("the end of January", "2013-01")]),
        ("Rain began in November-end.", [("November-end", "2012-11")]),
        ("It happened between March 3 and April 5, 2003.", [("March 3", "2003-03-03"), ("April 5, 2003", "2003-04-05")]),
        ("In September last year it sank.", [("September last year", "2012-09")]),
        ("He died last December.", [("last December", "2012-12")]),
        ("It failed on March 3, 2010. On March 9 it reopened and in June it closed.",
         [("March 3, 2010", "2010-03-03"), ("March 9", "2010-03-09"), ("June", "2010-06")]),
        ("The law was passed on May 3, 2010, and will end on June 1.", [("May 3, 2010", "2010-05-03"), ("June 1", "2013-06-01")]),
        # Other ways to write a date.
        ("It sank on 2 November 2008.", [("2 November 2008", "2008-11-02")]),
        ("It sank on the 2nd of November, 2008.", [("2nd of November, 2008", "2008-11-02")]),
        ("It sank on Nov 28,2005.", [("Nov 28,2005", "2005-11-28")]),
        ("It sank on Sunday, November 27-2005.", [("Sunday, November 27-2005", "2005-11-27")]),
        ("Sat Nov 12 2011,01:19 hrs", [("Sat Nov 12 2011", "2011-11-12"), ("01:19 hrs", "2011-11-12T01:19")]),
        ("It sank on 11/28/05.", [("11/28/05", "2005-11-28")]),
        ("It sank on 28.11.2005.", [("28.11.2005", "2005-11-28")]),
        ("It sank on 2005-11-28.", [("2005-11-28", "2005-11-28")]),
        ("It sank on Christmas Eve.", [("Christmas Eve", "2012-12-24")]),
        # Weeks, months, quarters, seasons, years, decades, centuries.
        ("The bank fell last week.", [("last week", "2013-W11")]),
        ("It fell earlier this month.", [("earlier this month", "2013-03")]),
        ("It will open next month.", [("next month", "2013-04")]),
        ("It rained over the weekend.", [("the weekend", "2013-W11-WE")]),
        ("It was dry last summer.", [("last summer", "2012-SU")]),
        ("It was dry in the summer of 2001.", [("the summer of 2001", "2001-SU")]),
        ("Profit rose in the third quarter of 2012.", [("the third quarter of 2012", "2012-Q3")]),
        ("It closed in 2003.", [("2003", "2003")]),
        ("It ran from 2006 to 2011.", [("2006", "2006"), ("2011", "2011")]),
        ("He won the 2008 election.", [("2008", "2008")]),
        ("It was built in the mid-1990s.", [("the mid-1990s", "199")]),
        ("It was built in the 19th century.", [("the 19th century", "18")]),
        # Counted from publication, and from what was mentioned last.
        ("He left three weeks ago.", [("three weeks ago", "2013-W09")]),
        ("He left about a fortnight ago.", [("about a fortnight ago", "2013-W10")]),
        ("It shook on Monday after a blast a day before, police said.", [("Monday", "2013-03-18"), ("a day before", "2013-03-17")]),
        ("The bank failed on March 3, 2010. The next day it rained.", [("March 3, 2010", "2010-03-03"), ("The next day", "2010-03-04")]),
        ("It was ordered in March 2011 and shipped a month later.", [("March 2011", "2011-03"), ("a month later", "2011-04")]),
        ("He pleaded guilty on Tuesday and left later in the day.", [("Tuesday", "2013-03-19"), ("later in the day", "2013-03-19")]),
        ("She left on Tuesday and he left the same day.", [("Tuesday", "2013-03-19"), ("the same day", "2013-03-19")]),
    ],
)  # fmt: skip
def test_a_date_has_the_value_that_its_reader_gives_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "exact", "value"),
    [
        ("They walked for five days.", "DURATION", "five days", "P5D"),
        ("A two-year inquiry ended.", "DURATION", "two-year", "P2Y"),
        ("He ruled for twenty-six years.", "DURATION", "twenty-six years", "P26Y"),
        ("It took almost two years.", "DURATION", "almost two years", "P2Y"),
        ("It took half an hour.", "DURATION", "half an hour", "PT30M"),
        ("It has stood for decades.", "DURATION", "decades", "PXDE"),
        ("It fell over the past three years.", "DURATION", "the past three years", "P3Y"),
        ("A 37-year-old man was held.", "DURATION", "37-year-old", "P37Y"),
        ("Two days before the vote it rained.", "DURATION", "Two days", "P2D"),
        ("They march every Friday.", "SET", "every Friday", "XXXX-WXX-5"),
        ("They march on Fridays.", "SET", "Fridays", "XXXX-WXX-5"),
        ("It is printed daily.", "SET", "daily", "P1D"),
        ("They meet twice a week.", "SET", "a week", "P1W"),
        ("It costs 40 euros a month.", "SET", "a month", "P1M"),
        ("He is now a farmer.", "DATE", "now", "PRESENT_REF"),
        ("He recently married.", "DATE", "recently", "PAST_REF"),
        ("It grew in recent years.", "DATE", "recent years", "PAST_REF"),
        ("Nobody can tell the future.", "DATE", "the future", "FUTURE_REF"),
    ],
)
def test_durations_sets_and_references(text: str, kind: str, exact: str, value: str) -> None:
    assert [(t.kind, t.exact, t.value) for t in read(text)] == [(kind, exact, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The minister may resign.",
        "Troops march past the palace.",
        "A second earthquake followed the first.",
        "The Sun printed 80% of the letters.",
        "Flight 1994 landed.",
        "More than 2000 workers went home.",
        "He will fall.",
        "She paid $1990 for it.",
        "The score was 3:2.",
        "The mayor told Coast Today that the road was open.",
        "It holds 1,950 people.",
        "The ship makes 20 miles an hour.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert values(text) == []


def test_without_a_date_of_publication_times_stay_relative() -> None:
    text = "It sank on Saturday. On October 23 it had sailed. It was built last year, and today it is gone."
    assert values(text, None) == [
        ("Saturday", "XXXX-WXX-6"), ("October 23", "XXXX-10-23"), ("last year", None), ("today", None)
    ]  # fmt: skip


def test_an_undated_report_keeps_the_year_it_has_told() -> None:
    text = "On September 15, 2008 a ship was lost. On October 23 another was. In 1991 there were none. On November 2 one came back."
    assert [v for _, v in values(text, None)] == ["2008-09-15", "2008-10-23", "1991", "2008-11-02"]


@pytest.mark.parametrize(
    "head",
    [
        "Nov 28, 2005\nTwo hurt in blast",
        "Two hurt in blast\nPublished: Monday, November 28, 2005 at 16:12",
        "PORT ELDA, Nov. 28, 2005 (AP) - Two people were hurt.",
    ],
)
def test_a_date_at_the_head_of_an_undated_report_is_its_day(head: str) -> None:
    assert values(f"{head}\nThe blast came on Sunday.", None)[-1] == ("Sunday", "2005-11-27")


def test_a_date_in_a_sentence_is_not_the_day_of_the_report() -> None:
    assert values("It opened on May 3, 2001 in the rain.\nIt closed on Sunday.", None)[-1] == ("Sunday", "XXXX-WXX-7")


def test_a_time_of_publication_counts_in_its_own_zone() -> None:
    assert values("It sank today.", "2020-08-14T23:30:00-05:00") == [("today", "2020-08-14")]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-08-13", "2020-08-13", "2020-08-13"),
        ("2020-08-13TEV", "2020-08-13", "2020-08-13"),
        ("2020-08-13T11:00", "2020-08-13", "2020-08-13"),
        ("2020-W32", "2020-08-03", "2020-08-09"),
        ("2020-W32-WE", "2020-08-08", "2020-08-09"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-Q3", "2020-07-01", "2020-09-30"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2020-SU", "2020-06-01", "2020-08-31"),
        ("2020-WI", "2020-12-01", "2021-02-28"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_days_are_the_first_and_the_last_that_a_value_covers(value: str, first: str, last: str) -> None:
    assert days(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value", [None, "", "XXXX-WXX-6", "XXXX-10-23", "P2Y", "PAST_REF", "2020-02-30", "2020-W54", "T12:00", "٢٠٢٠"]
)
def test_what_names_no_days_covers_none(value: str | None) -> None:
    assert days(value) is None
    assert grain(value) is None


def test_the_day_of_publication_is_read_from_dates_and_datetimes_alone() -> None:
    assert published_day("2020-08-14") == published_day("20200814T101500Z") == date(2020, 8, 14)
    assert published_day("14 August 2020") is published_day(None) is published_day("2020-13-01") is None


def test_a_month_later_than_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert moved(date(2020, 1, 31), "M", 1) == date(2020, 2, 29)
    assert moved(date(9999, 12, 31), "D", 1) is None


def test_numbers_clocks_and_periods() -> None:
    assert [number(w) for w in ("seven and a half", "a couple of", "Twenty-six", "several")] == [7.5, 2, 26, None]
    assert clock(24) == "T24:00"
    assert clock(9, 61) is None
    assert period(90, "TM") == "PT90M"


# --- what holds for any text -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "May March Friday Sept. 11 2008 last next the of - , / : 28 5 a.m. o'clock noon half an and hour years ago before every Q3 1990s '90s "
    "early late end this week Monday night GMT 0440 11/28/05 2005-11-28 \n ’s today's to in on second 31 February 30 0 1st twenty one "
    "century 99th XXXX later that day weekend Christmas now daily a P1Y 12:61 ٣ ½ 🙂".split(" ")
)
PHRASES = st.lists(WORDS, max_size=14).map(" ".join)
DAYS = st.none() | st.dates().map(date.isoformat)


@settings(max_examples=150)
@given(st.text(max_size=80) | PHRASES, DAYS)
def test_any_text_is_read_without_error_and_every_span_is_its_words(text: str, published: str | None) -> None:
    found = read(text, published)
    assert all(text[t.start : t.end] == t.exact for t in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found == read(text, published)


@settings(max_examples=300)
@given(
    PHRASES,
    st.none() | st.dates(),
    st.sampled_from(["past", "future", "open"]),
    st.sampled_from([None, "2008-02-29", "2010-W53", "2011", "199"]),
)
def test_every_candidate_resolves_to_a_value_of_its_kind(
    text: str, day: date | None, tense: str, mentioned: str | None
) -> None:
    for found in candidates(text):
        kind, value = resolve(found, Setting(day, mentioned, tense=tense))  # type: ignore[arg-type]
        if value is not None:
            assert value.startswith("P") if kind == "DURATION" else value
            assert kind != "TIME" or "T" in value or days(value) is not None


@given(
    st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 25)),
    st.sampled_from(["D", "W", "M", "Q", "Y", "DE", "CE"]),
)
def test_a_day_lies_in_the_unit_that_holds_it(day: date, unit: str) -> None:
    span = days(at_grain(day, unit))
    if span is not None:  # the year 0 of the first decade and century is in no calendar
        assert span[0] <= day <= span[1]
    else:
        assert day.year < 100


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_within_a_week_on_the_side_of_its_tense(day: date, offset: int) -> None:
    weekday = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[(day + timedelta(offset)).weekday()]
    (found,) = (f for f in candidates(weekday) if f.form == "day")
    assert resolve(found, Setting(day, tense="future"))[1] == (day + timedelta(offset)).isoformat()
    assert resolve(found, Setting(day, tense="past"))[1] == (day - timedelta((7 - offset) % 7)).isoformat()


@given(st.text(max_size=200))
def test_the_plain_view_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["2008 ", "May ", "a ", "early late ", "Friday, ", "11", "the end of ", " ", "12:", "one or more "]
)
def test_search_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = process_time()
        sum(1 for _ in candidates(text))
        return process_time() - start

    seconds(1_000)
    # Eight times the text: eight times as long, and some; a search in its square would take sixty-four times as long.
    assert seconds(80_000) < 30 * max(seconds(10_000), 0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A day without its month is the nearest in the direction of the tense.
        ("The vote was held on the 16th.", [("the 16th", "2013-03-16")]),
        ("They met on the 28th.", [("the 28th", "2013-02-28")]),
        ("The council will meet on the 3rd.", [("the 3rd", "2013-04-03")]),
        ("The 16th floor burned after the 16th attempt.", []),
        # A range tells no one count.
        ("Repairs took six to eight weeks.", [("six to eight weeks", "PXW")]),
        ("They held out for 10-12 days.", [("10-12 days", "PXD")]),
        # Feasts that move.
        ("She left on Good Friday.", [("Good Friday", "2012-04-06")]),
        ("The bridge will open on Easter Monday.", [("Easter Monday", "2013-04-01")]),
        ("Polls closed on Easter Sunday 2019.", [("Easter Sunday 2019", "2019-04-21")]),
        ("The dam burst on Thanksgiving.", [("Thanksgiving", "2012-11-22")]),
    ],
)  # fmt: skip
def test_days_without_a_month_ranges_and_feasts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert values(text) == expected


def test_a_feast_that_moves_stays_open_without_a_year() -> None:
    assert values("She left on Good Friday.", None) == [("Good Friday", None)]
