"""People with several registrations: which of them gets which time is drawn, and all ways to part the times count."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ortools.linear_solver import pywraplp

from common.canonical import digest
from scheduler.capacity import plan_chances
from scheduler.chances import size
from scheduler.conflicts import ConflictGraph
from scheduler.draw import draw
from scheduler.eligibility import Eligibility
from scheduler.plan_checks import contradiction, overfull
from scheduler.problem import Half, Part
from scheduler.rules import load_rules
from scheduler.several import overlaps, several_ways
from scheduler.several.persons import same_persons
from scheduler.staff.needs import certainly_vacant
from scheduler.ways import all_ways
from tests.scheduler import oracle
from tests.scheduler.builders import at, day, places, planned, problem, seed, site, staff, trainee
from tests.scheduler.strategies import batches

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
ITEMS = ("电工", "焊工")


def number_of(person):
    return f"00000019900101{person:04d}"


def registered(*persons, **more):
    """Give registrations T00, T01 of the first person, T10 ... of the second, with these items."""
    return [
        trainee(f"T{person}{number}", item=item, id_number=number_of(person), **more)
        for person, items in enumerate(persons)
        for number, item in enumerate(items)
    ]


def plan_of(batch):
    return plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))


def site_chances(batch, plan=None):
    """Give each trainee's chance of each site."""
    plan = plan or plan_of(batch)
    found = {}
    for group, one in zip(plan.groups, plan.chances, strict=True):
        sites = defaultdict(Fraction)
        for session, count in one.counts.items():
            sites[session.site_id] += Fraction(count, plan.denominator * len(group.trainees))
        found |= {name: dict(sites) for name in group.trainees}
    return found


def morning_and_afternoon(*persons, seats=(3, 3), **more):
    """Give a batch of two public sites, one open in the morning, the other in the afternoon."""
    rows = [places(name, 3, item) for name in ("S1", "S2") for item in ITEMS]
    sites = [site("S1", kind="public"), site("S2", kind="public")]
    held = {at("S1"): seats[0], at("S2", "1pm"): seats[1]}
    return problem(registered(*persons, **more), sites, seats=held, rows=rows)


def test_a_coin_parts_one_morning_and_one_afternoon():
    """Each registration fits both sessions, together they need both: a coin says which, and the cap of 1/2 is kept."""
    batch = morning_and_afternoon(ITEMS)
    half = {"S1": Fraction(1, 2), "S2": Fraction(1, 2)}
    assert site_chances(batch) == {"T00": half, "T01": half}
    assert plan_of(batch).notes == ()
    plan = planned(batch)
    assert len(plan["ways"]) == 2
    drawn = Counter(
        tuple(
            sorted((name, one.session.site_id) for name, one in draw(plan, seed(number)).placements.items())
        )
        for number in range(400)
    )
    assert set(drawn) == {(("T00", "S1"), ("T01", "S2")), (("T00", "S2"), ("T01", "S1"))}
    assert all(150 < count < 250 for count in drawn.values())  # 200 each; 5 deviations of a fair coin


def test_alike_people_have_equal_chances_of_the_one_seat():
    """Two persons with two registrations each want one seat: whoever gets it, a quarter each."""
    batch = morning_and_afternoon(ITEMS, ITEMS, seats=(1, 0))
    assert set(site_chances(batch)) == {"T00", "T01", "T10", "T11"}
    assert all(one == {"S1": Fraction(1, 4)} for one in site_chances(batch).values())
    assert plan_of(batch).unplaced == 3


def test_a_registration_that_must_have_a_time_keeps_it_in_every_way():
    """T00 can sit on the first day only, T01 on both: a way that gave T01 the first day would cost a place."""
    people = registered(ITEMS)
    people[0] = replace(people[0], latest=at("S1").day)
    rows = [places("S1", 3, item) for item in ITEMS]
    batch = problem(people, [site("S1")], seats={at("S1"): 3, at("S1", "2am"): 3}, rows=rows)
    plan = plan_of(batch)
    assert plan.unplaced == 0
    chances = {group.trainees: one.counts for group, one in zip(plan.groups, plan.chances, strict=True)}
    assert set(chances["T00",]) == {at("S1")}
    assert set(chances["T01",]) == {at("S1", "2am")}


