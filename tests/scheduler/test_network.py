"""The network of a batch: what one solution teaches the next one changes nothing but the time."""

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings

from scheduler import overlaps
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.network import solve
from scheduler.overlaps import solve_without_overlaps
from scheduler.solver.flow import _Levels
from scheduler.solver.side_by_side import SideBySide
from tests.scheduler.builders import at, places, problem, site, trainee
from tests.scheduler.strategies import batches


def optimum(batch, prices):
    """Give what each level costs in all networks that were solved, one after the other; with prices or without."""
    costs, solve_all = [], SideBySide.solve_all

    def watched(self, networks):
        networks = list(networks)
        for network, flow in zip(networks, solve_all(self, networks), strict=True):
            costs.append([int(np.sum(level.astype(object) * flow)) for level in network.costs])
            yield flow

    def solving(*args, **named):
        return solve(*args, **(named if prices else named | {"prices": None}))

    eligibility = Eligibility(batch, ConflictGraph(batch))
    with patch.object(SideBySide, "solve_all", watched), patch.object(overlaps, "solve", solving):
        solve_without_overlaps(batch, eligibility, 60)
    return costs


@given(batch=batches(most=8))
@settings(deadline=None, max_examples=60)
def test_prices_of_one_solution_change_no_optimum_of_the_next(batch):
    """Each level of each network costs as much, whether it was solved or known by its prices."""
    with_prices, without = optimum(batch, prices=True), optimum(batch, prices=False)
    assert with_prices == without


def test_right_prices_spare_a_solution():
    """Two people with two registrations each, two public seats: how dear those are is known from the first solution."""
    people = [
        trainee(f"T{number}{part}", id_number=f"00000019900101000{number}", item=item)
        for number in range(2)
        for part, item in enumerate(("电工", "焊工"))
    ]
    sites = [site("A", kind="public"), site("B")]
    times = [at(name, when) for name in "AB" for when in ("1am", "1pm")]
    rows = [places(name, 9, item) for name in "AB" for item in ("电工", "焊工")]
    batch = problem(
        people, sites, seats=dict.fromkeys(times, 1) | {at("B", "1am"): 9, at("B", "1pm"): 9}, rows=rows
    )
    counts = {}
    for prices in (True, False):
        with patch.object(
            _Levels, "_solve_level", autospec=True, side_effect=_Levels._solve_level
        ) as solving:
            optimum(batch, prices)
        counts[prices] = solving.call_count
    assert counts[True] == counts[False] - 1
