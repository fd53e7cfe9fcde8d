"""When the registrations of one person may be sat: what each may use, parted so that no time is in two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from scheduler.allowed import Allowed, Windows
from scheduler.grouping import Grouping
from scheduler.problem import Session, Time
from scheduler.several.persons import shared_out, split_times

Times = Mapping[str, frozenset[Time]]
"""The times that each of the registrations may use, by trainee; one person's have none in common."""


class Had:
    """The chances that a registration had in the ways to part the times so far, added up: by time, by site, in all."""

    def __init__(self) -> None:
        self.at_time: dict[Time, Fraction] = defaultdict(Fraction)
        self.at_site: dict[str, Fraction] = defaultdict(Fraction)

    def add(self, session: Session, chance: Fraction) -> None:
        """Add a chance of a session."""
        self.at_time[session.time] += chance
        self.at_site[session.site_id] += chance

    @property
    def in_all(self) -> Fraction:
        """Give the chance of any session."""
        return sum(self.at_time.values(), Fraction())


class PersonTimes:
    """The times of everybody with several registrations, and what is left of their sessions at some of them.

    Attributes
    ----------
    repeated
        the trainee ids of each person.
    """

    def __init__(self, grouping: Grouping, windows: Windows, repeated: Sequence[Sequence[str]]) -> None:
        self._windows, self.repeated = windows, repeated
        self._allowed = grouping.allowed(name for names in repeated for name in names)
        self._times: dict[int, tuple[Time, ...]] = {}
        self._looked_up: dict[int, frozenset[Time]] = {}
        self._kept: dict[tuple[int, frozenset[Time]], Allowed] = {}

    def split(self, wished: Mapping[str, Time]) -> Times:
        """Part the times in few ways, with the wished ones kept: a plan of many stays small."""
        found: dict[str, frozenset[Time]] = {}
        known: dict[
            tuple[int, ...], list[frozenset[Time]]
        ] = {}  # without wishes only what they may use matters
        for names in self.repeated:
            wishes = {name: wished[name] for name in names if name in wished}
            key = tuple(id(self._allowed[name]) for name in names)
            parted = None if wishes else known.get(key)
            if parted is None:
                parted = list(split_times({name: self.of(name) for name in names}, wishes).values())
            if not wishes:
                known[key] = parted
            found |= zip(names, parted, strict=True)
        return found

    def rotated(self, first: Times, by: int) -> Times:
        """Let each registration have the times that another one had first, so many places before it in the order of ids.

        Who shared a set of times shares one again, so groups stay few. A time that the next may not use goes on to the one after.
        """
        found: dict[str, set[Time]] = {name: set() for name in first}
        for names in self.repeated:
            for place, name in enumerate(names):
                order = [names[(place + by + more) % len(names)] for more in range(len(names))]
                for time in first[name]:
                    found[next(one for one in order if time in self._sets(one))].add(time)
        return {name: frozenset(times) for name, times in found.items()}

    def turned(self, had: Mapping[str, Had], wished: Mapping[str, Time]) -> Times:
        """Part the times another way: each to whom it was of least use, with the wished ones kept.

        Parameters
        ----------
        had
            what each registration had before.
        """
        found: dict[str, frozenset[Time]] = {}
        for names in self.repeated:
            least = sorted(names, key=lambda name: (had[name].in_all, name))
            times = {name: _least_first(self.of(name), had[name].at_time) for name in least}
            wishes = {name: wished[name] for name in names if name in wished}
            own = shared_out(times, wishes, lambda name, time: had[name].at_time[time])
            found |= {name: own[name] for name in names}
        return found

    def of(self, name: str) -> tuple[Time, ...]:
        """Give the times at which somebody may sit; most people have one of few sets."""
        allowed = self._allowed[name]
        known = self._times.get(id(allowed))
        if known is None:
            each = {id(times): times for times in map(self._windows.times, allowed.by_site.values())}
            known = tuple(sorted({time for times in each.values() for time in times}))
            self._times[id(allowed)] = known
        return known

    def _sets(self, name: str) -> frozenset[Time]:
        """Give the same, to look a time up in."""
        allowed = self._allowed[name]
        known = self._looked_up.get(id(allowed))
        if known is None:
            known = self._looked_up[id(allowed)] = frozenset(self.of(name))
        return known

    def at(self, times: Times) -> dict[str, Allowed]:
        """Give what is left of everybody's sessions at their times."""
        return {name: self._at(self._allowed[name], kept) for name, kept in times.items()}

    def lose_sites(self, left: Mapping[str, Allowed]) -> bool:
        """Say whether somebody may use fewer sites with what is left of the sessions."""
        return any(len(one.by_site) < len(self._allowed[name].by_site) for name, one in left.items())

    def _at(self, allowed: Allowed, times: frozenset[Time]) -> Allowed:
        known = self._kept.get((id(allowed), times))
        if known is None:
            known = self._kept[id(allowed), times] = self._windows.kept(allowed, times)
        return known


def _least_first(times: Sequence[Time], had: Mapping[Time, Fraction]) -> list[Time]:
    return sorted(times, key=lambda time: (had[time], time))
