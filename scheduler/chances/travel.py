"""How far a district is from a site, in whole kilometres, by integer arithmetic only.

Equirectangular projection with the cosine as a polynomial of fractions: within a city it is off by
far less than the kilometre it is rounded to, and it is the same on every machine.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from scheduler.problem import Problem, Site

_METRES_PER_DEGREE = 111_195
_PI = Fraction(355, 113)


def kilometres(problem: Problem, district: str, site: Site) -> int:
    """Give the distance from a trainee's district to a site; 0 where a point is not stated."""
    start = problem.districts.get(district)
    if start is None or start.lon is None or start.lat is None:
        return 0
    end_lon, end_lat = site.lon, site.lat
    if end_lon is None or end_lat is None:
        other = problem.districts.get(site.district)
        if other is None or other.lon is None or other.lat is None:
            return 0
        end_lon, end_lat = other.lon, other.lat
    north, of_north = _difference(start.lat, end_lat)
    east, of_east = _difference(start.lon, end_lon)
    cosine, of_cosine = _cosine_between(start.lat, end_lat)
    east, of_east = east * cosine, of_east * of_cosine
    square = (north * of_east) ** 2 + (east * of_north) ** 2
    metres = isqrt(square * _METRES_PER_DEGREE**2 // (of_north * of_east) ** 2)
    return (metres + 500) // 1000


def _difference(start: Fraction, end: Fraction) -> tuple[int, int]:
    """Give end less start as numerator and denominator; not reduced, which would take most of the time."""
    return (
        end.numerator * start.denominator - start.numerator * end.denominator,
        start.denominator * end.denominator,
    )


def _cosine_between(start: Fraction, end: Fraction) -> tuple[int, int]:
    """Give the cosine half-way to within 0.001 for latitudes up to 75 degrees (Taylor, three terms more), likewise."""
    total = start.numerator * end.denominator + end.numerator * start.denominator
    angle = (total * _PI.numerator) ** 2  # the squares of the angle's numerator and denominator
    whole = (2 * start.denominator * end.denominator * _PI.denominator * 180) ** 2
    found = angle - 56 * whole
    found = found * angle + 1680 * whole**2
    found = found * angle - 20160 * whole**3
    found = found * angle + 40320 * whole**4
    return found, 40320 * whole**4
