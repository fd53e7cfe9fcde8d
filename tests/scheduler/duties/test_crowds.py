"""Crowds hold what sets hold, and go through it in the order of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.duties.crowds import crowd, first, persons_of


@given(st.sets(st.integers(0, 3000)))
def test_a_crowd_gives_back_its_persons_ascending(persons):
    assert list(persons_of(crowd(persons))) == sorted(persons)


@given(st.sets(st.integers(0, 3000), min_size=1))
def test_the_first_has_the_lowest_number(persons):
    assert first(crowd(persons)) == min(persons)
