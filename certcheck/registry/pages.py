"""Answers of the query site to records: pure, no network, no clock.

Field names come from ``data/registry/fields.toml``. Nothing that failed, was cut off or is not
understood ever becomes "nothing found": that takes the site's own words.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from certcheck.model import Question, RegistryRecord
from certcheck.registry.interface import Exchange, PageReading, ReadingState
from common.dates import read_date
from common.identity import compact, read_identity
from common.privacy import mask_numbers_in
from common.resources import DATA
from common.text import fold, key, name_key, stated
from common.wordtables import WordTable

_DATES = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")
_TEXTS = (
    "name",
    "id_number",
    "category",
    "item",
    "certificate_number",
    "issuer",
    "status",
    "person_type",
    "industry",
)
_FIELDS = tuple(field.name for field in dataclasses.fields(RegistryRecord))
_ESSENTIAL = ("item", "category", "valid_to", "certificate_number", "person_type")
_WHOLE_NUMBER = re.compile(r"[0-9*]{17}[0-9X*]")
_LEAST_SHOWN = 6  # a number starred out further could be anybody's
_SAME_CERTIFICATE = ("name", "item", "valid_to", "first_issue", "history")
_WORDS = (
    "nothing_found", "nothing_found_advice", "nothing_found_alone", "captcha", "captcha_wrong", "refused", "historical",
    "divider", "yes",
)  # fmt: skip
_KINDS = ("special", "safety", "neither", "special_address", "safety_address", "special_people")
_OK = 200
_REFUSALS = (403, 404, 429)


@dataclass(frozen=True)
class Vocabulary:
    """The site's field names and words, as the data table has them."""

    json: dict[str, list[str]]
    labels: dict[str, list[str]]
    words: dict[str, list[str]]
    status: dict[str, list[str]]
    kinds: dict[str, list[str]]
    empty_list_is_not_found: bool

    def says(self, word: str, text: str) -> bool:
        """Say whether a text of the site holds one of its own phrases."""
        folded = fold(text)
        return any(phrase in folded for phrase in self.words[word])

    def says_nothing_found(self, text: str) -> bool:
        """Say whether a text is the site's "nothing found", and not an error that uses some of its words."""
        return self.says("nothing_found", text) or self.says_alone("nothing_found_alone", text)

    def says_alone(self, word: str, text: str) -> bool:
        """Say whether a text is one of the site's words and nothing else."""
        return key(text.rstrip("！! ")) in self.words[word]


@lru_cache(maxsize=4)
def load_vocabulary(path: Path = DATA / "registry" / "fields.toml") -> Vocabulary:
    """Load the table of field names and words."""
    table = WordTable(path)
    confirmed = table.text("empty_list", "means", ("no_answer", "not_found")) == "not_found"
    if confirmed and not table.text("empty_list", "confirmed_by"):
        raise table.fault(
            "empty_list", "confirmed_by", "把空列表当作“未查到”，须写明由谁何时在国家平台上确认"
        )
    return Vocabulary(
        table.words("json", (*_TEXTS, *_DATES[:4], "review", "history")),
        table.words("labels"),
        table.words("words", _WORDS),
        table.words("status", ("good", "bad", "denied")),
        table.words("kinds", _KINDS),
        confirmed,
    )


