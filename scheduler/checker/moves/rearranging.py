"""How many more could sit somewhere, without and with moving others: an augmenting search.

The network: kinds of trainees -> item places of a session -> seats of a session -> day of a site.
Trainees of one kind need the same and may sit in the same sessions, so only numbers matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduler.checker.crowd import Choosing, Crowd
from scheduler.checker.facts import Choices
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds, where_kind
from scheduler.checker.loads import Loads
from scheduler.checker.moves.places_network import PlacesNetwork
from scheduler.checker.moves.reaching import Movers, in_reach
from scheduler.checker.moves.several_moving import SeveralMoving
from scheduler.problem import Session

MOST_MOVED = 10_000
"""Registrations of people with several, above which none of them is moved: each is a node of its own."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a chain: a trainee takes a session, from another one or from nowhere."""

    trainee_id: str
    start: Session | None
    goal: Session


@dataclass(slots=True)
class _Kind:
    """Trainees who need the same and may sit in the same sessions.

    ``arcs`` are the arcs into the sessions, ``waiting`` how many wait, ``sitting`` how many sit where now and
    may be moved; the first of them by id stands beside each number.
    """

    node: int
    arcs: dict[int, int]
    waiting: tuple[int, str] = (0, "")
    sitting: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _People:
    """Trainees who wait or may be moved: their numbers, and of each the item of the place that is needed.

    ``numbers`` tell which choices each has, ``session`` is where each sits, -1 where one waits.
    """

    rows: Ints
    item: Ints
    numbers: Ints
    session: Ints

    def where(self, which: Ints | Mask) -> _People:
        """Give some of them."""
        return _People(self.rows[which], self.item[which], self.numbers[which], self.session[which])


