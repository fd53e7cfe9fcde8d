"""What planning adds to plan.json for the draw of duties."""

from __future__ import annotations

from typing import Any

from scheduler.conflicts import ConflictGraph
from scheduler.problem import Problem
from scheduler.staff.conflicts import away_data, staff_data
from scheduler.staff.needs import certainly_vacant
from scheduler.staff.vacant_by_ties import vacant_by_ties


def add_staff(content: dict[str, Any], problem: Problem) -> None:
    """Add ``staff``, ``away`` (how far districts are from sites) and ``vacant`` to a plan without digest.

    ``vacant`` is how many duties certainly nobody can do; the notes that say so join ``problems``. The staff may
    be missing from a batch: then no duties are drawn.
    """
    content["staff"] = staff_data(problem, ConflictGraph(problem))
    content["away"] = away_data(problem)
    content["vacant"], notes = certainly_vacant(content)
    content["problems"] = [*content["problems"], *notes, *vacant_by_ties(content, content["vacant"])]
