"""How far the chances of a plan are from what they should be, to choose among plans that place as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from scheduler.plan import Several


class Unevenness(NamedTuple):
    """The worst first: how many persons are expected at one site above the cap, then how little chances are spread."""

    excess: Fraction
    spread: Fraction


def unevenness(plan: Several, cap: Fraction, some: Collection[str]) -> Unevenness:
    """Measure a plan: what is above the cap, and, of some trainees, the squares of chances by site and by session."""
    units = cap * plan.denominator
    excess = spread = Fraction()
    for group, one in zip(plan.groups, plan.chances, strict=True):
        size = len(group.trainees)
        sites = Counter[str]()
        for session, count in one.counts.items():
            sites[session.site_id] += count
        excess += sum(max(count - units * size, Fraction()) for count in sites.values())
        if any(name in some for name in group.trainees):
            listed = [*sites.values(), *one.counts.values(), one.unplaced]
            spread += Fraction(sum(count * count for count in listed), size)
    return Unevenness(excess / plan.denominator, spread / plan.denominator**2)
