"""Nobody is drawn into what is over: such sessions are closed, in the facts and in the published table, before the plan is made."""

from __future__ import annotations

import hashlib

from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.replan.chain.parent import Parent
from scheduler.replan.chain.touch_kinds import LEAVING
from scheduler.replan.changes.over import Moments, closed_to_others, too_late
from scheduler.replan.changes.table import Changes
from scheduler.replan.codes import announced_leave_key, leave_key
from scheduler.replan.touched import sort_out


def closed(parent: Parent, changes: Changes, code: str, moments: Moments, *, announced: bool) -> Changes:
    """Give the changes with every session closed that will have begun when the lots are drawn.

    Who stays there is known before anything is closed. Of an announced change these are those who stay in the end: its key of
    leaving does not depend on the table. Of one drawn at once nobody leaves such a session: ``refuse_leaving`` sees to it.
    """
    problem = changes.problem
    late = too_late(problem, moments)
    if not late:
        return changes
    key = key_of_leaving(parent, changes, code, announced=announced)
    found = sort_out(parent, changes, Eligibility(problem, ConflictGraph(problem)), key)
    left = {parent.placements[name].session for name, one in found.touched.items() if one.kind in LEAVING}
    return closed_to_others(changes, late, (one.session for one in found.kept.values()), left)


def key_of_leaving(parent: Parent, changes: Changes, code: str, *, announced: bool) -> bytes:
    """Give the key of the tickets by which people leave what has become too small."""
    if announced:
        return announced_leave_key(code, parent.record["seed"])
    return leave_key(code, parent.record["digest"], hashlib.sha256(changes.csv()).hexdigest())
