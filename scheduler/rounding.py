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
    walk = _Walk(tails, heads, flows, denominator)
    for start in range(len(flows)):
        if walk.parts[start]:
            walk.begin(start)
            while walk.close_cycle():
                walk.push(dice)
    return walk.whole


class _Walk:
    """A walk along fractional arcs, from an arc's tail, always by the lowest-numbered one but the last.

    Where it comes to a node again, it has closed a cycle. After the push it goes on from the tail of the
    first arc that became whole: from the start it would come the same way again, because nothing
    before that arc has changed.

    ``whole`` and ``parts`` are what each arc carries: persons, and units of 1 / denominator beyond them.
    This is the part of a draw that takes the time, hence plain lists and loops.
    """

    def __init__(
        self, tails: Sequence[int], heads: Sequence[int], flow: Sequence[int], denominator: int
    ) -> None:
        self._tails, self._denominator = tails, denominator
        self.whole = [units // denominator for units in flow]
        self.parts = [units % denominator for units in flow]
        self._ends = [tail + head for tail, head in zip(tails, heads, strict=True)]  # one end from the other
        self._around = _fractional_arcs(tails, heads, self.parts)
        self._arcs: list[int] = []
        self._along: list[bool] = []
        self._nodes: list[int] = []  # where each step of the path begins
        self._seen: dict[int, int] = {}
        self._node = self._first = 0

    def begin(self, start: int) -> None:
        """Begin with one arc, along it."""
        tail = self._tails[start]
        self._arcs, self._along, self._nodes = [start], [True], [tail]
        self._seen = {tail: 0}
        self._node = self._ends[start] - tail

    def close_cycle(self) -> bool:
        """Walk on until a node repeats; False where the start is whole and there is nothing to walk."""
        arcs, along, nodes, seen = self._arcs, self._along, self._nodes, self._seen
        parts, tails, ends, around = self.parts, self._tails, self._ends, self._around
        if not arcs:
            return False
        node, arc = self._node, arcs[-1]
        while node not in seen:
            seen[node] = len(arcs)
            nodes.append(node)
            listed = around[node]
            while listed and not parts[listed[-1]]:
                listed.pop()  # whole arcs never become fractional again
            arc = listed[-1] if listed and listed[-1] != arc else _second(listed, parts, node)
            arcs.append(arc)
            along.append(tails[arc] == node)
            node = ends[arc] - node
        self._node, self._first = node, seen[node]
        return True

    def push(self, dice: Dice) -> None:
        """Push along or against the cycle until an arc is whole; the odds keep the expectation."""
        arcs, parts, denominator = self._arcs, self.parts, self._denominator
        cycle = range(self._first, len(arcs))
        ahead = [parts[arcs[step]] for step in cycle if self._along[step]]
        back = [parts[arcs[step]] for step in cycle if not self._along[step]]
        up = min(denominator - max(ahead, default=0), min(back, default=denominator))
        down = min(min(ahead, default=denominator), denominator - max(back, default=0))
        amount = up if dice.below(up + down) < down else -down
        self._move(cycle, amount)

    def _move(self, cycle: range, amount: int) -> None:
        """Change the flow along a cycle, and forget the path from its first whole arc on."""
        arcs, along, parts, denominator = self._arcs, self._along, self.parts, self._denominator
        keep = -1
        for step in cycle:
            arc = arcs[step]
            left = parts[arc] + amount if along[step] else parts[arc] - amount
            if left in (0, denominator):
                self.whole[arc] += left == denominator
                left = 0
                if keep < 0:
                    keep = step
            parts[arc] = left
        self._node = self._nodes[keep]
        for node in self._nodes[keep:]:
            del self._seen[node]
        del arcs[keep:], along[keep:], self._nodes[keep:]


def _fractional_arcs(
    tails: Sequence[int], heads: Sequence[int], parts: Sequence[int]
) -> dict[int, list[int]]:
    """Give the fractional arcs at each node, the lowest-numbered one last."""
    around: dict[int, list[int]] = {}
    for arc in range(len(parts) - 1, -1, -1):
        if parts[arc]:
            around.setdefault(tails[arc], []).append(arc)
            around.setdefault(heads[arc], []).append(arc)
    return around


def _second(listed: list[int], parts: Sequence[int], node: int) -> int:
    """Give the lowest-numbered fractional arc but the last one of a node's list; whole ones before it go."""
    while len(listed) > 1:
        arc = listed[-2]
        if parts[arc]:
            return arc
        del listed[-2]
    raise ValueError(f"the fractional arcs at node {node} do not balance")
