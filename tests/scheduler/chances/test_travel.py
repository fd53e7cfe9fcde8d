"""Distances in whole kilometres, the same on every machine."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.chances.travel import kilometres
from scheduler.problem import District
from tests.scheduler.builders import problem, site, trainee


def batch(*points):
    made = problem([trainee("T1")], [site("S1")])
    districts = {
        f"D{number}": District(f"D{number}", "云州市", *point) for number, point in enumerate(points)
    }
    return replace(made, districts=districts)


def point(lon, lat):
    return Fraction(str(lon)), Fraction(str(lat))


@pytest.mark.parametrize(
    ("start", "end"),
    [((101.42, 26.31), (101.33, 26.29)), ((101.0, 26.0), (102.5, 27.2)), ((113.2, 23.1), (113.2, 23.1)),
     ((126.5, 45.7), (127.9, 46.9)), ((-70.1, -33.2), (-70.9, -33.9))],
)  # fmt: skip
def test_within_a_kilometre_of_the_great_circle(start, end):
    there = replace(site("S1"), lon=point(*end)[0], lat=point(*end)[1])
    found = kilometres(batch(point(*start)), "D0", there)
    (lon1, lat1), (lon2, lat2) = [[math.radians(value) for value in one] for one in (start, end)]
    angle = math.acos(
        min(1, math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2))
    )
    assert abs(found - 6371 * angle) <= 1.5


DEGREES = st.fractions(-80, 80, max_denominator=10**6)


@given(DEGREES, DEGREES, DEGREES, DEGREES)
def test_it_is_the_formula_in_fractions(lon, lat, other_lon, other_lat):
    """East by the cosine 1 - x²/2! + x⁴/4! - x⁶/6! + x⁸/8! half-way, metres cut off, kilometres rounded."""
    square = ((lat + other_lat) / 2 * Fraction(355, 113) / 180) ** 2
    cosine = 1 - square / 2 + square**2 / 24 - square**3 / 720 + square**4 / 40320
    north, east = (other_lat - lat) * 111_195, (other_lon - lon) * 111_195 * cosine
    there = replace(site("S1"), lon=other_lon, lat=other_lat)
    found = kilometres(batch((lon, lat)), "D0", there)
    assert found == (math.isqrt(int(north * north + east * east)) + 500) // 1000


def test_a_site_without_a_point_is_where_its_district_is():
    facts = batch(point(101, 26), point(102, 26))
    assert kilometres(facts, "D0", site("S1", district="D1")) == kilometres(
        facts, "D0", replace(site("S1"), lon=Fraction(102), lat=Fraction(26))
    )


def test_nothing_known_is_no_distance():
    facts = batch(point(101, 26), (None, None))
    assert kilometres(facts, "D9", site("S1", district="D0")) == 0
    assert kilometres(facts, "D1", site("S1", district="D0")) == 0
    assert kilometres(facts, "D0", site("S1")) == 0
