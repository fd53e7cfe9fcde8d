"""Rule 4: as many as possible, public sites first, even chances."""

from dataclasses import replace
from fractions import Fraction

from scheduler.checker.check import check, judge
from scheduler.checker.moves import rearranging
from scheduler.rules import load_rules
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
    trainee,
)

T1, T2 = trainee("T1", "I1"), trainee("T2", "I2")
S1, S2, PUBLIC = site("S1", "I1"), site("S2", "I2"), site("P1", kind="public")


def test_a_free_place_for_somebody_unplaced():
    # why: whoever may use an empty place has a right to it
    found = check(problem([T1], [S1, S2]), schedule(unplaced=("T1",)))
    assert codes(found) == ["FREE-PLACE-UNUSED"]
    assert "考点 S2" in found[0].message
    assert check(problem([T1], [S1, S2], seats={at("S2"): 0, at("S1"): 5}), schedule(unplaced=("T1",))) == []


def test_day_limits_and_places_close_a_session_too():
    # why: a free seat is no place where the day or the machines are full
    people = [T1, trainee("T3", "I1")]
    result = schedule(placed("T3", at("S2")), unplaced=("T1",))
    third = site("S3", "I3", suspended=True)
    assert check(problem(people, [replace(S2, day_limit=1), third]), result) == []
    assert check(problem(people, [S2, third], rows=[places("S2", 1)]), result) == []


def test_a_chain_of_moves_is_found_and_told():
    # why: nobody is left out only because somebody else sits in the wrong one of two good places
    batch = problem([T1, trainee("T3", "I3")], [S1, S2], seats={at("S1"): 1, at("S2"): 1})
    found = check(batch, schedule(placed("T3", at("S2")), unplaced=("T1",)))
    assert codes(found) == ["MORE-POSSIBLE"]
    assert found[0].as_data()["count"] == 1
    assert (
        "例如：考生 T3 从考点 S2 2026-12-01 上午场改到考点 S1 2026-12-01 上午场；"
        "考生 T1 安排到考点 S2 2026-12-01 上午场" in found[0].message
    )


def test_a_chain_through_a_full_day():
    # why: the day limit is a capacity like any other; freeing the other half may make room
    limited = replace(S2, day_limit=1)
    seats = {at("S1", "1pm"): 1, at("S2"): 1, at("S2", "1pm"): 1}
    batch = problem([T1, trainee("T3", "I3")], [S1, limited], seats=seats)
    found = check(batch, schedule(placed("T3", at("S2", "1pm")), unplaced=("T1",)))
    assert codes(found) == ["MORE-POSSIBLE"]


def test_a_tight_schedule_is_proven():
    # why: where the places are used up, nobody is blamed for those who are left
    batch = problem([T1, T2, trainee("T3", "I3")], [S1, S2], seats={at("S1"): 1, at("S2"): 1})
    assert check(batch, schedule(placed("T1", at("S2")), placed("T2", at("S1")), unplaced=("T3",))) == []


def test_nobody_is_asked_to_sit_twice_at_one_time():
    # why: one person's free place is none while the person sits elsewhere
    one, other = (trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))
    batch = problem([one, other], [S1, S2])
    assert check(batch, schedule(placed("T1", at("S2")), unplaced=("T2",))) == []
    later = problem([one, other], [S1, S2], seats={at("S2"): 2, at("S2", "1pm"): 2})
    assert codes(check(later, schedule(placed("T1", at("S2")), unplaced=("T2",)))) == ["FREE-PLACE-UNUSED"]


def test_several_registrations_find_a_chain_too():
    # why: a person with two registrations may be helped by moving somebody with one
    one, other = (trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))
    seats = {at("S2"): 1, at("S2", "1pm"): 1, at("S1"): 1}
    batch = problem([one, other, trainee("T3", "I3")], [S1, S2], seats=seats)
    found = check(batch, schedule(placed("T1", at("S2")), placed("T3", at("S2", "1pm")), unplaced=("T2",)))
    assert codes(found) == ["MORE-POSSIBLE"]
    assert "例如" not in found[0].message


