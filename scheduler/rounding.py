"""Rounding of expected counts to whole ones, by a seed: exact expectations, all capacities kept.

A flow whose arcs are multiples of 1 / denominator is turned into whole numbers. As long as some arc is
fractional, the fractional arcs hold a cycle; the flow along it is pushed one way or the other, as far as
the first arc becomes whole, each way with the chance that keeps every expectation. Every arc ends at the
floor or the ceiling of where it began, and so does every sum that is an arc (Budish, Che, Kojima and
Milgrom 2013; docs/draw-specification.md says it step by step). Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_BITS = 256


class Dice:
    """Even choices from a seed: the k-th draw hashes the tag, the key and k; nothing else."""

    def __init__(self, tag: bytes, key: bytes) -> None:
        self._prefix = tag + b"\x00" + key + b"\x00"
        self._count = 0

    def below(self, limit: int) -> int:
        """Give a number from 0 to limit - 1, each equally likely (numbers of the uneven rest are thrown away)."""
        even = (1 << _BITS) // limit * limit
        while True:
            block = hashlib.sha256(self._prefix + self._count.to_bytes(8, "big")).digest()
            self._count += 1
            number = int.from_bytes(block, "big")
            if number < even:
                return number % limit


def round_flow(
    tails: Sequence[int],
    heads: Sequence[int],
    flows: Sequence[int],
    denominator: int,
    dice: Dice,
) -> list[int]:
    """Round a flow to whole persons.

    Parameters
    ----------
    tails, heads
        the arcs, as node numbers; at every node the fractional parts in and out must balance.
    flows
        what each arc carries, in units of 1 / denominator.

    Returns
    -------
    list
        whole numbers: each the floor or the ceiling of flow / denominator.

    Raises
    ------
    ValueError
        the fractional arcs do not balance at some node.
    """
    flow = list(flows)
    around = _fractional_arcs(tails, heads, flow, denominator)
    for start in range(len(flow)):
        while flow[start] % denominator:
            cycle = _cycle_from(start, tails, heads, flow, denominator, around)
            _push(cycle, flow, denominator, dice)
    return [units // denominator for units in flow]


def _fractional_arcs(
    tails: Sequence[int],
    heads: Sequence[int],
    flow: Sequence[int],
    denominator: int,
) -> dict[int, list[int]]:
    around: dict[int, list[int]] = {}
    for arc, units in enumerate(flow):
        if units % denominator:
            around.setdefault(tails[arc], []).append(arc)
            around.setdefault(heads[arc], []).append(arc)
    return around


def _cycle_from(
    start: int,
    tails: Sequence[int],
    heads: Sequence[int],
    flow: Sequence[int],
    denominator: int,
    around: dict[int, list[int]],
) -> list[tuple[int, int]]:
    """Walk from an arc's tail, always by the lowest-numbered fractional arc but the last one, until a node repeats.

    Gives the cycle as (arc, direction), direction 1 along the arc and -1 against it.
    """
    path = [(start, 1)]
    seen = {tails[start]: 0}
    node = heads[start]
    while node not in seen:
        seen[node] = len(path)
        last = path[-1][0]
        arc = _next_arc(node, last, flow, denominator, around)
        direction = 1 if tails[arc] == node else -1
        path.append((arc, direction))
        node = heads[arc] if direction == 1 else tails[arc]
    return path[seen[node] :]


def _next_arc(
    node: int,
    last: int,
    flow: Sequence[int],
    denominator: int,
    around: dict[int, list[int]],
) -> int:
    """Give the lowest-numbered arc at a node that is still fractional and not the one just walked."""
    listed = around[node]
    keep = 0
    for position, arc in enumerate(listed):
        if flow[arc] % denominator:
            if arc != last:
                del listed[keep:position]  # whole arcs never become fractional again
                return arc
            listed[keep] = arc
            keep += 1
    raise ValueError(f"the fractional arcs at node {node} do not balance")


def _push(cycle: Sequence[tuple[int, int]], flow: list[int], denominator: int, dice: Dice) -> None:
    """Push along or against a cycle until an arc is whole; the odds keep the expectation."""
    along = min(_room(flow[arc], direction, denominator) for arc, direction in cycle)
    against = min(_room(flow[arc], -direction, denominator) for arc, direction in cycle)
    amount = along if dice.below(along + against) < against else -against
    for arc, direction in cycle:
        flow[arc] += direction * amount


def _room(units: int, direction: int, denominator: int) -> int:
    over = units % denominator
    return denominator - over if direction == 1 else over
