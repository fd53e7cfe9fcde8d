"""Rule 5 with candidates and owners: whom a member of staff may not meet, and where they may not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from scheduler.checker.breach import Breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.kinds import Ints
from scheduler.checker.on_duty.duties import EXAMINER, INVIGILATOR, PATROL, Duties, Duty
from scheduler.checker.on_duty.duty_words import duty_breach, in_order
from scheduler.checker.on_duty.staff_ties import Ties
from scheduler.problem import Part, Session
from scheduler.schedule import Schedule

_PERSONAL = {"taught": ("STAFF-TAUGHT", "教过"), "relative": ("STAFF-RELATIVE", "的亲属是")}


class Present:
    """Who sits where: by session, room and group.

    Somebody of whom no room (or group) is written may be in any of the session's, so counts in each.
    People are told by number, in the order of their ids.

    Attributes
    ----------
    trainee_ids, institutions, items_of
        the id of each, and institution and item; "" where the batch does not know the id.
    """

    def __init__(self, facts: Facts, schedule: Schedule, duties: Duties) -> None:
        crowd = Crowd(facts, schedule)
        rows = crowd.placed_in_order(np.arange(len(crowd.placements)))
        self.trainee_ids: list[str] = crowd.placements.frame["trainee_id"][rows].to_list()
        self.institutions = crowd.texts_of("institution_id", rows)
        self.items_of = crowd.texts_of("item", rows)
        parts = crowd.texts_of("part", rows)
        self._sessions: dict[Session, list[int]] = {}
        self._rooms: dict[tuple[str, Session], dict[str, list[int]]] = {}
        for session, people in _by_session(crowd, rows):
            self._sessions[session] = people
            for role, not_there, numbers in (
                (INVIGILATOR, Part.PRACTICAL, duties.rooms),
                (EXAMINER, Part.THEORY, duties.groups),
            ):
                rooms = defaultdict(list)
                for one in people:
                    if parts[one] != not_there:
                        rooms[numbers.get(self.trainee_ids[one], "")].append(one)
                self._rooms[role, session] = rooms

    def sessions(self) -> list[Session]:
        """Give the sessions with people."""
        return sorted(self._sessions)

    def in_session(self, session: Session) -> list[int]:
        """Give everybody in a session."""
        return self._sessions.get(session, [])

    def rooms(self, role: str, session: Session) -> Mapping[str, list[int]]:
        """Give who is written in which room (or group, for an examiner) of a session."""
        return self._rooms.get((role, session), {})

    def numbers(self, duty: Duty) -> set[str]:
        """Give the rooms or groups that a duty may name; none need be named where none is written at all."""
        return set(self.rooms(duty.role, duty.session))

    def met(self, duty: Duty) -> list[int]:
        """Give the candidates whom somebody on a duty meets: of a patrol and without a room, all."""
        if duty.role == PATROL:
            return self.in_session(duty.session)
        rooms = self.rooms(duty.role, duty.session)
        if not duty.room:
            return [name for listed in rooms.values() for name in listed]
        return [*rooms.get(duty.room, ()), *rooms.get("", ())]

    def items(self, duty: Duty) -> set[str]:
        """Give the items examined in the group of a duty."""
        listed = self.rooms(duty.role, duty.session).get(duty.room, ())
        return {self.items_of[one] for one in listed} - {""}


def _by_session(crowd: Crowd, rows: Ints) -> Iterator[tuple[Session, list[int]]]:
    """Give the sessions with people, and the places among some placements of those who sit there."""
    number = crowd.placed["session"][rows]
    order = np.argsort(number, kind="stable")
    held, first = np.unique(number[order], return_index=True)
    for session, start, end in zip(held, first, [*first[1:], len(order)], strict=False):
        yield crowd.sessions[session], order[start:end].tolist()


def conflicts(facts: Facts, duties: Duties, ties: Ties, present: Present) -> Iterator[Breach]:
    """Find duties that a tie forbids."""
    for duty in in_order(duties):
        if duty.staff_id in facts.problem.staff:
            yield from _trains(facts, duty, ties)
            yield from _owner(facts, duty, ties)
            yield from _candidates(facts, duty, ties, present)


def may_not(facts: Facts, duty: Duty, ties: Ties, present: Present) -> bool:
    """Say whether any tie forbids a duty."""
    return next(
        (
            True
            for found in (
                _trains(facts, duty, ties), _owner(facts, duty, ties), _candidates(facts, duty, ties, present)
            )
            for _ in found
        ),
        False,
    )  # fmt: skip


def _trains(facts: Facts, duty: Duty, ties: Ties) -> Iterator[Breach]:
    if facts.problem.rules.training_staff != "never":
        return
    day = duty.session.day
    for organisation in sorted(ties.employers(duty.staff_id, day) | ties.taught_at(duty.staff_id, day)):
        known = facts.problem.institutions.get(organisation)
        if known is not None and known.kind == "training":
            why = f"而此人是培训机构 {organisation} 的人员，本市规则不许其参与考务"
            yield duty_breach("STAFF-OF-TRAINING", 5, why, duty, institution_id=organisation)
            return


def _owner(facts: Facts, duty: Duty, ties: Ties) -> Iterator[Breach]:
    site_id, day = duty.session.site_id, duty.session.day
    if site_id not in facts.problem.sites:
        return
    employers = ties.employers(duty.staff_id, day)
    for owner in facts.ties.owners(site_id, day):
        employer = ties.connected(employers, owner, day)
        if employer:
            tied = "" if employer == owner else f"（与所有者 {owner} 有控制关系）"
            why = f"而考点属于其工作单位 {employer}{tied}"
            yield duty_breach("STAFF-SITE-OWNER", 5, why, duty, owner_id=owner)
            return


def _candidates(facts: Facts, duty: Duty, ties: Ties, present: Present) -> Iterator[Breach]:
    """Find forbidden candidates; of one institution the first candidate is told."""
    day = duty.session.day
    organisations = (
        ties.employers(duty.staff_id, day)
        | ties.taught_at(duty.staff_id, day)
        | ties.left(duty.staff_id, day)
    )
    persons = ties.candidates(duty.staff_id, day)
    seen: set[str] = set()
    for one in present.met(duty):
        trainee_id, institution = present.trainee_ids[one], present.institutions[one]
        for tie in persons.get(trainee_id, ()):
            code, why = _PERSONAL[tie]
            yield duty_breach(code, 5, f"而此人{why}当场考生 {trainee_id}", duty, trainee_id=trainee_id)
        if not institution or institution in seen:
            continue
        seen.add(institution)
        tied = ties.connected(organisations, institution, day)
        if tied:
            how = "" if tied == institution else f"（与 {tied} 有控制关系）"
            told = f"而此人与当场考生 {trainee_id} 的培训机构 {institution} 有关联{how}"
            yield duty_breach("STAFF-TIED", 5, told, duty, trainee_id=trainee_id, institution_id=institution)
