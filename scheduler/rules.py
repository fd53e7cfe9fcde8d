"""The exam rules of a city: a named pack of this program, changed by the city's rules.toml.

Every value has a source in its pack (``data/rules/exam``); contract section 4 lists the keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from common.errors import DataError, InputError
from common.resources import DATA

DEFAULT_PACK = "guangdong-2023"
PACKS = DATA / "rules" / "exam"

_CAP_FORM = '应为 0 到 1 之间的分数，例如 "1/2"'


@dataclass(frozen=True, slots=True)
class ExamRules:
    """The values that hold for one batch, and where each comes from.

    ``cap`` is the greatest chance one site may have for one trainee, ``share`` the least part of
    an organisation that controls it, ``years`` how long a past employment counts. ``sources``
    maps ``section.key`` to its article, or says that it is not law.
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
    sources: Mapping[str, str]

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
            },
        }


def load_rules(path: Path | None = None) -> ExamRules:
    """Load the rules of a batch: the pack it names (default Guangdong 2023) and its own values.

    Raises
    ------
    InputError
        the file is no TOML, has an unknown key, or a value that cannot be; the text names
        file and key.
    """
    own = _parse(path) if path is not None else {}
    name = own.pop("pack", DEFAULT_PACK)
    tables, title, sources = _pack(str(name))
    where = str(path.name) if path else ""
    for section, values in own.items():
        if section not in tables or not isinstance(values, dict):
            raise DataError(where, f"不认识的部分，可用的有：{'、'.join(tables)}", field=section)
        for key, value in values.items():
            if key not in tables[section]:
                raise DataError(
                    where, f"不认识的键，可用的有：{'、'.join(tables[section])}", field=f"{section}.{key}"
                )
            tables[section][key] = value
            sources[f"{section}.{key}"] = f"本批次 {where}"
    return _build(str(name), title, tables, sources, where or f"{name}.toml")


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"{path.name}：不是可读的 TOML 文件（{error}）。请用 UTF-8 保存并检查这一行。"
        ) from error


def _pack(name: str) -> tuple[dict[str, dict[str, Any]], str, dict[str, str]]:
    """Load a named pack on top of the one it extends."""
    file = PACKS / f"{name}.toml"
    if not file.is_file():
        known = "、".join(sorted(entry.stem for entry in PACKS.glob("*.toml")))
        raise InputError(f"没有名为“{name}”的考试规则包，可用的有：{known}")
    content = _parse(file)
    head, sources = content.pop("pack"), content.pop("sources", {})
    if "extends" not in head:
        return content, head["title"], sources
    tables, _, inherited = _pack(head["extends"])
    for section, values in content.items():
        tables[section].update(values)
    return tables, head["title"], inherited | sources


def _build(
    name: str,
    title: str,
    tables: dict[str, dict[str, Any]],
    sources: dict[str, str],
    where: str,
) -> ExamRules:
    conflicts, staffing = tables["conflicts"], tables["staffing"]

    def bad(key: str, problem: str) -> DataError:
        return DataError(where, problem, field=key)

    def count(key: str, value: Any, least: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise bad(key, f"应为不小于 {least} 的整数")
        return value

    def part(key: str, value: Any, problem: str) -> Fraction:
        try:
            fraction = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            raise bad(key, problem) from None
        if not 0 < fraction <= 1:
            raise bad(key, problem)
        return fraction

    items = tables["cross_city"]["items"]
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise bad("cross_city.items", '应为文字列表，例如 ["制冷与空调作业"]')
    if not isinstance(tables["priority"]["public_first"], bool):
        raise bad("priority.public_first", "应为 true 或 false")
    if conflicts["training_staff"] not in ("unrelated", "never"):
        raise bad("conflicts.training_staff", '应为 "unrelated" 或 "never"')
    return ExamRules(
        pack=name,
        title=title,
        cross_city_items=tuple(items),
        public_first=tables["priority"]["public_first"],
        cap=part("lottery.cap", tables["lottery"]["cap"], _CAP_FORM),
        share=part("conflicts.share", conflicts["share"], "应为 0 到 1 之间的数，例如 0.25"),
        years=count("conflicts.years", conflicts["years"], 0),
        training_staff=conflicts["training_staff"],
        room_size=count("staffing.room_size", staffing["room_size"], 1),
        invigilators_per_room=count("staffing.invigilators_per_room", staffing["invigilators_per_room"], 0),
        examiners_per_item=count("staffing.examiners_per_item", staffing["examiners_per_item"], 0),
        patrols_per_site=count("staffing.patrols_per_site", staffing["patrols_per_site"], 0),
        sources=sources,
    )
