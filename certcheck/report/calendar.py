"""Deadlines as an .ics calendar that any calendar program opens."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import icalendar

from certcheck.report.deadlines import Deadline

_REMIND_DAYS = (30, 7)


def calendar_file(deadlines: Iterable[Deadline], as_of: dt.date) -> bytes:
    """Give a calendar with one all-day event a deadline, and reminders 30 and 7 days before.

    The same deadlines give the same bytes: event ids come from their content, the stamp from the
    checking date.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//zhengkao//certcheck//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "证书期限")
    stamp = dt.datetime(as_of.year, as_of.month, as_of.day, tzinfo=dt.UTC)
    for deadline in deadlines:
        calendar.add_component(_event(deadline, stamp))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, stamp: dt.datetime) -> icalendar.Event:
    text = "\x1f".join(
        (
            deadline.day.isoformat(),
            deadline.what,
            deadline.name,
            deadline.item,
            deadline.sheet,
            str(deadline.row),
        ),
    )
    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@zhengkao")
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + dt.timedelta(days=1))
    event.add("summary", f"{deadline.name}：{deadline.what}")
    event.add("description", f"{deadline.item}\n{deadline.department}\n名单第 {deadline.row} 行".strip())
    for days in _REMIND_DAYS:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(days=-days))
        alarm.add("description", f"还有 {days} 天：{deadline.name} {deadline.what}")
        event.add_component(alarm)
    return event
