"""Why sites are closed to groups, in tables that many groups share, and the article of each rule."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from scheduler.plan import Group
from scheduler.rules import ExamRules
from scheduler.session_rules import CROSSING, Refusals

ARTICLES = {
    "2": "cross_examination",
    "3": "cross_city",
    "sole_site": "sole_site",
    "in_school": "in_school",
    "cross_city": "cross_city.items",
}
"""The source of each rule by its number in the contract, and of each exception by its name."""


def articles(rules: ExamRules) -> dict[str, str]:
    """Give the article that each rule and each exception rests on."""
    return {name: rules.sources[key] for name, key in ARTICLES.items() if key in rules.sources}


class ClosedSites:
    """Numbers the tables of closed sites as they come; equal ones are told once.

    A table has ``institution_id`` ("" where the reasons hold whoever trained) and ``reasons``: ``rule`` as
    the contract counts, ``reason`` in words, and the ``sites`` that it closes.
    """

    def __init__(self) -> None:
        self.tables: list[dict[str, Any]] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[tuple[str, int], int] = {}

    def numbers(self, group: Group) -> list[int]:
        """Give the numbers of a group's tables."""
        found = {self._number(whose, refusals) for whose, refusals in group.closed}
        return sorted(found)

    def _number(self, whose: str, refusals: Refusals) -> int:
        key = (whose, id(refusals))
        if key not in self._known:
            named = whose if any(why.rule == CROSSING for why in refusals.values()) else ""
            content = (named, *sorted((site, why.rule, why.reason) for site, why in refusals.items()))
            if content not in self._numbers:
                self._numbers[content] = len(self.tables)
                self.tables.append(_table(named, refusals))
            self._known[key] = self._numbers[content]
        return self._known[key]


def _table(institution_id: str, refusals: Refusals) -> dict[str, Any]:
    sites: dict[tuple[int, str], list[str]] = defaultdict(list)
    for site, why in sorted(refusals.items()):
        sites[why.rule, why.reason].append(site)
    reasons = [
        {"rule": rule, "reason": reason, "sites": listed} for (rule, reason), listed in sorted(sites.items())
    ]
    return {"institution_id": institution_id, "reasons": reasons}
