"""Remedies: what is promised happens, and where it is called the smallest, a unit less does not do."""

from dataclasses import replace
from itertools import combinations_with_replacement
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedy_words import told
from scheduler.eligibility import Eligibility
from scheduler.plan import Limit
from scheduler.problem import Room
from scheduler.remedy.changes import Growth, OneSession, OtherCities, OwnSchool
from scheduler.remedy.ground import WholeBatch
from scheduler.remedy.remedies import find_remedies
from tests.scheduler import oracle
from tests.scheduler.builders import ITEM, at, day, places, problem, site, trainee
from tests.scheduler.remedy.test_shortage import people
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def remedies_of(batch):
    plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    return find_remedies(WholeBatch(batch), plan)


def only(batch, kind):
    ((_, found),) = remedies_of(batch).items()
    return [one for one in found.remedies if isinstance(one.change, kind)]


def holds_several(batch):
    return any(len(ids & batch.trainees.keys()) > 1 for ids in oracle.persons(batch))


@pytest.mark.parametrize("many", [1_000, 0], ids=["few", "many"])
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=5, sessions=4))
def test_every_remedy_places_as_many_more_as_it_promises(many, batch):
    """Of many people with several registrations what a change opens is tried with times parted as in the plan."""
    with patch("scheduler.remedy.trials._MANY", many):
        every_promise_is_kept(batch)


def every_promise_is_kept(batch):
    before = oracle.best(batch)[0]
    assume(before < len(batch.trainees))
    for found in remedies_of(batch).values():
        assert found.complete
        for one in found.remedies:
            assert one.gain > 0
            more = oracle.best(one.change.applied(batch))[0] - before
            assert more >= one.gain
            assert more == one.gain or (holds_several(batch) and isinstance(one.change, Growth))


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=5, sessions=4, several=False))
def test_a_unit_less_than_the_smallest_places_fewer(batch):
    plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    before = oracle.best(batch)[0]
    assume(plan.bottlenecks)
    for bottleneck, found in find_remedies(WholeBatch(batch), plan).items():
        groups = [plan.groups[number] for number in bottleneck.groups]
        for one in found.remedies:
            for less in one_unit_less(batch, groups, one.change) if one.smallest else ():
                assert oracle.best(less.applied(batch))[0] < before + one.gain


def one_unit_less(batch, groups, change):
    """Every way to spend a unit less: at the same sites, on any limit that these people count in there."""
    if isinstance(change, OneSession):
        return [replace(change, seats=change.seats - 1)]
    used = {limit.site_id for limit in change.by}
    limits = set()
    for group in groups:
        for site_id, date, half in group.allowed:
            if site_id in used:
                limits.add(Limit(site_id, date, str(half)))
                limits.add(Limit(site_id, date, str(half), group.item if group.part != "theory" else ""))
                limits |= {Limit(site_id, date)} if batch.sites[site_id].day_limit is not None else set()
    units = sum(change.by.values()) - 1
    assume(len(limits) ** units <= 400)
    return [
        Growth({limit: chosen.count(limit) for limit in set(chosen)})
        for chosen in combinations_with_replacement(sorted(limits), units)
    ]


def test_one_seat_and_one_place_where_both_are_full():
    # three people, two seats and two places: the third needs one of each
    batch = problem(people(3), [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 2)])
    (grown,) = only(batch, Growth)
    assert grown.change.by == {Limit("S1", day(1), "am"): 1, Limit("S1", day(1), "am", ITEM): 1}
    assert (grown.gain, grown.units, grown.smallest) == (1, 2, True)


def test_only_the_place_where_seats_are_free():
    batch = problem(people(5), [site("S1")], rows=[places("S1", 2)])
    (grown,) = only(batch, Growth)
    assert grown.change.by == {Limit("S1", day(1), "am", ITEM): 3}
    assert (grown.gain, grown.units, grown.smallest) == (3, 3, True)


def test_seats_for_which_there_is_no_room_are_told_with_the_rooms():
    """Two seats in one room of two: a third needs another room, and the batch with three seats alone is refused."""
    batch = problem(people(3), [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 5)])
    with_room = replace(batch, rooms=(Room("S1", "第1考场", 2),))
    (grown,), (session,) = only(with_room, Growth), only(with_room, OneSession)
    assert grown.rooms == {"S1": 2}
    assert told(with_room, grown).endswith("考点S1的各考场合计只能坐 2 人，须同时补充考场表")
    assert session.rooms == only(batch, Growth)[0].rooms == {}


def test_a_day_limit_grows_by_what_is_missing():
    batch = problem(people(5), [site("S1", day_limit=3)])
    (grown,) = only(batch, Growth)
    assert grown.change.by == {Limit("S1", day(1)): 2}
    assert (grown.gain, grown.smallest) == (2, True)


def test_a_session_more_is_as_large_as_the_shortage():
    batch = problem(people(5), [site("S1")], seats={at("S1"): 3})
    (session,) = only(batch, OneSession)
    assert session.change == OneSession(at("S1", "1pm"), 2, {ITEM: 10})
    assert (session.gain, session.units, session.smallest) == (2, 2, True)


