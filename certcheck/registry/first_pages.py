"""Result pages of generation 1 to records: one ``table.datalist`` per certificate, read by label.

Such a page shows no identity number, so the name alone says whom it is about. Earlier issues of an
item stand beside the current one without a mark: the latest end of validity is the current one.
"""

from __future__ import annotations

import dataclasses

from bs4 import BeautifulSoup, Tag

from certcheck.model import Question, RegistryRecord
from certcheck.registry.interface import Exchange, PageReading, ReadingState
from certcheck.registry.pages import transport_fault
from certcheck.registry.records import UnreadRecord, about, add_record, record_of
from certcheck.registry.vocabulary import Vocabulary
from common.dates import CivilDate
from common.privacy import mask_numbers_in
from common.text import key, stated

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_first(exchange: Exchange, question: Question, vocabulary: Vocabulary) -> PageReading:
    """Read the page that came back to a question about one person."""
    fault = transport_fault(exchange)
    if fault is not None:
        return fault
    page = _decoded(exchange.body)
    if page is None or "</html>" not in page.lower():
        return _unusable("答复不是完整的网页（可能是维护页面或被截断）")
    soup = BeautifulSoup(page, "html.parser")
    lines = [line for block in soup.select(".content") for line in block.stripped_strings]
    tables = soup.select("table.datalist")
    if tables:
        if any(map(vocabulary.speaks_of_nothing_found, lines)):
            return _unusable("答复前后矛盾")
        return _read_tables(tables, question, vocabulary)
    return _read_words(lines, vocabulary)


def _read_words(lines: list[str], vocabulary: Vocabulary) -> PageReading:
    said = " ".join(lines)
    if vocabulary.says("captcha", said):
        return PageReading(ReadingState.CAPTCHA_WRONG, reason="验证码没有通过")
    if vocabulary.says("refused", said):
        return PageReading(ReadingState.REFUSED, reason="查询页提示查询过于频繁")
    if any(map(vocabulary.says_nothing_found, lines)):
        return PageReading(ReadingState.NOTHING_FOUND, reason=mask_numbers_in(said)[:60])
    return _unusable("答复里既没有证书，也没有“没有查询到”的明确字样")


def _read_tables(tables: list[Tag], question: Question, vocabulary: Vocabulary) -> PageReading:
    records: list[RegistryRecord] = []
    names = {key(label): name for name, labels in vocabulary.labels.items() for label in labels}
    for table in tables:
        pairs = _pairs(table)
        found = {names[label]: value for label, value in pairs.items() if label in names and value}
        record = record_of(found, vocabulary)
        if isinstance(record, UnreadRecord):
            return _unusable(
                record.told()
                or f"答复的栏目无法识别（{mask_numbers_in('、'.join(sorted(pairs)[:12]))[:200]}）"
            )
        if not about(record, question):
            return _unusable("答复不是关于所查的人")
        add_record(records, record)
    return PageReading(ReadingState.FOUND, tuple(_with_history(records)))


def _pairs(table: Tag) -> dict[str, str]:
    """Give what each label says: its ``th`` and the ``td`` beside it."""
    pairs = {}
    for head in table.find_all("th"):
        cell = head.find_next_sibling("td")
        if cell is not None:
            pairs[key(head.get_text())] = stated(cell.get_text())
    return pairs


def _with_history(records: list[RegistryRecord]) -> list[RegistryRecord]:
    """Mark what a later record of the same item replaces."""
    ends: dict[str | None, CivilDate] = {}
    for record in records:
        if record.valid_to is not None:
            ends[record.item] = max(ends.get(record.item, record.valid_to), record.valid_to)
    return [
        dataclasses.replace(
            record, history=record.valid_to is not None and record.valid_to < ends[record.item]
        )
        for record in records
    ]


def _decoded(body: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unusable(reason: str) -> PageReading:
    return PageReading(ReadingState.UNUSABLE, reason=reason)
