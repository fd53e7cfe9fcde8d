"""A breach: one place where a schedule does not keep a rule of contract section 4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from common.privacy import mask_identity_in
from scheduler.problem import HALVES, Half, Session

RULE_TITLES = {
    1: "考位与时间",
    2: "交叉考试",
    3: "在本市考试",
    4: "应排尽排、公共考点优先、机会均等",
    5: "考务人员回避与资格",
    6: "考场、工位组与每处人数",
}
MOST_SHOWN = 3
"""At how many people a breach of a whole session is shown."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule: what is wrong (``code``), which rule, a sentence, and whom it concerns.

    ``subjects`` holds pairs of a key of contract section 5 (``trainee_id``, ``site_id``, ``date``,
    ``half``, ``item`` and the like) and its value, in the order in which a reader wants them.
    The sentence names ids only, never names or identity numbers of people.
    ``shown_by`` are a few of the trainees in whose rows it can be seen, where it is about nobody alone.
    """

    code: str
    rule: int
    message: str
    subjects: tuple[tuple[str, str | int], ...] = ()
    shown_by: tuple[str, ...] = field(default=(), compare=False)

    def as_data(self) -> dict[str, Any]:
        """Give the breach in the form of ``exam check --json``; only the keys that apply."""
        return {"code": self.code, "rule": self.rule, **dict(self.subjects), "message": self.message}


def breach(code: str, rule: int, sentence: str, **subjects: str | int | None) -> Breach:
    """Build a breach whose sentence ends with the rule; subjects that are None do not apply.

    A schedule from anywhere may hold identity numbers where ids should be: they are masked.
    """
    return Breach(
        code,
        rule,
        mask_identity_in(f"{sentence}（规则 {rule}：{RULE_TITLES[rule]}）"),
        tuple((key, _shown(value)) for key, value in subjects.items() if value is not None),
    )


def _shown(value: str | int) -> str | int:
    return mask_identity_in(value) if isinstance(value, str) else value


def session_breach(
    code: str, rule: int, sentence: str, session: Session, **subjects: str | int | None
) -> Breach:
    """Build a breach about one session: its site, date and half are subjects."""
    return breach(
        code,
        rule,
        sentence,
        **{
            **subjects,
            "site_id": session.site_id,
            "date": session.day.isoformat(),
            "half": session.half.value,
        },
    )


def shown(one: Breach, trainees: Iterable[str]) -> Breach:
    """Give a breach with those in whose rows it can be seen."""
    return replace(one, shown_by=tuple(trainees))


def say_time(day: dt.date, half: Half) -> str:
    """Say a time for a reader: 2026-12-01 上午."""
    return f"{day.isoformat()} {HALVES[half]}"


def say_session(session: Session) -> str:
    """Say a session for a reader: 考点 S1 2026-12-01 上午场."""
    return f"考点 {session.site_id} {say_time(session.day, session.half)}场"
