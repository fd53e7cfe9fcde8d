"""Who is interchangeable with whom; coarser in a large batch, and exact about who may go where."""

import datetime as dt
import weakref
from collections import defaultdict

import pytest
from hypothesis import given, settings

from scheduler.chances import size
from scheduler.chances.network_facts import NetworkFacts
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.grouping import Grouping
from scheduler.replan.residual import Barred, ResidualEligibility
from tests.scheduler.builders import ITEM, at, places, problem, relation, site, trainee
from tests.scheduler.strategies import batches


def groups_of(batch, own=None, **more):
    return Grouping(batch, Eligibility(batch, ConflictGraph(batch))).groups(own or {}, **more)


def names(groups):
    return sorted(group.trainees for group in groups)


@given(batch=batches(most=15))
@settings(deadline=None, max_examples=80)
def test_groups_are_those_who_state_the_same_where_it_matters(batch):
    """The plain way: people with the same item, part, district and sessions; by themselves where they have none."""
    eligibility = Eligibility(batch, ConflictGraph(batch))
    alike = defaultdict(list)
    for name, one in batch.trainees.items():
        allowed = eligibility.of(one).allowed
        apart = () if allowed else (one.institution_id, one.school_id, one.earliest, one.latest)
        alike[tuple(allowed.items()), one.item, one.part, one.district, apart].append(name)
    groups = Grouping(batch, eligibility).groups({})
    assert names(groups) == sorted(tuple(sorted(listed)) for listed in alike.values())
    for group in groups:
        one = batch.trainees[group.trainees[0]]
        assert dict(group.allowed) == dict(eligibility.of(one).allowed)
        assert (group.item, group.part, group.district) == (one.item, one.part, one.district)
        assert group.homes == ((one.district, len(group.trainees)),)
        assert group.city == batch.city_of_district(one.district)
        for name in group.trainees:  # whoever trained, the reason for each closed site is told
            told = {site for who, site in group.refused if who in ("", batch.trainees[name].institution_id)}
            assert eligibility.of(batch.trainees[name]).refused.keys() <= told


def test_without_districts_those_of_one_city_go_together_and_nobody_else():
    people = [trainee("T1", district="甲区"), trainee("T2", district="乙区"), trainee("T3", district="丙区")]
    districts = {"甲区": "云州市", "乙区": "云州市", "丙区": "海州市"}
    batch = problem(people, [site("S1"), site("S2", city="海州市")], districts=districts)
    assert names(groups_of(batch, by_district=False)) == [("T1", "T2"), ("T3",)]
    assert names(groups_of(batch)) == [("T1",), ("T2",), ("T3",)]


def test_in_a_large_batch_the_few_of_a_district_go_together_and_the_many_stay(monkeypatch):
    """12 of district A are a group; the 2 of B and the 3 of C, of the same city, are one; D is another city."""
    monkeypatch.setattr(size, "LARGE", 0)
    people = [
        trainee(f"{district}{number:02d}", district=district)
        for district, count in (("A", 12), ("B", 2), ("C", 3), ("D", 4))
        for number in range(count)
    ]
    districts = {"A": "云州市", "B": "云州市", "C": "云州市", "D": "海州市"}
    batch = problem(people, [site("S1"), site("S2", city="海州市")], districts=districts)
    groups = {group.trainees[0]: group for group in groups_of(batch)}
    assert {name: (len(one.trainees), one.district, one.homes) for name, one in groups.items()} == {
        "A00": (12, "A", (("A", 12),)),
        "B00": (5, "", (("B", 2), ("C", 3))),
        "D00": (4, "", (("D", 4),)),
    }
    assert groups["B00"].city == "云州市"


def test_who_is_barred_from_something_is_like_nobody_else():
    """After a change somebody may not use a time at which they sit already; who states the same may."""
    people = [trainee("T1"), trainee("T2"), trainee("T3")]
    morning, later = at("S1"), at("S1", "1pm")
    batch = problem(people, [site("S1")], seats={morning: 9, later: 9}, rows=[places("S1", 9)])
    barred = {"T2": Barred(frozenset(), frozenset({(morning.day, morning.half)}))}
    eligibility = ResidualEligibility(batch, ConflictGraph(batch), barred=barred)
    allowed = {group.trainees: list(group.allowed) for group in Grouping(batch, eligibility).groups({})}
    assert allowed == {("T1", "T3"): [morning, later], ("T2",): [later]}


def test_institutions_matter_only_where_they_have_to_do_with_a_site():
    ties = [relation("controls", "I3", "I2")]
    people = [trainee("T1", "I1"), trainee("T2", "I2"), trainee("T3", "I3"), trainee("T4", "I4")]
    batch = problem(people, [site("S1", "I1"), site("S2", "I2"), site("S3")], relations=ties)
    assert names(groups_of(batch)) == [("T1",), ("T2", "T3"), ("T4",)]


def test_who_may_go_nowhere_is_told_the_own_reason():
    """Two institutions whose only site is their own: each is refused for its own sake, dates apart."""
    late = dt.date(2026, 12, 30)
    people = [
        trainee("T1", earliest=late),
        trainee("T2"),
        trainee("T3", earliest=late),
        trainee("T4", item="焊"),
    ]
    batch = problem(people, [site("S1")])
    assert names(groups_of(batch)) == [("T1", "T3"), ("T2",), ("T4",)]
    assert [group.item for group in groups_of(batch)].count(ITEM) == 2


@pytest.mark.parametrize(
    ("people", "portion"),
    [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 6), (11, 6), (12, 12), (13, 12), (99, 12), (0, 1)],
)
def test_portions_are_a_twelfth_of_the_group_and_at_most_a_person(people, portion):
    """With 12 parts of a person: one person is spread in twelfths, two in sixths of one, from twelve on in persons."""
    facts = NetworkFacts(problem([trainee("T1")], [site("S1")]), 12)
    assert facts.portions(people) == portion


def test_what_is_made_for_one_person_is_held_while_others_are_judged():
    """Who is barred has an answer of their own, known by its identity: gone, its place in memory could be the next one's."""
    times = [at("S1", when) for when in ("1am", "1pm", "2am")]
    names = [f"T{number}" for number in range(9)]
    batch = problem(
        [trainee(name) for name in names], [site("S1")], seats=dict.fromkeys(times, 9), rows=[places("S1", 9)]
    )
    own = {name: times[number // 3] for number, name in enumerate(names)}
    barred = {name: Barred(frozenset(), frozenset({(one.day, one.half)})) for name, one in own.items()}
    made, alive = [], []

    class Watched(ResidualEligibility):
        def of(self, one):
            alive.append(sum(answer() is not None for answer in made))
            answer = super().of(one)
            made.append(weakref.ref(answer))
            return answer

    groups = Grouping(batch, Watched(batch, ConflictGraph(batch), barred=barred)).groups({})
    assert alive == list(range(9))
    assert names_and_times(groups) == {(f"T{n}", f"T{n + 1}", f"T{n + 2}"): 2 for n in (0, 3, 6)}
    assert all(own[name] not in group.allowed for group in groups for name in group.trainees)


def names_and_times(groups):
    return {group.trainees: len(group.allowed) for group in groups}
