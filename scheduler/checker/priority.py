"""Rule 4: as many as possible have a place, and as many of them as possible at public sites.

What is proven
    That nobody more could be placed, and nobody more moved to a public or authority site of the
    own city, where no person has several registrations (and, for public sites, no item may leave
    its city): the search for a chain of moves is then a maximum flow and misses nothing.
What is not
    Persons with several registrations are not moved once they sit, so a better schedule that
    needs it is not found. Nor is one that trades the public place of somebody from elsewhere. Of
    the later aims of rule 4 (even chances, little travel and waiting), only ``chances`` judges any.
    No breach is ever given that is not one: each says what could be done with the schedule as it
    stands, with no limit kept now being broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.checker.breach import Breach, breach, say_session, session_breach
from scheduler.checker.facts import Facts
from scheduler.checker.loads import Loads, time_of, times_taken
from scheduler.checker.rearranging import Move, Rearranging
from scheduler.problem import Session, Trainee
from scheduler.schedule import Schedule

Choices = Callable[[Trainee], tuple[Session, ...]]


def unplaced_with_room(facts: Facts, schedule: Schedule, loads: Loads) -> Iterator[Breach]:
    """Find trainees without a place though one that they may use is free."""
    free = _FreePlaces(facts, schedule, loads, facts.allowed)
    for trainee_id in _waiting(facts, schedule):
        session = free.first(facts.problem.trainees[trainee_id])
        if session is not None:
            yield session_breach(
                "FREE-PLACE-UNUSED",
                4,
                f"考生 {trainee_id} 没有安排，而{say_session(session)}尚有可用考位",
                session,
                trainee_id=trainee_id,
            )


def more_possible(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Find whether more trainees could be placed by moving others."""
    waiting = _waiting(facts, schedule)
    more, chain = _by_moving(facts, schedule, waiting, facts.allowed)
    if more:
        yield breach(
            "MORE-POSSIBLE",
            4,
            f"除直接可用的空位外，调整其他考生的场次，还可以多安排 {more} 名考生{_say_chain(chain)}",
            count=more,
        )


def public_with_room(facts: Facts, schedule: Schedule, loads: Loads) -> Iterator[Breach]:
    """Find trainees who sit elsewhere while a public place that they may use stays empty."""
    free = _FreePlaces(facts, schedule, loads, facts.allowed_public)
    for trainee_id in _elsewhere(facts, schedule):
        session = free.first(facts.problem.trainees[trainee_id])
        if session is not None:
            now = schedule.placements[trainee_id].session
            yield session_breach(
                "PUBLIC-PLACE-UNUSED",
                4,
                f"考生 {trainee_id} 被安排到{say_session(now)}，"
                f"而本市公共考点优先，{say_session(session)}尚有可用考位",
                session,
                trainee_id=trainee_id,
                placed_site_id=now.site_id,
            )


def more_public_possible(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Find whether more trainees could sit at public sites of their city by moving others."""
    waiting = _elsewhere(facts, schedule)
    more, chain = _by_moving(facts, schedule, waiting, facts.allowed_public)
    if more:
        yield breach(
            "MORE-PUBLIC-POSSIBLE",
            4,
            f"除直接可用的空位外，调整其他考生的场次，还可以让 {more} 名考生改在本市公共考点考试{_say_chain(chain)}",
            count=more,
        )


class _FreePlaces:
    """Free places among what a trainee may choose, worked out once for trainees who are alike."""

    def __init__(self, facts: Facts, schedule: Schedule, loads: Loads, choices: Choices) -> None:
        self._facts, self._schedule, self._loads, self._choices = facts, schedule, loads, choices
        self._known: dict[tuple[str, str, int], list[Session]] = {}

    def first(self, trainee: Trainee) -> Session | None:
        """Give the first free session at a time at which the person does not sit yet."""
        choices = self._choices(trainee)
        key = (trainee.item, trainee.part, id(choices))  # equal choices are one object
        if key not in self._known:
            self._known[key] = [one for one in choices if self._loads.has_room(one, trainee)]
        if not self._known[key]:
            return None
        taken = times_taken(self._facts, self._schedule, trainee.trainee_id)
        return next((one for one in self._known[key] if time_of(one) not in taken), None)


def _by_moving(
    facts: Facts,
    schedule: Schedule,
    waiting: list[str],
    choices: Choices,
) -> tuple[int, list[Move]]:
    """Give how many more are possible beyond the free places, and an example of a chain.

    An example is only given where nobody fits without moving: with free places left, the chain
    would begin after they are filled, and nobody could follow it on the schedule as it is.
    """
    if not waiting:
        return 0, []
    if not _anything_free(facts, schedule, choices):
        return 0, []
    search = Rearranging(facts, schedule, waiting, choices)
    free = search.without_moving()
    more = search.with_moving()
    chain = Rearranging(facts, schedule, waiting, choices).chain() if more and not free else []
    return more, chain


def _anything_free(facts: Facts, schedule: Schedule, choices: Choices) -> bool:
    """Say whether any session that anybody may choose takes more people; else a chain has no end."""
    chosen = {id(found): found for one in facts.problem.trainees.values() if (found := choices(one))}
    loads = Loads(facts, schedule)
    return any(loads.takes_more(session) for session in {s for found in chosen.values() for s in found})


def _waiting(facts: Facts, schedule: Schedule) -> list[str]:
    return [one for one in sorted(facts.problem.trainees) if one not in schedule.placements]


def _elsewhere(facts: Facts, schedule: Schedule) -> list[str]:
    """Give who sits anywhere but at a public or authority site of the own city."""
    return [
        trainee_id
        for trainee_id, trainee in sorted(facts.problem.trainees.items())
        if trainee_id in schedule.placements
        and trainee_id not in facts.fixed
        and (site_id := schedule.placements[trainee_id].session.site_id) in facts.problem.sites
        and not facts.is_public_here(trainee, site_id)
    ]


def _say_chain(chain: list[Move]) -> str:
    """Say a chain of moves from its end, so that each step finds its place free."""
    steps = []
    for move in reversed(chain):
        start = f"从{say_session(move.start)}改到" if move.start else "安排到"
        steps.append(f"考生 {move.trainee_id} {start}{say_session(move.goal)}")
    return f"。例如：{'；'.join(steps)}" if steps else ""
