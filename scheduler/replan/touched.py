"""Who is touched by changed facts, and why: everybody else stays where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from scheduler.eligibility import Eligibility
from scheduler.problem import Part, Problem, Session, Trainee
from scheduler.replan.chain.from_parent_touched import ROWS, RULE_WORDS, WORDS, with_stated
from scheduler.replan.chain.parent import Parent
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.replan.changes import reasons
from scheduler.replan.changes.table import Changes
from scheduler.replan.leaving import Limits, Staying, leavers
from scheduler.schedule import Placement
from scheduler.session_rules import NO_PLACES, Refusal
from scheduler.several.persons import same_persons


class Touch(NamedTuple):
    """Why somebody is touched: a word of the specification, and words for a reader."""

    kind: Kind
    reason: str


@dataclass(frozen=True)
class Sorted:
    """Everybody before the change and after: kept, or touched for a reason.

    ``clashes`` are registrations of one person that sit at one time, ``impossible`` sessions that a person
    cannot come to, whatever the rules say; this lasts for all later changes.
    """

    kept: Mapping[str, Placement]
    touched: Mapping[str, Touch]
    clashes: tuple[tuple[str, ...], ...]
    limits: Limits
    impossible: Mapping[str, tuple[Session, ...]]


def sort_out(parent: Parent, changes: Changes, eligibility: Eligibility, key: bytes) -> Sorted:
    """Say of everybody whether they are touched.

    Parameters
    ----------
    key
        the key of the tickets by which people leave what has become too small.
    """
    problem = changes.problem
    touched: dict[str, Touch] = {}
    stay: dict[str, Placement] = {}
    before = {
        name: (group["item"], group["part"]) for group in parent.plan["groups"] for name in group["trainees"]
    }
    for name, placement in sorted(parent.placements.items()):
        one = problem.trainees.get(name)
        kind = _plainly(one, before[name], placement, changes)
        if one is None or kind is not None:
            plain = kind or Kind.WITHDRAWN
            touched[name] = Touch(plain, _told(plain, changes, name, placement.session))
            continue
        allowed = eligibility.of(one).allowed
        if placement.session in allowed:
            stay[name] = replace(placement, exceptions=allowed[placement.session])
        else:
            why, stated = _why_not(eligibility, one, placement.session, changes)
            touched[name] = Touch(Kind.RULE, with_stated(f"{RULE_WORDS}{why}", stated))
    for name in problem.trainees.keys() - parent.placements.keys():
        kind = Kind.WAITING if name in parent.unplaced else Kind.ADDED
        touched[name] = Touch(kind, _told(kind, changes, name, None))
    clashes = _clashes(problem, stay)
    limits = _limits(problem, stay)
    leaving = leavers(_staying(problem, stay), limits, clashes, key)
    left = {name: stay.pop(name) for name in leaving}
    full = reasons.Full(_staying(problem, stay), limits)
    for leaver in _staying(problem, left):
        kind = leaving[leaver.trainee_id]
        kinds = full.of(leaver) if kind == Kind.LIMIT else ()
        stated = reasons.stated(changes.rows, kinds, leaver.session, leaver.item)
        touched[leaver.trainee_id] = Touch(kind, with_stated(WORDS[kind], stated))
    return Sorted(stay, touched, clashes, limits, _impossible(parent, changes))


def _plainly(
    one: Trainee | None, before: tuple[str, str], placement: Placement, changes: Changes
) -> Kind | None:
    """Give the kind of touch that can be seen without rules."""
    if one is None:
        return Kind.WITHDRAWN
    if one.trainee_id in changes.moved:
        return Kind.MOVED
    if (one.item, str(one.part)) != before:
        return Kind.FACTS
    return None if placement.session in changes.problem.seats else Kind.GONE


def _told(kind: Kind, changes: Changes, name: str, session: Session | None) -> str:
    if kind == Kind.GONE and session is not None:
        return with_stated(WORDS[kind], changes.lost.get(session, ""))
    return with_stated(WORDS[kind], changes.reason((ROWS.get(kind, ""),), name))


def _why_not(eligibility: Eligibility, one: Trainee, session: Session, changes: Changes) -> tuple[str, str]:
    """Say why rules do not allow a session any more, and the reason stated for the change that did it."""
    judged = eligibility.rules.judge(one, session, eligibility.problem.city_of_district(one.district))
    if isinstance(judged, Refusal):
        kinds = (reasons.PLACES,) if judged is NO_PLACES else ()
        return judged.reason, reasons.stated(changes.rows, kinds, session, one.item)
    stated = changes.reason(("trainee_dates",), one.trainee_id)
    if one.earliest and session.day < one.earliest:
        return f"早于最早日期 {one.earliest}", stated
    return f"晚于最晚日期 {one.latest}", stated


def _clashes(problem: Problem, stay: Mapping[str, Placement]) -> tuple[tuple[str, ...], ...]:
    """Give registrations of one person that sit at one time."""
    found = []
    for names in same_persons(problem):
        times: dict[object, list[str]] = defaultdict(list)
        for name in names:
            if name in stay:
                times[stay[name].session[1:]].append(name)
        found += [tuple(listed) for listed in times.values() if len(listed) > 1]
    return tuple(sorted(found))


def _limits(problem: Problem, stay: Mapping[str, Placement]) -> Limits:
    sessions = {one.session for one in stay.values()}
    places = {
        (one.session, item): problem.places_for(one.session, item) or 0
        for name, one in stay.items()
        if (item := _item(problem, name))
    }
    return Limits(
        {session: problem.seats[session] for session in sessions},
        places,
        {session.site_id: problem.sites[session.site_id].day_limit for session in sessions},
    )


def _item(problem: Problem, name: str) -> str:
    """Give the item whose place somebody takes; "" for theory alone."""
    one = problem.trainees[name]
    return "" if one.part is Part.THEORY else one.item


def _staying(problem: Problem, stay: Mapping[str, Placement]) -> Iterable[Staying]:
    return [Staying(name, one.session, _item(problem, name)) for name, one in stay.items()]


def _impossible(parent: Parent, changes: Changes) -> dict[str, tuple[Session, ...]]:
    """Give what was impossible before and what is now, of those who are still registered."""
    found: dict[str, set[Session]] = defaultdict(set)
    for entry in parent.plan.get("change", {}).get("impossible", ()):
        found[entry["trainee_id"]].add(Session.of(entry))
    for name in changes.moved:
        found[name].add(parent.placements[name].session)
    return {name: tuple(sorted(found[name])) for name in sorted(found) if name in changes.problem.trainees}
