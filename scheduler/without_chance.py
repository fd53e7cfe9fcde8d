"""Sites that somebody may use and has no chance of, from a published plan, which does not list them; standard library only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SHORT = "名额不足"
"""How the reason of a group begins that is short of places; then all that it may use is full."""
NO_SEATS, FULL, PUBLIC_FIRST = "各场座位数都是 0", "名额已满", "本市公共考点先排满"
PUBLIC = ("public", "authority")


@dataclass(frozen=True)
class WithoutChance:
    """A site that is open to somebody by the rules, with a chance of 0; ``why`` is "" where the plan does not tell."""

    site_id: str
    name: str
    kind: str
    why: str


class Loads:
    """Which sites of a plan are full, by what is expected; of many people the plan is added up once."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._plan = plan
        self._full: Mapping[str, str] | None = None

    def why_full(self, site_id: str) -> str:
        """Say that a site has no seats, or none left in any session; "" where it has some."""
        if self._full is None:
            self._full = dict(_full(self._plan))
        return self._full.get(site_id, "")


def _full(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sessions, unit = plan["sessions"], plan["denominator"]
    people: Counter[int] = Counter()
    for group in plan["groups"]:
        for cell in group["cells"]:
            people[cell["session"]] += cell["count"]
    days: Counter[tuple[str, str]] = Counter()
    of_site: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(sessions):
        days[one["site_id"], one["date"]] += people[number]
        of_site[one["site_id"]].append(number)
    limits = {one["site_id"]: one["day_limit"] for one in plan["sites"]}

    def is_full(number: int) -> bool:
        one, limit = sessions[number], limits[sessions[number]["site_id"]]
        whole_day = limit is not None and days[one["site_id"], one["date"]] >= limit * unit
        return whole_day or bool(people[number] >= one["seats"] * unit)

    for site_id, numbers in of_site.items():
        if not any(sessions[number]["seats"] for number in numbers):
            yield site_id, NO_SEATS
        elif all(map(is_full, numbers)):
            yield site_id, FULL


def without_chance(
    plan: Mapping[str, Any], group: Mapping[str, Any], closed: Collection[str], loads: Loads
) -> Iterator[WithoutChance]:
    """Give the sites of a plan that are neither closed to somebody of a group nor among its cells.

    Parameters
    ----------
    closed
        the sites that are closed to this one of the group. A plan that does not tell them says nothing here.
    """
    if "closed" not in group:
        return
    met = {plan["sessions"][cell["session"]]["site_id"] for cell in group["cells"]}
    for site in plan["sites"]:
        if site["site_id"] not in met and site["site_id"] not in closed:
            yield WithoutChance(site["site_id"], site["name"], site["kind"], _why(plan, group, site, loads))


def _why(plan: Mapping[str, Any], group: Mapping[str, Any], site: Mapping[str, Any], loads: Loads) -> str:
    full = loads.why_full(site["site_id"])
    if full == NO_SEATS:
        return full
    if site["kind"] not in PUBLIC and _all_at_public_sites(plan, group):
        return PUBLIC_FIRST
    short = group["unplaced"] and str(group["reason"]).startswith(SHORT)
    return FULL if short else full


def _all_at_public_sites(plan: Mapping[str, Any], group: Mapping[str, Any]) -> bool:
    """Say whether public sites, which come first, take all of a group for certain."""
    kinds = {one["site_id"]: one["kind"] for one in plan["sites"]}
    there = sum(
        Fraction(cell["chance"])
        for cell in group["cells"]
        if kinds[plan["sessions"][cell["session"]]["site_id"]] in PUBLIC
        and "cross_city" not in cell["exceptions"]
    )
    return bool(plan["rules"]["priority"]["public_first"]) and there == 1
