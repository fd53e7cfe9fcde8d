"""Stated chances add up: for one person to at most 1, for a session to at most what it takes."""

from dataclasses import replace

import pytest

from scheduler.checker.changed import Changed
from scheduler.checker.check import check
from tests.scheduler.builders import at, codes, placed, places, problem, schedule, site, trainee

SITES = [site(name, "I9") for name in ("S1", "S2", "S3")]
PEOPLE = [trainee(f"T{number:02d}") for number in range(12)]
SEATS = {at(one.site_id): 4 for one in SITES}
BATCH = problem(PEOPLE, SITES, seats=SEATS)


def twelve(chance, site_chance=None, sessions=tuple(SEATS)):
    """Four people at each of three sites, all with one stated chance."""
    sits = [
        placed(one.trainee_id, sessions[number % 3], chance=chance, site_chance=site_chance or chance)
        for number, one in enumerate(PEOPLE)
    ]
    return schedule(*sits)


def test_a_third_at_each_of_three_sites_is_right():
    assert check(BATCH, twelve("1/3")) == []


def test_a_half_at_each_of_three_sites_is_impossible():
    # why: one person's chances would come to 3/2, and six people would be expected on four seats
    found = check(BATCH, twelve("1/2"))
    assert codes(found) == ["CHANCE-CAPACITY"] * 3 + ["CHANCE-SUM"] * 2
    assert "合计 3/2" in next(one.message for one in found if one.code == "CHANCE-SUM")
    assert sum("平均会有 6.00 人，而座位只有 4 个" in one.message for one in found) == 3
    assert all(one.rule == 4 for one in found)


def test_a_small_excess_is_found():
    hair = f"{10**8 + 1}/{3 * 10**8}"
    assert codes(check(BATCH, twelve(hair))) == ["CHANCE-CAPACITY"] * 3 + ["CHANCE-SUM"] * 2


def test_sessions_of_a_site_together_are_no_likelier_than_the_site():
    times = (at("S1", "1am"), at("S1", "1pm"), at("S1", "2am"))
    batch = problem(PEOPLE, [SITES[0]], seats=dict.fromkeys(times, 4))
    assert check(batch, twelve("1/3", "1", times)) == []
    (found,) = check(batch, twelve("1/3", "2/3", times))
    assert (found.code, "合计 1，大于考点机会 2/3" in found.message) == ("CHANCE-SUM", True)


@pytest.mark.parametrize("part", ["both", "theory"])
def test_places_count_for_those_who_work(part):
    # why: three of them are expected at four seats and two places; theory takes no place
    people = [trainee(f"T{number}", part=part) for number in range(6)]
    rows = [places("S1", 2), places("S2", 9)]
    batch = problem(people, SITES[:2], seats={at("S1"): 4, at("S2"): 4}, rows=rows)
    where = ["S1", "S1", "S2", "S2", "S2", "S2"] if part == "both" else ["S1", "S1", "S1", "S2", "S2", "S2"]
    result = schedule(
        *(placed(f"T{n}", at(one), chance="1/2", site_chance="1/2") for n, one in enumerate(where))
    )
    assert codes(check(batch, result)) == (["CHANCE-CAPACITY"] if part == "both" else [])


def test_who_is_unequal_is_told_of_that_alone_and_who_has_several_registrations_is_left_out():
    result = twelve("1/2").placements
    odd = {**result, "T00": replace(result["T00"], chance=result["T00"].chance / 2)}
    assert "CHANCE-SUM" not in {
        one.code for one in check(BATCH, replace(twelve("1/2"), placements=odd)) if "各场" in one.message
    }
    persons = problem(
        [replace(one, id_number="000000199001010010") for one in PEOPLE[:2]], SITES, seats=SEATS
    )
    two = schedule(*(placed(f"T{n:02d}", at(f"S{n + 1}"), chance="1", site_chance="1") for n in range(2)))
    assert not {"CHANCE-SUM", "CHANCE-CAPACITY"} & set(codes(check(persons, two)))


def test_after_a_change_chances_come_of_several_draws():
    assert check(BATCH, twelve("1/2"), Changed(frozenset(), {})) == []


def test_a_number_in_a_chance_column_is_not_repeated():
    # why: somebody's number may have slipped there; leading zeros are lost on the way, so no mask would find it
    found = check(BATCH, schedule(placed("T00", at("S1"), chance="199001010010", site_chance="1")))
    told = " ".join(one.message for one in found)
    assert "CHANCE-RANGE" in codes(found)
    assert "199001010010" not in told
