"""People and sites whose names hold a character that no font can draw: who, where, which character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.papers.facts import Facts
from scheduler.papers.fonts import Fonts
from scheduler.problem import Problem

_KINDS = {"trainee": "考生", "staff": "考务人员", "site": "考点", "institution": "机构"}


@dataclass(frozen=True, slots=True)
class Undrawable:
    """Whose name it is, by id and row of the list (0 where it is not known), and the code points; no name."""

    kind: str
    id: str
    row: int
    characters: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Give it for programs."""
        return {"kind": self.kind, "id": self.id, "row": self.row, "characters": list(self.characters)}

    def told(self) -> str:
        """Say it in words."""
        row = f"（名单第 {self.row} 行）" if self.row else ""
        return (
            f"{_KINDS[self.kind]} {self.id}{row}的名称中有字体没有的字 {'、'.join(self.characters)}，"
            "材料上以〔代码〕代替，请人工补写，或用 --fonts 给出有这个字的字体后重新写出"
        )


def undrawable(facts: Facts, problem: Problem | None, fonts: Fonts) -> list[Undrawable]:
    """Find them all, by kind and id."""
    found = []
    for kind, name, row, text in _names(facts, problem):
        missing = fonts.missing(text)
        if missing:
            found.append(Undrawable(kind, name, row, tuple(f"U+{ord(mark):04X}" for mark in missing)))
    return found


def _names(facts: Facts, problem: Problem | None) -> Iterator[tuple[str, str, int, str]]:
    yield from (("site", site_id, 0, str(site["name"])) for site_id, site in sorted(facts.sites.items()))
    if problem is None:
        return
    placed = {one.trainee_id for one in facts.sittings}
    for trainee_id, trainee in sorted(problem.trainees.items()):
        if trainee_id in placed:
            yield "trainee", trainee_id, trainee.row, trainee.name
    on_duty = {duty.staff_id for duty in facts.duties} | {one.staff_id for one in facts.substitutes}
    for staff_id, person in sorted(problem.staff.items()):
        if staff_id in on_duty:
            yield "staff", staff_id, person.row, person.name
