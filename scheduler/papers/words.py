"""Words that several papers share: days, halves, rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from common.dates import CHINA
from scheduler.exam_words import say_group, say_room, say_seat, say_turn
from scheduler.papers.facts import Facts
from scheduler.papers.rows import Duty, Sitting
from scheduler.problem import HALVES, Session
from scheduler.seats.times import MIDNIGHT, clock

UNTIMED = "时间另行通知"
"""Instead of a time after midnight: no batch can work then, and whoever planned was told."""
NOON = 12
"""From this hour on nothing is called a morning's, whatever half-day it belongs to."""
_WEEKDAYS = "一二三四五六日"


def day_words(day: dt.date) -> str:
    """Give a day as people say it, with its weekday."""
    return f"{plain_day(day)}（星期{_WEEKDAYS[day.weekday()]}）"


def plain_day(day: dt.date) -> str:
    """Give a day as letters are dated."""
    return f"{day.year}年{day.month}月{day.day}日"


def span(days: Sequence[dt.date]) -> str:
    """Give the first and the last of some days as a title names them."""
    first, last = days[0], days[-1]
    if first == last:
        return plain_day(first)
    if first.year != last.year:
        return f"{plain_day(first)}至{plain_day(last)}"
    return f"{plain_day(first)}至{f'{last.month}月' if first.month != last.month else ''}{last.day}日"


def span_words(days: Sequence[dt.date]) -> str:
    """Give the first and the last of some days with their weekdays."""
    if not days:
        return "（没有安排）"
    return day_words(days[0]) + (f"至{day_words(days[-1])}" if days[-1] != days[0] else "")


def moment_words(moment: dt.datetime, *, seconds: bool = False) -> str:
    """Give a moment in China's time, whatever zone it was written in."""
    china = moment.astimezone(CHINA)
    return f"{plain_day(china.date())} {china:{'%H:%M:%S' if seconds else '%H:%M'}}（北京时间）"


def short_day(day: dt.date) -> str:
    """Give a day for a narrow column."""
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def session_words(session: Session) -> str:
    """Give day and half."""
    return f"{day_words(session.day)}{HALVES[session.half]}"


def begins(facts: Facts, session: Session) -> str:
    """Give when a session begins, HH:MM."""
    return str(facts.plan["rules"]["times"][str(session.half)])


def begin_moment(facts: Facts, session: Session) -> dt.datetime:
    """Give when a session begins, as local time of the site."""
    return dt.datetime.combine(session.day, dt.time.fromisoformat(begins(facts, session)))


def doors_open(facts: Facts, session: Session) -> str:
    """Give when candidates may enter, HH:MM."""
    early = dt.timedelta(minutes=facts.plan["rules"]["times"]["entry_minutes"])
    return f"{begin_moment(facts, session) - early:%H:%M}"


def duty_begins(facts: Facts, duty: Duty) -> dt.datetime:
    """Give when the first exam of a duty begins, as local time of the site; of one at no known hour when the session does."""
    hours = facts.hours.get((duty.session, duty.role, duty.room))
    if hours is None or not hours.timed:
        return begin_moment(facts, duty.session)
    return dt.datetime.combine(duty.session.day, dt.time()) + dt.timedelta(minutes=hours.first[0])


def duty_entry(facts: Facts, duty: Duty) -> str:
    """Give when somebody on duty should be there: as early before their own first exam as candidates may enter."""
    hours = facts.hours.get((duty.session, duty.role, duty.room))
    if hours is not None and not hours.timed:
        return UNTIMED
    early = dt.timedelta(minutes=facts.plan["rules"]["times"]["entry_minutes"])
    return f"{duty_begins(facts, duty) - early:%H:%M}"


def room_words(facts: Facts, site_id: str, number: int) -> str:
    """Name an exam room; what the site itself calls it stands on its door."""
    if not number:
        return "考场以现场公布为准"
    own = own_name(facts, site_id, number)
    return say_room(number) + (f"（{own}）" if own else "")


def own_name(facts: Facts, site_id: str, number: int) -> str:
    """Give what a site itself calls an exam room; "" where that is its number or nothing is stated."""
    names = facts.room_names.get(site_id, [])
    own = names[number - 1] if 0 < number <= len(names) else ""
    return own if own != str(number) else ""


def names_rooms(facts: Facts) -> bool:
    """Say whether any site has names of its own for its rooms."""
    return any(
        name not in ("", str(number))
        for names in facts.room_names.values()
        for number, name in enumerate(names, start=1)
    )


def group_words(number: int) -> str:
    """Name a practical group."""
    return say_group(number) if number else "分组以现场公布为准"


def seat_words(facts: Facts, one: Sitting) -> str:
    """Say where somebody sits the theory."""
    return room_words(facts, one.session.site_id, one.room) + (f"　{say_seat(one.seat)}" if one.seat else "")


def place_words(one: Sitting) -> str:
    """Say where somebody sits the practical part, and as the how manyth of the group: fewer work at once."""
    return group_words(one.group) + (f"　{say_turn(one.place)}" if one.place else "")


def theory_hours(facts: Facts, trainee_id: str) -> str:
    """Say when somebody sits the theory; "" where the plan does not tell."""
    times = facts.times.get(trainee_id)
    return from_to(times.theory) if times and times.theory else ""


def practical_hours(facts: Facts, trainee_id: str) -> str:
    """Say when somebody sits the practical part, and in which batch; "" where the plan does not tell."""
    times = facts.times.get(trainee_id)
    return f"第 {times.batch} 批　{from_to(times.practical)}" if times and times.practical else ""


def untimed(facts: Facts) -> list[str]:
    """Tell how many have no time on paper, for their batch would work after midnight."""
    late = sum(1 for one in facts.times.values() if one.practical and one.practical[1] > MIDNIGHT)
    return (
        [f"{late} 人的实操分批排到了当天 24:00 以后，材料上写“{UNTIMED}”，请另定时间并通知本人"]
        if late
        else []
    )


def from_to(minutes: tuple[int, int]) -> str:
    """Give hours; no time after midnight is one."""
    if minutes[1] > MIDNIGHT:
        return UNTIMED
    return f"{clock(minutes[0])}—{clock(minutes[1])}"


def width(text: str) -> float:
    """Give about how wide a text is set, in full-width characters."""
    return sum(0.55 if character.isascii() else 1.0 for character in text)


def issuer(rules: Mapping[str, Any]) -> str:
    """Give who issues the papers; a line to write on where the rules do not say."""
    return str(rules["notice"]["issuer"]) or "＿＿＿＿＿＿＿＿＿＿（考试机构）"


def how_drawn(facts: Facts) -> str:
    """Say whether the draw was announced: of a trial nobody may read that it was."""
    if facts.draw.get("reveal"):
        which = "变更的抽签前" if "change_number" in facts.draw else "抽签前"
        return f"{which}已公告计划和每个人的机会"
    if facts.draw.get("committed"):
        return "首次抽签前已公告；这次变更没有另行公告，按首次公告时封存的备用码抽签"
    return f"本次没有事先公告，不能证明种子的来历（{facts.draw['seed_origin']}）"
