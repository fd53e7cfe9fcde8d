"""Rules 2 and 3 of one placement: own and connected sites, other cities, and the exceptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.kinds import Ints, Mask, by_kind, where_kind
from scheduler.checker.schedule.placed import Placements
from scheduler.checker.standing import CROSS_CITY, IN_SCHOOL, SOLE_SITE
from scheduler.checker.ties import Tie
from scheduler.exam_words import EXCEPTIONS
from scheduler.problem import Session, Trainee
from scheduler.schedule import Placement, Schedule

_OWN = {None: 0, True: 1, False: 2}  # the own city; None where the facts do not tell
UNNAMED = "EXCEPTION-UNNAMED"


class NamingSchedule(Schedule):
    """A schedule whose file has an exception column, so that a missing name is a breach.

    A schedule made by hand without the column is a plain ``Schedule`` and is not blamed for it.
    """

    def __eq__(self, other: object) -> bool:
        """Compare as a schedule: the column alone makes no other schedule."""
        return (
            isinstance(other, Schedule)
            and self.placements == other.placements
            and self.unplaced == other.unplaced
        )

    __hash__ = Schedule.__hash__


def exceptions_are_named(schedule: Schedule) -> bool:
    """Say whether a schedule names exceptions, so that a missing name counts.

    It does where its file had the column, where anybody has one, and where chances are given: a
    schedule with chances was drawn by a program that owes the names.
    """
    if isinstance(schedule, NamingSchedule):
        return True
    placed = Placements.of(schedule.placements)
    written = (placed.stand_for.exceptions[one] for one in placed.frame["exceptions"].unique())
    return any(written) or placed.frame["chance"].is_not_null().any()


def needing_names(crowd: Crowd) -> int:
    """Count those who sit where an exception is needed, and for whom none is named."""
    known = np.flatnonzero((crowd.sitting >= 0) & (crowd.trainee_of >= 0))
    suspects = known[crossing_suspects(crowd, known, named=True)]
    faults = (crossing_faults(crowd.facts, *pair, named=True) for pair in crowd.pairs(suspects))
    return sum(any(fault.code == UNNAMED for fault in one) for one in faults)


def crossing_suspects(crowd: Crowd, known: Ints, *, named: bool) -> Mask:
    """Say of some placements whether one of their kind was found to break rule 2 or 3.

    They are at sessions that exist, of trainees of the batch.
    """
    tie = _has_tie(crowd, known)
    found = np.zeros(len(known), np.bool_)
    found[tie] = _wrong(crowd, known[tie], _kinds_tied, named=named)
    found[~tie] = _wrong(crowd, known[~tie], _kinds_untied, named=named)
    return found


def _wrong(crowd: Crowd, rows: Ints, columns: Callable[[Crowd, Ints], list[Ints]], *, named: bool) -> Mask:
    def wrong(first: Ints) -> list[bool]:
        return [any(crossing_faults(crowd.facts, *pair, named=named)) for pair in crowd.pairs(rows[first])]

    return where_kind(columns(crowd, rows), wrong)


def _has_tie(crowd: Crowd, known: Ints) -> Mask:
    """Say of some placements whether the trainee's institution has a tie with the site on the day."""
    facts, reach = crowd.facts, crowd.people["reach"][crowd.trainee_of[known]]

    def tied(first: Ints) -> list[bool]:
        asked = zip(reach[first].tolist(), crowd.sessions_at(known[first]), strict=True)
        return [there.site_id in facts.tied_sites(one, there.day) for one, there in asked]

    return where_kind((reach, crowd.site[known], _period(crowd, known)), tied)


def _period(crowd: Crowd, known: Ints) -> Ints:
    found: Ints = crowd.of_sessions(lambda one: crowd.facts.ties.period(one.day), np.int64)[known]
    return found


def _kinds_tied(crowd: Crowd, rows: Ints) -> list[Ints]:
    """Give what matters where there is a tie: nearly everything, for the exceptions."""
    people = [crowd.people[name][crowd.trainee_of[rows]] for name in ("reach", "school", "item", "city")]
    return [*people, crowd.site[rows], _period(crowd, rows), crowd.placed["exceptions"][rows]]


def _kinds_untied(crowd: Crowd, rows: Ints) -> list[Ints]:
    """Give what matters where there is no tie: whether it is the own city, and which items may leave it."""
    facts, whose = crowd.facts, crowd.trainee_of[rows]
    city, cities = crowd.people["city"][whose], crowd.texts["city"]

    def own(first: Ints) -> list[int]:
        asked = zip(city[first].tolist(), crowd.sessions_at(rows[first]), strict=True)
        return [_OWN[facts.in_city(cities[here], there.site_id)] for here, there in asked]

    item, written = crowd.people["item"][whose], crowd.placed["exceptions"][rows]
    return [by_kind((city, crowd.site[rows]), own), item, written]


