"""Bottlenecks: the shortage told is the shortage there is, and the limits told are the full ones."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.limits import capacity
from scheduler.plan import Limit
from tests.scheduler import oracle
from tests.scheduler.builders import ITEM, at, day, places, problem, site, trainee
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def plan_of(batch):
    return plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))


def people(count, institution="I1", item=ITEM, first=0, **more):
    return [trainee(f"T{first + number:02}", institution, item, **more) for number in range(count)]


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=6, sessions=5))
def test_shortages_sum_to_all_minus_the_most_that_trying_everything_places(batch):
    plan = plan_of(batch)
    short = sum(one.shortage for one in plan.bottlenecks)
    assert short == len(batch.trainees) - oracle.best(batch)[0]


@settings(max_examples=70, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=40, sessions=14))
def test_a_bottleneck_proves_itself_and_bottlenecks_share_nobody_and_no_limit(batch):
    # whoever reads it can check it by hand: every session of these people counts in one of these limits
    plan = plan_of(batch)
    numbers = [number for one in plan.bottlenecks for number in one.groups]
    limits = [limit for one in plan.bottlenecks for limit in one.limits]
    assert len(numbers) == len(set(numbers))
    assert len(limits) == len(set(limits))
    for one in plan.bottlenecks:
        assert one.shortage > 0
        assert one.places == sum(capacity(batch, limit) for limit in one.limits)
        assert one.people == sum(len(plan.parted[number].trainees) for number in one.groups)
        for number in one.groups:
            group = plan.parted[number]
            for site_id, date, half in group.allowed:
                chain = {
                    Limit(site_id, date, str(half), group.item) if group.part != "theory" else None,
                    Limit(site_id, date, str(half)),
                    Limit(site_id, date) if batch.sites[site_id].day_limit is not None else None,
                }
                assert chain & set(one.limits)
    first = plan.ways[0].chances if plan.ways else plan.chances
    assert {number for number, one in enumerate(first) if one.unplaced} <= set(numbers)
    assert all(plan.reasons[number] for number, one in enumerate(plan.chances) if one.unplaced)


def test_places_of_the_item_are_what_is_full():
    # five people, two places at each of two sites; seats are plenty: one short
    batch = problem(people(3) + people(2, "I2", first=3), [site("S1"), site("S2")],
                    rows=[places("S1", 2), places("S2", 2)])  # fmt: skip
    (one,) = plan_of(batch).bottlenecks
    assert (one.people, one.places, one.shortage) == (5, 4, 1)
    assert one.limits == (Limit("S1", day(1), "am", ITEM), Limit("S2", day(1), "am", ITEM))
    assert one.told == (
        "名额不足：低压电工作业 5 人（来自 2 家机构）可用的名额只有 4 个（考点S1、考点S2），少 1 个"
    )


def test_the_day_is_what_is_full_where_it_is_narrower_than_its_sessions():
    seats = {at("S1"): 2, at("S1", "1pm"): 2}
    batch = problem(people(5), [site("S1", day_limit=3)], seats=seats)
    (one,) = plan_of(batch).bottlenecks
    assert one.limits == (Limit("S1", day(1)),)
    assert (one.places, one.shortage) == (3, 2)


def test_seats_shared_by_two_items_make_one_bottleneck_and_separate_sites_two():
    def batch(second):
        sites = [site("S1"), site("S2")]
        rows = [places("S1", 9), places(second, 9, "焊工")]
        seats = {at("S1"): 2, at("S2"): 2}
        return problem(people(3) + people(3, item="焊工", first=3), sites, seats=seats, rows=rows)

    shared = plan_of(batch("S1")).bottlenecks
    assert [(one.people, one.places) for one in shared] == [(6, 2)]
    apart = plan_of(batch("S2")).bottlenecks
    assert [(one.people, one.places) for one in apart] == [(3, 2), (3, 2)]


def test_who_has_room_elsewhere_is_no_part_of_it():
    # I2 owns S1, so its people must go to S2, which is theirs alone in the end: those of I1 have room at S1
    batch = problem(people(2) + people(3, "I2", first=2), [site("S1", "I2"), site("S2", "I9")],
                    seats={at("S1"): 9, at("S2"): 2})  # fmt: skip
    plan = plan_of(batch)
    (one,) = plan.bottlenecks
    assert {plan.groups[number].trainees for number in one.groups} == {("T02", "T03", "T04")}
    assert (one.people, one.places) == (3, 2)


def test_people_without_a_session_for_the_same_reasons_are_told_together():
    """Three institutions and two items, one of which the only site does not examine; the other one's days are over for one."""
    listed = [
        *people(1, "I1"),
        *people(1, "I2", first=1),
        trainee("T02", "I3", "焊工"),
        trainee("T03", "I2", "焊工"),
    ]
    listed.append(trainee("T04", earliest=day(9)))
    batch = problem(
        listed,
        [replace(site("S1"), suspended=True), site("S2", "I2")],
        rows=[places("S1", 9), places("S2", 9, "电工")],
    )
    found = plan_of(batch).bottlenecks
    assert [(one.people, one.shortage, one.limits, one.told) for one in found] == [
        (3, 3, (), f"“{ITEM}”没有可以去的考点（S1：考点暂停考试；S2：考点不考该项目）"),
        (2, 2, (), "“焊工”没有可以去的考点（S1、S2：考点不考该项目）"),
    ]