def test_three_registrations_of_one_person_turn_about():
    """Three halves of days at three sites and three registrations: a third each, in three ways."""
    rows = [places(name, 3, "电工") for name in ("S1", "S2", "S3")]
    sites = [site(name) for name in ("S1", "S2", "S3")]
    seats = {at("S1"): 3, at("S2", "1pm"): 3, at("S3", "2am"): 3}
    batch = problem(registered(("电工",) * 3), sites, seats=seats, rows=rows)
    third = dict.fromkeys(("S1", "S2", "S3"), Fraction(1, 3))
    assert site_chances(batch) == {"T00": third, "T01": third, "T02": third}


def test_who_has_one_registration_needs_no_ways():
    batch = problem([trainee("T1"), trainee("T2")], [site("S1"), site("S2")])
    assert "ways" not in planned(batch)


def test_a_large_batch_has_one_way():
    batch = morning_and_afternoon(ITEMS)
    with patch.object(size, "LARGE", 1):
        assert plan_of(batch).ways == ()


def alike(batch):
    """Give the registrations that are alike in all they state and in what their person is registered for."""
    of_person = {name: names for names in same_persons(batch) for name in names}
    stated = {
        name: (one.institution_id, one.item, one.part, one.district, one.school_id, one.earliest, one.latest)
        for name, one in batch.trainees.items()
    }
    found = defaultdict(list)
    for name in batch.trainees:
        others = sorted(map(repr, (stated[other] for other in of_person.get(name, ()))))
        found[repr(stated[name]), *others].append(name)
    return [names for names in found.values() if len(names) > 1]


def session_chances(plan):
    return {
        name: {
            session: Fraction(count, plan.denominator * len(group.trainees))
            for session, count in one.counts.items()
        }
        for group, one in zip(plan.groups, plan.chances, strict=True)
        for name in group.trainees
    }


def test_a_first_way_that_only_makes_the_cap_worse_is_left_out():
    """One session, two places an item: T00 and T10 share a place, as T9 needs the other; so one of each person, crosswise."""
    people = [*registered(ITEMS, ITEMS), trainee("T9", item="电工")]
    rows = [places("S1", 2, item) for item in ITEMS]
    batch = problem(people, [site("S1")], seats={at("S1"): 4}, rows=rows)
    half = {"S1": Fraction(1, 2)}
    assert site_chances(batch) == {**dict.fromkeys(("T00", "T01", "T10", "T11"), half), "T9": {"S1": 1}}


def test_nobody_is_left_out_for_certain_so_that_the_sites_of_others_are_more_even():
    """Nine people, one session with five places; the one who also sits for something else has another time for that."""
    person = [
        trainee(f"{one}0", item=item, id_number=number_of(0)) for one, item in zip("AB", ITEMS, strict=True)
    ]
    others = [
        trainee(f"{one}{n}", item=item)
        for one, item, most in (("A", ITEMS[0], 9), ("B", ITEMS[1], 7))
        for n in range(1, most)
    ]
    rows = [places("S1", 9, ITEMS[1]), places("S2", 4, ITEMS[1]), places("S2", 5, ITEMS[0])]
    seats = {at("S1"): 8, at("S2", "1pm"): 6, at("S1", "1pm"): 2, at("S1", "5am"): 1}
    sites = [site("S1", kind="public"), site("S2", kind="public")]
    rules = replace(load_rules(), cap=Fraction(2, 3))
    plan = plan_of(problem([*person, *others], sites, seats=seats, rows=rows, rules=rules))
    chances = site_chances(None, plan)
    assert [chances[f"A{number}"]["S2"] for number in range(9)] == [Fraction(5, 9)] * 9


def test_what_is_above_the_cap_beside_people_with_several_registrations_is_not_called_necessary():
    """One of three may go to S2, so two go to S1: alone that is proven; beside somebody whose ways were searched for, it is not."""
    rows = [*(places("S1", 9, item) for item in (*ITEMS, "制冷")), places("S2", 9, "制冷")]
    seats = {at("S1"): 9, at("S1", "1pm"): 9, at("S2"): 1}
    three = [trainee(f"T{number}", item="制冷") for number in (7, 8, 9)]
    sites = [site("S1"), site("S2")]
    for people, told in (
        (three, "超过上限的部分合计已经最小。"),
        ([*registered(ITEMS), *three], "没有找到超过上限的部分合计更小的安排"),
    ):
        notes = plan_of(problem(people, sites, seats=seats, rows=rows)).notes
        assert len([note for note in notes if f"（最高 2/3；制冷 3 人），{told}" in note]) == 1


