"""Every damage to good duties must be found by rules 5 and 6; and nothing is found that is not there."""

from dataclasses import replace

import pytest

from scheduler.checker.codes import CODES
from scheduler.checker.on_duty.duties import Duties
from scheduler.checker.on_duty.staff import check_staff
from scheduler.problem import Half
from scheduler.schedule import Schedule
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON, at, day, placed, relation, staff
from tests.scheduler.checker.staff_good import WELDING, duty, good_duties, good_problem, good_schedule


def person(staff_id, **changes):
    return lambda batch, result, duties: (
        replace(batch, staff={**batch.staff, staff_id: replace(batch.staff[staff_id], **changes)}),
        result,
        duties,
    )


def tie(*relations):
    return lambda batch, result, duties: (
        replace(batch, relations=(*batch.relations, *relations)),
        result,
        duties,
    )


def rules(**changes):
    return lambda batch, result, duties: (
        replace(batch, rules=replace(batch.rules, **changes)),
        result,
        duties,
    )


def instead(number, **changes):
    """Change one duty of the good ones, by its place in the list; ``changes`` may say who, role, where."""

    def damage(batch, result, duties):
        listed = list(duties.duties)
        listed[number] = replace(listed[number], **changes)
        return batch, result, replace(duties, duties=tuple(listed))

    return damage


def without(number, *, told=False):
    def damage(batch, result, duties):
        listed = list(duties.duties)
        gone = listed.pop(number)
        vacancies = {(gone.role, gone.session, gone.room): 1} if told else {}
        return batch, result, replace(duties, duties=tuple(listed), vacancies=vacancies)

    return damage


def more(*new):
    return lambda batch, result, duties: (batch, result, replace(duties, duties=(*duties.duties, *new)))


def move(trainee_id, session):
    return lambda batch, result, duties: (
        batch,
        Schedule({**result.placements, trainee_id: placed(trainee_id, session)}, result.unplaced),
        duties,
    )


def new_person(one):
    return lambda batch, result, duties: (
        replace(batch, staff={**batch.staff, one.staff_id: one}),
        result,
        duties,
    )


def trainee_person(trainee_id, **changes):
    return lambda batch, result, duties: (
        replace(
            batch, trainees={**batch.trainees, trainee_id: replace(batch.trainees[trainee_id], **changes)}
        ),
        result,
        duties,
    )


def all_of(*damages):
    def damage(*state):
        for one in damages:
            state = one(*state)
        return state

    return damage


