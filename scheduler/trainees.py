"""The trainees of a batch as a table in columns, and as the mapping of records that most rooms read.

A batch may have a million trainees. What goes over all of them works on the columns; what looks at a few
asks for them by id, and gets records made for the asking.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Any

import polars as pl

from scheduler.problem import Part, Trainee

SEPARATOR = ";"
"""What joins the needs of one trainee in their column."""

SCHEMA = pl.Schema(
    {
        **dict.fromkeys(
            ("trainee_id", "institution_id", "item", "part", "name", "id_number", "district", "class_id", "school_id"),
            pl.String,
        ),
        "earliest": pl.Date,
        "latest": pl.Date,
        "row": pl.Int64,
        "needs": pl.String,
    }
)  # fmt: skip
"""The columns: those of ``Trainee`` in its order. Text is "" where nothing is stated, a day null."""


class Trainees(Mapping[str, Trainee]):
    """Every trainee by id, kept as columns; the order is that of the rows read.

    Parameters
    ----------
    frame
        with the columns of ``SCHEMA``; no trainee_id twice.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    @classmethod
    def of(cls, trainees: Mapping[str, Trainee]) -> Trainees:
        """Give trainees as columns: themselves where they are, else their records turned into columns."""
        if isinstance(trainees, Trainees):
            return trainees
        rows = [
            (one.trainee_id, one.institution_id, one.item, str(one.part), one.name, one.id_number, one.district,
             one.class_id, one.school_id, one.earliest, one.latest, one.row, SEPARATOR.join(one.needs))
            for one in trainees.values()
        ]  # fmt: skip
        return cls(pl.DataFrame(rows, SCHEMA, orient="row"))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.frame["trainee_id"])}

    def __getitem__(self, name: str) -> Trainee:
        return _trainee(self.frame.row(self._places[name]))

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return self.frame.height

    def __repr__(self) -> str:
        return f"Trainees({len(self)})"

    def some(self, names: Iterable[str]) -> dict[str, Trainee]:
        """Give the records of some ids, which are all there; for a few of very many."""
        wanted = pl.Series("trainee_id", list(names), pl.String).implode()
        rows = self.frame.filter(pl.col("trainee_id").is_in(wanted))
        return {row[0]: _trainee(row) for row in rows.iter_rows()}

    def values(self) -> ValuesView[Trainee]:
        """Give the records in order, each made when it is come to."""
        return _Values(self)

    def items(self) -> ItemsView[str, Trainee]:
        """Give ids and records in order, each made when it is come to."""
        return _Items(self)


class _Values(ValuesView[Trainee]):
    _mapping: Trainees

    def __iter__(self) -> Iterator[Trainee]:
        return map(_trainee, self._mapping.frame.iter_rows())


class _Items(ItemsView[str, Trainee]):
    _mapping: Trainees

    def __iter__(self) -> Iterator[tuple[str, Trainee]]:
        return ((row[0], _trainee(row)) for row in self._mapping.frame.iter_rows())


def _trainee(row: tuple[Any, ...]) -> Trainee:
    """Make a record of one row of the columns."""
    name, institution, item, part, called, number, district, own_class, school, first, last, place, needs = (
        row
    )
    stated = tuple(needs.split(SEPARATOR)) if needs else ()
    return Trainee(
        name, institution, item, Part(part), called, number, district, own_class, school, first, last, place, stated
    )  # fmt: skip
