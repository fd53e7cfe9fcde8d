"""Values of a city's rules as they are written, read as what each should be; what cannot be is a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from common.privacy import says_number
from common.text import fold, visible

_MOST = 999_999_999
_MOST_PARTS = 10_000  # the chances of a batch are whole numbers of so many parts, which must not overflow
CAP_FORM = f'应为 0 到 1 之间的分数，例如 "1/2"，分母不超过 {_MOST_PARTS}'
_PART = re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}|[0-9]{1,9}(\.[0-9]{1,20})?%?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a rules file: the key, what is wrong, and the line (0 where it cannot be told)."""

    key: str
    problem: str
    row: int = 0


class RuleValues:
    """The values by key (``section.key``); of one that is at fault it does not matter what is given.

    Attributes
    ----------
    faults
        those found so far, and those known before.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], faults: list[RuleFault]) -> None:
        self._tables, self.faults = tables, faults

    def count(self, key: str, least: int, most: int = _MOST) -> int:
        """Give a whole number between two others, both included."""
        value = self._written(key)
        good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        self._need(key, good, f"应为 {least} 至 {most} 的整数")
        return value if good else least

    def part(self, key: str, form: str) -> Fraction:
        """Give a part of a whole, above 0; ``form`` says how it should be written."""
        value = self._written(key)
        stated = isinstance(value, str | int | float) and not isinstance(value, bool)
        written = fold(str(value)).replace(" %", "%") if stated else ""
        fraction = Fraction(written.removesuffix("%")) if _PART.fullmatch(written) else Fraction(0)
        fraction /= 100 if written.endswith("%") else 1
        self._need(key, 0 < fraction <= 1 and fraction.denominator <= _MOST_PARTS, form)
        return fraction

    def flag(self, key: str) -> bool:
        """Give yes or no."""
        value = self._written(key)
        self._need(key, isinstance(value, bool), "应为 true 或 false")
        return bool(value)

    def choice(self, key: str, *known: str) -> str:
        """Give one of some words."""
        value = self._written(key)
        listed = " 或 ".join(f'"{one}"' for one in known)
        self._need(key, value in known, f"应为 {listed}")
        return str(value)

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """Give a list of texts."""
        value = self._written(key)
        good = isinstance(value, list) and all(isinstance(one, str) for one in value)
        self._need(key, good, f'应为文字列表，例如 ["{example}"]')
        return tuple(visible(one) for one in value) if good else ()

    def text(self, key: str) -> str:
        """Give a text that may be published."""
        value = self._written(key)
        self._need(key, isinstance(value, str), "应为文字")
        self._need(
            key, not (isinstance(value, str) and says_number(value)), "不能有身份证号：会写进公布的文件"
        )
        return visible(value) if isinstance(value, str) else ""

    def clock(self, key: str) -> str:
        """Give a time of day (HH:MM)."""
        value = self._written(key)
        good = isinstance(value, str) and _CLOCK.fullmatch(value) is not None
        self._need(key, good, '应为 24 小时制的时刻，例如 "09:00"')
        return value if good else "00:00"

    def _written(self, key: str) -> Any:
        section, _, name = key.partition(".")
        return self._tables[section][name]

    def _need(self, key: str, good: bool, problem: str) -> None:
        if not good:
            self.faults.append(RuleFault(key, problem))
