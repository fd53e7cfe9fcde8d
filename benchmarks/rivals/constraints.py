"""CP-SAT with a boolean for each trainee and session: what it finds and proves in its time."""

from __future__ import annotations

import time
from collections.abc import Hashable
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from benchmarks.rivals.pairs import Optimum, pairs, uses
from scheduler.eligibility import Eligibility
from scheduler.problem import Problem


class Found(NamedTuple):
    """The best found, whether it is proven, and the most that could be placed and be public by the bound."""

    status: str
    optimum: Optimum
    bound: float
    objective: float
    booleans: int
    seconds: float


def by_constraints(problem: Problem, eligibility: Eligibility, limit: float) -> Found:
    """Solve with a time limit; placed people weigh more than all public places together."""
    begun = time.perf_counter()  # of the clock: it uses all cores
    model = cp_model.CpModel()
    used: dict[Hashable, list[Any]] = {}
    sizes: dict[Hashable, int] = {}
    placed, public = [], []
    for trainee in problem.trainees.values():
        own = []
        for session, away in pairs(problem, eligibility, trainee):
            variable = model.new_bool_var("")
            own.append(variable)
            if not away:
                public.append(variable)
            for what, size in uses(problem, trainee, session):
                used.setdefault(what, []).append(variable)
                sizes[what] = size
        model.add_at_most_one(own)
        placed += own
    for what, listed in used.items():
        model.add(sum(listed) <= sizes[what])
    weight = len(problem.trainees) + 1
    model.maximize(weight * sum(placed) + sum(public))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(model)
    seconds = time.perf_counter() - begun
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(
            solver.status_name(status), Optimum(0, 0), solver.best_objective_bound, 0, len(placed), seconds
        )
    optimum = Optimum(*(sum(map(solver.boolean_value, listed)) for listed in (placed, public)))
    return Found(
        solver.status_name(status), optimum, solver.best_objective_bound, solver.objective_value, len(placed), seconds
    )  # fmt: skip
