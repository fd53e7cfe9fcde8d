"""Everybody of a batch beside where they sit, in columns; records are made of those who are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from scheduler.checker.facts import Choices, Facts
from scheduler.checker.kinds import Ints, Mask, coded, first_rows, kinds
from scheduler.checker.schedule.placed import TEXTS, Numbers, Placements
from scheduler.problem import Part, Session, Trainee
from scheduler.schedule import Placement, Schedule
from scheduler.trainees import Trainees

CHOOSING = ("reach", "school", "item", "theory", "city", "earliest", "latest", "apart")
"""What rules 1 to 3 make of a trainee: who is alike in it has the same choices."""

LIKENESS = ("institution_id", "item", "part", "district", "school_id", "earliest", "latest")
"""What rules 1 to 3 ask of a trainee; who is alike in it is interchangeable."""

Choosing = Callable[[Trainee], Choices]


class Crowd:
    """The people of a batch and of a schedule, by number: trainees, and placements, in the order of their tables.

    Attributes
    ----------
    sessions
        the sessions where anybody is said to sit, whether they exist or not.
    people
        the columns about trainees: ``LIKENESS``, ``CHOOSING`` and parts; ``texts`` are what its numbers stand for.
    trainee_of, placement_of
        for each placement the number of its trainee, for each trainee that of the placement; -1 where there is none.
    """

    def __init__(self, facts: Facts, schedule: Schedule) -> None:
        self.facts, self.schedule = facts, schedule
        self.trainees = Trainees.of(facts.problem.trainees)
        self.placements = Placements.of(schedule.placements)
        self.sessions = self.placements.stand_for.sessions
        self.placement_of = _places(self.trainees.frame, self.placements.frame)
        placed = np.flatnonzero(self.placement_of >= 0)
        self.trainee_of = np.full(len(self.placements), -1)
        self.trainee_of[self.placement_of[placed]] = placed
        self.texts: dict[str, list[str]] = {}
        self.people = self._people()
        self._choices: dict[Choosing, tuple[Ints, list[Choices]]] = {}

    def _people(self) -> dict[str, Ints]:
        """Give the columns about trainees: ``LIKENESS`` and ``CHOOSING``."""
        frame, facts, found = self.trainees.frame, self.facts, dict[str, Ints]()
        for name in LIKENESS[:5]:
            found[name], self.texts[name] = coded(frame[name])
        for name in LIKENESS[5:]:
            found[name] = frame[name].to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
            found[name] = kinds([found[name]])[0]
        texts = self.texts
        found["reach"] = _looked_up(found["institution_id"], texts["institution_id"], facts.reach)
        # to a school all are alike who study at none that owns a site, or whom no tie keeps from any
        schools = [one if one in facts.schools else "" for one in texts["school_id"]]
        school = _looked_up(found["school_id"], schools, Numbers[str]([""]).of)
        found["school"] = np.where(found["reach"] > 0, school, 0)
        cities = [facts.city_of_district(one) for one in texts["district"]]
        numbered = Numbers[str]()
        found["city"] = _looked_up(found["district"], cities, numbered.of)
        texts["city"] = list(numbered.values())
        for name, part in (("theory", Part.THEORY), ("practical", Part.PRACTICAL)):
            found[name] = _looked_up(found["part"], texts["part"], part.__eq__)
        found["apart"] = np.where(self.among(facts.apart), np.arange(1, len(frame) + 1), 0)
        return found

    def among(self, names: Iterable[str]) -> Mask:
        """Say of each trainee whether it is one of some ids."""
        listed = pl.Series(list(names), dtype=pl.String)
        if listed.is_empty():
            return np.zeros(len(self.trainees), np.bool_)
        return self.trainees.frame["trainee_id"].is_in(listed.implode()).to_numpy()

    @cached_property
    def single(self) -> Mask:
        """Say of each trainee whether it is the only registration of its person."""
        return ~self.among(name for listed in self.facts.people.several() for name in listed)

    @cached_property
    def fixed(self) -> Mask:
        """Say of each trainee whether it is held fast."""
        return self.among(self.facts.fixed)

    @cached_property
    def alike(self) -> Ints:
        """Give a number for each trainee; interchangeable ones have one number."""
        return kinds([self.people[name] for name in LIKENESS])[0]

    @cached_property
    def placed(self) -> dict[str, Ints]:
        """Give the columns about placements: sessions, exceptions, chances (-1 for none), and texts (0 for "")."""
        frame = self.placements.frame
        numbers = {
            name: frame[name].fill_null(-1).to_numpy()
            for name in ("session", "exceptions", "chance", "site_chance")
        }
        return numbers | {name: _texts(frame[name]) for name in TEXTS}

    def sessions_at(self, placements: Ints) -> Iterator[Session]:
        """Give the sessions of some placements."""
        return (self.sessions[one] for one in self.placed["session"][placements].tolist())

    def of_sessions(self, answer: Callable[[Session], Any], dtype: type[np.generic]) -> Any:
        """Answer something about each session where anybody is said to sit, and give it for each placement."""
        answers = np.fromiter(map(answer, self.sessions), dtype, len(self.sessions))
        return answers[self.placed["session"]]

    @cached_property
    def sitting(self) -> Ints:
        """Give for each placement the number of its session among those of the facts; -1 where there is none."""
        found: Ints = self.of_sessions(lambda one: self.facts.numbers.get(one, -1), np.int64)
        return found

    @cached_property
    def session_of(self) -> Ints:
        """Give for each trainee the number of the session of the facts where it sits; -1 where it does not."""
        found: Ints = np.append(self.sitting, -1)[self.placement_of]
        return found

    @cached_property
    def site(self) -> Ints:
        """Give for each placement a number for its site, whether it exists or not."""
        numbers = Numbers[str]()
        found: Ints = self.of_sessions(lambda one: numbers.of(one.site_id), np.int64)
        return found

    def rank(self, trainees: Ints) -> Ints:
        """Give the place of each of some trainees in the order of their ids."""
        return self.trainees.frame["trainee_id"][trainees].rank("ordinal").to_numpy()

    def in_order(self, trainees: Ints) -> Ints:
        """Put the numbers of trainees in the order of their ids."""
        found: Ints = trainees[np.argsort(self.rank(trainees))]
        return found

    def placed_in_order(self, placements: Ints) -> Ints:
        """Put the numbers of placements in the order of the trainees' ids."""
        order = self.placements.frame["trainee_id"][placements].arg_sort().to_numpy()
        found: Ints = placements[order]
        return found

    def trainee_records(self, trainees: Ints) -> Iterator[Trainee]:
        """Give the trainees of some numbers."""
        return iter(Trainees(self.trainees.frame[trainees]).values())

    def placement_records(self, placements: Ints) -> Iterator[Placement]:
        """Give the placements of some numbers."""
        return iter(Placements(self.placements.frame[placements], self.placements.stand_for).values())

    def pairs(self, placements: Ints) -> Iterator[tuple[Trainee, Placement]]:
        """Give trainee and placement of some placements, all of trainees of the batch."""
        trainees = self.trainee_records(self.trainee_of[placements])
        return zip(trainees, self.placement_records(placements), strict=True)

    def records(self, placements: Ints) -> Iterator[tuple[Trainee | None, Placement]]:
        """Give trainee and placement of some placements; no trainee where the batch has none."""
        whose = self.trainee_of[placements]
        known = self.trainee_records(whose[whose >= 0])
        for number, placement in zip(whose, self.placement_records(placements), strict=True):
            yield None if number < 0 else next(known), placement

    def texts_of(self, name: str, placements: Ints) -> list[str]:
        """Give what a column of ``LIKENESS`` says of the trainees of some placements; "" where the batch has none."""
        texts = [*self.texts[name], ""]
        codes = np.append(self.people[name], len(texts) - 1)[self.trainee_of[placements]]
        return [texts[code] for code in codes]

    @cached_property
    def several(self) -> dict[str, Placement]:
        """Give the placements of those whose person has several registrations, by trainee."""
        rows = self.placement_of[~self.single & (self.placement_of >= 0)]
        return {one.trainee_id: one for one in self.placement_records(rows)}

    @cached_property
    def _choosers(self) -> tuple[Ints, Ints]:
        """Give the number of everybody's kind in what may be chosen, and the first trainee of each kind."""
        kind, count = kinds([self.people[name] for name in CHOOSING])
        return kind, first_rows(kind, count)

    def choices(self, choosing: Choosing) -> tuple[Ints, list[Choices]]:
        """Give what all may choose: for each trainee the number of the choices, and what these are."""
        if choosing not in self._choices:
            kind, first = self._choosers
            chosen = [choosing(one) for one in self.trainee_records(first)]
            numbers = Numbers(map(id, chosen))
            of_kind = np.fromiter((numbers.of(id(one)) for one in chosen), np.int64, len(chosen))
            self._choices[choosing] = of_kind[kind], list({id(one): one for one in chosen}.values())
        return self._choices[choosing]


def _places(trainees: pl.DataFrame, placements: pl.DataFrame) -> Ints:
    """Give for each trainee the number of the placement; -1 where there is none."""
    if placements["trainee_id"].equals(trainees["trainee_id"]):  # as where a draw of ours placed everybody
        return np.arange(len(trainees))
    numbered = placements.select("trainee_id").with_row_index("place")
    names = trainees.select("trainee_id")
    found = names.join(numbered, on="trainee_id", how="left", maintain_order="left")["place"]
    return found.cast(pl.Int64).fill_null(-1).to_numpy()


def _looked_up(codes: Ints, texts: list[str], look_up: Callable[[str], Any]) -> Ints:
    """Look up what each text of a column stands for, and give it for each row."""
    return np.fromiter(map(look_up, texts), np.int64, len(texts))[codes]


def _texts(column: pl.Series) -> Ints:
    """Give numbers for the texts of a column, 0 for the empty one."""
    codes, texts = coded(column)
    return _looked_up(codes, texts, Numbers([""]).of)
