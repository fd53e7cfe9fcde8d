"""Remedies as data, page and lines: what a reader is told, and what is never told."""

import json
from dataclasses import replace

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import in_short, remedies_data, write_remedies
from scheduler.documents.remedies_page import remedies_page
from scheduler.documents.remedy_words import row_ranges
from scheduler.eligibility import Eligibility
from scheduler.file_names import REMEDIES
from scheduler.problem import Problem
from scheduler.remedy.ground import WholeBatch
from scheduler.remedy.remedies import find_remedies
from tests.scheduler.builders import ITEM, ONE_PERSON, at, places, problem, relation, site, trainee
from tests.scheduler.remedy.test_shortage import people

CITIES = {"东区": "云州市", "南区": "海州市"}


def data_of(batch: Problem):
    plan = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    return remedies_data(batch, plan, find_remedies(WholeBatch(batch), plan), "摘要")


def short_by_one() -> Problem:
    listed = [replace(one, row=2 + number) for number, one in enumerate(people(3))]
    return problem(listed, [site("S1")], seats={at("S1"): 2}, rows=[places("S1", 2)])


def test_rows_are_put_together():
    assert row_ranges([9, 3, 2, 4, 0]) == ["2-4", "9"]
    assert row_ranges([]) == []


def test_the_lines_of_the_terminal():
    lines = list(in_short(data_of(short_by_one())))
    assert lines == [
        "未能全部安排 1 人：名额不足：低压电工作业 3 人（来自 1 家机构）可用的名额只有 2 个（考点S1），少 1 个。名单第 2-4 行",
        (
            "  可以：增加座位 1 个、工位 1 个（考点S1 2026-12-01 上午 座位 加 1 个；考点S1 2026-12-01 上午 低压电工作业工位 加 1 个），"
            "可多安排 1 人；在这些考点，这些人能用的名额再少一个就不够"
        ),
        "  可以：加一场：考点S1 2026-12-01 下午，座位 1 个、低压电工作业工位 2 个，可多安排 1 人；座位再少一个就不够",
    ]


def test_the_data_gives_rows_limits_and_prices():
    data = data_of(short_by_one())
    (one,) = data["bottlenecks"]
    assert (data["partial"], data["unplaced"]) == (True, 1)
    assert (one["people"], one["places"], one["shortage"]) == (3, 2, 1)
    assert one["groups"][0]["rows"] == [2, 3, 4]
    assert one["groups"][0]["expected_unplaced"] == "1"
    assert [(limit["item"], limit["capacity"]) for limit in one["limits"]] == [(ITEM, 2)]
    assert [(remedy["kind"], remedy["price"]) for remedy in one["remedies"]] == [
        ("growth", {"seats": 1, "places": 1}),
        ("session", {"sessions": 1, "seats": 1}),
    ]
    assert data == json.loads(json.dumps(data))


def test_who_may_go_nowhere_reads_which_rule_closed_each_site_with_its_article():
    sites = [site("S1", "I1", district="东区"), site("S2", "I9", district="东区", suspended=True),
             site("H1", city="海州市", district="南区")]  # fmt: skip
    batch = problem([trainee("T1", district="东区"), trainee("T2", "I2", district="东区")], sites, districts=CITIES,
                    relations=[relation("controls", "I1", "I9")], seats={at("S1"): 9, at("S2"): 9, at("H1"): 9},
                    rows=[places("S1", 9), places("S2", 9), places("H1", 9), places("S2", 9, "焊工")])  # fmt: skip
    suspended_by_day = replace(batch.sites["S2"], suspended=False, owner_id="I1")
    closed = replace(batch, sites={**batch.sites, "S2": suspended_by_day})
    (one,) = data_of(closed)["bottlenecks"]
    rules = {entry["site_id"]: (entry["rule"], bool(entry["article"])) for entry in one["refused"]}
    assert rules == {"S1": (2, True), "S2": (2, True), "H1": (3, True)}
    (city,) = [remedy for remedy in one["remedies"] if remedy["kind"] == "cross_city"]
    assert (city["price"], city["gain"]) == ({}, 1)
    assert "由市里决定" in city["told"]
    assert "通知第二部分（六）" in city["told"]


