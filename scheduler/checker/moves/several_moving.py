"""Registrations of people with several, in the search for more places: one of each person moves at a time.

While one may move, the person's others stay where they are, so nobody ever sits twice at one time. What only moving two
registrations of one person at once would bring is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.checker.crowd import Choosing, Crowd
from scheduler.checker.kinds import Ints, Mask
from scheduler.checker.loads import Time, time_of
from scheduler.checker.moves.places_network import PlacesNetwork
from scheduler.checker.standing import takes_place

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class _Open:
    """A registration that may choose now: its arcs into the sessions, and the arc that lets it in while it waits."""

    name: str
    arcs: dict[int, int]
    gate: int | None = None


class SeveralMoving:
    """Seats registrations of people with several in a network that holds everybody else already.

    Parameters
    ----------
    waiting, sitting
        the trainees who want a place, and those who have one and may be moved.
    near
        the sessions of the facts that count at all.
    """

    def __init__(
        self,
        crowd: Crowd,
        net: PlacesNetwork,
        choosing: Choosing,
        near: Mask,
        waiting: Ints,
        sitting: Ints,
    ) -> None:
        self._facts, self._net, self._choosing, self._near = crowd.facts, net, choosing, near
        rows = crowd.in_order(sitting)
        self._waiting = {one.trainee_id: one for one in crowd.trainee_records(crowd.in_order(waiting))}
        sits = {one.trainee_id: one for one in crowd.trainee_records(rows)}
        self._known = self._waiting | sits
        self._at = dict.fromkeys(self._waiting, _NOWHERE)
        self._at |= zip(sits, crowd.session_of[rows].tolist(), strict=True)
        self._times: dict[str, Time] = {name: time_of(one.session) for name, one in crowd.several.items()}
        self._let_go = set(self._waiting)

    def seat_waiting(self) -> int:
        """Let those who wait try, one registration of each person after the other; gives how many more sit."""
        return self._let_try(self._waiting)

    def seat_by_moving(self, most: int) -> int:
        """Let all try, those who sit too, until nobody more finds a place or ``most`` have one; gives how many more sit."""
        total = 0
        while total < most and (found := self._let_try(self._known)):
            total += found
        return total

    def _let_try(self, names: Iterable[str]) -> int:
        turns: dict[int, list[str]] = defaultdict(list)
        seen: dict[tuple[str, ...], int] = defaultdict(int)
        for name in names:
            person = self._facts.people.registrations(name)
            turns[seen[person]].append(name)
            seen[person] += 1
        return sum(self._take_turn(turns[turn]) for turn in sorted(turns))

    def _take_turn(self, names: list[str]) -> int:
        """Let registrations of different people choose together; each then stays where it came to sit."""
        leaving = [self._leaving(name) for name in names if self._at[name] != _NOWHERE]
        hopeless = self._net.hopeless() if len(leaving) < len(names) else {}
        coming = [
            self._coming(name, hopeless.get(self._item(name), set()))
            for name in names
            if self._at[name] == _NOWHERE
        ]
        opened = [one for one in (*leaving, *coming) if one is not None]
        found = self._net.push(self._net.source, self._net.sink) if opened else 0
        for one in opened:
            self._settle(one)
        return found

    def _leaving(self, name: str) -> _Open | None:
        """Let somebody who sits choose anew; nothing where there is no other session."""
        now, item = self._at[name], self._item(name)
        others = [one for one in self._free(name) if one != now]
        if not others:
            return None
        _, arcs = self._net.choosers(item, [now, *others])
        self._net.room[arcs[now] ^ 1] += 1
        if name not in self._let_go:
            self._net.seat(now, item, 1)
            self._let_go.add(name)
        return _Open(name, arcs)

    def _coming(self, name: str, hopeless: set[int]) -> _Open | None:
        """Let somebody who waits choose; nothing where no session can be hoped for."""
        free = [one for one in self._free(name) if one not in hopeless]
        if not free:
            return None
        node, arcs = self._net.choosers(self._item(name), free)
        return _Open(name, arcs, self._net.arc(self._net.source, node, 1))

    def _item(self, name: str) -> str:
        trainee = self._known[name]
        return trainee.item if takes_place(trainee) else ""

    def _free(self, name: str) -> list[int]:
        """Give the sessions that somebody may choose at times when the person does not sit for another registration."""
        choices, sessions = self._choosing(self._known[name]), self._facts.sessions
        near = choices[self._near[choices]].tolist()
        others = self._facts.people.others(name) if near else ()
        taken = {self._times[other] for other in others if other in self._times}
        return [one for one in near if time_of(sessions[one]) not in taken]

    def _settle(self, one: _Open) -> None:
        """See where somebody came to sit, and let nothing change it for now."""
        room = self._net.room
        for session, arc in one.arcs.items():
            if room[arc ^ 1] > 0:
                self._at[one.name] = session
                self._times[one.name] = time_of(self._facts.sessions[session])
            room[arc] = room[arc ^ 1] = 0
        if one.gate is not None:
            room[one.gate] = room[one.gate ^ 1] = 0
