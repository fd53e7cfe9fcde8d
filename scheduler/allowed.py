"""The sessions somebody may sit in, kept by site: a batch has few sets of sessions and very many people.

Equal windows are one object, so that who may use the same sessions of a site is found by identity.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import chain

from scheduler.problem import Half, Session

Exceptions = tuple[str, ...]
Time = tuple[dt.date, Half]


class Window(Mapping[Session, Exceptions]):
    """Some sessions of one site, in order, with the exceptions each needs (mostly none)."""

    __slots__ = ("_exceptions_of", "exceptions", "has_exceptions", "sessions")

    def __init__(self, sessions: tuple[Session, ...], exceptions: tuple[Exceptions, ...]) -> None:
        self.sessions = sessions
        self.exceptions = exceptions
        self.has_exceptions = any(exceptions)
        self._exceptions_of = dict(zip(sessions, exceptions, strict=True))

    def __getitem__(self, session: Session) -> Exceptions:
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
    def key(self) -> tuple[tuple[str, int], ...]:
        """Give what two of one ``Windows`` have in common exactly where they are equal."""
        return tuple((site, id(window)) for site, window in self.by_site.items())


class Windows:
    """Makes windows and keeps each of them once."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[Session, ...], tuple[Session, ...]] = {}
        self._parts: dict[tuple[int, frozenset[Time]], Window] = {}
        self._known: dict[tuple[tuple[Session, ...], tuple[Exceptions, ...]], Window] = {}

    def make(self, listed: Mapping[Session, Exceptions]) -> Window:
        """Give the window of some sessions of one site, in order; equal sessions are one tuple in all windows."""
        sessions = tuple(listed)
        sessions = self._sessions.setdefault(sessions, sessions)
        key = sessions, tuple(listed.values())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Window(*key)
        return known

    def kept(self, allowed: Allowed, times: frozenset[Time]) -> Allowed:
        """Leave the sessions at some times; sites without any go."""
        sites: dict[str, Window] = {}
        for site, window in allowed.by_site.items():
            key = (id(window), times)
            left = self._parts.get(key)
            if left is None:
                left = self._parts[key] = self.make(
                    {
                        session: why
                        for session, why in zip(window.sessions, window.exceptions, strict=True)
                        if (session.day, session.half) in times
                    }
                )
            if left:
                sites[site] = left
        return Allowed(sites)
