"""Rule 1, clause by clause, on problems that fit on a hand."""

from dataclasses import replace

import pytest

from scheduler.checker.check import check
from tests.scheduler.builders import (
    ONE_PERSON,
    at,
    codes,
    day,
    placed,
    places,
    problem,
    relation,
    schedule,
    site,
    staff,
    trainee,
)

T1, T2, S1 = trainee("T1"), trainee("T2"), site("S1")


def test_a_good_schedule_gives_nothing():
    # why: an empty list is the only way to say that a schedule is good
    assert check(problem([T1], [S1]), schedule(placed("T1", at("S1")))) == []


def test_a_trainee_in_neither_list_is_missing():
    # why: nobody may vanish between the batch and the result
    found = check(problem([T1, T2], [S1]), schedule(placed("T1", at("S1"))))
    assert "TRAINEE-MISSING" in codes(found)
    assert found[0].as_data()["trainee_id"] == "T2"


def test_a_trainee_in_both_lists():
    # why: one of the two files tells the trainee something false
    found = check(problem([T1], [S1]), schedule(placed("T1", at("S1")), unplaced=("T1",)))
    assert codes(found) == ["TRAINEE-BOTH"]


def test_unknown_ids_are_named():
    # why: a place given to nobody of the batch is a place taken from somebody
    result = schedule(placed("T1", at("S1")), placed("T8", at("S1")), unplaced=("T9",))
    found = check(problem([T1], [S1]), result)
    assert codes(found) == ["TRAINEE-UNKNOWN"] * 2
    assert [one.as_data()["trainee_id"] for one in found] == ["T8", "T9"]


def test_unknown_people_take_a_seat():
    # why: whoever they are, they will sit down
    found = check(
        problem([T1], [S1], seats={at("S1"): 1}), schedule(placed("T1", at("S1")), placed("T8", at("S1")))
    )
    assert "SEATS-EXCEEDED" in codes(found)


def test_unknown_site_and_session():
    # why: a site or a half-day that the batch does not have cannot be opened for anybody
    found = check(problem([T1, T2], [S1]), schedule(placed("T1", at("S7")), placed("T2", at("S1", "1pm"))))
    assert codes(found) == ["SESSION-UNKNOWN", "SITE-UNKNOWN"]


@pytest.mark.parametrize(
    ("start", "end", "closed"),
    [(None, None, True), (1, 1, True), (None, 1, True), (1, None, True), (2, None, False)],
)
def test_suspended_sites(start, end, closed):
    # why: both ends of a suspension count, and open ends are open
    stopped = replace(
        S1,
        suspended=True,
        suspended_from=start and day(start),
        suspended_to=end and day(end),
    )
    found = check(problem([T1], [stopped]), schedule(placed("T1", at("S1"))))
    assert codes(found) == (["SITE-SUSPENDED"] if closed else [])


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [(2, None, ["TOO-EARLY"]), (None, 1, ["TOO-LATE"]), (2, 2, ["TOO-EARLY"]), (1, 2, [])],
)
def test_dates(earliest, latest, expected):
    # why: earliest and latest are days on which the trainee may still sit
    one = replace(T1, earliest=earliest and day(earliest), latest=latest and day(latest))
    when = "2am" if latest == 1 else "1am"
    batch = problem([one], [S1], seats={at("S1"): 1, at("S1", "2am"): 1})
    found = [code for code in codes(check(batch, schedule(placed("T1", at("S1", when))))) if "TOO" in code]
    assert found == expected


@pytest.mark.parametrize("part", ["practical", "both"])
def test_practical_needs_places(part):
    # why: without a place of the item in that very session there is nothing to sit at
    one = trainee("T1", part=part)
    empty = problem([one], [S1], rows=[places("S1", 5), places("S1", 0, when="1am")])
    assert codes(check(empty, schedule(placed("T1", at("S1"))))) == ["SESSION-WITHOUT-PLACES"]


def test_theory_needs_a_site_that_lists_the_item():
    # why: a places row of any number, even none, says that the site does the item
    one = trainee("T1", part="theory")
    result = schedule(placed("T1", at("S1")))
    assert check(problem([one], [S1], rows=[places("S1", 0)]), result) == []
    assert codes(check(problem([one], [S1], rows=[]), result)) == ["SITE-WITHOUT-ITEM"]


def test_theory_takes_a_seat_and_no_place():
    # why: capacities nest, and only practical work needs the machine
    people = [T1, trainee("T2", part="theory")]
    batch = problem(people, [S1], seats={at("S1"): 2}, rows=[places("S1", 1)])
    assert check(batch, schedule(placed("T1", at("S1")), placed("T2", at("S1")))) == []


def test_full_sessions_places_and_days():
    # why: each of the three limits is one that the others do not imply
    result = schedule(placed("T1", at("S1")), placed("T2", at("S1", "1pm")))
    both = {at("S1"): 1, at("S1", "1pm"): 1}
    assert codes(check(problem([T1, T2], [replace(S1, day_limit=1)], seats=both), result)) == [
        "DAY-LIMIT-EXCEEDED",
    ]
    together = schedule(placed("T1", at("S1")), placed("T2", at("S1")))
    assert codes(check(problem([T1, T2], [S1], seats={at("S1"): 1}), together)) == ["SEATS-EXCEEDED"]
    few = problem([T1, T2], [S1], rows=[places("S1", 1)])
    assert codes(check(few, together)) == ["PLACES-EXCEEDED"]


def test_messages_say_how_many():
    # why: an exam officer must see at once how many are too many
    found = check(
        problem([T1, T2], [S1], seats={at("S1"): 1}),
        schedule(placed("T1", at("S1")), placed("T2", at("S1"))),
    )
    assert found[0].message == "考点 S1 2026-12-01 上午场有 1 个座位，安排了 2 人（规则 1：考位与时间）"
    assert found[0].as_data() == {
        "code": "SEATS-EXCEEDED",
        "rule": 1,
        "site_id": "S1",
        "date": "2026-12-01",
        "half": "am",
        "message": found[0].message,
    }


def _same_number():
    return [replace(one, id_number=ONE_PERSON) for one in (T1, T2)], []


def _same_person():
    return [T1, T2], [relation("same_person", "T1", "T2")]


def _through_staff():
    return [T1, replace(T2, id_number=ONE_PERSON)], [relation("same_person", "K1", "T1")]


@pytest.mark.parametrize("same", [_same_number, _same_person, _through_staff])
def test_one_person_at_two_places_at_one_time(same):
    # why: one person may have several ids, joined by number, by relation, or through a staff id
    people, relations = same()
    batch = problem(
        people,
        [S1, site("S2")],
        relations=relations,
        people=[staff("K1", id_number=ONE_PERSON)],
    )
    found = check(batch, schedule(placed("T1", at("S1")), placed("T2", at("S2"))))
    assert codes(found) == ["TIME-CLASH"]
    assert ONE_PERSON not in found[0].message


def test_one_person_in_both_halves_is_no_clash():
    # why: several registrations are allowed, only not at one time
    people = [replace(one, id_number=ONE_PERSON) for one in (T1, T2)]
    batch = problem(people, [S1], seats={at("S1"): 1, at("S1", "1pm"): 1})
    assert check(batch, schedule(placed("T1", at("S1")), placed("T2", at("S1", "1pm")))) == []
