"""People of one name, one without a number; why: a conflict that nobody could rule out must not look ruled out."""

import csv
import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.doubts.namesakes import note, two_names, two_names_note, undecided, undecided_csv
from scheduler.pipeline import make_plan
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, problem, relation, site, staff, trainee
from tests.scheduler.files import TABLES, write_folder

NAME, OTHER = "仿真张三", "仿真李四"


def found(trainees, people=(), relations=()):
    batch = problem(list(trainees), [site("S1")], people=list(people), relations=list(relations))
    return [[one.person_id for one in group] for group in undecided(batch)]


def test_one_without_a_number_leaves_it_open():
    assert found([trainee("T2", name=NAME, id_number=ONE_PERSON), trainee("T1", name=NAME)]) == [["T1", "T2"]]


def test_two_without_numbers_leave_it_open():
    assert found([trainee("T1", name=NAME), trainee("T2", name=NAME)]) == [["T1", "T2"]]


def test_numbers_decide_it_whether_they_are_equal_or_not():
    alike = [trainee("T1", name=NAME, id_number=ONE_PERSON), trainee("T2", name=NAME, id_number=ONE_PERSON)]
    apart = [
        trainee("T1", name=NAME, id_number=ONE_PERSON),
        trainee("T2", name=NAME, id_number=ANOTHER_PERSON),
    ]
    assert found([*alike, trainee("T3", name=OTHER)]) == []
    assert found([*apart, trainee("T3", name=OTHER)]) == []


def test_a_relation_decides_it_for_those_it_joins():
    people = [trainee("T1", name=NAME), trainee("T2", name=NAME, id_number=ONE_PERSON)]
    joined = [relation("same_person", "T1", "T2")]
    assert found(people, relations=joined) == []
    assert found([*people, trainee("T3", name=NAME)], relations=joined) == [["T1", "T2", "T3"]]


def test_two_numbered_people_and_one_joined_to_either_are_decided():
    people = [trainee("T1", name=NAME, id_number=ONE_PERSON), trainee("T2", name=NAME, id_number=ANOTHER_PERSON),
              trainee("T3", name=NAME)]  # fmt: skip
    assert found(people, relations=[relation("same_person", "T3", "T2")]) == []


def test_an_examiner_who_may_be_a_trainee_is_told_and_names_are_read_as_people_read_them():
    batch = problem(
        [trainee("T1", name="阿依·仿真", row=7)],
        [site("S1")],
        people=[staff("K1", name="阿依•仿 真", id_number=ONE_PERSON, row=3)],
    )
    (group,) = undecided(batch)
    assert [one.words for one in group] == [
        "考务人员 K1（第 3 行，有身份证号）",
        "考生 T1（第 7 行，没有身份证号）",
    ]


def test_people_without_a_name_are_not_namesakes():
    assert found([trainee("T1"), trainee("T2")], [staff("K1")]) == []


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order):
    people = [trainee(f"T{number}", name=(NAME, OTHER)[number % 2]) for number in range(6)]
    assert found(people[number] for number in order) == [["T0", "T2", "T4"], ["T1", "T3", "T5"]]


def test_the_list_holds_ids_and_rows_and_no_names_and_no_numbers():
    batch = problem(
        [trainee("T1", name=NAME, row=2), trainee("T2", name=NAME, id_number=ONE_PERSON, row=3)], [site("S1")]
    )
    content = undecided_csv(undecided(batch))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [["1", "考生", "T1", "2", "没有"], ["1", "考生", "T2", "3", "有"]]
    for secret in (NAME, ONE_PERSON):
        assert secret not in content.decode("utf-8-sig")
        assert secret not in repr(undecided(batch))


def test_the_plan_says_how_many_and_is_planned_all_the_same(tmp_path):
    staffed = [["staff_id", "name", "id_number", "employer_id", "roles"], ["K1", "甲一", "", "", "patrol"]]
    plain, content, *_ = make_plan(write_folder(tmp_path / "a"), "0")
    assert note(undecided(plain)) == []
    before = content["problems"]
    batch, content, *_ = make_plan(write_folder(tmp_path / "b", staff=staffed), "0")
    told, *rest = content["problems"]
    assert rest[: len(before)] == before, "what follows is about duties"
    assert "1 组（共 2 行）" in told
    assert content["unplaced"] == "0"
    assert [(one.table, one.row) for one in undecided(batch)[0]] == [("考务人员", 2), ("考生", 2)]
    assert TABLES["trainees"][1][1] == "甲一"


def test_rows_are_not_facts():
    """A row moved is no other plan: the published digests do not know rows."""
    people = [trainee("T1", name=NAME), trainee("T2", name=NAME)]
    moved = [replace(one, row=9) for one in people]
    assert note(undecided(problem(people, [site("S1")]))) == note(undecided(problem(moved, [site("S1")])))


def test_one_number_and_two_names():
    """A number mistyped makes two people one: their times are parted, so the organiser must hear of it."""
    people = [
        trainee("T1", name=NAME, id_number=ONE_PERSON),
        trainee("T2", name=f" {NAME}　", id_number=ONE_PERSON),
        trainee("T3", name=NAME, id_number=ANOTHER_PERSON),
        trainee("T4", name=OTHER, id_number=ANOTHER_PERSON),
    ]
    assert two_names(problem(people, [site("S1")])) == [["T3", "T4"]]
    assert two_names(problem(people[:2], [site("S1")])) == []


def test_the_public_plan_does_not_say_whose_numbers_are_the_same(tmp_path):
    """It says how often; the terminal of the organiser says who."""
    rows = [list(row) for row in TABLES["trainees"]]
    rows[2][2] = rows[1][2]
    _, plan, *_ = make_plan(write_folder(tmp_path / "batch", trainees=rows), "0")
    assert two_names_note([["T1", "T2"]])[0] in plan["problems"]
    assert not any("T1" in told for told in plan["problems"])
