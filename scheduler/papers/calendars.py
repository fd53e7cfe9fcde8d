"""Duties as .ics calendars, one for each person of the staff; no names of others, no candidates."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict

import icalendar

from common.dates import CHINA
from scheduler.exam_words import ROLE_WORDS
from scheduler.papers import words
from scheduler.papers.facts import Facts
from scheduler.papers.letters import where
from scheduler.papers.people import People
from scheduler.papers.rows import Duty

_HALF_A_DAY = dt.timedelta(hours=3)
"""How long an exam is taken to last where no hours are known."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,11}")  # too short for an identity number
_REMIND = dt.timedelta(days=-1)


def calendars(facts: Facts, people: People) -> dict[str, bytes]:
    """Give the calendars by file name.

    A file is named after the person's first id on duty where that is short and plain, else after its place in the order
    of these; whoever has several ids reads with each duty under which it stands.
    Ids and stamps of events come from the draw, so that importing anew replaces and the bytes repeat. Times
    are China's, stated in UTC, which every calendar program reads the same way.
    """
    own: dict[str, list[Duty]] = defaultdict(list)
    for duty in facts.duties:
        own[facts.person(duty.staff_id)].append(duty)
    by_id = {min(duty.staff_id for duty in duties): duties for duties in own.values()}
    files: dict[str, bytes] = {}
    for number, staff_id in enumerate(sorted(by_id), start=1):
        name = staff_id if _SAFE.fullmatch(staff_id) else f"{number:04d}"
        taken = {path.lower() for path in files}  # disks of Windows and macOS do not tell cases apart
        path = f"duties-{name}.ics"
        files[path if path.lower() not in taken else f"duties-{number:04d}-2.ics"] = _calendar(
            facts, people, by_id[staff_id]
        )
    return files


def _calendar(facts: Facts, people: People, duties: list[Duty]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//zhengkao//scheduler//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "考务安排")
    several = len({duty.staff_id for duty in duties}) > 1
    for duty in sorted(duties, key=lambda one: (one.session.day, one.session.half, one)):
        under = f"（编号 {duty.staff_id}）" if several else ""
        calendar.add_component(_event(facts, people, duty, under))
    return bytes(calendar.to_ical())


def _event(facts: Facts, people: People, duty: Duty, under: str) -> icalendar.Event:
    begin, entry = words.duty_begins(facts, duty), words.duty_entry(facts, duty)
    hours = facts.hours.get((duty.session, duty.role, duty.room))
    midnight = dt.datetime.combine(duty.session.day, dt.time())
    end = midnight + dt.timedelta(minutes=hours.end) if hours else begin + _HALF_A_DAY
    early = dt.timedelta(minutes=facts.plan["rules"]["times"]["entry_minutes"])
    told = f"到岗{words.UNTIMED}" if entry == words.UNTIMED else f"{entry} 到岗，{begin:%H:%M} 开考"
    role, site = ROLE_WORDS.get(duty.role, duty.role), people.site(duty.session.site_id)
    what = [facts.plan["digest"], duty.staff_id, duty.role, *map(str, duty.session), str(duty.room)]
    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(chr(0).join(what).encode()).hexdigest()[:32]}@zhengkao")
    event.add("dtstamp", facts.moment.astimezone(dt.UTC))
    event.add("dtstart", _in_utc(begin - early))
    event.add("dtend", _in_utc(end))
    event.add("summary", f"{role}：{site} {where(facts, duty)}")
    event.add("location", people.address(duty.session.site_id))
    event.add(
        "description",
        f"{told}。计划摘要 {facts.plan['digest']}{under}",
    )
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMIND)
    alarm.add("description", f"明天{role}：{site}")
    event.add_component(alarm)
    return event


def _in_utc(china: dt.datetime) -> dt.datetime:
    """Give a time of China (UTC+8 all year) in UTC."""
    return china.replace(tzinfo=CHINA).astimezone(dt.UTC)
