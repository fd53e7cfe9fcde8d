"""Which sessions are over for a change: those that have begun when it is made, and those that will have when it is drawn.

Who sits in a session that has begun has sat: nobody leaves it. And nobody is drawn into a session that has begun when the
lots are drawn. The moment enters by the published table: a row ``seats`` for each such session with a free seat
(decisions/0015).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from common.errors import InputError
from common.listing import first_few
from scheduler.plan import Limit
from scheduler.problem import HALVES, Half, Problem, Session
from scheduler.replan.chain.published import COLUMNS
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.replan.changes.reasons import SEATS
from scheduler.session_begin import begin

if TYPE_CHECKING:
    from scheduler.exam_hours import ExamHours
    from scheduler.replan.changes.table import Changes

CLOSED = "已经开考或抽签时已经开考，不再安排其他人"
"""The reason of the rows that close such sessions."""
_MOST_TOLD = 5


@dataclass(frozen=True)
class Moments:
    """When a change is made and when its lots are drawn, each with its zone."""

    made: dt.datetime
    drawn: dt.datetime

    def has_begun(self, session: Session, times: ExamHours) -> bool:
        """Say whether a session has begun when the change is made."""
        return _begin(session, times) <= self.made

    def is_too_late(self, session: Session, times: ExamHours) -> bool:
        """Say whether a session has begun when the lots are drawn: nobody can be drawn into it."""
        return _begin(session, times) <= self.drawn

    def may_grow(self, limit: Limit, times: ExamHours) -> bool:
        """Say whether a limit is of a session, or of a day of a site, that is still ahead."""
        halves = [Half(limit.half)] if limit.half else list(Half)
        return not all(self.is_too_late(Session(limit.site_id, limit.day, half), times) for half in halves)


def _begin(session: Session, times: ExamHours) -> dt.datetime:
    return begin(session, {Half.AM: times.am, Half.PM: times.pm})


def told(session: Session) -> str:
    """Name a session in a sentence."""
    return f"{session.site_id} {session.day} {HALVES[session.half]}"


def listed(sessions: Iterable[Session]) -> str:
    """Name sessions in a sentence, the first of many."""
    return first_few([told(one) for one in sorted(sessions)], _MOST_TOLD, "场")


def too_late(problem: Problem, moments: Moments) -> set[Session]:
    """Give the sessions of the changed facts into which nobody can be drawn."""
    return {one for one in problem.seats if moments.is_too_late(one, problem.rules.times)}


def closed_to_others(
    changes: Changes, late: set[Session], staying: Iterable[Session], left: set[Session]
) -> Changes:
    """Give each session that is too late as many seats as people stay there, by a row of the table.

    Parameters
    ----------
    staying
        the session of everybody who stays.
    left
        sessions that somebody must leave: the row that closes one says no reason, which would be told as theirs.
    """
    seats, rows = dict(changes.problem.seats), list(changes.rows)
    people, closed = Counter(staying), []
    for session in sorted(late):
        many = people[session]
        if many != seats[session]:
            seats[session] = many
            rows.append(_row(session, many, "" if session in left else CLOSED))
            closed.append(session)
    if not closed:
        return changes
    remark = f"已经开考或抽签时已经开考的场次不再安排其他人：{listed(closed)}；变更表里把座位数写成现有人数"
    return replace(
        changes,
        problem=replace(changes.problem, seats=seats),
        rows=rows,
        remarks=(*changes.remarks, remark),
    )


def tell_all_over(problem: Problem, moments: Moments) -> Iterator[str]:
    """Tell that an announced change is drawn when every session has begun: a year was mistyped, or it comes too late."""
    times = problem.rules.times
    ahead = [one for one in problem.seats if not moments.has_begun(one, times)]
    if ahead and all(moments.is_too_late(one, times) for one in ahead):
        yield (
            f"约定的公开数值要到全部 {len(problem.seats)} 场开考之后才产生，抽签时一个人也不能再安排；"
            "请核对 --public-moment（特别是年份），或不公告、直接办理"
        )


def _row(session: Session, seats: int, reason: str) -> tuple[str, ...]:
    cells = {"change": SEATS, "id": session.site_id, "date": str(session.day), "half": str(session.half),
             "value": str(seats), "reason": reason}  # fmt: skip
    return tuple(cells.get(column, "") for column in COLUMNS)


def refuse_leaving(change: Mapping[str, Any], moments: Moments, times: ExamHours) -> list[str]:
    """Refuse a change by which somebody would leave a session that has begun; gives what is to be told of those who withdraw from one.

    Raises
    ------
    InputError
        the facts of the change are such that somebody must leave.
    """
    over = [
        (one, Session.of(one["before"]))
        for one in change["touched"]
        if one["before"] is not None and moments.has_begun(Session.of(one["before"]), times)
    ]
    leave = [f"{one['trainee_id']}（{told(session)}，{one['reason']}）" for one, session in over
             if one["kind"] != Kind.WITHDRAWN]  # fmt: skip
    if leave:
        raise InputError(
            f"这样变更，已经开考的场次里有人要离开：{first_few(leave, _MOST_TOLD, '人')}。已经开考的场次保持不动，现在什么都没有改。"
            "请把变更表写成只涉及尚未开考的场次（按日期填写），更正后的批次里保留已经开考的场次和事实；缺考补考的，用新编号登记。"
        )
    return [
        f"考生 {one['trainee_id']} 退考，其场次 {told(session)} 已经开考；退考后不在名单上，空出的座位不给别人"
        for one, session in over
    ]
