"""What the plan before and the published table say of the new plan: sessions, sites, rules, the list's digest.

Where the table has a row ``facts`` another batch was given whole, and only what the other rows say can be compared.
Each breach is a sentence. Standard library only; docs/draw-specification.md, section "Changes", says each comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.canonical import digest
from scheduler.problem import HALVES
from scheduler.replan.chain.published import FACTS, Row, covers, is_corrected

Place = tuple[str, str, str]
"""Site, ISO date and half of a session: sorted as sessions are."""
_UNKNOWN = -1
_LIST_FORMS = (1, 2, 3)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OF_RULES = {"rules": "规则", "rules_title": "规则的名称"}
_OF_SITES = {"name": "名称", "kind": "类别", "city": "城市"}


@dataclass
class Sessions:
    """The sessions after a table: seats of each (None: it is gone), why those that are gone are, and rows that cannot be."""

    seats: dict[Place, int | None]
    lost: dict[Place, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def place_of(entry: Mapping[str, Any]) -> Place:
    """Give the session that ``site_id``, ``date`` and ``half`` name."""
    return entry["site_id"], entry["date"], entry["half"]


def sessions_after(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Sessions:
    """Make the changes of a table on the sessions before; of a corrected batch nobody knows what it says of others."""
    if is_corrected(rows):
        listed = [*plan["sessions"], *parent["sessions"]]
        found = Sessions({place_of(one): _UNKNOWN for one in listed})
    else:
        found = Sessions({place_of(one): one["seats"] for one in parent["sessions"]})
    for number, row in enumerate(rows, start=1):
        if row["change"] == "site_closed":
            _close(found, row, number, corrected=is_corrected(rows))
        elif row["change"] in ("session_cancelled", "session_added", "seats"):
            _change(found, row, number, corrected=is_corrected(rows))
    return found


def _close(found: Sessions, row: Row, number: int, *, corrected: bool) -> None:
    gone = [
        one
        for one, seats in found.seats.items()
        if one[0] == row["id"] and seats is not None and covers(row, one[1])
    ]
    if not gone and not corrected:
        found.faults.append(f"变更表第 {number} 行：考点 {row['id']} 在所写的日子没有场次")
    for one in gone:
        found.seats[one], found.lost[one] = None, row["reason"]


def _change(found: Sessions, row: Row, number: int, *, corrected: bool) -> None:
    one = row["id"], row["date"], row["half"]
    known = found.seats.get(one, _UNKNOWN if corrected else None)
    is_new = row["change"] == "session_added"
    if known != _UNKNOWN and (known is None) != is_new:
        found.faults.append(f"变更表第 {number} 行：{_told(one)}{'已经有' if is_new else '没有'}这一场")
    if row["change"] == "session_cancelled":
        found.seats[one], found.lost[one] = None, row["reason"]
    else:
        found.seats[one] = int(row["value"])
        found.lost.pop(one, None)


def _told(one: Place) -> str:
    return f"考点 {one[0]} {one[1]} {HALVES.get(one[2], one[2])}"


def session_breaches(
    plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]
) -> Iterator[str]:
    """Tell sessions that the plan has, lacks or gives other seats, against the plan before and the table."""
    due = sessions_after(plan, parent, rows)
    yield from due.faults
    held = {place_of(one): one["seats"] for one in plan["sessions"]}
    if list(held) != sorted(held):
        yield "场次没有按考点、日期、半天排列"
    for one in sorted(due.seats.keys() | held.keys()):
        expected = due.seats.get(one)
        if expected == _UNKNOWN or expected == held.get(one):
            continue
        if expected is None:
            yield f"{_told(one)}：按变更表应没有这一场，计划里有"
        elif one not in held:
            yield f"{_told(one)}：变更表没有取消这一场，计划里没有"
        else:
            yield f"{_told(one)}：座位应为 {expected}，计划写的是 {held[one]}"


def site_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell sites that are other ones than before, or have another day limit than the table says."""
    if [one["site_id"] for one in plan["sites"]] != sorted({one["site_id"] for one in plan["sessions"]}):
        yield "考点不是有场次的那些考点，或没有按编号排列"
    before = {} if is_corrected(rows) else {one["site_id"]: one for one in parent["sites"]}
    limits = {name: one["day_limit"] for name, one in before.items()}
    limits |= {row["id"]: int(row["value"]) for row in rows if row["change"] == "day_limit"}
    for one in plan["sites"]:
        name = one["site_id"]
        for key, word in _OF_SITES.items():
            if name in before and one[key] != before[name][key]:
                yield f"考点 {name} 的{word}与前一份计划不同"
        if name in limits and one["day_limit"] != limits[name]:
            yield f"考点 {name} 的每日上限应为 {_limit(limits[name])}，计划写的是 {_limit(one['day_limit'])}"


def _limit(limit: int | None) -> str:
    return "不限" if limit is None else str(limit)


def rule_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell rules and digests that are other ones without a corrected batch, or are not those of what they name."""
    if plan["rules_digest"] != digest(plan["rules"]):
        yield "规则的摘要与规则不符"
    if plan["format"] != parent["format"]:
        yield "计划的格式（format）与前一份计划不同"
    form = plan.get("list_form", 1)
    if (
        form not in _LIST_FORMS
        or form < parent.get("list_form", 1)
        or not _DIGEST.fullmatch(plan["list_digest"])
    ):
        yield "名单的摘要或它的算法（list_digest、list_form）不对"
    if not is_corrected(rows):
        yield from (
            f"{word}与前一份计划不同，变更表没有给出更正后的批次"
            for key, word in _OF_RULES.items()
            if key in parent and plan.get(key) != parent[key]
        )
    if not {row["change"] for row in rows} <= {FACTS, "trainee_moved"}:
        return  # the facts are other ones, and nobody but their owner knows their digest
    given = [row["value"] for row in rows if row["change"] == FACTS]
    if not given and plan.get("list_form") == parent.get("list_form"):
        given = [parent["list_digest"]]
    if given and plan["list_digest"] != given[0]:
        yield f"名单的摘要（list_digest）应为 {given[0]}，变更表没有改动名单"


def uncompared(rows: Sequence[Row]) -> str:
    """Say in words what of a plan nobody can compare with the plan before, as another batch was given whole; "" for none."""
    if not is_corrected(rows):
        return ""
    return (
        "变更给出了更正后的批次：变更表其他各行没有写到的场次、座位、考点、规则、考生、考务人员和工位，"
        "是否与前一份计划一致，没有批次的人不能比较。"
    )
