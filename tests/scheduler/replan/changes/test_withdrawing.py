"""A registration that goes leaves what is known of the person: who is one person, and their relations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem import Institution, Relation
from scheduler.replan.changes.withdrawing import without
from scheduler.several.one_person import STAFF, TRAINEE, joined_ids
from tests.scheduler.builders import ONE_PERSON, problem, relation, site, staff, trainee

OTHER = "000000198512319995"


def facts(people, *ties, on_staff=()):
    batch = problem(people, [site("S1")], people=on_staff, relations=[relation(*tie) for tie in ties])
    batch.institutions["T1"] = Institution("T1", "与考生同号的机构", "training")
    return batch


ONE = [trainee("T1", id_number=ONE_PERSON), trainee("T2", id_number=ONE_PERSON), trainee("T3")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("same_person", "T1", "T3"), ("same_person", "T2", "T3")),
        (("relative", "W1", "T1"), ("relative", "W1", "T2")),
        (("employs", "I1", "T1"), ("employs", "I1", "T2")),
        (("teaches", "T1", "I1"), ("teaches", "T2", "I1")),
        (("taught", "W1", "T1"), ("taught", "W1", "T2")),
        (("controls", "T1", "I1"), ("controls", "T1", "I1")),
    ],
)
def test_relations_go_over_to_another_id_of_the_person(before, after):
    # why: T1 and T2 have one number, so whoever is T1's relative is T2's
    left = without(facts(ONE, before, on_staff=[staff("W1")]), "T1")
    assert left.relations == (relation(*after),)


def test_an_id_of_the_staff_inherits_where_no_registration_is_left():
    # why: W1 has T1's number: who employs T1 employs W1, who must not examine its trainees
    batch = facts([ONE[0]], ("employs", "I1", "T1"), on_staff=[staff("W1", id_number=ONE_PERSON)])
    assert without(batch, "T1").relations == (relation("employs", "I1", "W1"),)


def test_what_was_known_of_nobody_else_goes():
    assert without(facts([ONE[2]], ("relative", "W1", "T3"), on_staff=[staff("W1")]), "T3").relations == ()


def test_those_whom_only_the_one_that_went_had_joined_stay_one_person():
    # why: T2 is T1 by number, W1 by a relation to T1 alone
    batch = facts(ONE, ("same_person", "T1", "W1"), ("same_person", "T1", "T2"), on_staff=[staff("W1")])
    joined = joined_ids(without(batch, "T1"))
    assert joined[TRAINEE, "T2"] == joined[STAFF, "W1"]


def test_a_member_of_staff_with_the_id_of_a_trainee_keeps_the_own_relations():
    """Lists that both count from 1: only what a trainee alone can be goes with the trainee."""
    people, on_staff = [trainee("1"), trainee("2")], [staff("1"), staff("2")]
    batch = facts(people, ("taught", "2", "1"), ("relative", "1", "2"), on_staff=on_staff)
    assert without(batch, "1").relations == (relation("relative", "1", "2"),)


NAMES = ["T1", "T2", "T3", "T4", "W1", "W2"]


@st.composite
def batches(draw):
    numbers = st.sampled_from(["", ONE_PERSON, OTHER])
    people = [trainee(name, id_number=draw(numbers)) for name in NAMES[:4]]
    on_staff = [staff(name, id_number=draw(numbers)) for name in NAMES[4:]]
    person, taught = st.sampled_from(NAMES), st.sampled_from(NAMES[:4])
    ties = st.one_of(
        st.tuples(st.just("same_person"), person, person),
        st.tuples(st.just("relative"), person, person),
        st.tuples(st.just("taught"), person, taught),
        st.tuples(st.just("employs"), st.just("I1"), person),
        st.tuples(st.just("teaches"), person, st.just("I1")),
    )
    return facts(people, *draw(st.lists(ties, max_size=6)), on_staff=on_staff)


def who(batch, gone=""):
    """Give all persons as sets of ids, without one id."""
    joined = joined_ids(batch)
    every = [(TRAINEE, name) for name in batch.trainees] + [(STAFF, name) for name in batch.staff]
    sets = {frozenset(one for one in every if joined.get(one, one) == joined.get(of, of)) for of in every}
    left = {frozenset(node for node in ids if node != (TRAINEE, gone)) for ids in sets}
    return {ids for ids in left if ids}


def said(batch, persons):
    """Give what relations say of persons, those of people who are not there left out."""

    def of(name):
        return next(
            (ids for ids in persons if any(name == one for _, one in ids)), name if name == "I1" else None
        )

    found = {
        (one.kind, of(one.from_id), of(one.to_id)) for one in batch.relations if one.kind != "same_person"
    }
    return {one for one in found if None not in one}


@settings(deadline=None)
@given(batch=batches(), name=st.sampled_from(NAMES[:4]))
def test_all_that_is_known_of_those_who_stay_is_known_afterwards(batch, name):
    left = without(batch, name)
    assert name not in left.trainees
    persons = who(left)
    assert persons == who(batch, name)
    whole = who(batch)
    grown = {ids: ids - {(TRAINEE, name)} for ids in whole}

    def as_left(one):
        kind, *ends = one
        return (kind, *(grown.get(end, end) for end in ends))

    expected = {as_left(one) for one in said(batch, whole)}
    # nobody is a relative of oneself, and only trainees are taught
    real = {
        one
        for one in expected
        if frozenset() not in one
        and not (one[0] in ("relative", "taught") and one[1] == one[2])
        and not (one[0] == "taught" and all(kind == STAFF for kind, _ in one[2]))
    }
    assert {
        one for one in said(left, persons) if not (one[0] in ("relative", "taught") and one[1] == one[2])
    } == real
    assert all(isinstance(one, Relation) for one in left.relations)
