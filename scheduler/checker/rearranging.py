"""How many more could sit somewhere, without and with moving others: an augmenting search.

The network: kinds of trainees -> item places of a session -> seats of a session -> day of a site.
Trainees of one kind need the same and may sit in the same sessions, so only numbers matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scheduler.checker.crowd import Choosing, Crowd
from scheduler.checker.facts import Choices
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds, where_kind
from scheduler.checker.loads import Loads, Time, time_of, times_taken
from scheduler.checker.places_network import PlacesNetwork
from scheduler.checker.reaching import Movers, in_reach
from scheduler.checker.standing import takes_place
from scheduler.problem import Session, Trainee


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
    without anybody sitting twice at a time. Persons with several registrations stay where they
    are once they sit, and never take a time at which they sit already; so with them the numbers
    are a lower bound, and without them exact.
    """

    def __init__(self, crowd: Crowd, loads: Loads, waiting: Ints, choosing: Choosing) -> None:
        self._facts, self._choosing = crowd.facts, choosing
        self._crowd, self._loads = crowd, loads
        self._net = PlacesNetwork(self._facts, loads, len(crowd.trainees) + 1)
        self._kinds: dict[tuple[str, int], _Kind] = {}
        self._rounds: dict[int, list[str]] = defaultdict(list)
        self._settled: dict[str, Time] = {}
        self._place_people(waiting)

    def without_moving(self) -> int:
        """Give how many more fit as things are, all at once; they are then taken as sitting."""
        return self._run()

    def with_moving(self) -> int:
        """Give how many further ones fit if others are moved; call it last."""
        self._let_move()
        return self._run()

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
        movable = crowd.single & (crowd.placement_of >= 0) & ~crowd.fixed
        rows = np.flatnonzero(waits | movable)
        numbers, choices = crowd.choices(self._choosing)
        session = np.where(waits, -1, crowd.session_of)[rows]
        people = _People(rows, self._item_of(rows), numbers[rows], session)
        near, moving = self._in_reach(people, choices)
        self._near = near[self._facts.day_of]
        people = people.where(moving)
        people = people.where(waits[people.rows] | _chosen(people, choices))
        single = crowd.single[people.rows]
        self._place_several(people.where(~single).rows)
        self._place_singles(people.where(single), [one[self._near[one]] for one in choices])

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

    def _place_several(self, rows: Ints) -> None:
        """Let those who wait and whose person has several registrations try one after the other."""
        self._lone = {one.trainee_id: one for one in self._crowd.trainee_records(self._crowd.in_order(rows))}
        for trainee_id in self._lone:
            self._rounds[self._turn(trainee_id)].append(trainee_id)

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

    def _turn(self, trainee_id: str) -> int:
        """Give the place of a registration among those of its person that wait."""
        own = [other for other in self._facts.people.registrations(trainee_id) if other in self._lone]
        return own.index(trainee_id)

    def _let_move(self) -> None:
        """Give the reverse arcs the flow of those who sit and may be moved."""
        for (item, _), kind in self._kinds.items():
            for session, (count, _) in kind.sitting.items():
                self._net.room[kind.arcs[session] ^ 1] += count
                self._net.seat(session, item, count)

    def _run(self) -> int:
        total = self._net.push(self._net.source, self._net.sink)
        hopeless = self._net.hopeless() if self._rounds else {}
        for turn in sorted(self._rounds):
            total += self._run_several(self._rounds[turn], hopeless)
        return total

    def _run_several(self, trainee_ids: list[str], hopeless: Mapping[str, set[int]]) -> int:
        """Let one registration of each person try; whoever finds a session stays there."""
        opened: dict[str, tuple[int, dict[int, int]]] = {}
        for trainee_id in trainee_ids:
            trainee = self._lone[trainee_id]
            item = trainee.item if takes_place(trainee) else ""
            free = [] if trainee_id in self._settled else self._free(trainee, hopeless.get(item, set()))
            if free:
                node, arcs = self._net.choosers(item, free)
                opened[trainee_id] = (self._net.arc(self._net.source, node, 1), arcs)
        found = self._net.push(self._net.source, self._net.sink) if opened else 0
        for trainee_id, (gate, arcs) in opened.items():
            if self._net.room[gate] == 0:
                self._settle(trainee_id, arcs)
            self._net.room[gate] = self._net.room[gate ^ 1] = 0
        return found

    def _free(self, trainee: Trainee, hopeless: set[int]) -> list[int]:
        """Give the sessions that somebody may choose at times when the person does not sit."""
        choices, sessions = self._choosing(trainee), self._facts.sessions
        hopes = [one for one in choices[self._near[choices]].tolist() if one not in hopeless]
        taken = times_taken(self._crowd, trainee.trainee_id) if hopes else set()
        others = self._facts.people.others(trainee.trainee_id)
        taken |= {self._settled[other] for other in others if other in self._settled}
        return [one for one in hopes if time_of(sessions[one]) not in taken]

    def _settle(self, trainee_id: str, arcs: dict[int, int]) -> None:
        for session, arc in arcs.items():
            if self._net.room[arc ^ 1] > 0:
                self._settled[trainee_id] = time_of(self._facts.sessions[session])
            self._net.room[arc] = self._net.room[arc ^ 1] = 0

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
