"""What the plan of a change holds beside an ordinary plan: who is kept where, who is touched and why.

With it and the substitute code the change is drawn; verifying needs the plans and records of the chain and
nothing else. docs/draw-specification.md, section "Changes".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from scheduler.problem import Problem, Session
from scheduler.replan.chain.parent import Parent, placement_data, session_data
from scheduler.replan.touched import Sorted
from scheduler.schedule import Placement


def kept_groups(
    problem: Problem, found: Sorted, denominator: int, no_seat: Iterable[str]
) -> list[dict[str, Any]]:
    """Give those who stay as groups with one session each, which the draw gives them for certain.

    ``kept`` holds what each has; who is named in ``no_seat`` keeps the session and loses room and seat.
    """
    number = {session: index for index, session in enumerate(sorted(problem.seats))}
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for name, one in sorted(found.kept.items()):
        trainee = problem.trainees[name]
        key = (trainee.item, str(trainee.part), trainee.district, number[one.session], one.exceptions)
        alike[key].append(name)
    lost = frozenset(no_seat)
    return [
        {
            "group": f"K{index:04d}",
            "item": item,
            "part": part,
            "district": district,
            "trainees": names,
            "cells": [
                {
                    "session": session,
                    "count": len(names) * denominator,
                    "chance": "1",
                    "exceptions": list(exceptions),
                }
            ],
            "unplaced": 0,
            "closed": [],
            "reason": "",
            "kept": [_kept(found.kept[name], lost) for name in names],
        }
        for index, ((item, part, district, session, exceptions), names) in enumerate(
            sorted(alike.items()), start=1
        )
    ]


def _kept(one: Placement, no_seat: frozenset[str]) -> dict[str, str]:
    seat = ("", "") if one.trainee_id in no_seat else (one.room, one.seat)
    return {
        "room": seat[0],
        "seat": seat[1],
        "group": one.group,
        "place": one.place,
        "chance": str(one.chance),
        "site_chance": str(one.site_chance),
    }


def change_data(
    problem: Problem,
    parent: Parent,
    found: Sorted,
    changes_digest: str,
    no_seat: Sequence[str],
    over: Collection[Session],
) -> dict[str, Any]:
    """Give the plan's ``change``; ``over`` are the sessions that have begun when the lots are drawn."""
    number = {session: index for index, session in enumerate(sorted(problem.seats))}
    return {
        "number": parent.number + 1,
        "parent": parent.record["digest"],
        "changes_digest": changes_digest,
        "touched": [
            {"trainee_id": name, "kind": str(one.kind), "reason": one.reason, **_before(parent, name)}
            for name, one in sorted(found.touched.items())
        ],
        "other_exceptions": [
            {"trainee_id": name, **_before(parent, name)}
            for name, one in sorted(found.kept.items())
            if one.exceptions != parent.placements[name].exceptions
        ],
        "lost_seats": [{"trainee_id": name, **_before(parent, name)} for name in no_seat],
        "clashes": [list(one) for one in found.clashes],
        "places": [
            {"session": number[session], "item": item, "places": places}
            for (session, item), places in sorted(found.limits.places.items())
        ],
        "impossible": [
            {"trainee_id": name, **session_data(session)}
            for name, sessions in found.impossible.items()
            for session in sessions
        ],
        "duties": [
            {"staff_id": one.staff_id, "role": one.role, "site_id": one.site_id, "date": one.date,
             "half": one.half, "room": one.room}
            for one in parent.duties
        ],
        "substitutes": [
            {"site_id": one.site_id, "date": one.date, "half": one.half, "role": one.role, "order": one.order,
             "staff_id": one.staff_id}
            for one in parent.substitutes
        ],
        **({"over": [number[session] for session in sorted(over)]} if over else {}),
    }  # fmt: skip


def _before(parent: Parent, name: str) -> Mapping[str, Any]:
    """Give where somebody sat before; null for nowhere."""
    one = parent.placements.get(name)
    return {"before": None if one is None else placement_data(one)}
