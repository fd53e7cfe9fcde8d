"""Windows of one site and item that end together share their sessions: who may come later passes on to the later ones.

Most people with dates state a first day. Each such window alone would lead to all its sessions again; in a chain each
window leads to the sessions before the next window begins, and on to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.allowed import Window


@dataclass(frozen=True)
class Chain:
    """Windows by number, the longest first, and where in the longest each of them begins."""

    hubs: tuple[int, ...]
    starts: tuple[int, ...]
    window: Window

    @property
    def lengths(self) -> list[int]:
        """Give how many sessions each window leads to itself."""
        return [
            end - start for start, end in zip(self.starts, (*self.starts[1:], len(self.window)), strict=True)
        ]


def chains(windows: Sequence[Window], items: Sequence[str], *, together: bool) -> list[Chain]:
    """Give the chains of some windows of people with an item each; not ``together``, every window is its own."""
    if not together:
        return [Chain((number,), (0,), window) for number, window in enumerate(windows)]
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (window, item) in enumerate(zip(windows, items, strict=True)):
        alike[window.sessions[0].site_id, item].append(number)
    return [chain for numbers in alike.values() for chain in _of_site(windows, numbers)]


def _of_site(windows: Sequence[Window], numbers: Sequence[int]) -> list[Chain]:
    """Put each window, the longest first, to the first chain that it is the end of."""
    found: list[list[int]] = []
    for number in sorted(numbers, key=lambda number: (-len(windows[number]), number)):
        sessions = windows[number].sessions
        for chain in found:
            if windows[chain[0]].sessions[-len(sessions) :] == sessions:
                chain.append(number)
                break
        else:
            found.append([number])
    return [_chain(windows, numbers) for numbers in found]


def _chain(windows: Sequence[Window], numbers: Sequence[int]) -> Chain:
    longest = windows[numbers[0]]
    starts = tuple(len(longest) - len(windows[number]) for number in numbers)
    return Chain(tuple(numbers), starts, longest)
