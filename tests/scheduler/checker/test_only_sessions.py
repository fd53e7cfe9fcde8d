"""Who may sit in one session of a site only goes to the site just as often as to that session."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.checker.changed import Changed
from scheduler.checker.check import check
from scheduler.draw import draw
from tests.scheduler.builders import (
    ITEM,
    ONE_PERSON,
    at,
    codes,
    day,
    placed,
    places,
    planned,
    problem,
    relation,
    schedule,
    seed,
    site,
    trainee,
)
from tests.scheduler.checker.person_by_person import Judge
from tests.scheduler.strategies import batches

SITES = [site("S1"), site("S2")]
MORNING, AFTERNOON, NEXT = at("S1"), at("S1", "1pm"), at("S1", "2am")
ONE, ONE_DAY, TWO_DAYS = {MORNING: 1}, {MORNING: 1, AFTERNOON: 1}, {MORNING: 1, NEXT: 1}
UNEQUAL = ["CHANCE-OF-SITE"]


def half_there(seats=ONE, *, sites=(), rows=None, relations=(), changed=None, chance="1/3", **more):
    """Give the codes where the one trainee sits at S1 in the morning: by 1/3 in the session, by 1/2 at the site."""
    batch = problem(
        [trainee("T1", **more)],
        [*sites] or SITES,
        seats={**seats, at("S2"): 1},
        rows=rows or [places("S1", 9), places("S2", 9)],
        relations=[*relations],
    )
    return codes(check(batch, schedule(placed("T1", MORNING, chance=chance, site_chance="1/2")), changed))


def test_one_session_there_is():
    assert half_there() == UNEQUAL
    assert half_there(chance="1/2") == []
    assert half_there(ONE_DAY) == []


def test_the_sentence_says_why():
    batch = problem([trainee("T1")], SITES)
    (found,) = check(batch, schedule(placed("T1", at("S1"), chance="1/3", site_chance="1/2")))
    assert found.rule == 4
    assert "本场机会 1/3 小于考点机会 1/2；该考点只有这一场可去，考点机会应等于本场机会" in found.message
    assert found.as_data()["trainee_id"] == "T1"


def test_what_closes_the_other_session():
    assert half_there(TWO_DAYS, latest=day(1)) == UNEQUAL
    assert half_there(TWO_DAYS, latest=day(2)) == []
    closed = replace(SITES[0], suspended=True, suspended_from=day(2), suspended_to=day(3))
    assert half_there(TWO_DAYS, sites=[closed, SITES[1]]) == UNEQUAL
    assert half_there({MORNING: 1, NEXT: 0}) == UNEQUAL
    owned = relation("owns", "I1", "S1", since=day(2))
    assert half_there(TWO_DAYS, relations=[owned]) == UNEQUAL


def test_places_are_asked_of_those_who_work():
    rows = [places("S1", 9, when="1am"), places("S1", 0, when="1pm"), places("S2", 9)]
    assert half_there(ONE_DAY, rows=rows) == UNEQUAL
    assert half_there(ONE_DAY, rows=rows, part="theory") == []
    assert half_there(ONE_DAY, rows=[*rows, places("S1", 9, f"{ITEM}乙")]) == UNEQUAL


def test_own_times_of_one_person_do_not_count():
    """T1 and T2 are one person: in one draw T1 sits in the morning and T2 in the afternoon, in another the other way round."""
    people = [trainee("T1", id_number=ONE_PERSON), trainee("T2", id_number=ONE_PERSON)]
    batch = problem(people, SITES[:1], seats=ONE_DAY)
    sits = [placed(*one, chance="1/2", site_chance="1") for one in (("T1", MORNING), ("T2", AFTERNOON))]
    assert check(batch, schedule(*sits)) == []


def test_who_was_left_alone_by_a_change_has_the_chances_of_before():
    assert half_there(changed=Changed(frozenset({"T1"}), {})) == []
    assert half_there(changed=Changed(frozenset(), {})) == UNEQUAL
    no_more = Changed(frozenset(), {"T1": frozenset({AFTERNOON})})
    assert half_there(ONE_DAY, changed=no_more) == UNEQUAL


@pytest.mark.parametrize(
    "chances", [("1/3", None), (None, "1/2"), (None, None), ("1/3", "3/2"), ("2/3", "1/2")]
)
def test_what_is_not_stated_or_impossible_is_not_told_again(chances):
    chance, site_chance = chances
    batch = problem([trainee("T1")], SITES)
    found = check(batch, schedule(placed("T1", at("S1"), chance=chance, site_chance=site_chance)))
    assert not [one for one in found if "只有这一场" in one.message]


def test_where_nobody_may_sit_other_faults_are_told():
    batch = problem([trainee("T1", latest=day(1))], SITES, seats={NEXT: 1, at("S2"): 1})
    found = check(batch, schedule(placed("T1", NEXT, chance="1/3", site_chance="1/2")))
    assert codes(found) == ["TOO-LATE"]


def of_site(batch, result):
    return [one.as_data()["trainee_id"] for one in check(batch, result) if one.code == "CHANCE-OF-SITE"]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(batch=batches(), number=st.integers(0, 99))
def test_of_what_was_drawn_only_changed_chances_are_told(batch, number):
    """Nothing as it was drawn; and half the chance of anybody who has no other session there, whoever it is."""
    result = draw(planned(batch), seed(number))
    assert of_site(batch, result) == []
    judge = Judge(batch, result)
    alone = [
        name
        for name, one in sorted(result.placements.items())
        if [at.site_id for at in judge.allowed(batch.trainees[name])].count(one.session.site_id) == 1
    ]
    halved = {
        name: replace(result.placements[name], chance=result.placements[name].chance / 2) for name in alone
    }
    assert of_site(batch, replace(result, placements={**result.placements, **halved})) == alone
