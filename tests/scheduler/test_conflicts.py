"""The conflict graph: chains, shares and days at their edges."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from scheduler.conflicts import ConflictGraph
from scheduler.problem import Institution
from tests.scheduler import oracle
from tests.scheduler.builders import at, day, problem, relation, site, trainee
from tests.scheduler.strategies import ORGANISATIONS, SITES, batches

S1 = site("S1", "B")


def why(*relations, institution="A", when=1, where=S1):
    batch = problem([trainee("T1", institution)], [where], relations=list(relations))
    named = {name: Institution(name, f"机构{name}", "training") for name in "ABCDEG"}
    return ConflictGraph(replace(batch, institutions=named)).why_conflict(institution, "S1", day(when))


def test_the_own_site():
    assert why(institution="B") == "考点 考点S1 属于机构B"
    assert why() == ""


def test_control_up_down_and_along_a_chain():
    assert why(relation("controls", "A", "B", "1/2"))
    assert why(relation("controls", "B", "A", "1/2"))
    chain = [
        relation("controls", "A", "C", "1"),
        relation("controls", "C", "D"),
        relation("controls", "D", "B", "3/10"),
    ]
    told = why(*chain)
    assert "机构A控制机构C（100%）" in told
    assert "机构D控制机构B（30%）" in told
    assert why(*chain[:2]) == ""


def test_a_common_controller_and_not_a_common_daughter():
    assert why(relation("controls", "G", "A"), relation("controls", "G", "B"))
    assert why(relation("controls", "A", "G"), relation("controls", "B", "G")) == ""
    grandparents = [relation("controls", a, b) for a, b in ("GC", "GD", "CA", "DB")]
    assert why(*grandparents)


def test_circles_end():
    assert why(relation("controls", "A", "C"), relation("controls", "C", "A")) == ""


@pytest.mark.parametrize(
    ("share", "connected"), [("1/4", True), ("249/1000", False), (None, True), ("0", False)]
)
def test_the_threshold_itself_counts_and_an_empty_share_too(share, connected):
    assert bool(why(relation("controls", "A", "B", share))) is connected
    assert bool(why(relation("owns", "A", "S1", share))) is connected


def test_both_days_of_a_relation_count():
    tie = relation("controls", "A", "B", since=day(2), until=day(3))
    assert [bool(why(tie, when=number)) for number in (1, 2, 3, 4)] == [False, True, True, False]
    owned = relation("owns", "A", "S1", since=day(2), until=day(3))
    assert [bool(why(owned, when=number)) for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_a_chain_must_hold_whole_on_the_day():
    first, second = relation("controls", "A", "C", until=day(1)), relation("controls", "C", "B", since=day(2))
    assert why(first, second, when=1) == why(first, second, when=2) == ""


def test_an_owner_by_relation_and_who_is_connected_with_it():
    held = relation("owns", "C", "S1", "4/5")
    told = why(held, relation("controls", "C", "A", "3/5"))
    assert told == "考点 考点S1 属于机构C（80%），机构C控制机构A（60%）"


def test_the_order_of_relations_does_not_change_the_words():
    ties = [relation("controls", "G", "A"), relation("controls", "E", "A"), relation("controls", "G", "B"),
            relation("controls", "E", "B"), relation("owns", "A", "S1")]  # fmt: skip
    assert why(*ties) == why(*reversed(ties))


@settings(max_examples=150, deadline=None)
@given(batch=batches(most=1))
def test_connected_as_the_contract_says(batch):
    graph = ConflictGraph(batch)
    for name in SITES:
        for when in (1, 2, 3):
            session = at(name, f"{when}am")
            owners = oracle.owners(batch, batch.sites[name], session.day)
            assert set(graph.owners(name, session.day)) == owners
            for organisation in ORGANISATIONS:
                expected = oracle.connected(batch, organisation, batch.sites[name], session.day)
                assert bool(graph.why_conflict(organisation, name, session.day)) == expected
