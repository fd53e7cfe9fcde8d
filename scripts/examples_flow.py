"""A largest flow, plain: shows that everybody of the batch has a place and every duty somebody."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

Node = Hashable


class Network:
    """A network with whole capacities; ``largest`` pushes as much as can go (Edmonds and Karp)."""

    def __init__(self) -> None:
        self._rest: dict[Node, dict[Node, int]] = {}

    def add(self, tail: Node, head: Node, capacity: int) -> None:
        """Add an edge, or widen the one that is there."""
        forward = self._rest.setdefault(tail, {})
        forward[head] = forward.get(head, 0) + capacity
        self._rest.setdefault(head, {}).setdefault(tail, 0)

    def largest(self, source: Node, sink: Node) -> int:
        """Give the value of the largest flow; the network is used up by it."""
        total = 0
        while path := self._path(source, sink):
            width = min(self._rest[tail][head] for tail, head in path)
            for tail, head in path:
                self._rest[tail][head] -= width
                self._rest[head][tail] += width
            total += width
        return total

    def _path(self, source: Node, sink: Node) -> list[tuple[Node, Node]]:
        before: dict[Node, Node] = {source: source}
        queue = deque([source])
        while queue and sink not in before:
            tail = queue.popleft()
            for head, rest in self._rest.get(tail, {}).items():
                if rest > 0 and head not in before:
                    before[head] = tail
                    queue.append(head)
        if sink not in before:
            return []
        path, node = [], sink
        while node != source:
            path.append((before[node], node))
            node = before[node]
        return path
