"""The trainees of a batch as a table in columns, and as the mapping of records that most rooms read.

A batch may have a million trainees. What goes over all of them works on the columns; what looks at a few
asks for them by id, and gets records made for the asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import polars as pl

from scheduler.column_records import ColumnRecords
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


class Trainees(ColumnRecords[Trainee]):
    """Every trainee by id, kept as columns; the order is that of the rows read.

    Parameters
    ----------
    frame
        with the columns of ``SCHEMA``; no trainee_id twice.
    """

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
    def repeated_numbers(self) -> frozenset[str]:
        """Give the identity numbers that more than one id has; to look for them among very many takes a while."""
        numbers = self.frame["id_number"]
        hashes = numbers.hash()
        ordered = hashes.sort()  # sooner than a table of what came before
        twice = ordered.filter(ordered == ordered.shift(1))
        alike = numbers.filter(hashes.is_in(twice.implode()) & (numbers != ""))
        return frozenset(alike.filter(~alike.is_first_distinct()))  # equal hashes alone prove nothing

    @cached_property
    def shared_numbers(self) -> tuple[tuple[str, str], ...]:
        """Give each identity number that more than one id has, with each id that has it, in the order of the rows."""
        held = self.frame.select("id_number", "trainee_id")
        return tuple(held.filter(pl.col("id_number").is_in(list(self.repeated_numbers))).rows())

    def some(self, names: Iterable[str]) -> dict[str, Trainee]:
        """Give the records of some ids, which are all there; for a few of very many."""
        wanted = pl.Series("trainee_id", list(names), pl.String).implode()
        rows = self.frame.filter(pl.col("trainee_id").is_in(wanted))
        return {row[0]: self.record(row) for row in rows.iter_rows()}

    def record(self, row: tuple[Any, ...]) -> Trainee:
        """Make a record of one row of the columns."""
        name, institution, item, part, called, number, district, own_class, school, first, last, place, needs = row  # fmt: skip
        stated = tuple(needs.split(SEPARATOR)) if needs else ()
        return Trainee(
            name, institution, item, Part(part), called, number, district, own_class, school, first, last, place, stated
        )  # fmt: skip
