"""What capacities are worth: known from one solution of a batch, they save a part of the next one (``solver.flow``)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduler.network_facts import NetworkFacts
from scheduler.solver.flow import Ints


@dataclass
class Prices:
    """What a unit of each capacity is worth for the second level, where the first one costs nothing.

    By the numbers that ``NetworkFacts`` gives sessions and days; ``places`` by item. Capacities that nobody can use cost 0.
    """

    seats: Ints
    days: Ints
    places: dict[str, Ints] = field(default_factory=dict)

    @classmethod
    def nothing(cls, facts: NetworkFacts) -> Prices:
        """Give prices that are nothing as yet."""
        return cls(np.zeros(len(facts.seats), np.int64), np.zeros(len(facts.day_limits), np.int64))

    def of_item(self, item: str) -> Ints:
        """Give the prices of an item's places in each session."""
        return self.places.setdefault(item, np.zeros(len(self.seats), np.int64))


@dataclass(frozen=True)
class Onward:
    """The nodes behind the hubs: each its number, and the numbers of the session, or the day, that it stands for."""

    places: list[tuple[str, Ints, Ints]]
    seats: tuple[Ints, Ints]
    days: tuple[Ints, Ints]

    def kinds(self, prices: Prices) -> list[tuple[Ints, Ints, Ints]]:
        """Give nodes, what they stand for, and the prices of all of that kind."""
        of_places = [(nodes, at, prices.of_item(item)) for item, nodes, at in self.places]
        return [*of_places, (*self.seats, prices.seats), (*self.days, prices.days)]
