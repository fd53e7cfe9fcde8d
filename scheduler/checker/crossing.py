"""Rules 2 and 3 of one placement: own and connected sites, other cities, and the exceptions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.kinds import Ints, Mask, where_kind
from scheduler.checker.placed import Placements
from scheduler.checker.standing import CROSS_CITY, IN_SCHOOL, SOLE_SITE
from scheduler.checker.ties import Tie
from scheduler.problem import Session, Trainee
from scheduler.schedule import Placement, Schedule

_WORDS = {SOLE_SITE: "唯一考点", IN_SCHOOL: "在校学生在本校", CROSS_CITY: "跨市"}


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


def crossing_suspects(crowd: Crowd, known: Ints, *, named: bool) -> Mask:
    """Say of some placements whether one of their kind was found to break rule 2 or 3.

    They are at sessions that exist, of trainees of the batch. An institution and a school matter only where
    there is a tie, an item there and away from the own city.
    """
    facts, whose = crowd.facts, crowd.trainee_of[known]
    reach, school, item, city = (crowd.people[name][whose] for name in ("reach", "school", "item", "city"))
    site, written = crowd.site[known], crowd.placed["exceptions"][known]
    period = crowd.of_sessions(lambda one: facts.ties.period(one.day), np.int64)[known]

    def tied(first: Ints) -> list[bool]:
        return [
            facts.ties.tie(one.institution_id, placed.session.site_id, placed.session.day) is not None
            for one, placed in crowd.pairs(known[first])
        ]

    def away(first: Ints) -> list[bool]:
        pairs = crowd.pairs(known[first])
        return [facts.own_city(one, placed.session.site_id) is not True for one, placed in pairs]

    def wrong(first: Ints) -> list[bool]:
        return [any(crossing_faults(facts, *pair, named=named)) for pair in crowd.pairs(known[first])]

    tie, far = where_kind((reach, site, period), tied), where_kind((city, site), away)
    mattering = np.where(tie, reach, 0), np.where(tie, school, 0), np.where(tie | far, item, -1)
    return where_kind((*mattering, city, site, period, written), wrong)


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
    choice = " 或 ".join(f"{name}（{_WORDS[name]}）" for name in names)
    return session_breach(
        "EXCEPTION-UNNAMED",
        rule,
        f"考生 {trainee.trainee_id} 在{say_session(session)}的安排要用例外 {choice}，但没有写明",
        session,
        trainee_id=trainee.trainee_id,
        exception=";".join(names),
    )


def _false(trainee: Trainee, session: Session, name: str, *, needed: bool) -> Breach:
    start = f"考生 {trainee.trainee_id} 在{say_session(session)}的安排"
    if name not in _WORDS:
        # what stands in the cell may be anything, a person's name too: it is not repeated
        return session_breach(
            "EXCEPTION-UNKNOWN",
            2,
            f"{start}写了不认识的例外，可用的有：{'、'.join(_WORDS)}",
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
        f"{start}写了例外 {name}（{_WORDS[name]}），{why}",
        session,
        trainee_id=trainee.trainee_id,
        exception=name,
    )
