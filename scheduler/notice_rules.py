"""Rules of a city about telling: days of notice, hours of a half-day, who issues the papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from common.privacy import says_number
from common.text import visible

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_DAYS, _MOST_MINUTES = 366, 600
Need = Callable[[str, bool, str], None]
"""Notes a fault of a key unless it is good: key, whether it is, what it should be."""


@dataclass(frozen=True, slots=True)
class Notice:
    """How early the public is told (calendar days) and the plan filed (working days), by whom, and where files are published."""

    public_days: int
    filing_days: int
    issuer: str
    contact: str
    website: str = ""

    def as_data(self) -> dict[str, Any]:
        """Give the values in the layout of rules.toml; no address is none there: plans of before it was a rule stay the same."""
        return {key: value for key, value in asdict(self).items() if key != "website" or value}


@dataclass(frozen=True, slots=True)
class Times:
    """When the halves of a day begin (HH:MM), how early the doors open, how long the parts take (minutes)."""

    am: str
    pm: str
    entry_minutes: int
    theory_minutes: int
    practical_minutes: int

    def as_data(self) -> dict[str, Any]:
        """Give the values in the layout of rules.toml."""
        return asdict(self)


def build_notice(table: Mapping[str, Any], need: Need) -> Notice:
    """Build the rules of notice; what cannot be is a fault."""
    return Notice(
        _number("notice.public_days", table["public_days"], _MOST_DAYS, need),
        _number("notice.filing_days", table["filing_days"], _MOST_DAYS, need),
        _text("notice.issuer", table["issuer"], need),
        _text("notice.contact", table["contact"], need),
        _text("notice.website", table["website"], need),
    )


def build_times(table: Mapping[str, Any], need: Need) -> Times:
    """Build the times; what cannot be is a fault."""
    return Times(
        _clock("times.am", table["am"], need),
        _clock("times.pm", table["pm"], need),
        _number("times.entry_minutes", table["entry_minutes"], _MOST_MINUTES, need),
        _number("times.theory_minutes", table["theory_minutes"], _MOST_MINUTES, need, least=1),
        _number("times.practical_minutes", table["practical_minutes"], _MOST_MINUTES, need, least=1),
    )


def _number(key: str, value: Any, most: int, need: Need, least: int = 0) -> int:
    good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    need(key, good, f"应为 {least} 到 {most} 的整数")
    return value if good else least


def _text(key: str, value: Any, need: Need) -> str:
    need(key, isinstance(value, str), "应为文字")
    need(key, not (isinstance(value, str) and says_number(value)), "不能有身份证号：会写进公布的文件")
    return visible(value) if isinstance(value, str) else ""


def _clock(key: str, value: Any, need: Need) -> str:
    good = isinstance(value, str) and _CLOCK.fullmatch(value) is not None
    need(key, good, '应为 24 小时制的时刻，例如 "09:00"')
    return value if good else "00:00"
