"""The placements of a large draw in columns, and as the mapping of records that most rooms read."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from scheduler.column_records import ColumnRecords
from scheduler.documents.tables import assignments_csv
from scheduler.large_draw.cells import Cells
from scheduler.numbers import Ints
from scheduler.schedule import ASSIGNMENT_COLUMNS, Placement, Schedule, Tally, chance_of

_QUOTED = '[",\r\n]'
_NUMBERS = ("room", "seat", "group", "place")


class Placements(ColumnRecords[Placement]):
    """Everybody who has a place, by id in code point order.

    Parameters
    ----------
    frame
        in this order ``trainee_id``, ``cell`` (a number into ``cells``), ``room``, ``seat``, ``group``, ``place`` (0 where none).
    """

    def __init__(self, frame: pl.DataFrame, cells: Cells) -> None:
        super().__init__(frame)
        self.cells = cells

    def record(self, row: tuple[Any, ...]) -> Placement:
        """Make the record of one row of the columns."""
        name, number, *where = row
        cell = self.cells[number]
        room, seat, group, place = (str(one or "") for one in where)
        chances = chance_of(cell.chance), chance_of(cell.site_chance)
        return Placement(name, cell.session, cell.exceptions, *chances, room, seat, group, place)


@dataclass(frozen=True)
class LargeSchedule(Schedule):
    """A schedule whose placements are columns."""

    placements: Placements

    @cached_property
    def _counts(self) -> Ints:
        """Give how many people are in each cell."""
        return np.bincount(self.placements.frame["cell"].to_numpy(), minlength=len(self.placements.cells))

    def tally(self, groups: Sequence[Mapping[str, Any]]) -> Tally:
        """Count people by session, item and exceptions; the cells know the items themselves."""
        del groups
        cells, by = self.placements.cells, ("session", "item", "exceptions")
        columns = {name: getattr(cells, name) for name in by} | {"people": self._counts}
        counted = pl.DataFrame(columns).filter(pl.col("people") > 0).group_by(by, maintain_order=True).sum()
        return Counter(
            {
                (cells.sessions[session], cells.items[item], cells.kinds[exceptions]): people
                for session, item, exceptions, people in counted.iter_rows()
            }
        )

    def with_exception(self) -> int:
        """Count the people who needed an exception."""
        cells = self.placements.cells
        needed = np.array([bool(kind) for kind in cells.kinds], bool)
        return int(self._counts[needed[cells.exceptions]].sum())

    def csv(self) -> bytes:
        """Give assignments.csv: the bytes that ``assignments_csv`` gives of the records."""
        frame, cells = self.placements.frame, self.placements.cells
        if self._quoted():
            return assignments_csv(self)
        cell = pl.col("cell")
        sessions = _texts(f"{one.site_id},{one.day.isoformat()},{one.half}" for one in cells.sessions)
        exceptions = _texts(";".join(kind) for kind in cells.kinds)
        held, needed = sessions.gather(cells.session), exceptions.gather(cells.exceptions)
        rows = frame.select(
            "trainee_id",
            pl.lit(held).gather(cell).alias("session"),
            *(pl.when(pl.col(name) > 0).then(pl.col(name)) for name in _NUMBERS),
            pl.lit(needed).gather(cell).alias("exception"),
            pl.lit(cells.chance).gather(cell).alias("chance"),
            pl.lit(cells.site_chance).gather(cell).alias("site_chance"),
        )
        written = io.BytesIO()
        written.write(b"\xef\xbb\xbf" + ",".join(ASSIGNMENT_COLUMNS).encode() + b"\r\n")
        rows.write_csv(written, include_header=False, line_terminator="\r\n", quote_style="never")
        return written.getvalue()

    def _quoted(self) -> bool:
        """Say whether something may need quotes."""
        frame, cells = self.placements.frame, self.placements.cells
        texts = {one.site_id for one in cells.sessions}.union(*cells.kinds)
        return any(mark in text for text in texts for mark in _QUOTED[1:-1]) or bool(
            frame["trainee_id"].str.contains(_QUOTED).any()
        )


def _texts(texts: Iterable[str]) -> pl.Series:
    return pl.Series(list(texts), dtype=pl.String)
