"""Chances before names: how many fit, that no limit is passed, and that chances are even."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.canonical import canonical_bytes
from scheduler.capacity import plan_chances
from scheduler.chances import size
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.rules import load_rules
from scheduler.several.persons import same_persons
from tests.scheduler import oracle
from tests.scheduler.builders import ONE_PERSON, at, day, places, planned, problem, relation, site, trainee
from tests.scheduler.limits import assert_limits_are_kept
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def chances_of(batch):
    return plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))


def by_site(group, chances, denominator):
    found = defaultdict(Fraction)
    for session, count in chances.counts.items():
        found[session.site_id] += Fraction(count, denominator * len(group.trainees))
    return dict(found)


def site_chances(batch):
    """Give each trainee's chance of each site."""
    plan = chances_of(batch)
    return {
        name: by_site(group, one, plan.denominator)
        for group, one in zip(plan.groups, plan.chances, strict=True)
        for name in group.trainees
    }


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=6, sessions=5))
def test_as_many_as_trying_everything_finds(batch):
    plan = chances_of(batch)
    placed = public = Fraction(0)
    for group, one in zip(plan.groups, plan.chances, strict=True):
        for session, count in one.counts.items():
            first = batch.trainees[group.trainees[0]]
            placed += Fraction(count, plan.denominator)
            public += Fraction(count, plan.denominator) * oracle.is_public(batch, first, session)
    expected = oracle.best(batch)
    assert placed == expected[0]
    assert plan.unplaced == len(batch.trainees) - placed
    if batch.rules.public_first:
        assert public == expected[1]


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=40, sessions=14))
def test_expected_counts_keep_every_limit_and_chances_sum_to_one(batch):
    plan = chances_of(batch)
    assert_limits_are_kept(batch, plan.groups, plan.chances, plan.denominator)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=30, sessions=10, several=False))
def test_who_is_alike_has_equal_chances(batch):
    plan = chances_of(batch)
    groups = {name: group.trainees[0] for group in plan.groups for name in group.trainees}
    alike = defaultdict(set)
    for one in batch.trainees.values():
        key = (one.institution_id, one.item, one.part, one.district, one.school_id, one.earliest, one.latest)
        alike[key].add(groups[one.trainee_id])
    assert all(len(found) == 1 for found in alike.values())


def test_a_shortage_is_the_same_for_people_who_differ_only_in_their_dates():
    """Nine may come on day 1, three on any day; 8 seats and 1: a quarter of each. In thirds of a group it was 1/3 and 0."""
    early = [trainee(f"E{number}", latest=day(1)) for number in range(9)]
    any_day = [trainee(f"A{number}") for number in range(3)]
    seats = {at("S1"): 4, at("S2"): 4, at("S1", "2am"): 1}
    found = site_chances(problem([*early, *any_day], [site("S1"), site("S2")], seats=seats))
    assert {sum(one.values()) for one in found.values()} == {Fraction(3, 4)}


def test_who_cannot_be_helped_shares_a_shortage_with_those_in_the_same_place():
    """Five may come to S1 only, which has 3 seats: 3/5 each, whatever is free elsewhere; S2 has one seat for each of the others."""
    people = [trainee(f"F{number}", "I2") for number in range(5)] + [
        trainee(f"T{number}") for number in range(2)
    ]
    seats = {at("S1"): 3, at("S2"): 2}
    found = site_chances(problem(people, [site("S1"), site("S2", owner="I2")], seats=seats))
    assert {name[0]: sum(one.values()) for name, one in found.items()} == {"F": Fraction(3, 5), "T": 1}


def test_a_group_of_one_is_spread_by_the_cap():
    two = problem([trainee("T1")], [site("S1"), site("S2")])
    assert site_chances(two)["T1"] == {"S1": Fraction(1, 2), "S2": Fraction(1, 2)}
    five = problem([trainee("T1")], [site(f"S{number}") for number in range(5)])
    assert set(site_chances(five)["T1"].values()) == {Fraction(1, 5)}