def test_a_person_with_several_registrations_is_moved_too():
    # why: T1 could sit in the afternoon as well, and then T3, who has no other time, could sit at all
    people = [*(trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))]
    people += [trainee("T3", "I3", latest=day(1))]
    seats = {at("S2"): 1, at("S2", "2am"): 1, at("S2", "2pm"): 1}
    batch = problem(people, [S1, S2], seats=seats | {at("S1", "1pm"): 0})
    result = schedule(placed("T1", at("S2")), placed("T2", at("S2", "2am")), unplaced=("T3",))
    found = judge(batch, result)
    assert codes(found.breaches) == ["MORE-POSSIBLE"]
    assert found.open == []


def test_each_registration_of_a_person_has_its_turn():
    # why: only T2 may sit on the second day, and its place is what T3 needs
    one, other = (trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))
    people = [replace(one, latest=day(1)), other, trainee("T3", "I3", latest=day(1))]
    seats = {at("S2"): 1, at("S2", "1pm"): 1, at("S2", "2am"): 1}
    result = schedule(placed("T1", at("S2")), placed("T2", at("S2", "1pm")), unplaced=("T3",))
    assert codes(check(problem(people, [S2], seats=seats), result)) == ["MORE-POSSIBLE"]


def test_what_only_two_moves_of_one_person_would_bring_is_told_as_open():
    """T3 needs the first place of T1, T1 the one of T2, and T2 the third, at times of which each is the other's in between."""
    one, other = (
        trainee(name, "I1", item, id_number=ONE_PERSON) for name, item in (("T1", "电工"), ("T2", "焊工"))
    )
    people = [one, other, trainee("T3", "I3", "电工", latest=day(1))]
    seats = {at("S2"): 1, at("S2", "2am"): 1, at("S4", "2am"): 1, at("S4", "2pm"): 1}
    rows = [places("S2", 1, "电工"), places("S4", 1, "焊工")]
    batch = problem(people, [S2, site("S4")], seats=seats, rows=rows)
    result = schedule(placed("T1", at("S2")), placed("T2", at("S4", "2am")), unplaced=("T3",))
    found = judge(batch, result)
    assert found.breaches == []
    (told,) = found.open
    assert "一起调动才能多安排人的，没有全部试过" in told
    # nothing is open where not even sitting twice at one time would help
    shut = problem(people, [S2, site("S4")], seats=seats | {at("S2", "2am"): 0}, rows=rows)
    assert judge(shut, result) == ([], [], {})


def test_of_very_many_with_several_registrations_none_is_moved(monkeypatch):
    # why: each of them would be a node of the search; what is not searched is told
    people = [*(trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))]
    people += [trainee("T3", "I3", latest=day(1))]
    batch = problem(people, [S2], seats={at("S2"): 1, at("S2", "2am"): 1, at("S2", "2pm"): 1})
    result = schedule(placed("T1", at("S2")), placed("T2", at("S2", "2am")), unplaced=("T3",))
    assert codes(check(batch, result)) == ["MORE-POSSIBLE"]
    monkeypatch.setattr(rearranging, "MOST_MOVED", 1)
    found = judge(batch, result)
    assert found.breaches == []
    assert "没有判断" in found.open[0]


def test_a_chain_through_another_item_of_a_full_day():
    # why: whoever leaves the afternoon opens the day for the morning, at another machine too
    seats = {at("S2"): 1, at("S2", "1pm"): 1, at("S3", "1pm"): 1}
    rows = [places("S2", 1, when="1am"), places("S2", 1, "焊工", "1pm"), places("S3", 1, "焊工")]
    people = [trainee("T1"), trainee("T3", "I3", "焊工")]
    batch = problem(people, [replace(S2, day_limit=1), site("S3")], seats=seats, rows=rows)
    found = check(batch, schedule(placed("T3", at("S2", "1pm")), unplaced=("T1",)))
    assert codes(found) == ["MORE-POSSIBLE"]
    assert "考生 T3 从考点 S2 2026-12-01 下午场改到考点 S3 2026-12-01 下午场" in found[0].message


