"""Batches that cannot be worked in their half-day; why: a clerk who is not told prints 38:00 on tickets."""

from dataclasses import replace

from scheduler.pipeline import make_plan
from scheduler.problem import Institution
from scheduler.seats.late import late_batches
from tests.scheduler.builders import ITEM, at, places, planned, problem, site, trainee
from tests.scheduler.files import write_folder
from tests.scheduler.replan.drawn import changed, drawn

ADVICE = "请增加同时工位数，减少该场该项目的工位数，或改到别的场次"
OVER = "上午场的实操分批，排到了下午场开考（14:30）以后，工位、考务人员和考生会冲突："


def told(when, people, stations=1):
    row = replace(places("S1", 99), stations=stations)
    return list(late_batches(planned(problem(people, [site("S1")], seats={at("S1", when): 99}, rows=[row]))))


def alone(number):
    return [trainee(f"P{n}", part="practical") for n in range(number)]


def test_a_morning_that_ends_when_the_afternoon_begins_is_in_order():
    """From 09:00 an hour each: five end at 14:00, six at 15:00."""
    assert told("1am", alone(5)) == []
    assert told("1am", alone(6)) == [
        f"{OVER}考点 S1 2026-12-01 上午“{ITEM}”最多 6 人、同时 1 人，分 6 批，到 15:00。{ADVICE}"
    ]
    assert told("1am", alone(6), stations=2) == []


def test_those_who_sit_both_wait_for_the_theory_to_end():
    """The theory ends at 11:00: three from then on end at 14:00, four at 15:00."""
    assert told("1am", [trainee(f"B{n}") for n in range(3)]) == []
    (only,) = told("1am", [trainee(f"B{n}") for n in range(4)])
    assert "最多 4 人、同时 1 人，分 4 批，到 15:00" in only


def test_an_afternoon_may_last_until_the_evening():
    """From 14:30 an hour each: five end at 19:30, six at 20:30."""
    assert told("1pm", alone(5)) == []
    assert told("1pm", alone(6)) == [
        f"实操分批，排到了晚上 20:00 以后：考点 S1 2026-12-01 下午“{ITEM}”最多 6 人、同时 1 人，分 6 批，到 20:30。{ADVICE}"
    ]


def test_a_day_ends_at_midnight_and_no_later_time_is_told():
    """Fifteen from 09:00 end at 24:00; sixteen do not end that day."""
    assert "分 15 批，到 24:00" in told("1am", alone(15))[0]
    assert told("1am", alone(16)) == [
        f"实操分批，当天考不完：考点 S1 2026-12-01 上午“{ITEM}”最多 16 人、同时 1 人，分 16 批。{ADVICE}"
    ]


def test_theory_and_places_without_stations_are_never_late():
    assert told("1am", [trainee(f"T{n}", part="theory") for n in range(50)]) == []
    assert told("1am", alone(50), stations=None) == []


def test_a_plan_without_seats_is_silent():
    assert list(late_batches({"groups": []})) == []


def test_it_is_told_beside_the_plan(tmp_path):
    head = ["site_id", "date", "half", "item", "places", "stations"]
    rows = [
        ["trainee_id", "institution_id", "item", "part"],
        *([f"T{n}", "I1", ITEM, "practical"] for n in range(6)),
    ]
    folder = write_folder(
        tmp_path / "batch", trainees=rows,
        sites=[["site_id", "name", "kind", "city"], ["S1", "考点一", "public", "云州市"]],
        seats=[["site_id", "date", "half", "seats"], ["S1", "2026-12-01", "am", "9"]],
        places=[head, ["S1", "", "", ITEM, "9", "1"]],
    )  # fmt: skip
    made = make_plan(folder, "0")
    assert [one for one in made.doubts if one.startswith(OVER)]
    assert not [one for one in made.content["problems"] if "实操" in one]


def test_a_change_asks_again(tmp_path):
    """Eight from 09:00 end at 17:00; when one withdraws, seven end at 16:00."""
    row = replace(places("S1", 9), stations=1)
    batch = problem(alone(8), [site("S1")], seats={at("S1"): 9}, rows=[row])
    batch.institutions["I1"] = Institution("I1", "机构一", "training")
    parent = drawn(batch, tmp_path)
    made = changed(parent, tmp_path / "1", {"change": "trainee_withdrawn", "id": "P3"})
    (asked,) = [one for one in made.remarks if one.startswith(OVER)]
    assert "最多 7 人、同时 1 人，分 7 批，到 16:00" in asked