def test_a_group_of_one_is_spread_over_the_sessions_of_its_sites():
    seats = {
        at(name, f"{number}{half}"): 9
        for name in ("S1", "S2")
        for number in range(1, 9)
        for half in ("am", "pm")
    }
    plan = chances_of(problem([trainee("T1")], [site("S1"), site("S2")], seats=seats))
    assert len(plan.chances[0].counts) >= 30


def test_the_cap_is_kept_where_it_is_possible_and_the_excess_reported_where_not():
    batch = problem([trainee("T1")], [site("S1")])
    plan = chances_of(batch)
    assert site_chances(batch)["T1"] == {"S1": 1}
    assert len(plan.notes) == 1
    assert "上限 1/2" in plan.notes[0]
    assert "考点S1" in plan.notes[0]
    assert chances_of(problem([trainee("T1")], [site("S1"), site("S2")])).notes == ()


def test_the_cap_is_kept_against_distance_and_crowding():
    # eight people, S1 holds all of them; S2 to S4 hold four in all, so half may sit there
    sites = [site(f"S{number}") for number in range(1, 5)]
    seats = {at("S1"): 8, at("S2"): 2, at("S3"): 1, at("S4"): 1}
    people = [trainee(f"T{number}", f"I{number}") for number in range(8)]
    found = site_chances(problem(people, sites, seats=seats))
    assert {one["S1"] for one in found.values()} == {Fraction(1, 2)}


def test_the_cap_is_passed_no_more_than_must_be():
    # six people, one place at S2: five must sit at S1, that is 5/6 each
    seats = {at("S1"): 8, at("S2"): 1}
    people = [trainee(f"T{number}") for number in range(6)]
    batch = problem(people, [site("S1"), site("S2")], seats=seats)
    assert site_chances(batch)["T0"] == {"S1": Fraction(5, 6), "S2": Fraction(1, 6)}
    assert "最高 5/6" in chances_of(batch).notes[0]


def test_what_must_be_above_the_cap_is_shared():
    """Four seats at S2 for half of eleven: 3/2 persons too few. Three people alone would take that by knowing their site for certain."""
    people = [trainee(f"A{n}", "I1") for n in range(3)] + [trainee(f"B{n}", "I2") for n in range(8)]
    sites = [site("S1", "I1", "public"), site("S2", kind="public"), site("S3", "I2", "public")]
    batch = problem(people, sites, seats={at("S1"): 9, at("S2"): 4, at("S3"): 9})
    chances = site_chances(batch)
    excess = [max(chance - Fraction(1, 2) for chance in sites.values()) for sites in chances.values()]
    assert sum(excess) == Fraction(3, 2)
    assert max(excess) <= Fraction(1, 6)  # a third of what lies above the cap


def test_public_places_go_before_the_cap():
    batch = problem([trainee("T1")], [site("P1", kind="public"), site("S2")])
    assert site_chances(batch)["T1"] == {"P1": 1}
    without = replace(batch, rules=replace(load_rules(), public_first=False))
    assert site_chances(without)["T1"] == {"P1": Fraction(1, 2), "S2": Fraction(1, 2)}


def test_a_public_site_of_another_city_is_not_first():
    sites = [site("P1", kind="public", city="海州市"), site("S2", district="东区")]
    rules = replace(load_rules(), cross_city_items=("低压电工作业",))
    batch = problem([trainee("T1", district="东区")], sites, districts={"东区": "云州市"}, rules=rules)
    assert site_chances(batch)["T1"] == {"P1": Fraction(1, 2), "S2": Fraction(1, 2)}


