"""Every kind of change once, on batches small enough to be worked out by hand."""

import pytest

from common.errors import InputError
from scheduler.batch.batch_files import write_batch
from scheduler.draw import draw
from scheduler.errors import BadChangesError
from scheduler.record import read_plan
from scheduler.replan.changes.table import COLUMNS
from tests.scheduler.builders import ITEM, at, places, problem, seed, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawn, rows

WHEN = {"date": "2026-12-01", "half": "am"}


def small(**more):
    """Two sites of two seats each, on one morning, and three trainees: one seat is free."""
    sites = [site("A", kind="public"), site("B", kind="public")]
    more = {"seats": {at("A"): 2, at("B"): 2}, "rows": [places("A", 2), places("B", 2)], **more}
    return problem([trainee(name) for name in ("T1", "T2", "T3")], sites, **more)


@pytest.fixture
def folder(tmp_path):
    return drawn(small(), tmp_path)


def where(folder):
    return {row["trainee_id"]: row["site_id"] for row in rows(folder / "assignments.csv")}


def crowded(folder):
    """Give the site with two people, the other site, and who sits alone there."""
    sites = where(folder)
    full = max("AB", key=lambda name: list(sites.values()).count(name))
    (other,) = {"A", "B"} - {full}
    return full, other, next(name for name, one in sites.items() if one == other)


def told(folder):
    return {(row["kind"], row["id"]): row for row in rows(folder / "difference.csv")}


def test_a_closed_site_sends_its_people_to_what_is_free(folder, tmp_path):
    full, other, alone = crowded(folder)
    changed(folder, tmp_path / "1", {"change": "site_closed", "id": full, "reason": "停电"})
    assert set(where(tmp_path / "1").values()) == {other}  # one of the two gets the one free seat
    assert len(where(tmp_path / "1")) == 2
    assert where(tmp_path / "1")[alone] == other
    assert {row["reason"].split("；")[0] for row in told(tmp_path / "1").values()} == {"原场次取消（停电）"}
    assert ("trainee", alone) not in told(tmp_path / "1")
    assert len(rows(tmp_path / "1" / "unassigned.csv")) == 1


def test_chances_of_a_change_are_those_of_what_is_left(folder, tmp_path):
    full, *_ = crowded(folder)
    plan, *_ = changed(folder, tmp_path / "1", {"change": "session_cancelled", "id": full, **WHEN})
    (group,) = [one for one in plan["groups"] if "kept" not in one]
    assert [cell["chance"] for cell in group["cells"]] == ["1/2"]  # two people, one seat


@pytest.mark.parametrize("kind", ["seats", "places", "day_limit"])
def test_one_must_leave_what_has_become_too_small(folder, tmp_path, kind):
    full, other, _ = crowded(folder)
    more = {"seats": WHEN, "places": {"item": ITEM}, "day_limit": {}}[kind]
    plan, *_ = changed(folder, tmp_path / "1", {"change": kind, "id": full, "value": 1, **more})
    assert sorted(where(tmp_path / "1").values()) == sorted([full, other, other])
    (touched,) = plan["change"]["touched"]
    assert touched["kind"] == "limit"
    assert list(told(tmp_path / "1")) == [("trainee", touched["trainee_id"])]


def test_more_seats_are_for_those_who_had_none(tmp_path):
    folder = drawn(small(seats={at("A"): 1, at("B"): 1}), tmp_path)
    (waits,) = rows(folder / "unassigned.csv")
    before = where(folder)
    changed(folder, tmp_path / "1", {"change": "seats", "id": "A", "value": 2, **WHEN})
    assert where(tmp_path / "1") == before | {waits["trainee_id"]: "A"}


def test_a_session_more(folder, tmp_path):
    full, *_ = crowded(folder)
    changed(
        folder, tmp_path / "1",
        {"change": "site_closed", "id": full, "date": "2026-12-01"},
        {"change": "session_added", "id": full, "date": "2026-12-02", "half": "pm", "value": 5},
    )  # fmt: skip
    assert len(where(tmp_path / "1")) == 3
    assert rows(tmp_path / "1" / "unassigned.csv") == []


