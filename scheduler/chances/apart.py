"""Groups that have nothing to do with each other, such as those of different cities: solved by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scheduler.joining import Joining
from scheduler.plan import Group


def apart(groups: Sequence[Group]) -> list[list[int]]:
    """Part the groups into those that share no site, directly or through others; in the order of the groups."""
    joined = Joining[str]()
    firsts = []
    seen: set[tuple[str, ...]] = set()
    for group in groups:
        sites = tuple(group.allowed.by_site)
        firsts.append(sites[0] if sites else "")
        if sites not in seen:
            seen.add(sites)
            for site in sites:
                joined.join(site, sites[0])
    parts: dict[str, list[int]] = defaultdict(list)
    for number, first in enumerate(firsts):
        parts[joined.root(first)].append(number)
    return list(parts.values())