def test_a_reason_that_depends_on_the_way_gives_both():
    """One seat for two people, one of whom has two registrations: for want of the seat in one way, of the time in another."""
    people = [*registered(ITEMS), trainee("T9", item="电工")]
    rows = [places("S1", 9, item) for item in ITEMS]
    plan = plan_of(problem(people, [site("S1")], seats={at("S1"): 1}, rows=rows))
    reasons = {group.trainees: plan.reasons[number] for number, group in enumerate(plan.groups)}
    for name in ("T00", "T01"):
        assert "名额不足" in reasons[name,]
        assert "；或者（看抽中哪种错开方式）" in reasons[name,]
        assert "同一时间只能考一科" in reasons[name,]
    assert "同一时间" not in reasons["T9",]


def test_who_loses_the_draw_of_ways_reads_that_the_times_overlap_and_a_draw_decided():
    """One session with room for both: whichever item of the one person is not drawn reads why, and that it was drawn."""
    sites = [site("S1", kind="public"), site("S2", kind="public")]
    rows = [places("S1", 3, item) for item in ITEMS]
    batch = problem(registered(ITEMS, part="theory"), sites[:1], seats={at("S1"): 3}, rows=rows)
    other = "与本人其他科目的时间冲突，同一时间只能考一科，可以去的场次（考点 S1）的时间给了其他科目；给哪一科由抽签决定"
    reasons = [group["reason"] for group in planned(batch)["groups"]]
    assert reasons == [f"“{item}”{other}" for item in sorted(ITEMS)]
    more = replace(batch, sites={one.site_id: one for one in sites}, seats={at("S1"): 3, at("S2"): 3})
    closed = other.replace("；", "，不能去其他考点（S2：考点不考该项目）；")
    assert planned(more)["groups"][0]["reason"] == f"“{min(ITEMS)}”{closed}"


def test_who_is_alike_with_several_registrations_has_equal_chances_too():
    """Their times may have to be parted differently: then they change places in the ways, until nobody is better off."""
    compared = 0
    for number in range(60):
        batch = crowded(number)
        if batch.seats and same_persons(batch):
            chances = session_chances(plan_of(batch))
            for names in alike(batch):
                compared += 1
                assert all(chances[name] == chances[names[0]] for name in names)
    assert compared > 30


def test_alike_persons_change_places_where_one_way_must_treat_them_differently():
    """One place for each item in the morning and in the afternoon: one person must begin with 电工, the other with 焊工."""
    rows = [places("S1", 1, item) for item in ITEMS]
    batch = problem(
        registered(ITEMS, ITEMS), [site("S1")], seats={at("S1"): 2, at("S1", "1pm"): 2}, rows=rows
    )
    plan = plan_of(batch)
    assert plan.unplaced == 0
    half = {at("S1"): Fraction(1, 2), at("S1", "1pm"): Fraction(1, 2)}
    assert session_chances(plan) == dict.fromkeys(("T00", "T01", "T10", "T11"), half)


def test_somebody_with_one_registration_in_the_group_of_one_with_two_keeps_equal_chances():
    """T01 can sit on the second day only, which its person needs for nothing else: it is grouped with T9, and taken out again."""
    people = [
        *registered(("电工", "电工"), ("电工", "电工")),
        trainee("T9", item="电工", earliest=at("S1", "2am").day),
    ]
    people = [
        replace(one, earliest=at("S1", "2am").day) if one.trainee_id[2:] == "1" else one for one in people
    ]
    people = [replace(one, latest=at("S1").day) if one.trainee_id[2:] == "0" else one for one in people]
    seats = {at("S1"): 1, at("S1", "1pm"): 1, at("S1", "2am"): 1, at("S1", "2pm"): 1}
    plan = plan_of(problem(people, [site("S1")], seats=seats, rows=[places("S1", 1, "电工")]))
    chances = session_chances(plan)
    assert chances["T01"] == chances["T11"]
    assert chances["T00"] == chances["T10"] == {at("S1"): Fraction(1, 2), at("S1", "1pm"): Fraction(1, 2)}
    assert sum(sum(one.values()) for one in chances.values()) == 4


