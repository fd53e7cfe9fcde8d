"""The changed facts, kept beside the change as a batch that reads as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from common.errors import ZhengkaoError
from common.finding import Finding, Location
from scheduler.batch.batch_files import write_batch
from scheduler.batch.facts_digest import facts_digest
from scheduler.batch.kept_batch import keep, rules_in
from scheduler.errors import BadBatchError, BadChangesError
from scheduler.problem import Problem
from scheduler.reading import read_batch


def keep_changed(space: Path, new: Path, problem: Problem, rules: Path | None, given: Path | None) -> Problem:
    """Keep the changed facts in the folder of the change and give them as they read.

    Raises
    ------
    BadChangesError
        the changed facts are faulty.
    """
    if given is not None:
        keep(given, rules, new)
        return problem
    kept = keep(write_batch(problem, space / "facts"), rules, new)
    try:
        again = read_batch(kept, rules_in(kept))
    except BadBatchError as error:
        raise BadChangesError([_after(one) for one in error.findings]) from error
    if facts_digest(again) != facts_digest(problem):
        raise ZhengkaoError("变更后的批次写出之后读回来不一样，没有变更。请把批次和变更表交给程序的维护者。")
    return again


def _after(finding: Finding) -> Finding:
    """Tell a fault of the changed facts: its place is in files that nobody sees."""
    told = f"照这张表变更之后，批次有问题（变更后的 {finding.location}）：{finding.message}"
    return replace(finding, message=told, location=Location("变更表"))
