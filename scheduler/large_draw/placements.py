"""The placements of a large draw in columns, and as the mapping of records that most rooms read."""

from __future__ import annotations

from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from scheduler.documents.tables import assignments_csv
from scheduler.problem import Session
from scheduler.schedule import ASSIGNMENT_COLUMNS, Placement, Schedule, Tally

_QUOTED = '[",\r\n]'
_NUMBERS = ("room", "seat", "group", "place")


@dataclass(frozen=True, slots=True)
class Cell:
    """What everybody whom a group sends to a session has in common."""

    session: Session
    item: str
    exceptions: tuple[str, ...]
    chance: str
    site_chance: str


class Placements(Mapping[str, Placement]):
    """Everybody who has a place, by id in code point order.

    Parameters
    ----------
    frame
        ``trainee_id``, ``cell`` (a number into ``cells``), ``room``, ``seat``, ``group``, ``place`` (0 where none).
    """

    def __init__(self, frame: pl.DataFrame, cells: Sequence[Cell]) -> None:
        self.frame, self.cells = frame.sort("trainee_id"), cells

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.frame["trainee_id"])}

    def __getitem__(self, name: str) -> Placement:
        return self._placement(self.frame.row(self._places[name]))

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self.frame["trainee_id"])

    def __len__(self) -> int:
        return self.frame.height

    def values(self) -> ValuesView[Placement]:
        """Give the records in order, each made when it is come to."""
        return _Values(self)

    def items(self) -> ItemsView[str, Placement]:
        """Give ids and records in order, each made when it is come to."""
        return _Items(self)

    def _placement(self, row: tuple[str, int, int, int, int, int]) -> Placement:
        name, number, *where = row
        cell = self.cells[number]
        room, seat, group, place = (str(one or "") for one in where)
        chances = _fraction(cell.chance), _fraction(cell.site_chance)
        return Placement(name, cell.session, cell.exceptions, *chances, room, seat, group, place)

    def records(self) -> Iterator[Placement]:
        """Give the records one by one."""
        return map(self._placement, self.frame.iter_rows())


class _Values(ValuesView[Placement]):
    _mapping: Placements

    def __iter__(self) -> Iterator[Placement]:
        return self._mapping.records()


class _Items(ItemsView[str, Placement]):
    _mapping: Placements

    def __iter__(self) -> Iterator[tuple[str, Placement]]:
        return ((one.trainee_id, one) for one in self._mapping.records())


@lru_cache(maxsize=1 << 14)
def _fraction(text: str) -> Fraction:
    return Fraction(text)


@dataclass(frozen=True)
class LargeSchedule(Schedule):
    """A schedule whose placements are columns."""

    placements: Placements

    @cached_property
    def _counts(self) -> list[int]:
        """Give how many people are in each cell."""
        counted = self.placements.frame["cell"].value_counts()
        found = [0] * len(self.placements.cells)
        for number, people in counted.iter_rows():
            found[number] = people
        return found

    def tally(self, groups: Sequence[Mapping[str, Any]]) -> Tally:
        """Count people by session, item and exceptions; the cells know the items themselves."""
        del groups
        counted: Tally = Counter()
        for cell, people in zip(self.placements.cells, self._counts, strict=True):
            if people:
                counted[cell.session, cell.item, cell.exceptions] += people
        return counted

    def with_exception(self) -> int:
        """Count the people who needed an exception."""
        pairs = zip(self.placements.cells, self._counts, strict=True)
        return sum(people for cell, people in pairs if cell.exceptions)

    def csv(self) -> bytes:
        """Give assignments.csv: the bytes that ``assignments_csv`` gives of the records."""
        frame, cells = self.placements.frame, self.placements.cells
        before = [
            f",{one.session.site_id},{one.session.day.isoformat()},{one.session.half}," for one in cells
        ]
        after = [f",{';'.join(one.exceptions)},{one.chance},{one.site_chance}\r\n" for one in cells]
        odd = any(mark in text for text in self._texts for mark in _QUOTED[1:-1])
        if odd or frame["trainee_id"].str.contains(_QUOTED).any():
            return assignments_csv(self)
        cell = pl.col("cell")
        numbers = [
            pl.when(pl.col(name) > 0).then(pl.col(name).cast(pl.String)).otherwise(pl.lit(""))
            for name in _NUMBERS
        ]
        lines = frame.select(
            pl.concat_str(
                "trainee_id",
                pl.lit(pl.Series(before, dtype=pl.String)).gather(cell),
                pl.concat_str(numbers, separator=","),
                pl.lit(pl.Series(after, dtype=pl.String)).gather(cell),
            )
        ).to_series()
        head = ",".join(ASSIGNMENT_COLUMNS) + "\r\n"
        return b"\xef\xbb\xbf" + (head + "".join(lines.to_list())).encode("utf-8")

    @property
    def _texts(self) -> set[str]:
        """Give the texts beside ids that could need quotes."""
        return {one.session.site_id for one in self.placements.cells} | {
            name for one in self.placements.cells for name in one.exceptions
        }
