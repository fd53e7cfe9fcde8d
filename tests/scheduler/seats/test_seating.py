"""Rooms, seats, groups and places; why: two people sent to one chair find out in front of everybody."""

import json
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from common.canonical import digest
from scheduler.checker.check import check
from scheduler.draw import draw
from scheduler.plan_checks import contradiction
from scheduler.problem import Room
from scheduler.record import result_files
from scheduler.seats.summary import seating_summary, summary_words, without_accessible_seat
from tests.scheduler.builders import at, places, planned, problem, seed, site, trainee
from tests.scheduler.seated_batches import seated_batches
from tests.scheduler.seating_oracle import own_numbers, people_of, score_of, shares_are_even, tickets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def hall(people, **more):
    """Give a batch of one session that takes everybody."""
    return replace(problem(people, [site("S1")], seats={at("S1"): 99}, rows=[places("S1", 99)]), **more)


def seats_of(schedule):
    """Give the people of each room in the order of seats."""
    found = defaultdict(dict)
    for name, one in schedule.placements.items():
        if one.room:
            found[one.session, int(one.room)][int(one.seat)] = name
    return {room: [seats[number] for number in sorted(seats)] for room, seats in sorted(found.items())}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches())
def test_seats_are_those_of_the_specification(batch):
    plan = json.loads(json.dumps(planned(batch)))
    assert contradiction(plan) == ""
    schedule = draw(plan, seed(1))
    due = own_numbers(plan, schedule.placements, seed(1))
    for name, one in schedule.placements.items():
        assert [one.room, one.seat, one.group, one.place] == [str(n) if n else "" for n in due[name]]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches())
def test_everybody_has_what_is_due_nobody_shares_and_sizes_hold(batch):
    plan = planned(batch)
    schedule = draw(plan, seed(2))
    seats, worked, groups, sizes = Counter(), Counter(), defaultdict(set), Counter()
    for name, one in schedule.placements.items():
        part = str(batch.trainees[name].part)
        assert bool(one.room and one.seat) == (part != "practical")
        assert bool(one.group and one.place) == (part != "theory")
        if one.room:
            seats[one.session, one.room, one.seat] += 1
            sizes[one.session, one.room] += 1
        if one.group:
            worked[one.session, one.group, one.place] += 1
            groups[one.session, one.group].add(batch.trainees[name].item)
    assert all(count == 1 for count in [*seats.values(), *worked.values()])
    assert all(size <= batch.rules.room_size for size in sizes.values())
    assert all(len(items) == 1 for items in groups.values())
    assert [one for one in check(batch, schedule) if one.rule == 6] == []


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches())
def test_neighbours_are_never_more_alike_than_in_plain_ticket_order(batch):
    batch = replace(
        batch, rooms=(), trainees={name: replace(one, needs=()) for name, one in batch.trainees.items()}
    )
    plan = planned(batch)
    schedule = draw(plan, seed(3))
    ticket, people, columns = tickets(plan, seed(3)), people_of(plan), batch.rules.columns
    rooms = seats_of(schedule)
    for session in {session for session, _ in rooms}:
        drawn = [listed for (own, _), listed in rooms.items() if own == session]
        order = sorted((name for listed in drawn for name in listed), key=ticket.get)
        plain, start = [], 0
        for listed in drawn:
            plain.append(order[start : start + len(listed)])
            start += len(listed)
        wide = [columns] * len(drawn)
        assert score_of(drawn, wide, people) <= score_of(plain, wide, people)
        assert shares_are_even([len(listed) for listed in drawn])


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(batch=seated_batches())
def test_the_summary_counts_what_a_person_would(batch):
    plan = planned(batch)
    schedule = draw(plan, seed(4))
    rooms, people = seats_of(schedule), people_of(plan)
    stated = {site["site_id"]: site["rooms"] for site in plan["seating"]["rooms"]}
    further = {"columns": batch.rules.columns, "accessible": batch.rules.room_size}
    plans = [[*stated.get(session.site_id, []), *[further] * 99][number - 1] for session, number in rooms]
    score = score_of(list(rooms.values()), [room["columns"] for room in plans], people)
    summary = seating_summary(plan, schedule)
    assert tuple(summary[f"{name}_neighbours"] for name in ("institution", "class", "item")) == score
    assert summary["rooms"] == len(rooms)
    needing = {name for name, one in batch.trainees.items() if one.needs}
    assert summary["without_accessible_seat"] == sum(
        len(needing & set(listed[room["accessible"] :]))
        for listed, room in zip(rooms.values(), plans, strict=True)
    )


def test_a_plain_hall():
    """Seventy people, thirty to a room: three rooms of 24, 23 and 23; nobody beside the own institution."""
    people = [trainee(f"T{n:02}", f"I{n % 4}", part="theory", class_id=f"{n % 3}班") for n in range(70)]
    plan = planned(hall(people))
    schedule = draw(plan, seed(5))
    assert [len(listed) for listed in seats_of(schedule).values()] == [24, 23, 23]
    summary = seating_summary(plan, schedule)
    assert summary["institution_neighbours"] == summary["class_neighbours"] == 0
    assert "0 对" in summary_words(summary)[0]


