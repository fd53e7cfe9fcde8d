"""What the officer is told of a table of changes: numbers, names, rooms, places; each fault where the table says it."""

from dataclasses import replace

import pytest

from scheduler.errors import BadChangesError
from scheduler.problem import Part, Room
from tests.scheduler.builders import ITEM, ONE_PERSON, at, places, problem, site, trainee
from tests.scheduler.replan.drawn import changed, drawn, rows

NEW = {"change": "trainee_added", "institution_id": "I1", "item": ITEM}
SECOND = {"date": "2026-12-01", "half": "pm"}


@pytest.fixture
def folder(tmp_path):
    """Two people at one site, in one room of two seats; two places."""
    people = [trainee("T1", name="仿真甲"), trainee("T2", name="国庆")]
    made = problem(people, [site("A", kind="public")], seats={at("A"): 2}, rows=[places("A", 2)])
    return drawn(replace(made, rooms=(Room("A", "101", 2),)), tmp_path)


def found(folder, tmp_path, *changes):
    with pytest.raises(BadChangesError) as caught:
        changed(folder, tmp_path / "1", *changes)
    assert not (tmp_path / "1").exists()
    return [(str(one.location), one.message) for one in caught.value.findings]


def test_numbers_that_are_none_and_wrong_ones_are_told_by_row(folder, tmp_path):
    numbers = ["000000199001010010", "待补", "4.4E+17", ONE_PERSON, "", "E12345678"]
    people = ({**NEW, "id": f"N{n}", "id_number": number} for n, number in enumerate(numbers))
    told = changed(folder, tmp_path / "1", *people).remarks
    assert [one for one in told if "第 2、7 行" in one and "校验码" in one]
    assert [one for one in told if "第 3 行" in one and "待补" in one]
    assert [one for one in told if "第 4 行" in one and "科学计数" in one]
    assert len(told) == 3
    assert not any(number in one for one in told for number in numbers if number.isdigit())


def test_a_reason_with_the_name_of_anybody_is_refused(folder, tmp_path):
    """N1 is registered in T1's stead, and the reason would publish T1's name; blanks do not hide it."""
    for reason in ("代替仿真甲", "代替仿真 甲，已同意"):
        ((where, told),) = found(folder, tmp_path, {**NEW, "id": "N1", "reason": reason})
        assert "有姓名" in told
        assert where.startswith("1.csv 第 2 行")
    ((where, told),) = found(
        folder,
        tmp_path,
        {**NEW, "id": "N1", "name": "仿真新人"},
        {"change": "trainee_withdrawn", "id": "T2", "reason": "让给仿真新人"},
    )
    assert where.startswith("1.csv 第 3 行")


def test_the_own_name_is_no_word(folder, tmp_path):
    ((_, told),) = found(folder, tmp_path, {"change": "trainee_moved", "id": "T2", "reason": "国庆不在"})
    assert "有姓名" in told


def test_a_name_that_is_a_word_is_told_and_not_refused(folder, tmp_path):
    done = changed(
        folder, tmp_path / "1", {"change": "day_limit", "id": "A", "value": 9, "reason": "国庆放假"}
    )
    (told,) = done.remarks
    assert "第 2 行" in told
    assert "相同" in told
    assert "国庆" not in told
    assert (
        changed(
            folder, tmp_path / "2", {"change": "day_limit", "id": "A", "value": 9, "reason": "停电"}
        ).remarks
        == ()
    )


def test_rooms_that_are_too_small_are_told_at_the_row(folder, tmp_path):
    more = [{**NEW, "id": f"N{n}"} for n in range(3)]
    ((where, told),) = found(
        folder, tmp_path, *more,
        {"change": "seats", "id": "A", "value": 2, "date": "2026-12-01", "half": "am"},
        {"change": "session_added", "id": "A", "value": 5, **SECOND},
    )  # fmt: skip
    assert where == "1.csv 第 6 行 G 列"
    assert "5 个座位" in told
    assert "只能坐 2 人" in told
    assert "--batch" in told


def test_more_people_can_make_rooms_too_small(tmp_path):
    """Five seats and one room of two: enough for two people, too small for three."""
    made = problem(
        [trainee("T1"), trainee("T2")], [site("A", kind="public")], seats={at("A"): 5}, rows=[places("A", 5)]
    )
    folder = drawn(replace(made, rooms=(Room("A", "101", 2),)), tmp_path)
    ((where, told),) = found(folder, tmp_path, {**NEW, "id": "N1"})
    assert where == "1.csv"
    assert "增加考生之后" in told


def test_who_keeps_a_place_that_is_no_more_is_told(folder, tmp_path):
    """One of two stays with one place; who has number 2 and stays must work at another one. A theory trainee has none."""
    sitting = {row["trainee_id"]: row["place"] for row in rows(folder / "assignments.csv")}
    second = next(name for name, place in sitting.items() if place == "2")
    first = next(name for name, place in sitting.items() if place == "1")
    done = changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": first},
                   {"change": "places", "id": "A", "item": ITEM, "value": 1})  # fmt: skip
    (told,) = done.remarks
    assert f"{second}（顺序号 2）" in told
    assert "1 个工位" in told
    done = changed(folder, tmp_path / "2", {"change": "trainee_withdrawn", "id": second},
                   {"change": "places", "id": "A", "item": ITEM, "value": 1})  # fmt: skip
    assert done.remarks == ()


def test_of_nobody_else_nothing_is_said(tmp_path):
    """T1 alone is drawn, for the one site with a free seat among two: nobody's chance would be higher instead."""
    seats = {at("A"): 1, at("B"): 2}
    people = [trainee("T1"), trainee("T2"), trainee("T3", part=Part.BOTH)]
    made = problem(
        people,
        [site(name, kind="public") for name in "AB"],
        seats=seats,
        rows=[places("A", 1), places("B", 2)],
    )
    folder = drawn(made, tmp_path)
    one = next(row["trainee_id"] for row in rows(folder / "assignments.csv") if row["site_id"] == "B")
    notes = changed(
        folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": one}, {**NEW, "id": "N1"}
    ).plan["problems"]
    assert any("已经最小。" in told for told in notes), notes
    assert not any("别人就要更高" in told for told in notes)


def test_illness_in_a_reason_about_somebody_is_told(folder, tmp_path):
    """Of a site it is no illness."""
    done = changed(
        folder,
        tmp_path / "1",
        {"change": "trainee_withdrawn", "id": "T1", "reason": "住院手术"},
        {"change": "session_added", "id": "A", **SECOND, "value": 2, "reason": "防病毒消毒之后"},
    )
    (told,) = (one for one in done.remarks if "病情" in one)
    assert "第 2 行" in told
    assert "个人原因" in told