def test_a_shortage_is_shared_by_groups():
    # why: two institutions and places for half of their people; neither goes without
    people = [trainee(f"T{number}", latest=None if number < 4 else at("S1").day) for number in range(8)]
    rows = [places("S1", 4)]
    seats = {at("S1"): 4, at("S2", "2am"): 0}
    batch = problem([replace(one, district="东区" if number < 4 else "西区") for number, one in enumerate(people)],
                    [site("S1"), site("S2")], seats=seats, rows=rows)  # fmt: skip
    plan = chances_of(batch)
    assert plan.unplaced == 4
    shares = [Fraction(one.unplaced, len(group.trainees) * plan.denominator)
              for group, one in zip(plan.groups, plan.chances, strict=True)]  # fmt: skip
    assert all(Fraction(1, 3) <= share <= Fraction(2, 3) for share in shares)


def test_registrations_of_one_person_never_cost_a_place_that_another_order_would_keep():
    # T1 can sit on the first morning only; its person's other registration has to leave that time to it
    people = [
        trainee("T1", latest=at("S1").day, id_number=ONE_PERSON),
        trainee("T0", item="焊工", id_number=ONE_PERSON),
    ]
    seats = {at("S1"): 5, at("S2"): 5, at("S2", "2am"): 1}
    rows = [places("S1", 5), places("S2", 5, "焊工")]
    batch = problem(people, [site("S1"), site("S2")], seats=seats, rows=rows)
    plan = chances_of(batch)
    assert plan.unplaced == 0
    assert not any("错开后" in note for note in plan.notes)


@pytest.mark.parametrize("large", [False, True])
def test_a_chance_above_the_cap_of_people_with_several_registrations_is_not_called_necessary(
    large, monkeypatch
):
    """Not all ways to part the times of a person are tried, and in a large batch one only: no more is claimed."""
    if large:  # a coin would do, but a large plan stays small
        monkeypatch.setattr(size, "LARGE", 1)
    people = [trainee("T1", id_number=ONE_PERSON), trainee("T2", item="焊工", id_number=ONE_PERSON)]
    rows = [places(name, 3, item) for name in ("S1", "S2") for item in (people[0].item, "焊工")]
    sites = [site(name, kind="public") for name in ("S1", "S2", "S3")]
    seats = {at("S1"): 3, at("S2", "1pm"): 3}
    if not large:  # two mornings and an afternoon: a half there, whatever way
        seats[at("S3", "1pm")] = 3
        rows += [places("S3", 3, item) for item in (people[0].item, "焊工")]
    rules = replace(load_rules(), cap=Fraction(1, 2 if large else 3))
    plan = chances_of(problem(people, sites, seats=seats, rows=rows, rules=rules))
    told = [note for note in plan.notes if "超过上限" in note]
    assert told
    way = "只按一种方式错开" if large else "试过的各种错开方式都不能再低"
    assert all("一人报多科" in note and way in note and "合计已经最小" not in note for note in told)


def test_who_has_few_sites_reads_that_and_nothing_else():
    """Two sites and a cap of a third: a half each is the least there is, one person with two registrations or not."""
    people = [
        trainee("T1", id_number=ONE_PERSON),
        trainee("T2", item="焊工", id_number=ONE_PERSON),
        trainee("T3"),
    ]
    rows = [places(name, 9, item) for name in ("S1", "S2") for item in (people[0].item, "焊工")]
    seats = {at(name, when): 9 for name in ("S1", "S2") for when in ("1am", "1pm")}
    rules = replace(load_rules(), cap=Fraction(1, 3))
    plan = chances_of(problem(people, [site("S1"), site("S2")], seats=seats, rows=rows, rules=rules))
    told = [note for note in plan.notes if "超过上限" in note]
    assert told == [
        f"到考点“考点{name}”的机会，3 人超过上限 1/3（最高 1/2；低压电工作业 2 人、焊工 1 人），因为可去的考点只有 2 个。"
        for name in ("S1", "S2")
    ]


