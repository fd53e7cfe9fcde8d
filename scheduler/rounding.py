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
        if not 1 <= limit <= 1 << _BITS:
            raise ValueError(f"a limit must be from 1 to 2^{_BITS}")
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
    walk = _Walk(tails, heads, flow, denominator)
    for start in range(len(flow)):
        if flow[start] % denominator:
            walk.begin(start)
            while (cycle := walk.cycle()) is not None:
                _push(cycle, flow, denominator, dice)
                walk.step_back()
    return [units // denominator for units in flow]


class _Walk:
    """A walk along fractional arcs, from an arc's tail, always by the lowest-numbered one but the last.

    Where it comes to a node again, it has closed a cycle. After the push it goes on from the tail of the
    first arc that became whole: from the start it would come the same way again, because nothing
    before that arc has changed.
    """

    def __init__(self, tails: Sequence[int], heads: Sequence[int], flow: list[int], denominator: int) -> None:
        self._tails, self._heads, self._flow, self._denominator = tails, heads, flow, denominator
        self._around = _fractional_arcs(tails, heads, flow, denominator)
        self._path: list[tuple[int, int]] = []
        self._nodes: list[int] = []  # where each step of the path begins
        self._seen: dict[int, int] = {}
        self._node = 0

    def begin(self, start: int) -> None:
        """Begin with one arc, along it."""
        self._path, self._nodes = [(start, 1)], [self._tails[start]]
        self._seen = {self._tails[start]: 0}
        self._node = self._heads[start]

    def cycle(self) -> list[tuple[int, int]] | None:
        """Walk on until a node repeats; gives (arc, direction) of the cycle, None where the start is whole.

        Direction is 1 along the arc and -1 against it.
        """
        if not self._path:
            return None
        node = self._node
        while node not in self._seen:
            self._seen[node] = len(self._path)
            self._nodes.append(node)
            arc = _next_arc(node, self._path[-1][0], self._flow, self._denominator, self._around)
            direction = 1 if self._tails[arc] == node else -1
            self._path.append((arc, direction))
            node = self._heads[arc] if direction == 1 else self._tails[arc]
        return self._path[self._seen[node] :]

    def step_back(self) -> None:
        """Forget the path from its first whole arc on."""
        keep = next(
            step for step, (arc, _) in enumerate(self._path) if self._flow[arc] % self._denominator == 0
        )
        self._node = self._nodes[keep]
        for node in self._nodes[keep:]:
            del self._seen[node]
        del self._path[keep:], self._nodes[keep:]


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
    along = against = denominator
    for arc, direction in cycle:
        over = flow[arc] % denominator
        up, down = (denominator - over, over) if direction == 1 else (over, denominator - over)
        along, against = min(along, up), min(against, down)
    amount = along if dice.below(along + against) < against else -against
    for arc, direction in cycle:
        flow[arc] += direction * amount
