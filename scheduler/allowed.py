"""The sessions somebody may sit in, kept by site: a batch has few sets of sessions and very many people.

Equal windows are one object, so that who may use the same sessions of a site is found by identity.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from scheduler.problem import Session, Time

Exceptions = tuple[str, ...]
_day = attrgetter("day")


class Window(Mapping[Session, Exceptions]):
    """Some sessions of one site, in order, with the exceptions each needs (mostly none).

    ``part_of`` says of which window they may be a part, and at which places there: to number them anew takes longer.
    """

    __slots__ = ("_exceptions_of", "exceptions", "has_exceptions", "part_of", "sessions")

    def __init__(
        self,
        sessions: tuple[Session, ...],
        exceptions: tuple[Exceptions, ...],
        part_of: tuple[Window, Sequence[int]] | None = None,
    ) -> None:
        self.part_of = part_of
        self.sessions = sessions
        self.exceptions = exceptions
        self.has_exceptions = any(exceptions)
        self._exceptions_of: dict[Session, Exceptions] | None = None  # of few windows anybody asks

    def __getitem__(self, session: Session) -> Exceptions:
        if self._exceptions_of is None:
            self._exceptions_of = dict(zip(self.sessions, self.exceptions, strict=True))
        return self._exceptions_of[session]

    def __iter__(self) -> Iterator[Session]:
        return iter(self.sessions)

    def __len__(self) -> int:
        return len(self.sessions)


class Allowed(Mapping[Session, Exceptions]):
    """All sessions somebody may sit in, in the order of the sessions, by site; sites without any are left out."""

    __slots__ = ("by_site",)

    def __init__(self, by_site: Mapping[str, Window]) -> None:
        self.by_site = by_site

    def __getitem__(self, session: Session) -> Exceptions:
        return self.by_site[session.site_id][session]

    def __iter__(self) -> Iterator[Session]:
        return chain.from_iterable(window.sessions for window in self.by_site.values())

    def __len__(self) -> int:
        return sum(len(window.sessions) for window in self.by_site.values())

    def __bool__(self) -> bool:
        return bool(self.by_site)

    @property
    def key(self) -> bytes:
        """Give what two of one ``Windows`` have in common exactly where they are equal: a window is of one site."""
        return array("Q", map(id, self.by_site.values())).tobytes()


class Windows:
    """Makes windows and keeps each of them once."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[Session, ...], tuple[Session, ...]] = {}
        self._exceptions: dict[tuple[Exceptions, ...], tuple[Exceptions, ...]] = {}
        self._parts: dict[tuple[int, frozenset[Time]], Window] = {}
        self._within: dict[tuple[int, dt.date | None, dt.date | None], Window] = {}
        self._stretches: dict[tuple[int, int, int], Window] = {}
        self._known: dict[tuple[int, tuple[Exceptions, ...]], Window] = {}
        # most sites are open at the same times: what is left of these is worked out once
        self._times: dict[int, tuple[Time, ...]] = {}
        self._same_times: dict[tuple[Time, ...], tuple[Time, ...]] = {}
        self._places: dict[tuple[int, frozenset[Time]], tuple[int, ...]] = {}

    def make(self, listed: Mapping[Session, Exceptions]) -> Window:
        """Give the window of some sessions of one site, in order; equal sessions are one tuple in all windows."""
        return self._one(tuple(listed), tuple(listed.values()))

    def _one(
        self,
        sessions: tuple[Session, ...],
        exceptions: tuple[Exceptions, ...],
        part_of: tuple[Window, Sequence[int]] | None = None,
    ) -> Window:
        sessions = self._sessions.setdefault(sessions, sessions)
        exceptions = self._exceptions.setdefault(exceptions, exceptions)
        key = id(sessions), exceptions
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Window(sessions, exceptions, part_of)
        return known

    def within(self, window: Window, first: dt.date | None, last: dt.date | None) -> Window:
        """Leave the sessions from one day to another, both included; None: from the beginning, or to the end."""
        asked = id(window), first, last
        known = self._within.get(asked)
        if known is None:
            start = 0 if first is None else bisect_left(window.sessions, first, key=_day)
            end = len(window) if last is None else bisect_right(window.sessions, last, key=_day)
            known = self._within[asked] = self._stretch(window, start, max(start, end))
        return known

    def _stretch(self, window: Window, start: int, end: int) -> Window:
        """Give some sessions of a window that follow each other; many dates come to the same."""
        if (start, end) == (0, len(window)):
            return window
        left = self._stretches.get((id(window), start, end))
        if left is None:
            left = self._one(window.sessions[start:end], window.exceptions[start:end])
            self._stretches[id(window), start, end] = left
        return left

    def kept(self, allowed: Allowed, times: frozenset[Time]) -> Allowed:
        """Leave the sessions at some times; sites without any go."""
        sites: dict[str, Window] = {}
        for site, window in allowed.by_site.items():
            key = (id(window), times)
            left = self._parts.get(key)
            if left is None:
                left = self._parts[key] = self._at(window, times)
            if left:
                sites[site] = left
        return Allowed(sites)

    def times(self, window: Window) -> tuple[Time, ...]:
        """Give the times of a window's sessions; equal ones are one tuple."""
        known = self._times.get(id(window))
        if known is None:
            listed = tuple([session.time for session in window.sessions])
            known = self._times[id(window)] = self._same_times.setdefault(listed, listed)
        return known

    def _at(self, window: Window, times: frozenset[Time]) -> Window:
        """Leave the sessions of a window at some times."""
        own = self.times(window)
        places = self._places.get((id(own), times))
        if places is None:
            places = tuple([place for place, time in enumerate(own) if time in times])
            self._places[id(own), times] = places
        if len(places) == len(own):
            return window
        sessions = tuple([window.sessions[place] for place in places])
        exceptions = (
            tuple([window.exceptions[place] for place in places])
            if window.has_exceptions
            else window.exceptions[: len(places)]
        )
        return self._one(sessions, exceptions, (window, places))
