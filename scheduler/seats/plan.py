"""What the draw of seats needs, as it stands in the published plan: no names, no identity numbers.

Which trainees need an accessible seat is in the plan, by id, because the draw cannot be repeated without
it; what for is not. docs/privacy-and-law.md tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from scheduler.problem import Part, Problem, Room
from scheduler.trainees import SEPARATOR, Trainees

_ACCESSIBLE = "accessible"


class Numbered(NamedTuple):
    """Institutions and classes in order, and the number of each of some people's; -1 for no class."""

    institutions: list[str]
    classes: list[str]
    institution: list[int]
    own_class: list[int]


def numbered(problem: Problem, people: Sequence[str]) -> Numbered:
    """Give numbers to the institutions and classes of a batch, and those of some of its people."""
    frame = Trainees.of(problem.trainees).frame
    whose = frame.select("trainee_id", "institution_id", "class_id")
    institutions = sorted(frame["institution_id"].unique())
    # two institutions may both call a class "1班": that is two classes
    own = whose.select("class_id", "institution_id").filter(pl.col("class_id") != "").unique()
    classes = sorted(own.rows())
    number = {name: index for index, name in enumerate(institutions)}
    class_number = {named: index for index, named in enumerate(classes)}
    names = pl.DataFrame({"trainee_id": people}, {"trainee_id": pl.String})
    of_people = names.join(whose, on="trainee_id", how="left", maintain_order="left")
    numbers = (
        of_people["institution_id"].replace_strict(number, return_dtype=pl.Int64).to_list() if number else []
    )
    own_classes = (
        [class_number.get(pair, -1) for pair in of_people.select("class_id", "institution_id").iter_rows()]
        if classes
        else [-1] * len(people)
    )
    return Numbered(institutions, [name for name, _ in classes], numbers, own_classes)


def add_numbered(groups: Sequence[dict[str, Any]], of: Numbered) -> dict[str, Any]:
    """Add institution and class to the groups of a plan, ``of`` whose people they are; gives what the numbers stand for."""
    end = 0
    for group in groups:
        start, end = end, end + len(group["trainees"])
        group["institution"], group["class"] = of.institution[start:end], of.own_class[start:end]
    return {"institutions": of.institutions, "classes": of.classes}


def seating_data(problem: Problem) -> dict[str, Any]:
    """Give what a plan says of seats."""
    rules = problem.rules
    return {
        "room_size": rules.room_size,
        "columns": rules.columns,
        "accessible": _accessible(Trainees.of(problem.trainees).frame),
        "rooms": _rooms(problem),
        "stations": _stations(problem),
        "times": {
            "am": rules.times.am,
            "pm": rules.times.pm,
            "theory_minutes": rules.times.theory_minutes,
            "practical_minutes": rules.times.practical_minutes,
        },
    }


def _accessible(frame: pl.DataFrame) -> list[str]:
    """Give the ids of those who need an accessible seat, in order."""
    stated = frame.filter(pl.col("needs") != "").select("trainee_id", pl.col("needs").str.split(SEPARATOR))
    return sorted(stated.filter(pl.col("needs").list.contains(_ACCESSIBLE))["trainee_id"])


def _rooms(problem: Problem) -> list[dict[str, Any]]:
    """Give the rooms of the sites that state any; a room takes ``staffing.room_size`` people at most.

    A site of which no room states how many accessible seats it has has them in every room: the first ones, as many as are
    needed. Where one does, 0 as well, the others that state nothing have none.
    """
    by_site: dict[str, list[Room]] = defaultdict(list)
    for room in problem.rooms:
        by_site[room.site_id].append(room)
    return [
        {"site_id": site_id, "rooms": [_room(room, rooms, problem) for room in rooms]}
        for site_id, rooms in sorted(by_site.items())
    ]


def _room(room: Room, rooms: Sequence[Room], problem: Problem) -> Mapping[str, Any]:
    seats = min(room.seats, problem.rules.room_size)
    stated = any(other.accessible is not None for other in rooms)
    return {
        "room": room.room,
        "seats": seats,
        "columns": problem.rules.columns if room.columns is None else room.columns,
        "accessible": min(seats, room.accessible or 0) if stated else seats,
    }


def _stations(problem: Problem) -> list[dict[str, Any]]:
    """Give how many places are worked at once, where the places table says so; sessions as the plan numbers them."""
    if all(row.stations is None for row in problem.places):
        return []
    frame = Trainees.of(problem.trainees).frame
    items = sorted(frame.filter(pl.col("part") != Part.THEORY)["item"].unique())
    return [
        {"session": number, "item": item, "stations": stations}
        for number, session in enumerate(sorted(problem.seats))
        for item in items
        if (stations := problem.stations_for(session, item)) is not None
    ]
