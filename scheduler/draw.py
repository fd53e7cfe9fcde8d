"""The draw: a plan and a seed to who sits where. Standard library only; anyone can repeat it.

Where there are several ways to part the times of people with several registrations, one is drawn
(``scheduler.ways``). Then the expected counts become whole numbers (``scheduler.rounding``), then the people of each group,
in the order of their tickets, fill the group's sessions in canonical order. Tickets and dice are hashes
of the seed and the plan's digest, so input order and machine do not matter.
docs/draw-specification.md describes every byte.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scheduler import tickets
from scheduler.problem import Session
from scheduler.rounding import Dice, round_flow
from scheduler.schedule import Placement, Schedule
from scheduler.seats.seating import seated
from scheduler.ways import drawn_way

TICKET_TAG, _ROUND = b"zhengkao/ticket/1", b"zhengkao/round/1"
_SEED_BYTES = 32


def seed_bytes(seed: str) -> bytes:
    """Read a seed: 64 hex digits.

    Raises
    ------
    ValueError
        it is anything else.
    """
    data = bytes.fromhex(seed)
    if len(data) != _SEED_BYTES or len(seed) != 2 * _SEED_BYTES:
        raise ValueError("a seed is 32 bytes in hex")
    return data


def draw(plan: Mapping[str, Any], seed: str) -> Schedule:
    """Draw a plan (the content of plan.json) with a seed."""
    key = draw_key(plan, seed)
    return seated(plan, placed(plan, key), key)


def draw_key(plan: Mapping[str, Any], seed: str) -> bytes:
    """Give the key of all tickets and dice of a draw."""
    return hashlib.sha256(bytes.fromhex(plan["digest"]) + seed_bytes(seed)).digest()


def placed(plan: Mapping[str, Any], key: bytes) -> Schedule:
    """Draw who sits in which session; rooms, seats, groups and places come after."""
    sessions = [Session.of(entry) for entry in plan["sessions"]]
    counts = whole_counts(drawn_way(plan, key), rounding_dice(key))
    placements: dict[str, Placement] = {}
    unplaced: dict[str, str] = {}
    for group, whole in zip(plan["groups"], counts, strict=True):
        people = sorted(group["trainees"], key=lambda name: (ticket(key, name), name))
        size = plan["denominator"] * len(people)
        site_chances = _site_chances(plan, group, size)
        first = 0
        for cell, count in zip(group["cells"], whole, strict=True):
            if not count:
                continue
            session, exceptions = sessions[cell["session"]], tuple(cell["exceptions"])
            chances = Fraction(cell["count"], size), site_chances[session.site_id]
            for name in people[first : first + count]:
                placements[name] = Placement(name, session, exceptions, *chances)
            first += count
        unplaced.update(dict.fromkeys(people[first:], group["reason"]))
    return Schedule(placements, unplaced)


def ticket(key: bytes, name: str) -> bytes:
    """Give the ticket of a trainee: who has the lower one takes the earlier session of the group."""
    return tickets.ticket(TICKET_TAG, key, name)


def _site_chances(plan: Mapping[str, Any], group: Mapping[str, Any], size: int) -> dict[str, Fraction]:
    counts: dict[str, int] = defaultdict(int)
    for cell in group["cells"]:
        counts[plan["sessions"][cell["session"]]["site_id"]] += cell["count"]
    return {site: Fraction(count, size) for site, count in counts.items()}


def rounding_dice(key: bytes) -> Dice:
    """Give the dice that the expected counts of a draw are rounded by."""
    return Dice(_ROUND, key)


def whole_counts(plan: Mapping[str, Any], dice: Dice) -> list[list[int]]:
    """Round the expected counts of all cells; group, group and site, places, seats and day keep theirs."""
    flow = _Flow()
    cells = [
        [flow.cell(plan, number, group, cell) for cell in group["cells"]]
        for number, group in enumerate(plan["groups"])
    ]
    for number, group in enumerate(plan["groups"]):
        if group["unplaced"]:
            flow.add(("group", number), "sink", group["unplaced"])
    flow.join()
    whole = round_flow(flow.tails, flow.heads, flow.units, plan["denominator"], dice)
    return [[whole[arc] for arc in listed] for listed in cells]


class _Flow:
    """The flow to be rounded: cells in plan order first, then the sums that must keep floor and ceiling."""

    def __init__(self) -> None:
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.units: list[int] = []
        self._nodes: dict[Any, int] = {}
        self._sums: dict[tuple[Any, Any], int] = {}

    def add(self, tail: Any, head: Any, units: int) -> int:
        self.tails.append(self._nodes.setdefault(tail, len(self._nodes)))
        self.heads.append(self._nodes.setdefault(head, len(self._nodes)))
        self.units.append(units)
        return len(self.units) - 1

    def cell(
        self, plan: Mapping[str, Any], number: int, group: Mapping[str, Any], cell: Mapping[str, Any]
    ) -> int:
        """Add one cell, and its share of every sum it is part of."""
        session = plan["sessions"][cell["session"]]
        seats = ("seats", cell["session"])
        day = ("day", session["site_id"], session["date"])
        hub = ("site", number, session["site_id"])
        end = seats if group["part"] == "theory" else ("places", cell["session"], group["item"])
        sums: Sequence[tuple[Any, Any]] = [(("group", number), hub), (seats, day), (day, "sink")]
        for one in [*sums, *([(end, seats)] if end != seats else [])]:
            self._sums[one] = self._sums.get(one, 0) + cell["count"]
        return self.add(hub, end, cell["count"])

    def join(self) -> None:
        """Add the sums as arcs, in the order in which their first cell came."""
        for (tail, head), units in self._sums.items():
            self.add(tail, head, units)