AM, PM, S1 = at("P1"), at("P1", "1pm"), at("S1", "2am")
DAMAGES = {
    "a stranger": (instead(0, staff_id="Z9"), "STAFF-UNKNOWN", 5),
    "a site that is not there": (more(duty("D1", "patrol", at("S9"))), "DUTY-SITE-UNKNOWN", 5),
    "a session that is not there": (more(duty("D1", "patrol", at("S1"))), "DUTY-SESSION-UNKNOWN", 5),
    "a session that nobody sits in": (move("T5", AM), "DUTY-WITHOUT-PEOPLE", 6),
    "a room that is not there": (instead(0, room="7"), "DUTY-ROOM-UNKNOWN", 6),
    "a group that is not there": (instead(2, room="3"), "DUTY-ROOM-UNKNOWN", 6),
    "a patrol in a room": (instead(4, room="1"), "DUTY-ROOM-UNKNOWN", 6),
    "two duties at one time": (more(duty("A1", "invigilator", AM, "2")), "STAFF-OVERLAP", 5),
    "patrol and invigilator at one time": (more(duty("A2", "patrol", AM)), "STAFF-OVERLAP", 5),
    "two ids of one number at one time": (
        all_of(person("A2", id_number=ANOTHER_PERSON)), "STAFF-OVERLAP", 5,
    ),
    "two ids joined at one time": (tie(relation("same_person", "B1", "A1")), "STAFF-OVERLAP", 5),
    "the wrong role": (person("C1", roles=("invigilator",)), "STAFF-ROLE", 5),
    "no role at all": (person("A1", roles=()), "STAFF-ROLE", 5),
    "the wrong item": (person("B2", items=(WELDING,)), "STAFF-ITEM", 5),
    "no item stated": (person("B1", items=()), "STAFF-ITEM", 5),
    "a licence over the day before": (person("B2", licence_to=day(1)), "STAFF-LICENCE", 5),
    "an agreement over the day before": (person("B2", agreement_to=day(1)), "STAFF-AGREEMENT", 5),
    "training over the day before": (person("B2", trained_to=day(1)), "STAFF-TRAINING", 5),
    "on leave that day": (person("A1", unavailable=((day(1), day(1), None),)), "STAFF-ON-LEAVE", 5),
    "on leave that half": (person("A1", unavailable=((day(1), day(1), Half.PM),)), "STAFF-ON-LEAVE", 5),
    "on leave those days": (person("A1", unavailable=((day(1), day(9), None),)), "STAFF-ON-LEAVE", 5),
    "on leave by another id": (
        all_of(
            new_person(staff("A9", unavailable=((day(2), day(2), None),))),
            tie(relation("same_person", "A9", "A1")),
        ),
        "STAFF-ON-LEAVE",
        5,
    ),
    "one duty too many": (person("A1", max_duties=2), "STAFF-TOO-MANY-DUTIES", 5),
    "one duty too many by another id": (
        all_of(new_person(staff("A9", max_duties=2)), tie(relation("same_person", "A9", "A1"))),
        "STAFF-TOO-MANY-DUTIES",
        5,
    ),
    "employed at a candidate's institution": (tie(relation("employs", "I1", "A1")), "STAFF-TIED", 5),
    "listed as employed there": (person("A1", employer_id="I1"), "STAFF-TIED", 5),
    "employed there by another id": (
        all_of(tie(relation("same_person", "A1", "D1")), person("D1", employer_id="I1", id_number="")),
        "STAFF-TIED",
        5,
    ),
    "left a candidate's institution within the years": (
        tie(relation("employed", "I1", "A1", until=day(1).replace(year=2023))), "STAFF-TIED", 5,
    ),
    "left it at an unknown time": (tie(relation("employed", "I1", "A1")), "STAFF-TIED", 5),
    "more years count": (rules(years=4), "STAFF-TIED", 5),
    "teaches at a candidate's institution": (tie(relation("teaches", "A1", "I1")), "STAFF-TIED", 5),
    "the employer controls it": (tie(relation("controls", "I3", "I1", "1/4")), "STAFF-TIED", 5),
    "it controls the employer": (tie(relation("controls", "I1", "I3")), "STAFF-TIED", 5),
    "a common controller": (tie(relation("controls", "C", "I1", "1/3")), "STAFF-TIED", 5),
    "an examiner of the group": (tie(relation("employs", "I3", "B2")), "STAFF-TIED", 5),
    "a patrol tied to one of the session": (tie(relation("employs", "I2", "C1")), "STAFF-TIED", 5),
    "taught a candidate": (tie(relation("taught", "B1", "T1")), "STAFF-TAUGHT", 5),
    "taught a candidate long ago": (
        tie(relation("taught", "A1", "T1", until=day(1).replace(year=1999))), "STAFF-TAUGHT", 5,
    ),
    "taught under another registration": (
        all_of(
            trainee_person("T3", id_number=ANOTHER_PERSON),
            trainee_person("T1", id_number=ANOTHER_PERSON),
            person("A1", id_number=""),
        ),
        "STAFF-TAUGHT",
        5,
    ),
    "a relative in the room": (tie(relation("relative", "A1", "T1")), "STAFF-RELATIVE", 5),
    "a relative the other way round": (tie(relation("relative", "T1", "A1")), "STAFF-RELATIVE", 5),
    "a relative in a patrol's session": (tie(relation("relative", "C1", "T3")), "STAFF-RELATIVE", 5),
    "a relative's other id": (
        all_of(tie(relation("relative", "A1", "D9"), relation("same_person", "D9", "T1")), new_person(staff("D9"))),
        "STAFF-RELATIVE",
        5,
    ),
    "at the employer's site": (tie(relation("employs", "I9", "A1")), "STAFF-SITE-OWNER", 5),
    "listed as the site owner's": (person("C1", employer_id="I9"), "STAFF-SITE-OWNER", 5),
    "the employer is connected with the owner": (
        tie(relation("controls", "C", "I9", "1/4")), "STAFF-SITE-OWNER", 5,
    ),
    "the employer holds a part of the site": (tie(relation("owns", "I3", "S1", "1/4")), "STAFF-SITE-OWNER", 5),
    "employed a day longer": (tie(relation("employs", "I9", "C1", until=day(2))), "STAFF-SITE-OWNER", 5),
    "on duty while sitting": (instead(5, staff_id="D1"), "STAFF-SITS", 5),
    "on duty elsewhere while sitting": (
        all_of(move("T4", at("P1", "1pm")), tie(relation("same_person", "A1", "T4"))), "STAFF-SITS", 5,
    ),
    "training staff where that is never": (rules(training_staff="never"), "STAFF-OF-TRAINING", 5),
    "a teacher where that is never": (
        all_of(rules(training_staff="never"), person("A1", employer_id=""), tie(relation("teaches", "A1", "I9"))),
        "STAFF-OF-TRAINING",
        5,
    ),
    "nobody in a room": (without(1), "DUTY-SHORT", 6),
    "nobody at a group": (without(3), "DUTY-SHORT", 6),
    "no patrol": (without(4), "DUTY-SHORT", 6),
    "too few in a room": (rules(invigilators_per_room=2), "DUTY-SHORT", 6),
    "too few at a group": (rules(examiners_per_item=2), "DUTY-SHORT", 6),
    "too few patrols": (rules(patrols_per_site=2), "DUTY-SHORT", 6),
    "too many in a room": (more(duty("D1", "invigilator", AM, "1")), "DUTY-TOO-MANY", 6),
    "too many patrols": (
        all_of(person("D1", roles=("patrol",)), more(duty("D1", "patrol", AM))), "DUTY-TOO-MANY", 6,
    ),
    "one person counted twice": (
        all_of(rules(invigilators_per_room=2), more(duty("A1", "invigilator", PM, "1"))), "DUTY-SHORT", 6,
    ),
    "one person counted twice by two ids": (
        all_of(
            rules(invigilators_per_room=2),
            tie(relation("same_person", "B1", "A1")),
            more(duty("B1", "invigilator", PM, "1")),
        ),
        "DUTY-SHORT",
        6,
    ),
    "told as impossible though somebody could": (without(1, told=True), "VACANCY-FILLABLE", 6),
}  # fmt: skip


