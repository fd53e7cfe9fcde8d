"""Rule 4: the stated chances of people who are alike in everything do not add up to more than there is.

A schedule tells of each person only the chance of where they sit. Interchangeable people have equal chances, so those of one
tell those of all: together they show what one of them has at several sessions and sites, and how many people are
expected at each. Nobody sits more than once, and no more people can be expected than fit. Sums are made of floats first and
of the exact fractions only where they are too great; less than a thousand-millionth too much is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from scheduler.checker.breach import Breach, breach, say_session, session_breach
from scheduler.checker.chances import are_compared
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds

_ABOUT = 1e-9  # sums of floats are nearer to the exact ones; most sums are just what there is, and would all be suspects


def impossible_sums(crowd: Crowd) -> Iterator[Breach]:
    """Find chances of one person that add up to more than 1, or more expected people than a session can take."""
    sums = _Sums(crowd)
    persons = [*sums.of_persons(), *sums.of_sites()]
    yield from sorted(persons, key=lambda one: (one.subjects, one.message))
    yield from sums.of_seats()
    yield from sums.of_places()


class _Cells(NamedTuple):
    """Each stated chance of each group once: the group, where, its number among the values, a placement that states it."""

    group: Ints
    where: Ints
    value: Ints
    placement: Ints

    def some(self, those: Ints | Mask) -> _Cells:
        """Give some of them."""
        return _Cells(*(column[those] for column in self))


def _once(stated: _Cells) -> _Cells:
    """Give what people state each once, without the groups that disagree."""
    cell, count = kinds((stated.group, stated.where))
    first = stated.some(first_rows(cell, count))
    odd = np.unique(stated.group[stated.value != first.value[cell]])
    return first.some(~np.isin(first.group, odd))


class _Sums:
    """The groups of interchangeable people whose stated chances agree; the others are told as unequal."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._values = crowd.placements.stand_for.chances
        possible = [0 <= one <= 1 for one in self._values]
        self._possible = np.array([*possible, False])  # the last is for none
        self._about = np.array(
            [float(one) if good else 0.0 for one, good in zip(self._values, possible, strict=True)]
        )
        self._compared, self._alike = are_compared(crowd), crowd.alike
        self._members = np.bincount(
            self._alike[self._compared], minlength=int(self._alike.max(initial=-1)) + 1
        )
        self._here = self._cells(crowd.sitting, "chance")
        self._there = self._cells(crowd.site, "site_chance")

    def _cells(self, where: Ints, name: str) -> _Cells:
        """Give what the groups state for where they sit, without the groups that disagree."""
        crowd = self._crowd
        trainees = np.flatnonzero(self._compared & (crowd.placement_of >= 0))
        rows = crowd.placement_of[trainees]
        stated = self._possible[crowd.placed[name][rows]] & (where[rows] >= 0)
        trainees, rows = trainees[stated], rows[stated]
        found = _Cells(self._alike[trainees], where[rows], crowd.placed[name][rows], rows)
        alone = self._members[found.group] == 1  # most are like nobody else
        return _Cells(*map(np.append, found.some(alone), _once(found.some(~alone))))

    def of_persons(self) -> Iterator[Breach]:
        """Judge what one person has at all sessions, and at all sites."""
        for cells, where in ((self._here, "各场"), (self._there, "各考点")):
            totals = np.bincount(cells.group, self._about[cells.value], len(self._members))
            for group in np.flatnonzero(totals > 1 + _ABOUT):
                total = self._exactly(cells, np.flatnonzero(cells.group == group))
                if total > 1:
                    yield self._bad(int(group), f"在{where}的机会合计 {total}，大于 1")

    def of_sites(self) -> Iterator[Breach]:
        """Judge what one person has at the sessions of a site against the chance of the site."""
        # one session alone is judged by itself
        several = np.bincount(self._here.group, minlength=len(self._members)) > 1
        here, there = (cells.some(several[cells.group]) for cells in (self._here, self._there))
        site = self._crowd.site[here.placement]
        pair, count = kinds((np.append(here.group, there.group), np.append(site, there.where)))
        sessions, sites = np.split(pair, [len(site)])
        most = np.full(count, np.inf)
        most[sites] = self._about[there.value]
        value_of = np.full(count, -1)
        value_of[sites] = there.value
        totals = np.bincount(sessions, self._about[here.value], count)
        several = np.bincount(sessions, minlength=count) > 1
        for number in np.flatnonzero((totals > most + _ABOUT) & several):
            cells = np.flatnonzero(sessions == number)
            total, whole = self._exactly(here, cells), self._values[value_of[number]]
            if total > whole:
                name = self._crowd.facts.sessions[here.where[cells[0]]].site_id
                told = f"在考点 {name} 各场的机会合计 {total}，大于考点机会 {whole}"
                yield self._bad(int(here.group[cells[0]]), told)

    def of_seats(self) -> Iterator[Breach]:
        """Judge how many are expected in each session against its seats."""
        yield from self._crowded(np.arange(len(self._here.where)), self._crowd.facts.seats, "座位")

    def of_places(self) -> Iterator[Breach]:
        """Judge how many are expected to work at an item in each session against its places."""
        crowd = self._crowd
        trainees = crowd.trainee_of[self._here.placement]
        items = np.where(crowd.people["theory"][trainees] == 0, crowd.people["item"][trainees], -1)
        names = {crowd.texts["item"][item]: item for item in np.unique(items[items >= 0])}
        for name, item in sorted(names.items()):
            yield from self._crowded(np.flatnonzero(items == item), crowd.facts.places(name), f"“{name}”工位")

    def _crowded(self, those: Ints, limits: Ints, what: str) -> Iterator[Breach]:
        cells, sessions = self._here, self._crowd.facts.sessions
        about = self._about[cells.value[those]] * self._members[cells.group[those]]
        expected = np.bincount(cells.where[those], about, len(sessions))
        for session in sorted(np.flatnonzero(expected > limits + _ABOUT), key=sessions.__getitem__):
            there = those[cells.where[those] == session]
            total = self._exactly(cells, there, self._members[cells.group[there]])
            if total > int(limits[session]):
                told = f"平均会有 {float(total):.2f} 人，而{what}只有 {limits[session]} 个"
                sentence = f"{say_session(sessions[session])}：按所写的机会，{told}"
                yield session_breach("CHANCE-CAPACITY", 4, sentence, sessions[session])

    def _exactly(self, cells: _Cells, those: Ints, times: Ints | None = None) -> Fraction:
        many = [1] * len(those) if times is None else times.tolist()
        return sum(
            (self._values[cells.value[one]] * n for one, n in zip(those, many, strict=True)), Fraction(0)
        )

    def _bad(self, group: int, fault: str) -> Breach:
        """Name the first of a group by id, so that the order of rows changes nothing."""
        crowd = self._crowd
        members = crowd.in_order(np.flatnonzero(self._compared & (self._alike == group)))
        first = crowd.trainees.frame["trainee_id"][int(members[0])]
        sentence = f"考生 {first} 等 {len(members)} 名条件完全相同的考生，所写的机会不可能：{fault}"
        return breach("CHANCE-SUM", 4, sentence, trainee_id=first)