def test_a_person_is_not_moved_onto_the_own_other_sitting():
    # why: T2 could make room for T3 only by sitting twice in the morning
    people = [*(trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2")), trainee("T3", "I9")]
    seats = {at("S2"): 2, at("S2", "1pm"): 1}
    late = replace(people[2], item="焊工")
    rows = [places("S2", 5), places("S2", 5, "焊工", "1pm")]
    batch = problem([*people[:2], late], [S2, site("S4")], seats=seats, rows=rows)
    assert (
        check(batch, schedule(placed("T1", at("S2")), placed("T2", at("S2", "1pm")), unplaced=("T3",))) == []
    )


def test_a_registration_that_was_just_seated_is_not_moved_onto_its_twin():
    # why: both T1 and T2 wait; T2 could only sit if T3 took the place that T1 was given before
    items = {"T1": "电工", "T2": "焊工", "T3": "制冷"}
    people = [trainee(name, "I9", item) for name, item in items.items()]
    sites = [site("A"), site("X"), site("Y")]
    rows = [places("A", 1, "电工"), places("Y", 1, "电工"), places("X", 1, "焊工")]
    batch = problem(
        people,
        sites,
        seats={at("A"): 1, at("X", "2am"): 1, at("Y", "2am"): 1},
        rows=[*rows, places("X", 1, "制冷"), places("A", 1, "制冷")],
        relations=[relation("same_person", "T1", "T2")],
    )
    found = check(batch, schedule(placed("T3", at("X", "2am")), unplaced=("T1", "T2")))
    assert codes(found) == ["FREE-PLACE-UNUSED"]


def test_public_sites_come_first():
    # why: the notice wants public sites filled before others
    result = schedule(placed("T1", at("S2")))
    found = check(problem([T1], [S2, PUBLIC]), result)
    assert codes(found) == ["PUBLIC-PLACE-UNUSED"]
    assert found[0].as_data()["site_id"] == "P1"
    assert found[0].as_data()["placed_site_id"] == "S2"
    second = replace(load_rules(), public_first=False)
    assert check(problem([T1], [S2, PUBLIC], rules=second), result) == []
    authority = replace(PUBLIC, kind="authority")
    assert codes(check(problem([T1], [S2, authority]), result)) == ["PUBLIC-PLACE-UNUSED"]


def test_public_sites_that_one_may_not_use():
    # why: full, of another city, of the own institution, or on another day is no place to use
    result = schedule(placed("T1", at("S2")))
    own = replace(PUBLIC, owner_id="I1")
    assert check(problem([T1], [S2, own]), result) == []
    assert check(problem([T1], [S2, PUBLIC], seats={at("S2"): 1, at("P1"): 0}), result) == []
    late = problem([replace(T1, latest=day(1))], [S2, PUBLIC], seats={at("S2"): 1, at("P1", "2am"): 1})
    assert check(late, result) == []
    far = problem(
        [replace(T1, district="东区")],
        [S2, replace(PUBLIC, city="海州市")],
        districts={"东区": "云州市"},
    )
    assert check(far, result) == []


def test_a_person_who_sits_at_that_time_is_not_sent_to_the_public_site():
    # why: the place stays empty with good reason
    one, other = (trainee(name, "I1", id_number=ONE_PERSON) for name in ("T1", "T2"))
    seats = {at("S2"): 1, at("S2", "1pm"): 1, at("P1"): 1}
    batch = problem([one, replace(other, latest=day(1))], [S2, PUBLIC], seats=seats)
    found = check(batch, schedule(placed("T1", at("S2")), placed("T2", at("S2", "1pm"))))
    # T1 may move into the public morning; T2 may not, while T1 sits in the morning
    assert [one.as_data()["trainee_id"] for one in found] == ["T1"]


def test_more_could_sit_at_public_sites_by_moving_others():
    # why: "as many as possible" is more than "no empty chair in sight"
    second = site("P2", "I1", kind="authority")  # T1 may not sit there, T2 may
    batch = problem([T1, T2], [S2, PUBLIC, second], seats={at("S2"): 2, at("P1"): 1, at("P2"): 1})
    found = check(batch, schedule(placed("T1", at("S2")), placed("T2", at("P1"))))
    assert codes(found) == ["MORE-PUBLIC-POSSIBLE"]
    assert "考生 T2 从考点 P1" in found[0].message


def _with_chances(*pairs, people=None):
    people = people or [trainee("T1", "I1"), trainee("T2", "I1")]
    given = zip(people, pairs, strict=True)
    result = schedule(*(placed(one.trainee_id, at("S2"), chance=a, site_chance=b) for one, (a, b) in given))
    # with a second session the site may be likelier than the one where they sit
    seats = {at("S1"): 10, at("S2"): 10, at("S2", "1pm"): 10}
    return codes(check(problem(people, [S1, S2], seats=seats), result))


def test_chances_are_between_none_and_all():
    # why: anything else is no chance
    assert _with_chances(("1/2", "1/2"), ("1/2", "1/2")) == []
    assert "CHANCE-RANGE" in _with_chances(("3/2", "3/2"), ("3/2", "3/2"))
    assert "CHANCE-RANGE" in _with_chances(("-1/2", "1/2"), ("-1/2", "1/2"))


def test_a_site_is_no_less_likely_than_one_of_its_sessions():
    # why: the chance of a site is the sum over its sessions
    assert _with_chances(("1/2", "1/3"), ("1/2", "1/3")) == ["CHANCE-OF-SITE"] * 2
    third = str(Fraction(333333333333333333333, 10**21))  # as floats the two are one
    assert _with_chances(("1/3", third), ("1/3", third)) == ["CHANCE-OF-SITE"] * 2
    assert _with_chances((third, "1/3"), (third, "1/3")) == []
    vast = "9" * 400  # no float holds it
    assert set(_with_chances((vast, vast), ("1/2", "1/2"))) == {"CHANCE-RANGE", "CHANCE-UNEQUAL"}


def test_interchangeable_trainees_have_equal_chances():
    # why: a chance that differs between equals is a thumb on the scales
    assert _with_chances(("1/2", "1/2"), ("1/3", "1/2")) == ["CHANCE-UNEQUAL"]
    assert _with_chances(("1/3", "1/2"), ("1/3", "2/3")) == ["CHANCE-UNEQUAL"]
    third = str(Fraction(333333333333333333, 10**18))
    assert _with_chances(("1/3", "1/2"), (third, "1/2")) == ["CHANCE-UNEQUAL"], "compared exactly"


def test_people_who_differ_may_have_other_chances():
    # why: what differs between people may give them other choices
    pairs = (("1/2", "1/2"), ("1/3", "1/2"))
    first = trainee("T1", "I1")
    for second in (
        trainee("T2", "I3"),
        trainee("T2", "I1", part="theory"),
        trainee("T2", "I1", school_id="I8"),
        trainee("T2", "I1", district="西区"),
        trainee("T2", "I1", latest=day(5)),
    ):
        assert _with_chances(*pairs, people=[first, second]) == []


def test_relations_that_open_a_person_are_not_mistaken():
    # why: a person with two registrations has fewer choices, so other chances are right
    people = [trainee("T1", "I1"), trainee("T2", "I1"), trainee("T3", "I1")]
    batch = problem(
        people,
        [S1, S2],
        seats={at("S2"): 3, at("S2", "1pm"): 3},
        relations=[relation("same_person", "T2", "T3")],
    )
    result = schedule(
        placed("T1", at("S2"), chance="1/2", site_chance="1"),
        placed("T2", at("S2"), chance="1/3", site_chance="1"),
        placed("T3", at("S2", "1pm"), chance="1/3", site_chance="1"),
    )
    assert check(batch, result) == []
