"""What the plan before and the published table say of the people of the new plan: who is registered, and as what.

Item and part, institution and class, who needs an accessible seat. Each breach is a sentence. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.replan.chain.published import Row, is_corrected


class Stated(NamedTuple):
    """What a plan or a row says of a trainee; None where it does not say."""

    item: str
    part: str
    district: str | None
    institution: str | None
    own_class: str | None


_WORDS = Stated("项目", "科目", "区县", "机构", "班级")


class People(NamedTuple):
    """The people that are known after a table, who is certainly not registered, and rows that cannot be."""

    known: dict[str, Stated]
    absent: set[str]
    faults: list[str]


def members(plan: Mapping[str, Any]) -> dict[str, Stated]:
    """Give everybody in the groups of a plan; a group of several districts does not say who is of which."""
    institutions, classes = plan.get("institutions"), plan.get("classes")
    found = {}
    for group in plan["groups"]:
        for at, name in enumerate(group["trainees"]):
            of_class = group["class"][at] if classes is not None else -1
            found[name] = Stated(
                group["item"],
                group["part"],
                group["district"] or None,
                None if institutions is None else institutions[group["institution"][at]],
                None if classes is None else (classes[of_class] if of_class >= 0 else ""),
            )
    return found


def people_after(parent: Mapping[str, Any], rows: Sequence[Row]) -> People:
    """Make the changes of a table on the people before; of a corrected batch nobody knows whom it holds."""
    corrected = is_corrected(rows)
    found = People({} if corrected else members(parent), set(), [])
    withdrawn: set[str] = set()
    for number, row in enumerate(rows, start=1):
        kind, name = row["change"], row["id"]
        if not kind.startswith("trainee_"):
            continue
        known = name in found.known or (corrected and name not in found.absent)
        if kind == "trainee_added":
            if (known and (name in found.known or not corrected)) or name in withdrawn:
                found.faults.append(f"变更表第 {number} 行：考生 {name} 已经有了，或在本表中已退考")
            found.known[name] = _added(row)
            found.absent.discard(name)
            continue
        if not known:
            found.faults.append(f"变更表第 {number} 行：没有考生 {name}")
        if kind == "trainee_withdrawn":
            found.known.pop(name, None)
            found.absent.add(name)
            withdrawn.add(name)
    return found


def _added(row: Row) -> Stated:
    return Stated(
        row["item"], row["part"] or "both", row["district"] or None, row["institution_id"], row["class_id"]
    )


def people_breaches(plan: Mapping[str, Any], parent: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    """Tell who is registered or not, or as what, against the plan before and the table."""
    due, now = people_after(parent, rows), members(plan)
    yield from due.faults
    for name in sorted(due.known.keys() - now.keys()):
        yield f"考生 {name} 没有退考，计划里没有"
    strangers = now.keys() & due.absent if is_corrected(rows) else now.keys() - due.known.keys()
    for name in sorted(strangers):
        yield f"考生 {name} 不在前一份计划里，或已退考，计划里有"
    for name in sorted(now.keys() & due.known.keys()):
        for word, expected, given in zip(_WORDS, due.known[name], now[name], strict=True):
            if expected is not None and given is not None and expected != given:
                yield f"考生 {name} 的{word}应为“{expected}”，计划写的是“{given}”"
    if plan["trainees"] != len(now):
        yield f"计划写的人数 {plan['trainees']} 不是各组的人数 {len(now)}"
    yield from _list_breaches(plan)
    listed = plan.get("seating", {}).get("accessible", [])
    if listed != sorted(set(listed) & now.keys()):
        yield "需要无障碍座位的人没有按编号排列，或不在计划里"
    if not is_corrected(rows):
        yield from _accessible_breaches(plan, parent, now.keys(), rows)


def date_breaches(plan: Mapping[str, Any], windows: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Tell who sits, or may be drawn, on a day on which the tables say that they cannot come."""
    days = [one["date"] for one in plan["sessions"]]
    for group in plan["groups"] if windows else ():
        used = [days[cell["session"]] for cell in group["cells"]]
        for name in group["trainees"]:
            first, last = windows.get(name, ("", ""))
            if any(day < first or (last and day > last) for day in used):
                yield f"考生 {name} 按变更表{f'最早 {first}' if first else ''}{f'最晚 {last}' if last else ''}，计划里有别的日期"


def _list_breaches(plan: Mapping[str, Any]) -> Iterator[str]:
    """Tell lists of institutions and classes that are not those of the people: numbers must say one thing only."""
    if "institutions" not in plan:
        return
    used = {
        (of_class, institution)
        for group in plan["groups"]
        for institution, of_class in zip(group["institution"], group["class"], strict=True)
    }
    institutions = sorted({plan["institutions"][institution] for _, institution in used})
    pairs = {(of_class, institution) for of_class, institution in used if of_class >= 0}
    named = sorted(
        (plan["classes"][of_class], plan["institutions"][institution]) for of_class, institution in pairs
    )
    numbered = [
        (plan["classes"][of_class], plan["institutions"][institution])
        for of_class, institution in sorted(pairs)
    ]
    if plan["institutions"] != institutions:
        yield "机构不是考生的那些机构，或没有按编号排列"
    if plan["classes"] != [name for name, _ in named] or numbered != named or len(set(named)) < len(named):
        yield "班级不是考生的那些班级，或没有按班级、机构排列"


def _accessible_breaches(
    plan: Mapping[str, Any], parent: Mapping[str, Any], registered: Any, rows: Sequence[Row]
) -> Iterator[str]:
    """Tell who needs an accessible seat and did not before, or no longer; of those added only the batch knows."""
    if "seating" not in parent or "seating" not in plan:
        return
    added = {row["id"] for row in rows if row["change"] == "trainee_added"}
    before, now = (set(one["seating"]["accessible"]) for one in (parent, plan))
    for name in sorted((before & set(registered)) ^ (now - added)):
        yield f"考生 {name} 是否需要无障碍座位，与前一份计划不同"