@pytest.mark.parametrize(
    ("persons", "registrations", "most"),
    [(30, 2, Fraction(1, 2)), (100, 2, Fraction(1, 2)), (60, 3, Fraction(4, 9))],
)
def test_many_alike_persons_turn_in_blocks(persons, registrations, most):
    """Half of them begin at S1 in one way, the others in another: two halves change places, not a hundred persons one by one."""
    people = registered(*[("电工",) * registrations] * persons)
    seats = {at("S1"): persons, at("S2", "1pm"): persons // 2, at("S3", "2am"): persons - persons // 2}
    if registrations == 3:
        seats = {at(name, when): persons for name, when in (("S1", "1am"), ("S2", "1pm"), ("S3", "2am"))}
        seats[at("S1", "2pm")] = persons // 3
    sites = [site(name) for name in ("S1", "S2", "S3")]
    batch = problem(people, sites, seats=seats, rows=[places(one.site_id, 999, "电工") for one in sites])
    plan = plan_of(batch)
    (chances,) = {tuple(sorted(one.items())) for one in site_chances(batch, plan).values()}
    assert max(chance for _, chance in chances) == most
    assert len(plan.groups) <= 9
    assert len(plan.ways) <= 9
    assert not any("完全相同" in note for note in plan.notes)


def test_alike_persons_who_make_no_whole_blocks_are_nearly_equal_and_told():
    """A hundred persons in thirds: one is left over, who keeps the chance that the others share."""
    people = registered(*[("电工",) * 3] * 100)
    seats = {at(name, when): 100 for name, when in (("S1", "1am"), ("S2", "1pm"), ("S3", "2am"))}
    seats[at("S1", "2pm")] = 33
    sites = [site(name) for name in ("S1", "S2", "S3")]
    batch = problem(people, sites, seats=seats, rows=[places(one.site_id, 999, "电工") for one in sites])
    plan = plan_of(batch)
    counted = Counter(tuple(sorted(one.items())) for one in site_chances(batch, plan).values())
    assert counted.most_common(1)[0][1] >= 297
    assert any("到各场的机会不全相等" in note for note in plan.notes)


def many(persons):
    """Give a batch of so many people with two registrations each, two sites, ten days, and no seat to spare."""
    rows = [places(name, 9 * persons, item) for name in ("S1", "S2") for item in ITEMS]
    held = {
        at(name, f"{day}{half}"): persons // 10
        for name in ("S1", "S2")
        for day in range(1, 6)
        for half in ("am", "pm")
    }
    return problem(registered(*[ITEMS] * persons), [site("S1"), site("S2")], seats=held, rows=rows)


def test_ways_of_many_people_turn_and_groups_stay_few():
    """Nobody of 300 alike people gets a way of their own, and no long search begins."""
    with patch.object(several_ways, "together", wraps=several_ways.together) as together:
        plan = plan_of(many(300))
    assert together.called
    assert plan.unplaced == 0
    assert len(plan.groups) <= 40
    assert len(plan.ways) == 2
    assert all(
        one == {"S1": Fraction(1, 2), "S2": Fraction(1, 2)} for one in site_chances(many(300), plan).values()
    )


def test_where_groups_are_very_many_there_is_one_way(monkeypatch):
    monkeypatch.setattr(several_ways, "_MOST_GROUPS", 1)
    assert plan_of(morning_and_afternoon(ITEMS)).ways == ()


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=12, sessions=10))
def test_every_way_is_a_plan_and_the_groups_tell_their_mean(batch):
    assume(same_persons(batch))
    plan = plan_of(batch)
    persons = {name: number for number, names in enumerate(same_persons(batch)) for name in names}
    for way in plan.ways:
        seats, of_places, days, times = Counter(), Counter(), Counter(), defaultdict(set)
        for group, whole, one in zip(way.groups, plan.groups, way.chances, strict=True):
            assert group.trainees == whole.trainees
            assert one.counts.keys() <= group.allowed.keys() <= whole.allowed.keys()
            assert sum(one.counts.values()) + one.unplaced == len(group.trainees) * plan.denominator
            for session, count in one.counts.items():
                seats[session] += count
                days[session.site_id, session.day] += count
                of_places[session, group.item] += count * (group.part is not Part.THEORY)
                for name in group.trainees:
                    if name in persons:
                        times[persons[name], session.day, session.half].add(name)
        many = plan.denominator
        assert all(count <= batch.seats[session] * many for session, count in seats.items())
        assert all(count <= oracle.places_in(batch, *cell) * many for cell, count in of_places.items())
        limits = {name: one.day_limit for name, one in batch.sites.items()}
        assert all(limits[name] is None or count <= limits[name] * many for (name, _), count in days.items())
        assert all(len(names) == 1 for names in times.values())  # no draw puts anybody in two places
        assert sum(one.unplaced for one in way.chances) == sum(one.unplaced for one in plan.chances)
    for number, one in enumerate(plan.chances):
        listed = [way.chances[number] for way in plan.ways]
        for session, count in one.counts.items():
            assert not plan.ways or count * len(listed) == sum(way.counts.get(session, 0) for way in listed)
    content = planned(batch)
    assert contradiction(content) == overfull(content) == ""
    assert len(list(all_ways(content))) == max(len(plan.ways), 1)


