"""The rows of a table of changes so far: each further one is held against those that speak of the same id and day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable

from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row
from scheduler.replan.changes.contradictions import Told, judged
from scheduler.replan.changes.said import SUBJECTS, Said, read_said

_ADDING = ("trainee_added", "staff_added")


class Stated:
    """The rows of a table so far, and which ids rows further below add."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._all: dict[tuple[str, str], list[Said]] = defaultdict(list)
        self._of_day: dict[tuple[str, str, dt.date], list[Said]] = defaultdict(list)
        self._wide: dict[tuple[str, str], list[Said]] = defaultdict(list)
        self._added: dict[tuple[str, str], int] = {}
        for row in rows:
            kind = cells.word(row, "change", "change", Faults())
            if kind in _ADDING:
                key = kind.partition("_")[0], cells.identifier(row, "id")
                self._added.setdefault(key, row.location.row)

    def tell(self, kind: str, row: Row, known: Container[str], faults: Faults) -> bool:
        """Note that a row contradicts or repeats one before it, or names whom only a later one adds; says whether it does.

        Parameters
        ----------
        known
            the ids of trainees or staff there are, whichever the row is about.
        """
        said = read_said(kind, row)
        if said is None:
            return False
        wrong = next((found for one in self._before(said) if (found := judged(one, said))), None)
        wrong = wrong or self._too_early(said, known)
        self._take(said)
        if wrong:
            faults.add(*wrong, row.at("id"))
        return wrong is not None

    def _before(self, said: Said) -> Iterable[Said]:
        """Give the rows so far that may speak of the same days."""
        key = said.subject, said.name
        if said.days[0] != said.days[1]:
            return self._all.get(key, ())
        return [*self._of_day.get((*key, said.days[0]), ()), *self._wide.get(key, ())]

    def _take(self, said: Said) -> None:
        key = said.subject, said.name
        self._all[key].append(said)
        if said.days[0] == said.days[1]:
            self._of_day[*key, said.days[0]].append(said)
        else:
            self._wide[key].append(said)

    def _too_early(self, said: Said, known: Container[str]) -> Told | None:
        later = self._added.get((said.subject, said.name), 0)
        if said.kind in _ADDING or later <= said.number or said.name in known:
            return None
        what = SUBJECTS[said.subject]
        return Told(
            "CHANGE-UNKNOWN-ID", f"{what}“{said.name}”在本表第 {later} 行才增加，请把那一行移到这一行前面"
        )
