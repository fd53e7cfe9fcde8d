"""Searches among whole numbers by OR-Tools: one thread, a fixed seed, and a limit on work instead of time: the same on every run."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.linear_solver import pywraplp


def new_search(effort: float, level: int) -> pywraplp.Solver:
    """Give a search to be filled; ``effort`` is its limit in its own measure of work, ``level`` how much it asks linear programs."""
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString(
        f"num_workers:1 random_seed:0 max_deterministic_time:{effort} linearization_level:{level}"
    )
    return solver


def found(solver: pywraplp.Solver, numbers: Sequence[pywraplp.Variable]) -> list[int] | None:
    """Search; gives the best numbers, or as good as so much work finds, and None where it finds none."""
    if solver.Solve() not in (solver.OPTIMAL, solver.FEASIBLE):
        return None
    return [round(number.solution_value()) for number in numbers]
