"""Rounding of expected counts to whole ones, by a seed: exact expectations, all capacities kept.

A flow whose arcs are multiples of 1 / denominator is turned into whole numbers. As long as some arc is
fractional, the fractional arcs hold a cycle; the flow along it is pushed one way or the other, as far as
the first arc becomes whole, each way with the chance that keeps every expectation. Every arc ends at the
floor or the ceiling of where it began, and so does every sum that is an arc (Budish, Che, Kojima and
Milgrom 2013; docs/draw-specification.md says it step by step). Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress

from scheduler.chains import PASSED_THROUGH, Chains

_BITS = 256
_UNSEEN = -1


class Dice:
    """Even choices from a seed: the k-th draw hashes the tag, the key and k; nothing else."""

    def __init__(self, tag: bytes, key: bytes) -> None:
        self._prefix = tag + b"\x00" + key + b"\x00"
        self._count = 0

    def below(self, limit: int) -> int:
        """Give a number from 0 to limit - 1, each equally likely (numbers of the uneven rest are thrown away).

        Raises
        ------
        ValueError
            the limit is below 1, or above what one hash can tell apart.
        """
        if not 1 <= limit <= 1 << _BITS:
            raise ValueError(f"a limit must be from 1 to 2^{_BITS}")
        even = _even(limit)
        while True:
            block = hashlib.sha256(self._prefix + self._count.to_bytes(8, "big")).digest()
            self._count += 1
            number = int.from_bytes(block, "big")
            if number < even:
                return number % limit


@lru_cache(maxsize=1 << 10)
def _even(limit: int) -> int:
    """Give the greatest multiple of a limit that numbers of so many bits reach."""
    return (1 << _BITS) // limit * limit


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
        the arcs, as node numbers from 0; at every node the fractional parts in and out must balance.
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
    whole = [units // denominator for units in flows]
    parts = [units % denominator for units in flows]
    tails, heads, units = (list(compress(listed, parts)) for listed in (tails, heads, parts))
    chains = Chains(tails, heads, units, denominator)
    walk = _Walk(chains, denominator)
    for place in range(len(units)):
        if walk.begin(2 * place):
            while walk.close_cycle():
                walk.push(dice)
    for arc, raised in zip(compress(range(len(parts)), parts), chains.raised(), strict=True):
        whole[arc] += raised
    return whole


class _Walk:
    """A walk along fractional arcs, from an arc's tail, always by the lowest-numbered one but the last.

    Where it comes to a node again, it has closed a cycle. After the push it goes on from the node where the
    first chain that became whole began: from the start it would come the same way again, because nothing
    before has changed. The start may lie within a chain; then the first step is the part of the chain
    ahead of it, the last step of a cycle through the start is the part behind it, and both carry the same.

    This is the part of a draw that takes the time, hence plain lists and loops.
    """

    def __init__(self, chains: Chains, denominator: int) -> None:
        self._chains, self._denominator = chains, denominator
        self._reached: list[int] = []  # the end of a chain at which each step arrives
        self._carried: list[int] = []  # what is carried in the direction of each step
        self._step = [_UNSEEN] * len(chains.first)  # which step begins at a node
        self._begun = _UNSEEN  # the node where the walk starts, unless that lies within a chain
        self._first = 0

    def begin(self, start: int) -> bool:
        """Begin at an arc's tail, along it; gives whether it is fractional."""
        chains = self._chains
        end = chains.outermost(start)
        if not chains.carried[end]:
            return False
        self._reached, self._carried = [chains.far[end]], [chains.carried[end]]
        self._begun = _UNSEEN
        if end == start:
            self._begun = chains.node[start]
            self._step[self._begun] = 0
        return True

    def close_cycle(self) -> bool:
        """Walk on until a node repeats; False where the start is whole and there is nothing to walk."""
        reached, steps = self._reached, self._step
        if not reached:
            return False
        chains = self._chains
        nodes, far, first, second = chains.node, chains.far, chains.first, chains.second
        end, count = reached[-1], len(reached)
        node = nodes[end]
        while steps[node] < 0:
            steps[node] = count
            count += 1
            onwards = first[node]
            end = far[onwards if onwards != end else second[node]]
            reached.append(end)
            node = nodes[end]
        self._first = steps[node]
        if (
            self._begun < 0 and end == reached[0] and count > 1
        ):  # through the start, which lies within this chain
            del reached[-1]
            steps[nodes[reached[-1]]] = _UNSEEN
            self._first = 0
        carried, known = chains.carried, len(self._carried)
        self._carried += [carried[far[end]] for end in reached[known:]]
        return True

    def push(self, dice: Dice) -> None:
        """Push along or against the cycle until an arc is whole; the odds keep the expectation."""
        cycle = self._carried[self._first :]
        most, down = max(cycle), min(cycle)
        up = self._denominator - most
        if dice.below(up + down) < down:
            self._move(up, self._first + cycle.index(most))
        else:
            self._move(-down, self._first + cycle.index(down))

    def _move(self, amount: int, keep: int) -> None:
        """Change the flow along the cycle, and forget the path from step ``keep`` on, the first that becomes whole."""
        chains, denominator = self._chains, self._denominator
        far, carried = chains.far, chains.carried
        whole = denominator if amount > 0 else 0
        forgotten = self._reached[keep:]
        for end, before in zip(forgotten, self._carried[keep:], strict=True):
            now, begin = before + amount, far[end]
            if now == whole:
                chains.settle(begin, raised=amount > 0)
            else:
                carried[begin], carried[end] = now, denominator - now
        del self._reached[keep:], self._carried[keep:]
        self._carried[self._first :] = [before + amount for before in self._carried[self._first :]]
        self._forget(map(chains.node.__getitem__, forgotten[:-1]))
        if keep:
            self._stand()
        elif self._begun >= 0:
            self._forget([self._begun])

    def _forget(self, nodes: Iterable[int]) -> None:
        """Take nodes as not seen; where only one way through is left, two chains become one."""
        steps, fractional, join = self._step, self._chains.fractional, self._chains.join
        for node in nodes:
            steps[node] = _UNSEEN
            if fractional[node] == PASSED_THROUGH:
                join(node)

    def _stand(self) -> None:
        """Stand at the node where the last step arrives, as if it had just been reached."""
        chains, reached = self._chains, self._reached
        end = reached[-1]
        node = chains.node[end]
        self._step[node] = _UNSEEN
        if chains.fractional[node] == PASSED_THROUGH:
            onwards = chains.first[node] if chains.first[node] != end else chains.second[node]
            if (
                self._begun >= 0 or chains.far[onwards] != reached[0]
            ):  # a cycle closes at a start within a chain
                begin = chains.far[end]
                chains.join(node)
                reached[-1] = chains.far[begin]
