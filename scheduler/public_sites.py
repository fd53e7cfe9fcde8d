"""Which sites are public ones of whose own city: as many as possible sit there (rule 4)."""

from __future__ import annotations

from scheduler.allowed import Window
from scheduler.plan import Group
from scheduler.problem import Problem
from scheduler.session_rules import CROSS_CITY

_PUBLIC = ("public", "authority")


def is_public_window(problem: Problem, site_id: str, window: Window) -> bool:
    """Say whether a site is a public or authority one of the own city of those who may use this window of it."""
    # of a city all sessions of a site are
    return problem.sites[site_id].kind in _PUBLIC and CROSS_CITY not in window.exceptions[0]


def is_public_site(problem: Problem, group: Group, site_id: str) -> bool:
    """Say so of a site that a group may use."""
    return is_public_window(problem, site_id, group.allowed.by_site[site_id])
