"""Is a schedule of ours that of the batch it is checked against, under its rules? If not, most of what is found is no fault of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scheduler.batch.facts_digest import facts_digest
from scheduler.file_names import PLAN_FILE
from scheduler.problem import Problem

_BATCH = (
    "这份安排不是按所给批次做的（名单摘要不同），以下问题可能只因批次不同；变更后的安排请用它自己的批次：{}"
)
_RULES = "这份安排的计划所用的规则与这次检查所用的不同（{}），以下问题可能只因规则不同；计划的规则文件请用 --rules 指出"

_UNJUDGED = ("notice", "times")  # nothing of them is a rule of contract section 4


def unlike_its_plan(problem: Problem, folder: Path, kept: Path) -> Iterator[str]:
    """Say that a plan stands beside the schedule that was made of other facts, or with other rules; without a plan nobody knows.

    Parameters
    ----------
    kept
        where the batch of the plan is kept.
    """
    try:
        plan = json.loads((folder / PLAN_FILE).read_text(encoding="utf-8"))
        stated, form = plan["list_digest"], plan.get("list_form", 1)
        if isinstance(stated, str) and facts_digest(problem, form) != stated:
            yield _BATCH.format(kept)
        other = list(_other_rules(problem.rules.as_data(), plan["rules"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if other:
        yield _RULES.format("、".join(other))


def _other_rules(ours: Mapping[str, Any], plans: Mapping[str, Any]) -> Iterator[str]:
    """Give the keys of rules that a plan states otherwise; what an earlier version did not know is not stated."""
    for section, values in ours.items():
        if section in _UNJUDGED:
            continue
        stated = plans.get(section, values)
        if isinstance(values, Mapping):
            yield from (
                f"{section}.{key}" for key, value in values.items() if stated.get(key, value) != value
            )
        elif stated != values:
            yield section
