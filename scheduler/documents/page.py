"""The schedule as a page: every session with its trainees by number, no names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from common.templates import environment
from scheduler.documents.site_names import site_names
from scheduler.exam_words import EXCEPTIONS, PARTS, SITE_KINDS, say_exceptions
from scheduler.file_names import SCHEDULE_PAGE
from scheduler.problem import HALVES, Session
from scheduler.schedule import Placement, Schedule
from scheduler.seats.summary import summary_words

MOST_LISTED = 50_000
"""People up to whom the page lists everybody: a browser does not open a page of a million rows."""


def documents(plan: Mapping[str, Any], record: Mapping[str, Any], schedule: Schedule) -> dict[str, bytes]:
    """Give the files for people that are written with a draw."""
    return {SCHEDULE_PAGE: schedule_page(plan, record, schedule).encode("utf-8")}


def schedule_page(plan: Mapping[str, Any], record: Mapping[str, Any], schedule: Schedule) -> str:
    """Give the page of a drawn schedule."""
    everybody = sum(len(group["trainees"]) for group in plan["groups"]) <= MOST_LISTED
    items: dict[Session, Counter[str]] = defaultdict(Counter)
    placed, exceptions = Counter[str](), Counter[str]()
    for (session, item, needed), people in schedule.tally(plan["groups"]).items():
        items[session][item] += people
        placed[session.site_id] += people
        for name in needed:
            exceptions[EXCEPTIONS[name]] += people
    names = site_names(plan)
    template = environment().get_template("schedule.html")
    return template.render(
        plan=plan,
        record=record,
        listed=everybody,
        sites=[_site(site, names, placed) for site in plan["sites"]],
        sessions=_sessions(plan, items, names, _people(plan, schedule) if everybody else None),
        seating=summary_words(record.get("seating", {})),
        unplaced=sorted(schedule.unplaced.items()),
        exceptions=exceptions,
    )


def _site(site: Mapping[str, Any], names: Mapping[str, str], placed: Mapping[str, int]) -> Mapping[str, Any]:
    site_id = site["site_id"]
    return {
        **site,
        "name": names[site_id],
        "kind_words": SITE_KINDS[site["kind"]],
        "placed": placed[site_id],
    }


def _sessions(
    plan: Mapping[str, Any],
    items: Mapping[Session, Counter[str]],
    names: Mapping[str, str],
    people: Mapping[Session, Sequence[Mapping[str, str]]] | None,
) -> list[Mapping[str, Any]]:
    """Give the sessions in the order of their times; ``people`` is None where nobody is listed."""
    seats = {Session.of(entry): entry["seats"] for entry in plan["sessions"]}
    return [
        {
            "site": names[session.site_id],
            "date": session.day.isoformat(),
            "half": HALVES[session.half],
            "seats": seats[session],
            "items": "" if people is None else _items(counts),
            "count": counts.total(),
            "people": () if people is None else people[session],
        }
        for session, counts in sorted(
            items.items(), key=lambda pair: (pair[0].day, pair[0].half, pair[0].site_id)
        )
    ]


def _people(plan: Mapping[str, Any], schedule: Schedule) -> Mapping[Session, Sequence[Mapping[str, str]]]:
    """Give who sits in each session, in the order of their ids."""
    group_of = {name: group for group in plan["groups"] for name in group["trainees"]}
    found: dict[Session, list[Mapping[str, str]]] = defaultdict(list)
    for name in sorted(schedule.placements):
        one = schedule.placements[name]
        found[one.session].append(_person(one, group_of[name]))
    return found


def _items(counts: Mapping[str, int]) -> str:
    return "，".join(f"{item} {count}" for item, count in sorted(counts.items()))


def _person(one: Placement, group: Mapping[str, Any]) -> dict[str, str]:
    return {
        "trainee_id": one.trainee_id,
        "item": group["item"],
        "part": PARTS[group["part"]],
        "seat": f"第 {one.room} 考场 {one.seat} 号" if one.room else "",
        "place": f"第 {one.group} 组 顺序号 {one.place}" if one.group else "",
        "exceptions": say_exceptions(one.exceptions),
        "chance": str(one.chance),
        "site_chance": str(one.site_chance),
    }