def crossing_faults(facts: Facts, trainee: Trainee, placement: Placement, *, named: bool) -> Iterator[Breach]:
    """Judge a placement at a known session by rules 2 and 3.

    Of several exceptions that are true, one named is enough. ``named`` says whether the schedule
    names exceptions at all.
    """
    session, written = placement.session, set(placement.exceptions)
    tie = facts.ties.tie(trainee.institution_id, session.site_id, session.day)
    valid = set(facts.exempt(trainee, session)) if tie is not None else set()
    own = facts.own_city(trainee, session.site_id)
    far = own is not True and facts.may_leave_city(trainee)
    if tie is not None and not valid:
        yield _tied(trainee, session, tie)
    elif tie is not None and named and not written & valid:
        yield _unnamed(2, trainee, session, sorted(valid))
    if own is not True and not far:
        yield _away(facts, trainee, session, known=own is not None)
    elif far and own is False and named and CROSS_CITY not in written:
        yield _unnamed(3, trainee, session, [CROSS_CITY])
    for name in sorted(written - valid - ({CROSS_CITY} if far else set())):
        yield _false(trainee, session, name, needed=tie is not None)


def _tied(trainee: Trainee, session: Session, tie: Tie) -> Breach:
    institution, where = trainee.institution_id, say_session(session)
    if tie.owner == institution:
        code, why = "OWN-SITE", f"该考点属于其培训机构 {institution}"
    elif tie.common in (tie.owner, institution):
        code, why = "CONNECTED-SITE", f"其培训机构 {institution} 与考点所有者 {tie.owner} 有控制关系"
    else:
        code = "CONNECTED-SITE"
        why = f"其培训机构 {institution} 与考点所有者 {tie.owner} 同受机构 {tie.common} 控制"
    return session_breach(
        code,
        2,
        f"考生 {trainee.trainee_id} 被安排到{where}，{why}，且没有可用的例外",
        session,
        trainee_id=trainee.trainee_id,
        institution_id=institution,
        owner_id=tie.owner,
    )


def _away(facts: Facts, trainee: Trainee, session: Session, *, known: bool) -> Breach:
    here, there = facts.city_of_trainee(trainee), facts.city_of_site(session.site_id)
    code = "OTHER-CITY" if known else "CITY-UNKNOWN"
    why = (
        f"考点在 {there}，考生在 {here}，而项目“{trainee.item}”不在跨市项目之列"
        if known
        else f"{'考点' if here else '考生'}所在城市不明，无法认定在本市考试"
    )
    return session_breach(
        code,
        3,
        f"考生 {trainee.trainee_id} 被安排到{say_session(session)}，{why}",
        session,
        trainee_id=trainee.trainee_id,
        item=trainee.item,
    )


def _unnamed(rule: int, trainee: Trainee, session: Session, names: list[str]) -> Breach:
    choice = " 或 ".join(f"{name}（{EXCEPTIONS[name]}）" for name in names)
    return session_breach(
        UNNAMED,
        rule,
        f"考生 {trainee.trainee_id} 在{say_session(session)}的安排要用例外 {choice}，但没有写明",
        session,
        trainee_id=trainee.trainee_id,
        exception=";".join(names),
    )


def _false(trainee: Trainee, session: Session, name: str, *, needed: bool) -> Breach:
    start = f"考生 {trainee.trainee_id} 在{say_session(session)}的安排"
    if name not in EXCEPTIONS:
        # what stands in the cell may be anything, a person's name too: it is not repeated
        return session_breach(
            "EXCEPTION-UNKNOWN",
            2,
            f"{start}写了不认识的例外，可用的有：{'、'.join(EXCEPTIONS)}",
            session,
            trainee_id=trainee.trainee_id,
        )
    rule = 3 if name == CROSS_CITY else 2
    why = {
        SOLE_SITE: "但该项目在考生所在城市并非只有这一个考点",
        IN_SCHOOL: "但考生不是该考点所属学校的学生",
        CROSS_CITY: "但这一安排不属于获准的跨市考试",
    }[name]
    if rule == 2 and not needed:
        why = "但考点与其培训机构无关，不需要这一例外"
    return session_breach(
        "EXCEPTION-FALSE",
        rule,
        f"{start}写了例外 {name}（{EXCEPTIONS[name]}），{why}",
        session,
        trainee_id=trainee.trainee_id,
        exception=name,
    )
