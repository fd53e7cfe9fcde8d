"""Rule 6: as many people on duty in each room, group and site as the rules ask.

A duty that vacancies.csv tells nobody could do is a breach only where somebody could: free then, fitting, and
with duties to spare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.facts import Facts
from scheduler.checker.on_duty.duties import EXAMINER, INVIGILATOR, PATROL, Duties, Duty
from scheduler.checker.on_duty.duty_persons import each_person, unfit
from scheduler.checker.on_duty.duty_ties import Present, may_not
from scheduler.checker.on_duty.duty_words import say_room
from scheduler.checker.on_duty.staff_ties import Ties
from scheduler.exam_words import ROLE_WORDS
from scheduler.problem import Session
from scheduler.schedule import Schedule

Post = tuple[str, Session, str]
"""Role, session, and room or group."""


def numbers(
    facts: Facts, schedule: Schedule, duties: Duties, ties: Ties, present: Present
) -> Iterator[Breach]:
    """Count who is on duty at each post that the schedule makes necessary."""
    there: dict[Post, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # by person, not by id
    for duty in duties.duties:
        person = ties.bodies.staff_of(duty.staff_id)[0]
        there[duty.role, duty.session, duty.room][person].add(duty.staff_id)
    for post, needed in _posts(facts, present):
        role, _, room = post
        count = len(there.get(post, ()))
        if count > needed and (room or role == PATROL):  # without numbers it may be several rooms
            yield _wrong("DUTY-TOO-MANY", post, f"应有 {needed} 名，派了 {count} 名")
        told = duties.vacancies.get(post, 0)
        if count + told < needed:
            same = _same(there.get(post, {}).values())
            yield _wrong("DUTY-SHORT", post, f"应有 {needed} 名，只派了 {count} 名{same}")
        elif count < needed:
            yield from _fillable(facts, schedule, duties, ties, present, post)


def _posts(facts: Facts, present: Present) -> Iterator[tuple[Post, int]]:
    rules = facts.problem.rules
    for session in present.sessions():
        for role, number in (
            (INVIGILATOR, rules.invigilators_per_room),
            (EXAMINER, rules.examiners_per_item),
        ):
            for room in sorted(present.rooms(role, session)):
                yield (role, session, room), number
        yield (PATROL, session, ""), rules.patrols_per_site


def _same(people: Iterable[set[str]]) -> str:
    """Say which ids at a post are one person; "" where none are."""
    told = [f"考务人员 {'、'.join(sorted(ids))} 是同一人" for ids in people if len(ids) > 1]
    return f"（{'，'.join(sorted(told))}）" if told else ""


def _wrong(code: str, post: Post, why: str, **subjects: str) -> Breach:
    role, session, room = post
    return session_breach(
        code,
        6,
        f"{say_session(session)}{say_room(role, room)}的{ROLE_WORDS[role]}{why}",
        session,
        role=role,
        room=room or None,
        **subjects,
    )


def _fillable(
    facts: Facts, schedule: Schedule, duties: Duties, ties: Ties, present: Present, post: Post
) -> Iterator[Breach]:
    """Find the first member of staff who could do what is told to be impossible."""
    role, session, room = post
    for staff_id in sorted(facts.problem.staff):
        ids = ties.bodies.staff_of(staff_id)
        own = [duty for duty in duties.duties if duty.staff_id in ids]
        most = [one.max_duties for name in ids if (one := facts.problem.staff[name]).max_duties is not None]
        if any((duty.session.day, duty.session.half) == (session.day, session.half) for duty in own):
            continue
        if most and len(own) >= min(most):  # of a person with several ids, the least number counts
            continue
        new = Duty(staff_id, role, session, room, 0)
        if (
            next(unfit(facts.problem.staff[staff_id], new, present), None) is None
            and next(each_person(facts, schedule, Duties((new,)), ties), None) is None
            and not may_not(facts, new, ties, present)
        ):
            why = f"写为无人可派，但考务人员 {staff_id} 可以担任"
            yield _wrong("VACANCY-FILLABLE", post, why, staff_id=staff_id)
            return
