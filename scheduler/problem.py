"""The facts of an exam batch, as the files of contract section 4 state them.

Plain records and look-ups; nothing here decides. Numbers and names of people never show in ``repr``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from scheduler.place_rows import PlaceRows
from scheduler.rules import ExamRules

Meeting = tuple[str, str]
"""An institution and a site."""


class Part(StrEnum):
    """What is sat: theory (理论), practical (实操) or both on one visit."""

    THEORY = "theory"
    PRACTICAL = "practical"
    BOTH = "both"


class Half(StrEnum):
    """Half a day, the unit of time of a session."""

    __hash__ = str.__hash__  # sessions are looked up very often, and an enum's own is no fast one

    AM = "am"
    PM = "pm"


HALVES: Mapping[str, str] = {Half.AM: "上午", Half.PM: "下午"}
"""Halves in words, also by their codes."""


Time = tuple[dt.date, Half]
"""A day and which half of it: nobody sits twice at one time."""


class Session(NamedTuple):
    """One half-day at one site; its order (site, day, half) is the canonical order."""

    site_id: str
    day: dt.date
    half: Half

    @classmethod
    def of(cls, entry: Mapping[str, str]) -> Session:
        """Read a session as plans and tables name it: ``site_id``, ``date`` and ``half``."""
        return cls(entry["site_id"], dt.date.fromisoformat(entry["date"]), Half(entry["half"]))

    @property
    def time(self) -> Time:
        """Give when it is."""
        return self.day, self.half


@dataclass(frozen=True, slots=True)
class Trainee:
    """One registration for one item; a person may hold several."""

    trainee_id: str
    institution_id: str
    item: str
    part: Part
    name: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    district: str = ""
    class_id: str = ""
    school_id: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None
    row: int = 0
    needs: tuple[str, ...] = ()

    @property
    def place_item(self) -> str:
        """Give the item whose place is taken; "" for theory alone."""
        return "" if self.part is Part.THEORY else self.item


@dataclass(frozen=True, slots=True)
class Institution:
    """An organisation: kind is training, school, enterprise or authority."""

    institution_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Site:
    """An exam site (考点); kind is public, authority, school or institution."""

    site_id: str
    name: str
    kind: str
    owner_id: str = ""
    city: str = ""
    district: str = ""
    lon: Fraction | None = None
    lat: Fraction | None = None
    day_limit: int | None = None
    suspended: bool = False
    suspended_from: dt.date | None = None
    suspended_to: dt.date | None = None
    address: str = ""

    @property
    def has_address(self) -> bool:
        """Say whether the address tells more than city and district do."""
        return self.address not in ("", self.city, self.district, self.city + self.district)

    def is_suspended_on(self, day: dt.date) -> bool:
        """Say whether the site is closed on that day; both ends count, open ends are open."""
        first, last = self.suspended_from or day, self.suspended_to or day
        return self.suspended and first <= day <= last


@dataclass(frozen=True, slots=True)
class District:
    """A district and the city it belongs to, with a point for distances."""

    district: str
    city: str
    lon: Fraction | None = None
    lat: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Places (工位) for one item; no day or no half means every one of them.

    ``stations`` is how many of them are worked at once; None means all.
    """

    site_id: str
    item: str
    places: int
    day: dt.date | None = None
    half: Half | None = None
    stations: int | None = None
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Room:
    """A room (考场) of a site for the theory part; ``columns`` and ``accessible`` are None where not stated.

    Seats are numbered row by row; the first ``accessible`` of them can be used by people who need that.
    """

    site_id: str
    room: str
    seats: int
    columns: int | None = None
    accessible: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone who may invigilate, examine or patrol; used when duties are drawn."""

    staff_id: str
    name: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    employer_id: str = ""
    roles: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    district: str = ""
    licence_to: dt.date | None = None
    max_duties: int | None = None
    unavailable: tuple[tuple[dt.date, dt.date, Half | None], ...] = ()
    agreement_to: dt.date | None = None
    trained_to: dt.date | None = None
    row: int = 0

    @property
    def in_date_to(self) -> dt.date | None:
        """Give the last day on which licence, signed agreement and training are all in date; None: no end stated."""
        ends = [day for day in (self.licence_to, self.agreement_to, self.trained_to) if day is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two ids; ``share`` is None where it is not stated."""

    kind: str
    from_id: str
    to_id: str
    share: Fraction | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the tie counts on that day: since <= day <= until, empty is open."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Problem:
    """All facts of a batch, each table keyed by its id; read-only once built.

    ``taken`` is how many of a site's day limit are used by people who are none of the trainees; a change
    after the draw plans with it. ``met`` is how often people of an institution sat at a site in past batches,
    where that is to count; it is no part of the batch. ``remarks`` say what the files hold and nobody read, and what is hidden in them.
    """

    trainees: Mapping[str, Trainee]
    institutions: Mapping[str, Institution]
    sites: Mapping[str, Site]
    districts: Mapping[str, District]
    seats: Mapping[Session, int]
    places: tuple[PlaceRow, ...]
    staff: Mapping[str, Staff]
    relations: tuple[Relation, ...]
    rules: ExamRules
    rooms: tuple[Room, ...] = ()
    taken: Mapping[tuple[str, dt.date], int] = field(default_factory=dict)
    met: Mapping[Meeting, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def _rows(self) -> PlaceRows:
        return PlaceRows(self.places)

    @cached_property
    def _one_city(self) -> str:
        cities = {site.city for site in self.sites.values()}
        return cities.pop() if len(cities) == 1 else ""

    def places_for(self, session: Session, item: str) -> int | None:
        """Give the places for an item in a session; None where the site has no row that covers the session."""
        row = self._rows.of(session, item)
        return None if row is None else row.places

    def places_always(self, site_id: str, item: str) -> int | None:
        """Give the places for an item in every session of a site; None where that differs, or no row says it."""
        row = self._rows.always(site_id, item)
        return None if row is None else row.places

    def stations_for(self, session: Session, item: str) -> int | None:
        """Give how many places for an item are worked at once in a session; None where it is not stated."""
        row = self._rows.of(session, item)
        return None if row is None else row.stations

    def day_limit(self, site_id: str, day: dt.date) -> int | None:
        """Give how many trainees a site may take on a day; None where it may take any number."""
        limit = self.sites[site_id].day_limit
        return None if limit is None else max(0, limit - self.taken.get((site_id, day), 0))

    def site_lists_item(self, site_id: str, item: str) -> bool:
        """Say whether the site has a places row for the item, of any number."""
        return self._rows.has(site_id, item)

    def city_of_district(self, district: str) -> str:
        """Give the city of a district; without districts everybody is in the city of the sites."""
        if district in self.districts:
            return self.districts[district].city
        return self._one_city
