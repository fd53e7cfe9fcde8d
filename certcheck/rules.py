"""Certificate rule packs: numbers with article and dates, chosen by the date of the event.

The packs are TOML files in ``data/rules/certificate``. A value that was carried over without the
text of the law at hand is marked ``unconfirmed``, and every report that used one says so.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from common.dates import CivilDate
from common.errors import DataError
from common.resources import DATA

_REMEMBERED_DAYS = 1 << 15  # every rule of every row asks, and the days of a list repeat
_CONFIDENCE = {"high", "medium-high", "medium", "low-medium", "low"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a pack and where it comes from."""

    value: Any
    article: str
    confidence: str
    unconfirmed: bool = False


@dataclass(frozen=True)
class Pack:
    """A set of values for one subject, in force from ``valid_from`` to ``valid_to``."""

    name: str
    title: str
    short: str
    subject: str
    valid_from: dt.date
    valid_to: dt.date | None
    note: str
    values: dict[str, Value]

    def covers(self, day: dt.date) -> bool:
        """Say whether the pack is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def number(self, name: str) -> int:
        """Give a value that is a count of days, months or years."""
        return int(self.values[name].value)

    def basis(self, name: str) -> str:
        """Name the article a value rests on, and say where it is unconfirmed."""
        value = self.values[name]
        mark = "（未确认）" if value.unconfirmed else ""
        return f"{self.short}：{value.article}{mark}"


class RuleBook:
    """All packs; ``at`` gives the one of a subject that is in force on a day."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self.packs = packs
        self.at = lru_cache(_REMEMBERED_DAYS)(self._at)
        """Choose the pack of a subject for an event; one before the first pack falls under the first."""

    def _at(self, subject: str, day: dt.date) -> Pack:
        packs = sorted((p for p in self.packs if p.subject == subject), key=lambda p: p.valid_from)
        for pack in packs:
            if pack.covers(day):
                return pack
        return packs[0] if day < packs[0].valid_from else packs[-1]

    def of_event(self, subject: str, event: CivilDate) -> Pack:
        """Choose the pack for an event that may be known to the month only: its last day decides."""
        return self.at(subject, event.last_day())


def load_rules(folder: Path = DATA / "rules" / "certificate", extra: Path | None = None) -> RuleBook:
    """Load and validate every pack of a folder; an extra pack replaces those it overlaps.

    Raises
    ------
    DataError
        a pack lacks a field, a value lacks its source, or two packs of a subject overlap.
    """
    packs = [_pack(path) for path in sorted(folder.glob("[!.]*.toml"))]
    if extra is not None:
        own = _pack(extra)
        replaced = [pack for pack in packs if pack.subject == own.subject and _overlap(pack, own)]
        if not replaced:
            known = "、".join(sorted({pack.subject for pack in packs}))
            raise DataError(extra.name, f"没有可以替换的规则，主题有：{known}", field="pack.subject")
        for name, before in replaced[-1].values.items():
            if name not in own.values:
                raise DataError(extra.name, "缺少这一项", field=f"values.{name}")
            if not _alike(before.value, own.values[name].value):
                raise DataError(extra.name, f"应写成 {before.value} 这样的值", field=f"values.{name}.value")
        packs = [pack for pack in packs if pack not in replaced] + [own]
    for first in packs:
        for second in packs:
            if first.name < second.name and first.subject == second.subject and _overlap(first, second):
                raise DataError(
                    f"{second.name}.toml", f"与 {first.name}.toml 的有效期重叠", field="valid_from"
                )
    return RuleBook(tuple(packs))


def _alike(known: Any, given: Any) -> bool:
    """Say whether a value is of the sort that the rules calculate with; counts are never below 0."""
    if isinstance(known, dict):
        return (
            isinstance(given, dict)
            and known.keys() <= given.keys()
            and all(_alike(value, given[name]) for name, value in known.items())
        )
    if isinstance(known, str):
        return isinstance(given, str) and len(given) == len(known)
    return type(given) is type(known) and given >= 0


def _overlap(first: Pack, second: Pack) -> bool:
    return first.covers(second.valid_from) or second.covers(first.valid_from)


def _pack(path: Path) -> Pack:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(path.name, f"不是可读的 TOML 文件（{error}）") from error
    head, entries = content.get("pack"), content.get("values")
    if not isinstance(head, dict):
        raise DataError(path.name, "缺少或不是表", field="pack")
    if not isinstance(entries, dict) or not entries:
        raise DataError(path.name, "没有任何数值", field="values")
    for name in ("name", "title", "short", "subject", "valid_from"):
        if not isinstance(head.get(name), str):
            raise DataError(path.name, "缺少或不是文字", field=f"pack.{name}")
    values = {name: _value(path, name, entry) for name, entry in entries.items()}
    first, last = _day(path, head, "valid_from"), _day(path, head, "valid_to") if "valid_to" in head else None
    if last is not None and last < first:
        raise DataError(path.name, "早于 valid_from", field="pack.valid_to")
    return Pack(
        head["name"],
        head["title"],
        head["short"],
        head["subject"],
        first,
        last,
        str(head.get("note", "")),
        values,
    )


def _day(path: Path, head: dict[str, Any], name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(head[name])
    except (TypeError, ValueError):
        raise DataError(path.name, '应为 "YYYY-MM-DD"', field=f"pack.{name}") from None


def _value(path: Path, name: str, entry: Any) -> Value:
    if not isinstance(entry, dict) or "value" not in entry:
        raise DataError(path.name, "缺少 value", field=f"values.{name}")
    if not entry.get("article"):
        raise DataError(path.name, "没有写明条文（article）；不是法律规定的也要写明", field=f"values.{name}")
    if entry.get("confidence") not in _CONFIDENCE:
        raise DataError(path.name, f"confidence 应为 {sorted(_CONFIDENCE)} 之一", field=f"values.{name}")
    return Value(entry["value"], entry["article"], entry["confidence"], entry.get("unconfirmed", False))
