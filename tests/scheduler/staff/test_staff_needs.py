"""What certainly nobody can do is known before the draw: per time, which people may be at which sites, and over all times."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.staff.filling import most_filled

SITES = "ABC"


def best(needed, people):
    """Try every way to send each person to one of their sites, or nowhere."""
    found = 0
    for where in itertools.product(*([*sorted(sites), None] for sites in people)):
        found = max(found, sum(min(needed.get(site, 0), where.count(site)) for site in SITES))
    return found


@settings(max_examples=200, deadline=None)
@given(
    needed=st.dictionaries(st.sampled_from(SITES), st.integers(1, 3)),
    people=st.lists(st.frozensets(st.sampled_from(SITES)), max_size=6),
)
def test_as_many_as_trying_everything_fills(needed, people):
    able = {sites: people.count(sites) for sites in people}
    assert most_filled(needed, able) == best(needed, people)


def test_somebody_is_moved_on_for_somebody_who_has_no_choice():
    """Who may be at A and B came first and went to A; the other may be at A only: both are needed, both fit."""
    assert most_filled({"A": 1, "B": 1}, {frozenset("AB"): 1, frozenset("A"): 1}) == 2