def test_a_public_site_that_is_filled_first_is_named_as_the_cause_before_the_number():
    """Three may go to public S1 with two seats or to S2: two of three sit at S1, more than a half."""
    people = [trainee("T1"), trainee("T2"), trainee("T3", item="焊工")]
    rows = [places(name, 9, item) for name in ("S1", "S2") for item in (people[0].item, "焊工")]
    seats = {at("S1"): 2, at("S2"): 9}
    plan = chances_of(problem(people, [site("S1", kind="public"), site("S2")], seats=seats, rows=rows))
    (told,) = [note for note in plan.notes if "超过上限" in note]
    cause, _, number = told.partition("。")
    assert cause == "公共考点优先排满：可以去这里的 3 人中有 2 人排在这里"
    assert number == (
        "到考点“考点S1”的机会，3 人超过上限 1/2（最高 2/3；低压电工作业 2 人、焊工 1 人），超过上限的部分合计已经最小。"
    )


def test_a_time_clash_that_cannot_be_helped_has_its_own_reason():
    """One morning, two registrations of one person: either may get it, and the other reads why not."""
    people = [trainee("T1", id_number=ONE_PERSON), trainee("T2", id_number=ONE_PERSON)]
    plan = planned(problem(people, [site("S1"), site("S2")]))
    reasons = [group["reason"] for group in plan["groups"]]
    assert len(reasons) == 2
    assert all("同一时间只能考一科" in reason for reason in reasons)


def test_who_may_go_nowhere_reads_their_own_reason():
    people = [trainee("T1", "I1"), trainee("T2", "I2")]
    sites = [site("S1", "I1"), site("S2", "I2")]
    ties = [relation("controls", "I1", "I2")]
    plan = planned(problem(people, sites, relations=ties))
    reasons = {group["trainees"][0]: group["reason"] for group in plan["groups"]}
    assert reasons["T1"] != reasons["T2"]
    assert "交叉考试回避" in reasons["T1"]
    assert (
        planned(problem([trainee("T1")], [site("S1")], seats={}))["groups"][0]["reason"]
        == "本批次没有考点场次"
    )


def test_numbers_far_beyond_need_do_no_harm():
    batch = problem([trainee("T1")], [site("S1", day_limit=999_999_999)], seats={at("S1"): 999_999_999},
                    rows=[places("S1", 999_999_999)])  # fmt: skip
    assert chances_of(batch).unplaced == 0


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=15), data=st.data())
def test_the_order_of_rows_changes_no_byte(batch, data):
    def mixed(table):
        return dict(data.draw(st.permutations(list(table.items()))))

    other = replace(
        batch,
        trainees=mixed(batch.trainees),
        sites=mixed(batch.sites),
        institutions=mixed(batch.institutions),
        districts=mixed(batch.districts),
        seats=mixed(batch.seats),
        places=tuple(data.draw(st.permutations(batch.places))),
        relations=tuple(data.draw(st.permutations(batch.relations))),
    )
    assert canonical_bytes(planned(other)) == canonical_bytes(planned(batch))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=30, sessions=12))
def test_a_large_batch_is_planned_as_well_as_a_small_one(batch):
    """Above a number of people shares are coarser; who is placed, who at public sites, and every limit stay.

    What goes to one site above the cap stays, too, for the same sessions; people with several registrations may be
    given other ones (which of their times is left to which is settled before the cap is looked at).
    """
    fine = chances_of(batch)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scheduler.chances.size.LARGE", 0)
        coarse = chances_of(batch)
    assert score(batch, coarse)[:2] == score(batch, fine)[:2]
    if not same_persons(batch):
        assert score(batch, coarse) == score(batch, fine)
    assert_limits_are_kept(batch, coarse.groups, coarse.chances, coarse.denominator)


def score(batch, plan):
    """Give how many are placed, how many at public sites, and how much goes to one site above the cap."""
    placed = public = above = Fraction(0)
    for group, one in zip(plan.groups, plan.chances, strict=True):
        for session, count in one.counts.items():
            placed += Fraction(count, plan.denominator)
            first = batch.trainees[group.trainees[0]]
            public += Fraction(count, plan.denominator) * oracle.is_public(batch, first, session)
        for share in by_site(group, one, plan.denominator).values():
            above += max(share - batch.rules.cap, 0) * len(group.trainees)
    return placed, public * batch.rules.public_first, above
