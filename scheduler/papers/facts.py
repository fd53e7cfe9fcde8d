"""What the papers are made of: a drawn folder's plan, record, placements and duties, read and put in order."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from common.dates import CHINA
from common.errors import InputError
from scheduler.file_names import (
    ANNOUNCEMENT_FILE,
    ASSIGNMENTS,
    CHAIN,
    DRAW_FILE,
    DUTIES,
    PLAN_FILE,
    SUBSTITUTES,
    UNASSIGNED,
    VACANCIES,
)
from scheduler.folder import is_whole, read_json
from scheduler.papers import rows
from scheduler.papers.post_hours import Hours, Post, post_hours
from scheduler.papers.rows import Duty, Sitting, Substitute, Vacancy
from scheduler.problem import Part, Session
from scheduler.rules import load_rules
from scheduler.schedule import Placement, Schedule
from scheduler.seats.summary import without_accessible_seat
from scheduler.seats.times import ExamTimes, exam_times

T = TypeVar("T")


@dataclass(frozen=True)
class Facts:
    """A drawn schedule with its plan and record; no names and no numbers."""

    plan: Mapping[str, Any]
    draw: Mapping[str, Any]
    announcement: Mapping[str, Any]
    sittings: tuple[Sitting, ...]
    unassigned: Mapping[str, str]
    duties: tuple[Duty, ...]
    substitutes: tuple[Substitute, ...]
    vacancies: tuple[Vacancy, ...] = ()
    replaced: dt.datetime | None = None
    """When what a change replaces was drawn, in China's time; None for a first draw, or where the chain is not there."""

    @cached_property
    def group_of(self) -> dict[str, Mapping[str, Any]]:
        """Give each trainee's group of the plan."""
        return {trainee: group for group in self.plan["groups"] for trainee in group["trainees"]}

    @cached_property
    def sites(self) -> dict[str, Mapping[str, Any]]:
        """Give the plan's sites by id."""
        return {site["site_id"]: site for site in self.plan["sites"]}

    @cached_property
    def _person_of(self) -> Mapping[str, str]:
        return {entry["staff_id"]: entry["person"] for entry in self.plan.get("staff", [])}

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Give the sessions somebody sits in, in order."""
        return tuple(sorted({one.session for one in self.sittings}))

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """Give the days somebody sits on, in order."""
        return tuple(sorted({session.day for session in self.sessions}))

    @cached_property
    def room_names(self) -> Mapping[str, list[str]]:
        """Give what a site calls its rooms, in the order of their numbers, where the batch states them."""
        stated = self.plan.get("seating", {}).get("rooms", [])
        return {entry["site_id"]: [str(room["room"]) for room in entry["rooms"]] for entry in stated}

    @cached_property
    def times(self) -> Mapping[str, ExamTimes]:
        """Give when each trainee's parts begin and end; nobody's for a plan without seats."""
        return exam_times(self.plan, self._schedule)

    @cached_property
    def needing(self) -> frozenset[str]:
        """Give who needs an accessible seat."""
        return frozenset(self.plan.get("seating", {}).get("accessible", ()))

    @cached_property
    def unserved(self) -> frozenset[str]:
        """Give who needs an accessible seat for the theory and was drawn none."""
        return frozenset(without_accessible_seat(self.plan, self._schedule))

    @cached_property
    def _schedule(self) -> Schedule:
        placed = {
            one.trainee_id: Placement(
                one.trainee_id, one.session, one.exceptions, None, None,
                *(str(number or "") for number in (one.room, one.seat, one.group, one.place)),
            )
            for one in self.sittings
        }  # fmt: skip
        return Schedule(placed, {})

    @cached_property
    def hours(self) -> Mapping[Post, Hours]:
        """Give when the work of each post begins and is over; of none for a plan without seats."""
        return post_hours(self.sittings, self.times)

    def person(self, staff_id: str) -> str:
        """Give the first id of the person who has a staff id: people may have several."""
        return self._person_of.get(staff_id, staff_id)

    def item(self, trainee_id: str) -> str:
        """Give what a trainee is examined in."""
        return str(self.group_of[trainee_id]["item"])

    def part(self, trainee_id: str) -> Part:
        """Give which part a trainee sits."""
        return Part(self.group_of[trainee_id]["part"])

    @property
    def moment(self) -> dt.datetime:
        """Give when it was drawn: the moment every paper states, in China's time: the same draw gives the same bytes."""
        return dt.datetime.fromisoformat(str(self.draw["drawn_at"])).astimezone(CHINA)


