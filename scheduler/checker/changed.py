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

import numpy as np

from common.canonical import digest
from common.errors import InputError
from scheduler.checker.facts import Choices, Facts
from scheduler.file_names import DRAW_FILE, PLAN_FILE
from scheduler.problem import Half, Problem, Session, Trainee


@dataclass(frozen=True)
class Changed:
    """Who is held fast, and which sessions single trainees cannot come to."""

    kept: frozenset[str]
    impossible: Mapping[str, frozenset[Session]]


class ChangedFacts(Facts):
    """Facts with those who are held fast and what is impossible to some."""

    def __init__(self, problem: Problem, changed: Changed) -> None:
        super().__init__(problem)
        self.fixed, self.apart = changed.kept, frozenset(changed.impossible)
        self._impossible = changed.impossible
        self._own: dict[tuple[str, int], Choices] = {}

    def _allowed_among(self, untied: Choices, trainee: Trainee) -> Choices:
        """Leave out, too, the sessions to which a trainee cannot come."""
        whole = super()._allowed_among(untied, trainee)
        not_there = self._impossible.get(trainee.trainee_id)
        if not not_there:
            return whole
        key = (trainee.trainee_id, id(whole))
        if key not in self._own:
            possible = [one for one in whole if self.sessions[one] not in not_there]
            self._own[key] = np.array(possible, np.int64)
        return self._own[key]


def read_changed(folder: Path) -> Changed | None:
    """Read what draw.json and plan.json say of a change; None where the schedule is no change of ours.

    Raises
    ------
    InputError
        they say that it is one, and do not fit together.
    """
    record = _json(folder / DRAW_FILE)
    if "change_number" not in record:
        return None
    plan = _json(folder / PLAN_FILE)
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
