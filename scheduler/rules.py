"""The exam rules of a city: a named pack of this program, changed by the city's rules.toml.

Every value has a source in its pack (``data/rules/exam``); contract section 4 lists the keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from common.errors import DataError
from scheduler.exam_hours import ExamHours, build_hours
from scheduler.notice_rules import Notice, build_notice
from scheduler.packs import DEFAULT_PACK, Pack, load_pack, parse
from scheduler.rule_values import CAP_FORM, RuleFault, RuleValues


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
    times: ExamHours
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


_OWN = "本批次 rules.toml"
"""Where a value of the city's own comes from. Whatever the file is called: the plan, and so the draw, must not depend on it."""


_MOST_STAFF = 1_000
"""What a number of staff for one room, item or site may be at most, so that a slip of the hand makes no million duties."""


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
    tables = {section: dict(values) for section, values in pack.tables.items()}
    sources = dict(pack.sources)
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
    rules = _build(replace(pack, tables=tables, sources=sources), faults)
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
    values = RuleValues(pack.tables, faults)
    return ExamRules(
        pack=pack.name,
        title=pack.title,
        cross_city_items=values.texts("cross_city.items", "制冷与空调作业"),
        public_first=values.flag("priority.public_first"),
        training_staff=values.choice("conflicts.training_staff", "unrelated", "never"),
        cap=values.part("lottery.cap", CAP_FORM),
        share=values.part("conflicts.share", "应为 0 到 1 之间的数，例如 0.25"),
        years=values.count("conflicts.years", 0),
        room_size=values.count("staffing.room_size", 1),
        invigilators_per_room=values.count("staffing.invigilators_per_room", 0, _MOST_STAFF),
        examiners_per_item=values.count("staffing.examiners_per_item", 0, _MOST_STAFF),
        patrols_per_site=values.count("staffing.patrols_per_site", 0, _MOST_STAFF),
        substitutes=values.count("staffing.substitutes", 0, _MOST_STAFF),
        halves_running=values.count("staffing.halves_running", 1),
        columns=values.count("seating.columns", 1),
        sources=pack.sources,
        notice=build_notice(values),
        times=build_hours(values),
        valid_from=pack.valid_from,
        valid_to=pack.valid_to,
    )
