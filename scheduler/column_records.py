"""Records kept as columns: a mapping by id, whose records are made when they are asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Any, Generic, TypeVar

import polars as pl

T = TypeVar("T")


class ColumnRecords(Mapping[str, T], ABC, Generic[T]):
    """Very many records by id, in the order of the rows.

    Parameters
    ----------
    frame
        a row for each record; its first column holds the ids, none of them twice.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    @abstractmethod
    def record(self, row: tuple[Any, ...]) -> T:
        """Make the record of one row of the columns."""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.frame.to_series(0))}

    def __getitem__(self, name: str) -> T:
        return self.record(self.frame.row(self._places[name]))

    def rows_of(self, names: Iterable[str]) -> pl.DataFrame:
        """Give the rows of some records in the order of their ids; for many of them, without a record for each."""
        return self.frame[[self._places[name] for name in names]]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self.frame.to_series(0))

    def __len__(self) -> int:
        return self.frame.height

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)})"

    def values(self) -> ValuesView[T]:
        """Give the records in order, each made when it is come to."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        """Give ids and records in order, each made when it is come to."""
        return _Items(self)


class _Values(ValuesView[T]):
    _mapping: ColumnRecords[T]

    def __iter__(self) -> Iterator[T]:
        return map(self._mapping.record, self._mapping.frame.iter_rows())


class _Items(ItemsView[str, T]):
    _mapping: ColumnRecords[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return ((row[0], self._mapping.record(row)) for row in self._mapping.frame.iter_rows())


def first_of_each(ids: pl.Series) -> pl.Series:
    """Say of each of some texts whether it is the first of its like; those in order are held against their neighbours."""
    if ids.is_empty() or not ids.is_sorted():
        return ids.is_first_distinct()
    return pl.concat([pl.Series([True]), ids[1:] != ids[:-1]])
