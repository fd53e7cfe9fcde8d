"""The exam rules of a city: a named pack of this program, changed by the city's rules.toml.

Every value has a source in its pack (``data/rules/exam``); contract section 4 lists the keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from common.errors import DataError
from common.text import fold, visible
from scheduler.notice_rules import Notice, Times, build_notice, build_times
from scheduler.packs import DEFAULT_PACK, Pack, load_pack, parse

_MOST_PARTS = 10_000  # the chances of a batch are whole numbers of so many parts, which must not overflow
_CAP_FORM = f'应为 0 到 1 之间的分数，例如 "1/2"，分母不超过 {_MOST_PARTS}'
_PART = re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}|[0-9]{1,9}(\.[0-9]{1,20})?%?")


@dataclass(frozen=True, slots=True)
class ExamRules:
    """The values that hold for one batch, and where each comes from.

    ``cap`` is the greatest chance one site may have for one trainee, ``share`` the least part of
    an organisation that controls it, ``years`` how long a past employment counts,
    ``halves_running`` after how many half-days on duty in a row somebody should rest. ``columns`` is how
    many seats stand in a row of a room. ``sources`` maps
    ``section.key`` to its article, or says that it is not law.
    """

    pack: str
    title: str
    cross_city_items: tuple[str, ...]
    public_first: bool
    cap: Fraction
    share: Fraction
    years: int
    training_staff: str
    room_size: int
    invigilators_per_room: int
    examiners_per_item: int
    patrols_per_site: int
    substitutes: int
    halves_running: int
    columns: int
    sources: Mapping[str, str]
    notice: Notice
    times: Times
    valid_from: dt.date = dt.date.min
    valid_to: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Say whether the pack is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def as_data(self) -> dict[str, Any]:
        """Give the values in the layout of rules.toml; fractions as text."""
        return {
            "pack": self.pack,
            "cross_city": {"items": list(self.cross_city_items)},
            "priority": {"public_first": self.public_first},
            "lottery": {"cap": str(self.cap)},
            "conflicts": {
                "share": str(self.share),
                "years": self.years,
                "training_staff": self.training_staff,
            },
            "staffing": {
                "room_size": self.room_size,
                "invigilators_per_room": self.invigilators_per_room,
                "examiners_per_item": self.examiners_per_item,
                "patrols_per_site": self.patrols_per_site,
                "substitutes": self.substitutes,
                "halves_running": self.halves_running,
            },
            "seating": {"columns": self.columns},
            "times": self.times.as_data(),
            "notice": self.notice.as_data(),
        }


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a rules file: the key, what is wrong, and the line (0 where it cannot be told)."""

    key: str
    problem: str
    row: int = 0


_OWN = "本批次 rules.toml"
"""Where a value of the city's own comes from. Whatever the file is called: the plan, and so the draw, must not depend on it."""


_MOST, _MOST_STAFF = 999_999_999, 1_000
"""What a number may be at most; of staff for one room, item or site, so that a slip of the hand makes no million duties."""


class RulesError(DataError):
    """A rules file that cannot be used; holds every fault."""

    def __init__(self, file: str, faults: Sequence[RuleFault]) -> None:
        super().__init__(file, "；".join(f"{fault.key}：{fault.problem}" for fault in faults))
        self.faults = tuple(faults)


def load_rules(path: Path | None = None) -> ExamRules:
    """Load the rules of a batch: the pack it names (default Guangdong 2023) and its own values.

    Raises
    ------
    RulesError
        the file has unknown keys, or values that cannot be; the text names file and keys.
    InputError
        the file is no TOML.
    """
    own = parse(path) if path is not None else {}
    pack = load_pack(str(own.pop("pack", DEFAULT_PACK)))
    tables, sources = pack.tables, pack.sources
    where = str(path.name) if path else f"{pack.name}.toml"
    faults: list[RuleFault] = []
    for section, values in own.items():
        if section not in tables or not isinstance(values, dict):
            faults.append(RuleFault(section, f"不认识的部分，可用的有：{'、'.join(tables)}"))
            continue
        for key, value in values.items():
            if key in tables[section]:
                tables[section][key] = value
                sources[f"{section}.{key}"] = _OWN
            else:
                known = "、".join(tables[section])
                faults.append(RuleFault(f"{section}.{key}", f"不认识的键，可用的有：{known}"))
    rules = _build(pack, faults)
    if faults:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path else []
        raise RulesError(where, [replace(fault, row=_line_of(lines, fault.key)) for fault in faults])
    return rules


