"""The network of free places: item places of a session -> seats of the session -> day of the site -> sink."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from scheduler.checker.kinds import Ints
from scheduler.checker.moves.network import Network
from scheduler.checker.sessions import Sessions


class Room(Protocol):
    """What sessions can still take, by their number; a day that takes any number has -1."""

    @property
    def seats_left(self) -> Sequence[int] | Ints:
        """Give the free seats of each session."""

    @property
    def day_left(self) -> Sequence[int] | Ints:
        """Give what each day of a site can take."""

    def places_left(self, item: str) -> Sequence[int] | Ints:
        """Give the free places for an item in each session."""


class PlacesNetwork(Network):
    """Nodes are made when they are first needed; sessions are told by number, theory by the item "".

    Parameters
    ----------
    held
        the sessions and what they hold.
    room
        what is left of them.
    many
        more than can ever flow.
    """

    def __init__(self, held: Sessions, room: Room, many: int) -> None:
        super().__init__()
        self._held, self._left, self._many = held, room, many
        self.source, self.sink = self.node(), self.node()
        self._days: dict[int, int] = {}
        self._sessions: dict[int, tuple[int, int]] = {}
        self._entries: dict[tuple[int, str], tuple[int, int]] = {}

    def choosers(self, item: str, choices: Iterable[int]) -> tuple[int, dict[int, int]]:
        """Add a node for people who need the same: give it, and its arc into each session of their choice."""
        node = self.node()
        return node, {one: self.arc(node, self._entry(one, item), self._many) for one in choices}

    def seat(self, session: int, item: str, count: int) -> None:
        """Let the flow of those who sit in a session now be taken back."""
        if item:
            self.room[self._entries[session, item][1] ^ 1] += count
        self.room[self._sessions[session][1] ^ 1] += count

    def hopeless(self) -> dict[str, set[int]]:
        """Give by item the sessions from which no flow reaches the sink: nothing that others do changes that."""
        reaching = self.reaching(self.sink)
        found: dict[str, set[int]] = defaultdict(set)
        found[""] = {session for session, (node, _) in self._sessions.items() if node not in reaching}
        for (session, item), (node, _) in self._entries.items():
            if node not in reaching:
                found[item].add(session)
        return found

    def _entry(self, session: int, item: str) -> int:
        """Give the node where an item enters a session: its places, or for theory the seats."""
        if not item:
            return self._session(session)
        key = (session, item)
        if key not in self._entries:
            node = self.node()
            room = int(self._left.places_left(item)[session])
            self._entries[key] = (node, self.arc(node, self._session(session), room))
        return self._entries[key][0]

    def _session(self, session: int) -> int:
        if session not in self._sessions:
            node, day = self.node(), int(self._held.day_of[session])
            room = int(self._left.seats_left[session])
            self._sessions[session] = (node, self.arc(node, self._day(day), room))
        return self._sessions[session][0]

    def _day(self, day: int) -> int:
        if day not in self._days:
            self._days[day] = self.node()
            left = int(self._left.day_left[day])
            self.arc(self._days[day], self.end_of(day), self._many if left < 0 else left)
        return self._days[day]

    def end_of(self, day: int) -> int:
        """Give the node that a day of a site leads to."""
        del day
        return self.sink
