"""The draw of a large plan on arrays: the same bytes as the plain form, in a fraction of the time.

``scheduler.draw`` and ``scheduler.seats`` are what docs/draw-specification.md describes; a test holds this form against
them. The rounding is shared: it is the same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl

from scheduler.documents.tables import unassigned_csv
from scheduler.draw import TICKET_TAG, draw_key, rounding_dice
from scheduler.file_names import ASSIGNMENTS, UNASSIGNED
from scheduler.large_draw.cells import Cells
from scheduler.large_draw.counts import whole_counts
from scheduler.large_draw.ordering import order_by
from scheduler.large_draw.people import People
from scheduler.large_draw.placements import LargeSchedule, Placements
from scheduler.large_draw.seats import seated
from scheduler.large_draw.tickets import ranked_meanwhile
from scheduler.numbers import Ints
from scheduler.record import Drawn, plainly
from scheduler.tickets import SEAT_TAG
from scheduler.ways import drawn_way

LARGE = 20_000
"""People above whom a plan is drawn on arrays."""
_MOST_UNITS = np.iinfo(np.int64).max  # all people together, in units of 1 / denominator; no sum is more


def draw_large(plan: Mapping[str, Any], seed: str) -> tuple[LargeSchedule, dict[str, int]]:
    """Draw a plan with seats; gives the schedule and the summary of the seats."""
    key = draw_key(plan, seed)
    people = People(plan)
    tags = TICKET_TAG, SEAT_TAG
    with ranked_meanwhile(people.names, tags, key) as ranked, ThreadPoolExecutor(1) as beside:
        cells = Cells(plan)
        # the rounding is plain Python; what polars does meanwhile leaves the interpreter to it
        ordered, written = beside.submit(_by_id, people), beside.submit(cells.write_chances)
        whole = _whole(plan, cells, key)
        turn, ticket = ranked.result()
        order, _ = ordered.result(), written.result()
    cell = _placed(plan, people, cells, whole, turn)
    session = np.append(cells.session, -1)[cell]  # -1 is the last: nobody's
    seats = seated(plan, people, session, ticket)
    group, place = _groups(people, session, ticket)
    frame = pl.DataFrame(
        {"trainee_id": people.names, "cell": cell, "room": seats.room, "seat": seats.seat, "group": group, "place": place}
    )  # fmt: skip
    placements = Placements(frame[order].filter(pl.col("cell") >= 0), cells)
    unplaced = {
        people.names[one]: plan["groups"][people.group[one]]["reason"] for one in np.flatnonzero(cell < 0)
    }
    return LargeSchedule(placements, unplaced), seats.summary


def drawn(plan: Mapping[str, Any], seed: str) -> Drawn:
    """Draw a plan in the form that suits its size."""
    people = sum(len(group["trainees"]) for group in plan["groups"])
    if "seating" not in plan or people <= LARGE or people * plan["denominator"] > _MOST_UNITS:
        return plainly(plan, seed)
    schedule, summary = draw_large(plan, seed)
    return Drawn(schedule, {ASSIGNMENTS: schedule.csv(), UNASSIGNED: unassigned_csv(schedule)}, summary)


def _by_id(people: People) -> Ints:
    """Give the numbers of all people in the order of their ids, by code points."""
    return pl.Series(people.names, dtype=pl.String).arg_sort().cast(pl.Int64).to_numpy()


def _whole(plan: Mapping[str, Any], cells: Cells, key: bytes) -> Ints:
    """Give how many people each cell gets, in the way that is drawn where there are several."""
    way = drawn_way(plan, key)
    return whole_counts(way, cells if way is plan else Cells(way), rounding_dice(key))


def _placed(plan: Mapping[str, Any], people: People, cells: Cells, whole: Ints, ticket: Ints) -> Ints:
    """Give the number of everybody's cell; -1 for those without a place."""
    order = order_by(people.group, ticket)
    people_of = np.bincount(people.group, minlength=len(plan["groups"]))
    sizes = np.bincount(cells.group, minlength=len(plan["groups"]))
    placed = np.zeros_like(people_of)
    np.add.at(placed, cells.group, whole)
    # after the cells of each group come those who are left
    numbers = np.insert(np.arange(len(whole)), np.cumsum(sizes), -1)
    counts = np.insert(whole, np.cumsum(sizes), people_of - placed)
    cell = np.empty(len(order), np.int64)
    cell[order] = np.repeat(numbers, counts)
    return cell


def _groups(people: People, session: Ints, ticket: Ints) -> tuple[Ints, Ints]:
    """Give group and place of everybody who sits the practical part, from 1: who sits no theory goes first."""
    group, place = np.zeros(len(session), np.int64), np.zeros(len(session), np.int64)
    working = np.flatnonzero(people.practical & (session >= 0))
    order = working[order_by(session[working], people.item[working], people.theory[working], ticket[working])]
    at, item = session[order], people.item[order]
    opens = np.concatenate([[True], at[1:] != at[:-1]])[: len(order)]
    begins = opens | np.concatenate([[True], item[1:] != item[:-1]])[: len(order)]
    numbers = np.cumsum(begins)
    group[order] = numbers - np.maximum.accumulate(np.where(opens, numbers - 1, 0))
    rows = np.arange(len(order))
    place[order] = rows - np.maximum.accumulate(np.where(begins, rows, 0)) + 1
    return group, place
