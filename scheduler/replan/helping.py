"""Who has no place after a change, and what would give them one: the next change, tried out.

Those who were drawn stay where they are: a remedy that would move one of them is none. Nor is a session at a site that has
given up a session of that day, or all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.documents.remedies import remedies_data
from scheduler.eligibility import Eligibility
from scheduler.folder import PLAN_FILE, read_json
from scheduler.problem import Problem, Session
from scheduler.remedy.changes import Change
from scheduler.remedy.remedies import find_remedies
from scheduler.replan.parent import CHAIN, Parent, session_of
from scheduler.replan.residual import ResidualEligibility, barred, residual
from scheduler.replan.table import Changes
from scheduler.replan.touched import WAITING, sort_out

_NO_KEY = bytes(32)  # nobody has to leave, so no ticket is drawn


def remedies_after(drawn: Parent, problem: Problem) -> dict[str, Any] | None:
    """Give who has no place in a changed folder and what would help, as ``documents.remedies.remedies_data``.

    None where everybody has one, or the folder does not fit the facts.

    Parameters
    ----------
    problem
        the facts that it was drawn on.
    """
    ground = _waiting(drawn, problem, _given_up(drawn, problem))
    if ground is None or not drawn.unplaced:
        return None
    plan = plan_chances(ground.left, ground.eligibility)
    data = remedies_data(ground.left, plan, find_remedies(ground, plan), str(drawn.plan["digest"]))
    return data | {"change": drawn.number, "trainees": len(problem.trainees)}


@dataclass(frozen=True)
class _Waiting:
    """Those without a place are to be placed on what the others leave."""

    drawn: Parent
    given_up: Collection[tuple[str, dt.date | None]]
    problem: Problem
    left: Problem
    eligibility: Eligibility

    def may_hold(self, session: Session) -> bool:
        """Say whether the site has given up no session of that day, and not all of its sessions."""
        return not {(session.site_id, session.day), (session.site_id, None)} & set(self.given_up)

    def changed(self, change: Change) -> _Waiting | None:
        """Give the ground of the next change; None where it would touch somebody who has a place."""
        return _waiting(self.drawn, change.applied(self.problem), self.given_up)


def _waiting(
    drawn: Parent, problem: Problem, given_up: Collection[tuple[str, dt.date | None]]
) -> _Waiting | None:
    graph = ConflictGraph(problem)
    found = sort_out(drawn, Changes(problem), Eligibility(problem, graph), _NO_KEY)
    if any(one.kind != WAITING for one in found.touched.values()):
        return None
    eligibility = ResidualEligibility(problem, graph, barred=barred(problem, found))
    return _Waiting(drawn, given_up, problem, residual(problem, found), eligibility)


def _given_up(drawn: Parent, problem: Problem) -> set[tuple[str, dt.date | None]]:
    """Give sites and days of sessions that the chain had and that are gone; no day for a site that has none left."""
    plans = [read_json(drawn.folder / CHAIN / str(link) / PLAN_FILE, "") for link in range(drawn.number)]
    gone = {session_of(one) for plan in plans for one in plan["sessions"]} - problem.seats.keys()
    held = {session.site_id for session in problem.seats}
    return {(one.site_id, one.day if one.site_id in held else None) for one in gone}
