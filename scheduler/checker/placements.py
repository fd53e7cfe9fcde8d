"""Rules 1, 2 and 3: every trainee once, in a session that may take them, within all limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.checker.breach import Breach, breach, say_session, say_time, session_breach
from scheduler.checker.crossing import crossing_faults, exceptions_are_named
from scheduler.checker.facts import Facts, in_time
from scheduler.checker.loads import Loads
from scheduler.problem import Half, Part, Session, Trainee
from scheduler.schedule import Schedule


def coverage(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Find trainees who are nowhere or in both lists, and ids that the batch does not have."""
    for trainee_id in sorted(facts.problem.trainees):
        placed, unplaced = trainee_id in schedule.placements, trainee_id in schedule.unplaced
        if not placed and not unplaced:
            yield breach(
                "TRAINEE-MISSING",
                1,
                f"考生 {trainee_id} 既没有安排考位，也不在未安排名单中",
                trainee_id=trainee_id,
            )
        elif placed and unplaced:
            where = say_session(schedule.placements[trainee_id].session)
            yield breach(
                "TRAINEE-BOTH",
                1,
                f"考生 {trainee_id} 已安排在{where}，却又列在未安排名单中",
                trainee_id=trainee_id,
            )
    for trainee_id in sorted({*schedule.placements, *schedule.unplaced} - facts.problem.trainees.keys()):
        name = "安排表" if trainee_id in schedule.placements else "未安排名单"
        yield breach(
            "TRAINEE-UNKNOWN",
            1,
            f"{name}中的考生 {trainee_id} 不在本批次考生之中",
            trainee_id=trainee_id,
        )


def placements(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Judge each placement by itself: the session, the dates, the item, the city, the owner."""
    named = exceptions_are_named(schedule)
    for trainee_id in sorted(schedule.placements):
        placement = schedule.placements[trainee_id]
        unknown = _unknown_session(facts, trainee_id, placement.session)
        if unknown is not None:
            yield unknown
            continue
        trainee = facts.problem.trainees.get(trainee_id)
        yield from _closed(facts, trainee_id, placement.session)
        if trainee is not None:
            yield from _outside_dates(trainee, placement.session)
            yield from _without_item(facts, trainee, placement.session)
            yield from crossing_faults(facts, trainee, placement, named=named)


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
    if facts.serves(session, trainee):
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


def limits(facts: Facts, loads: Loads) -> Iterator[Breach]:
    """Find sessions, items and days that hold more people than they may."""
    for session in sorted(loads.seats):
        seats, taken = facts.problem.seats[session], loads.seats[session]
        if taken > seats:
            yield session_breach(
                "SEATS-EXCEEDED",
                1,
                f"{say_session(session)}有 {seats} 个座位，安排了 {taken} 人",
                session,
            )
    for session, item in sorted(loads.places):
        # no places at all is told of each trainee, by name of the item
        places, taken = facts.problem.places_for(session, item) or 0, loads.places[session, item]
        if taken > places > 0:
            yield session_breach(
                "PLACES-EXCEEDED",
                1,
                f"{say_session(session)}项目“{item}”有 {places} 个工位，安排了 {taken} 人",
                session,
                item=item,
            )
    for site_id, day in sorted(loads.days):
        limit, taken = facts.problem.sites[site_id].day_limit, loads.days[site_id, day]
        if limit is not None and taken > limit:
            yield breach(
                "DAY-LIMIT-EXCEEDED",
                1,
                f"考点 {site_id} {day.isoformat()} 每日上限 {limit} 人次，上下午共安排了 {taken} 人次",
                site_id=site_id,
                date=day.isoformat(),
            )


def clashes(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Find persons who sit twice at one time, at whatever sites."""
    for registrations in facts.people.several():
        at: dict[tuple[str, Half], list[str]] = defaultdict(list)
        for trainee_id in registrations:
            if trainee_id in schedule.placements:
                session = schedule.placements[trainee_id].session
                at[session.day.isoformat(), session.half].append(trainee_id)
        for _, together in sorted(at.items()):
            for trainee_id in together[1:]:
                yield _clash(schedule, together[0], trainee_id)


def _clash(schedule: Schedule, one: str, other: str) -> Breach:
    first, second = schedule.placements[one].session, schedule.placements[other].session
    return session_breach(
        "TIME-CLASH",
        1,
        f"考生 {one} 与 {other} 是同一人，{say_time(second.day, second.half)}同时被安排在"
        f"考点 {first.site_id} 和考点 {second.site_id}",
        second,
        trainee_id=other,
        other_trainee_id=one,
    )