class Rearranging:
    """Search whether ``waiting`` trainees could sit in one of their choices.

    What is proven: every number given can be reached, with each limit kept that is kept now, and
    without anybody sitting twice at a time. Of persons with several registrations one is moved
    at a time, to times at which they do not sit; so with them the numbers are a lower bound, and
    without them exact.

    Parameters
    ----------
    freely
        let people sit twice at one time: then the numbers are an upper bound.

    Attributes
    ----------
    has_several
        whether persons with several registrations may be in a chain at all; where not, the numbers are exact.
    """

    def __init__(
        self, crowd: Crowd, loads: Loads, waiting: Ints, choosing: Choosing, *, freely: bool = False
    ) -> None:
        self._facts, self._choosing = crowd.facts, choosing
        self._crowd, self._loads = crowd, loads
        self._single = crowd.single | freely
        self._net = PlacesNetwork(self._facts, loads, len(crowd.trainees) + 1)
        self._kinds: dict[tuple[str, int], _Kind] = {}
        self._place_people(waiting)

    def without_moving(self) -> int:
        """Give how many more fit as things are, all at once; they are then taken as sitting."""
        return self._net.push(self._net.source, self._net.sink) + self._several.seat_waiting()

    def with_moving(self, most: int) -> int:
        """Give how many further ones fit if others are moved, of whom there are at most so many; call it last."""
        self._let_move()
        singles = self._net.push(self._net.source, self._net.sink)
        return singles + self._several.seat_by_moving(most - singles)

    def chain(self) -> list[Move]:
        """Give the shortest chain of moves that seats one more single registration; may be empty.

        To be asked before anything else was, on its own copy.
        """
        self._let_move()
        return [
            move for move in self._moves(self._net.path(self._net.source, self._net.sink)) if move.trainee_id
        ]

    def _place_people(self, waiting: Ints) -> None:
        crowd = self._crowd
        waits = np.zeros(len(crowd.trainees), np.bool_)
        waits[waiting] = True
        moved = self._single if too_many_several(crowd) else np.ones_like(waits)
        movable = moved & (crowd.placement_of >= 0) & ~crowd.fixed
        rows = np.flatnonzero(waits | movable)
        numbers, choices = crowd.choices(self._choosing)
        session = np.where(waits, -1, crowd.session_of)[rows]
        people = _People(rows, self._item_of(rows), numbers[rows], session)
        near, moving = self._in_reach(people, choices)
        usable = near[self._facts.day_of]
        people = people.where(moving)
        people = people.where(waits[people.rows] | _chosen(people, choices))
        single = self._single[people.rows]
        several = people.where(~single).rows
        self.has_several = len(several) > 0 or too_many_several(crowd)
        waits = waits[several]
        self._several = SeveralMoving(
            crowd, self._net, self._choosing, usable, several[waits], several[~waits]
        )
        self._place_singles(people.where(single), [one[usable[one]] for one in choices])

    def _item_of(self, rows: Ints) -> Ints:
        """Give the number of the item of which each of some trainees needs a place; -1 for theory."""
        people = self._crowd.people
        item: Ints = np.where(people["theory"][rows] == 1, -1, people["item"][rows])
        return item

    def _in_reach(self, people: _People, choices: list[Choices]) -> tuple[Mask, Mask]:
        """Say of each day of a site whether a chain may pass there, and of each of some people whether it may move."""
        kind, count = kinds((people.item, people.numbers))
        first = first_rows(kind, count)
        room = [self._loads.room(one) for one in self._crowd.trainee_records(people.rows[first])]
        sits = people.session >= 0
        chosen = [choices[number] for number in people.numbers[first]]
        near, moving = in_reach(self._facts, Movers(chosen, room, kind[sits], people.session[sits]))
        return near, moving[kind]

    def _place_singles(self, people: _People, choices: list[Choices]) -> None:
        """Make the kinds, in the order of the first id of each, and say how many wait and sit."""
        people = people.where(np.argsort(self._crowd.rank(people.rows)))
        names = self._crowd.trainees.frame["trainee_id"][people.rows]
        alike, count = kinds((people.item, people.numbers, people.session))
        counts, first = np.bincount(alike, minlength=count), first_rows(alike, count)
        for row in np.sort(first).tolist():
            item = self._crowd.texts["item"][people.item[row]] if people.item[row] >= 0 else ""
            kind = self._kind(item, int(people.numbers[row]), choices)
            told = int(counts[alike[row]]), names[row]
            if people.session[row] < 0:
                kind.waiting = told
            else:
                kind.sitting[int(people.session[row])] = told
        for kind in self._kinds.values():
            if kind.waiting[0]:
                self._net.arc(self._net.source, kind.node, kind.waiting[0])

    def _kind(self, item: str, number: int, choices: list[Choices]) -> _Kind:
        if (item, number) not in self._kinds:
            self._kinds[item, number] = _Kind(*self._net.choosers(item, choices[number].tolist()))
        return self._kinds[item, number]

    def _let_move(self) -> None:
        """Give the reverse arcs the flow of those who sit and may be moved."""
        for (item, _), kind in self._kinds.items():
            for session, (count, _) in kind.sitting.items():
                self._net.room[kind.arcs[session] ^ 1] += count
                self._net.seat(session, item, count)

    def _moves(self, path: list[int]) -> list[Move]:
        """Read a path as moves: arcs out of a kind take a session, arcs into one leave it."""
        kinds = {kind.node: kind for kind in self._kinds.values()}
        moves: list[Move] = []
        sessions = self._facts.sessions
        start: int | None = None
        for arc in path:
            tail, head = self._net.head[arc ^ 1], self._net.head[arc]
            if head in kinds and tail != self._net.source:
                start = next(one for one, number in kinds[head].arcs.items() if number == arc ^ 1)
            elif tail in kinds:
                goal = next(one for one, number in kinds[tail].arcs.items() if number == arc)
                kind = kinds[tail]
                who = kind.waiting[1] if start is None else kind.sitting[start][1]
                moves.append(Move(who, None if start is None else sessions[start], sessions[goal]))
        return moves


def _chosen(people: _People, choices: list[Choices]) -> Mask:
    """Say of some people whether each sits in one of the own choices."""

    def inside(first: Ints) -> list[bool]:
        asked = zip(people.numbers[first], people.session[first], strict=True)
        return [bool(one in choices[number]) for number, one in asked]

    return where_kind((people.numbers, people.session), inside)


def too_many_several(crowd: Crowd) -> bool:
    """Say whether so many people have several registrations that none of them is moved once they sit."""
    return int((~crowd.single).sum()) > MOST_MOVED
