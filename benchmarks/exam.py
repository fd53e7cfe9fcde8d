"""Time of each stage of an exam batch, and how it grows: ``python -m benchmarks.exam [SMALL LARGE]``.

Prints seconds, and ratios that hold on any machine: the share of each stage, and the growth from the
small batch to the large one against the growth of the batch.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.batches import write_batch
from scheduler.batch.facts_digest import facts_digest
from scheduler.capacity import plan_chances
from scheduler.checker.check import check
from scheduler.conflicts import ConflictGraph
from scheduler.draw import draw
from scheduler.eligibility import Eligibility
from scheduler.plan_form import plan_data
from scheduler.problem import Problem
from scheduler.reading import read_batch

SEED = "5a" * 32


def main() -> None:
    small, large = map(int, sys.argv[1:3] or ("2000", "20000"))
    with tempfile.TemporaryDirectory() as folder:
        first = measure(write_batch(Path(folder) / "small", small))
        second = measure(write_batch(Path(folder) / "large", large))
    print(f"{'stage':<12}{small:>10}{large:>10}{'share':>8}{'growth':>8}")
    whole = sum(second.values())
    for stage, seconds in second.items():
        growth = seconds / max(first[stage], 0.001)
        print(f"{stage:<12}{first[stage]:>9.2f}s{seconds:>9.2f}s{seconds / whole:>8.0%}{growth:>7.1f}x")
    print(
        f"{'all':<12}{sum(first.values()):>9.2f}s{whole:>9.2f}s{1:>8.0%}{whole / sum(first.values()):>7.1f}x"
    )
    print(f"the batch grew {large / small:.1f}x")


def measure(batch: Path) -> dict[str, float]:
    """Give the seconds of each stage, in order."""
    times: dict[str, float] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        result = work(*arguments)
        times[stage] = time.perf_counter() - start
        return result

    problem = timed("read", read_batch, batch)
    eligibility = timed("eligibility", _eligibility, problem)
    chances = timed("chances", plan_chances, problem, eligibility)
    digest = timed("digest", facts_digest, problem)
    plan = timed("plan", plan_data, problem, chances, "0", digest)
    schedule = timed("draw", draw, plan, SEED)
    breaches = timed("check", check, problem, schedule)
    if breaches:
        sys.exit(f"the checker found {len(breaches)} breaches: {breaches[0].message}")
    return times


def _eligibility(problem: Problem) -> Eligibility:
    eligibility = Eligibility(problem, ConflictGraph(problem))
    for trainee in problem.trainees.values():
        eligibility.of(trainee)
    return eligibility


if __name__ == "__main__":
    main()
