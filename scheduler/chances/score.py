"""What a solution reaches of the two first aims of rule 4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.plan import Group, GroupChances
from scheduler.problem import Problem
from scheduler.public_sites import is_public_site


class Score(NamedTuple):
    """How many are placed, and how many of them at public or authority sites of their own city."""

    placed: int
    public: int


def score(
    problem: Problem, groups: Sequence[Group], chances: Sequence[GroupChances], denominator: int = 1
) -> Score:
    """Count who is placed and who at public sites; both are whole numbers in an optimum."""
    placed = public = 0
    for group, one in zip(groups, chances, strict=True):
        placed += sum(one.counts.values())
        if problem.rules.public_first:
            public += sum(
                count for site_id, count in one.by_site().items() if is_public_site(problem, group, site_id)
            )
    return Score(placed // denominator, public // denominator)
