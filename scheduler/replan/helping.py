"""Who has no place after a change, and what would give them one: the next change, tried out.

Those who were drawn stay where they are: a remedy that would move one of them is none. Nor is one that takes back what the
changes gave up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import remedies_data
from scheduler.eligibility import Eligibility
from scheduler.plan import Limit
from scheduler.problem import Problem, Session
from scheduler.remedy.changes import Change
from scheduler.remedy.remedies import find_remedies
from scheduler.replan.chain.parent import Parent
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.replan.changes.given_up import GivenUp, given_up
from scheduler.replan.changes.over import Moments
from scheduler.replan.changes.table import Changes
from scheduler.replan.residual import ResidualEligibility, barred, residual
from scheduler.replan.touched import sort_out
from scheduler.schedule import Placement, chance_of

_NO_KEY = bytes(32)  # nobody has to leave, so no ticket is drawn


def remedies_after(drawn: Parent, problem: Problem) -> dict[str, Any] | None:
    """Give who has no place in a changed folder and what would help, as ``documents.remedies.remedies_data``.

    None where everybody has one, or the folder does not fit the facts.

    Parameters
    ----------
    problem
        the facts that it was drawn on.
    """
    if not drawn.unplaced:
        return None
    at = dt.datetime.fromisoformat(drawn.record["drawn_at"])
    return _remedies(drawn, problem, Moments(at, at))


def _remedies(drawn: Parent, problem: Problem, moments: Moments) -> dict[str, Any] | None:
    ground = _waiting(drawn, problem, given_up(drawn, problem), moments)
    if ground is None:
        return None
    plan = plan_chances(ground.left, ground.eligibility)
    data = remedies_data(ground.left, plan, find_remedies(ground, plan), str(drawn.plan["digest"]))
    return data | {"change": drawn.number, "trainees": len(problem.trainees)}


def remedies_before(
    folder: Path, plan: Mapping[str, Any], problem: Problem, moments: Moments
) -> dict[str, Any] | None:
    """Give the same of a change that is planned and not drawn yet: all who are drawn have no place so far.

    None where everybody will have one.
    """
    drawn = {name: "" for group in plan["groups"] if "kept" not in group for name in group["trainees"]}
    record = {"change_number": plan["change"]["number"]}
    short = plan["unplaced"] != "0"
    return (
        _remedies(Parent(folder, plan, record, dict(_kept(plan)), drawn, (), ()), problem, moments)
        if short
        else None
    )


def _kept(plan: Mapping[str, Any]) -> Iterator[tuple[str, Placement]]:
    """Give where everybody sits whom the change leaves alone."""
    for group in plan["groups"]:
        for name, one in zip(group["trainees"], group.get("kept", ()), strict="kept" in group):
            cell = group["cells"][0]
            yield (
                name,
                Placement(
                    name,
                    Session.of(plan["sessions"][cell["session"]]),
                    tuple(cell["exceptions"]),
                    chance_of(one["chance"]),
                    chance_of(one["site_chance"]),
                    one["room"],
                    one["seat"],
                    one["group"],
                    one["place"],
                ),
            )


@dataclass(frozen=True)
class _Waiting:
    """Those without a place are to be placed on what the others leave."""

    drawn: Parent
    gone: GivenUp
    problem: Problem
    left: Problem
    eligibility: Eligibility
    moments: Moments

    def may_hold(self, session: Session) -> bool:
        """Say whether there may be such a session more."""
        over = self.moments.is_too_late(session, self.problem.rules.times)
        return not over and self.gone.may_hold(session)

    def may_grow(self, limit: Limit) -> bool:
        """Say whether a limit may be greater."""
        return self.moments.may_grow(limit, self.problem.rules.times) and self.gone.may_grow(limit)

    def changed(self, change: Change) -> _Waiting | None:
        """Give the ground of the next change; None where it would touch somebody who has a place."""
        return _waiting(self.drawn, change.applied(self.problem), self.gone, self.moments)


def _waiting(drawn: Parent, problem: Problem, gone: GivenUp, moments: Moments) -> _Waiting | None:
    graph = ConflictGraph(problem)
    found = sort_out(drawn, Changes(problem), Eligibility(problem, graph), _NO_KEY)
    if any(one.kind != Kind.WAITING for one in found.touched.values()):
        return None
    eligibility = ResidualEligibility(problem, graph, barred=barred(problem, found))
    return _Waiting(drawn, gone, problem, residual(problem, found), eligibility, moments)
