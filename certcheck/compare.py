"""A claim against the registry's answer: every contradiction, field by field.

Spelling variants of items compare through the catalogue, dates exactly at the precision both sides
have. A person's record is judged by itself, too: expired is expired, whatever the list says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from certcheck.answered import SITE, said_by
from certcheck.findings import finding
from certcheck.model import Answer, AnswerState, Claim, Entry, RegistryRecord
from certcheck.offline.context import Context
from certcheck.offline.validity import review_counts
from certcheck.registry.pages import Vocabulary
from common.catalogue import Kind
from common.dates import CivilDate
from common.finding import Finding
from common.identity import compact
from common.privacy import mask
from common.text import key, name_key

_DATES = (
    ("first_issue", "初领日期"), ("valid_from", "有效期起"), ("valid_to", "有效期止"),
    ("review_due", "应复审日期"), ("review_done", "实际复审日期"),
)  # fmt: skip


def compare(entry: Entry, answer: Answer, context: Context, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Give every finding that follows from an answer to a claim."""
    yield from said_by(answer)
    if answer.state is AnswerState.FOUND and entry.claim is not None:
        yield from _found(entry, entry.claim, answer.records, context, vocabulary)


def _found(
    entry: Entry,
    claim: Claim,
    records: tuple[RegistryRecord, ...],
    context: Context,
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    yield from _name(entry, records)
    matching = [record for record in records if _same_item(entry, claim, record, context)]
    current = [record for record in matching if not record.history]
    yield from _scope(entry, claim, current, context)
    if not matching:
        safety = claim.kind is Kind.SAFETY
        held = "、".join(dict.fromkeys(_held(record) for record in records))
        yield finding(
            "REG-ITEM",
            f"国家平台上此人的证书为{held}，没有所填的{'人员类型' if safety else '项目'}。",
            basis=SITE,
            field="person_type" if safety else "item",
            value=entry.person.person_type if safety else claim.item_written or claim.item or claim.category,
            expected=held,
        )
    elif not current:
        yield finding(
            "REG-HISTORY-ONLY",
            "国家平台上所填项目只有历史数据，没有现行有效的证书。",
            basis=SITE,
            field="item",
        )
    else:
        record = _meant(claim, current)
        yield from _fields(claim, record)
        yield from _state(record, context, vocabulary)


def confirmed(entry: Entry, answer: Answer, context: Context) -> bool:
    """Say whether the registry confirms that a claim exists: a current record of its item.

    A record that shows no item, or no end, contradicts nothing, but confirms nothing either; a claim
    that states neither item nor date nor number holds nothing that could be confirmed.
    """
    return (
        entry.claim is not None
        and _states_something(entry.claim)
        and answer.state is AnswerState.FOUND
        and any(
            not record.history
            and record.valid_to is not None
            and (entry.claim.kind is Kind.SAFETY or bool(record.item or record.category))
            and _same_item(entry, entry.claim, record, context)
            for record in answer.records
        )
    )


def _states_something(claim: Claim) -> bool:
    dates = (claim.first_issue, claim.valid_from, claim.valid_to)
    return bool(claim.item_written or claim.category or claim.certificate_number or any(dates))


def _scope(entry: Entry, claim: Claim, current: list[RegistryRecord], context: Context) -> Iterator[Finding]:
    """Hold the post against the record's items where the list itself does not say the item."""
    if claim.kind is Kind.SAFETY or (claim.match is not None and claim.match.item):
        return
    matches = [context.catalogue.match_item(record.item) for record in current if record.item]
    known = [match for match in matches if match is not None]
    if not known or len(known) < len(current):
        return
    for need in context.needs(entry, Kind.SPECIAL):
        if not any(context.catalogue.covers(need, match) for match in known):
            held = "、".join(dict.fromkeys(match.item or match.category for match in known))
            yield finding(
                "CERT-SCOPE",
                f"岗位“{entry.person.post}”（依据字样：{'、'.join(need.words)}），所填证书没有写明项目；"
                f"国家平台上的项目为{held}，不覆盖该岗位。",
                basis=need.basis,
                field="item",
                value=claim.item_written,
                expected=held,
            )


def _meant(claim: Claim, current: list[RegistryRecord]) -> RegistryRecord:
    """Choose the record a claim is held against: the latest of its item.

    A claim that names no item may mean any of several; the one it contradicts least is meant.
    """
    latest: dict[str, RegistryRecord] = {}
    for record in sorted(current, key=lambda one: one.valid_to.last_day() if one.valid_to else dt.date.min):
        latest[key(_held(record))] = record
    return min(latest.values(), key=lambda record: len(list(_fields(claim, record))))


def _held(record: RegistryRecord) -> str:
    return record.item or record.category or record.person_type or "未显示项目"


def _name(entry: Entry, records: tuple[RegistryRecord, ...]) -> Iterator[Finding]:
    names = {record.name for record in records if record.name}
    if names and all(name_key(name) != name_key(entry.person.name) for name in names):
        shown = "、".join(sorted(names))
        yield finding(
            "REG-NAME",
            f"国家平台上该证件号码的姓名是{shown}，与所填不同，请核对。",
            basis=SITE,
            field="name",
            value=entry.person.name,
            expected=shown,
        )


def _same_item(entry: Entry, claim: Claim, record: RegistryRecord, context: Context) -> bool:
    """Compare items through the catalogue; what one side does not state cannot contradict."""
    if claim.kind is Kind.SAFETY:
        own, theirs = _person_class(entry.person.person_type), _person_class(record.person_type or "")
        return not own or not theirs or own == theirs
    if not record.item:
        return (
            not record.category
            or claim.category is None
            or _same_words(claim.category, record.category, context)
        )
    if claim.match is not None and not claim.match.item:
        match = context.catalogue.match_item(record.item)
        category = record.category or (match.category if match else "")
        return _same_words(claim.match.category, category, context)
    if claim.item is None:
        return (
            claim.category is None
            or not record.category
            or _same_words(claim.category, record.category, context)
        )
    return _same_words(claim.item, record.item, context)


def _person_class(written: str) -> str:
    """Give which of the two kinds of person a safety certificate is for, or "" where words do not tell."""
    words = {"负责人": "主要负责人", "安全生产管理": "管理", "安全管理": "管理", "安管": "管理"}
    classes = {name for word, name in words.items() if word in key(written)}
    return classes.pop() if len(classes) == 1 else ""


def _same_words(first: str, second: str, context: Context) -> bool:
    if key(first) == key(second):
        return True
    one, other = context.catalogue.match_item(first), context.catalogue.match_item(second)
    return one is not None and other is not None and (one.item, one.category) == (other.item, other.category)


def _fields(claim: Claim, record: RegistryRecord) -> Iterator[Finding]:
    for name, told in _DATES:
        own: CivilDate | None = getattr(claim, name)
        theirs: CivilDate | None = getattr(record, name)
        if own is not None and theirs is not None and not own.agrees(theirs):
            yield finding(
                "REG-DATES",
                f"{told}：所填为 {own}，国家平台为 {theirs}。",
                basis=SITE,
                field=name,
                value=str(own),
                expected=str(theirs),
            )
    if claim.certificate_number and record.certificate_number:
        shown = compact(record.certificate_number)
        written = compact(claim.certificate_number)
        if "*" not in shown and shown.removeprefix("T") != written.removeprefix("T"):
            yield finding(
                "REG-NUMBER",
                f"证书编号：所填为 {mask(claim.certificate_number)}，国家平台为 {mask(shown)}。",
                basis=SITE,
                field="certificate_number",
                value=claim.certificate_number,
                expected=shown,
            )


def _state(record: RegistryRecord, context: Context, vocabulary: Vocabulary) -> Iterator[Finding]:
    end, due = record.valid_to, record.review_due
    if end is not None and end.last_day() < context.as_of:
        yield finding(
            "REG-EXPIRED",
            f"国家平台显示有效期止 {end}，已过期。",
            basis=SITE,
            field="valid_to",
            expected=str(end),
        )
    if (
        due is not None
        and due.last_day() < context.as_of
        and not review_counts(due, record.review_done, context)
    ):
        yield finding(
            "REG-REVIEW-OVERDUE",
            f"国家平台显示应复审日期 {due}，未见按期复审。",
            basis=SITE,
            field="review_due",
            expected=str(due),
        )
    status = key(record.status or "")
    if any(key(word) in status for word in vocabulary.status["bad"]):
        yield finding(
            "REG-STATUS",
            f"国家平台显示证书状态为“{record.status}”。",
            basis=SITE,
            field="status",
            expected=record.status,
        )
