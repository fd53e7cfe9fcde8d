"""The duties that every draw needs: of who sits in a session whatever the seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Time
from scheduler.staff.certain_ties import Kind

_INVIGILATION: Kind = (INVIGILATOR, "")


class Needed(NamedTuple):
    """Duties by kind, time and site, and those of invigilators in all: those at each may be fewer, as rounding may move people."""

    at_each: Counter[tuple[Kind, Time, str]]
    invigilators: int

    def kinds(self) -> list[Kind]:
        """Give the kinds of which any are needed."""
        return sorted(
            {kind for kind, _, _ in self.at_each} | ({_INVIGILATION} if self.invigilators else set())
        )

    def at(self, kind: Kind) -> Mapping[Time, Mapping[str, int]]:
        """Give how many of a kind are needed at each time at each site."""
        found: dict[Time, dict[str, int]] = defaultdict(dict)
        for (one, time, site), count in self.at_each.items():
            if one == kind:
                found[time][site] = count
        return found

    def at_least(self, kind: Kind) -> int:
        """Give how many of a kind are needed in all, wherever people sit."""
        return self.invigilators if kind[0] == INVIGILATOR else 0


class _Certain:
    """How many certainly come to each session, by its number."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._unit: int = plan["denominator"]
        self._seated, self._practising = Counter[int](), Counter[int]()
        self._present = Counter[int]()
        self._at_places = Counter[tuple[int, str]]()
        for group in plan["groups"]:
            theory, practical = group["part"] != "practical", group["part"] != "theory"
            for cell in group["cells"]:
                session, count = cell["session"], cell["count"]
                self._present[session] += count
                if theory:
                    self._seated[session] += count // self._unit
                else:
                    self._practising[session] -= -count // self._unit
                if practical:
                    self._at_places[session, group["item"]] += count

    def present(self, session: int) -> bool:
        """Say whether anybody does."""
        return self._present[session] >= self._unit

    def in_rooms(self, session: int) -> int:
        """Give how many to the theory part.

        All of a session are as many as expected, rounded down or up; so many at most sit the practical part alone.
        """
        return max(self._seated[session], self._present[session] // self._unit - self._practising[session])

    def practical(self) -> list[tuple[int, str]]:
        """Give the sessions and items of which anybody comes to the practical part."""
        return [place for place, count in self._at_places.items() if count >= self._unit]


def needed_duties(plan: Mapping[str, Any]) -> Needed:
    """Give the duties that every draw of a plan with one way needs."""
    numbers, certain = plan["rules"]["staffing"], _Certain(plan)
    needed = Counter[tuple[Kind, Time, str]]()
    for number, session in enumerate(plan["sessions"]):
        when = session["date"], session["half"]
        needed[_INVIGILATION, when, session["site_id"]] += _for_rooms(certain.in_rooms(number), numbers)
        needed[(PATROL, ""), when, session["site_id"]] += (
            certain.present(number) * numbers["patrols_per_site"]
        )
    for number, item in certain.practical():
        session = plan["sessions"][number]
        when = session["date"], session["half"]
        needed[(EXAMINER, item), when, session["site_id"]] += numbers["examiners_per_item"]
    return Needed(+needed, _for_rooms(_theory_in_all(plan), numbers))


def _for_rooms(people: int, numbers: Mapping[str, int]) -> int:
    """Give how many invigilators the rooms need that so many people fill."""
    return -(-people // numbers["room_size"]) * numbers["invigilators_per_room"]


def _theory_in_all(plan: Mapping[str, Any]) -> int:
    """Give how many certainly sit the theory part, in whatever session."""
    unit = plan["denominator"]
    return sum(
        len(group["trainees"]) - -(-group["unplaced"] // unit)
        for group in plan["groups"]
        if group["part"] != "practical"
    )
