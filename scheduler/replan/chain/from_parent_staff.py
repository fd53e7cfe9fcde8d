"""What the plan before and the published table say of the staff of the new plan: ids, roles, absences, conflicts.

People are one person by their numbers, which nobody publishes: whoever is added may tie others, so then conflicts may become
more, never fewer. Each breach is a sentence. Standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from common.dates import FIRST_YEAR, LAST_YEAR
from scheduler.replan.chain.from_parent_people import members
from scheduler.replan.chain.published import Absence, Row, absence_of, is_corrected, listed

Entry = Mapping[str, Any]
Ids = AbstractSet[str]
_SAME = {
    "roles": "职务",
    "items": "项目",
    "district": "区县",
    "licence_to": "证件有效期",
    "max_duties": "最多场次",
}
_ALWAYS = dt.date(FIRST_YEAR, 1, 1).isoformat(), dt.date(LAST_YEAR, 12, 31).isoformat()
_ADDING = ("trainee_added", "staff_added")


def staff_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell who is on the staff or not, or as what, against the plan before and the table."""
    now = {one["staff_id"]: one for one in plan.get("staff", ())}
    if list(now) != sorted(now) or len(now) < len(plan.get("staff", ())):
        yield "考务人员没有按编号排列，或有重复"
    yield from _person_breaches(now)
    corrected = is_corrected(rows)
    before = {} if corrected else {one["staff_id"]: one for one in parent.get("staff", ())}
    added = {row["id"]: row for row in rows if row["change"] == "staff_added"}
    yield from _id_breaches(now.keys(), before.keys(), added.keys(), corrected=corrected)
    away = [row for row in rows if row["change"] == "staff_unavailable"]
    if not corrected:
        strangers = {row["id"] for row in away} - before.keys() - added.keys()
        yield from (f"变更表写了考务人员 {name} 不能到岗，没有这个人" for name in sorted(strangers))
    for name, entry in sorted(now.items()):
        absences = {_absence(row) for row in away if row["id"] == name}
        if name in before and name not in added:
            yield from _of_known(entry, before[name], absences)
        elif name in added:
            yield from _of_added(entry, added[name], absences)
        elif not absences <= _absences(entry):
            yield f"考务人员 {name} 的不可用时间没有变更表所写的"
    if not corrected and "staff" in parent:
        yield from _tie_breaches(plan, parent, rows)
        yield from _distance_breaches(plan, parent)


def _person_breaches(now: Mapping[str, Entry]) -> Iterator[str]:
    """Tell entries that are of a person under another name than the person's first id, or say other registrations."""
    for name, entry in sorted(now.items()):
        first = now.get(entry["person"])
        if first is None or first["person"] != entry["person"] or first["staff_id"] > name:
            yield f"考务人员 {name} 的本人编号（person）不是他的第一个编号"
        elif first["sits_as"] != entry["sits_as"] or entry["sits_as"] != sorted(set(entry["sits_as"])):
            yield f"考务人员 {name} 以考生身份的编号（sits_as）次序不对，或与同一人的另一编号不同"


def _id_breaches(now: Ids, before: Ids, added: Ids, *, corrected: bool) -> Iterator[str]:
    for name in sorted(before & added):
        yield f"变更表增加考务人员 {name}，已经有了"
    for name in sorted((before | added) - now):
        yield f"考务人员 {name} 在前一份计划或变更表里，计划里没有"
    for name in sorted(now - (before | added)) if not corrected else ():
        yield f"考务人员 {name} 不在前一份计划和变更表里，计划里有"


def _absence(row: Row) -> Absence:
    first = row["date"] or _ALWAYS[0]
    return first, row["until"] or row["date"] or _ALWAYS[1], row["half"] or None


def _absences(entry: Entry) -> set[Absence]:
    return {(one["from"], one["to"], one["half"]) for one in entry["unavailable"]}


def _of_known(entry: Entry, before: Entry, absences: set[Absence]) -> Iterator[str]:
    name = entry["staff_id"]
    for key, word in _SAME.items():
        if entry[key] != before[key]:
            yield f"考务人员 {name} 的{word}与前一份计划不同"
    if _absences(entry) != _absences(before) | absences or len(_absences(entry)) < len(entry["unavailable"]):
        yield f"考务人员 {name} 的不可用时间不是前一份计划和变更表所写的"


def _of_added(entry: Entry, row: Row, absences: set[Absence]) -> Iterator[str]:
    """Compare what the row that adds somebody says, and absences that rows after it add."""
    name = entry["staff_id"]
    stated = {
        "roles": sorted(set(listed(row["roles"]))),
        "items": sorted(set(listed(row["items"]))),
        "district": row["district"],
        "licence_to": row["licence_to"] or None,
        "max_duties": int(row["max_duties"]) if row["max_duties"] else None,
    }
    for key, value in stated.items():
        if entry[key] != value:
            yield f"考务人员 {name} 的{_SAME[key]}不是变更表所写的"
    due = {absence_of(one) for one in listed(row["unavailable"])} | absences
    if _absences(entry) != due or len(due) < len(entry["unavailable"]):
        yield f"考务人员 {name} 的不可用时间不是变更表所写的"


def _tie_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell conflicts and registrations that somebody has no longer or newly, on days and of whom both plans know."""
    before, now = ({one["staff_id"]: one for one in each["staff"]} for each in (parent, plan))
    adding = any(row["change"] in _ADDING for row in rows)
    registered = members(plan).keys() & members(parent).keys()
    days = sorted(_days(plan) & _days(parent))
    known = _known(plan) & _known(parent) | {("trainee", name) for name in registered}
    for name in sorted(before.keys() & now.keys()):
        were, are = (set(before[name]["sits_as"]), set(now[name]["sits_as"]))
        lost, more = (were - are) & registered, (are - were) & registered
        if lost or (more and not adding) or (now[name]["person"] != before[name]["person"] and not adding):
            yield f"考务人员 {name} 是谁（person、sits_as）与前一份计划不同"
        were_barred, are_barred = (_barred(one[name], days, known) for one in (before, now))
        if were_barred - are_barred:
            yield f"考务人员 {name} 少了前一份计划里的回避"
        if are_barred - were_barred and not adding:
            yield f"考务人员 {name} 多了前一份计划里没有的回避"


def _days(plan: Mapping[str, Any]) -> set[str]:
    return {one["date"] for one in plan["sessions"]}


def _known(plan: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Give all, the sites and the institutions of a plan as conflicts name them."""
    sites = {("site", one["site_id"]) for one in plan["sites"]}
    return {("all", ""), *sites, *(("institution", name) for name in plan["institutions"])}


def _barred(entry: Entry, days: Sequence[str], known: set[tuple[str, str]]) -> set[tuple[str, str, str]]:
    return {
        (one["kind"], one["id"], day)
        for one in entry["conflicts"]
        if (one["kind"], one["id"]) in known
        for day in days
        if (one["from"] or day) <= day <= (one["to"] or day)
    }


def _distance_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any]) -> Iterator[str]:
    districts = {one["district"] for one in plan["staff"]} - {""}
    sites = {one["site_id"] for one in plan["sites"]}
    if plan["away"].keys() != districts or any(of.keys() != sites for of in plan["away"].values()):
        yield "路程（away）不是考务人员的区县到各考点的"
        return
    for district, of in sorted(parent["away"].items()):
        for site, far in sorted(of.items()):
            if plan["away"].get(district, {}).get(site, far) != far:
                yield f"{district}到考点 {site} 的路程与前一份计划不同"
