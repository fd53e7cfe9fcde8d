"""Sites that a schedule made by hand tells by their names: read as the ids of the batch, where only one has the name."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from scheduler.batch.meant import by_name
from scheduler.problem import Problem


def named_sites(problem: Problem) -> Mapping[str, str]:
    """Give the ids of sites by their names; what is an id itself, or the name of two sites, is nobody's name."""
    named = by_name(problem.sites.values())
    return {name: site_id for name, site_id in named.items() if name and name not in problem.sites}


def told_by_name(sites: AbstractSet[str], problem: Problem, called: Mapping[str, str]) -> bool:
    """Say whether a schedule tells a site that is not known by its id, and is by its name."""
    return not (sites - problem.sites.keys()).isdisjoint(called)
