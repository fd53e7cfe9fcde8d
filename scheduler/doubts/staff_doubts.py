"""What is stated of the staff and probably not up to date: papers that end, past employment that has not ended.

The plan holds only the earliest of a person's three days and calls it the licence's, so here the two others are told.
"""

from __future__ import annotations

from collections.abc import Iterator

from common.listing import first_few
from scheduler.problem import Problem
from scheduler.several.one_person import persons

_PAPERS = (("agreement_to", "责任书（承诺书）"), ("trained_to", "年度培训"))
_MOST_TOLD = 20


def staff_doubts(problem: Problem) -> Iterator[str]:
    """Give one sentence for each."""
    if problem.seats:
        yield from _ending(problem)
        yield from _not_left(problem)


def _ending(problem: Problem) -> Iterator[str]:
    """Tell whose papers end before the last exam day, each paper by its name: people renew the one that is named."""
    last = max(session.day for session in problem.seats)
    for column, called in _PAPERS:
        ends = [(name, getattr(one, column)) for name, one in sorted(problem.staff.items())]
        over = [f"{name}（{end}）" for name, end in ends if end is not None and end < last]
        if over:
            told = f"考务人员的{called}在 {last} 考试之前到期：{first_few(over, _MOST_TOLD, '处')}"
            yield f"{told}，之后的考试日不派任务；已续办的请更新日期"


def _not_left(problem: Problem) -> Iterator[str]:
    """Tell past employment of the staff that goes on by its dates: it closes no site of whom they work for."""
    days = {session.day for session in problem.seats}
    staff_id = {
        name: one.name
        for one in persons(problem)
        if one.staff_ids
        for name in (*one.staff_ids, *one.trainee_ids)
    }
    running = [
        f"{staff_id[one.to_id]}（{one.from_id}，{f'至 {one.until}' if one.until else '没有结束日期'}）"
        for one in problem.relations
        if one.kind == "employed" and one.to_id in staff_id and any(map(one.holds_on, days))
    ]
    if running:
        yield (
            f"关系表的“曾聘用”（employed）到考试日还没有结束：{first_few(sorted(running), _MOST_TOLD, '处')}，按已经离职对待，"
            "只避开该机构的考生，不避开其考点；仍在那里工作的请改为“聘用”（employs）"
        )