def test_an_exemption_is_told_as_something_to_be_checked_not_as_given():
    batch = problem(
        people(2, "X"), [site("S1"), site("X1", "X", kind="school")], seats={at("S1"): 1, at("X1"): 9}
    )
    (one,) = data_of(batch)["bottlenecks"]
    (school,) = [remedy for remedy in one["remedies"] if remedy["kind"] == "in_school"]
    assert school["told"].startswith("据实核对：这 2 人中如有机构X的全日制在校学生")
    assert "通知第二部分（三）" in school["told"]


def test_the_page_escapes_and_holds_no_name_and_no_number():
    named = [
        replace(one, name="仿真张三", id_number=ONE_PERSON if n == 0 else "")
        for n, one in enumerate(people(3))
    ]
    batch = problem(named, [replace(site("S1"), name="<script>考点")], seats={at("S1"): 2})
    data = data_of(batch)
    page = remedies_page(data)
    assert "<script>" not in page
    assert "&lt;script&gt;考点" in page
    for secret in ("仿真张三", ONE_PERSON):
        assert secret not in page
        assert secret not in json.dumps(data, ensure_ascii=False)


def test_the_page_names_people_by_their_ids_and_their_rows(monkeypatch):
    """Every other page speaks of 考生编号; a row number alone sent a reader back to the list."""
    data = data_of(short_by_one())
    assert 'data-of="考生编号">T00、T01、T02</td><td data-of="名单行号">2-4</td>' in remedies_page(data)
    monkeypatch.setattr("scheduler.documents.remedies_page._MOST_NAMED", 2)
    assert ">T00、T01 等 3 人，全部编号见 remedies.json</td>" in remedies_page(data)


def test_the_page_says_of_what_there_is_too_little_and_counts_people():
    """One of three has no place: the heading says who lacks it, and an expected half of a person is about 0.5."""
    page = remedies_page(data_of(short_by_one()))
    assert "<h2>1. 1 人没有位置</h2>" in page
    assert ">1 人</td>" in page
    both = [trainee(f"T{number}", id_number=ONE_PERSON) for number in (1, 2)]
    assert ">约 0.5 人</td>" in remedies_page(data_of(problem(both, [site("S1")])))


def test_a_plan_in_which_all_have_places_leaves_no_file_of_an_earlier_one(tmp_path):
    write_remedies(tmp_path, data_of(short_by_one()))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(REMEDIES)
    write_remedies(tmp_path, data_of(problem(people(3), [site("S1")])))
    assert list(tmp_path.iterdir()) == []


def test_the_order_of_rows_changes_no_byte():
    batch = short_by_one()
    other = replace(batch, trainees=dict(reversed(batch.trainees.items())))
    assert json.dumps(data_of(other)) == json.dumps(data_of(batch))


def test_who_has_a_place_in_the_first_way_to_part_times_but_not_in_every_way_is_named_too():
    """One morning and two registrations of one person: either may be left out, so both are told, with their rows."""
    listed = [replace(trainee(f"T{number}", id_number=ONE_PERSON), row=2 + number) for number in (1, 2)]
    data = data_of(problem(listed, [site("S1")]))
    (one,), (also,) = data["bottlenecks"], data["also"]
    assert {one["groups"][0]["trainees"][0], also["trainees"][0]} == {"T1", "T2"}
    assert one["groups"][0]["expected_unplaced"] == also["expected_unplaced"] == "1/2"
    assert "同一时间只能考一科" in also["reason"]
    (row,) = also["rows"]
    assert f"也可能没有位置：名单第 {row} 行" in list(in_short(data))[-1]
    page = remedies_page(data)
    assert "也可能没有位置的人" in page
    assert also["reason"] in page
    assert "也可能没有位置的人" not in remedies_page(data_of(short_by_one()))
