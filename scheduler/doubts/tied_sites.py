"""Sites where nobody of a role may be on duty, because all who have it work for the site's owner or for somebody connected.

Told before the draw, from the facts alone (contract section 4, rule 5). Who may be on duty nowhere at all does not count.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from scheduler.conflicts import ConflictGraph
from scheduler.duties.posts import EXAMINER, INVIGILATOR, PATROL
from scheduler.exam_words import ROLE_WORDS
from scheduler.problem import Part, Problem, Session
from scheduler.several.one_person import Person
from scheduler.staff.ties import StaffTies
from scheduler.trainees import Trainees

_MOST_TOLD = 8
Kind = tuple[str, str]
"""Role and, of an examiner, the item."""


def sites_without_staff(problem: Problem) -> Iterator[str]:
    """Give one sentence for each site and the days on which it is so; counts of people, no names."""
    if not problem.staff:
        return
    told = [
        one
        for site_id, short in sorted(_TiedSites(problem).short().items())
        for one in _told(problem, site_id, short)
    ]
    yield from told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        yield f"某一岗位的人全都须回避的考点，连同以上共 {len(told)} 处"


def _told(problem: Problem, site_id: str, short: Mapping[Kind, Mapping[dt.date, int]]) -> Iterator[str]:
    every = {one.day for one in problem.seats if one.site_id == site_id}
    together: dict[tuple[dt.date, ...], list[str]] = defaultdict(list)
    for (role, item), counts in sorted(
        short.items(), key=lambda one: (list(ROLE_WORDS).index(one[0][0]), one[0])
    ):
        who = f"{ROLE_WORDS[role]}（{item}）" if item else ROLE_WORDS[role]
        together[tuple(sorted(counts))].append(f"{who} {max(counts.values())} 人")
    for days, who_told in together.items():
        when = (
            ""
            if len(days) == len(every)
            else f" {days[0]} "
            if len(days) == 1
            else f" {days[0]} 等 {len(days)} 个考试日"
        )
        yield (
            f"考点 {site_id}（{problem.sites[site_id].name}）{when}派不出人：{'、'.join(who_told)}，"
            "工作单位全都是考点的所有者或与其有关联，不能在那里担任考务；请增加其他单位的考务人员"
        )


def _common(closed: Iterable[frozenset[str] | None]) -> frozenset[str]:
    """Give the sites that are closed to everybody, leaving aside those (None) to whom everything is."""
    found: frozenset[str] | None = None
    for sites in closed:
        if sites is not None:
            found = sites if found is None else found & sites
            if not found:
                break
    return found or frozenset()


@dataclass(frozen=True)
class _TiedSites:
    problem: Problem

    def short(self) -> Mapping[str, Mapping[Kind, Mapping[dt.date, int]]]:
        """Give how many people of a kind there are, by site, kind and day, where all of them are tied to the site."""
        found: dict[str, dict[Kind, dict[dt.date, int]]] = defaultdict(lambda: defaultdict(dict))
        for days in self._alike_days():
            closed = self._closed(days[0])
            for kind, people in self._having.items():
                for site_id in _common(closed[name] for name in people):
                    number = sum(closed[name] is not None for name in people)
                    for day in days:
                        if self._is_needed(kind, site_id, day):
                            found[site_id][kind][day] = number
        return found

    def _alike_days(self) -> Collection[Sequence[dt.date]]:
        """Give the exam days, those together on which all relations are the same."""
        alike: dict[int, list[dt.date]] = defaultdict(list)
        for day in sorted({session.day for session in self.problem.seats}):
            alike[self._graph.period(day)].append(day)
        return alike.values()

    @cached_property
    def _graph(self) -> ConflictGraph:
        return ConflictGraph(self.problem)

    @cached_property
    def _ties(self) -> StaffTies:
        return StaffTies(self.problem)

    @cached_property
    def _having(self) -> Mapping[Kind, AbstractSet[str]]:
        """Give the people of each kind by name; nobody twice, whatever number of ids they have."""
        found: dict[Kind, set[str]] = defaultdict(set)
        for person in self._people:
            for one in map(self.problem.staff.__getitem__, person.staff_ids):
                for role in one.roles:
                    for item in one.items if role == EXAMINER else ("",):
                        found[role, item].add(person.name)
        return found

    @cached_property
    def _people(self) -> Sequence[Person]:
        return [person for person in self._ties.people if person.staff_ids]

    def _closed(self, day: dt.date) -> Mapping[str, frozenset[str] | None]:
        """Give the sites closed to each person through their employers; None where everything is closed to them."""
        of: dict[frozenset[str], frozenset[str]] = {}
        found: dict[str, frozenset[str] | None] = {}
        for person in self._people:
            if self.problem.rules.training_staff == "never" and any(self._ties.trains(person, day)):
                found[person.name] = None
                continue
            employers = frozenset(name for name, _ in self._ties.works(person, day))
            if employers not in of:
                of[employers] = frozenset().union(*(self._graph.tied_sites(one, day) for one in employers))
            found[person.name] = of[employers]
        return found

    @cached_property
    def _sessions(self) -> Mapping[tuple[str, dt.date], Sequence[Session]]:
        found: dict[tuple[str, dt.date], list[Session]] = defaultdict(list)
        for session, seats in self.problem.seats.items():
            if seats and not self.problem.sites[session.site_id].is_suspended_on(session.day):
                found[session.site_id, session.day].append(session)
        return found

    @cached_property
    def _wanted(self) -> Sequence[tuple[str, str]]:
        """Give the items with the parts that somebody is registered for."""
        return Trainees.of(self.problem.trainees).frame.select("item", "part").unique().rows()

    def _is_needed(self, kind: Kind, site_id: str, day: dt.date) -> bool:
        """Say whether a site may need somebody of a kind on a day: somebody is registered for what it can hold then."""
        role, item = kind
        rules = self.problem.rules
        number = {
            INVIGILATOR: rules.invigilators_per_room,
            EXAMINER: rules.examiners_per_item,
            PATROL: rules.patrols_per_site,
        }[role]
        other = {INVIGILATOR: Part.PRACTICAL, EXAMINER: Part.THEORY}.get(role)  # the part without such people
        return bool(number) and any(
            self._holds(session, wanted, part)
            for session in self._sessions.get((site_id, day), ())
            for wanted, part in self._wanted
            if part != other and item in ("", wanted)
        )

    def _holds(self, session: Session, item: str, part: str) -> bool:
        if part == Part.THEORY:
            return self.problem.site_lists_item(session.site_id, item)
        return bool(self.problem.places_for(session, item))
