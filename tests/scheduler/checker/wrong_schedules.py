"""Random batches for hypothesis, with schedules that nobody drew: some keep all limits, most are full of faults."""

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from scheduler.checker.changed import Changed
from scheduler.checker.crossing import NamingSchedule
from scheduler.problem import Room
from scheduler.rules import load_rules
from scheduler.schedule import Placement, Schedule
from tests.scheduler.builders import (
    ANOTHER_PERSON,
    ONE_PERSON,
    at,
    day,
    places,
    problem,
    relation,
    site,
    trainee,
)
from tests.scheduler.checker.person_by_person import Judge
from tests.scheduler.strategies import batches

CHANCE = st.integers(0, 2**40).map(random.Random)
"""Choices that are as likely as they are said to be, which hypothesis' own are not."""

_SITES = "ABCDE"
_CHANCES = (*[Fraction(1, 2)] * 6, Fraction(1, 3), Fraction(5, 4), None)
_WORDS = ("sole_site", "in_school", "cross_city", "leader_said_so")


@st.composite
def wrong_schedules(draw):
    """Draw a batch, a schedule, and perhaps what was changed after its draw."""
    chance = draw(CHANCE)
    batch = draw(batches(sessions=12)) if chance.random() < 0.4 else _near_alike(chance)
    if chance.random() < 0.3:
        listed = tuple(Room(name, "r", chance.randint(1, 3)) for name in "AABC")
        small = replace(batch.rules, room_size=chance.choice([1, 2, 30]))
        batch = replace(batch, rooms=listed, rules=small)
    if chance.random() < 0.3:  # many who are alike, for their chances
        one = min(batch.trainees)
        alike = {name: replace(batch.trainees[one], trainee_id=name, id_number="") for name in batch.trainees}
        batch = replace(batch, trainees=alike)
    placements, unplaced = _placed(batch, chance)
    kind = chance.choice([Schedule, Schedule, NamingSchedule])
    return batch, kind(placements, unplaced), _changed(batch, chance) if chance.random() < 0.3 else None


@st.composite
def tight_schedules(draw):
    """Draw a batch with few places, and a schedule that keeps all limits but leaves some people out."""
    chance = draw(CHANCE)
    owners = [chance.choice(["I1", "I2", "I3", ""]) for _ in _SITES]
    kinds = [chance.choice(["public", "authority", "institution", "institution"]) for _ in _SITES]
    sites = [
        site(*one, day_limit=chance.choice([None, None, 2, 3]))
        for one in zip(_SITES, owners, kinds, strict=True)
    ]
    times = [at(name, when) for name in _SITES for when in ("1am", "1pm", "2am")]
    made = problem(
        [_person(number, chance) for number in range(chance.randint(3, 25))],
        sites,
        seats={one: chance.randint(0, 3) for one in chance.sample(times, chance.randint(2, 12))},
        rows=[places(name, chance.randint(0, 3), item) for name in _SITES for item in ("电工", "焊工")],
    )
    return made, _legal(made, chance)


def _person(number, chance):
    return trainee(
        f"T{number:02}",
        chance.choice(["I1", "I2", "I3", "I4"]),
        chance.choice(["电工", "焊工"]),
        chance.choice(["theory", "practical", "both"]),
        latest=chance.choice([None, None, None, day(1)]),
        id_number=chance.choice(["", "", "", "", "", ONE_PERSON, ANOTHER_PERSON]),
    )


def _legal(batch, chance):
    """Let people in some order take any session that fits; a few get none though one would."""
    placements = {}
    for name in chance.sample(sorted(batch.trainees), len(batch.trainees)):
        judge = Judge(batch, Schedule(placements, {}))
        one = batch.trainees[name]
        others = [
            placements[other].session[1:] for other in judge.facts.people.others(name) if other in placements
        ]
        free = [at for at in judge.allowed(one) if judge.has_room(at, one) and at[1:] not in others]
        if free and chance.random() < 0.95:
            session = chance.choice(free)
            tie = judge.facts.ties.tie(one.institution_id, session.site_id, session.day)
            placements[name] = Placement(name, session, judge.facts.exempt(one, session) if tie else ())
    return Schedule(placements, dict.fromkeys(sorted(batch.trainees.keys() - placements.keys()), "没有考位"))


