"""Numbers of people at times shared out to single people: the colouring of a bipartite graph (König 1916)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from scheduler.problem import Time

_Node = int | Time
"""A registration, by its number, or a time."""


def one_by_one(wanted: Sequence[Mapping[Time, int]], people: int) -> list[dict[int, Time]]:
    """Share times out to people who hold the same registrations: to each at most one a registration, and none twice.

    Parameters
    ----------
    wanted
        of each registration how many people are to sit it at each time. No registration and no time has more than there are
        ``people``: then there is a way, and it is found.

    Returns
    -------
    list
        of each person the time of each registration that has one.
    """
    sharing = _Sharing(people)
    for registration, times in enumerate(wanted):
        for time, count in sorted(times.items()):
            for _ in range(count):
                sharing.give(registration, time)
    return [
        {
            node: time
            for node, time in sharing.held[person].items()
            if isinstance(node, int) and not isinstance(time, int)
        }
        for person in range(people)
    ]


class _Sharing:
    """Which person has what, each pair told from both its ends."""

    def __init__(self, people: int) -> None:
        self.held: list[dict[_Node, _Node]] = [{} for _ in range(people)]
        everybody = (1 << people) - 1
        self._free: dict[_Node, int] = defaultdict(lambda: everybody)  # who has nothing at a node, as bits

    def give(self, registration: int, time: Time) -> None:
        """Give the pair to somebody who has neither; where nobody has, two people change about first."""
        both = self._free[registration] & self._free[time]
        if not both:
            one, other = _lowest(self._free[registration]), _lowest(self._free[time])
            self._change(time, one, other)
            both = 1 << one
        self._set(registration, time, _lowest(both))

    def _change(self, node: _Node, one: int, other: int) -> None:
        """Let two people change what they hold along the path from a node where ``one`` holds something and ``other`` nothing.

        The path never comes to the registration that ``one`` lacks: it would come there on what ``one`` holds.
        """
        path = [node]
        holder, next_one = one, other
        while (onwards := self.held[holder].get(path[-1])) is not None:
            path.append(onwards)
            holder, next_one = next_one, holder
        pairs = list(pairwise(path))
        for number, (begin, end) in enumerate(pairs):
            self._clear(begin, end, other if number % 2 else one)
        for number, (begin, end) in enumerate(pairs):
            self._set(begin, end, one if number % 2 else other)

    def _set(self, begin: _Node, end: _Node, person: int) -> None:
        self.held[person][begin], self.held[person][end] = end, begin
        for node in (begin, end):
            self._free[node] &= ~(1 << person)

    def _clear(self, begin: _Node, end: _Node, person: int) -> None:
        del self.held[person][begin], self.held[person][end]
        for node in (begin, end):
            self._free[node] |= 1 << person


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
