"""Which of two reports comes first."""

from __future__ import annotations

import pytest

from twosource.lineage.order import comes_first, rank
from twosource.model import Report

WIRE = Report("r-w", "wire.txt", "Two barges sank.", "", "", "text/1", published="2031-04-01")


@pytest.mark.parametrize("published", ["1970-01-01", "1970-01-01T00:00:00Z", "0001-01-01", None])
def test_a_day_that_stands_for_no_date_is_before_nothing(published: str | None) -> None:
    undated = Report("r-u", "undated.txt", "Two barges sank.", "", "", "text/1", published=published)
    assert rank(WIRE) < rank(undated)
    # As of two reports without a date, the lower id.
    assert comes_first(undated, WIRE)
    assert not comes_first(WIRE, undated)


def test_the_earlier_day_in_utc_comes_first() -> None:
    late = Report("r-z", "late.txt", "Two barges sank.", "", "", "text/1", published="2031-04-02T00:30:00+02:00")
    last = Report("r-a", "last.txt", "Two barges sank.", "", "", "text/1", published="2031-04-02")
    assert comes_first(late, last)
    assert rank(late) < rank(last)
