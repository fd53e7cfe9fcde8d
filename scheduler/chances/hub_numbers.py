"""The hubs that groups pass, by number: everybody who may use the same sessions of a site for the same item."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from scheduler.allowed import Window
from scheduler.chances.sharing import Counts
from scheduler.numbers import Ints
from scheduler.plan import Group


class HubNumbers:
    """Numbers the hubs of some groups, in the order in which the groups come to them.

    Attributes
    ----------
    windows, items
        of each hub: its sessions, and the item that its people need a place for ("": none).
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self.windows: list[Window] = []
        self.items: list[str] = []
        numbers: dict[tuple[int, str], int] = {}
        starts: dict[tuple[int, str], int] = {}
        listed = array("q")
        of_group = []
        for group in groups:
            item = group.place_item
            key = id(group.allowed), item
            if key not in starts:
                starts[key] = len(listed)
                for window in group.allowed.by_site.values():
                    hub = id(window.sessions), item
                    if hub not in numbers:
                        numbers[hub] = len(self.windows)
                        self.windows.append(window)
                        self.items.append(item)
                    listed.append(numbers[hub])
            of_group.append(starts[key])
        self._sites = np.array([len(group.allowed.by_site) for group in groups], np.int64)
        self._listed, self._start = np.array(listed, np.int64), np.array(of_group, np.int64)

    def pairs(self) -> tuple[Ints, Ints]:
        """Give the ways of all groups to their hubs: the number of the group, and of the hub."""
        rows = np.repeat(np.arange(len(self._sites)), self._sites)
        places = np.arange(len(rows)) - np.repeat(np.cumsum(self._sites) - self._sites, self._sites)
        return rows, self._listed[self._start[rows] + places]

    def into(self, placed: Counts) -> Counts:
        """Give what comes of each group to each hub; ``placed`` is by groups and places among their sites."""
        return Counts(self._listed[self._start[placed.one] + placed.other], placed.one, placed.units)

    def of_group(self, number: int) -> Ints:
        """Give the hubs of a group, one for each of its sites."""
        start = self._start[number]
        return self._listed[start : start + self._sites[number]]

    def some(self, hubs: Ints) -> tuple[list[Window], list[str]]:
        """Give the windows and the items of some hubs."""
        listed = hubs.tolist()
        return [self.windows[hub] for hub in listed], [self.items[hub] for hub in listed]
