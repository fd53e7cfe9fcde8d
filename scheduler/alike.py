"""People who state the same in all that matters are one kind: a million people are a few thousand kinds.

All of it works on columns; nobody is looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from scheduler.eligibility import Eligibility
from scheduler.numbers import Ints
from scheduler.problem import Part, Problem
from scheduler.trainees import Trainees

DATES = ("earliest", "latest")
_WHO = ("trainee_id", "institution_id", "school_id", *DATES)
_JUDGED = ("whose", "school", "item", "theory", "city", "single", *DATES)  # what eligibility depends on
_NAMED = ("item", "part", "city", "district", "met")


class Kinds:
    """The people of a batch by what they state.

    Attributes
    ----------
    people
        ``trainee_id``, ``institution_id``, ``school_id`` and the dates of everybody, in the order of their ids; a person's
        number is the row here.
    of
        the kind of each person.
    frame
        a row for each kind: ``item``, ``part``, ``city``, ``district``, ``met`` (the institution, where past meetings
        matter), and ``judged``: which of ``judged`` may do exactly what people of this kind may.
    judged
        a few of the people, for whom to find out what they may do.
    """

    def __init__(self, problem: Problem, eligibility: Eligibility) -> None:
        trainees = Trainees.of(problem.trainees)
        people = trainees.frame
        if not people["trainee_id"].is_sorted():
            people = people.select(*_WHO, "item", "part", "district").sort("trainee_id")
        self.people = people.select(*_WHO)
        stated = _stated(people, problem, eligibility).with_row_index("person")
        kinds = stated.group_by(list(dict.fromkeys(_JUDGED + _NAMED)), maintain_order=True).agg("person")
        self.of = numbers_of(kinds["person"], self.people.height)
        alike = (
            kinds.with_columns(first=pl.col("person").list.first())
            .with_row_index("kind")
            .group_by(_JUDGED, maintain_order=True)
            .agg("kind", pl.first("first"))
        )
        self.frame = kinds.select(*_NAMED, judged=pl.Series(numbers_of(alike["kind"], kinds.height)))
        firsts = self.people["trainee_id"].gather(alike["first"]).to_list()
        found = trainees.some(firsts)
        self.judged = [found[name] for name in firsts]

    def numbers(self, names: Iterable[str]) -> pl.DataFrame:
        """Give ``trainee_id`` and ``person``, the number, of some people, in the order of the ids."""
        wanted = pl.Series("trainee_id", list(names), pl.String).implode()
        people = self.people.select("trainee_id").with_row_index("person")
        return people.filter(pl.col("trainee_id").is_in(wanted))


def _stated(people: pl.DataFrame, problem: Problem, eligibility: Eligibility) -> pl.DataFrame:
    """Give what matters of each person; what does not is left empty."""
    tied = {name: eligibility.is_tied(name) for name in people["institution_id"].unique()}
    cities = {name: problem.city_of_district(name) for name in people["district"].unique()}
    matters = pl.col("institution_id").is_in([name for name, matter in tied.items() if matter])
    alone = pl.col("trainee_id").is_in(list(eligibility.singular))
    none = pl.lit("")
    return people.select(
        "item", "part", "district", *DATES,
        whose=pl.when(matters).then("institution_id").otherwise(none),
        school=pl.when(matters).then("school_id").otherwise(none),
        met=pl.col("institution_id") if problem.met else none,
        theory=pl.col("part") == Part.THEORY,
        city=pl.col("district").replace_strict(cities, return_dtype=pl.String),
        single=pl.when(alone).then("trainee_id").otherwise(none),
    )  # fmt: skip


def numbers_of(members: pl.Series, count: int) -> Ints:
    """Give for each of ``count`` members, numbered from 0, in which of some lists it is; 0 where in none."""
    found = np.zeros(count, np.int64)
    found[members.explode().to_numpy()] = np.repeat(np.arange(len(members)), members.list.len().to_numpy())
    return found
