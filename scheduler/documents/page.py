"""The schedule as a page: every session with its trainees by number, no names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from common.templates import environment
from scheduler.documents.site_names import site_names
from scheduler.exam_words import EXCEPTIONS, PARTS, say_exceptions
from scheduler.problem import HALVES, Session
from scheduler.schedule import Placement, Schedule
from scheduler.seats.summary import summary_words

KINDS = {"public": "公共考点", "authority": "主管部门考点", "school": "学校考点", "institution": "机构考点"}
MOST_LISTED = 50_000
"""People up to whom the page lists everybody: a browser does not open a page of a million rows."""


def documents(plan: Mapping[str, Any], record: Mapping[str, Any], schedule: Schedule) -> dict[str, bytes]:
    """Give the files for people that are written with a draw."""
    return {"schedule.html": schedule_page(plan, record, schedule).encode("utf-8")}


def schedule_page(plan: Mapping[str, Any], record: Mapping[str, Any], schedule: Schedule) -> str:
    """Give the page of a drawn schedule."""
    seats = {(s["site_id"], s["date"], s["half"]): s["seats"] for s in plan["sessions"]}
    everybody = sum(len(group["trainees"]) for group in plan["groups"]) <= MOST_LISTED
    listed = plan["groups"] if everybody else ()
    groups = {name: group for group in listed for name in group["trainees"]}
    by_session: dict[Session, list[Placement]] = defaultdict(list)
    for placement in schedule.placements.values() if everybody else ():
        by_session[placement.session].append(placement)
    items: dict[Session, Counter[str]] = defaultdict(Counter)
    placed, exceptions = Counter[str](), Counter[str]()
    for (session, item, needed), people in schedule.tally(plan["groups"]).items():
        items[session][item] += people
        placed[session.site_id] += people
        for name in needed:
            exceptions[EXCEPTIONS[name]] += people
    names = site_names(plan)
    days = sorted({session.day.isoformat() for session in items})
    template = environment().get_template("schedule.html")
    return template.render(
        plan=plan,
        record=record,
        issuer=plan.get("rules", {}).get("notice", {}).get("issuer", ""),
        days=" 至 ".join(dict.fromkeys((days[0], days[-1]))) if days else "",
        used=len({session.site_id for session in items}),
        empty=len(seats.keys() - {(one.site_id, one.day.isoformat(), str(one.half)) for one in items}),
        listed=everybody,
        sites=[
            {
                **site,
                "name": names[site["site_id"]],
                "kind_words": KINDS[site["kind"]],
                "placed": placed[site["site_id"]],
            }
            for site in plan["sites"]
        ],
        sessions=[
            {
                "site": names[session.site_id],
                "date": session.day.isoformat(),
                "half": HALVES[str(session.half)],
                "seats": seats[session.site_id, session.day.isoformat(), str(session.half)],
                "items": _items(counts) if everybody else "",
                "count": counts.total(),
                "people": [
                    _person(one, groups[one.trainee_id])
                    for one in sorted(by_session[session], key=lambda p: p.trainee_id)
                ],
            }
            for session, counts in sorted(
                items.items(), key=lambda pair: (pair[0].day, pair[0].half, pair[0].site_id)
            )
        ],
        notes=[*plan["problems"], *_vacant(record)],
        seating=summary_words(record.get("seating", {})),
        unplaced=sorted(schedule.unplaced.items()),
        exceptions=exceptions,
    )


def _vacant(record: Mapping[str, Any]) -> list[str]:
    vacant = record.get("vacant", 0)
    return [f"有 {vacant} 项考务任务无人可派，原因见 vacancies.csv。"] if vacant else []


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
