"""The published form of a plan: ``plan.json`` holds everything the draw needs and no name and no identity number.

Its digest covers all of it but the digest itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import lru_cache
from typing import Any

from common.canonical import digest
from scheduler.batch.facts_digest import FORM as LIST_FORM
from scheduler.closed_sites import ClosedSites, articles
from scheduler.plan import CapacityPlan, Group, GroupChances, Way
from scheduler.problem import Problem, Session
from scheduler.seats.plan import add_numbered, numbered, seating_data
from scheduler.staff.plan import add_staff

FORMAT = "zhengkao-plan/1"


def plan_data(
    problem: Problem,
    plan: CapacityPlan,
    version: str,
    facts_digest: str,
    kept: Sequence[dict[str, Any]] = (),
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Give the published form of a plan, with its digest.

    A change after the draw adds the groups of those who are ``kept`` where they are, and ``more`` keys.
    """
    sessions = sorted(problem.seats)
    everybody = [name for group in plan.groups for name in group.trainees]
    everybody += (name for group in kept for name in group["trainees"])
    with ThreadPoolExecutor(
        1
    ) as beside:  # very many people: what polars does leaves the interpreter to their groups
        of_people = beside.submit(numbered, problem, everybody)
        content = _facts(problem, version, facts_digest) | _planned(problem, plan, sessions)
    content["groups"] += kept
    if plan.ways:
        content["ways"] = [_way(content["groups"], way, sessions) for way in plan.ways]
    content |= more or {}
    content |= add_numbered(content["groups"], of_people.result())
    content["seating"] = seating_data(problem)
    add_staff(content, problem)
    content["digest"] = digest(content)
    return content


def _facts(problem: Problem, version: str, facts_digest: str) -> dict[str, Any]:
    """Give what a plan was made from, and by what."""
    return {
        "format": FORMAT,
        "tool": {"name": "zhengkao", "version": version},
        "rules": problem.rules.as_data(),
        "rules_title": problem.rules.title,
        "rules_digest": digest(problem.rules.as_data()),
        "list_digest": facts_digest,
        "list_form": LIST_FORM,
    }


def _planned(problem: Problem, plan: CapacityPlan, sessions: Sequence[Session]) -> dict[str, Any]:
    """Give sites, sessions and groups with everybody's chances."""
    number = {session: index for index, session in enumerate(sessions)}
    closed = ClosedSites()
    groups = [
        _group(index, group, chances, plan.denominator, number)
        | {
            "closed": closed.numbers(group),
            "reason": plan.reasons.get(index - 1, "") if chances.unplaced else "",
        }
        for index, (group, chances) in enumerate(zip(plan.groups, plan.chances, strict=True), start=1)
    ]
    return {
        "denominator": plan.denominator,
        "sites": [_site(problem, site_id) for site_id in sorted({session.site_id for session in sessions})],
        "sessions": [_session(session, problem.seats[session]) for session in sessions],
        "groups": groups,
        "closed": closed.tables,
        "articles": articles(problem.rules),
        "trainees": len(problem.trainees),
        "unplaced": str(plan.unplaced),
        "problems": list(plan.notes),
    }


def _session(session: Session, seats: int) -> dict[str, Any]:
    return {
        "site_id": session.site_id,
        "date": session.day.isoformat(),
        "half": str(session.half),
        "seats": seats,
    }


def _site(problem: Problem, site_id: str) -> dict[str, Any]:
    site = problem.sites[site_id]
    return {name: getattr(site, name) for name in ("site_id", "name", "kind", "city", "day_limit")}


def _group(
    index: int,
    group: Group,
    chances: GroupChances,
    denominator: int,
    number: Mapping[Session, int],
) -> dict[str, Any]:
    """Give a group: who is in it, each session's expected count and everybody's chance, exact."""
    size = len(group.trainees) * denominator
    cells = sorted([(number[session], count, session) for session, count in chances.counts.items() if count])
    windows = group.allowed.by_site
    return {
        "group": f"G{index:04d}",
        "item": group.item,
        "part": str(group.part),
        "district": group.district,
        "trainees": list(group.trainees),
        "cells": [
            {
                "session": place,
                "count": count,
                "chance": _fraction(count, size),
                "exceptions": list(window[session]) if window.has_exceptions else [],
            }
            for place, count, session in cells
            for window in (windows[session.site_id],)
        ],
        "unplaced": chances.unplaced,
        "reason": "",
    }


def _way(groups: Sequence[dict[str, Any]], way: Way, sessions: Sequence[Session]) -> list[list[int]]:
    """Give the counts of one way: those of a group's cells and who is without a place; who is kept is so in all ways."""
    planned = [
        [*(one.counts.get(sessions[cell["session"]], 0) for cell in group["cells"]), one.unplaced]
        for group, one in zip(groups, way.chances, strict=False)
    ]
    kept = [
        [*(cell["count"] for cell in group["cells"]), group["unplaced"]] for group in groups[len(planned) :]
    ]
    return planned + kept


@lru_cache(maxsize=1 << 14)
def _fraction(count: int, size: int) -> str:
    """Give a chance as text; in a large plan few of them come up very often."""
    return str(Fraction(count, size))
