"""Rule 4: as many as possible have a place, and as many of them as possible at public sites.

What is proven
    That nobody more could be placed, and nobody more moved to a public or authority site of the
    own city (for public sites: where no item may leave its city). Where no person has several
    registrations the search for a chain of moves is a maximum flow and misses nothing. Else one
    registration of a person is moved at a time, the first of all people together, then the second; where
    as many could be placed if people could sit twice at one time, that missed nothing, either.
What is not
    A better schedule that needs several registrations to be moved at once, of one person or in different
    turns of several, where such a bound does not exclude it. Nor one that trades the public place of somebody from
    elsewhere. ``not_judged`` says so of a schedule. Of the later aims of rule 4 (even chances,
    little travel and waiting), only ``chances`` and ``cap`` judge any.
    No breach is ever given that is not one: each says what could be done with the schedule as it
    stands, with no limit kept now being broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.checker.breach import Breach, breach, say_session, session_breach
from scheduler.checker.crowd import Choosing, Crowd
from scheduler.checker.facts import Choices
from scheduler.checker.kinds import Ints, first_rows, kinds, where_kind
from scheduler.checker.loads import Loads, time_of, times_taken
from scheduler.checker.moves.rearranging import MOST_MOVED, Move, Rearranging, too_many_several
from scheduler.problem import Session


@dataclass(frozen=True)
class Better:
    """How many more could have what they wait for by moving others, beyond the free places, and an example of a chain.

    ``exact`` says that no schedule, however many were moved, gives it to more.
    """

    more: int = 0
    chain: tuple[Move, ...] = ()
    exact: bool = True


def not_judged(crowd: Crowd, placed: Better, public: Better) -> Iterator[str]:
    """Say in words what of rule 4 is not proven of a schedule without such breaches."""
    for better, aim in ((placed, "多安排人"), (public, "使更多人在本市公共考点考试")):
        if better.exact:
            continue
        if too_many_several(crowd):
            yield f"一人报多科的超过 {MOST_MOVED} 科：调动这些人已定的场次是否还能{aim}，没有判断。"
        else:
            yield (
                f"有人一人报多科：已让他们轮流各调动一科试过；要把几科（同一人的或几个人的）一起调动才能{aim}的，没有全部试过，不能断定。"
            )
    rules = crowd.facts.problem.rules
    if rules.public_first and rules.cross_city_items:
        yield "有可以跨市的项目：让外市考生让出公共考位是否能使更多人在本市公共考点考试，没有判断。"


def better_placed(crowd: Crowd, loads: Loads) -> Better:
    """Find how many more could be placed by moving others."""
    return _by_moving(crowd, loads, _waiting(crowd), crowd.facts.allowed)


def better_public(crowd: Crowd, loads: Loads) -> Better:
    """Find how many more could sit at public sites of their city by moving others; nobody where rules do not ask for it."""
    if not crowd.facts.problem.rules.public_first:
        return Better()
    return _by_moving(crowd, loads, _elsewhere(crowd), crowd.facts.allowed_public)


def unplaced_with_room(crowd: Crowd, loads: Loads) -> Iterator[Breach]:
    """Find trainees without a place though one that they may use is free."""
    for trainee_id, _, session in _free_places(crowd, loads, _waiting(crowd), crowd.facts.allowed):
        yield session_breach(
            "FREE-PLACE-UNUSED",
            4,
            f"考生 {trainee_id} 没有安排，而{say_session(session)}尚有可用考位",
            session,
            trainee_id=trainee_id,
        )


def more_possible(better: Better) -> Iterator[Breach]:
    """Tell that more trainees could be placed by moving others."""
    if better.more:
        yield breach(
            "MORE-POSSIBLE",
            4,
            f"除直接可用的空位外，调整其他考生的场次，还可以多安排 {better.more} 名考生{_say_chain(better.chain)}",
            count=better.more,
        )


def public_with_room(crowd: Crowd, loads: Loads) -> Iterator[Breach]:
    """Find trainees who sit elsewhere while a public place that they may use stays empty."""
    for trainee_id, placement, session in _free_places(
        crowd, loads, _elsewhere(crowd), crowd.facts.allowed_public
    ):
        now = crowd.sessions[crowd.placed["session"][placement]]
        yield session_breach(
            "PUBLIC-PLACE-UNUSED",
            4,
            f"考生 {trainee_id} 被安排到{say_session(now)}，"
            f"而本市公共考点优先，{say_session(session)}尚有可用考位",
            session,
            trainee_id=trainee_id,
            placed_site_id=now.site_id,
        )


def more_public_possible(better: Better) -> Iterator[Breach]:
    """Tell that more trainees could sit at public sites of their city by moving others."""
    if better.more:
        yield breach(
            "MORE-PUBLIC-POSSIBLE",
            4,
            f"除直接可用的空位外，调整其他考生的场次，还可以让 {better.more} 名考生改在本市公共考点考试"
            f"{_say_chain(better.chain)}",
            count=better.more,
        )


def _free_places(
    crowd: Crowd, loads: Loads, trainees: Ints, choosing: Choosing
) -> Iterator[tuple[str, int, Session]]:
    """Give those of some trainees, by id, for whom a place is free, with their placement and the first free session.

    It is at a time at which the person does not sit yet.
    """
    if not len(trainees):
        return
    kind, free = _free_sessions(crowd, loads, trainees, choosing)
    hopes = np.array([len(one) > 0 for one in free], np.bool_)[kind]
    order = np.argsort(crowd.rank(trainees[hopes]))
    rows, names = trainees[hopes][order], crowd.trainees.frame["trainee_id"]
    asked = zip(
        rows.tolist(), names[rows], kind[hopes][order].tolist(), crowd.single[rows].tolist(), strict=True
    )
    for row, name, number, single in asked:
        taken = set() if single else times_taken(crowd, name)
        sessions = (crowd.facts.sessions[one] for one in free[number])
        session = next((one for one in sessions if time_of(one) not in taken), None)
        if session is not None:
            yield name, int(crowd.placement_of[row]), session


def _free_sessions(
    crowd: Crowd, loads: Loads, trainees: Ints, choosing: Choosing
) -> tuple[Ints, list[Choices]]:
    """Give the kind of each of some trainees, and those choices of each kind where a place is free."""
    numbers, choices = crowd.choices(choosing)
    columns = numbers, crowd.people["item"], crowd.people["theory"]
    kind, count = kinds([column[trainees] for column in columns])
    first = trainees[first_rows(kind, count)]
    asked = zip(crowd.trainee_records(first), (choices[one] for one in numbers[first]), strict=True)
    return kind, [chosen[loads.room(one)[chosen]] for one, chosen in asked]


def _by_moving(crowd: Crowd, loads: Loads, trainees: Ints, choosing: Choosing) -> Better:
    """Search chains of moves that give more of some trainees one of their choices.

    An example is only given where nobody fits without moving: with free places left, the chain
    would begin after they are filled, and nobody could follow it on the schedule as it is.
    """
    if not len(trainees):
        return Better()
    search = Rearranging(crowd, loads, trainees, choosing)
    free = search.without_moving()
    bound = _bound(crowd, loads, trainees, choosing) if search.has_several else len(trainees)
    more = search.with_moving(bound - free)
    chain = Rearranging(crowd, loads, trainees, choosing).chain() if more and not free else []
    return Better(more, tuple(chain), exact=not search.has_several or free + more == bound)


def _bound(crowd: Crowd, loads: Loads, trainees: Ints, choosing: Choosing) -> int:
    """Give how many of some trainees could have one of their choices if people could sit twice at one time: no fewer."""
    search = Rearranging(crowd, loads, trainees, choosing, freely=True)
    return search.without_moving() + search.with_moving(len(trainees))


def _waiting(crowd: Crowd) -> Ints:
    """Give the trainees without a place."""
    return np.flatnonzero(crowd.placement_of < 0)


def _elsewhere(crowd: Crowd) -> Ints:
    """Give who sits anywhere but at a public or authority site of the own city."""
    facts = crowd.facts
    known = crowd.of_sessions(lambda one: one.site_id in facts.problem.sites, np.bool_)
    movable = np.flatnonzero(~crowd.fixed & (crowd.placement_of >= 0))
    movable = movable[known[crowd.placement_of[movable]]]

    rows = crowd.placement_of[movable]
    city = crowd.people["city"][movable]

    def elsewhere(first: Ints) -> list[bool]:
        asked = zip(city[first], crowd.sessions_at(rows[first]), strict=True)
        return [not facts.is_public_in(crowd.texts["city"][here], there.site_id) for here, there in asked]

    found: Ints = movable[where_kind((city, crowd.site[rows]), elsewhere)]
    return found


def _say_chain(chain: Sequence[Move]) -> str:
    """Say a chain of moves from its end, so that each step finds its place free."""
    steps = []
    for move in reversed(chain):
        start = f"从{say_session(move.start)}改到" if move.start else "安排到"
        steps.append(f"考生 {move.trainee_id} {start}{say_session(move.goal)}")
    return f"。例如：{'；'.join(steps)}" if steps else ""
