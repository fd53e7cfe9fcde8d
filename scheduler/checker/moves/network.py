"""A small maximum flow (Dinic's method) on arcs with room in both directions."""

from __future__ import annotations

from collections import deque


class Network:
    """Nodes and arcs; arc ``n`` and its reverse ``n ^ 1`` lie side by side.

    ``room`` is what may still pass along an arc. An arc may begin with room on its reverse: flow
    that is there already and may be taken back.
    """

    def __init__(self) -> None:
        self.leaving: list[list[int]] = []
        self.head: list[int] = []
        self.room: list[int] = []

    def node(self) -> int:
        """Add a node and give its number."""
        self.leaving.append([])
        return len(self.leaving) - 1

    def arc(self, tail: int, head: int, room: int) -> int:
        """Add an arc and its reverse without room; give the number of the arc."""
        number = len(self.head)
        self.head += [head, tail]
        self.room += [room, 0]
        self.leaving[tail].append(number)
        self.leaving[head].append(number + 1)
        return number

    def path(self, source: int, sink: int) -> list[int]:
        """Give the arcs of a shortest path with room, none where there is none."""
        by: dict[int, int] = {source: -1}
        waiting = deque([source])
        while waiting and sink not in by:
            node = waiting.popleft()
            for arc in self.leaving[node]:
                if self.room[arc] > 0 and self.head[arc] not in by:
                    by[self.head[arc]] = arc
                    waiting.append(self.head[arc])
        found: list[int] = []
        node = sink
        while by.get(node, -1) >= 0:
            found.append(by[node])
            node = self.head[by[node] ^ 1]
        return found[::-1]

    def reaching(self, sink: int) -> set[int]:
        """Give the nodes from which something may pass to a sink, itself among them.

        Whatever is pushed afterwards makes none of the others one: flow passes only through these.
        """
        found, new = {sink}, [sink]
        while new:
            for arc in self.leaving[new.pop()]:
                tail = self.head[arc]
                if self.room[arc ^ 1] > 0 and tail not in found:
                    found.add(tail)
                    new.append(tail)
        return found

    def push(self, source: int, sink: int) -> int:
        """Push as much as can pass from source to sink, and give the amount."""
        total = 0
        while (levels := self._levels(source, sink))[sink] >= 0:
            total += self._block(source, sink, levels)
        return total

    def _levels(self, source: int, sink: int) -> list[int]:
        levels = [-1] * len(self.leaving)
        levels[source] = 0
        waiting = deque([source])
        while waiting and levels[sink] < 0:
            node = waiting.popleft()
            for arc in self.leaving[node]:
                head = self.head[arc]
                if self.room[arc] > 0 and levels[head] < 0:
                    levels[head] = levels[node] + 1
                    waiting.append(head)
        return levels

    def _block(self, source: int, sink: int, levels: list[int]) -> int:
        """Push along shortest paths until every one of them is full."""
        total, node = 0, source
        path: list[int] = []
        tried = [0] * len(self.leaving)
        while True:
            if node == sink:
                total += self._fill(path)
                full = next(index for index, arc in enumerate(path) if self.room[arc] == 0)
                node = self.head[path[full] ^ 1]
                del path[full:]
            arc = self._next_arc(node, levels, tried)
            if arc is not None:
                path.append(arc)
                node = self.head[arc]
            elif path:
                node = self.head[path.pop() ^ 1]
                tried[node] += 1
            else:
                return total

    def _next_arc(self, node: int, levels: list[int], tried: list[int]) -> int | None:
        leaving = self.leaving[node]
        while tried[node] < len(leaving):
            arc = leaving[tried[node]]
            if self.room[arc] > 0 and levels[self.head[arc]] == levels[node] + 1:
                return arc
            tried[node] += 1
        return None

    def _fill(self, path: list[int]) -> int:
        amount = min(self.room[arc] for arc in path)
        for arc in path:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount
        return amount
