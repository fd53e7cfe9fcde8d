"""The draw of a change: its plan and a seed to who sits where and who is on duty. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.documents.duty_tables import duty_tables
from scheduler.documents.tables import assignments_csv, unassigned_csv
from scheduler.draw import draw_key, placed
from scheduler.duties.files import DutySummary, held_sessions, sittings_of, summary_of
from scheduler.file_names import ASSIGNMENTS, DIFFERENCE, UNASSIGNED
from scheduler.replan.difference import difference, difference_csv
from scheduler.replan.duties import all_ended, changed_duties
from scheduler.replan.seats import reseated
from scheduler.schedule import Placement, Schedule, chance_of


@dataclass(frozen=True)
class Redrawn:
    """What came of a change: the schedule, its files by name, and what came of the duties."""

    schedule: Schedule
    files: Mapping[str, bytes]
    duties: DutySummary


def redraw(plan: Mapping[str, Any], seed: str) -> Redrawn:
    """Draw the plan of a change."""
    key = draw_key(plan, seed)
    drawn = placed(plan, key)
    placements = dict(drawn.placements)
    for group in plan["groups"]:
        for name, kept in zip(group["trainees"], group.get("kept", ()), strict="kept" in group):
            placements[name] = _kept(placements[name], kept)
    schedule = reseated(plan, Schedule(placements, drawn.unplaced), key)
    files = {ASSIGNMENTS: assignments_csv(schedule), UNASSIGNED: unassigned_csv(schedule)}
    summary, ended, begun = DutySummary(), all_ended(plan), {}
    if plan.get("staff"):
        item_of = {name: str(group["item"]) for group in plan["groups"] for name in group["trainees"]}
        duties = changed_duties(plan, held_sessions(sittings_of(schedule), item_of), key)
        files |= duty_tables(duties.drawn)
        summary, ended, begun = summary_of(plan, duties.drawn), duties.ended, duties.begun
    files[DIFFERENCE] = difference_csv(difference(plan, schedule, ended, begun))
    return Redrawn(schedule, files, summary)


def _kept(one: Placement, kept: Mapping[str, str]) -> Placement:
    return replace(
        one,
        chance=chance_of(kept["chance"]),
        site_chance=chance_of(kept["site_chance"]),
        room=kept["room"],
        seat=kept["seat"],
        group=kept["group"],
        place=kept["place"],
    )
