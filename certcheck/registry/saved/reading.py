"""What a saved file says, and about whom: found, the site's own "nothing found", or not understood and why.

Every doubt makes a page not understood. A half-read page could contradict somebody's certificate.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from certcheck.model import RegistryRecord
from certcheck.registry.hosts import is_loopback
from certcheck.registry.interface import PageReading, ReadingState
from certcheck.registry.pages import read_content
from certcheck.registry.records import UnreadRecord, add_record, record_of
from certcheck.registry.saved.copied import CopiedText
from certcheck.registry.saved.decoding import Document, Form, NotUnderstoodError, documents_in
from certcheck.registry.saved.markup import shown_by_page
from certcheck.registry.saved.moments import moment_in
from certcheck.registry.saved.shown import Group, Shown
from certcheck.registry.saved.subject import (
    Subject,
    kind_of_page,
    kind_of_record,
    recorded_people,
    shown_people,
)
from certcheck.registry.vocabulary import Vocabulary
from certcheck.registry.whose import Hosts
from common.catalogue import Kind
from common.text import key, stated

_IDENTITY = {"name", "id_number", "asked_at", "ignored"}
_LEAST_PAIRS = 2
OWN_PAGE = "不是查询平台页面的截图"
"""What the pages say that we make of answers (data/templates/evidence.html): they prove nothing that the answer does not."""
_NO_RESULT = "没有查询结果，也没有平台自己的完整答复（如“没有查询到相关证件信息”）"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page, or one person's part of a text, as read.

    ``records`` stand with the kind of certificate each is, None where it does not tell; ``kind`` is
    what the page as a whole says. ``saved_at`` is what the page says of its time, else "".
    """

    state: ReadingState
    subject: Subject = field(default_factory=Subject)
    records: tuple[tuple[RegistryRecord, Kind | None], ...] = ()
    kind: Kind | None = None
    saved_at: str = ""
    reason: str = ""
    from_replica: bool = False


