"""Whether a batch is large: what concerns few people is made coarser then, and the plan stays a small file (decision 0013).

It is measured by people, and by how many sessions of a city all those together may use who are not alike: ten thousand people
who differ in their dates are more work than a million who do not.
"""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.trainees import Trainees

LARGE = 10_000
"""People above whom a batch is large."""
_MANY_WAYS = 2_000_000
"""Kinds of people, by what they state, times sessions of a city above which it is: planned all at once it takes some seconds or more."""

_STATED = ["item", "part", "district", "earliest", "latest"]


def is_large(problem: Problem) -> bool:
    """Say whether a batch is large."""
    people, cities = len(problem.trainees), len({site.city for site in problem.sites.values()})
    of_city = len(problem.seats) // max(cities, 1)
    if people > LARGE or people * of_city <= _MANY_WAYS:
        return people > LARGE
    kinds: int = Trainees.of(problem.trainees).frame.select(_STATED).n_unique()
    return kinds * of_city > _MANY_WAYS
