"""The fractional arcs of a flow, joined to chains where a walk along them has no choice.

At a node with two fractional arcs these change together: what comes in and goes out differs by whole persons, so both
carry the same fraction, or fractions that make one person together. A run of such arcs is a chain and counts as one arc
with an end at either side; the number of an end is that of the arc it belongs to. As arcs become whole, chains grow.
Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence

PASSED_THROUGH = 2
"""Fractional ends at a node where a walk has no choice: one way in, one way out."""
_NONE = -1


class Chains:
    """Fractional arcs as chains. Each arc has two ends: 2 * arc at its tail, 2 * arc + 1 at its head.

    Parameters
    ----------
    tails, heads
        the nodes that each arc joins.
    parts
        what each carries, in units of 1 / denominator: above 0, below the denominator.

    Attributes
    ----------
    node
        the node of every end.
    far
        the end at the other side of the chain that begins with this end.
    carried
        what the chain carries from this end to the other, in units; 0 once it is whole. Told at both ends of
        a chain; at ends that lie within a chain it means nothing.
    first, second
        at every node the lowest-numbered fractional end, and the next one.
    fractional
        how many fractional ends a node has.

    Raises
    ------
    ValueError
        the arcs do not balance at some node.
    """

    def __init__(
        self, tails: Sequence[int], heads: Sequence[int], parts: Sequence[int], denominator: int
    ) -> None:
        ends, nodes = 2 * len(parts), 1 + max([*tails, *heads], default=_NONE)
        every = list(range(ends))  # each number is one object however often it is told: a third of the memory
        self.node, self.far, self.carried = every[:], every[:], [0] * ends
        self.node[::2], self.node[1::2] = tails, heads
        self.far[::2], self.far[1::2] = every[1::2], every[::2]
        self.carried[::2], self.carried[1::2] = parts, [denominator - part for part in parts]
        self.first, self.fractional, self._after = [_NONE] * nodes, [0] * nodes, [_NONE] * ends
        self._list(every, denominator)
        self.second = [self._after[end] if end >= 0 else _NONE for end in self.first]
        self._same = every  # an end outwards of which the same is carried, nearer to the chain's end
        self._within: list[int] = []  # ends that came to lie within a chain, in this order
        self._raised = [False] * ends  # whether what was carried from this end rose to whole persons
        for node, count in enumerate(self.fractional):
            if count == PASSED_THROUGH:
                self.join(node)

    def _list(self, every: Sequence[int], denominator: int) -> None:
        """List the ends at each node: the lowest-numbered first, and after each end the next one."""
        first, after, fractional, sums = self.first, self._after, self.fractional, [0] * len(self.first)
        for end, node, units in zip(
            reversed(every), reversed(self.node), reversed(self.carried), strict=True
        ):
            after[end] = first[node]
            first[node] = end
            fractional[node] += 1
            sums[node] += units
        for node, units in enumerate(sums):
            if units % denominator:
                raise ValueError(f"the fractional arcs at node {node} do not balance")

    def join(self, node: int) -> None:
        """Make one chain of the two at a node that has no others.

        A chain that closes there stays as it is: each of its ends is then told what it is already.
        """
        first, second, far = self.first[node], self.second[node], self.far
        before, behind = far[first], far[second]
        far[before], far[behind] = behind, before
        self._same[first], self._same[second] = behind, before
        self._within += first, second

    def outermost(self, end: int) -> int:
        """Give the end of a chain that leads along it in the direction in which ``end`` leads away from its node."""
        same = self._same
        while same[end] != end:
            same[end] = same[same[end]]
            end = same[end]
        return end

    def settle(self, end: int, *, raised: bool) -> None:
        """Take a chain as whole: what it carries from ``end`` on has risen, or else fallen, to whole persons."""
        far = self.far[end]
        self._raised[end], self._raised[far] = raised, not raised
        self.carried[end] = self.carried[far] = 0
        self._leave(self.node[end], end)
        self._leave(self.node[far], far)

    def _leave(self, node: int, end: int) -> None:
        """Forget an end at its node."""
        self.fractional[node] -= 1
        second = self.second[node]
        if end == self.first[node]:
            self.first[node] = second
        elif end != second:
            return
        after, carried = self._after, self.carried
        end = after[second] if second >= 0 else _NONE
        while end >= 0 and not carried[end]:
            end = after[end]
        self.second[node] = end

    def raised(self) -> list[bool]:
        """Say of each arc whether it rose, when all are whole."""
        raised, same = self._raised, self._same
        for end in reversed(self._within):  # what lies within was joined before its outer ends were
            raised[end] = raised[same[end]]
        return raised[::2]
