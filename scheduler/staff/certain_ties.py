"""Before the draw: whom candidates certainly keep from duties, as they are tied to somebody there, or sit then themselves.

Worked out from groups and cells, not from people. Of a group of n of whom t are tied to somebody, and of whom k at least sit
in a session, one who is tied sits there for certain where k + t > n. They keep that somebody from the group of their item and
from the patrol, and from the rooms where the session can have one room only; where nobody else can come, from every room.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any

from scheduler.duties.persons import Barred, Member
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL, Time
from scheduler.seats.rooms import RoomPlans

Kind = tuple[str, str]
"""Role and, of an examiner, the item."""
_Post = tuple[Kind, int]
"""A kind of duty in a session, by its number."""
Closed = Mapping[tuple[Kind, Time], AbstractSet[str]]
"""The sites where somebody is certainly not on duty, by kind and time."""

_NOTHING: Closed = {}


class CandidateTies:
    """Who of the groups is tied to the staff, or on it; the same in every way of a plan.

    Parameters
    ----------
    plan
        the plan with its ``staff``.
    members
        the persons of the staff.
    """

    def __init__(self, plan: Mapping[str, Any], members: Sequence[Member]) -> None:
        self.sizes = [len(group["trainees"]) for group in plan["groups"]]
        tied = [one for member in members for entry in member.entries for one in entry["conflicts"]]
        institutions = {one["id"] for one in tied if one["kind"] == "institution"}
        registered = {name for member in members for name in _registrations(member)}
        trainees = registered | {one["id"] for one in tied if one["kind"] == "trainee"}
        self.of_institution = _counted(plan, institutions) if institutions else {}
        self.of_trainee = _found(plan, trainees) if trainees else {}

    def tied(self, institutions: Iterable[str], trainees: Iterable[str]) -> Counter[int]:
        """Give how many of each group come from some institutions or are some trainees."""
        found = Counter[int]()
        names = frozenset(institutions)
        for institution in names:
            for number, count in self.of_institution.get(institution, ()):
                found[number] += count
        for name in trainees:
            if name in self.of_trainee:
                number, institution = self.of_trainee[name]
                found[number] += institution not in names
        return found


def _registrations(member: Member) -> set[str]:
    return {name for entry in member.entries for name in entry["sits_as"]}


def _counted(plan: Mapping[str, Any], wanted: AbstractSet[str]) -> dict[str, list[tuple[int, int]]]:
    """Give how many of which group come from each of some institutions."""
    names = plan["institutions"]
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, group in enumerate(plan["groups"]):
        for of, count in Counter(group["institution"]).items():
            if names[of] in wanted:
                found[names[of]].append((number, count))
    return found


def _found(plan: Mapping[str, Any], wanted: AbstractSet[str]) -> dict[str, tuple[int, str]]:
    """Give the group and the institution of each of some trainees."""
    names = plan["institutions"]
    return {
        name: (number, names[of])
        for number, group in enumerate(plan["groups"])
        if not wanted.isdisjoint(group["trainees"])
        for name, of in zip(group["trainees"], group["institution"], strict=True)
        if name in wanted
    }


class CertainBars:
    """Whom the candidates of one way keep from what.

    Parameters
    ----------
    plan
        the plan with the counts of the way.
    """

    def __init__(self, plan: Mapping[str, Any], ties: CandidateTies) -> None:
        self._plan, self._ties = plan, ties
        self._known: dict[tuple[frozenset[str], frozenset[str]], Closed] = {}
        self._of_member: dict[tuple[str, str], Closed] = {}
        self._times: list[Time] = [(one["date"], one["half"]) for one in plan["sessions"]]

    def sits(self, member: Member) -> set[Time]:
        """Give when somebody certainly sits: their whole group sits then, wherever that is."""
        found = set()
        for name in _registrations(member) & self._ties.of_trainee.keys():
            number, _ = self._ties.of_trainee[name]
            at = Counter[Time]()
            for cell in self._plan["groups"][number]["cells"]:
                at[self._times[cell["session"]]] += cell["count"]
            everybody = self._ties.sizes[number] * self._plan["denominator"]
            found |= {time for time, count in at.items() if count == everybody}
        return found

    def closed(self, member: Member, date: str) -> Closed:
        """Give where those whom somebody has to avoid on a date certainly are, for times of that date."""
        key = member.name, date
        if key not in self._of_member:
            self._of_member[key] = self._closed_by(member.barred(date))
        return self._of_member[key]

    def keep_anybody(self, members: Iterable[Member]) -> bool:
        """Say whether candidates certainly keep anybody from anything."""
        dates = {date for date, _ in self._times}
        return any(self.sits(one) or any(self.closed(one, date) for date in dates) for one in members)

    def _closed_by(self, barred: Barred) -> Closed:
        institutions = frozenset(self._ties.of_institution.keys() & barred.institutions)
        trainees = frozenset(self._ties.of_trainee.keys() & barred.trainees)
        if not institutions and not trainees:
            return _NOTHING
        key = institutions, trainees
        if key not in self._known:
            self._known[key] = self._sites(self._ties.tied(*key))
        return self._known[key]

    def _sites(self, tied: Mapping[int, int]) -> Closed:
        found: dict[tuple[Kind, Time], set[str]] = defaultdict(set)
        for kind, number in self._certain(tied):
            found[kind, self._times[number]].add(self._plan["sessions"][number]["site_id"])
        return found

    def _certain(self, tied: Mapping[int, int]) -> set[_Post]:
        """Give the posts with somebody who is tied in every draw, or with nobody else."""
        unit, certain, whole = self._plan["denominator"], set[_Post](), Counter[_Post]()
        for number, count in tied.items():
            group, size = self._plan["groups"][number], self._ties.sizes[number]
            kinds = _kinds(group)
            for session, people in _coming(group):
                if count == size:
                    whole.update((kind, session) for kind in kinds)
                if people // unit + count > size:
                    certain.update((kind, session) for kind in kinds)
        alone = {post for post, groups in whole.items() if groups == self._groups_at[post[0]][post[1]]}
        return alone | {post for post in certain if post[0][0] != INVIGILATOR or self._has_one_room(post[1])}

    @cached_property
    def _groups_at(self) -> Mapping[Kind, Counter[int]]:
        """Give of how many groups people may come to each kind of post of each session."""
        found: dict[Kind, Counter[int]] = defaultdict(Counter)
        for group in self._plan["groups"]:
            sessions = [session for session, _ in _coming(group)]
            for kind in _kinds(group):
                found[kind].update(sessions)
        return found

    def _has_one_room(self, number: int) -> bool:
        """Say whether all who may come to a session's theory part fit into its first room."""
        site_id = self._plan["sessions"][number]["site_id"]
        return len(self._rooms.holding(site_id, self._most_in_rooms[number])) == 1

    @cached_property
    def _rooms(self) -> RoomPlans:
        return RoomPlans(self._plan["seating"])

    @cached_property
    def _most_in_rooms(self) -> Mapping[int, int]:
        """Give how many sit theory in each session at most: each count, and that of the session, is rounded down or up."""
        unit, theory, present = self._plan["denominator"], Counter[int](), Counter[int]()
        for group in self._plan["groups"]:
            for session, people in _coming(group):
                present[session] += people
                theory[session] += -(-people // unit) if group["part"] != "practical" else 0
        return {session: min(most, -(-present[session] // unit)) for session, most in theory.items()}


def _coming(group: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Give the sessions that a group's people may come to, and how many are expected there."""
    return [(cell["session"], cell["count"]) for cell in group["cells"] if cell["count"]]


def _kinds(group: Mapping[str, Any]) -> list[Kind]:
    """Give whom a group's people meet on duty."""
    kinds: list[Kind] = [(PATROL, "")]
    if group["part"] != "practical":
        kinds.append((INVIGILATOR, ""))
    if group["part"] != "theory":
        kinds.append((EXAMINER, group["item"]))
    return kinds
