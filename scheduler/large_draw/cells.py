"""The cells of a large plan in columns: whom a group sends to a session, how many of them, and with which chance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from scheduler.large_draw.ordering import distinct
from scheduler.numbers import Bools, Ints
from scheduler.problem import Session


class Cell(NamedTuple):
    """What everybody whom a group sends to a session has in common; chances as text."""

    session: Session
    item: str
    exceptions: tuple[str, ...]
    chance: str
    site_chance: str


class Cells:
    """All cells of a plan in its order.

    Attributes
    ----------
    group, session, item, exceptions
        numbers: of the plan's group and session, into ``items`` and into ``kinds``.
    units
        how many people are expected, in units of 1 / denominator.
    theory
        whether the group sits no practical part.
    sessions, items, kinds
        the plan's sessions, the items in their order, and each list of exceptions once.
    """

    def __init__(self, plan: Mapping[str, Any]) -> None:
        groups = plan["groups"]
        sizes = [len(group["cells"]) for group in groups]
        self.sessions = [Session.of(entry) for entry in plan["sessions"]]
        self.items = sorted({group["item"] for group in groups})
        items = {item: number for number, item in enumerate(self.items)}
        kinds: dict[tuple[str, ...], int] = {}
        self.group = np.repeat(np.arange(len(groups)), sizes)
        self.session = _ints([cell["session"] for group in groups for cell in group["cells"]])
        self.units = _ints([cell["count"] for group in groups for cell in group["cells"]])
        self.exceptions = _ints(
            [
                kinds.setdefault(tuple(cell["exceptions"]), len(kinds))
                for group in groups
                for cell in group["cells"]
            ]
        )
        self.item = _ints([items[group["item"]] for group in groups])[self.group]
        self.theory: Bools = np.array([group["part"] == "theory" for group in groups], bool)[self.group]
        self.kinds = list(kinds)
        self._whole = plan["denominator"] * _ints([len(group["trainees"]) for group in groups])[self.group]

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, number: int) -> Cell:
        return Cell(
            self.sessions[self.session[number]],
            self.items[self.item[number]],
            self.kinds[self.exceptions[number]],
            self.chance[number],
            self.site_chance[number],
        )

    def write_chances(self) -> None:
        """Write all chances now, while there is time for it, and not when they are first asked for."""
        _ = self.chance, self.site_chance

    @cached_property
    def chance(self) -> pl.Series:
        """Give everybody's chance of the session, as a reduced fraction."""
        return _fractions(self.units, self._whole)

    @cached_property
    def site_chance(self) -> pl.Series:
        """Give everybody's chance of the site: what the group's cells there add up to."""
        numbers: dict[str, int] = {}
        site = _ints([numbers.setdefault(one.site_id, len(numbers)) for one in self.sessions])[self.session]
        number = distinct(self.group, site).number
        together = np.zeros(len(number), np.int64)
        np.add.at(together, number, self.units)
        return _fractions(together[number], self._whole)


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int64)


def _fractions(parts: Ints, wholes: Ints) -> pl.Series:
    """Write fractions as ``str`` writes them: reduced, whole numbers alone."""
    divisors = np.gcd(parts, wholes)
    over, under = pl.col("over"), pl.col("under")
    text = pl.when(under == 1).then(over.cast(pl.String)).otherwise(pl.concat_str(over, pl.lit("/"), under))
    return pl.DataFrame({"over": parts // divisors, "under": wholes // divisors}).select(text).to_series()
