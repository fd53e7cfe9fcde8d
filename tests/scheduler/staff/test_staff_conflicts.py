"""What the plan says of the staff: every tie of rule 5, on its days, with a reason, no names, no numbers."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.conflicts import ConflictGraph
from scheduler.problem import Institution
from scheduler.rules import load_rules
from scheduler.staff.conflicts import away_data, staff_data
from scheduler.staff.needs import certainly_vacant
from tests.scheduler.builders import (
    ANOTHER_PERSON,
    ITEM,
    ONE_PERSON,
    at,
    day,
    places,
    planned,
    problem,
    relation,
    site,
    staff,
    trainee,
)

DAYS = ("1am", "2am", "3am")


def batch(*relations, people=None, kinds=None, **rules):
    """Give I1 to I3 with a trainee each, S1 owned by I1, three days, and one member of staff W1."""
    made = problem(
        [trainee(f"T{n}", f"I{n}") for n in (1, 2, 3)],
        [site("S1", "I1"), site("P1", "", kind="public")],
        seats={at(name, when): 9 for name in ("S1", "P1") for when in DAYS},
        rows=[places("S1", 9), places("P1", 9)],
        relations=list(relations),
        people=people or [staff("W1")],
        rules=replace(load_rules(), **rules),
    )
    organisations = {name: Institution(name, f"机构{name}", "enterprise") for name in ("E1", "C1", "C2")}
    changed = {name: replace(made.institutions[name], kind=kind) for name, kind in (kinds or {}).items()}
    return replace(made, institutions={**organisations, **made.institutions, **changed})


def barred(made, staff_id="W1"):
    """Give what the staff member is kept from: kind, id, first and last day."""
    entries = {entry["staff_id"]: entry for entry in staff_data(made, ConflictGraph(made))}
    return {(c["kind"], c["id"], c["from"], c["to"]) for c in entries[staff_id]["conflicts"]}


def institution(name, start=None, end=None):
    return ("institution", name, start, end)


def test_without_ties_there_are_no_conflicts():
    assert barred(batch()) == set()


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (relation("employs", "I2", "W1"), {institution("I2")}),
        (relation("employs", "I2", "W1", until=day(2)), {institution("I2", None, "2026-12-02")}),
        (relation("employs", "I2", "W1", since=day(2)), {institution("I2", "2026-12-02")}),
        (relation("employs", "I2", "W1", since=day(2), until=day(2)),
         {institution("I2", "2026-12-02", "2026-12-02")}),
        (relation("employs", "I2", "W1", until=day(2).replace(month=11)), set()),
        (relation("employed", "I2", "W1"), {institution("I2")}),
        (relation("employed", "I2", "W1", until=day(2).replace(year=2024)), {institution("I2")}),
        (relation("employed", "I2", "W1", until=day(2).replace(year=2023)),
         {institution("I2", None, "2026-12-02")}),
        (relation("employed", "I2", "W1", until=day(30).replace(year=2023, month=11)), set()),
        (relation("employed", "I2", "W1", since=day(3)), {institution("I2", "2026-12-03")}),
        (relation("teaches", "W1", "I3"), {institution("I3")}),
        (relation("teaches", "W1", "I3", until=day(1)), {institution("I3", None, "2026-12-01")}),
        (relation("taught", "W1", "T2"), {("trainee", "T2", None, None)}),
        (relation("taught", "W1", "T2", until=day(1).replace(year=2001)), {("trainee", "T2", None, None)}),
        (relation("taught", "W1", "T2", since=day(2)), {("trainee", "T2", "2026-12-02", None)}),
        (relation("relative", "W1", "T2"), {("trainee", "T2", None, None)}),
        (relation("relative", "T2", "W1"), {("trainee", "T2", None, None)}),
        (relation("relative", "W1", "T2", until=day(1)), {("trainee", "T2", None, "2026-12-01")}),
        (relation("employs", "I1", "W1"), {institution("I1"), ("site", "S1", None, None)}),
        (relation("employed", "I1", "W1"), {institution("I1")}),
        (relation("teaches", "W1", "I1"), {institution("I1")}),
        (relation("owns", "I2", "S1"), set()),
    ],
)  # fmt: skip
def test_each_relation_on_its_days(tie, expected):
    assert barred(batch(tie)) == expected


def test_the_employer_of_the_list_is_an_employer():
    assert barred(batch(people=[staff("W1", employer_id="I1")])) == {
        institution("I1"),
        ("site", "S1", None, None),
    }


def test_control_reaches_candidates_and_sites():
    # why: C1 controls I1 and I2: who works at I2 may not meet I1's people, nor be at I1's site
    made = batch(
        relation("controls", "C1", "I1", "1/4"),
        relation("controls", "C1", "I2", since=day(2)),
        people=[staff("W1", employer_id="I2")],
    )
    assert barred(made) == {
        institution("I2"),
        institution("I1", "2026-12-02"),
        ("site", "S1", "2026-12-02", None),
    }
    assert barred(batch(relation("employed", "C2", "W1"), relation("controls", "C2", "I3", "1/2"))) == {
        institution("I3")
    }
    assert barred(batch(relation("employs", "C2", "W1"), relation("controls", "C2", "I3", "1/5"))) == set()


def test_an_owner_by_relation_counts_with_enough_share():
    employed = relation("employs", "E1", "W1")
    assert barred(batch(employed, relation("owns", "E1", "P1", "1/4"))) == {("site", "P1", None, None)}
    assert barred(batch(employed, relation("owns", "E1", "P1", "1/5"))) == set()
    assert barred(batch(employed, relation("owns", "E1", "P1", until=day(1)))) == {
        ("site", "P1", None, "2026-12-01")
    }


def test_one_person_carries_the_ties_of_all_ids():
    made = batch(
        relation("employs", "I2", "T1"),
        relation("same_person", "W1", "T1"),
        relation("same_person", "W2", "W1"),
        relation("relative", "W2", "T3"),
        people=[staff("W1"), staff("W2"), staff("W3")],
    )
    for name in ("W1", "W2"):
        assert barred(made, name) == {institution("I2"), ("trainee", "T3", None, None)}
    assert barred(made, "W3") == set()
    entries = {entry["staff_id"]: entry for entry in staff_data(made, ConflictGraph(made))}
    assert [entries[name]["person"] for name in ("W1", "W2", "W3")] == ["W1", "W1", "W3"]
    assert entries["W2"]["sits_as"] == ["T1"]


def test_a_number_joins_and_every_registration_of_a_candidate_is_meant():
    made = batch(relation("taught", "W1", "T2"), people=[staff("W1", id_number=ONE_PERSON)])
    joined = replace(
        made,
        trainees={
            **made.trainees,
            "T1": replace(made.trainees["T1"], id_number=ONE_PERSON),
            "T2": replace(made.trainees["T2"], id_number=ANOTHER_PERSON),
            "T3": replace(made.trainees["T3"], id_number=ANOTHER_PERSON),
        },
    )
    assert barred(joined) == {("trainee", "T2", None, None), ("trainee", "T3", None, None)}
    (entry,) = staff_data(joined, ConflictGraph(joined))
    assert entry["sits_as"] == ["T1"]
    assert ONE_PERSON not in str(entry)


def test_lists_that_both_count_from_one_make_nobody_one_person():
    # why: staff 1 and trainee 1 are two people, and their numbers are not mixed up
    made = batch(people=[staff("T1", id_number=ONE_PERSON), staff("T2", id_number=ANOTHER_PERSON)])
    made = replace(
        made,
        trainees={
            **made.trainees,
            "T1": replace(made.trainees["T1"], id_number=ANOTHER_PERSON),
        },
    )
    entries = {entry["staff_id"]: entry for entry in staff_data(made, ConflictGraph(made))}
    assert [entries[name]["person"] for name in ("T1", "T2")] == ["T1", "T2"]
    assert [entries[name]["sits_as"] for name in ("T1", "T2")] == [[], ["T1"]]


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (relation("employs", "I2", "W1"), True),
        (relation("teaches", "W1", "I2"), True),
        (relation("employed", "I2", "W1"), False),
        (relation("employs", "I3", "W1"), False),
        (relation("employs", "C2", "W1"), False),
    ],
)
def test_training_staff_never(tie, expected):
    made = batch(tie, kinds={"I3": "school"}, training_staff="never")
    assert (("all", "", None, None) in barred(made)) is expected
    assert ("all", "", None, None) not in barred(replace(made, rules=load_rules()))


def test_reasons_name_organisations_and_dates():
    made = batch(
        relation("employed", "I2", "W1", until=day(1).replace(year=2025)),
        relation("controls", "I2", "I3", "3/5"),
    )
    (entry,) = staff_data(made, ConflictGraph(made))
    assert [(one["id"], one["reason"]) for one in entry["conflicts"]] == [
        ("I2", "曾任职于机构I2（2025-12-01 离职）"),
        ("I3", "曾任职于机构I2（2025-12-01 离职），机构I2控制机构I3（60%）"),
    ]


def test_a_past_employment_that_ended_on_the_29th_of_february():
    # why: three years later there is no such day; the last day of February counts
    ended = day(29).replace(year=2024, month=2)
    tie = relation("employed", "I2", "W1", until=ended)
    for number, counts in ((28, True), (1, False)):
        month = 2 if counts else 3
        made = batch(tie)
        when = day(number).replace(year=2027, month=month)
        moved = replace(made, seats={at("S1")._replace(day=when): 9})
        assert bool(barred(moved)) is counts


def test_how_far_a_district_is():
    made = problem(
        [trainee("T1", district="东区")],
        [site("S1", district="东区"), site("S2", district="西区")],
        districts={"东区": "云州市", "西区": "云州市"},
        people=[staff("W1", district="东区"), staff("W2")],
    )
    assert away_data(made) == {"东区": {"S1": 0, "S2": 1}}


def short(made):
    content = planned(made)
    assert certainly_vacant(content) == (
        content["vacant"],
        content["problems"][-1:] if content["vacant"] else [],
    )
    return content["vacant"], content["problems"]


def needs(people):
    """Give a batch in which ten people sit in one session, in one room and one group."""
    return problem(
        [trainee(f"T{n}") for n in range(10)],
        [site("S1", "I9")],
        people=people,
        rules=replace(load_rules(), cap=Fraction(1)),
    )


ABLE = {"roles": ("invigilator", "examiner", "patrol"), "items": (ITEM,)}


def test_nothing_is_told_where_everything_can_be_done():
    assert short(needs([staff(f"W{n}", **ABLE) for n in range(5)])) == (0, [])
    assert short(needs([])) == (0, []), "without a staff table no duties are drawn"


@pytest.mark.parametrize(
    "unfit",
    [
        {"items": ("焊工",)},
        {"licence_to": day(1).replace(year=2025)},
        {"agreement_to": day(1).replace(year=2025)},
        {"licence_to": day(28), "trained_to": day(1).replace(year=2025)},
        {"unavailable": ((day(1), day(1), None),)},
        {"max_duties": 0},
    ],
)
def test_a_shortage_of_examiners_is_told_before_the_draw(unfit):
    people = [staff(f"W{n}", **ABLE) for n in range(4)]
    people = [replace(one, roles=("invigilator", "patrol")) for one in people]
    examiners = [replace(staff("X1", **ABLE), roles=("examiner",), **unfit)]
    examiners.append(replace(staff("X2", **ABLE), roles=("examiner",)))
    whole, notes = short(needs(people + examiners))
    assert whole == 1
    assert notes == [
        f"考评员（{ITEM}）至少需要 2 人次，考务人员最多能出 1 人次，至少有 1 人次无人可派（如 2026-12-01 上午至少缺 1 人）"
    ]


def test_a_site_that_hardly_anybody_may_be_at_is_short_before_the_draw():
    """Two times at S1 and two at S2, two invigilators each; all but one belong to the owner of S1: two duties have nobody."""
    people = [
        *(staff(f"W{n}", roles=("invigilator",), employer_id="I9") for n in range(5)),
        staff("W9", roles=("invigilator",), max_duties=2),
    ]
    trainees = [trainee(f"T{n}", "I1", part="theory") for n in range(40)]
    made = problem(
        trainees,
        [site("S1", "I9"), site("S2")],
        seats={at(name, when): 10 for name in ("S1", "S2") for when in ("1am", "1pm")},
        people=people,
        rules=replace(load_rules(), cap=Fraction(1)),
    )
    _, notes = certainly_vacant(planned(made))
    assert [note for note in notes if note.startswith("监考员")] == [
        "监考员至少有 2 人次无人可派：2026-12-01 上午至少缺 1 人、2026-12-01 下午至少缺 1 人"
    ]


def test_where_one_site_is_short_over_all_its_times_the_site_is_named():
    """S1 in the morning and in the afternoon needs two invigilators each; two may be there, once each; S2 has people to spare."""
    people = [
        *(staff(f"W{n}", roles=("invigilator",), employer_id="I9") for n in range(5)),
        *(staff(f"X{n}", roles=("invigilator",), max_duties=1) for n in range(2)),
    ]
    made = problem(
        [trainee(f"T{n}", "I1", part="theory") for n in range(40)],
        [site("S1", "I9"), site("S2")],
        seats={at(name, when): 10 for name in ("S1", "S2") for when in ("1am", "1pm")},
        people=people,
        rules=replace(load_rules(), cap=Fraction(1)),
    )
    _, notes = certainly_vacant(planned(made))
    assert [note for note in notes if note.startswith("监考员")] == [
        "监考员至少有 2 人次无人可派：考点 S1 至少缺 2 人次，能在那里的人不够"
    ]