def crowded(number):
    """Give a small batch in which most people hold several registrations and sessions are few."""
    dice = random.Random(number)  # noqa: S311 - batches to try, no secret
    items = ITEMS[: dice.randint(1, 2)]
    persons = [
        [dice.choice(items) for _ in range(dice.choice([1, 2, 2, 3]))] for _ in range(dice.randint(1, 3))
    ]
    people = [
        replace(
            one, part=dice.choice([Part.THEORY, Part.BOTH]), latest=dice.choice([None, None, at("A").day])
        )
        for one in registered(*persons)[:6]
    ]
    kinds = dice.choice([["institution"], ["public"], ["public", "institution"]])
    sites = [
        site(name, kind=dice.choice(kinds), day_limit=dice.choice([None, None, 2, 3]))
        for name in "ABCD"[: dice.randint(2, 4)]
    ]
    times = ("1am", "1pm", "2am")[: dice.randint(2, 3)]
    held = [at(one.site_id, when) for one in sites for when in times if dice.random() < 0.55]
    rows = [
        places(one.site_id, dice.randint(1, 3), item)
        for one in sites
        for item in items
        if dice.random() < 0.85
    ]
    rules = replace(load_rules(), cap=dice.choice([Fraction(1, 2)] * 3 + [Fraction(1, 3)]))
    return problem(people, sites, seats={one: dice.randint(1, 4) for one in held}, rows=rows, rules=rules)


def least_excess(batch):
    """Give how much must be above the cap in any lottery over the best schedules, all of which are tried."""
    listed = list(oracle.every_way(batch))
    best = max(oracle.score(batch, way) for way in listed)
    ways = [way for way in listed if oracle.score(batch, way) == best]
    solver = pywraplp.Solver.CreateSolver("GLOP")
    weights = [solver.NumVar(0, 1, "") for _ in ways]
    solver.Add(solver.Sum(weights) == 1)
    over = []
    for name in batch.trainees:
        for site_id in batch.sites:
            over.append(solver.NumVar(0, 1, ""))
            here = [
                w
                for w, way in zip(weights, ways, strict=True)
                if name in way and way[name].site_id == site_id
            ]
            solver.Add(solver.Sum(here) - over[-1] <= float(batch.rules.cap))
    solver.Minimize(solver.Sum(over))
    assert solver.Solve() == solver.OPTIMAL
    return solver.Objective().Value()


def excess(batch, plan):
    cap = batch.rules.cap
    return sum(max(chance - cap, 0) for one in site_chances(batch, plan).values() for chance in one.values())


def test_as_little_is_above_the_cap_as_any_lottery_allows():
    """Of 60 crowded batches, against all best schedules of each; the ways are searched for, and here nothing better is left.

    With one way, 29 of the 54 that have people with several registrations are above what must be, by 24 persons in
    all; with several ways, each with regard to the others, 4 or fewer, by a quarter of a person; worked out at once, none.
    """
    above, one_way = [], []
    for number in range(60):
        batch = crowded(number)
        if not batch.seats or not same_persons(batch):
            continue
        least = least_excess(batch)
        above.append(float(excess(batch, plan_of(batch))) - least)
        with patch.object(overlaps, "in_several_ways", lambda *_: None):
            one_way.append(float(excess(batch, plan_of(batch))) - least)
    assert min(above) > -1e-6
    assert len(above) >= 50
    assert max(above) < 1e-6
    assert sum(one_way) > 20


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda ways: ways.pop(), "两种以上"),
        (lambda ways: ways[0].pop(), "形式不对"),
        (lambda ways: ways[1].append([0]), "组数不对"),
        (lambda ways: ways[0][0].__setitem__(0, ways[0][0][0] + 1), "加起来"),
        (
            lambda ways: ways[0][0].__setitem__(slice(0, 2), [-1, ways[0][0][0] + ways[0][0][1] + 1]),
            "人数不对",
        ),
        (lambda ways: ways.__setitem__(0, ways[1]), "平均人数"),
    ],
)
def test_ways_that_contradict_the_groups_are_told(damage, told):
    plan = planned(morning_and_afternoon(ITEMS))
    damage(plan["ways"])
    plan["digest"] = digest({key: value for key, value in plan.items() if key != "digest"})
    assert told in contradiction(plan)