def test_who_withdraws_leaves_a_place_and_nobody_else_moves(folder, tmp_path):
    before = where(folder)
    changed(folder, tmp_path / "1", {"change": "退考", "id": "T1"})
    assert where(tmp_path / "1") == {name: one for name, one in before.items() if name != "T1"}
    assert told(tmp_path / "1")["trainee", "T1"]["to"] == ""
    changed(tmp_path / "1", tmp_path / "2", {"change": "trainee_withdrawn", "id": "T2"})
    assert list(where(tmp_path / "2")) == ["T3"]


def test_who_is_added_gets_a_free_place_or_a_reason(folder, tmp_path):
    new = {"change": "trainee_added", "institution_id": "I1", "item": ITEM, "name": "仿真甲"}
    changed(folder, tmp_path / "1", {**new, "id": "N1"}, {**new, "id": "N2"})
    (waits,) = rows(tmp_path / "1" / "unassigned.csv")
    assert waits["trainee_id"] in ("N1", "N2")
    assert waits["reason"].startswith("名额不足")
    published = "".join(
        path.read_text(encoding="utf-8-sig") for path in (tmp_path / "1").iterdir() if path.is_file()
    )
    assert "仿真甲" not in published
    assert "仿真甲" in (tmp_path / "1" / "batch" / "trainees.csv").read_text(encoding="utf-8-sig")


def test_new_dates_touch_only_where_the_session_no_longer_fits(folder, tmp_path):
    changed(folder, tmp_path / "1", {"change": "trainee_dates", "id": "T1", "latest": "2026-12-05"})
    assert told(tmp_path / "1") == {}
    changed(
        tmp_path / "1",
        tmp_path / "2",
        {"change": "改期", "id": "T1", "earliest": "2026-12-02", "reason": "出差"},
    )
    assert "T1" not in where(tmp_path / "2")
    reason = told(tmp_path / "2")["trainee", "T1"]["reason"]
    assert reason.startswith("原场次不再允许：早于最早日期 2026-12-02（出差）")


def test_the_reason_told_is_that_of_the_change_that_did_it(tmp_path):
    """Seats of another day that grew, or somebody's own new dates, are nobody's reason for a session that shrank."""
    whole = small(
        seats={at("A"): 3, at("A", "2am"): 3}, rows=[places("A", 3)],
    )  # fmt: skip
    first = drawn(whole, tmp_path)
    day = rows(first / "assignments.csv")[0]["date"]
    other = "2026-12-02" if day == "2026-12-01" else "2026-12-01"
    changed(
        first,
        tmp_path / "1",
        {"change": "seats", "id": "A", "date": other, "half": "am", "value": "9", "reason": "新增一间考场"},
        {"change": "seats", "id": "A", "date": day, "half": "am", "value": "0", "reason": "空调损坏"},
    )
    assert {row["reason"] for row in told(tmp_path / "1").values()} == {
        "原场次的名额减少，由抽签决定离开（空调损坏）"
    }
    away = {"change": "trainee_dates", "id": "T1", "latest": "2026-12-20", "reason": "申请延后"}
    broken = {"change": "places", "id": "A", "item": ITEM, "value": "0", "reason": "设备损坏"}
    changed(first, tmp_path / "2", away, broken)
    assert {row["reason"].split("；")[0] for row in told(tmp_path / "2").values()} == {
        "原场次不再允许：该场没有该项目的工位（设备损坏）"
    }


def test_a_limit_of_the_day_is_the_reason_where_it_is_what_is_full(folder, tmp_path):
    full, *_ = crowded(folder)
    changed(
        folder,
        tmp_path / "1",
        {"change": "seats", "id": full, **WHEN, "value": "5", "reason": "换了教室"},
        {"change": "day_limit", "id": full, "value": "1", "reason": "停车不便"},
    )
    (gone,) = told(tmp_path / "1").values()
    assert gone["reason"].startswith("原场次的名额减少，由抽签决定离开（停车不便）")