def read_answer(exchange: Exchange, question: Question, vocabulary: Vocabulary) -> PageReading:
    """Read what came back to a question about one person."""
    fault = transport_fault(exchange)
    if fault is not None:
        return fault
    try:
        content = json.loads(exchange.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # bad UTF-8, no JSON, absurd numbers, absurdly deep
        return _unusable("答复不是完整的 JSON（可能是维护页面或被截断）")
    if not isinstance(content, dict):
        return _unusable("答复的结构无法识别")
    reading = read_content(content, vocabulary)
    if all(about(record, question) for record in reading.records):
        return reading
    return _unusable("答复不是关于所查的人")


def transport_fault(exchange: Exchange) -> PageReading | None:
    """Say what is wrong with the way an answer came; None where it came whole and with status 200."""
    if exchange.error:
        return _unusable(exchange.error)
    if exchange.status in _REFUSALS:
        return PageReading(ReadingState.REFUSED, reason=f"国家平台拒绝了查询（HTTP {exchange.status}）")
    if exchange.status != _OK:
        return _unusable(f"国家平台没有正常答复（HTTP {exchange.status}）")
    return None


def read_content(content: dict[str, Any], vocabulary: Vocabulary) -> PageReading:
    """Read a JSON answer, whomever it is about."""
    message, data = _clean(content.get("msg") or ""), content.get("data")
    if data:
        if str(content.get("code")) != str(_OK) or vocabulary.says_nothing_found(message):
            return _unusable("答复前后矛盾")
        return _read_records(data, vocabulary)
    if vocabulary.says("captcha", message):
        return PageReading(ReadingState.CAPTCHA_WRONG, reason="验证码没有通过")
    if vocabulary.says("refused", message):
        return PageReading(ReadingState.REFUSED, reason="国家平台提示查询过于频繁")
    if vocabulary.says_nothing_found(message):
        return PageReading(ReadingState.NOTHING_FOUND, reason=mask_numbers_in(message)[:60])
    if data == [] and str(content.get("code")) == str(_OK):
        if vocabulary.empty_list_is_not_found:
            return PageReading(ReadingState.NOTHING_FOUND, reason="空列表（已由人员确认其含义）")
        return _unusable("答复是空列表，没有“没有查询到”的明确字样")
    if message:
        told = mask_numbers_in(message)[:60]
        alone = str(content.get("code")) == str(_OK)  # 操作成功 alone would read as if all were well
        return _unusable(f"国家平台只答复“{told}”，没有给出任何数据" if alone else f"国家平台答复：{told}")
    return _unusable(f"答复没有内容（字段：{_names(content)}）" if content else "答复没有内容")


def _read_records(data: Any, vocabulary: Vocabulary) -> PageReading:
    if isinstance(data, dict):
        return _unusable(f"答复的结构无法识别（字段：{_names(data)}）")
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        return _unusable("答复的结构无法识别")
    records: list[RegistryRecord] = []
    for entry in data:
        record = read_record(entry, vocabulary)
        if record is None:
            return _unusable(f"答复的字段无法识别（{_names(entry)}）")
        add_record(records, record)
    return PageReading(ReadingState.FOUND, tuple(records))


def _names(content: dict[str, Any]) -> str:
    """Give which field names came, for whoever completes the table of names; never what they hold."""
    return mask_numbers_in("、".join(sorted(map(_clean, content))[:12]))[:200]


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


def read_record(entry: dict[str, Any], vocabulary: Vocabulary) -> RegistryRecord | None:
    """Read one JSON record by the aliases; None where too little of it is understood."""
    found: dict[str, str] = {}
    for name, aliases in vocabulary.json.items():
        values = (stated(_clean(entry[alias])) for alias in aliases if entry.get(alias) is not None)
        if value := next(filter(None, values), None):
            found[name] = value
    return record_of(found, vocabulary)


def record_of(
    found: Mapping[str, str], vocabulary: Vocabulary, *, history: bool = False
) -> RegistryRecord | None:
    """Make a record of what stands under each field's name; None where too little of it is understood.

    A known field whose date cannot be read makes the whole record unread: a half-read record could
    contradict somebody's certificate.
    """
    if not any(name in found for name in _ESSENTIAL):
        return None
    if "review" in found and "review_due" in found:
        # beside a named due date it can only be the done one
        found = {"review_done": found["review"], **found}
    dates: dict[str, Any] = {}
    for name in _DATES:
        dates[name] = read_date(found[name]) if name in found else None
        if name in found and dates[name] is None:
            return None
    texts: dict[str, Any] = {name: found.get(name) for name in _TEXTS}
    if texts["id_number"]:
        texts["id_number"] = compact(texts["id_number"])
    if texts["certificate_number"]:
        texts["certificate_number"] = compact(texts["certificate_number"])
    told = vocabulary.says("historical", found.get("history", ""))
    flagged = vocabulary.says_alone("yes", found.get("history_flag", ""))
    return RegistryRecord(**texts, **dates, history=history or told or flagged)


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


def _clean(value: object) -> str:
    """Give a value as text that any file can hold (JSON may carry halves of characters)."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _unusable(reason: str) -> PageReading:
    return PageReading(ReadingState.UNUSABLE, reason=reason)