def _line_of(lines: Sequence[str], name: str) -> int:
    """Find the line of a key by its section and name; 0 where it is written in another way."""
    section, _, key = name.partition(".")
    inside = ""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if text.startswith("["):
            inside = text.strip("[] ")
            if inside == section and not key:
                return number
        elif text.partition("=")[0].strip() == (key if inside else name) and inside in ("", section):
            return number
    return 0


def _build(pack: Pack, faults: list[RuleFault]) -> ExamRules:
    """Build the rules; what cannot be is a fault, and the value then does not matter."""
    tables = pack.tables
    conflicts, staffing = tables["conflicts"], tables["staffing"]

    def need(key: str, good: bool, problem: str) -> None:
        if not good:
            faults.append(RuleFault(key, problem))

    def count(key: str, value: Any, least: int, most: int = _MOST) -> int:
        good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        need(key, good, f"应为 {least} 至 {most} 的整数")
        return value if good else least

    def part(key: str, value: Any, problem: str) -> Fraction:
        stated = isinstance(value, str | int | float) and not isinstance(value, bool)
        written = fold(str(value)).replace(" %", "%") if stated else ""
        fraction = Fraction(written.removesuffix("%")) if _PART.fullmatch(written) else Fraction(0)
        fraction /= 100 if written.endswith("%") else 1
        need(key, 0 < fraction <= 1 and fraction.denominator <= _MOST_PARTS, problem)
        return fraction

    items = tables["cross_city"]["items"]
    listed = isinstance(items, list) and all(isinstance(item, str) for item in items)
    need("cross_city.items", listed, '应为文字列表，例如 ["制冷与空调作业"]')
    need("priority.public_first", isinstance(tables["priority"]["public_first"], bool), "应为 true 或 false")
    known = conflicts["training_staff"] in ("unrelated", "never")
    need("conflicts.training_staff", known, '应为 "unrelated" 或 "never"')
    return ExamRules(
        pack=pack.name,
        title=pack.title,
        cross_city_items=tuple(visible(item) for item in items) if listed else (),
        public_first=tables["priority"]["public_first"],
        cap=part("lottery.cap", tables["lottery"]["cap"], _CAP_FORM),
        share=part("conflicts.share", conflicts["share"], "应为 0 到 1 之间的数，例如 0.25"),
        years=count("conflicts.years", conflicts["years"], 0),
        training_staff=conflicts["training_staff"],
        room_size=count("staffing.room_size", staffing["room_size"], 1),
        invigilators_per_room=count(
            "staffing.invigilators_per_room", staffing["invigilators_per_room"], 0, _MOST_STAFF
        ),
        examiners_per_item=count(
            "staffing.examiners_per_item", staffing["examiners_per_item"], 0, _MOST_STAFF
        ),
        patrols_per_site=count("staffing.patrols_per_site", staffing["patrols_per_site"], 0, _MOST_STAFF),
        substitutes=count("staffing.substitutes", staffing["substitutes"], 0, _MOST_STAFF),
        halves_running=count("staffing.halves_running", staffing["halves_running"], 1),
        columns=count("seating.columns", tables["seating"]["columns"], 1),
        sources=pack.sources,
        notice=build_notice(tables["notice"], need),
        times=build_times(tables["times"], need),
        valid_from=pack.valid_from,
        valid_to=pack.valid_to,
    )
