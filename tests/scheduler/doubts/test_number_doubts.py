"""Doubtful identity numbers are told for trainees and for staff alike, by row or id, and no number is repeated."""

from scheduler.doubts.all_doubts import doubts
from scheduler.doubts.number_doubts import names_differ
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, addressed, problem, site, staff, trainee

SITES = [site("S1", "I9")]


def batch(trainees, people):
    return problem(trainees, SITES, people=people)


def test_numbers_of_staff_that_cannot_be_right_are_told_by_row():
    """The last character of 000000199001010018 is 8; with 7 it is another person, and 123 is nobody's."""
    people = [
        staff("W1", id_number=ONE_PERSON, row=2),
        staff("W2", id_number=ONE_PERSON[:-1] + "7", row=3),
        staff("W3", id_number="123", row=4),
        staff("W4", row=5),
    ]
    (sentence,) = doubts(addressed(batch([trainee("T1")], people)))
    assert sentence == "考务人员表 2 行的身份证号不是 18 位或末位（校验码）不对，认人可能有误：第 3、4 行"


def test_one_number_under_two_names_is_told_whoever_has_it():
    people = [
        staff("W1", name="王一", id_number=ONE_PERSON, row=2),
        staff("W2", name="王 一", id_number=ANOTHER_PERSON, row=3),
        staff("W3", name="赵二", id_number=ANOTHER_PERSON, row=4),
    ]
    trainees = [trainee("T1", name="李三", id_number=ONE_PERSON), trainee("T2", name="李四", id_number="")]
    assert names_differ(batch(trainees, people)) == [
        "考务人员 W2（考务人员表第 3 行）、W3（考务人员表第 4 行）",
        "考生 T1，考务人员 W1（考务人员表第 2 行）",
    ]


def test_one_number_under_one_name_is_in_order():
    people = [staff("W1", name="王 一", id_number=ONE_PERSON)]
    trainees = [trainee("T1", name="王一", id_number=ONE_PERSON), trainee("T2", id_number=ONE_PERSON)]
    assert names_differ(batch(trainees, people)) == []


def test_trainees_are_told_as_before():
    trainees = [
        trainee("T2", name="王一", id_number=ONE_PERSON),
        trainee("T1", name="李三", id_number=ONE_PERSON),
    ]
    assert names_differ(batch(trainees, [])) == ["考生 T1、T2"]
