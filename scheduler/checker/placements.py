"""Rules 1, 2 and 3: every trainee once, in a session that may take them, within all limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from scheduler.checker.breach import Breach, breach, say_session, say_time, session_breach, shown
from scheduler.checker.crossing import crossing_faults, crossing_suspects, exceptions_are_named
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds, where_kind
from scheduler.checker.loads import Loads
from scheduler.checker.shown_by import first_of_each
from scheduler.checker.standing import in_time
from scheduler.problem import Half, Part, Session, Trainee
from scheduler.schedule import Placement


def coverage(crowd: Crowd) -> Iterator[Breach]:
    """Find trainees who are nowhere or in both lists, and ids that the batch does not have."""
    told = crowd.schedule.unplaced
    wrong = crowd.in_order(np.flatnonzero(crowd.among(told) == (crowd.placement_of >= 0)))
    for trainee_id, placement in zip(
        crowd.trainees.frame["trainee_id"][wrong], crowd.placement_of[wrong], strict=True
    ):
        if placement < 0:
            yield breach(
                "TRAINEE-MISSING",
                1,
                f"考生 {trainee_id} 既没有安排考位，也不在未安排名单中",
                trainee_id=trainee_id,
            )
        else:
            where = say_session(crowd.sessions[crowd.placed["session"][placement]])
            yield breach(
                "TRAINEE-BOTH",
                1,
                f"考生 {trainee_id} 已安排在{where}，却又列在未安排名单中",
                trainee_id=trainee_id,
            )
    yield from _strangers(crowd)


def _strangers(crowd: Crowd) -> Iterator[Breach]:
    placed = set(crowd.placements.frame["trainee_id"].filter(pl.Series(crowd.trainee_of < 0)))
    told = crowd.schedule.unplaced
    known = crowd.trainees.frame["trainee_id"].filter(pl.Series(crowd.among(told)))
    for trainee_id in sorted(placed | told.keys() - set(known)):
        name = "安排表" if trainee_id in placed else "未安排名单"
        yield breach(
            "TRAINEE-UNKNOWN",
            1,
            f"{name}中的考生 {trainee_id} 不在本批次考生之中",
            trainee_id=trainee_id,
        )


def placements(crowd: Crowd) -> Iterator[Breach]:
    """Judge each placement by itself: the session, the dates, the item, the city, the owner."""
    facts, named = crowd.facts, exceptions_are_named(crowd.schedule)
    for trainee, placement in crowd.records(crowd.placed_in_order(_suspects(crowd, named=named))):
        trainee_id, session = placement.trainee_id, placement.session
        unknown = _unknown_session(facts, trainee_id, session)
        if unknown is not None:
            yield unknown
            continue
        yield from _closed(facts, trainee_id, session)
        if trainee is not None:
            yield from _outside_dates(trainee, session)
            yield from _without_item(facts, trainee, session)
            yield from crossing_faults(facts, trainee, placement, named=named)


def _suspects(crowd: Crowd, *, named: bool) -> Ints:
    """Give the placements of every kind of which one was found to break a rule."""
    facts = crowd.facts
    wrong = crowd.of_sessions(lambda one: not (facts.exists(one) and facts.is_open(one)), np.bool_)
    known = np.flatnonzero((crowd.sitting >= 0) & (crowd.trainee_of >= 0))
    for judge in (_of_wrong_dates, _of_missing_items):
        wrong[known] |= judge(crowd, known)
    wrong[known] |= crossing_suspects(crowd, known, named=named)
    return np.flatnonzero(wrong)


def _of_wrong_dates(crowd: Crowd, known: Ints) -> Mask:
    whose = crowd.trainee_of[known]
    day = crowd.of_sessions(lambda one: one.day.toordinal(), np.int64)[known]

    def outside(first: Ints) -> list[bool]:
        return [not in_time(one, placed.session) for one, placed in crowd.pairs(known[first])]

    return where_kind((crowd.people["earliest"][whose], crowd.people["latest"][whose], day), outside)


def _of_missing_items(crowd: Crowd, known: Ints) -> Mask:
    item, theory = (crowd.people[name][crowd.trainee_of[known]] for name in ("item", "theory"))
    kind, count = kinds((item, theory))
    able = np.zeros((count, len(crowd.facts.sessions)), np.bool_)
    for number, one in enumerate(first_rows(kind, count)):
        able[number] = crowd.facts.serving(crowd.texts["item"][item[one]], theory=bool(theory[one]))
    missing: Mask = ~able[kind, crowd.sitting[known]]
    return missing


def _unknown_session(facts: Facts, trainee_id: str, session: Session) -> Breach | None:
    if session.site_id not in facts.problem.sites:
        code, sentence = (
            "SITE-UNKNOWN",
            f"考生 {trainee_id} 被安排到考点 {session.site_id}，本批次没有这个考点",
        )
    elif session not in facts.problem.seats:
        code, sentence = (
            "SESSION-UNKNOWN",
            f"考生 {trainee_id} 被安排到{say_session(session)}，场次表中没有这一场",
        )
    else:
        return None
    return session_breach(code, 1, sentence, session, trainee_id=trainee_id)


def _closed(facts: Facts, trainee_id: str, session: Session) -> Iterator[Breach]:
    if not facts.is_open(session):
        yield session_breach(
            "SITE-SUSPENDED",
            1,
            f"考生 {trainee_id} 被安排到{say_session(session)}，该考点当日暂停使用",
            session,
            trainee_id=trainee_id,
        )


def _outside_dates(trainee: Trainee, session: Session) -> Iterator[Breach]:
    if in_time(trainee, session):
        return
    if trainee.earliest is not None and session.day < trainee.earliest:
        code, limit = "TOO-EARLY", f"早于最早日期 {trainee.earliest.isoformat()}"
    else:
        code, limit = "TOO-LATE", f"晚于最晚日期 {trainee.latest.isoformat() if trainee.latest else ''}"
    yield session_breach(
        code,
        1,
        f"考生 {trainee.trainee_id} 被安排到{say_session(session)}，{limit}",
        session,
        trainee_id=trainee.trainee_id,
    )


def _without_item(facts: Facts, trainee: Trainee, session: Session) -> Iterator[Breach]:
    if facts.serves(session, trainee.item, theory=trainee.part is Part.THEORY):
        return
    if trainee.part is Part.THEORY:
        code, why = "SITE-WITHOUT-ITEM", f"该考点没有列出项目“{trainee.item}”"
    else:
        code, why = "SESSION-WITHOUT-PLACES", f"该场没有项目“{trainee.item}”的工位"
    yield session_breach(
        code,
        1,
        f"考生 {trainee.trainee_id} 被安排到{say_session(session)}，{why}",
        session,
        trainee_id=trainee.trainee_id,
        item=trainee.item,
    )


def limits(crowd: Crowd, loads: Loads) -> Iterator[Breach]:
    """Find sessions, items and days that hold more people than they may."""
    facts, there = crowd.facts, np.flatnonzero(crowd.sitting >= 0)
    over = np.flatnonzero(loads.seats > facts.seats).tolist()
    few = first_of_each(crowd, there, crowd.sitting[there], over)
    for session, number in sorted((facts.sessions[one], one) for one in over):
        told = f"{say_session(session)}有 {facts.seats[number]} 个座位，安排了 {loads.seats[number]} 人"
        yield shown(session_breach("SEATS-EXCEEDED", 1, told, session), few[number])
    yield from _places_exceeded(crowd, loads)
    over = np.flatnonzero((facts.day_limits >= 0) & (loads.days > facts.day_limits)).tolist()
    few = first_of_each(crowd, there, facts.day_of[crowd.sitting[there]], over)
    for number in over:
        site_id, day = facts.days[number]
        limit, taken = facts.day_limits[number], loads.days[number]
        told = f"考点 {site_id} {day.isoformat()} 每日上限 {limit} 人次，上下午共安排了 {taken} 人次"
        about = {"site_id": site_id, "date": day.isoformat()}
        yield shown(breach("DAY-LIMIT-EXCEEDED", 1, told, **about), few[number])


def _places_exceeded(crowd: Crowd, loads: Loads) -> Iterator[Breach]:
    facts, over = crowd.facts, []
    for item in loads.items():
        places, taken = facts.places(item), loads.places(item)
        # no places at all is told of each trainee, by name of the item
        found = np.flatnonzero((taken > places) & (places > 0)).tolist()
        few = _at_places(crowd, item, found) if found else {}
        over += [(facts.sessions[one], item, places[one], taken[one], few[one]) for one in found]
    for session, item, places, taken, who in sorted(over, key=lambda one: one[:2]):
        told = f"{say_session(session)}项目“{item}”有 {places} 个工位，安排了 {taken} 人"
        yield shown(session_breach("PLACES-EXCEEDED", 1, told, session, item=item), who)


def _at_places(crowd: Crowd, item: str, sessions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Give the first few who take a place for an item, in each of some sessions."""
    asked = (crowd.people["theory"] == 0) & (crowd.people["item"] == crowd.texts["item"].index(item))
    there = np.flatnonzero((crowd.sitting >= 0) & np.append(asked, False)[crowd.trainee_of])
    return first_of_each(crowd, there, crowd.sitting[there], sessions)


def clashes(crowd: Crowd) -> Iterator[Breach]:
    """Find persons who sit twice at one time, at whatever sites."""
    for registrations in crowd.facts.people.several():
        at: dict[tuple[str, Half], list[str]] = defaultdict(list)
        for trainee_id in registrations:
            if trainee_id in crowd.several:
                session = crowd.several[trainee_id].session
                at[session.day.isoformat(), session.half].append(trainee_id)
        for _, together in sorted(at.items()):
            for trainee_id in together[1:]:
                yield _clash(crowd.several[together[0]], crowd.several[trainee_id])


def _clash(one: Placement, other: Placement) -> Breach:
    first, second = one.session, other.session
    return session_breach(
        "TIME-CLASH",
        1,
        f"考生 {one.trainee_id} 与 {other.trainee_id} 是同一人，{say_time(second.day, second.half)}同时被安排在"
        f"考点 {first.site_id} 和考点 {second.site_id}",
        second,
        trainee_id=other.trainee_id,
        other_trainee_id=one.trainee_id,
    )