class PageReader:
    """Reads saved files by the site's words and the table of hosts."""

    def __init__(self, vocabulary: Vocabulary, hosts: Hosts, replica_mark: str) -> None:
        self._words, self._hosts, self._replica_mark = vocabulary, hosts, replica_mark
        self._copied = CopiedText(vocabulary)
        self._labels = {key(label): name for name, listed in vocabulary.labels.items() for label in listed}

    def read(self, content: bytes) -> list[SavedPage]:
        """Read a file; one that is not understood gives one page that says why."""
        try:
            documents = documents_in(content)
        except NotUnderstoodError as error:
            return [SavedPage(ReadingState.UNUSABLE, reason=str(error))]
        pages = [page for document in documents for page in self._pages(document)]
        # the frames around a result are pages of their own, without one
        return [page for page in pages if page.reason != _NO_RESULT] or pages[:1]

    def _pages(self, document: Document) -> Iterator[SavedPage]:
        if document.form is Form.JSON:
            yield self._answer(document)
        elif document.form is Form.PAGE:
            shown = shown_by_page(document.text, self._copied.is_divider, document.address, document.saved_at)
            if not any(self._fields(group) for group in shown.groups):
                shown = replace(shown, groups=(*shown.groups, *self._copied.shown(shown.lines).groups))
            yield self._page(shown)
        else:
            for part in self._copied.parts(document.text, self._people_in, document.saved_at):
                yield self._page(part)

    def _people_in(self, shown: Shown) -> int:
        return shown_people(shown, self._labels).people

    def _answer(self, document: Document) -> SavedPage:
        """Read a JSON answer, or its list of records alone."""
        try:
            content = json.loads(document.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return SavedPage(ReadingState.UNUSABLE, reason="不是完整的 JSON")
        if isinstance(content, list):
            content = {"code": 200, "data": content}
        reading = read_content(content, self._words)
        subject = recorded_people(reading.records)
        page = SavedPage(
            reading.state, subject, saved_at=document.saved_at, reason=reading.reason,
            records=tuple((record, kind_of_record(record, self._words)) for record in reading.records),
            from_replica=content.get("replica") is True,
        )  # fmt: skip
        return self._of_one(page)

    def _page(self, shown: Shown) -> SavedPage:
        if any(OWN_PAGE in line for line in shown.lines):
            told = "这是本程序由原始答复排出的页面，不是平台的网页，不能当作平台的答复"
            return SavedPage(ReadingState.UNUSABLE, reason=told)
        reading = self._shown(shown)
        page = SavedPage(
            reading.state,
            shown_people(shown, self._labels),
            tuple((record, kind_of_record(record, self._words)) for record in reading.records),
            kind_of_page(shown, self._words),
            moment_in(self._values(shown, "asked_at")) or shown.saved_at,
            reading.reason,
            any(self._replica_mark in line for line in shown.lines),
        )
        return self._of_one(page)

    def _of_one(self, page: SavedPage) -> SavedPage:
        """Refuse a page about several people, as the site never shows them."""
        if page.subject.people > 1:
            return replace(
                page, state=ReadingState.UNUSABLE, records=(), reason="上面有不止一个人，又没有明显分开"
            )
        if page.state in (ReadingState.FOUND, ReadingState.NOTHING_FOUND):
            return page
        return replace(page, state=ReadingState.UNUSABLE)

    def _shown(self, shown: Shown) -> PageReading:
        """Say what a page answers, by its words and tables."""
        if shown.fault:
            return _unusable(shown.fault)
        if stranger := self._stranger(shown.address):
            return _unusable(f"存自 {stranger}，不是国家平台的网页")
        groups = [group for group in shown.groups if self._is_certificate(group)]
        nothing = any(map(self._words.says_it_in_full, shown.lines))
        if any(self._words.says(word, line) for line in shown.lines for word in ("captcha_wrong", "refused")):
            return _unusable("是验证码错误或查询过于频繁的提示，不是查询结果")
        if groups:
            return _unusable("前后矛盾：既有证书又写着没有查询到") if nothing else self._records(groups)
        if nothing:
            return PageReading(ReadingState.NOTHING_FOUND, reason=self._words.words["nothing_found"][0])
        return _unusable(_NO_RESULT)

    def _records(self, groups: list[Group]) -> PageReading:
        records: list[RegistryRecord] = []
        for group in groups:
            record = record_of(self._fields(group), self._words, history=group.history)
            if isinstance(record, UnreadRecord):
                return _unusable(record.told() or "证书的栏目无法识别")
            add_record(records, record)
        return PageReading(ReadingState.FOUND, tuple(records))

    def _fields(self, group: Group) -> dict[str, str]:
        """Give what a table states, under the names of the fields."""
        named = ((self._labels.get(key(label)), stated(value)) for label, value in group.pairs)
        return {name: value for name, value in named if name is not None and value}

    def _is_certificate(self, group: Group) -> bool:
        """Say whether a table is a certificate, or should be one: its page says so, or its labels."""
        labels = {self._labels.get(key(label)) for label, _ in group.pairs} - {None}
        return bool(labels - _IDENTITY) or (
            group.certificate and len(group.pairs) >= _LEAST_PAIRS and not labels
        )

    def _values(self, shown: Shown, name: str) -> list[str]:
        pairs = (pair for group in shown.groups for pair in group.pairs)
        return [value for label, value in pairs if self._labels.get(key(label)) == name and value]

    def _stranger(self, address: str) -> str:
        """Give the host that a page says it was saved from where that is not the national site's; else ""."""
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return "无法识别的地址"
        if parts.scheme not in ("http", "https") or is_loopback(host) or self._hosts.is_official(host):
            return ""
        return host


def _unusable(reason: str) -> PageReading:
    return PageReading(ReadingState.UNUSABLE, reason=reason)
