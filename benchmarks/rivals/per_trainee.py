"""One flow per trainee: a node for each, an arc to every session, OR-Tools SimpleMinCostFlow.

The two costs are one by weights: a trainee left out costs more than all others at the wrong sites.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Hashable

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.rivals.pairs import Optimum, Solved, pairs, uses
from scheduler.eligibility import Eligibility
from scheduler.problem import Problem, Session, Trainee


class PerTrainee:
    """The network: trainees are the first nodes, then the sink, then the capacities as they come."""

    def __init__(self, problem: Problem, eligibility: Eligibility) -> None:
        self._problem = problem
        self._people = len(problem.trainees)
        self._nodes: dict[Hashable, int] = {}
        self._doors: dict[tuple[Session, str, str], int] = {}
        self._arcs = tuple(array("q") for _ in range(4))
        for number, trainee in enumerate(problem.trainees.values()):
            self._arc(number, self._people, 1, self._people + 1)
            for session, away in pairs(problem, eligibility, trainee):
                self._arc(number, self._door(trainee, session), 1, int(away))

    def _arc(self, *what: int) -> None:
        for listed, value in zip(self._arcs, what, strict=True):
            listed.append(value)

    def _door(self, trainee: Trainee, session: Session) -> int:
        """Give the node by which a trainee comes into a session, made at first use with all behind it."""
        key = session, trainee.item, str(trainee.part)
        if key not in self._doors:
            behind = self._people
            for what, capacity in reversed(uses(self._problem, trainee, session)):
                if what not in self._nodes:
                    self._nodes[what] = self._people + 1 + len(self._nodes)
                    self._arc(self._nodes[what], behind, capacity, 0)
                behind = self._nodes[what]
            self._doors[key] = behind
        return self._doors[key]

    def solve(self) -> tuple[Optimum, int]:
        """Give the optimum and the number of arcs."""
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(*(np.asarray(listed, np.int64) for listed in self._arcs))
        for number in range(self._people):
            flow.set_node_supply(number, 1)
        flow.set_node_supply(self._people, -self._people)
        if flow.solve() != flow.OPTIMAL:
            raise SystemExit("one flow per trainee has no optimum")
        left_out, away = divmod(flow.optimal_cost(), self._people + 1)
        placed = self._people - left_out
        return Optimum(placed, placed - away), len(self._arcs[0])


def one_flow_per_trainee(problem: Problem, eligibility: Eligibility) -> Solved:
    """Build and solve it."""
    begun = time.process_time()
    network = PerTrainee(problem, eligibility)
    built = time.process_time()
    optimum, arcs = network.solve()
    return Solved(optimum, built - begun, time.process_time() - built, arcs)
