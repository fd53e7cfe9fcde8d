"""The rows of trainees to facts in columns; every fault located, no row lost.

Each distinct cell is read once by ``scheduler.batch.cells``; where it is faulty, each row that holds it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from common.finding import Finding
from common.privacy import SHORTEST, says_number
from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.meant import NO_NAMES, asked, by_name, meant
from scheduler.batch.tables import Row, private
from scheduler.batch.trainee_table import TraineeTable
from scheduler.batch.unstated_numbers import tell_unstated
from scheduler.column_records import first_of_each
from scheduler.problem import Part, Problem
from scheduler.trainees import SCHEMA, SEPARATOR, Trainees

# ``cells.identity`` leaves these as they are
_RESIDENT = pl.col("id_number").str.contains("^[0-9]{17}[0-9X]$") & (pl.col("id_number") != "0" * 18)
ID_IS_IDENTITY = "编号不能是身份证号：编号要写在公布的计划和结果里。请改用别的编号，例如序号"
_NEVER = pl.lit(value=False)  # an empty cell stands for a value, too

Read = Callable[[Row, Faults], Any]


def read_trainees(table: TraineeTable, faults: Faults) -> Trainees:
    """Read the trainees; of several rows with one id the first counts, the others are faults."""
    frame = table.frame.filter(pl.col("trainee_id") != "")  # told as an empty cell that is needed
    first = first_of_each(frame["trainee_id"])
    once, again = frame.filter(first), frame.filter(~first)
    found = _repeated(table, once, again)
    reading = _Reading(table, once, found)
    columns = {
        "earliest": reading.column("earliest", _day("earliest"), pl.Date),
        "latest": reading.column("latest", _day("latest"), pl.Date),
    }
    reading.periods(columns["earliest"], columns["latest"])
    columns |= {
        "part": reading.column("part", _part, pl.String, _NEVER),
        "id_number": reading.column("id_number", _identity, pl.String, _RESIDENT),
        "needs": reading.column("needs", _needs, pl.String),
    }
    written = once.select("row", "id_number").filter(columns["id_number"] == "")
    faults.remarks += tell_unstated("考生", written.filter(pl.col("id_number") != "").iter_rows())
    faults.found += sorted(found, key=lambda one: one.location.row if one.location else 0)
    return Trainees(once.with_columns(**columns).select(SCHEMA.names()).cast(SCHEMA))


def _repeated(table: TraineeTable, once: pl.DataFrame, again: pl.DataFrame) -> list[Finding]:
    told = Faults()
    if again.height:
        first = dict(
            once.filter(pl.col("trainee_id").is_in(again["trainee_id"].implode()))
            .select("trainee_id", "row")
            .rows()
        )
        for name, number in again.select("trainee_id", "row").rows():
            where = table.row(number).at("trainee_id")
            told.add("BATCH-DUPLICATE", f"“{name}”重复，第 {first[name]} 行已有", where)
    return told.found


class _Reading:
    """Columns of some rows of a table, read one after the other; ``found`` takes what is faulty."""

    def __init__(self, table: TraineeTable, rows: pl.DataFrame, found: list[Finding]) -> None:
        self._table, self._rows, self._found = table, rows, found

    def column(
        self, name: str, read: Read, kind: type[pl.DataType], plain: pl.Expr | None = None
    ) -> pl.Series:
        """Read a column; cells that are ``plain``, by default empty ones, are their own value (null for a day)."""
        texts = self._rows[name]
        values = self._table.values.get(name, {})
        odd = self._rows.select(~(pl.col(name) == "" if plain is None else plain)).to_series()
        if values:  # what is no text is never plain
            odd |= self._rows["row"].is_in(list(values))
        own = texts if kind is pl.String else pl.Series(name, [None], kind).new_from_index(0, len(texts))
        rows = self._rows.select("row", name).filter(odd)
        if rows.is_empty():
            return own
        of_text = rows.filter(~pl.col("row").is_in(list(values)))
        once = of_text.unique(name, keep="first", maintain_order=True).select(name, "row").rows()
        read_once = {text: self._told(of_text, name, text, number, read) for text, number in once}
        if not values:
            old, new = list(read_once), pl.Series(list(read_once.values()), dtype=kind)
            return texts.replace_strict(old, new, default=own, return_dtype=kind)
        read_each = [
            self._one(number, read) if number in values else read_once[text] for number, text in rows.rows()
        ]
        return own.clone().scatter(odd.arg_true(), pl.Series(read_each, dtype=kind))

    def _told(self, rows: pl.DataFrame, name: str, text: str, number: int, read: Read) -> Any:
        """Read one distinct text; where it is faulty, tell every row that holds it."""
        faults = Faults()
        value = read(self._table.row(number), faults)
        if faults.found:
            for same in rows.filter(pl.col(name) == text)["row"]:
                self._one(same, read)
        return value

    def _one(self, number: int, read: Read) -> Any:
        faults = Faults()
        value = read(self._table.row(number), faults)
        self._found += faults.found
        return value

    def periods(self, earliest: pl.Series, latest: pl.Series) -> None:
        """Find periods whose end is before their start."""
        for number in self._rows["row"].filter((latest < earliest).fill_null(value=False)):
            place = self._rows["row"].search_sorted(number)
            row, faults = self._table.row(number), Faults()
            cells.in_order(row, "earliest", "latest", (earliest[place], latest[place]), faults)
            self._found += faults.found


def _day(name: str) -> Read:
    return lambda row, faults: cells.day(row, name, faults)


def _part(row: Row, faults: Faults) -> str:
    return cells.word(row, "part", "part", faults, Part.BOTH)


def _identity(row: Row, faults: Faults) -> str:
    return cells.identity(row, "id_number", faults)


def _needs(row: Row, faults: Faults) -> str:
    return SEPARATOR.join(cells.words(row, "needs", "need", faults))


def check_trainees(table: TraineeTable, problem: Problem, organisations: str, faults: Faults) -> None:
    """Find ids of trainees' organisations that are not defined (``organisations`` is what their table is called).

    And trainees whose id is an identity number: ids are published.
    """
    for name in ("trainee_id", "name", "item", "class_id", "district"):
        texts = table.frame[name]
        long = texts.filter(texts.str.len_chars() >= SHORTEST).unique()
        held = [one for one in long if says_number(one)]
        told = ("BATCH-ID-IS-IDENTITY", ID_IS_IDENTITY) if name == "trainee_id" else private("trainees", name)
        for number in table.frame.filter(texts.is_in(held))["row"] if held else ():
            faults.add(*told, table.row(number).at(name))
    for name in ("institution_id", "school_id"):
        unknown = [one for one in table.frame[name].unique() if one and one not in problem.institutions]
        named = by_name(problem.institutions.values()) if unknown else NO_NAMES
        hints = {one: asked(meant(one, problem.institutions, named)) for one in unknown}
        rows = table.frame.select(name, "row").filter(pl.col(name).is_in(unknown))
        for told, number in rows.rows():
            where = table.row(number).at(name)
            faults.add("BATCH-UNKNOWN-ID", f"“{told}”没有在{organisations}表中定义{hints[told]}", where)


def check_districts(table: TraineeTable, look: Callable[[Row], None], good: Callable[[str], bool]) -> None:
    """Go through the rows whose district is not ``good``, in order, and ``look`` at each."""
    bad = [name for name in table.frame["district"].unique() if not good(name)]
    for number in table.frame.filter(pl.col("district").is_in(bad))["row"]:
        look(table.row(number))
