"""The invented people whom the replica knows, read from a JSON file.

A fault of the file is told with the place of the entry, never with its name or number.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stdnum.cn.ric import calc_check_digit

from common.errors import DataError
from common.files import os_reason

PERSON_TYPE_CODES = {"special": "03", "safety": "02"}
"""The site's ``personTypeCode`` of each kind of certificate."""

_REQUIRED = {
    "special": ("category", "item", "valid_from", "valid_to"),
    "safety": ("person_type", "valid_from", "valid_to"),
}
_DATES = frozenset({"first_issue", "valid_from", "valid_to", "review_due", "review_done"})
_TEXTS = frozenset(
    {"kind", "category", "item", "certificate_number", "issuer", "status", "person_type", "industry"}
)
_RECORD_KEYS = _DATES | _TEXTS | {"history"}
_PERSON_KEYS = frozenset({"name", "id_number", "records"})
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """One certificate on record. Dates are ISO days; None is "not stated"."""

    kind: str
    valid_from: str
    valid_to: str
    category: str | None = None
    item: str | None = None
    certificate_number: str | None = field(default=None, repr=False)  # holds the identity number
    first_issue: str | None = None
    review_due: str | None = None
    review_done: str | None = None
    issuer: str | None = None
    status: str | None = "有效"
    history: bool = False
    person_type: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person and the certificates on record."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    records: tuple[Record, ...] = ()


class People:
    """Everybody whom the replica knows; its ``repr`` tells counts only.

    Parameters
    ----------
    persons
        no number twice.
    """

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._by_number = {person.id_number: person for person in persons}

    def find(self, name: str, number: str, kind: str) -> tuple[Record, ...]:
        """Give the records of a person, current ones first; name and number must both be theirs."""
        person = self._by_number.get(number)
        if person is None or person.name != name:
            return ()
        return tuple(sorted((r for r in person.records if r.kind == kind), key=lambda r: r.history))

    def __len__(self) -> int:
        return len(self._by_number)

    def __repr__(self) -> str:
        records = sum(len(person.records) for person in self._by_number.values())
        return f"<People: {len(self)} people, {records} records>"


def number_is_good(number: str) -> bool:
    """Say whether a number has the form and the check digit of an identity card.

    Examples
    --------
    >>> number_is_good("000000199001010018"), number_is_good("000000199001010019")
    (True, False)
    """
    # stdnum wants the whole number and leaves out the last character by itself.
    return bool(_NUMBER.fullmatch(number)) and calc_check_digit(number) == number[-1]


def load_people(path: Path) -> People:
    """Read a people file.

    Raises
    ------
    DataError
        with file, entry and field of the first fault.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(path.name, f"无法打开（{os_reason(error)}）") from error
    except UnicodeDecodeError as error:
        raise DataError(path.name, "不是 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        raise DataError(path.name, "不是正确的 JSON", row=error.lineno) from error
    return read_people(data, file=path.name)


def read_people(data: Any, *, file: str = "people.json") -> People:
    """Read the content of a people file; ``file`` is what a fault is located in."""
    _check_keys(data, frozenset({"people"}), file, "")
    persons: dict[str, Person] = {}
    for index, entry in enumerate(_list(data, "people", file, ""), start=1):
        place = f"第 {index} 人"
        person = _person(entry, file, place)
        if person.id_number in persons:
            raise DataError(file, "同一号码在前面已出现", row=place, field="id_number")
        persons[person.id_number] = person
    return People(persons.values())


def _person(entry: Any, file: str, place: str) -> Person:
    _check_keys(entry, _PERSON_KEYS, file, place)
    name = _text(entry, "name", file, place)
    if not name:
        raise DataError(file, "缺少姓名", row=place, field="name")
    number = _text(entry, "id_number", file, place)
    if not number or not number_is_good(number):
        raise DataError(file, "不是正确的 18 位身份证号（含校验码）", row=place, field="id_number")
    records = enumerate(_list(entry, "records", file, place), start=1)
    return Person(
        name, number, tuple(_record(record, file, f"{place} 第 {nth} 条证书") for nth, record in records)
    )


def _record(entry: Any, file: str, place: str) -> Record:
    _check_keys(entry, _RECORD_KEYS, file, place)
    kind = _text(entry, "kind", file, place)
    if kind not in _REQUIRED:
        raise DataError(file, "应为 special 或 safety", row=place, field="kind")
    values: dict[str, Any] = {key: _text(entry, key, file, place) for key in sorted(_TEXTS & entry.keys())}
    values |= {key: _day(entry, key, file, place) for key in sorted(_DATES & entry.keys())}
    history = entry.get("history", False)
    if not isinstance(history, bool):
        raise DataError(file, "应为 true 或 false", row=place, field="history")
    for key in _REQUIRED[kind]:
        if not values.get(key):
            raise DataError(file, "缺少内容", row=place, field=key)
    return Record(**values, history=history)


def _check_keys(entry: Any, known: frozenset[str], file: str, place: str) -> None:
    if not isinstance(entry, dict):
        raise DataError(file, "应为 JSON 对象 {…}", row=place)
    if unknown := sorted(entry.keys() - known):
        raise DataError(file, f"不认识的字段，可用：{'、'.join(sorted(known))}", row=place, field=unknown[0])


def _list(entry: Mapping[str, Any], key: str, file: str, place: str) -> list[Any]:
    value = entry.get(key)
    if not isinstance(value, list):
        raise DataError(file, "应为 JSON 列表 […]", row=place, field=key)
    return value


def _text(entry: Mapping[str, Any], key: str, file: str, place: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise DataError(file, "应为文字", row=place, field=key)
    return (value.strip() or None) if value is not None else None


def _day(entry: Mapping[str, Any], key: str, file: str, place: str) -> str | None:
    value = _text(entry, key, file, place)
    if value is None:
        return None
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        value = ""
    if not _DAY.fullmatch(value):  # fromisoformat alone would take 20210501 and 2021-W17-6
        raise DataError(file, "应为日期，如 2021-05-01", row=place, field=key)
    return value
