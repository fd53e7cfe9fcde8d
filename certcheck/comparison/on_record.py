"""A record judged by itself: expired is expired, whatever the list says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from certcheck.answered import SITE
from certcheck.comparison.record_status import status_findings
from certcheck.findings import finding
from certcheck.model import RegistryRecord
from certcheck.offline.context import Context
from certcheck.offline.validity import month_note, review_counts
from certcheck.registry.vocabulary import Vocabulary
from common.finding import Finding


def state_findings(
    record: RegistryRecord,
    alike: Sequence[RegistryRecord],
    context: Context,
    vocabulary: Vocabulary,
    of_item: str = "",
) -> Iterator[Finding]:
    """Judge end, review and status of a record.

    ``alike`` are the records of the same item and end, this one among them; where only their
    status differs, nobody knows which holds, and the grave one is told. ``of_item`` names the item, in
    brackets, where the list names none.
    """
    end = record.valid_to
    if end is not None and end.last_day() < context.as_of:
        days = (context.as_of - end.last_day()).days
        yield finding(
            "REG-EXPIRED",
            f"国家平台{of_item}显示有效期止 {end}{month_note(end)}，已过期 {days} 天。",
            basis=SITE,
            field="valid_to",
            expected=str(end),
        )
    yield from _review(record, context, of_item)
    yield from status_findings(alike, vocabulary, of_item)


def begins_later(
    record: RegistryRecord, others: Sequence[RegistryRecord], context: Context, of_item: str = ""
) -> Iterator[Finding]:
    """Tell a record that begins after the checking date: on that day, of an accident say, it proves nothing.

    Not where one of the ``others`` of its item, also an earlier issue, covers that day.
    """
    start = record.valid_from or record.first_issue
    if start is None or start.first_day() <= context.as_of or any(_covers(one, context) for one in others):
        return
    yield finding(
        "REG-LATER",
        f"国家平台{of_item}显示有效期自 {start} 起，在核验日期 {context.as_of} 之后：不能证明核验日期当时持证。",
        basis=SITE,
        field="valid_from",
        expected=str(start),
    )


def _covers(record: RegistryRecord, context: Context) -> bool:
    start, end = record.valid_from or record.first_issue, record.valid_to
    return start is not None and end is not None and start.first_day() <= context.as_of <= end.last_day()


def _review(record: RegistryRecord, context: Context, of_item: str) -> Iterator[Finding]:
    due, done = record.review_due, record.review_done
    if due is None or due.last_day() >= context.as_of or review_counts(due, done, context):
        return
    told = f"实际复审日期 {done} 不在应复审日期前一年至今之间，" if done else ""
    days = (context.as_of - due.last_day()).days
    yield finding(
        "REG-REVIEW-OVERDUE",
        f"国家平台{of_item}显示应复审日期 {due}{month_note(due)}，{told}未见按期复审，已逾期 {days} 天。",
        basis=SITE,
        field="review_due",
        expected=str(due),
    )
