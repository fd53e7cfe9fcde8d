"""The search of rule 4 against trying everything; why: a proof is worth what its search is worth."""

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.checker.check import check, judge
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.loads import Loads
from scheduler.checker.moves.rearranging import Rearranging
from scheduler.problem import Part, Problem, Session
from scheduler.schedule import Schedule
from tests.scheduler.builders import at, day, placed, places, problem, relation, schedule, site, trainee
from tests.scheduler.checker.good import good_problem, good_schedule

SITES = [
    site("A", "I1", kind="public", day_limit=2),
    site("B", "I2", kind="institution"),
    site("C", "I3", kind="authority"),
]
ITEMS = ("电工", "焊工")
FEW = st.integers(0, 2)


@st.composite
def batches(draw, *, persons: bool):
    """Draw a tiny batch; with ``persons`` some registrations are of one person."""
    people = [
        trainee(
            f"T{number}",
            draw(st.sampled_from(["I1", "I2", "I3", "I4"])),
            draw(st.sampled_from(ITEMS)),
            draw(st.sampled_from(list(Part))),
            latest=draw(st.sampled_from([None, None, day(1)])),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    times = [at(one.site_id, when) for one in SITES for when in ("1am", "1pm", "2am")]
    used = draw(st.lists(st.sampled_from(times), min_size=1, max_size=4, unique=True))
    return problem(
        people,
        SITES,
        seats={session: draw(FEW) for session in used},
        rows=[places(one.site_id, draw(FEW), item) for one in SITES for item in ITEMS],
        relations=[
            relation("same_person", "T0", f"T{number}")
            for number in range(1, min(len(people), draw(st.integers(2, 3))))
            if persons
        ],
    )


def twins_of(batch: Problem, name: str) -> set[str]:
    """Give all registrations of somebody's person."""
    joined = {"T0", *(one.to_id for one in batch.relations)}
    return joined if name in joined else {name}


def fits(batch: Problem, sitting: dict[str, Session], name: str, session: Session) -> bool:
    """Say whether somebody may be added, counting everything anew."""
    one = batch.trainees[name]
    rows = {(row.site_id, row.item): row.places for row in batch.places}
    everybody = {**sitting, name: session}
    at_item = Counter(
        (other, batch.trainees[who].item)
        for who, other in everybody.items()
        if batch.trainees[who].part is not Part.THEORY
    )
    able = {other.site_id for other in batch.seats if rows[other.site_id, one.item] > 0}
    limit = batch.sites[session.site_id].day_limit
    twins = twins_of(batch, name)
    return (
        (one.latest is None or session.day <= one.latest)
        and (batch.sites[session.site_id].owner_id != one.institution_id or able == {session.site_id})
        and sum(other == session for other in everybody.values()) <= batch.seats[session]
        and (one.part is Part.THEORY or at_item[session, one.item] <= rows[session.site_id, one.item])
        and (
            limit is None
            or limit
            >= sum(
                (other.site_id, other.day) == (session.site_id, session.day) for other in everybody.values()
            )
        )
        and not any(sitting[who][1:] == session[1:] for who in twins - {name} if who in sitting)
    )


def everything(batch: Problem, names: list[str], sitting: dict[str, Session]):
    """Give every legal way of placing some of these people."""
    if not names:
        yield dict(sitting)
        return
    yield from everything(batch, names[1:], sitting)
    for session in batch.seats:
        if fits(batch, sitting, names[0], session):
            yield from everything(batch, names[1:], {**sitting, names[0]: session})


def some_schedule(data, batch: Problem) -> dict[str, Session]:
    """Draw a legal schedule, not a good one: people in some order take any session that fits."""
    sitting: dict[str, Session] = {}
    for name in data.draw(st.permutations(sorted(batch.trainees))):
        options = [one for one in sorted(batch.seats) if fits(batch, sitting, name, one)]
        choice = data.draw(st.sampled_from([None, *options]))
        if choice is not None:
            sitting[name] = choice
    return sitting


def as_schedule(batch: Problem, sitting: dict[str, Session]) -> Schedule:
    unplaced = tuple(name for name in batch.trainees if name not in sitting)
    return schedule(*(placed(name, session) for name, session in sitting.items()), unplaced=unplaced)


def at_public(sitting: dict[str, Session]) -> int:
    return sum(session.site_id in {"A", "C"} for session in sitting.values())


def search(batch, result, *, public: bool) -> int:
    crowd = Crowd(Facts(batch), result)
    waiting = [
        number
        for number, name in enumerate(batch.trainees)
        if (name in result.placements and result.placements[name].session.site_id == "B") == public
        and (public or name not in result.placements)
    ]
    choices = crowd.facts.allowed_public if public else crowd.facts.allowed
    search = Rearranging(crowd, Loads(crowd), np.array(waiting, np.int64), choices)
    return search.without_moving() + search.with_moving(len(waiting))


@settings(max_examples=150, deadline=None)
@given(batch=batches(persons=False), data=st.data())
def test_as_many_as_possible_is_exact_for_single_registrations(batch, data):
    sitting = some_schedule(data, batch)
    result = as_schedule(batch, sitting)
    ways = list(everything(batch, sorted(batch.trainees), {}))
    most = max(map(len, ways))
    assert len(sitting) + search(batch, result, public=False) == most
    found = {one.code for one in check(batch, result)}
    assert bool(found & {"FREE-PLACE-UNUSED", "MORE-POSSIBLE"}) == (len(sitting) < most)
    assert not {one.rule for one in check(batch, result)} & {1, 2, 3}


@settings(max_examples=150, deadline=None)
@given(batch=batches(persons=False), data=st.data())
def test_public_first_is_exact_for_single_registrations(batch, data):
    sitting = some_schedule(data, batch)
    result = as_schedule(batch, sitting)
    ways = [way for way in everything(batch, sorted(sitting), {}) if way.keys() == sitting.keys()]
    most = max(map(at_public, ways))
    assert at_public(sitting) + search(batch, result, public=True) == most
    found = {one.code for one in check(batch, result)}
    assert bool(found & {"PUBLIC-PLACE-UNUSED", "MORE-PUBLIC-POSSIBLE"}) == (at_public(sitting) < most)


@settings(max_examples=150, deadline=None)
@given(batch=batches(persons=True), data=st.data())
def test_nobody_is_accused_wrongly_where_persons_have_several_registrations(batch, data):
    sitting = some_schedule(data, batch)
    result = as_schedule(batch, sitting)
    ways = list(everything(batch, sorted(batch.trainees), {}))
    assert len(sitting) + search(batch, result, public=False) <= max(map(len, ways))
    alike = [way for way in ways if way.keys() == sitting.keys()]
    assert at_public(sitting) + search(batch, result, public=True) <= max(map(at_public, alike))
    assert not {one.rule for one in check(batch, result)} & {1, 2, 3}


@settings(max_examples=150, deadline=None)
@given(batch=batches(persons=True), data=st.data())
def test_what_is_not_said_to_be_open_is_exact_where_persons_have_several_registrations(batch, data):
    sitting = some_schedule(data, batch)
    result = as_schedule(batch, sitting)
    told = " ".join(judge(batch, result).open)
    ways = list(everything(batch, sorted(batch.trainees), {}))
    if "多安排人" not in told:
        assert len(sitting) + search(batch, result, public=False) == max(map(len, ways))
    if "公共考点" not in told:
        alike = [way for way in ways if way.keys() == sitting.keys()]
        assert at_public(sitting) + search(batch, result, public=True) == max(map(at_public, alike))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_changes_nothing(data):
    batch, result = good_problem(), good_schedule()
    moved = {**result.placements, "T03": placed("T03", at("S1")), "T10": placed("T10", at("S9"))}

    def shuffled(mapping):
        return dict(data.draw(st.permutations(list(mapping.items()))))

    mixed = replace(
        batch,
        trainees=shuffled(batch.trainees),
        sites=shuffled(batch.sites),
        seats=shuffled(batch.seats),
        places=tuple(data.draw(st.permutations(batch.places))),
        relations=tuple(data.draw(st.permutations(batch.relations))),
    )
    expected = check(batch, Schedule(moved, {}))
    assert check(mixed, Schedule(shuffled(moved), {})) == expected
    assert len(expected) > 3


def test_the_oracle_itself_sees_a_difference():
    # why: an oracle that never finds anything proves nothing
    batch = problem([trainee("T1", "I1"), trainee("T2", "I4")], SITES, seats={at("A"): 1, at("B"): 1})
    ways = list(everything(batch, ["T1", "T2"], {}))
    assert max(map(len, ways)) == 2
    assert {len(way) for way in ways} == {0, 1, 2}
    assert len(list(itertools.chain(ways))) > 4
