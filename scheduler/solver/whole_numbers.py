"""A small program in whole numbers: rows with bounds, least cost, by OR-Tools.

The search asks linear programs in floating point which way to go: of several optima another kind of processor may find
another one, as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.solver.searches import found, new_search


@dataclass
class Program:
    """Numbers from 0 up to a bound each, with a cost and a first guess; and rows of terms, number times factor."""

    bounds: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    guess: list[int] = field(default_factory=list)
    rows: list[tuple[Sequence[tuple[int, int]], int | None, int | None]] = field(default_factory=list)

    def number(self, bound: int, cost: int = 0, guess: int = 0) -> int:
        """Add a number; gives its place."""
        self.bounds.append(bound)
        self.costs.append(cost)
        self.guess.append(min(guess, bound))
        return len(self.bounds) - 1

    def row(
        self, terms: Sequence[tuple[int, int]], least: int | None = None, most: int | None = None
    ) -> None:
        """Add a row: what the terms add up to lies between two numbers."""
        self.rows.append((terms, least, most))

    def solve(self, effort: float) -> list[int] | None:
        """Give numbers of least cost, or the best that so much work finds; None where it finds none."""
        solver = new_search(effort, 1)
        numbers = [solver.IntVar(0, bound, "") for bound in self.bounds]
        for terms, least, most in self.rows:
            row = solver.Constraint(
                -solver.infinity() if least is None else least, solver.infinity() if most is None else most
            )
            for place, factor in terms:
                row.SetCoefficient(numbers[place], factor)
        solver.SetHint(numbers, self.guess)
        solver.Minimize(solver.Sum([cost * number for cost, number in zip(self.costs, numbers, strict=True)]))
        return found(solver, numbers)
