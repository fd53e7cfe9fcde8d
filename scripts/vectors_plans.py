"""Plans with all that a draw looks at, made from choices without planning, so that hundreds take a second.

For the published vectors, and for tests that hold the two implementations of the draw against each other. They hold
together, but nobody planned them: what is in them is there to be difficult. Everybody is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from examples_dice import Dice

from common.canonical import digest

SITES = ("甲", "乙", "\uff21", "\U00020000", 'A,"1"')
DATES = ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02")
HALVES = ("am", "pm")
ITEMS = ("电工", "\uff21焊", "\U00020000工", "a,b")
INSTITUTIONS = ("I1", "I2", "\U00020000", "\uff21", "")
MANY = (0, 0, 0, 0, 0, 1, 1, 2, 3, 4)
"""Of which institution people are: of the first, most."""
DISTRICTS = ("", "东区", "西区")
ROLES = ("invigilator", "examiner", "patrol")
LETTERS = ("W", "\uff37", "\U00020000")


def whole_plan(dice: Dice, most_groups: int = 7) -> dict[str, Any]:
    """Give a plan with its digest."""
    sessions = _sessions(dice)
    groups = _groups(
        dice, dice.below(most_groups) + 1, denominator := dice.pick([1, 2, 3, 12]), len(sessions)
    )
    trainees = [name for group in groups for name in group["trainees"]]
    plan = {
        "denominator": denominator,
        "sessions": sessions,
        "groups": groups,
        "institutions": list(INSTITUTIONS),
        "classes": ["1班", "1班", "2班"],
        "seating": _seating(dice, trainees),
        "rules": {"staffing": _staffing(dice)},
        "staff": _staff(dice, trainees),
        "away": {
            district: {site: dice.pick([0, 0, 3, 20]) for site in _some(dice, SITES, 3)}
            for district in _some(dice, DISTRICTS, 2)
        },
    }
    return plan | {"digest": digest(plan)}


def in_ways(plan: dict[str, Any], dice: Dice) -> dict[str, Any]:
    """Give a plan with two or three ways whose mean it is: in the first people are moved, in the second the other way round."""
    first, second, third = [], [], []
    for group in plan["groups"]:
        counts = [*(cell["count"] for cell in group["cells"]), group["unplaced"]]
        moved = [0] * len(counts)
        for _ in range(1 + dice.below(3)):
            one, other = dice.below(len(counts)), dice.below(len(counts))
            most = min(counts[one] - abs(moved[one]), counts[other] - abs(moved[other]))
            amount = dice.below(most + 1)
            moved[one] += amount
            moved[other] -= amount
        first.append([count + more for count, more in zip(counts, moved, strict=True)])
        second.append([count - more for count, more in zip(counts, moved, strict=True)])
        third.append(counts)
    rest = {key: value for key, value in plan.items() if key != "digest"}
    content = rest | {"ways": [first, second, *([third] if dice.chance(50) else [])]}
    return content | {"digest": digest(content)}


def _some(dice: Dice, options: Sequence[Any], count: int) -> list[Any]:
    """Give so many of the options, none twice."""
    return dice.shuffled(options)[:count]


def _sessions(dice: Dice) -> list[dict[str, Any]]:
    sites, dates = _some(dice, SITES, 1 + dice.below(4)), DATES[: 1 + dice.below(4)]
    possible = [(site, date, half) for site in sites for date in dates for half in HALVES]
    count = dice.pick([len(possible), 1 + dice.below(len(possible))])
    return [
        {"site_id": site, "date": date, "half": half} for site, date, half in _some(dice, possible, count)
    ]


def _groups(dice: Dice, count: int, denominator: int, sessions: int) -> list[dict[str, Any]]:
    groups = []
    for number in range(count):
        people = 1 + dice.below(12)
        whole = denominator * people
        cuts = sorted(dice.below(whole + 1) for _ in range(dice.below(7)))
        counts = [end - start for start, end in zip([0, *cuts], [*cuts, whole], strict=True)]
        *counts, unplaced = counts if dice.chance(30) else [*counts, 0]
        group = {
            "group": f"G{number}",
            "item": dice.pick(ITEMS),
            "part": dice.pick(["both", "both", "theory", "practical"]),
            "trainees": [f"X{number}-{one}" for one in _some(dice, range(20), people)],
            "institution": [dice.pick(MANY) for _ in range(people)],
            "class": [dice.below(4) - 1 for _ in range(people)],
            "cells": [
                {
                    "session": dice.below(sessions),
                    "count": part,
                    "chance": f"{part}/{whole}",
                    "exceptions": dice.pick([[], [], ["sole_site"], ["cross_city", "in_school"]]),
                }
                for part in counts
            ],
            "unplaced": unplaced,
            "reason": '名额不足，"满"',
        }
        groups.append(group)
    return groups


def _seating(dice: Dice, trainees: Sequence[str]) -> dict[str, Any]:
    rooms = []
    for site in _some(dice, SITES, dice.below(5)):
        stated = []
        for number in range(1 + dice.below(4)):
            room = {"room": f"{number}号", "seats": (seats := dice.below(10)), "columns": 1 + dice.below(4)}
            stated.append(room | {"accessible": dice.pick([0, seats, dice.below(seats + 1)])})
        rooms.append({"site_id": site, "rooms": stated})
    return {
        "room_size": dice.pick([1, 2, 3, 5, 30]),
        "columns": 1 + dice.below(5),
        "accessible": _some(dice, trainees, dice.below(7)),
        "rooms": rooms,
        "stations": [],
        "times": {"am": "09:00", "pm": "14:30", "theory_minutes": 120, "practical_minutes": 60},
    }


def _staffing(dice: Dice) -> dict[str, int]:
    return {
        "invigilators_per_room": dice.pick([0, 1, 1, 2, 3]),
        "examiners_per_item": dice.pick([0, 1, 1, 2]),
        "patrols_per_site": dice.pick([0, 1, 1, 2]),
        "substitutes": dice.below(4),
        "halves_running": 1 + dice.below(3),
    }


def _staff(dice: Dice, trainees: Sequence[str]) -> list[dict[str, Any]]:
    """Give nobody, few or many; some persons have several entries, and all that keeps people away comes up."""
    said = dice.pick([0, 2, 10, 40])  # how often, of a hundred, something is said of somebody
    entries: list[dict[str, Any]] = []
    for number in range(dice.pick([0, 4, 12, 30])):
        staff_id = f"{dice.pick(LETTERS)}{number}"
        entry = {
            "staff_id": staff_id,
            "person": dice.pick(entries)["person"] if entries and dice.chance(10) else staff_id,
            "roles": _some(dice, ROLES, dice.pick([1, 1, 2, 3])) if said else ["invigilator"],
            "items": _some(dice, ITEMS, dice.below(5)),
            "district": dice.pick(DISTRICTS),
            "licence_to": dice.pick(DATES) if dice.chance(said) else None,
            "max_duties": dice.below(6) if dice.chance(said) else None,
            "unavailable": [_absence(dice) for _ in range(2) if dice.chance(said)],
            "sits_as": _some(dice, trainees, 1) if dice.chance(said) else [],
            "conflicts": [_conflict(dice, trainees) for _ in range(3) if dice.chance(said)],
        }
        entries.append(entry)
    return dice.shuffled(entries)


def _absence(dice: Dice) -> dict[str, Any]:
    start, end = sorted([dice.pick(DATES), dice.pick(DATES)])
    return {"from": start, "to": end, "half": dice.pick([None, *HALVES])}


def _conflict(dice: Dice, trainees: Sequence[str]) -> dict[str, Any]:
    kind = dice.pick(["all", "site", "institution", "institution", "trainee"])
    names = {"all": [""], "site": SITES, "institution": INSTITUTIONS, "trainee": trainees}[kind]
    start, end = (dice.pick([None, None, *DATES]) for _ in range(2))
    return {"kind": kind, "id": dice.pick(names), "from": start, "to": end}
