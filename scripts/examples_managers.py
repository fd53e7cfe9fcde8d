"""The second sheet of the staff list: people in charge and safety managers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from examples_dice import Dice
from examples_lines import FORMS, Cell, Line, plus_years
from examples_people import Person, Register

SAFETY = "安全生产知识和管理能力考核合格证"
HEAD, MANAGER = "主要负责人", "安全生产管理人员"
CHEMICALS, CHEMICAL_TRADE, METALS = "危险化学品生产", "危险化学品经营", "金属冶炼"
_RANGES = (
    "{0}至{1}",
    "{0.year}.{0.month}.{0.day}-{1.year}.{1.month}.{1.day}",
    "{0}～{1}",
    "{0.year}年{0.month}月{0.day}日至{1.year}年{1.month}月{1.day}日",
)


@dataclass(frozen=True)
class Post:
    """One manager; ``start`` is the certificate's first day ("" where there is none)."""

    person_type: str
    industry: str
    start: str
    appointed: str
    retrained: str = ""
    codes: tuple[str, ...] = ()
    why: str = ""
    renewed: bool = False


MANAGERS: tuple[Post, ...] = (
    Post(HEAD, CHEMICALS, "2024-03-01", "2023-12-11", "2026-03-18"),
    Post(MANAGER, CHEMICALS, "2024-04-16", "2024-02-26", "2026-04-22"),
    Post(MANAGER, CHEMICALS, "2024-06-20", "2020-05-18", "2026-05-27", renewed=True),
    Post(MANAGER, CHEMICALS, "2024-09-03", "2024-06-24", "2026-06-16"),
    Post(
        MANAGER, CHEMICALS, "", "2026-02-10", codes=("MANAGER-UNQUALIFIED",), why="任职满六个月没有考核合格证"
    ),
    Post(
        MANAGER, CHEMICALS, "", "2026-09-15", codes=("MANAGER-DUE",), why="任职不满六个月，还没有考核合格证"
    ),
    Post(HEAD, CHEMICAL_TRADE, "2024-11-12", "2021-09-06", "2026-07-08", renewed=True),
    Post(MANAGER, CHEMICAL_TRADE, "2025-02-25", "2024-12-02", "2026-02-11"),
    Post(
        MANAGER,
        CHEMICAL_TRADE,
        "2025-01-14",
        "2024-10-21",
        "2025-09-10",
        ("RETRAINING-OVERDUE",),
        "最近再培训已满十二个月",
    ),
    Post(
        MANAGER, CHEMICAL_TRADE, "2024-01-16", "2023-10-09", "2026-01-20", ("CERT-EXPIRING",), "90 天内到期"
    ),
    Post(MANAGER, CHEMICAL_TRADE, "2025-05-13", "2025-03-03", "2026-05-19"),
    Post(HEAD, METALS, "2025-06-24", "2025-04-07", "2026-06-30"),
    Post(MANAGER, METALS, "2025-09-09", "2025-06-16", "2026-09-02"),
    Post(MANAGER, METALS, "2026-03-17", "2026-01-12"),
    Post(MANAGER, "机械制造", "", "2022-08-01", why="行业不在应急管理部门考核范围内，没有证书"),
)


def manager_lines(register: Register) -> list[Line]:
    """Give the lines of the sheet in the order of the table."""
    dice = Dice("managers")
    return [_line(post, register, dice) for post in MANAGERS]


def _line(post: Post, register: Register, dice: Dice) -> Line:
    male = dice.chance(70)
    first = dt.date(1973, 1, 1) if male else dt.date(1982, 1, 1)
    person = register.person(male=male, birth=dice.day(first, dt.date(1994, 12, 31)))
    form = FORMS[dice.pick(("date", "date", "dash", "hanzi"))]
    cells: dict[str, Cell] = {
        "name": person.name,
        "id_number": person.number,
        "person_type": post.person_type,
        "industry": post.industry,
        "appointed": form(dt.date.fromisoformat(post.appointed)),
        "retrained": form(dt.date.fromisoformat(post.retrained)) if post.retrained else "",
    }
    line = Line(person, cells, codes=post.codes, why=post.why)
    if post.start:
        record = _record(post, person, dice)
        line.records = [record]
        line.cells |= _certificate_cells(record, dice.pick(_RANGES))
    return line


def _record(post: Post, person: Person, dice: Dice) -> dict[str, Any]:
    start = dt.date.fromisoformat(post.start)
    end = plus_years(start, 3) - dt.timedelta(days=1 if dice.chance(70) else 0)
    first = plus_years(start, -3) if post.renewed else start
    return {
        "kind": "safety",
        "category": None,
        "item": None,
        "certificate_number": person.number,
        "first_issue": first.isoformat(),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat(),
        "review_due": None,
        "review_done": None,
        "issuer": "云岭市应急管理局",
        "status": "有效",
        "history": False,
        "person_type": post.person_type,
        "industry": post.industry,
    }


def _certificate_cells(record: dict[str, Any], pattern: str) -> dict[str, Cell]:
    start, end = (dt.date.fromisoformat(record[name]) for name in ("valid_from", "valid_to"))
    return {
        "kind": SAFETY,
        "certificate_number": record["certificate_number"],
        "first_issue": dt.date.fromisoformat(record["first_issue"]),
        "issuer": record["issuer"],
        "valid_range": pattern.format(start, end),
    }