def test_who_cannot_come_never_gets_that_session_back(folder, tmp_path):
    full, other, _ = crowded(folder)
    name = next(name for name, one in where(folder).items() if one == full)
    changed(folder, tmp_path / "1", {"change": "trainee_moved", "id": name})
    assert where(tmp_path / "1")[name] == other
    changed(tmp_path / "1", tmp_path / "2", {"change": "site_closed", "id": other})
    assert name not in where(tmp_path / "2")  # a seat is free at the first site, but not for this person
    assert name in {row["trainee_id"] for row in rows(tmp_path / "2" / "unassigned.csv")}


@pytest.fixture
def staffed(tmp_path):
    """Four invigilators; with both rooms in use and one invigilator each, two have a duty and two are substitutes."""
    import dataclasses

    people = [staff(f"W{number}", roles=("invigilator",)) for number in range(1, 5)]
    batch = small(people=people)
    rules = dataclasses.replace(
        batch.rules, invigilators_per_room=1, examiners_per_item=0, patrols_per_site=0, substitutes=2
    )
    return drawn(dataclasses.replace(batch, rules=rules), tmp_path)


def test_who_falls_out_is_replaced_by_the_first_substitute(staffed, tmp_path):
    duty = rows(staffed / "duties.csv")[0]
    listed = [
        row["staff_id"] for row in rows(staffed / "substitutes.csv") if row["site_id"] == duty["site_id"]
    ]
    changed(staffed, tmp_path / "1", {"change": "staff_ill", "id": duty["staff_id"]})
    after = {row["site_id"]: row["staff_id"] for row in rows(tmp_path / "1" / "duties.csv")}
    before = {row["site_id"]: row["staff_id"] for row in rows(staffed / "duties.csv")}
    assert after == before | {duty["site_id"]: listed[0]}
    difference = rows(tmp_path / "1" / "difference.csv")
    assert {row["reason"] for row in difference} == {"不在可用时间", "按候补顺序第 1 名递补"}
    assert "staff_ill" not in (tmp_path / "1" / "changes.csv").read_text(encoding="utf-8-sig")


def test_new_staff_fill_what_nobody_could_do(tmp_path):
    import dataclasses

    batch = small(people=[staff("W1", roles=("invigilator",))])
    rules = dataclasses.replace(
        batch.rules, invigilators_per_room=1, examiners_per_item=0, patrols_per_site=0
    )
    folder = drawn(dataclasses.replace(batch, rules=rules), tmp_path)
    kept = rows(folder / "duties.csv")
    assert len(rows(folder / "vacancies.csv")) == 1
    changed(folder, tmp_path / "1", {"change": "staff_added", "id": "W2", "roles": "监考"})
    assert rows(tmp_path / "1" / "vacancies.csv") == []
    assert [row for row in rows(tmp_path / "1" / "duties.csv") if row["staff_id"] == "W1"] == kept


def test_duties_of_staff_who_are_all_gone_are_told(staffed, tmp_path):
    """Facts without any staff: no table of duties any more, and everybody who had one is told so."""
    had = {row["staff_id"] for row in rows(staffed / "duties.csv")}
    given = write_batch(small(), tmp_path / "corrected")
    changed(staffed, tmp_path / "1", batch=given)
    assert not (tmp_path / "1" / "duties.csv").exists()
    ended = {row["id"]: row for row in rows(tmp_path / "1" / "difference.csv")}
    assert set(ended) == had
    assert {(row["kind"], row["to"], row["reason"]) for row in ended.values()} == {
        ("duty", "", "已不在考务人员名单")
    }