def test_an_empty_seat_keeps_its_neighbours_apart():
    """As a change leaves it: one of three in a row has withdrawn, and the other two are no neighbours."""
    people = [trainee(f"T{n}", part="theory", class_id="1班", needs=("accessible",)) for n in range(3)]
    plan = planned(hall(people, rooms=(Room("S1", "一", 99, 9, 2),)))
    schedule = draw(plan, seed(1))
    whole = seating_summary(plan, schedule)
    counts = [whole[f"{name}_neighbours"] for name in ("institution", "class", "item")]
    assert (counts, whole["without_accessible_seat"]) == ([2, 2, 2], 1)
    left = {name: one for name, one in schedule.placements.items() if one.seat != "2"}
    summary = seating_summary(plan, replace(schedule, placements=left))
    assert summary == {**dict.fromkeys(whole, 0), "rooms": 1, "without_accessible_seat": 1}


def test_only_practical_people_have_no_room_and_a_theory_exam_has_no_groups():
    schedule = draw(planned(hall([trainee(f"T{n}", part="practical") for n in range(5)])), seed(1))
    assert {(one.room, one.seat) for one in schedule.placements.values()} == {("", "")}
    assert sorted(one.place for one in schedule.placements.values()) == ["1", "2", "3", "4", "5"]
    schedule = draw(planned(hall([trainee(f"T{n}", part="theory") for n in range(5)])), seed(1))
    assert {(one.group, one.place) for one in schedule.placements.values()} == {("", "")}


def test_who_needs_an_accessible_seat_gets_the_first_of_the_first_room():
    people = [trainee(f"T{n:02}", needs=("accessible",) if n in (3, 40) else ()) for n in range(45)]
    plan = planned(hall(people))
    schedule = draw(plan, seed(1))
    assert {(schedule.placements[name].room, schedule.placements[name].seat) for name in ("T03", "T40")} == {
        ("1", "1"),
        ("1", "2"),
    }
    assert seating_summary(plan, schedule)["without_accessible_seat"] == 0


def test_who_finds_no_accessible_seat_is_told():
    people = [trainee(f"T{n:02}", needs=("accessible",) if n < 3 else ()) for n in range(10)]
    plan = planned(hall(people, rooms=(Room("S1", "一", 6, 3, 0), Room("S1", "二", 6, 3, 2))))
    schedule = draw(plan, seed(1))
    seats = [(schedule.placements[f"T0{n}"].room, schedule.placements[f"T0{n}"].seat) for n in range(3)]
    assert {("2", "1"), ("2", "2")} <= set(seats)
    summary = seating_summary(plan, schedule)
    assert summary["without_accessible_seat"] == 1
    assert "1 人" in summary_words(summary)[1]
    (lacking,) = without_accessible_seat(plan, schedule)
    assert seats[int(lacking[-1])] not in {("2", "1"), ("2", "2")}


def test_no_accessible_seat_stated_in_any_room_is_none():
    """0 is a statement: nobody who needs one has one. Rooms that state nothing have them, as many as are needed."""
    people = [trainee("T0", needs=("accessible",)), trainee("T1")]
    for stated, lacking in ((0, ["T0"]), (None, [])):
        plan = planned(hall(people, rooms=(Room("S1", "一", 6, 3, stated),)))
        schedule = draw(plan, seed(1))
        assert without_accessible_seat(plan, schedule) == lacking
        assert seating_summary(plan, schedule)["without_accessible_seat"] == len(lacking)


def test_the_same_class_name_of_two_institutions_is_two_classes():
    plan = planned(hall([trainee("T1", "I1", class_id="1班"), trainee("T2", "I2", class_id="1班")]))
    assert plan["classes"] == ["1班", "1班"]
    assert sorted(number for group in plan["groups"] for number in group["class"]) == [0, 1]


def test_a_plan_of_a_version_without_seats_is_drawn_without():
    plan = planned(hall([trainee("T1")]))
    for name in ("seating", "institutions", "classes", "digest"):
        plan.pop(name)
    plan["digest"] = digest(plan)
    assert contradiction(plan) == ""
    assert b",S1,2026-12-01,am,,,,,,1,1\r\n" in result_files(draw(plan, seed(1)))["assignments.csv"]
    assert seating_summary(plan, draw(plan, seed(1))) == {}
    assert summary_words({}) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda plan: plan["groups"][0]["institution"].pop(),
        lambda plan: plan["groups"][0].update({"class": [-2] * len(plan["groups"][0]["trainees"])}),
        lambda plan: plan["groups"][0].pop("class"),
        lambda plan: plan["institutions"].clear(),
        lambda plan: plan["seating"].update(room_size=0),
        lambda plan: plan["seating"].update(columns=True),
        lambda plan: plan["seating"].update(accessible=[1]),
        lambda plan: plan["seating"]["rooms"][0]["rooms"][0].update(accessible=7),
        lambda plan: plan["seating"]["rooms"][0]["rooms"][0].update(columns=0),
        lambda plan: plan["seating"]["stations"].append({"session": 9, "item": "x", "stations": 1}),
        lambda plan: plan["seating"]["times"].update(am="noon"),
        lambda plan: plan["seating"]["times"].update(theory_minutes=0),
        lambda plan: plan["seating"].pop("times"),
    ],
)
def test_a_plan_whose_seats_cannot_be_is_not_drawn(damage):
    plan = planned(hall([trainee("T1")], rooms=(Room("S1", "一", 6, 3, 2),)))
    assert contradiction(plan) == ""
    damage(plan)
    assert contradiction(plan) != ""