def read_facts(folder: Path) -> Facts:
    """Read a drawn folder.

    Raises
    ------
    InputError
        it was not drawn, a file of it was changed since, or a row of it cannot be.
    """
    plan = _whole(folder / PLAN_FILE, "请先用 zhengkao exam plan 做出计划。")
    draw = _whole(folder / DRAW_FILE, "请先用 zhengkao exam draw 抽签。")
    if draw.get("plan_digest") != plan.get("digest"):
        raise InputError(f"{DRAW_FILE}：抽签记录对应的是另一份计划，不能写出材料。")
    plan["rules"] = load_rules().as_data() | plan["rules"]  # an older plan does not state hours and notice
    announced = (folder / ANNOUNCEMENT_FILE).exists()
    facts = Facts(
        plan=plan,
        draw=draw,
        announcement=read_json(folder / ANNOUNCEMENT_FILE, "") if announced else {},
        sittings=tuple(sorted(_rows(folder, ASSIGNMENTS, draw, rows.sitting))),
        unassigned=dict(_rows(folder, UNASSIGNED, draw, lambda row: (row["trainee_id"], row["reason"]))),
        duties=tuple(sorted(_rows(folder, DUTIES, draw, rows.duty))),
        substitutes=tuple(sorted(_rows(folder, SUBSTITUTES, draw, rows.substitute))),
        vacancies=tuple(sorted(_rows(folder, VACANCIES, draw, rows.vacancy))),
        replaced=_replaced(folder, draw),
    )
    _known(facts)
    return facts


def _replaced(folder: Path, draw: Mapping[str, Any]) -> dt.datetime | None:
    """Give when the draw was made that a change changed, from its record in the chain."""
    path = folder / CHAIN / str(int(draw.get("change_number", 0)) - 1) / DRAW_FILE
    if not path.is_file():
        return None
    earlier = _whole(path, "")
    if earlier["digest"] != draw.get("parent"):
        raise InputError(f"{path}：不是这次变更所接着的抽签记录，不能写出材料。")
    return dt.datetime.fromisoformat(str(earlier["drawn_at"])).astimezone(CHINA)


def _whole(path: Path, advice: str) -> dict[str, Any]:
    content = read_json(path, advice)
    if not is_whole(content):
        raise InputError(f"{path.name}：摘要不符，写出之后被改动过，不能据此写出材料。")
    return content


def _known(facts: Facts) -> None:
    """Refuse placements of strangers and at unknown sites: nobody could print them."""
    seen: set[str] = set()
    for one in facts.sittings:
        if one.trainee_id not in facts.group_of or one.session.site_id not in facts.sites:
            raise InputError(
                f"{ASSIGNMENTS}：有计划里没有的考生或考点，不能写出材料。请用 zhengkao exam verify 复核。"
            )
        if one.trainee_id in seen:
            raise InputError(f"{ASSIGNMENTS}：有考生出现两次，不能写出材料。请用 zhengkao exam verify 复核。")
        seen.add(one.trainee_id)
    tables = ((DUTIES, facts.duties), (SUBSTITUTES, facts.substitutes), (VACANCIES, facts.vacancies))
    for name, listed in tables:
        if any(one.session.site_id not in facts.sites for one in listed):
            raise InputError(f"{name}：有计划里没有的考点，不能写出材料。")


def _rows(
    folder: Path, name: str, draw: Mapping[str, Any], build: Callable[[Mapping[str, str]], T]
) -> Iterator[T]:
    """Read a table of the draw; one that does not exist has no rows, one that was changed is refused."""
    path = folder / name
    if not path.exists():
        if name == ASSIGNMENTS:
            raise InputError(f"{path}：没有这个文件。请先用 zhengkao exam draw 抽签。")
        return
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{name}：读不了，应为 UTF-8 文本。") from None
    stated = draw.get("files", {}).get(name)
    if stated is not None and stated != hashlib.sha256(content).hexdigest():
        raise InputError(f"{name}：与抽签记录的摘要不符，抽签之后被改动过，不能据此写出材料。")
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        try:
            yield build(row)
        except (KeyError, ValueError, TypeError, AttributeError):
            raise InputError(f"{name} 第 {number} 行：读不懂，列或取值不对。") from None