def _near_alike(chance):
    """Make a batch of many people who differ from each other in little, at few sites with ties that begin and end."""
    sites = [
        site(name, owner, chance.choice(["public", "school", "institution"]), city, district="")
        for name, owner, city in (("A", "I1", "云州市"), ("B", "I2", "云州市"), ("C", "", "海州市"))
    ]
    one = {"institution": "I1", "item": "制冷", "part": "both", "district": "东区", "school_id": ""}
    one |= {"earliest": None, "latest": None}
    others = {
        "institution": ["I1", "I2", "I3"],
        "item": ["制冷", "电工"],
        "part": ["theory", "practical"],
        "district": ["南区", ""],
        "school_id": ["I1", "I2", "I7"],
        "earliest": [day(1), day(2)],
        "latest": [day(1), day(2), day(3)],
    }
    people = []
    for number in range(chance.randint(2, 40)):
        differs = chance.sample(sorted(others), chance.choice([0, 1, 1, 2]))
        about = one | {name: chance.choice(others[name]) for name in differs}
        people.append(trainee(f"T{number:02}", **about))
    ties = [
        relation(
            kind, *ends, since=chance.choice([None, day(2)]), until=chance.choice([None, day(1), day(2)])
        )
        for kind, *ends in (
            ("controls", "I3", "I1"),
            ("controls", "I1", "I2"),
            ("owns", "I1", "C"),
            ("owns", "I2", "A"),
        )
        if chance.random() < 0.4
    ]
    times = [at(name, when) for name in "ABC" for when in ("1am", "2am", "3pm")]
    return problem(
        people,
        sites,
        seats={when: chance.choice([0, 2, 9]) for when in times if chance.random() < 0.8} or {times[0]: 9},
        rows=[
            places(name, chance.choice([0, 2, 9]), item, chance.choice(["", "2am"]))
            for name in "ABC"
            for item in ("制冷", "电工")
            if chance.random() < 0.7
        ],
        relations=ties,
        districts={"东区": "云州市", "南区": "海州市"},
        rules=replace(load_rules(), cross_city_items=chance.choice([(), ("制冷",)])),
    )


def _placed(batch, chance):
    ids = [*batch.trainees, *chance.choice([(), (), ("X1", "S0")])]
    chance.shuffle(ids)
    legal, left_out = chance.random() < 0.4, chance.choice([0.05, 0.3, 0.6])
    rates = {name: chance.choice([0, 0.5, 1]) for name in ("words", "chances", "rooms", "groups")}
    placements, unplaced, load = {}, {}, Counter()
    for name in ids:
        free = [one for one in sorted(batch.seats) if not legal or load[one] < batch.seats[one]]
        if not legal and chance.random() < 0.1:
            free = [at("Z"), at("A", "9am")]
        if not free or chance.random() < left_out:
            unplaced |= {} if chance.random() < 0.2 else {name: "没有考位"}
            continue
        session = chance.choice(free)
        load[session] += 1
        placements[name] = _placement(name, session, rates, chance)
        if chance.random() < 0.03:
            unplaced[name] = ""
    return placements, unplaced


def _placement(name, session, rates, chance):
    said = {about: chance.random() < rate for about, rate in rates.items()}
    words = tuple(chance.sample(_WORDS, chance.choice([0, 0, 1, 1, 2]))) if said["words"] else ()
    chances = [chance.choice(_CHANCES) if said["chances"] else None for _ in range(2)]
    room, group = (
        chance.choice(["", "1", "1", "2", "A"]) if said[one] else "" for one in ("rooms", "groups")
    )
    seat, place = (
        chance.choice(["", "0", "1", "2", "3"]) if said[one] else "" for one in ("rooms", "groups")
    )
    return Placement(name, session, words, *chances, room, seat, group, place)


def _changed(batch, chance):
    sessions = sorted(batch.seats)
    kept = frozenset(name for name in batch.trainees if chance.random() < 0.4)
    return Changed(
        kept,
        {
            name: frozenset(chance.sample(sessions, chance.randint(0, len(sessions))))
            for name in batch.trainees
            if chance.random() < 0.2
        },
    )
