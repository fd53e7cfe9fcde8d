"""Deadlines as an .ics calendar that any calendar program opens."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

import icalendar

from certcheck.report.deadlines import Deadline
from common.listing import first_few

_REMIND_DAYS = (30, 7)
_MOST_NAMES = 5
_MOST_LINES = 200


def calendar_file(deadlines: Iterable[Deadline], as_of: dt.date) -> bytes:
    """Give a calendar with one all-day event for each day and matter, naming who it is about.

    Reminders come 30 and 7 days before. The same deadlines give the same bytes: event ids come from
    their content, the stamp from the checking date.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//zhengkao//certcheck//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "证书期限")
    stamp = dt.datetime(as_of.year, as_of.month, as_of.day, tzinfo=dt.UTC)
    for (day, what), group in groupby(deadlines, key=lambda one: (one.day, one.what)):
        calendar.add_component(_event(day, what, list(group), stamp))
    return bytes(calendar.to_ical())


def _event(day: dt.date, what: str, listed: Sequence[Deadline], stamp: dt.datetime) -> icalendar.Event:
    names = list(dict.fromkeys(deadline.name for deadline in listed))
    who = first_few(names, _MOST_NAMES, "人")
    lines = [_line(deadline) for deadline in listed[:_MOST_LINES]]
    if len(listed) > _MOST_LINES:
        lines.append(f"其余 {len(listed) - _MOST_LINES} 项见名单")
    told = "\n".join(lines)
    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(f'{day} {what} {told}'.encode()).hexdigest()[:32]}@zhengkao")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", f"{who}：{what}")
    event.add("description", told)
    for days in _REMIND_DAYS:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(days=-days))
        alarm.add("description", f"还有 {days} 天：{who} {what}")
        event.add_component(alarm)
    return event


def _line(deadline: Deadline) -> str:
    place = f"{deadline.sheet} 第 {deadline.row} 行" if deadline.sheet else f"第 {deadline.row} 行"
    return "，".join(filter(None, (deadline.name, deadline.item, deadline.department, place)))
