"""A schedule changed after its draw: who was kept where they were, so that rule 4 is not judged by moving them.

Rule 4 asks for the best of all schedules; after a change nobody untouched may be moved for it. So it is judged
for those who were touched, with everybody else held fast. All other rules are judged for everybody.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.canonical import digest
from common.errors import InputError
from scheduler.checker.facts import Facts
from scheduler.problem import Half, Problem, Session, Trainee
from scheduler.schedule import Schedule


@dataclass(frozen=True)
class Changed:
    """Who is held fast, and which sessions single trainees cannot come to."""

    kept: frozenset[str]
    impossible: Mapping[str, frozenset[Session]]

    def comparable(self, schedule: Schedule) -> Schedule:
        """Give those whose chances come of one draw and one set of sessions."""
        apart = self.kept | self.impossible.keys()
        return Schedule(
            {name: one for name, one in schedule.placements.items() if name not in apart}, schedule.unplaced
        )


class ChangedFacts(Facts):
    """Facts with those who are held fast and what is impossible to some."""

    def __init__(self, problem: Problem, changed: Changed) -> None:
        super().__init__(problem)
        self.fixed = changed.kept
        self._impossible = changed.impossible
        self._own: dict[str, tuple[Session, ...]] = {}

    def allowed(self, trainee: Trainee) -> tuple[Session, ...]:
        """Give the sessions where a trainee may sit and can come to."""
        whole = super().allowed(trainee)
        not_there = self._impossible.get(trainee.trainee_id)
        if not not_there:
            return whole
        if trainee.trainee_id not in self._own:
            self._own[trainee.trainee_id] = tuple(one for one in whole if one not in not_there)
        return self._own[trainee.trainee_id]


def read_changed(folder: Path) -> Changed | None:
    """Read what draw.json and plan.json say of a change; None where the schedule is no change of ours.

    Raises
    ------
    InputError
        they say that it is one, and do not fit together.
    """
    record, plan = _json(folder / "draw.json"), _json(folder / "plan.json")
    if "change_number" not in record:
        return None
    content = {name: value for name, value in plan.items() if name != "digest"}
    try:
        fits = record["plan_digest"] == digest(content)
        changed = Changed(
            frozenset(name for group in plan["groups"] if "kept" in group for name in group["trainees"]),
            _impossible(plan["change"]["impossible"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        fits = False
    if not fits:
        raise InputError(
            f"{folder}：draw.json 说这是抽签后的变更，plan.json 却与它不符，不知道哪些人没有触及。"
            "请先用 zhengkao exam verify 复核。"
        )
    return changed


def _impossible(entries: list[dict[str, str]]) -> Mapping[str, frozenset[Session]]:
    found: dict[str, set[Session]] = defaultdict(set)
    for one in entries:
        session = Session(one["site_id"], dt.date.fromisoformat(one["date"]), Half(one["half"]))
        found[one["trainee_id"]].add(session)
    return {name: frozenset(sessions) for name, sessions in found.items()}


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
