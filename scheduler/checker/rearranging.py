"""How many more could sit somewhere, without and with moving others: an augmenting search.

The network: kinds of trainees -> item places of a session -> seats of a session -> day of a site.
Trainees of one kind need the same and may sit in the same sessions, so only numbers matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from scheduler.checker.crowd import Choosing, Crowd
from scheduler.checker.facts import Choices, Facts, takes_place
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds, where_kind
from scheduler.checker.loads import Loads, Time, time_of, times_taken
from scheduler.checker.network import Network
from scheduler.problem import Session
from scheduler.schedule import Schedule

_Entry = tuple[int, str]


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


class Rearranging:
    """Search whether ``waiting`` trainees could sit in one of their choices.

    What is proven: every number given can be reached, with each limit kept that is kept now, and
    without anybody sitting twice at a time. Persons with several registrations stay where they
    are once they sit, and never take a time at which they sit already; so with them the numbers
    are a lower bound, and without them exact.
    """

    def __init__(
        self, facts: Facts, schedule: Schedule | Crowd, waiting: Iterable[str], choosing: Choosing
    ) -> None:
        self._facts, self._choosing = facts, choosing
        self._crowd = Crowd.of(facts, schedule)
        self._loads = Loads(self._crowd)
        self._net = Network()
        self._source, self._sink = self._net.node(), self._net.node()
        self._days: dict[int, int] = {}
        self._sessions: dict[int, tuple[int, int]] = {}
        self._entries: dict[_Entry, tuple[int, int]] = {}
        self._kinds: dict[tuple[str, int], _Kind] = {}
        self._rounds: dict[int, list[str]] = defaultdict(list)
        self._settled: dict[str, Time] = {}
        self._many = len(facts.problem.trainees) + 1
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
        return [move for move in self._moves(self._net.path(self._source, self._sink)) if move.trainee_id]

    def _place_people(self, waiting: Iterable[str]) -> None:
        crowd = self._crowd
        waits = crowd.among(waiting)
        several = crowd.trainees.frame["trainee_id"].filter(pl.Series(waits & ~crowd.single)).sort().to_list()
        for trainee_id in several:
            self._rounds[self._turn(trainee_id, set(several))].append(trainee_id)
        movable = (crowd.placement_of >= 0) & ~crowd.fixed
        singles = np.flatnonzero(crowd.single & (waits | movable))
        numbers, choices = crowd.choices(singles, self._choosing)
        session = np.where(waits, -1, crowd.session_of)[singles]
        counts = waits[singles] | _chosen(numbers, session, choices)
        self._place_singles(singles[counts], numbers[counts], session[counts], choices)

    def _place_singles(self, singles: Ints, numbers: Ints, session: Ints, choices: list[Choices]) -> None:
        """Make the kinds, in the order of the first id of each, and say how many wait (at no session) and sit."""
        in_order = np.argsort(self._crowd.rank(singles))
        singles, numbers, session = singles[in_order], numbers[in_order], session[in_order]
        people, names = self._crowd.people, self._crowd.trainees.frame["trainee_id"][singles]
        item = np.where(people["theory"][singles] == 1, -1, people["item"][singles])
        alike, count = kinds((item, numbers, session))
        people_of, first = np.bincount(alike, minlength=count), first_rows(alike, count)
        for row in np.sort(first).tolist():
            what = self._crowd.items[item[row]] if item[row] >= 0 else ""
            kind = self._kind(what, int(numbers[row]), choices)
            told = int(people_of[alike[row]]), names[row]
            if session[row] < 0:
                kind.waiting = told
            else:
                kind.sitting[int(session[row])] = told
        for kind in self._kinds.values():
            if kind.waiting[0]:
                self._net.arc(self._source, kind.node, kind.waiting[0])

    def _kind(self, item: str, number: int, choices: list[Choices]) -> _Kind:
        if (item, number) not in self._kinds:
            self._kinds[item, number] = self._new_kind(item, choices[number].tolist())
        return self._kinds[item, number]

    def _turn(self, trainee_id: str, waiting: set[str]) -> int:
        """Give the place of a registration among those of its person that wait."""
        own = [other for other in self._facts.people.registrations(trainee_id) if other in waiting]
        return own.index(trainee_id)

    def _new_kind(self, item: str, choices: Iterable[int]) -> _Kind:
        node = self._net.node()
        arcs = {one: self._net.arc(node, self._entry(one, item), self._many) for one in choices}
        return _Kind(node, arcs)

    def _entry(self, session: int, item: str) -> int:
        """Give the node where an item enters a session: its places, or for theory the seats."""
        if not item:
            return self._session(session)
        key = (session, item)
        if key not in self._entries:
            node = self._net.node()
            room = int(self._loads.places_left(item)[session])
            self._entries[key] = (node, self._net.arc(node, self._session(session), room))
        return self._entries[key][0]

    def _session(self, number: int) -> int:
        if number not in self._sessions:
            node, day = self._net.node(), int(self._facts.day_of[number])
            room = int(self._loads.seats_left[number])
            self._sessions[number] = (node, self._net.arc(node, self._day(day), room))
        return self._sessions[number][0]

    def _day(self, number: int) -> int:
        if number not in self._days:
            self._days[number] = self._net.node()
            left = int(self._loads.day_left[number])
            self._net.arc(self._days[number], self._sink, self._many if left < 0 else left)
        return self._days[number]

    def _let_move(self) -> None:
        """Give the reverse arcs the flow of those who sit and may be moved."""
        at_places: Counter[_Entry] = Counter()
        at_seats: Counter[int] = Counter()
        for (item, _), kind in self._kinds.items():
            for session, (count, _) in kind.sitting.items():
                self._net.room[kind.arcs[session] ^ 1] += count
                at_seats[session] += count
                if item:
                    at_places[session, item] += count
        for key, count in at_places.items():
            self._net.room[self._entries[key][1] ^ 1] += count
        for session, count in at_seats.items():
            self._net.room[self._sessions[session][1] ^ 1] += count

    def _run(self) -> int:
        total = self._net.push(self._source, self._sink)
        for turn in sorted(self._rounds):
            total += self._run_several(self._rounds[turn])
        return total

    def _run_several(self, trainee_ids: list[str]) -> int:
        """Let one registration of each person try; whoever finds a session stays there."""
        opened: dict[str, tuple[int, dict[int, int]]] = {}
        for trainee_id in trainee_ids:
            if trainee_id not in self._settled:
                kind = self._lone_kind(trainee_id)
                opened[trainee_id] = (self._net.arc(self._source, kind.node, 1), kind.arcs)
        found = self._net.push(self._source, self._sink) if opened else 0
        for trainee_id, (gate, arcs) in opened.items():
            if self._net.room[gate] == 0:
                self._settle(trainee_id, arcs)
            self._net.room[gate] = self._net.room[gate ^ 1] = 0
        return found

    def _lone_kind(self, trainee_id: str) -> _Kind:
        trainee = self._facts.problem.trainees[trainee_id]
        taken = times_taken(self._crowd, trainee_id) | {
            self._settled[other] for other in self._facts.people.others(trainee_id) if other in self._settled
        }
        sessions = self._facts.sessions
        free = [one for one in self._choosing(trainee) if time_of(sessions[one]) not in taken]
        return self._new_kind(trainee.item if takes_place(trainee) else "", free)

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
            if head in kinds and tail != self._source:
                start = next(one for one, number in kinds[head].arcs.items() if number == arc ^ 1)
            elif tail in kinds:
                goal = next(one for one, number in kinds[tail].arcs.items() if number == arc)
                kind = kinds[tail]
                who = kind.waiting[1] if start is None else kind.sitting[start][1]
                moves.append(Move(who, None if start is None else sessions[start], sessions[goal]))
        return moves


def _chosen(numbers: Ints, session: Ints, choices: list[Choices]) -> Mask:
    """Say of each row whether its session is among its choices."""

    def inside(first: Ints) -> list[bool]:
        asked = zip(numbers[first], session[first], strict=True)
        return [bool(one in choices[number]) for number, one in asked]

    return where_kind((numbers, session), inside)
