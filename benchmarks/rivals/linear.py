"""HiGHS on networks as linear programs, in a process of its own: ``python -m benchmarks.rivals.linear FILE``.

FILE (numpy .npz) holds ``tails``, ``heads``, ``capacities``, ``costs`` (levels, arcs) and ``supply`` of one
network, the very arrays that our solver was given. Prints as JSON the cost of each level at the optimum
and the seconds. OR-Tools must not be loaded here: the two libraries cannot share a process.
"""

from __future__ import annotations

import json
import sys
import time

import highspy
import numpy as np


def main() -> None:
    network = np.load(sys.argv[1])
    begun = time.process_time()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(_program(network))
    built = time.process_time()
    solver.run()
    solved = time.process_time()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        sys.exit(f"HiGHS: {solver.modelStatusToString(solver.getModelStatus())}")
    flow = np.asarray(solver.getSolution().col_value)
    levels = [float(cost @ flow) for cost in network["costs"]]
    print(json.dumps({"levels": levels, "building": built - begun, "solving": solved - built}))


def _program(network: np.lib.npyio.NpzFile) -> highspy.HighsLp:
    """Give the linear program: a column for each arc, a row for each node; the first cost outweighs the second."""
    tails, heads, supply = network["tails"], network["heads"], network["supply"]
    first, second = network["costs"]
    arcs, weight = len(tails), int(supply[supply > 0].sum()) + 1
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = arcs, len(supply)
    program.col_cost_ = (weight * first + second).astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(arcs), network["capacities"].astype(float)
    program.row_lower_ = program.row_upper_ = supply.astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 2 * arcs + 1, 2, dtype=np.int32)
    program.a_matrix_.index_ = np.column_stack([tails, heads]).ravel().astype(np.int32)
    program.a_matrix_.value_ = np.tile([1.0, -1.0], arcs)
    return program


if __name__ == "__main__":
    main()
