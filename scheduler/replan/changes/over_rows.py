"""Rows of a table of changes about sessions that have begun: what is over cannot be changed, and nobody who sat there moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.problem import HALVES, Half, Problem, Session
from scheduler.replan.chain.parent import Parent, earlier_rows
from scheduler.replan.changes.over import Moments, listed, told

_CODE = "CHANGE-DATE"


@dataclass(frozen=True)
class Before:
    """What was drawn before a change, and when the change is made: who sits where, and in which sessions staff have duties.

    ``earlier`` gives the published rows of the changes before, with the number of each; only faults ask for them.
    """

    sitting: Mapping[str, Session]
    duties: Mapping[str, frozenset[Session]]
    moments: Moments
    earlier: Callable[[], Iterable[tuple[int, Mapping[str, str]]]] = tuple


def before_change(parent: Parent, moments: Moments) -> Before:
    """Give what rows of a table are held against."""
    duties: dict[str, set[Session]] = {}
    for one in parent.duties:
        session = Session(one.site_id, dt.date.fromisoformat(one.date), Half(one.half))
        duties.setdefault(one.staff_id, set()).add(session)
    sitting = {name: one.session for name, one in parent.placements.items()}
    return Before(
        sitting,
        {name: frozenset(held) for name, held in duties.items()},
        moments,
        lru_cache(maxsize=1)(lambda: tuple(earlier_rows(parent))),
    )


def tell_over(problem: Problem, kind: str, row: Row, before: Before, faults: Faults) -> None:
    """Note that a row would change what is over."""
    judge = _KINDS.get(kind)
    message = judge(_Asked(problem, kind, row, before)) if judge is not None else ""
    if message:
        faults.add(_CODE, message, row.at("date" if row["date"] else "id"))


@dataclass(frozen=True)
class _Asked:
    """A row, the facts that it is about, and what was drawn before. What cannot be read is told where the change is made."""

    problem: Problem
    kind: str
    row: Row
    before: Before

    @property
    def name(self) -> str:
        """Give the id."""
        return cells.identifier(self.row, "id")

    @property
    def half(self) -> str:
        """Give the half that is named, "" for none."""
        return cells.word(self.row, "half", "half", Faults())

    def day(self, column: str) -> dt.date | None:
        """Give a day that is named."""
        return cells.day(self.row, column, Faults())

    def is_over(self, session: Session) -> bool:
        """Say whether a session has begun."""
        return self.before.moments.has_begun(session, self.problem.rules.times)

    def within(self, sessions: Iterable[Session]) -> list[Session]:
        """Give those of some sessions that the days and half of the row name."""
        first, last, half = self.day("date"), self.day("until"), self.half
        return [
            one
            for one in sessions
            if (first is None or first <= one.day <= (last or first)) and half in ("", one.half)
        ]


def _one_session(asked: _Asked) -> str:
    day, half = asked.day("date"), asked.half
    if day is None or not half:
        return ""
    session = Session(asked.name, day, Half(half))
    if asked.is_over(session):
        return f"{told(session)} 已经开考（或早已过去），不能再变更，请核对日期（特别是年份）或删去这一行"
    if asked.kind == "session_added" and asked.before.moments.is_too_late(session, asked.problem.rules.times):
        return f"{told(session)} 在公开数值产生时已经开考，抽签不能再安排人到这一场，请改用更晚的日期"
    return ""


def _places(asked: _Asked) -> str:
    """Places on a day that is over; those without a day count for what is ahead, too."""
    day = asked.day("date")
    halves = [Half(asked.half)] if asked.half else list(Half)
    if day is None or not all(asked.is_over(Session(asked.name, day, half)) for half in halves):
        return ""
    return (
        f"{asked.name} {day} 的场次已经开考（或早已过去），不能再变更，请核对日期（特别是年份）或删去这一行"
    )


def _closed(asked: _Asked) -> str:
    own = [one for one in asked.problem.seats if one.site_id == asked.name]
    over = [one for one in asked.within(own) if asked.is_over(one)]
    if not over:
        return ""
    message = f"考点 {listed(over)} 已经开考，不能再取消"
    return f"{message}；{_rest(asked, [one for one in own if not asked.is_over(one)], over)}"


def _rest(asked: _Asked, ahead: Iterable[Session], over: Iterable[Session]) -> str:
    """Say how to write what is still to come."""
    days = sorted({one.day for one in ahead} - {one.day for one in over})
    begun = {one.day for one in over}
    parts = [one for one in ahead if one.day in begun]
    advice = [f"其余的，日期填 {days[0]}、截止日期填 {days[-1]}"] if days else []
    if parts:
        advice.append(f"{listed(parts)} 尚未开考，另用一行{_word_for_part(asked)}")
    return "；".join(advice) if advice else "没有尚未开考的场次，请删去这一行"


def _word_for_part(asked: _Asked) -> str:
    if asked.kind == "site_closed":
        return cells.told_word("change", "session_cancelled")
    return f"{cells.told_word('change', asked.kind)}，写明半天（{HALVES[Half.AM]}或{HALVES[Half.PM]}）"


def _trainee(asked: _Asked) -> str:
    session = asked.before.sitting.get(asked.name)
    if session is None or not asked.is_over(session):
        return ""
    again = cells.told_word("change", "trainee_added")
    return f"考生 {asked.name} 的场次 {told(session)} 已经开考，不能换场或改期；缺考补考的，用新编号登记（{again}）"


def _staff(asked: _Asked) -> str:
    """Duties that are done: whoever did them cannot have been away then."""
    over = [one for one in asked.within(asked.before.duties.get(asked.name, ())) if asked.is_over(one)]
    if not over:
        return ""
    ahead = [one for one in asked.problem.seats if not asked.is_over(one)]
    message = f"{asked.name} 在 {listed(over)} 有任务，这些场次已经开考，不能再换人"
    return f"{message}；{_rest(asked, ahead, over)}"


_KINDS: Mapping[str, Callable[[_Asked], str]] = {
    "site_closed": _closed,
    "session_cancelled": _one_session,
    "session_added": _one_session,
    "seats": _one_session,
    "places": _places,
    "staff_unavailable": _staff,
    "trainee_moved": _trainee,
    "trainee_dates": _trainee,
}
