"""Networks solved by several processes: the same flows as one after the other, and no process left behind."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import SolverError
from scheduler.other_process import OtherProcess
from scheduler.solver import side_by_side
from scheduler.solver.blocks import Arcs
from scheduler.solver.side_by_side import LevelledNetwork, SideBySide
from tests.scheduler.test_flow import networks


def levelled(network):
    arrays = (network.tails, network.heads, network.capacities)
    costs = [np.asarray(one, np.int64) for one in network.costs]
    return LevelledNetwork(
        *(np.asarray(one, np.int64) for one in arrays), costs, np.asarray(network.supply, np.int64)
    )


def flow_through(capacity):
    """Give a network whose two people want through an arc that takes ``capacity``."""
    ones = np.ones(1, np.int64)
    return LevelledNetwork(0 * ones, ones, capacity * ones, [ones], np.array([2, -2]))


def flows(several, much):
    with SideBySide(much) as solvers:
        return [flow.tolist() for flow in solvers.solve_all(iter(several))]


def test_processes_give_the_same_as_one_after_the_other(monkeypatch):
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 3)
    several = [flow_through(capacity) for capacity in range(2, 12)]
    assert flows(several, 0) == flows(several, 5) == flows(several, 99) == [[2]] * 10
    assert flows(several[:1], 0) == [[2]]
    assert flows([], 0) == []


def test_processes_are_started_once_and_only_where_there_is_much_to_do(monkeypatch):
    """Two arcs are not much where three are; then both tasks, the second one small, are for the same two processes."""
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 2)
    with SideBySide(3) as solvers:
        list(solvers.solve_all([flow_through(2)] * 2))
        assert not solvers._workers
        list(solvers.solve_all([flow_through(2)] * 4))
        workers = list(solvers._workers)
        list(solvers.solve_all([flow_through(2)] * 4))
        assert solvers._workers == workers
        assert len(workers) == 2
    assert all(worker._process.poll() is not None for worker in workers)


def test_processes_that_run_take_what_is_small_too(monkeypatch):
    # why: they were started for what comes later, and would only wait
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 2)
    with SideBySide(99) as solvers:
        solvers.start()
        monkeypatch.setattr(LevelledNetwork, "solve", None)  # in this process nothing is solved
        assert [flow.tolist() for flow in solvers.solve_all([flow_through(2)] * 2)] == [[2], [2]]


def test_only_a_few_networks_wait_at_a_time(monkeypatch):
    """A million people with dates of their own have 20 networks of 3 million arcs: all of them at once are 2 GB."""
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 2)
    made, most = [], 0

    def coming():
        for _ in range(40):
            made.append(flow_through(2))
            yield made[-1]

    with SideBySide(0) as solvers:
        for given_back, _ in enumerate(solvers.solve_all(coming())):
            most = max(most, len(made) - given_back)
    assert (len(made), most) == (40, 5)  # one that is given back, and two for each of two processes


def test_what_cannot_be_solved_is_told_as_in_this_process(monkeypatch):
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 2)
    with pytest.raises(SolverError, match="可行解"):
        flows([flow_through(2), flow_through(1)], 0)


@pytest.mark.parametrize("most", [0, 1])
def test_processes_that_cannot_be_started_cost_nothing_but_time(monkeypatch, most):
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 3)
    started = []

    def start(loading):
        if len(started) == most:
            raise BlockingIOError
        started.append(OtherProcess(loading))
        return started[-1]

    monkeypatch.setattr(side_by_side, "OtherProcess", start)
    assert flows([flow_through(capacity) for capacity in range(2, 12)], 0) == [[2]] * 10
    assert len(started) == most


def test_a_script_without_a_main_guard_can_plan(tmp_path):
    """Whoever calls us from a script or a notebook has none; the script must not run a second time."""
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from scheduler.solver.side_by_side import SideBySide, os\n"
        "from tests.scheduler.test_side_by_side import flow_through\n"
        "os.cpu_count = lambda: 2\n"
        "with SideBySide(0) as solvers:\n"
        "    print(len(list(solvers.solve_all([flow_through(2)] * 4))))\n",
        encoding="utf-8",
    )
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("4\n", "")


@given(networks())
@settings(deadline=None, max_examples=100)
def test_arcs_in_little_room_are_the_same_arcs(network):
    """Those of no width are left out; what a level says nothing of costs nothing, and a cost may be one for all."""
    plain = levelled(network)
    arcs = Arcs(len(plain.costs) + 2)
    arcs.add(plain.tails, plain.heads, plain.capacities, dict(enumerate([*plain.costs, 300])))
    kept = arcs.network(plain.supply, ())
    used = plain.capacities > 0
    for one, other in zip(
        (plain.tails, plain.heads, plain.capacities, *plain.costs, 300 + 0 * plain.tails, 0 * plain.tails),
        (kept.tails, kept.heads, kept.capacities, *kept.costs), strict=True,
    ):  # fmt: skip
        assert one[used].tolist() == other.tolist()


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_numbers_of_any_size_stay_what_they_are(numbers):
    assert side_by_side.small(np.array(numbers, np.int64)).tolist() == numbers
