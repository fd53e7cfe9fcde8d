"""How far the chances of a plan are from what they should be, to choose among plans that place as many."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from scheduler.plan import Lottery


class Unevenness(NamedTuple):
    """The worst first: persons expected at one site above the cap, how unequal the chances of no place are, how little spread the others.

    It is the order of the aims (docs/decisions/0003): nobody is left without a place for certain so that others' sites are even.
    """

    excess: Fraction
    shortage: Fraction
    spread: Fraction


def unevenness(plan: Lottery, cap: Fraction, some: Collection[str]) -> Unevenness:
    """Measure a plan: what is above the cap, the squares of chances of no place, and, of some trainees, those by site and session."""
    units = cap * plan.denominator
    excess = shortage = spread = Fraction()
    for group, one in zip(plan.groups, plan.chances, strict=True):
        size = len(group.trainees)
        sites = one.by_site()
        excess += sum(max(count - units * size, Fraction()) for count in sites.values())
        shortage += Fraction(one.unplaced**2, size)
        if any(name in some for name in group.trainees):
            listed = [*sites.values(), *one.counts.values()]
            spread += Fraction(sum(count * count for count in listed), size)
    square = plan.denominator**2
    return Unevenness(excess / plan.denominator, shortage / square, spread / square)
