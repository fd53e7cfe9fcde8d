"""Trainees who are interchangeable, put together; the solver sees groups, never persons.

All of it works on columns: first those who state the same, then those for whom the same sites are open, then
groups. A million people are a few thousand different statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from scheduler.allowed import Allowed
from scheduler.eligibility import CROSS_CITY, Eligibility, Eligible, Refusal, Refusals
from scheduler.plan import Group
from scheduler.problem import Part, Problem, Trainee
from scheduler.trainees import Trainees

PUBLIC = ("public", "authority")
LARGE = 10_000
"""People above whom a batch is large: what concerns few people is made coarser, and the plan stays a small file."""

_FEW = 12
"""In a large batch, people of one district form a group of their own where they are at least so many."""

_CLASH = Refusal(1, "可以去的场次都与本人的其他科目在同一时间")
_DATES = ("earliest", "latest")
_ALIKE = ("whose", "school", "item", "theory", "city", "single", *_DATES)  # what eligibility depends on
_NAMED = ("item", "part", "city", "district", "met", "own")

Own = Mapping[str, Allowed]
"""Sessions of the trainees who may not use all that they are eligible for, by trainee."""


def make_groups(
    problem: Problem,
    eligibility: Eligibility,
    own: Own,
    *,
    by_district: bool = True,
) -> tuple[Group, ...]:
    """Put trainees together who are alike in all that matters; order does not depend on the input's.

    Without ``by_district`` those of all districts go together: enough to count how many fit. In a large batch the few
    of a district go together with those of the other districts of their city. Where past meetings of institutions and
    sites are known, institutions are apart, too.
    """
    return _Grouping(problem, eligibility, own, by_district=by_district).groups()


@dataclass
class _Sets:
    """The sets of sessions that came up, numbered; equal ones have one number."""

    listed: list[Allowed] = field(default_factory=list)
    _numbers: dict[tuple[tuple[str, int], ...], int] = field(default_factory=dict)

    def number(self, allowed: Allowed) -> int:
        known = self._numbers.setdefault(allowed.key, len(self.listed))
        if known == len(self.listed):
            self.listed.append(allowed)
        return known


class _Grouping:
    """The steps from columns to groups."""

    def __init__(self, problem: Problem, eligibility: Eligibility, own: Own, *, by_district: bool) -> None:
        self._problem, self._eligibility, self._own = problem, eligibility, own
        self._by_district = by_district
        self._trainees = Trainees.of(problem.trainees)
        self._sets = _Sets()
        self._closed: list[Mapping[tuple[str, int], Refusals]] = []
        self._known: dict[tuple[int, int], tuple[int, int]] = {}
        self._held: list[
            Eligible
        ] = []  # what is known by its identity must not go, or another could take its place

    def groups(self) -> tuple[Group, ...]:
        if not len(self._trainees):
            return ()
        kinds = self._with_sets(self._kinds())
        if self._by_district:
            kinds = self._few_together(kinds) if self._trainees.frame.height > LARGE else kinds
        else:
            kinds = kinds.with_columns(district=pl.lit(""))
        keys = ["allowed", "item", "part", "city", "district", "met", "apart"]
        alike = kinds.group_by(keys, maintain_order=True).agg(
            pl.col("names").explode().sort(),
            pl.col("closed").unique(maintain_order=True),
            "home",
            pl.col("size"),
        )
        groups = [self._group(row) for row in alike.iter_rows(named=True)]
        return tuple(sorted(groups, key=lambda one: (one.item, one.part, one.district, one.trainees[0])))

    def _kinds(self) -> pl.DataFrame:
        """Give those who state the same together: ``names``, in order; who has sessions of their own is alone."""
        columns = self._trainees.frame.sort("trainee_id")
        tied = {name: self._eligibility.is_tied(name) for name in columns["institution_id"].unique()}
        cities = {name: self._problem.city_of_district(name) for name in columns["district"].unique()}
        matters = pl.col("institution_id").is_in([name for name, matter in tied.items() if matter])
        met = pl.col("institution_id") if self._by_district and self._problem.met else pl.lit("")
        single = pl.col("trainee_id").is_in(list(self._eligibility.singular))
        alone = pl.col("trainee_id").is_in(list(self._own))
        columns = columns.select(
            "trainee_id", "item", "part", "district", *_DATES,
            whose=pl.when(matters).then("institution_id").otherwise(pl.lit("")),
            school=pl.when(matters).then("school_id").otherwise(pl.lit("")),
            met=met,
            theory=pl.col("part") == Part.THEORY,
            city=pl.col("district").replace_strict(cities, return_dtype=pl.String),
            single=pl.when(single).then("trainee_id").otherwise(pl.lit("")),
            own=pl.when(alone).then("trainee_id").otherwise(pl.lit("")),
        )  # fmt: skip
        keys = [*_ALIKE, *(name for name in _NAMED if name not in _ALIKE)]
        kinds = columns.group_by(keys, maintain_order=True).agg(names="trainee_id", size=pl.len())
        return kinds.with_columns(first=pl.col("names").list.first(), home="district")

    def _with_sets(self, kinds: pl.DataFrame) -> pl.DataFrame:
        """Add what each kind may use, what is closed to it, and whom it must be kept apart from."""
        alike = kinds.filter(pl.col("own") == "").group_by(_ALIKE, maintain_order=True).agg(pl.first("first"))
        firsts = self._trainees.some([*alike["first"], *self._own])
        allowed, closed = zip(*map(self._judged, firsts.values()), strict=True)
        judged = pl.DataFrame(
            {"first": list(firsts), "allowed": allowed, "closed": closed},
            {"first": pl.String, "allowed": pl.Int64, "closed": pl.Int64},
        )
        found = alike.join(judged, on="first").drop("first")
        of_all = kinds.filter(pl.col("own") == "").join(
            found, on=_ALIKE, nulls_equal=True, maintain_order="left"
        )
        of_own = kinds.filter(pl.col("own") != "").join(judged, on="first", maintain_order="left")
        return self._nowhere(pl.concat([of_all.select([*kinds.columns, "allowed", "closed"]), of_own]))

    def _judged(self, trainee: Trainee) -> tuple[int, int]:
        """Give the numbers of what somebody may use, and of what is closed to them and why."""
        eligible = self._eligibility.of(trainee)
        allowed = self._own.get(trainee.trainee_id, eligible.allowed)
        key = id(eligible), id(allowed)
        if key not in self._known:
            parts = {(whose, id(part)): part for whose, part in eligible.closed}
            lost = _lost_sites(eligible, allowed)
            if lost:
                parts["", id(lost)] = lost
            self._closed.append(parts)
            self._held.append(eligible)
            self._known[key] = self._sets.number(allowed), len(self._closed) - 1
        return self._known[key]

    def _nowhere(self, kinds: pl.DataFrame) -> pl.DataFrame:
        """Part those who may go nowhere by what they state: they get a reason of their own, not that of others."""
        empty = [number for number, allowed in enumerate(self._sets.listed) if not allowed]
        kinds = kinds.with_columns(apart=pl.lit(""))
        nowhere = kinds.filter(pl.col("allowed").is_in(empty))
        if nowhere.is_empty():
            return kinds
        stated = self._trainees.frame.select(
            pl.col("trainee_id").alias("names"),
            apart=pl.concat_str(
                [
                    "institution_id",
                    "school_id",
                    *(pl.col(day).cast(pl.String).fill_null("") for day in _DATES),
                ],
                separator="\x1f",
            ),
        )
        one_by_one = (
            nowhere.drop("apart", "size").explode("names").join(stated, on="names", maintain_order="left")
        )
        others = [name for name in one_by_one.columns if name not in ("names", "first", "closed")]
        parted = one_by_one.group_by(others, maintain_order=True).agg(
            "names", pl.first("names").alias("first"), pl.first("closed"), size=pl.len()
        )
        return pl.concat([kinds.filter(~pl.col("allowed").is_in(empty)), parted.select(kinds.columns)])

    def _few_together(self, kinds: pl.DataFrame) -> pl.DataFrame:
        """Put the few of a district together with the few of the others of their city."""
        of_all = ["allowed", "item", "part", "city", "met", "apart"]
        people = pl.col("size").sum().over([*of_all, "district"])
        return kinds.with_columns(district=pl.when(people < _FEW).then(pl.lit("")).otherwise("district"))

    def _group(self, row: Mapping[str, Any]) -> Group:
        closed: dict[tuple[str, int], Refusals] = {}
        for number in row["closed"]:
            closed |= self._closed[number]
        homes: dict[str, int] = {}
        for district, people in zip(row["home"], row["size"], strict=True):
            homes[district] = homes.get(district, 0) + people
        return Group(
            tuple(row["names"]),
            row["item"],
            Part(row["part"]),
            row["district"],
            row["city"],
            self._sets.listed[row["allowed"]],
            tuple((whose, part) for (whose, _), part in sorted(closed.items(), key=_first_site)),
            tuple(sorted(homes.items())),
        )


def _first_site(closed: tuple[tuple[str, int], Refusals]) -> tuple[str, str, str]:
    """Order parts of closed sites by what they say: the same on every run."""
    (whose, _), part = closed
    site = min(part)
    return whose, site, part[site].reason


def _lost_sites(eligible: Eligible, allowed: Allowed) -> Refusals:
    """Give the sites that only the one-person rule closes."""
    if allowed is eligible.allowed:
        return {}
    return {site: _CLASH for site in eligible.allowed.by_site if site not in allowed.by_site}


def is_public_site(problem: Problem, group: Group, site_id: str) -> bool:
    """Say whether a site that a group may use is a public or authority site of its own city."""
    exceptions = group.allowed.by_site[site_id].exceptions[0]  # of a city all sessions of a site are
    return problem.sites[site_id].kind in PUBLIC and CROSS_CITY not in exceptions
