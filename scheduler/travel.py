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
    north = (end_lat - start.lat) * _METRES_PER_DEGREE
    east = (end_lon - start.lon) * _METRES_PER_DEGREE * _cosine((start.lat + end_lat) / 2)
    return (isqrt(int(north * north + east * east)) + 500) // 1000


def _cosine(degrees: Fraction) -> Fraction:
    """Give the cosine to within 0.001 for latitudes up to 75 degrees (Taylor, three terms more)."""
    x = degrees * _PI / 180
    square = x * x
    return 1 - square / 2 + square**2 / 24 - square**3 / 720 + square**4 / 40320
