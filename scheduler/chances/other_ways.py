"""What groups have in other ways to part a person's times: the cap and evenness are judged of all ways together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.numbers import Ints
from scheduler.plan import Group, GroupChances


class Others(NamedTuple):
    """Units of flow that groups, in their order, have in all other ways together.

    ``ways`` is how many those are, ``at`` what each group has at each site.
    """

    ways: int
    at: Sequence[Counter[str]]
    unplaced: Ints

    @classmethod
    def of(cls, groups: Sequence[Group], listed: Sequence[Sequence[GroupChances]], ways: int) -> Others:
        """Add up the chances of other ways; the groups may use what they may use in some way."""
        at: list[Counter[str]] = [Counter() for _ in groups]
        unplaced = np.zeros(len(groups), np.int64)
        for chances in listed:
            unplaced += np.array([one.unplaced for one in chances], np.int64)
            for sites, one in zip(at, chances, strict=True):
                sites.update(one.by_site())
        return cls(ways, at, unplaced)
