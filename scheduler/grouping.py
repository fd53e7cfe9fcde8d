"""Trainees who are interchangeable, put together; the solver sees groups, never persons.

First those who state the same (``scheduler.alike``), then those for whom the same sessions are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from scheduler.alike import DATES, Kinds, numbers_of
from scheduler.allowed import Allowed
from scheduler.chances.size import is_large
from scheduler.eligibility import Eligibility, Eligible
from scheduler.numbers import Ints
from scheduler.plan import Group
from scheduler.problem import Part, Problem
from scheduler.session_rules import Refusal, Refusals

_FEW = 12
"""In a large batch, people of one district form a group of their own where they are at least so many."""

_CLASH = Refusal(1, "可以去的场次的时间都分给了本人的其他科目（一人报多科，同一时间只能考一科，时间先错开）")

Own = Mapping[str, Allowed]
"""Sessions of the trainees who may not use all that they are eligible for, by trainee."""


class Grouping:
    """Puts the trainees of a batch together, as often as it is asked to."""

    def __init__(self, problem: Problem, eligibility: Eligibility) -> None:
        self._kinds, self._large = Kinds(problem, eligibility), is_large(problem)
        self._sets = _Sets()
        eligible = [eligibility.of(one) for one in self._kinds.judged]
        self._open = [(one, self._sets.number(one.allowed)) for one in eligible]

    def allowed(self, names: Iterable[str]) -> dict[str, Allowed]:
        """Give all sessions that each of some people may sit in; equal sets are one object."""
        people = self._kinds.numbers(names)
        judged = self._kinds.frame["judged"].to_numpy()[self._kinds.of[people["person"].to_numpy()]]
        return {
            name: self._sets.listed[self._open[number][1]]
            for name, number in zip(people["trainee_id"], judged.tolist(), strict=True)
        }

    def groups(self, own: Own, *, by_district: bool = True) -> tuple[Group, ...]:
        """Give the groups; their order does not depend on the input's.

        Without ``by_district`` those of all districts go together: enough to count how many fit. In a large batch the
        few of a district go together with those of the other districts of their city. Where past meetings of
        institutions and sites are known, institutions are apart, too.
        """
        if not self._open:
            return ()
        parted = _Parted(self._kinds, self._open, self._sets)
        parted.by_own(own)
        parted.by_statement_where_nothing_is_open()
        kinds = parted.frame()
        if not by_district:
            kinds = kinds.with_columns(district=pl.lit(""), met=pl.lit(""))
        elif self._large:
            kinds = _few_together(kinds)
        keys = ["allowed", "item", "part", "city", "district", "met", "apart"]
        alike = kinds.group_by(keys, maintain_order=True).agg("row", "home", "size")
        people = self._people(numbers_of(alike["row"], len(parted.rows))[parted.of], alike.height)
        closed = parted.closed(alike["row"].to_list())
        groups = [
            _group(row, names, self._sets.listed[row["allowed"]], shut)
            for row, names, shut in zip(alike.iter_rows(named=True), people, closed, strict=True)
        ]
        return tuple(sorted(groups, key=lambda one: (one.item, one.part, one.district, one.trainees[0])))

    def _people(self, group_of: Ints, groups: int) -> list[tuple[str, ...]]:
        """Give the ids of the people of each group, in order."""
        names = self._kinds.people["trainee_id"].gather(np.argsort(group_of, kind="stable")).to_list()
        ends = np.cumsum(np.bincount(group_of, minlength=groups)).tolist()
        return [tuple(names[start:end]) for start, end in pairwise([0, *ends])]


class _Sets:
    """The sets of sessions that came up, numbered; equal ones have one number."""

    def __init__(self) -> None:
        self.listed: list[Allowed] = []
        self._numbers: dict[bytes, int] = {}
        # what is known by its identity is held, or another object could take its place
        self._known: dict[int, tuple[int, Allowed]] = {}

    def number(self, allowed: Allowed) -> int:
        known = self._known.get(id(allowed))
        if known is None:
            number = self._numbers.setdefault(allowed.key, len(self.listed))
            if number == len(self.listed):
                self.listed.append(allowed)
            known = self._known[id(allowed)] = number, allowed
        return known[0]


class _Row(NamedTuple):
    """Some people of one kind: what is open to them, what is closed and why, ``own`` to each alone; what keeps them apart."""

    kind: int
    allowed: int
    closed: tuple[tuple[str, Refusals], ...]
    own: str = ""
    apart: str = ""


class _Parted:
    """The kinds of a batch, parted further where people who state the same may not use the same sessions.

    Attributes
    ----------
    rows
        kinds and parts of kinds; some have nobody left.
    of
        the row of each person.
    """

    def __init__(self, kinds: Kinds, found: Sequence[tuple[Eligible, int]], sets: _Sets) -> None:
        self.of = kinds.of.copy()
        self._kinds, self._sets = kinds, sets
        judged = (found[number] for number in kinds.frame["judged"])
        self.rows = [_Row(kind, allowed, one.closed, one.own) for kind, (one, allowed) in enumerate(judged)]

    def by_own(self, own: Own) -> None:
        """Part those who may not use all that they are eligible for."""
        if not own:
            return
        some = self._kinds.numbers(own)
        sets = np.array([self._sets.number(own[name]) for name in some["trainee_id"]], np.int64)
        for row, number in self._part(some["person"].to_numpy(), sets):
            whole = self.rows[row]
            lost = lost_sites(self._sets.listed[whole.allowed], self._sets.listed[number])
            closed = (*whole.closed, ("", lost)) if lost else whole.closed
            self.rows.append(whole._replace(allowed=number, closed=closed))

    def by_statement_where_nothing_is_open(self) -> None:
        """Part those who may go nowhere by all that they state: they get a reason of their own, not that of others."""
        empty = {number for number, allowed in enumerate(self._sets.listed) if not allowed}
        nowhere = np.array([row.allowed in empty for row in self.rows], bool)
        people = np.flatnonzero(nowhere[self.of])
        if not len(people):
            return
        dates = [pl.col(day).cast(pl.String).fill_null("") for day in DATES]
        stated = pl.concat_str(["institution_id", "school_id", *dates, "own"], separator="\x1f")
        own = pl.Series("own", [row.own for row in self.rows]).gather(self.of[people])
        labels = self._kinds.people[people].with_columns(own).select(stated).to_series()
        known = labels.unique().sort()
        for row, label in self._part(people, known.search_sorted(labels).to_numpy()):
            whole = self.rows[row]
            self.rows.append(whole._replace(apart=known[label]))

    def _part(self, people: Ints, labels: Ints) -> list[tuple[int, int]]:
        """Move people to new rows, one for each label that somebody of a row has; gives old row and label of each."""
        labels = labels.astype(np.int64)
        many = int(labels.max()) + 1
        pairs, new = np.unique(self.of[people] * many + labels, return_inverse=True)
        self.of[people] = len(self.rows) + new
        return [divmod(pair, many) for pair in pairs.tolist()]

    def frame(self) -> pl.DataFrame:
        """Give the rows that hold anybody: what is known of their kind, and ``home``, the district they come from."""
        columns = {
            "row": range(len(self.rows)),
            "allowed": [row.allowed for row in self.rows],
            "apart": [row.apart for row in self.rows],
            "size": np.bincount(self.of, minlength=len(self.rows)),
        }
        kinds = self._kinds.frame[[row.kind for row in self.rows]].with_columns(home="district")
        return pl.concat([pl.DataFrame(columns), kinds], how="horizontal").filter(pl.col("size") > 0)

    def closed(self, groups: Sequence[Sequence[int]]) -> list[tuple[tuple[str, Refusals], ...]]:
        """Give all parts of closed sites of groups of rows, each once, in an order that is the same on every run."""
        parts = {(whose, id(part)): part for row in self.rows for whose, part in row.closed}
        ordered = sorted(parts.items(), key=_first_site)
        place = {key: number for number, (key, _) in enumerate(ordered)}
        told = [(whose, part) for (whose, _), part in ordered]
        of_row = [[place[whose, id(part)] for whose, part in row.closed] for row in self.rows]
        found = (sorted(set(chain.from_iterable(of_row[row] for row in rows))) for rows in groups)
        return [tuple(told[number] for number in numbers) for numbers in found]


def _few_together(kinds: pl.DataFrame) -> pl.DataFrame:
    """Put the few of a district together with the few of the others of their city."""
    of_all = ["allowed", "item", "part", "city", "met", "apart"]
    people = pl.col("size").sum().over([*of_all, "district"])
    return kinds.with_columns(district=pl.when(people < _FEW).then(pl.lit("")).otherwise("district"))


def _group(
    row: Mapping[str, Any],
    names: tuple[str, ...],
    allowed: Allowed,
    closed: tuple[tuple[str, Refusals], ...],
) -> Group:
    homes: dict[str, int] = {}
    for district, people in zip(row["home"], row["size"], strict=True):
        homes[district] = homes.get(district, 0) + people
    part = Part(row["part"])
    return Group(
        names, row["item"], part, row["district"], row["city"], allowed, closed, tuple(sorted(homes.items()))
    )


def _first_site(closed: tuple[tuple[str, int], Refusals]) -> tuple[str, str, str]:
    """Order parts of closed sites by what they say."""
    (whose, _), part = closed
    site = min(part)
    return whose, site, part[site].reason


def lost_sites(eligible: Allowed, allowed: Allowed) -> Refusals:
    """Give the sites that only the one-person rule closes."""
    return {site: _CLASH for site in eligible.by_site if site not in allowed.by_site}


def lost_by_times(group: Group) -> set[str]:
    """Give the sites that are closed to a group by the one-person rule alone."""
    return {
        site for _, part in group.closed for site, why in part.items() if why is _CLASH
    } - group.allowed.by_site.keys()
