"""Records as the query site shows them: made of what stands under each field's name, told apart, held against who was asked."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from certcheck.model import Question, RegistryRecord
from certcheck.registry.vocabulary import DATES, TEXTS, Vocabulary
from common.dates import read_date
from common.identity import compact, read_identity
from common.privacy import mask_numbers_in
from common.text import name_key, stated

_FIELDS = tuple(field.name for field in dataclasses.fields(RegistryRecord))
_ESSENTIAL = ("item", "category", "valid_to", "certificate_number", "person_type")
_WHOLE_NUMBER = re.compile(r"[0-9*]{17}[0-9X*]")
_LEAST_SHOWN = 6  # a number starred out further could be anybody's
_SAME_CERTIFICATE = ("name", "item", "valid_to", "first_issue", "history")


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """A record that is not used: because of a date in it (its label, and how it is written), or too little was understood."""

    date: tuple[str, str] | None = field(default=None, repr=False)

    def told(self) -> str:
        """Say which date cannot be read; "" where none is the cause."""
        if self.date is None:
            return ""
        label, written = self.date
        return f"答复中的{label}“{mask_numbers_in(written)[:40]}”不是能识别的日期，整条记录没有采用"


def read_record(entry: dict[str, Any], vocabulary: Vocabulary) -> RegistryRecord | UnreadRecord:
    """Read one JSON record by the aliases."""
    found: dict[str, str] = {}
    for name, aliases in vocabulary.json.items():
        values = (stated(clean(entry[alias])) for alias in aliases if entry.get(alias) is not None)
        if value := next(filter(None, values), None):
            found[name] = value
    return record_of(found, vocabulary)


def record_of(
    found: Mapping[str, str], vocabulary: Vocabulary, *, history: bool = False
) -> RegistryRecord | UnreadRecord:
    """Make a record of what stands under each field's name, unless too little of it is understood.

    A known field whose date cannot be read makes the whole record unread: a half-read record could
    contradict somebody's certificate.
    """
    if not any(name in found for name in _ESSENTIAL):
        return UnreadRecord()
    if "review" in found and "review_due" in found:
        # beside a named due date it can only be the done one
        found = {"review_done": found["review"], **found}
    dates: dict[str, Any] = {}
    for name in DATES:
        dates[name] = read_date(found[name]) if name in found else None
        if name in found and dates[name] is None:
            return UnreadRecord((vocabulary.labels[name][0], found[name]))
    texts: dict[str, Any] = {name: found.get(name) for name in TEXTS}
    if texts["id_number"]:
        texts["id_number"] = compact(texts["id_number"])
    if texts["certificate_number"]:
        texts["certificate_number"] = compact(texts["certificate_number"])
    told = vocabulary.says("historical", found.get("history", ""))
    flagged = vocabulary.says_alone("yes", found.get("history_flag", ""))
    return RegistryRecord(**texts, **dates, history=history or told or flagged)


def add_record(records: list[RegistryRecord], record: RegistryRecord) -> None:
    """Add a record; one that is shown twice, more fully one time than the other, is one."""
    for index, known in enumerate(records):
        values = {name: (getattr(known, name), getattr(record, name)) for name in _FIELDS}
        same = all(values[name][0] == values[name][1] for name in _SAME_CERTIFICATE)
        if same and all(one == other or None in (one, other) for one, other in values.values()):
            merged = {name: other if one is None else one for name, (one, other) in values.items()}
            records[index] = RegistryRecord(**merged)
            return
    records.append(record)


def about(record: RegistryRecord, question: Question) -> bool:
    """Say whether a record is about the person asked.

    The identity number decides where enough of it is shown. Without one the name must agree, and
    so must a number of the certificate that is made of an identity number.
    """
    if record.id_number and _tells(record.id_number):
        return _same_number(record.id_number, question.id_number)
    holder = (record.certificate_number or "").removeprefix("T")
    if _WHOLE_NUMBER.fullmatch(holder) and _tells(holder):
        return _same_number(holder, question.id_number)
    return record.name is None or name_key(record.name) == name_key(question.name)


def _tells(number: str) -> bool:
    return len(number) - number.count("*") >= _LEAST_SHOWN


def _same_number(shown: str, asked: str) -> bool:
    """Compare a shown number, which may be starred out in part or have 15 digits."""
    pattern = "".join("." if mark == "*" else re.escape(mark) for mark in shown)
    return re.fullmatch(pattern, asked) is not None or read_identity(shown).text == asked


def clean(value: object) -> str:
    """Give a value as text that any file can hold (JSON may carry halves of characters)."""
    return str(value).encode("utf-8", "replace").decode("utf-8")