def all_in_one_session(plan):
    """Give a plan of two sessions two ways: everybody sits in the first, or everybody in the second."""
    whole = [len(group["trainees"]) * plan["denominator"] for group in plan["groups"]]
    plan["ways"] = [[[every, 0, 0] for every in whole], [[0, every, 0] for every in whole]]
    assert contradiction(plan) == ""


def test_a_way_that_overfills_a_session_is_told_though_the_mean_does_not():
    """Two seats, two persons: the mean of two people in the morning and of none is one."""
    plan = planned(morning_and_afternoon(ITEMS, ITEMS, seats=(2, 2)))
    assert overfull(plan) == ""
    all_in_one_session(plan)
    assert "超过座位数" in overfull(plan)


def test_a_duty_is_certainly_nobodys_only_if_it_is_in_every_way():
    """Everybody sits in the morning or everybody in the afternoon: one patrol is needed in every draw, not one at each site."""
    batch = replace(morning_and_afternoon(ITEMS, ITEMS, seats=(4, 4)), staff={"W1": staff("W1")})
    plan = planned(batch)
    all_in_one_session(plan)
    plan["rules"]["staffing"] |= {"invigilators_per_room": 0, "examiners_per_item": 0, "patrols_per_site": 1}
    vacant, notes = certainly_vacant(plan)
    assert vacant == 1
    assert notes[0].startswith("巡考员至少需要 1 人次")


def test_what_lacks_somebody_in_one_way_only_is_not_told_as_certain():
    """One sits theory in the morning and practice in the afternoon, or the other way round; whose duty it is that nobody does, is drawn."""
    both = [
        trainee(name, item="电工", part=part, id_number=number_of(0))
        for name, part in (("T1", "theory"), ("T2", "practical"))
    ]
    away = ((day(1), day(1), Half.AM),)
    batch = problem(
        both, [site("S1", kind="public")], seats={at("S1"): 4, at("S1", "1pm"): 4},
        rows=[places("S1", 4, "电工")],
        people=[
            staff("W1", roles=("invigilator",), unavailable=away),
            staff("W2", roles=("examiner",), items=("电工",), unavailable=away),
        ],
        rules=replace(load_rules(), invigilators_per_room=1, examiners_per_item=1, patrols_per_site=0),
    )  # fmt: skip
    plan = planned(batch)
    assert len(plan["ways"]) == 2
    vacant, (note,) = certainly_vacant(plan)
    assert vacant == 1
    assert "各岗位合计至少有 1 人次无人可派（如 2026-12-01 上午至少 1 人次）" in note
    # all in the morning, where nobody can invigilate, or all in the afternoon, where nobody can examine
    all_in_one_session(plan)
    plan["staff"][1]["unavailable"] = [{"from": "2026-12-01", "to": "2026-12-01", "half": "pm"}]
    assert certainly_vacant(plan) == (1, ["各岗位合计至少有 1 人次无人可派；是哪些岗位，看抽中哪种错开方式"])


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(batch=batches(most=8, sessions=8), number=st.integers(0, 2**64))
def test_chances_stated_are_those_of_the_plan_in_every_draw(batch, number):
    plan = planned(batch)
    told = {
        (name, cell["session"]): Fraction(cell["chance"])
        for group in plan["groups"]
        for cell in group["cells"]
        for name in group["trainees"]
    }
    numbers = {
        (one["site_id"], one["date"], one["half"]): place for place, one in enumerate(plan["sessions"])
    }
    for name, one in draw(plan, seed(number)).placements.items():
        site_id, day, half = one.session
        assert one.chance == told[name, numbers[site_id, day.isoformat(), str(half)]] > 0