def check(damage=None):
    state = good_problem(), good_schedule(), good_duties()
    return check_staff(*(damage(*state) if damage else state))


def test_the_undamaged_duties_are_good():
    assert check() == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(name):
    damage, code, rule = DAMAGES[name]
    found = check(damage)
    assert (code, rule) in {(one.code, one.rule) for one in found}
    for one in found:
        assert f"规则 {one.rule}：" in one.message
        assert one.rule in CODES[one.code].rules
        assert ONE_PERSON not in str(one.as_data())
        assert ANOTHER_PERSON not in str(one.as_data())
        assert "None" not in one.message


def test_a_post_with_one_person_under_two_ids_lacks_one_and_says_who_it_is():
    """Two are asked for in each room of P1 in the afternoon; A1 and B1 are one person, and both stand there."""
    damage, _, _ = DAMAGES["one person counted twice by two ids"]
    short = [one for one in check(damage) if one.code == "DUTY-SHORT" and ("half", "pm") in one.subjects]
    assert ["只派了 1 名（考务人员 A1、B1 是同一人）" in one.message for one in short] == [True]


def test_a_candidate_who_was_taught_and_is_a_relative_is_told_as_both():
    both = check(tie(relation("taught", "A1", "T1"), relation("relative", "T1", "A1")))
    assert [one.code for one in both] == ["STAFF-TAUGHT", "STAFF-RELATIVE"]
    assert {dict(one.subjects)["trainee_id"] for one in both} == {"T1"}


def test_a_vacancy_that_somebody_can_fill_names_them_for_programs():
    (found,) = check(without(1, told=True))
    assert f"考务人员 {dict(found.subjects)['staff_id']} 可以担任" in found.message


HARMLESS = {
    "a relation that began later": tie(relation("employs", "I1", "A1", since=day(2))),
    "a teacher of another institution": tie(relation("teaches", "A1", "I4", until=day(1))),
    "left too long ago": tie(relation("employed", "I1", "A1", until=day(1).replace(year=2022))),
    "a tie to somebody of the other room": tie(relation("relative", "A1", "T2")),
    "a tie of an invigilator to somebody at the machines": tie(relation("relative", "A2", "T3")),
    "a small share": tie(relation("controls", "I3", "I1", "1/5")),
    "past employment by a site's owner": tie(relation("employed", "I9", "B2")),
    "leave in the other half": person("A1", unavailable=((day(2), day(2), Half.PM),)),
    "unrelated training staff": rules(training_staff="unrelated"),
    "a vacancy that nobody can fill": all_of(
        without(1, told=True), person("D1", roles=()), person("A2", max_duties=0)
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_allowed_is_no_breach(name):
    assert check(HARMLESS[name]) == []


def test_who_sits_in_no_written_room_may_be_in_any():
    # why: where a file does not say who sits where, a tie to anybody of the session counts
    batch, result, duties = tie(relation("relative", "A1", "T2"))(
        good_problem(), good_schedule(), good_duties()
    )
    bare = replace(duties, rooms={**duties.rooms, "T2": ""})
    assert "STAFF-RELATIVE" in {one.code for one in check_staff(batch, result, bare)}


def test_order_of_rows_does_not_matter():
    damage, _, _ = DAMAGES["two ids joined at one time"]
    batch, result, duties = damage(good_problem(), good_schedule(), good_duties())
    turned = Duties(duties.duties[::-1], duties.rooms, duties.groups)
    assert check_staff(batch, result, duties) == check_staff(batch, result, turned)
