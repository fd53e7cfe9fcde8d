"""Does the plan of a change follow from the plan before and the published table? Everything that both make certain.

Standard library only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from scheduler.checks import Check
from scheduler.replan.chain.from_parent import rule_breaches, session_breaches, site_breaches
from scheduler.replan.chain.from_parent_people import date_breaches, people_breaches
from scheduler.replan.chain.from_parent_sites import place_breaches, room_breaches
from scheduler.replan.chain.from_parent_staff import staff_breaches
from scheduler.replan.chain.from_parent_touched import impossible_breaches, kind_breaches
from scheduler.replan.chain.one_form import form_breaches
from scheduler.replan.chain.parent import Parent
from scheduler.replan.chain.published import published_rows
from scheduler.replan.chain.so_far import SoFar
from scheduler.replan.chain.table_form import form_faults

_MOST_TOLD = 5


def following_checks(plan: Mapping[str, Any], parent: Parent, table: bytes, so_far: SoFar) -> Iterator[Check]:
    """Hold the plan of a change against the plan before and the table of changes.

    Parameters
    ----------
    so_far
        what is certain by the tables and plans of the changes before; this change is taken in.
    """
    rows = published_rows(table)
    so_far.take(rows)
    before = parent.plan
    yield _say("变更表的写法无误", form_faults(table))
    yield _say("计划只有规定的内容，次序无误", form_breaches(plan))
    yield _say("场次和座位数来自前一份计划和变更表", session_breaches(plan, before, rows))
    yield _say("考点和每日上限来自前一份计划和变更表", site_breaches(plan, before, rows))
    yield _say("规则和名单的摘要没有另行改动", rule_breaches(plan, before, rows))
    yield _say("考场和同时工位数没有另行改动", room_breaches(plan, before, rows))
    yield _say("工位数来自前一份计划和变更表", place_breaches(plan, parent, rows, so_far))
    so_far.take_plan(plan)
    yield _say("考生及其项目、科目、机构和班级来自前一份计划和变更表", people_breaches(plan, before, rows))
    yield _say("没有人安排在变更表所写日期以外", date_breaches(plan, so_far.windows))
    yield _say("考务人员来自前一份计划和变更表", staff_breaches(plan, before, rows))
    yield _say("触及的缘由和理由与变更表一致", kind_breaches(plan, parent, rows))
    yield _say("本人不能参加的场次与历次变更表一致", impossible_breaches(plan, parent, rows))


def _say(what: str, breaches: Iterable[str]) -> Check:
    told = list(islice(breaches, _MOST_TOLD + 1))
    if not told:
        return Check(True, what)
    more = "等" if len(told) > _MOST_TOLD else ""
    return Check(False, f"{what}：不是这样。{'；'.join(told[:_MOST_TOLD])}{more}")


def moment_check(record: Mapping[str, Any], earlier: Mapping[str, Any]) -> Check:
    """Check that a change was not drawn before the draw that it changes."""
    good = not is_before(record["drawn_at"], earlier["drawn_at"])
    return Check(good, f"抽签时间{'不' if good else ''}早于上一次抽签")


def is_before(moment: str, other: str) -> bool:
    """Say whether a moment is before another, both ISO 8601 with their zone.

    Raises
    ------
    TypeError, ValueError
        one is none.
    """
    return dt.datetime.fromisoformat(moment) < dt.datetime.fromisoformat(other)
