"""From seats to the files of duties: the seam between the draw of places and the draw of duties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.documents.duty_tables import duty_tables
from scheduler.draw import draw_key
from scheduler.duties.draw import Duties, Vacancy, draw_duties
from scheduler.duties.persons import is_licensed
from scheduler.duties.posts import EXAMINER, Held
from scheduler.duties.vacancies import OVER_DATE
from scheduler.problem import Session
from scheduler.schedule import Schedule


class Sitting(NamedTuple):
    """Where one trainee sits; room or group is 0 where the part needs none."""

    trainee_id: str
    session: Session
    room: int
    group: int


class DutySummary(NamedTuple):
    """What came of the draw of duties.

    ``vacant`` is how many duties nobody does, ``loads`` how many each person has who has any; ``over_date`` names
    whom a paper that is out of date keeps from a vacant one: staff id and the last day of the paper.
    """

    vacant: int = 0
    loads: tuple[int, ...] = ()
    over_date: tuple[tuple[str, str], ...] = ()


def summary_of(plan: Mapping[str, Any], drawn: Duties) -> DutySummary:
    """Sum up the duties of a plan; who has two ids is one person."""
    person = {entry["staff_id"]: entry["person"] for entry in plan["staff"]}
    return DutySummary(
        len(drawn.vacancies),
        tuple(Counter(person[duty.staff_id] for duty in drawn.duties).values()),
        tuple(sorted({one for vacancy in drawn.vacancies for one in _over_date(plan, vacancy)})),
    )


def _over_date(plan: Mapping[str, Any], vacancy: Vacancy) -> Iterator[tuple[str, str]]:
    """Give who has the role, and of an examiner the item that the reason names, and no paper in date that day."""
    if OVER_DATE not in vacancy.reason:
        return
    skilled: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in plan["staff"]:
        items = [f"（{item}）共" in vacancy.reason for item in entry["items"]]
        if vacancy.role in entry["roles"] and (vacancy.role != EXAMINER or any(items)):
            skilled[entry["person"]].append(entry)
    for entries in skilled.values():
        if not any(is_licensed(entry, vacancy.date) for entry in entries):
            yield from ((entry["staff_id"], entry["licence_to"]) for entry in entries)


def drawn_duties(
    plan: Mapping[str, Any], schedule: Schedule, seed: str
) -> tuple[dict[str, bytes], DutySummary]:
    """Draw the duties of a plan that was drawn with a seed; gives as ``duty_files`` does."""
    return duty_files(plan, sittings_of(schedule), draw_key(plan, seed))


def sittings_of(schedule: Schedule) -> Iterator[Sitting]:
    """Give where everybody sits who has a place."""
    for name, one in schedule.placements.items():
        yield Sitting(name, one.session, int(one.room or 0), int(one.group or 0))


def duty_files(
    plan: Mapping[str, Any], sittings: Iterable[Sitting], key: bytes
) -> tuple[dict[str, bytes], DutySummary]:
    """Draw the duties; gives the files by name and what came of them.

    A plan without staff has no duties to draw: no files, none vacant.
    """
    if not plan.get("staff"):
        return {}, DutySummary()
    item_of = {name: str(group["item"]) for group in plan["groups"] for name in group["trainees"]}
    drawn = draw_duties(plan, held_sessions(sittings, item_of), key)
    return duty_tables(drawn), summary_of(plan, drawn)


def held_sessions(sittings: Iterable[Sitting], item_of: Mapping[str, str]) -> list[Held]:
    """Give the sessions as they are held, in canonical order.

    Rooms and groups are numbered from 1; of a group everybody has one item.
    """
    together: dict[Session, list[Sitting]] = defaultdict(list)
    for one in sittings:
        together[one.session].append(one)
    found = []
    for session, listed in sorted(together.items()):
        rooms = _numbered(listed, [one.room for one in listed])
        groups = [
            (item_of[who[0]] if who else "", who) for who in _numbered(listed, [one.group for one in listed])
        ]
        found.append(
            Held(session.site_id, session.day.isoformat(), str(session.half), tuple(rooms), tuple(groups))
        )
    return found


def _numbered(listed: Sequence[Sitting], numbers: Sequence[int]) -> list[tuple[str, ...]]:
    """Give who is in number 1, number 2 and so on."""
    found: dict[int, list[str]] = defaultdict(list)
    for one, number in zip(listed, numbers, strict=True):
        if number:
            found[number].append(one.trainee_id)
    return [tuple(sorted(found.get(number, ()))) for number in range(1, max(found, default=0) + 1)]
