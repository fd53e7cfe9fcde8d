"""When people work; why: somebody who comes an hour late has missed the exam."""

from dataclasses import replace

from scheduler.draw import draw
from scheduler.seats.times import clock, exam_times
from tests.scheduler.builders import ITEM, at, places, planned, problem, seed, site, trainee


def drawn(stations):
    """Give the times of two who sit the practical part alone, three who sit both, one who sits theory."""
    people = [
        *(trainee(f"P{n}", part="practical") for n in range(2)),
        *(trainee(f"B{n}") for n in range(3)),
        trainee("T0", part="theory"),
    ]
    row = replace(places("S1", 9), stations=stations)
    plan = planned(problem(people, [site("S1")], seats={at("S1", "1pm"): 9}, rows=[row]))
    schedule = draw(plan, seed(1))
    return schedule, exam_times(plan, schedule)


def spans(times, start):
    return sorted(
        (one.batch, *map(clock, one.practical)) for name, one in times.items() if name.startswith(start)
    )


def test_everybody_at_once_is_one_batch_for_each_part():
    """pm begins at 14:30; theory takes 120 minutes, practical 60."""
    _, times = drawn(None)
    assert {tuple(map(clock, times[name].theory)) for name in ("B0", "B1", "B2", "T0")} == {
        ("14:30", "16:30")
    }
    assert times["T0"].practical is None
    assert times["P0"].theory is None
    assert spans(times, "P") == [(1, "14:30", "15:30")] * 2
    assert spans(times, "B") == [(2, "16:30", "17:30")] * 3


def test_one_station_takes_one_after_another_in_the_order_of_places():
    schedule, times = drawn(1)
    assert spans(times, "P") == [(1, "14:30", "15:30"), (2, "15:30", "16:30")]
    assert spans(times, "B") == [(3, "16:30", "17:30"), (4, "17:30", "18:30"), (5, "18:30", "19:30")]
    order = sorted((int(one.place), name) for name, one in schedule.placements.items() if one.place)
    assert [times[name].batch for _, name in order] == [1, 2, 3, 4, 5]


def test_two_stations():
    _, times = drawn(2)
    assert [batch for batch, *_ in spans(times, "B")] == [2, 2, 3]


def test_stations_of_the_row_that_goes_first_stand_in_the_plan():
    rows = [replace(places("S1", 9), stations=4), places("S1", 9, when="1pm")]
    people = [trainee(f"B{n}") for n in range(3)]
    plan = planned(problem(people, [site("S1")], seats={at("S1"): 9, at("S1", "1pm"): 9}, rows=rows))
    assert plan["seating"]["stations"] == [{"session": 0, "item": ITEM, "stations": 4}]


def test_a_plan_without_seats_has_no_times():
    schedule, _ = drawn(None)
    assert exam_times({"groups": []}, schedule) == {}
