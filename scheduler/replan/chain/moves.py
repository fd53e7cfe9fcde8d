"""Was anybody moved without a reason, or kept who had to go? Plan of the change against what was before.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scheduler.checks import Check
from scheduler.problem import Session
from scheduler.replan.chain.from_parent_touched import ROWS
from scheduler.replan.chain.parent import Parent, placement_data
from scheduler.replan.chain.published import Row, is_corrected, published_rows
from scheduler.replan.chain.touch_kinds import LEAVING, Kind
from scheduler.replan.codes import announced_leave_key, leave_key
from scheduler.replan.leaving import Limits, Staying, leavers
from scheduler.replan.seats import lost_seats

_MOST_TOLD = 5


def move_checks(plan: Mapping[str, Any], parent: Parent, table: bytes) -> Iterator[Check]:
    """Check that all who are not touched stay as they are, and that each touch has its reason."""
    change = plan["change"]
    touched = {entry["trainee_id"]: entry for entry in change["touched"]}
    drawn = {name for group in plan["groups"] if "kept" not in group for name in group["trainees"]}
    kept = dict(_kept(plan))
    yield _say("没有触及的人保持原场次、考场、座位、组、工位和机会", _not_as_before(plan, kept, parent))
    stays = {name for name, entry in touched.items() if entry["kind"] == Kind.WITHDRAWN}
    lost = [
        *((parent.placements.keys() ^ kept.keys()) - touched.keys()),
        *(touched.keys() & kept.keys()),
        *(drawn ^ (touched.keys() - stays)),
    ]
    rows = published_rows(table)
    gone = {row["id"] for row in rows if row["change"] == "trainee_withdrawn"}
    if not is_corrected(rows):  # who waited must still be drawn
        lost += parent.unplaced.keys() - touched.keys() - gone
    yield _say("失去座位的人，座位确实不能再用", _wrongly_unseated(plan, kept, parent))
    yield _say("每个人不是保持不动，就是列出了理由", lost)
    yield _say("每个改动的理由都有依据", _without_reason(plan, touched, parent, rows))
    duties = [one._asdict() for one in parent.duties], [one._asdict() for one in parent.substitutes]
    same = duties == (change["duties"], change["substitutes"])
    yield Check(same, f"考务任务和替补接着上一次的{'' if same else '：不符'}")


def leaving_check(plan: Mapping[str, Any], record: Mapping[str, Any], parent: Parent) -> Check:
    """Check, by the revealed code, that those left whose ticket it was to leave."""
    touched = {entry["trainee_id"]: entry for entry in plan["change"]["touched"]}
    return _say("名额减少时由抽签决定谁离开", _wrongly_left(plan, record, dict(_kept(plan)), touched, parent))


def _say(what: str, wrong: list[str]) -> Check:
    if not wrong:
        return Check(True, what)
    named = "、".join(sorted(set(wrong))[:_MOST_TOLD])
    return Check(False, f"{what}：{len(set(wrong))} 人不是这样（{named}）")


def _kept(plan: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Mapping[str, Any], Mapping[str, Any]]]]:
    """Give everybody who is kept with what they keep and the group they are in."""
    for group in plan["groups"]:
        if "kept" in group:
            for name, one in zip(group["trainees"], group["kept"], strict=True):
                yield name, (one, group)


def _session(plan: Mapping[str, Any], group: Mapping[str, Any]) -> Session:
    (cell,) = group["cells"]
    return Session.of(plan["sessions"][cell["session"]])


def _not_as_before(
    plan: Mapping[str, Any], kept: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]], parent: Parent
) -> list[str]:
    no_seat = {entry["trainee_id"] for entry in plan["change"]["lost_seats"]}
    other = {entry["trainee_id"] for entry in plan["change"]["other_exceptions"]}
    registered = {
        name: (group["item"], group["part"]) for group in parent.plan["groups"] for name in group["trainees"]
    }
    wrong = []
    for name, (one, group) in kept.items():
        was = parent.placements.get(name)
        if was is None or registered[name] != (group["item"], group["part"]):
            wrong.append(name)
            continue
        expected = {
            "room": "" if name in no_seat else was.room,
            "seat": "" if name in no_seat else was.seat,
            "group": was.group,
            "place": was.place,
            "chance": str(was.chance),
            "site_chance": str(was.site_chance),
        }
        exceptions = tuple(group["cells"][0]["exceptions"])
        moved = one != expected or _session(plan, group) != was.session or group["unplaced"]
        if moved or (exceptions != was.exceptions) != (name in other):
            wrong.append(name)
    return wrong


def _wrongly_unseated(
    plan: Mapping[str, Any],
    kept: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
    parent: Parent,
) -> list[str]:
    """Give who is said to have lost a seat, or is not, against the rooms; and of whom the place before is wrong."""
    stay = {name: one for name, one in parent.placements.items() if name in kept}
    earlier = parent.plan.get("seating", {})
    lost = lost_seats(plan["seating"], earlier, stay) if "seating" in plan else []
    said = {entry["trainee_id"]: entry["before"] for entry in plan["change"]["lost_seats"]}
    other = {entry["trainee_id"]: entry["before"] for entry in plan["change"]["other_exceptions"]}
    return [
        *(said.keys() ^ set(lost)),
        *(
            name
            for name, before in (*said.items(), *other.items())
            if name not in stay or before != placement_data(stay[name])
        ),
    ]


def _without_reason(
    plan: Mapping[str, Any],
    touched: Mapping[str, Mapping[str, Any]],
    parent: Parent,
    rows: Sequence[Row],
) -> list[str]:
    facts = is_corrected(rows)
    sessions = {Session.of(entry) for entry in plan["sessions"]}
    wrong = []
    for name, entry in touched.items():
        kind, was = entry["kind"], parent.placements.get(name)
        good = kind in tuple(Kind) and bool(entry["reason"])
        if kind in ROWS:
            good &= facts or any((row["change"], row["id"]) == (ROWS[kind], name) for row in rows)
        if kind == Kind.WAITING:
            good &= name in parent.unplaced
        elif kind == Kind.ADDED:
            good &= was is None and name not in parent.unplaced
        else:
            good &= was is not None
        if kind == Kind.GONE:
            good &= was is not None and was.session not in sessions
        if kind == Kind.FACTS:
            good &= facts
        if not good or entry["before"] != (None if was is None else placement_data(was)):
            wrong.append(name)
    return wrong


def _wrongly_left(
    plan: Mapping[str, Any],
    record: Mapping[str, Any],
    kept: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
    touched: Mapping[str, Mapping[str, Any]],
    parent: Parent,
) -> list[str]:
    """Draw again who leaves, and give those of whom the plan says otherwise."""
    change = plan["change"]
    of = {name: group for group in plan["groups"] for name in group["trainees"]}
    left = {name: entry["kind"] for name, entry in touched.items() if entry["kind"] in LEAVING}
    people = [
        Staying(
            name, parent.placements[name].session, "" if of[name]["part"] == "theory" else of[name]["item"]
        )
        for name in [*kept, *left]
    ]
    sessions = [Session.of(entry) for entry in plan["sessions"]]
    limits = Limits(
        {session: entry["seats"] for session, entry in zip(sessions, plan["sessions"], strict=True)},
        {(sessions[entry["session"]], entry["item"]): entry["places"] for entry in change["places"]},
        {site["site_id"]: site["day_limit"] for site in plan["sites"]},
    )
    if "reveal" in record:
        key = announced_leave_key(record["code"], parent.record["seed"])
    else:
        key = leave_key(record["code"], record["parent"], record["changes_digest"])
    found = leavers(people, limits, change["clashes"], key)
    return [name for name in {*found, *left} if found.get(name) != left.get(name)]
