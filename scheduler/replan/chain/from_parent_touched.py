"""What the plan before and the published table say of the touched: kind, reason, and sessions that are impossible.

Kinds come in a fixed order, and so does what each reason says, but for the words of a rule: that the rules no longer allow a
session only the batch shows. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scheduler.problem import Session
from scheduler.replan.chain.from_parent import sessions_after
from scheduler.replan.chain.from_parent_people import members
from scheduler.replan.chain.parent import Parent, session_data
from scheduler.replan.chain.published import Row, is_corrected
from scheduler.replan.chain.touch_kinds import LEAVING, Kind
from scheduler.replan.changes import reasons
from scheduler.replan.leaving import Limits, Staying

WORDS: Mapping[str, str] = {
    Kind.WITHDRAWN: "退考",
    Kind.ADDED: "新增考生",
    Kind.WAITING: "此前没有考位，有空出的考位时参加本次安排",
    Kind.MOVED: "本人不能参加原场次",
    Kind.GONE: "原场次取消",
    Kind.FACTS: "所报项目或科目已更正",
    Kind.LIMIT: "原场次的名额减少，由抽签决定离开",
    Kind.CLASH: "同一人同一时间有两场，由抽签决定离开",
}
"""What is told of each kind; of ``rule`` more."""
RULE_WORDS = "原场次不再允许："
ROWS: Mapping[str, str] = {
    Kind.WITHDRAWN: "trainee_withdrawn",
    Kind.ADDED: "trainee_added",
    Kind.MOVED: "trainee_moved",
}
"""The change whose row gives the reason of a kind."""


def with_stated(words: str, stated: str) -> str:
    """Give words, and the reason that a table states, where it does."""
    return f"{words}（{stated}）" if stated else words


def kind_breaches(plan: Mapping[str, Any], parent: Parent, rows: Sequence[Row]) -> Iterator[str]:
    """Tell who is touched as another kind than is true, or for another reason than the table says."""
    moved = {row["id"] for row in rows if row["change"] == "trainee_moved"}
    touched = {one["trainee_id"]: one for one in plan["change"]["touched"]}
    told = _Reasons(plan, parent, rows)
    for name, kind in sorted(_plain_kinds(plan, parent, moved).items()):
        given = touched[name]["kind"] if name in touched else ""
        if given != kind and (kind or given not in ("", Kind.RULE, *LEAVING)):
            yield f"考生 {name} 触及的缘由应为 {kind or '无'}，计划写的是 {given or '无'}"
    for name in sorted(moved - parent.placements.keys()):
        yield f"变更表写了考生 {name} 换场，此前没有考位"
    for name, one in sorted(touched.items()):
        if not told.is_right(name, one):
            yield f"考生 {name} 的理由不是变更表所写的：{one['reason']}"
    if plan["change"]["clashes"] and not is_corrected(rows) and not _adding(rows):
        yield "变更表没有更正事实，却写了同一人同一时间有两场"


def _plain_kinds(plan: Mapping[str, Any], parent: Parent, moved: set[str]) -> dict[str, str]:
    """Give of everybody placed before the kind that can be seen without rules; "" for none."""
    before, now = members(parent.plan), members(plan)
    held = {Session.of(one) for one in plan["sessions"]}

    def kind_of(name: str, session: Session) -> str:
        if name not in now:
            return Kind.WITHDRAWN
        if name in moved:
            return Kind.MOVED
        if now[name][:2] != before[name][:2]:
            return Kind.FACTS
        return "" if session in held else Kind.GONE

    return {name: kind_of(name, was.session) for name, was in parent.placements.items()}


def _adding(rows: Sequence[Row]) -> bool:
    """Say whether somebody is added: by a number, whom that ties together nobody else knows."""
    return any(row["change"] in ("trainee_added", "staff_added") for row in rows)


class _Reasons:
    """The reasons that the table gives for each who is touched."""

    def __init__(self, plan: Mapping[str, Any], parent: Parent, rows: Sequence[Row]) -> None:
        self._parent, self._rows = parent, rows
        self._corrected = is_corrected(rows)
        lost = sessions_after(plan, parent.plan, rows).lost
        self._lost = {
            Session.of(dict(zip(("site_id", "date", "half"), one, strict=True))): why
            for one, why in lost.items()
        }
        self._group = {name: group for group in plan["groups"] for name in group["trainees"]}
        sessions = [Session.of(one) for one in plan["sessions"]]
        limits = Limits(
            {session: one["seats"] for session, one in zip(sessions, plan["sessions"], strict=True)},
            {(sessions[one["session"]], one["item"]): one["places"] for one in plan["change"]["places"]},
            {one["site_id"]: one["day_limit"] for one in plan["sites"]},
        )
        kept = (name for group in plan["groups"] if "kept" in group for name in group["trainees"])
        staying = [self._staying(name) for name in kept if name in parent.placements]
        self._full = reasons.Full(staying, limits)

    def _staying(self, name: str) -> Staying:
        group = self._group[name]
        item = "" if group["part"] == "theory" else group["item"]
        return Staying(name, self._parent.placements[name].session, item)

    def is_right(self, name: str, one: Mapping[str, Any]) -> bool:
        """Say whether the reason of somebody touched is what the table says."""
        kind, reason = one["kind"], one["reason"]
        if kind == Kind.RULE:
            return bool(reason.startswith(RULE_WORDS))
        words, was = WORDS.get(kind), self._parent.placements.get(name)
        if words is None:
            return False
        stated = self._named(ROWS.get(kind, ""), name)
        if kind == Kind.GONE and was is not None:
            stated = self._lost.get(was.session, "")
        elif kind == Kind.LIMIT and was is not None:
            stated = self._of_limit(name, was.session)
        right = {with_stated(words, stated)}
        if kind == Kind.GONE and self._corrected:  # the batch may have lost it before the table did
            right.add(words)
        return reason in right

    def _named(self, change: str, name: str) -> str:
        found = (row["reason"] for row in self._rows if (row["change"], row["id"]) == (change, name))
        return next((reason for reason in found if reason), "")

    def _of_limit(self, name: str, session: Session) -> str:
        leaver = self._staying(name)
        published = [tuple(row.values()) for row in self._rows]
        return reasons.stated(published, self._full.of(leaver), session, leaver.item)


def impossible_breaches(plan: Mapping[str, Any], parent: Parent, rows: Sequence[Row]) -> Iterator[str]:
    """Tell sessions that are impossible for somebody, or are not, against the changes so far."""
    registered = members(plan)
    found = {
        (one["trainee_id"], Session.of(one)) for one in parent.plan.get("change", {}).get("impossible", ())
    }
    for row in rows:
        was = parent.placements.get(row["id"])
        if row["change"] == "trainee_moved" and was is not None:
            found.add((row["id"], was.session))
    due = [
        {"trainee_id": name, **session_data(session)} for name, session in sorted(found) if name in registered
    ]
    given = plan["change"]["impossible"]
    if given != due:
        names = {one["trainee_id"] for one in [*due, *given] if one not in due or one not in given}
        yield f"本人不能参加的场次（change.impossible）不是历次变更表所写的：{'、'.join(sorted(names)) or '次序不同'}"
