"""Which row of places counts: the contract's "a row that names date and half goes before one that does not"."""

import pytest

from scheduler.place_rows import PlaceRows
from scheduler.problem import PlaceRow
from tests.scheduler.builders import ITEM, at

MORNING = at("S1", "1am")
EVERY = PlaceRow("S1", ITEM, 1)
HALF = PlaceRow("S1", ITEM, 2, half=MORNING.half)
DAY = PlaceRow("S1", ITEM, 3, MORNING.day)
BOTH = PlaceRow("S1", ITEM, 0, MORNING.day, MORNING.half)


@pytest.mark.parametrize("rows", [(EVERY,), (EVERY, HALF), (EVERY, HALF, DAY), (EVERY, HALF, DAY, BOTH)])
def test_the_row_that_says_more_of_the_time_counts_whatever_stands_first(rows):
    for listed in (rows, rows[::-1]):
        found = PlaceRows(listed)
        assert found.of(MORNING, ITEM) is rows[-1]
        assert found.of(at("S1", "2pm"), ITEM) is EVERY
        assert found.always("S1", ITEM) is (EVERY if rows == (EVERY,) else None)


def test_no_row_is_no_places():
    found = PlaceRows([BOTH])
    assert found.of(at("S1", "1pm"), ITEM) is None
    assert found.of(at("S2", "1am"), ITEM) is None
    assert found.always("S1", ITEM) is None
    assert found.has("S1", ITEM), "a theory trainee's site has a row, of any number"
    assert not found.has("S1", "高压电工作业")
