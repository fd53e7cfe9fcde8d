"""What a change changes, in a few plain sentences for its announcement: sites and sessions, people, staff, what is over.

All of it follows from what is published: the plan before, the plan and the table of the change, and the two moments of the
announcement. ``exam verify`` compares the words byte by byte: of what a released version wrote, the words must stay.
Standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from common.listing import first_few
from scheduler.problem import HALVES, Session
from scheduler.replan.chain.published import Row, is_corrected, published_rows
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.session_begin import beginnings

_HEAD = "这次变更改了什么（各数都出自上一次的计划、这次的 plan.json 和 changes.csv，人人可以核对）"
_LEFT = {
    Kind.GONE: "原场次取消",
    Kind.MOVED: "本人不能参加原场次",
    Kind.RULE: "原场次不再允许",
    Kind.FACTS: "所报项目或科目已更正",
    Kind.LIMIT: "原场次的名额减少",
    Kind.CLASH: "同一人同一时间有两场",
}
_OTHERS = {Kind.ADDED: "新增", Kind.WITHDRAWN: "退考", Kind.WAITING: "此前没有考位、这次一起抽签"}
_ROWS = {"places": "工位数", "day_limit": "考点每日上限"}
_MOST_TOLD = 12

Plan = Mapping[str, Any]


def changed_words(plan: Plan, before: Plan, table: bytes, announcement: Mapping[str, Any]) -> str:
    """Give the passage; it ends with an empty line.

    Parameters
    ----------
    before
        the plan that was changed.
    table
        the bytes of ``changes.csv``.
    """
    lines = changed_lines(plan, before, table, announcement["announced_at"], announcement["public_moment"])
    return "\n".join([_HEAD, *lines, "", ""])


def changed_lines(
    plan: Plan, before: Plan, table: bytes, made: str, drawn: str, unplaced: Collection[str] | None = None
) -> list[str]:
    """Give the sentences of the passage.

    Parameters
    ----------
    unplaced
        who has no place, once it was drawn; None before.
    made, drawn
        when the change is made, and from when on nobody can be drawn into a session: ISO 8601 with their zone.
    """
    rows = published_rows(table)
    first, last = (dt.datetime.fromisoformat(moment) for moment in (made, drawn))
    over = {one: at <= first for one, at in beginnings(plan).items() if at <= last}
    told = [
        *_corrected(rows),
        *_sessions(plan, before, over),
        *_rows(rows),
        *_people(plan, unplaced),
        *_staff(rows),
    ]
    return [*told, *_over(plan, over)]


def _corrected(rows: Sequence[Row]) -> Iterator[str]:
    if is_corrected(rows):
        yield "批次：给出了更正后的完整批次，变更表只写它的摘要；以下各数包括它带来的改动。"


def _sessions(plan: Plan, before: Plan, over: Mapping[Session, bool]) -> Iterator[str]:
    """Tell sites that come or go with all their sessions, other sessions, and other numbers of seats."""
    were, are = ({Session.of(one): one["seats"] for one in each["sessions"]} for each in (before, plan))
    names = {one["site_id"]: one["name"] for each in (before, plan) for one in each["sites"]}
    told = []
    for what, here, there in (("取消", were, are), ("增加", are, were)):
        sites = {one.site_id for one in here} - {one.site_id for one in there}
        whole = Counter(one.site_id for one in here if one.site_id in sites)
        if whole:
            listed = [f"{_site(site, names)}（{many} 场）" for site, many in sorted(whole.items())]
            told.append(
                f"{'不再使用' if what == '取消' else '启用'}考点 {len(whole)} 个：{first_few(listed, _MOST_TOLD, '项')}"
            )
        rest = sorted(one for one in here.keys() - there.keys() if one.site_id not in sites)
        if rest:
            told.append(
                f"{what} {len(rest)} 场：{first_few([_session(one, names) for one in rest], _MOST_TOLD, '项')}"
            )
    other = [one for one in sorted(were.keys() & are.keys() - over.keys()) if were[one] != are[one]]
    if other:
        listed = [f"{_session(one, names)} {were[one]} → {are[one]}" for one in other]
        told.append(f"座位数改变 {len(other)} 场：{first_few(listed, _MOST_TOLD, '项')}")
    yield f"场次：{'；'.join(told) if told else '没有取消，没有增加，座位数不变'}。"


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    many = Counter(row["change"] for row in rows)
    told = [f"{word}改动 {many[kind]} 处" for kind, word in _ROWS.items() if many[kind]]
    if told:
        yield f"名额：{'，'.join(told)}，见 changes.csv。"


def _people(plan: Plan, unplaced: Collection[str] | None) -> Iterator[str]:
    """Tell who stays, who leaves their session, who comes, who goes; then how many of those drawn get no place."""
    change = plan["change"]
    kinds = Counter(one["kind"] for one in change["touched"])
    kept = sum(len(group["trainees"]) for group in plan["groups"] if "kept" in group)
    lost = len(change["lost_seats"])
    stay = f"{kept} 人场次不变" + (f"（其中 {lost} 人的座位不能再用，只换座位）" if lost else "")
    left = [f"{words} {kinds[kind]} 人" for kind, words in _LEFT.items() if kinds[kind]]
    leave = sum(kinds[kind] for kind in _LEFT)
    parts = [stay, f"{leave} 人离开原场次、重新抽签（{'，'.join(left)}）" if leave else "没有人要离开原场次"]
    parts += [f"{words} {kinds[kind]} 人" for kind, words in _OTHERS.items() if kinds[kind]]
    yield f"考生：{'；'.join(parts)}。"
    drawn = leave + kinds[Kind.ADDED] + kinds[Kind.WAITING]
    if drawn:
        told = _placeless(plan) if unplaced is None else _left_out(plan, unplaced)
        yield f"参加抽签的共 {drawn} 人，{told}。"


def _had(plan: Plan) -> set[str]:
    """Give those of the touched who had a place."""
    return {one["trainee_id"] for one in plan["change"]["touched"] if one["before"] is not None}


def _left_out(plan: Plan, unplaced: Collection[str]) -> str:
    """Tell how many got no place in the draw, and how many of them had one before."""
    if not unplaced:
        return "抽签后人人都有考位"
    lost = len(_had(plan) & set(unplaced))
    had = f"，其中 {lost} 人原来有考位" if lost else ""
    return f"抽签后 {len(unplaced)} 人没有考位{had}；是谁、为什么，见 unassigned.csv"


def _placeless(plan: Plan) -> str:
    """Tell how many get no place, how many of them had one before, and of how many that is certain by now."""
    without = Fraction(plan["unplaced"])
    if not without:
        return "人人都会有考位"
    had = _had(plan)
    short = [group for group in plan["groups"] if group["unplaced"]]
    losing, sure = Fraction(0), 0
    for group in short:
        chance = Fraction(group["unplaced"], plan["denominator"] * len(group["trainees"]))
        losing += chance * sum(name in had for name in group["trainees"])
        sure += len(group["trainees"]) if chance == 1 else 0
    lost = f"，其中{_many(losing)}原来有考位" if losing else ""
    certain = "现在就能确定是谁" if sure == without else "是谁由抽签决定"
    if 0 < sure < without:
        certain = f"{sure} 人现在就能确定，其余由抽签决定"
    return f"将有{_many(without)}没有考位{lost}；{certain}，原因见 plan.json"


def _many(expected: Fraction) -> str:
    """Say an expected number of people; plan.json has it exactly."""
    return f" {expected} 人" if expected.denominator == 1 else f"约 {float(expected):.1f} 人"


def _staff(rows: Sequence[Row]) -> Iterator[str]:
    added, away = (
        {row["id"] for row in rows if row["change"] == kind} for kind in ("staff_added", "staff_unavailable")
    )
    told = [f"增加 {len(added)} 人"] if added else []
    told += [f"{len(away)} 人有不能到岗的时间"] if away else []
    if told:
        yield f"考务人员：{'；'.join(told)}。"


def _over(plan: Plan, over: Mapping[Session, bool]) -> Iterator[str]:
    """Tell the sessions that are over, and how many people sit there."""
    sessions = [Session.of(one) for one in plan["sessions"]]
    people: Counter[Session] = Counter()
    for group in plan["groups"]:
        if "kept" in group:
            people[sessions[group["cells"][0]["session"]]] += len(group["trainees"])
    names = {one["site_id"]: one["name"] for one in plan["sites"]}
    for begun, words in (
        (True, "办理时已经开考的 {} 场保持原样（{} 人），没有人离开，也不再安排其他人"),
        (False, "公告之后、公开数值产生之前开考的 {} 场不再安排其他人（{} 人在这些场次）"),
    ):
        found = sorted(one for one, at in over.items() if at == begun)
        if found:
            told = words.format(len(found), sum(people[one] for one in found))
            yield f"{told}：{first_few([_session(one, names) for one in found], _MOST_TOLD, '项')}。"


def _site(site_id: str, names: Mapping[str, str]) -> str:
    name = names.get(site_id, "")
    return site_id if name in ("", site_id) else f"{name}（{site_id}）"


def _session(one: Session, names: Mapping[str, str]) -> str:
    return f"{_site(one.site_id, names)} {one.day} {HALVES[one.half]}"
