"""How many more could sit somewhere, without and with moving others: an augmenting search.

The network: kinds of trainees -> item places of a session -> seats of a session -> day of a site.
Trainees of one kind need the same and may sit in the same sessions, so only numbers matter.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scheduler.checker.facts import Facts, takes_place
from scheduler.checker.loads import Loads, Time, time_of, times_taken
from scheduler.checker.network import Network
from scheduler.problem import Session, Trainee
from scheduler.schedule import Schedule

_Entry = tuple[Session, str]


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a chain: a trainee takes a session, from another one or from nowhere."""

    trainee_id: str
    start: Session | None
    goal: Session


@dataclass(slots=True)
class _Kind:
    """Trainees who need the same and may sit in the same sessions.

    ``open`` is the arc from the source (None where nobody of them waits), ``arcs`` the arcs into
    the sessions, ``sitting`` who sits where now and may be moved.
    """

    node: int
    arcs: dict[Session, int]
    open: int | None = None
    waiting: list[str] = field(default_factory=list)
    sitting: dict[Session, list[str]] = field(default_factory=lambda: defaultdict(list))


class Rearranging:
    """Search whether ``waiting`` trainees could sit in one of their ``choices``.

    What is proven: every number given can be reached, with each limit kept that is kept now, and
    without anybody sitting twice at a time. Persons with several registrations stay where they
    are once they sit, and never take a time at which they sit already; so with them the numbers
    are a lower bound, and without them exact.
    """

    def __init__(
        self,
        facts: Facts,
        schedule: Schedule,
        waiting: Iterable[str],
        choices: Callable[[Trainee], tuple[Session, ...]],
    ) -> None:
        self._facts, self._schedule, self._choices = facts, schedule, choices
        self._loads = Loads(facts, schedule)
        self._net = Network()
        self._source, self._sink = self._net.node(), self._net.node()
        self._days: dict[tuple[str, dt.date], int] = {}
        self._sessions: dict[Session, tuple[int, int]] = {}
        self._entries: dict[_Entry, tuple[int, int]] = {}
        self._kinds: dict[tuple[str, int], _Kind] = {}
        self._choice_sets: dict[int, frozenset[Session]] = {}
        self._rounds: dict[int, list[str]] = defaultdict(list)
        self._settled: dict[str, Time] = {}
        self._many = len(facts.problem.trainees) + 1
        self._place_people(set(waiting))

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

    def _place_people(self, waiting: set[str]) -> None:
        for trainee_id in sorted(self._facts.problem.trainees):
            trainee = self._facts.problem.trainees[trainee_id]
            single = not self._facts.people.others(trainee_id)
            if trainee_id in waiting and single:
                self._kind(trainee, self._choices(trainee)).waiting.append(trainee_id)
            elif trainee_id in waiting:
                self._rounds[self._turn(trainee_id, waiting)].append(trainee_id)
            elif single and trainee_id in self._schedule.placements and trainee_id not in self._facts.fixed:
                self._seat(trainee, self._schedule.placements[trainee_id].session)
        for kind in self._kinds.values():
            if kind.waiting:
                kind.open = self._net.arc(self._source, kind.node, len(kind.waiting))

    def _turn(self, trainee_id: str, waiting: set[str]) -> int:
        """Give the place of a registration among those of its person that wait."""
        own = [other for other in self._facts.people.registrations(trainee_id) if other in waiting]
        return own.index(trainee_id)

    def _seat(self, trainee: Trainee, session: Session) -> None:
        choices = self._choices(trainee)
        known = self._choice_sets.get(id(choices))
        if known is None:
            known = self._choice_sets[id(choices)] = frozenset(choices)
        if session in known:
            self._kind(trainee, choices).sitting[session].append(trainee.trainee_id)

    def _kind(self, trainee: Trainee, choices: tuple[Session, ...]) -> _Kind:
        item = trainee.item if takes_place(trainee) else ""
        key = (item, id(choices))  # equal choices are one object
        if key not in self._kinds:
            self._kinds[key] = self._new_kind(item, choices)
        return self._kinds[key]

    def _new_kind(self, item: str, choices: tuple[Session, ...]) -> _Kind:
        node = self._net.node()
        arcs = {one: self._net.arc(node, self._entry(one, item), self._many) for one in choices}
        return _Kind(node, arcs)

    def _entry(self, session: Session, item: str) -> int:
        """Give the node where an item enters a session: its places, or for theory the seats."""
        if not item:
            return self._session(session)
        key = (session, item)
        if key not in self._entries:
            node = self._net.node()
            room = self._loads.places_left(session, item)
            self._entries[key] = (node, self._net.arc(node, self._session(session), room))
        return self._entries[key][0]

    def _session(self, session: Session) -> int:
        if session not in self._sessions:
            node = self._net.node()
            room = self._loads.seats_left(session)
            self._sessions[session] = (node, self._net.arc(node, self._day(session), room))
        return self._sessions[session][0]

    def _day(self, session: Session) -> int:
        key = (session.site_id, session.day)
        if key not in self._days:
            self._days[key] = self._net.node()
            left = self._loads.day_left(*key)
            self._net.arc(self._days[key], self._sink, self._many if left is None else left)
        return self._days[key]

    def _let_move(self) -> None:
        """Give the reverse arcs the flow of those who sit and may be moved."""
        at_places: Counter[_Entry] = Counter()
        at_seats: Counter[Session] = Counter()
        for (item, _), kind in self._kinds.items():
            for session, sitting in kind.sitting.items():
                self._net.room[kind.arcs[session] ^ 1] += len(sitting)
                at_seats[session] += len(sitting)
                if item:
                    at_places[session, item] += len(sitting)
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
        opened: dict[str, tuple[int, dict[Session, int]]] = {}
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
        taken = times_taken(self._facts, self._schedule, trainee_id) | {
            self._settled[other] for other in self._facts.people.others(trainee_id) if other in self._settled
        }
        free = tuple(one for one in self._choices(trainee) if time_of(one) not in taken)
        return self._new_kind(trainee.item if takes_place(trainee) else "", free)

    def _settle(self, trainee_id: str, arcs: dict[Session, int]) -> None:
        for session, arc in arcs.items():
            if self._net.room[arc ^ 1] > 0:
                self._settled[trainee_id] = time_of(session)
            self._net.room[arc] = self._net.room[arc ^ 1] = 0

    def _moves(self, path: list[int]) -> list[Move]:
        """Read a path as moves: arcs out of a kind take a session, arcs into one leave it."""
        kinds = {kind.node: kind for kind in self._kinds.values()}
        moves: list[Move] = []
        start: Session | None = None
        for arc in path:
            tail, head = self._net.head[arc ^ 1], self._net.head[arc]
            if head in kinds and tail != self._source:
                start = next(one for one, number in kinds[head].arcs.items() if number == arc ^ 1)
            elif tail in kinds:
                goal = next(one for one, number in kinds[tail].arcs.items() if number == arc)
                kind = kinds[tail]
                who = kind.waiting[0] if start is None else kind.sitting[start][0]
                moves.append(Move(who, start, goal))
        return moves
