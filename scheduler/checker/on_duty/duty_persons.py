"""Rule 5 without candidates: known, skilled, licensed, free, not too often, never in two places."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from scheduler.checker.breach import Breach, breach, say_session, say_time
from scheduler.checker.facts import Facts
from scheduler.checker.on_duty.duties import EXAMINER, PATROL, Duties, Duty
from scheduler.checker.on_duty.duty_ties import Present
from scheduler.checker.on_duty.duty_words import duty_breach, in_order, say_room
from scheduler.checker.on_duty.staff_ties import Ties
from scheduler.exam_words import ROLE_WORDS
from scheduler.problem import Half, Staff
from scheduler.schedule import Schedule


def each_duty(facts: Facts, duties: Duties, present: Present) -> Iterator[Breach]:
    """Judge each duty by itself."""
    for duty in in_order(duties):
        unknown = _unknown(facts, duty, present)
        if unknown is not None:
            yield unknown
        one = facts.problem.staff.get(duty.staff_id)
        if one is None:
            yield duty_breach("STAFF-UNKNOWN", 5, "本批次考务人员中没有这个人", duty)
        else:
            yield from unfit(one, duty, present)


def _unknown(facts: Facts, duty: Duty, present: Present) -> Breach | None:
    """Find a duty where nothing is held."""
    if duty.session.site_id not in facts.problem.sites:
        return duty_breach("DUTY-SITE-UNKNOWN", 5, "本批次没有这个考点", duty)
    if duty.session not in facts.problem.seats:
        return duty_breach("DUTY-SESSION-UNKNOWN", 5, "场次表中没有这一场", duty)
    if not present.in_session(duty.session):
        return duty_breach("DUTY-WITHOUT-PEOPLE", 6, "这一场没有考生", duty)
    if duty.role == PATROL:
        wrong = "巡考员不属于某一考场" if duty.room else ""
    else:
        wrong = "" if duty.room in present.numbers(duty) else "安排表中没有这个考场或组"
    return duty_breach("DUTY-ROOM-UNKNOWN", 6, wrong, duty) if wrong else None


def unfit(one: Staff, duty: Duty, present: Present) -> Iterator[Breach]:
    """Hold role, item, licence and leave against a duty."""
    if duty.role not in one.roles:
        yield duty_breach("STAFF-ROLE", 5, "此人没有这个角色", duty)
    if duty.role == EXAMINER:
        items = present.items(duty)
        missing = items - set(one.items)
        if not duty.room and missing != items:
            missing = set()  # without a group's number it may be any of them
        for item in sorted(missing):
            yield duty_breach("STAFF-ITEM", 5, f"此人的考评项目没有“{item}”", duty, item=item)
    for code, what, end in (
        ("STAFF-LICENCE", "证件", one.licence_to),
        ("STAFF-AGREEMENT", "签订的责任书（承诺书）", one.agreement_to),
        ("STAFF-TRAINING", "年度培训", one.trained_to),
    ):
        if end is not None and end < duty.session.day:
            yield duty_breach(code, 5, f"其{what}有效期至 {end.isoformat()}，已过期", duty)


def each_person(facts: Facts, schedule: Schedule, duties: Duties, ties: Ties) -> Iterator[Breach]:
    """Judge the duties of a person together: overlaps, leave, own exams, and how many they are."""
    known = [duty for duty in in_order(duties) if duty.staff_id in facts.problem.staff]
    of: dict[str, list[Duty]] = defaultdict(list)
    for duty in known:
        of[ties.bodies.staff_of(duty.staff_id)[0]].append(duty)
    for _, listed in sorted(of.items()):
        yield from _overlaps(listed)
        yield from _on_leave(facts, listed, ties)
        yield from _sitting(schedule, listed, ties)
    for _, listed in sorted(of.items()):
        yield from _too_many(facts, listed, ties)


def _too_many(facts: Facts, listed: Sequence[Duty], ties: Ties) -> Iterator[Breach]:
    """Find a person with more duties than may be; of one with several ids, the least number counts for all of them."""
    ids = ties.bodies.staff_of(listed[0].staff_id)
    stated = [one.max_duties for name in ids if (one := facts.problem.staff[name]).max_duties is not None]
    if not stated or len(listed) <= min(stated):
        return
    staff_id = min(duty.staff_id for duty in listed)
    others = [name for name in sorted(ids) if name != staff_id]
    same = f"（与考务人员 {'、'.join(others)} 是同一人，合计）" if others else ""
    told = f"考务人员 {staff_id}{same} 最多 {min(stated)} 场，被派了 {len(listed)} 场"
    yield breach("STAFF-TOO-MANY-DUTIES", 5, told, staff_id=staff_id)


def _overlaps(listed: Sequence[Duty]) -> Iterator[Breach]:
    """Find duties of one person in one half-day; the second and each further one is told."""
    first: dict[tuple[dt.date, Half], Duty] = {}
    for duty in sorted(listed, key=lambda one: (one.session.day, one.session.half, one.session, one.row)):
        time = duty.session.day, duty.session.half
        before = first.setdefault(time, duty)
        if before is not duty:
            same = "" if before.staff_id == duty.staff_id else f"（与考务人员 {before.staff_id} 是同一人）"
            where = f"{say_session(before.session)}{say_room(before.role, before.room)}"
            why = f"同一时间已在{where}任{ROLE_WORDS[before.role]}{same}"
            yield duty_breach("STAFF-OVERLAP", 5, why, duty)


def _on_leave(facts: Facts, listed: Sequence[Duty], ties: Ties) -> Iterator[Breach]:
    absences = [
        absence
        for name in ties.bodies.staff_of(listed[0].staff_id)
        for absence in facts.problem.staff[name].unavailable
    ]
    for duty in listed:
        day, half = duty.session.day, duty.session.half
        if any(start <= day <= end and only in (None, half) for start, end, only in absences):
            yield duty_breach("STAFF-ON-LEAVE", 5, "此人当时不可用", duty)


def _sitting(schedule: Schedule, listed: Sequence[Duty], ties: Ties) -> Iterator[Breach]:
    """Find people on duty while they sit themselves, wherever that is."""
    sits = {
        (session.day, session.half): trainee_id
        for trainee_id in ties.bodies.trainees_of(listed[0].staff_id)
        if trainee_id in schedule.placements and (session := schedule.placements[trainee_id].session)
    }
    for duty in listed:
        trainee_id = sits.get((duty.session.day, duty.session.half))
        if trainee_id is not None:
            when = say_time(duty.session.day, duty.session.half)
            why = f"而此人就是考生 {trainee_id}，{when}自己在考试"
            yield duty_breach("STAFF-SITS", 5, why, duty, trainee_id=trainee_id)
