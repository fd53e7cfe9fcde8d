"""Who sits where in columns, and as the mapping of records that most rooms read.

What few values have very many rows (sessions, exceptions, chances) is held once, and a row holds its number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Generic, TypeVar

import polars as pl

from scheduler.column_records import ColumnRecords
from scheduler.problem import Session
from scheduler.schedule import Placement

_T = TypeVar("_T", bound=Hashable)
TEXTS = ("room", "seat", "group", "place")
SCHEMA = pl.Schema(
    {
        "trainee_id": pl.String,
        "session": pl.Int64,
        "exceptions": pl.Int64,
        "chance": pl.Int64,
        "site_chance": pl.Int64,
        **dict.fromkeys(TEXTS, pl.String),
    }
)
"""The columns: those of ``Placement`` in its order; a chance that is not given is null."""


class Numbers(Generic[_T]):
    """Values and their numbers: equal values have one number."""

    def __init__(self, values: Iterable[_T] = ()) -> None:
        self._number: dict[_T, int] = {}
        for one in values:
            self.of(one)

    def of(self, value: _T) -> int:
        """Give the number of a value, a new one where it has none yet."""
        return self._number.setdefault(value, len(self._number))

    def of_stated(self, value: _T | None) -> int | None:
        """Give the number of a value, none for none."""
        return None if value is None else self.of(value)

    def values(self) -> Sequence[_T]:
        """Give the values in the order of their numbers."""
        return tuple(self._number)


@dataclass(frozen=True)
class Values:
    """What the numbers in the columns stand for."""

    sessions: Sequence[Session] = ()
    exceptions: Sequence[tuple[str, ...]] = ()
    chances: Sequence[Fraction] = field(default=(), repr=False)


class Placements(ColumnRecords[Placement]):
    """Every placement by trainee, kept as columns; the order is that of the rows read.

    Parameters
    ----------
    frame
        with the columns of ``SCHEMA``; no trainee_id twice.
    values
        what the numbers in it stand for.
    """

    def __init__(self, frame: pl.DataFrame, values: Values) -> None:
        super().__init__(frame)
        self.stand_for = values

    @classmethod
    def of(cls, placements: Mapping[str, Placement]) -> Placements:
        """Give placements as columns: themselves where they are, else their records turned into columns."""
        if isinstance(placements, Placements):
            return placements
        sessions, exceptions, chances = Numbers[Session](), Numbers[tuple[str, ...]](), Numbers[Fraction]()
        rows = [
            (
                name,
                sessions.of(one.session),
                exceptions.of(one.exceptions),
                chances.of_stated(one.chance),
                chances.of_stated(one.site_chance),
                *(getattr(one, text) for text in TEXTS),
            )
            for name, one in placements.items()
        ]
        values = Values(sessions.values(), exceptions.values(), chances.values())
        return cls(pl.DataFrame(rows, SCHEMA, orient="row"), values)

    def record(self, row: tuple[Any, ...]) -> Placement:
        """Make the record of one row of the columns."""
        name, session, exceptions, chance, site_chance, room, seat, group, place = row
        held = self.stand_for
        return Placement(
            name,
            held.sessions[session],
            held.exceptions[exceptions],
            None if chance is None else held.chances[chance],
            None if site_chance is None else held.chances[site_chance],
            room, seat, group, place,
        )  # fmt: skip
