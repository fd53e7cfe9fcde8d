"""The network of groups and limits without any wishes: who is short, and what would have to grow.

group -> places of the item -> seats -> site's day -> sink, as in ``scheduler.chances.network``, one unit of flow
a person. Who stays without a place flows through the pool. The groups that a shortage can be passed on
to, with the sessions they may use, are what is reachable from those left over in the residual network
(Ford and Fulkerson 1956): the smallest minimum cut, the same for every maximum flow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scheduler.limits import capacity, limits_of
from scheduler.plan import Group, Limit
from scheduler.problem import Part, Problem, Session
from scheduler.solver.flow import Network


class Needs:
    """A network that is built once and solved once.

    Parameters
    ----------
    growing
        limits that may grow, at a price of one a unit; of equal prices the lowest number here goes first.
    short
        how many may stay without a place before anything grows.
    """

    def __init__(
        self,
        problem: Problem,
        groups: Sequence[Group],
        growing: Mapping[Limit, int] | None = None,
        short: int = 0,
    ) -> None:
        self._problem, self._growing = problem, growing or {}
        self._many = sum(len(group.trainees) for group in groups)
        self._network = Network(3)
        self._sink, self._pool = self._network.node(-self._many), self._network.node()
        self._network.arc(self._pool, self._sink, short)
        self._left_over = self._network.arc(self._pool, self._sink, self._many, 1)
        self._firsts: dict[tuple[Session, str], int] = {}
        self._limits: dict[Limit, int] = {}
        self._grown: dict[int, Limit] = {}
        self._pooled: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        classes: dict[tuple[object, ...], int] = {}
        for number, group in enumerate(groups):
            # who may go nowhere stays a group of its own, with its own reason
            alike = (group.item, group.part is Part.THEORY, group.allowed.key) if group.allowed else (number,)
            if alike not in classes:
                classes[alike] = self._add(group)
            self._network.supply[classes[alike]] += len(group.trainees)
            self._members.setdefault(classes[alike], []).append(number)
        self._flows = self._network.solve()

    def _add(self, group: Group) -> int:
        node = self._network.node()
        self._pooled[self._network.arc(node, self._pool, self._many)] = node
        for session in sorted(group.allowed):
            key = session, group.place_item
            if key not in self._firsts:
                self._firsts[key] = self._node(limits_of(self._problem, group, session))
            # wider than all people together: it is never what is full
            self._network.arc(node, self._firsts[key], self._many + 1)
        return node

    def _node(self, listed: Sequence[Limit]) -> int:
        """Give the node of the first limit of a chain, made at first use with its way onward."""
        if not listed:
            return self._sink
        limit = listed[0]
        if limit not in self._limits:
            onward = self._node(listed[1:])
            node = self._limits[limit] = self._network.node()
            self._network.arc(node, onward, min(capacity(self._problem, limit), self._many))
            if limit in self._growing:
                arc = self._network.arc(node, onward, self._many, 0, 1, self._growing[limit])
                self._grown[arc] = limit
        return self._limits[limit]

    @property
    def left_over(self) -> int:
        """Give how many are without a place beyond ``short``."""
        return self._flows[self._left_over]

    @property
    def growth(self) -> dict[Limit, int]:
        """Give by how much which limits must grow: of least sum."""
        return {limit: self._flows[arc] for arc, limit in sorted(self._grown.items()) if self._flows[arc]}

    def cuts(self) -> Iterator[tuple[tuple[int, ...], tuple[Limit, ...]]]:
        """Give the connected parts of the minimum cut: numbers of groups, and the limits that are full."""
        short = self._short_side()
        beside: dict[int, list[int]] = defaultdict(list)
        full: dict[int, bool] = {}
        for tail, head in zip(self._network.tails, self._network.heads, strict=True):
            if tail in short and head in short:
                beside[tail].append(head)
                beside[head].append(tail)
            elif tail in short and head != self._pool:
                full[tail] = True
        names = {node: limit for limit, node in self._limits.items()}
        seen: set[int] = set()
        for first in self._members:
            if first not in short or first in seen:
                continue
            part = _reached([first], beside)
            seen |= part
            numbers = sorted(number for node in part for number in self._members.get(node, ()))
            yield tuple(numbers), tuple(sorted(names[node] for node in part if node in full))

    def _short_side(self) -> set[int]:
        """Give the nodes that who is left over reaches in the residual network."""
        onward: dict[int, list[int]] = defaultdict(list)
        arcs = zip(
            self._network.tails, self._network.heads, self._network.capacities, self._flows, strict=True
        )
        for tail, head, width, flow in arcs:
            if self._pool in (head, tail):
                continue
            if flow < width:
                onward[tail].append(head)
            if flow > 0:
                onward[head].append(tail)
        return _reached([node for arc, node in self._pooled.items() if self._flows[arc]], onward)


def _reached(starts: Sequence[int], onward: Mapping[int, Sequence[int]]) -> set[int]:
    found, waiting = set(starts), list(starts)
    while waiting:
        for node in onward.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
