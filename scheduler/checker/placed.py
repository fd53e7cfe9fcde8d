"""Who sits where in columns, and as the mapping of records that most rooms read.

What few values have very many rows (sessions, exceptions, chances) is held once, and a row holds its number.
"""

from __future__ import annotations

from collections.abc import Hashable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Generic, TypeVar

import polars as pl

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


class Placements(Mapping[str, Placement]):
    """Every placement by trainee, kept as columns; the order is that of the rows read.

    Parameters
    ----------
    frame
        with the columns of ``SCHEMA``; no trainee_id twice.
    values
        what the numbers in it stand for.
    """

    def __init__(self, frame: pl.DataFrame, values: Values) -> None:
        self.frame, self.stand_for = frame, values

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

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.frame["trainee_id"])}

    def __getitem__(self, name: str) -> Placement:
        return self._record(self.frame.row(self._places[name]))

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self.frame["trainee_id"])

    def __len__(self) -> int:
        return self.frame.height

    def __repr__(self) -> str:
        return f"Placements({len(self)})"

    def values(self) -> ValuesView[Placement]:
        """Give the records in order, each made when it is come to."""
        return _Values(self)

    def items(self) -> ItemsView[str, Placement]:
        """Give ids and records in order, each made when it is come to."""
        return _Items(self)

    def records(self) -> Iterator[Placement]:
        """Give the records in order."""
        return map(self._record, self.frame.iter_rows())

    def _record(self, row: tuple[Any, ...]) -> Placement:
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


class _Values(ValuesView[Placement]):
    _mapping: Placements

    def __iter__(self) -> Iterator[Placement]:
        return self._mapping.records()


class _Items(ItemsView[str, Placement]):
    _mapping: Placements

    def __iter__(self) -> Iterator[tuple[str, Placement]]:
        return ((one.trainee_id, one) for one in self._mapping.records())
