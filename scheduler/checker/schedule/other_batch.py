"""Is a schedule of ours that of the batch it is checked against? Of another one, most of what is found is no fault of it."""

from __future__ import annotations

import json
from pathlib import Path

from scheduler.batch.facts_digest import facts_digest
from scheduler.problem import Problem


def is_of_another_batch(problem: Problem, folder: Path) -> bool:
    """Say whether a plan stands beside the schedule that was made of other facts; without a plan nobody knows."""
    try:
        plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        stated, form = plan["list_digest"], plan.get("list_form", 1)
        return isinstance(stated, str) and facts_digest(problem, form) != stated
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
