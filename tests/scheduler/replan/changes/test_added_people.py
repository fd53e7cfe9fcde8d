"""What is told of people added: items that nobody examines, and who is registered twice for one thing. No row is lost for it."""

import pytest

from scheduler.errors import BadChangesError
from scheduler.replan.changes.nearest_items import nearest
from tests.scheduler.builders import ONE_PERSON, at, places, problem, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawn, rows

LOW, HIGH = "低压电工作业", "高压电工作业"
NEW = {"change": "trainee_added", "institution_id": "I1", "item": LOW}


@pytest.fixture
def folder(tmp_path):
    """T1 sits at A; there are places for two items."""
    made = problem(
        [trainee("T1", item=LOW, id_number=ONE_PERSON)],
        [site("A", kind="public")],
        seats={at("A"): 4},
        rows=[places("A", 4, item=LOW), places("A", 4, item=HIGH)],
        people=[staff("W1", roles=("examiner",), items=(LOW,))],
    )
    return drawn(made, tmp_path)


def test_an_item_that_no_site_has_is_told_with_what_it_may_be(folder, tmp_path):
    done = changed(
        folder,
        tmp_path / "1",
        {**NEW, "id": "N1", "item": "低压电工"},
        {**NEW, "id": "N2", "item": "低压电工"},
        {**NEW, "id": "N3", "item": "潜水"},
        {**NEW, "id": "N4"},
    )
    low, other = (one for one in done.remarks if "没有考点有这个项目的工位" in one)
    assert "第 2、3 行" in low
    assert "是不是“低压电工作业”" in low
    assert "改正后重办" in low
    assert "第 4 行" in other
    assert "是不是" not in other
    assert sorted(row["trainee_id"] for row in rows(tmp_path / "1" / "unassigned.csv")) == ["N1", "N2", "N3"]


def test_an_item_with_a_blank_more_is_refused_at_its_row(folder, tmp_path):
    with pytest.raises(BadChangesError) as caught:
        changed(folder, tmp_path / "1", {**NEW, "id": "N1", "item": "高压电工 作业"})
    (one,) = caught.value.findings
    assert (one.location.row, one.message) == (
        2,
        "“高压电工 作业”与工位表的“高压电工作业”只差空格或标点，会当成两个项目，请写成一样",
    )


def test_an_examiner_with_an_item_alike_is_told_and_one_of_another_batch_is_not(folder, tmp_path):
    helper = {"change": "staff_added", "roles": "考评"}
    done = changed(
        folder,
        tmp_path / "1",
        {**helper, "id": "W2", "items": "低压电工做业；潜水"},
        {**helper, "id": "W3", "items": LOW},
    )
    (told,) = done.remarks
    assert "第 2 行" in told
    assert "“低压电工做业”没有人报，也没有工位；是不是“低压电工作业”" in told


def test_who_is_registered_twice_for_one_thing_is_told_by_the_number(folder, tmp_path):
    done = changed(
        folder,
        tmp_path / "1",
        {**NEW, "id": "N1", "id_number": ONE_PERSON},
        {**NEW, "id": "N2", "id_number": ONE_PERSON, "item": HIGH},
        {**NEW, "id": "N3", "id_number": ONE_PERSON, "item": HIGH, "part": "理论"},
        {**NEW, "id": "N4", "id_number": ONE_PERSON, "item": HIGH},
    )
    first, second = (one for one in done.remarks if "证件号码相同" in one)
    assert first.startswith("变更表第 2 行增加的考生 N1 与考生 T1 证件号码相同")
    assert second.startswith("变更表第 5 行增加的考生 N4 与考生 N2 证件号码相同")
    assert ONE_PERSON not in "".join(done.remarks)


def test_who_withdraws_and_comes_again_is_registered_once(folder, tmp_path):
    gone = {"change": "trainee_withdrawn", "id": "T1"}
    assert changed(folder, tmp_path / "1", gone, {**NEW, "id": "N1", "id_number": ONE_PERSON}).remarks == ()


def test_the_likeliest_item_comes_first():
    known = [LOW, HIGH, "熔化焊接与热切割作业"]
    assert nearest("高压电工 作业", known)[0] == HIGH
    assert nearest("熔化焊接与热切割", known)[0] == "熔化焊接与热切割作业"
    assert nearest("潜水", known) == []


def test_one_number_under_two_names_is_told(folder, tmp_path):
    """T1 has no name in the batch, so N1 says nothing else; N2 does."""
    done = changed(
        folder,
        tmp_path / "1",
        {**NEW, "id": "N1", "id_number": ONE_PERSON, "name": "仿真甲", "item": HIGH},
        {**NEW, "id": "N2", "id_number": ONE_PERSON, "name": "仿真乙", "item": HIGH, "part": "理论"},
    )
    (told,) = (one for one in done.remarks if "姓名不同" in one)
    assert told.startswith("变更表第 3 行增加的考生 N2 与考生 N1 证件号码相同、姓名不同")


def test_staff_with_the_number_of_somebody_else_are_told(folder, tmp_path):
    helper = {"change": "staff_added", "roles": "监考", "id_number": ONE_PERSON}
    done = changed(
        folder,
        tmp_path / "1",
        {**NEW, "id": "N1", "id_number": ONE_PERSON, "name": "仿真甲", "item": HIGH},
        {**helper, "id": "W2", "name": "仿真乙"},
        {**helper, "id": "W3", "name": "仿真 甲"},
    )
    told = [one for one in done.remarks if "姓名不同" in one]
    assert told[0].startswith("变更表第 3 行增加的考务人员 W2 与考生 N1 证件号码相同、姓名不同")
    assert told[1].startswith("变更表第 4 行增加的考务人员 W3 与考务人员 W2 证件号码相同、姓名不同")
    assert len(told) == 2
