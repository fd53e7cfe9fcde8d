"""Answers of the query site to records: pure, no network, no clock.

Field names come from ``data/registry/fields.toml``. Nothing that failed, was cut off or is not
understood ever becomes "nothing found": that takes the site's own words.
"""

from __future__ import annotations

import json
from typing import Any

from certcheck.model import Question, RegistryRecord
from certcheck.registry.interface import Exchange, PageReading, ReadingState
from certcheck.registry.records import UnreadRecord, about, add_record, clean, read_record
from certcheck.registry.vocabulary import Vocabulary
from common.privacy import mask_numbers_in

_OK = 200
_REFUSALS = (403, 404, 429)


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
    message, data = clean(content.get("msg") or ""), content.get("data")
    if data:
        if str(content.get("code")) != str(_OK) or vocabulary.speaks_of_nothing_found(message):
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
        if isinstance(record, UnreadRecord):
            return _unusable(record.told() or f"答复的字段无法识别（{_names(entry)}）")
        add_record(records, record)
    return PageReading(ReadingState.FOUND, tuple(records))


def _names(content: dict[str, Any]) -> str:
    """Give which field names came, for whoever completes the table of names; never what they hold."""
    return mask_numbers_in("、".join(sorted(map(clean, content))[:12]))[:200]


def _unusable(reason: str) -> PageReading:
    return PageReading(ReadingState.UNUSABLE, reason=reason)