def test_a_session_that_makes_a_site_the_only_one_is_not_called_the_smallest():
    """I1's own site has no places for the item in its only session, so no site has: nobody may sit.

    A session more has some, which makes it the city's sole site: the seat of the old session would do then.
    """
    batch = problem(
        [trainee("T1", part="theory")],
        [site("S1", "I1")],
        seats={at("S1"): 1},
        rows=[places("S1", 1), places("S1", 0, when="1am")],
    )
    (session,) = only(batch, OneSession)
    assert oracle.best(replace(session.change, seats=0).applied(batch))[0] == 1
    assert (session.gain, session.smallest) == (1, False)


def test_a_session_more_is_no_larger_than_the_site_is():
    # three are short; the site has two places for the item
    batch = problem(people(5), [site("S1")], rows=[places("S1", 2)])
    (session,) = only(batch, OneSession)
    assert session.change == OneSession(at("S1", "1pm"), 2, {ITEM: 2})
    assert (session.gain, session.units, session.smallest) == (2, 2, True)


def test_a_session_more_on_a_day_on_which_those_without_one_can_come():
    # their dates begin on the day after the only session
    batch = problem(people(2, earliest=day(2)), [site("S1")])
    (session,) = only(batch, OneSession)
    assert session.change == OneSession(at("S1", "2am"), 2, {ITEM: 10})
    assert session.gain == 2


def test_a_session_more_is_looked_for_on_another_day_where_the_likeliest_is_full():
    """All five can come on the first day, which takes two a day and has a session; only a third day helps."""
    people = [
        trainee("T0", earliest=day(1), latest=day(1)),
        *(trainee(f"T{number}") for number in range(1, 5)),
    ]
    seats = {at("S1"): 5, at("S1", "2am"): 5}
    (one,) = only(problem(people, [site("S1", day_limit=2)], seats=seats), OneSession)
    assert (one.change.session, one.gain, one.units) == (at("S1", "3am"), 1, 1)


def test_a_session_more_takes_no_more_than_the_day():
    batch = problem(people(5), [site("S1", day_limit=2)])
    (session,) = only(batch, OneSession)
    assert (session.change.session, session.gain) == (at("S1", "2am"), 2)


def test_another_city_only_where_it_has_a_site_for_the_item():
    def batch(item):
        sites = [site("S1", district="东区"), site("H1", city="海州市", district="南区")]
        return problem(people(3, district="东区"), sites, seats={at("S1"): 1, at("H1"): 9},
                       rows=[places("S1", 1), places("H1", 9, item)],
                       districts={"东区": "云州市", "南区": "海州市"})  # fmt: skip

    (other,) = only(batch(ITEM), OtherCities)
    assert (other.change, other.gain, other.units) == (OtherCities(ITEM), 2, 0)
    assert only(batch("焊工"), OtherCities) == []


def test_the_exemption_of_ones_own_school_where_the_site_is_the_schools():
    # X owns X1 and trained them; S1 is full: were they its full-time students, X1 would be open
    batch = problem(
        people(3, "X"), [site("S1"), site("X1", "X", kind="school")], seats={at("S1"): 1, at("X1"): 9}
    )
    (school,) = only(batch, OwnSchool)
    assert school.change == OwnSchool("X", ("T00", "T01", "T02"))
    assert school.gain == 2
    institution = problem(people(3, "X"), [site("S1"), site("X1", "X")], seats={at("S1"): 1, at("X1"): 9})
    assert only(institution, OwnSchool) == []
    owners = replace(batch.institutions["X"], kind="enterprise")
    company = replace(batch, institutions=batch.institutions | {"X": owners})
    assert only(company, OwnSchool) == []  # or a false school would be stated


def test_what_a_school_opens_to_many_with_several_registrations(monkeypatch):
    """S1 takes one of T1, T2 and T3; T1 and T2 sit something else at S2, at another time.

    X1's afternoon is nobody's time so far, so it goes to the registrations to which it would be open: two more sit.
    """
    monkeypatch.setattr("scheduler.remedy.trials._MANY", 0)
    one, two = "000000199001010018", "000000199001010026"
    listed = [trainee("T1", "X", id_number=one), trainee("T2", "X", id_number=two), trainee("T3", "X")]
    listed += [trainee("T4", "X", "焊工", id_number=one), trainee("T5", "X", "焊工", id_number=two)]
    sites = [site("S1"), site("S2"), site("X1", "X", kind="school")]
    seats = {at("S1", "2am"): 1, at("S2", "1am"): 9, at("X1", "1pm"): 9}
    rows = [places("S1", 9), places("S2", 9, "焊工"), places("X1", 9)]
    (school,) = only(problem(listed, sites, seats=seats, rows=rows), OwnSchool)
    assert (school.change.school_id, school.gain) == ("X", 2)


def test_nothing_is_promised_for_an_item_that_no_site_examines():
    batch = problem([trainee("T1", item="无处可考作业")], [site("S1")])
    (found,) = remedies_of(batch).values()
    assert (found.remedies, found.complete) == ([], True)


def test_a_batch_too_large_to_try_everything_says_so(monkeypatch):
    monkeypatch.setattr("scheduler.remedy.trials._WORK", 0)
    batch = problem(people(5), [site("S1")], seats={at("S1"): 3})
    (found,) = remedies_of(batch).values()
    assert [type(one.change) for one in found.remedies] == [Growth]
    assert not found.complete