def test_corrected_facts_are_given_whole(folder, tmp_path):
    """T1's item was wrong; a batch with the right one touches T1 and nobody else."""
    batch = small()
    people = {**batch.trainees, "T1": trainee("T1", item="焊工")}
    import dataclasses

    corrected = dataclasses.replace(
        batch, trainees=people, places=(*batch.places, places("A", 2, "焊工"), places("B", 2, "焊工"))
    )
    given = write_batch(corrected, tmp_path / "corrected")
    plan, *_ = changed(folder, tmp_path / "1", batch=given)
    assert [one["kind"] for one in plan["change"]["touched"]] == ["facts"]
    assert rows(tmp_path / "1" / "changes.csv")[0]["change"] == "facts"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": "搬家", "id": "A"}, "不认识"),
        ({"change": "site_closed", "id": "Z"}, "没有在考点表中定义"),
        (
            {"change": "seats", "id": "A", "date": "2026-12-09", "half": "am", "value": 3},
            "A 2026-12-09 上午 没有这一场",
        ),
        ({"change": "seats", "id": "A", **WHEN, "value": -3}, "不小于 0"),
        ({"change": "seats", "id": "A", **WHEN}, "须填“数值”"),
        ({"change": "seats", "id": "A", **WHEN, "value": 1, "latest": "2026-12-09"}, "不用“最晚日期”"),
        ({"change": "session_cancelled", "id": "A", "date": "13 月", "half": "am"}, "不是日期"),
        ({"change": "session_added", "id": "A", **WHEN, "value": 3}, "已经有这一场"),
        ({"change": "places", "id": "A", "item": f"{ITEM}作业", "value": 1}, f"是不是“{ITEM}”"),
        ({"change": "day_limit", "id": "A", "value": "无"}, "填一个够大的数"),
        ({"change": "trainee_withdrawn", "id": "T9"}, "没有在考生表中定义"),
        ({"change": "trainee_added", "id": "T1", "institution_id": "I1", "item": ITEM}, "已经有了"),
        ({"change": "trainee_added", "id": "N1", "institution_id": "I9", "item": ITEM}, "没有在机构表中定义"),
        ({"change": "trainee_dates", "id": "T1"}, "须填最早日期或最晚日期"),
        ({"change": "staff_ill", "id": "W9"}, "没有在考务人员表中定义"),
        ({"change": "facts", "id": "", "value": 1}, "不认识"),
        ({"change": "", "id": "A"}, "不能为空"),
        (
            {
                "change": "trainee_added",
                "id": "N1",
                "institution_id": "I1",
                "item": ITEM,
                "name": "仿真甲",
                "reason": "仿真甲漏报",
            },
            "里有姓名",
        ),
    ],
)
def test_an_ugly_row_is_told_with_its_place_and_nothing_is_written(folder, tmp_path, row, words):
    with pytest.raises(BadChangesError) as told:
        changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T3"}, row)
    assert "第 3 行" in str(told.value)
    assert words in str(told.value)
    assert not (tmp_path / "1").exists()


def test_a_period_the_wrong_way_round_is_told_once(folder, tmp_path):
    with pytest.raises(BadChangesError) as told:
        changed(
            folder,
            tmp_path / "1",
            {"change": "site_closed", "id": "A", "date": "2026-12-02", "until": "2026-12-01"},
        )
    assert [one.code for one in told.value.findings] == ["BATCH-DATE"]


def test_a_table_without_changes_and_a_folder_that_is_taken(folder, tmp_path):
    with pytest.raises(BadChangesError, match="没有任何变更"):
        changed(folder, tmp_path / "1", dict.fromkeys(COLUMNS[:1], ""))
    with pytest.raises(InputError, match="已经有内容"):
        changed(folder, folder, {"change": "trainee_withdrawn", "id": "T3"})


def test_without_a_kept_batch_the_corrected_one_is_asked_for(tmp_path):
    folder = drawn(small(), tmp_path, kept=False)
    with pytest.raises(InputError, match="--batch"):
        changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T3"})
    changed(folder, tmp_path / "1", batch=tmp_path / "given")
    assert where(tmp_path / "1") == where(folder)


def test_the_plan_of_a_change_is_a_plan(folder, tmp_path):
    """Who draws it as an ordinary plan finds everybody in the same session: the kept ones have one session each."""
    full, *_ = crowded(folder)
    _, record, schedule, *_ = changed(folder, tmp_path / "1", {"change": "site_closed", "id": full})
    plain = draw(read_plan(tmp_path / "1"), record["seed"])
    assert {name: one.session for name, one in plain.placements.items()} == {
        name: one.session for name, one in schedule.placements.items()
    }
    assert seed(1) != record["seed"]
