"""A claim with what its own record adds to it: the review that was done, and dates later than those of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from certcheck.comparison.on_record import state_findings
from certcheck.findings import LATER_ON_RECORD
from certcheck.model import Claim, Entry, RegistryRecord
from certcheck.offline import check as offline
from certcheck.offline.context import Context
from certcheck.offline.validity import due_of, review_counts
from certcheck.registry.vocabulary import Vocabulary
from common.dates import CivilDate
from common.finding import Finding, Severity

_OF_THE_END = ("CERT-EXPIRED", "CERT-EXPIRING")
_OF_THE_REVIEW = ("CERT-REVIEW-OVERDUE", "CERT-REVIEW-UNKNOWN", "CERT-REVIEW-DUE")


def check(
    entry: Entry, record: RegistryRecord | None, context: Context, vocabulary: Vocabulary
) -> tuple[Finding, ...]:
    """Give the findings that need no network; where a record of the claim is known, with its word on dates."""
    if record is None or entry.claim is None:
        return offline.check(entry, context)
    found = offline.check(reviewed(entry, record, context), context)
    grave = any(
        one.severity is Severity.VIOLATION for one in state_findings(record, [record], context, vocabulary)
    )
    return found if grave else tuple(_told_later(found, entry.claim, record, context))


def reviewed(entry: Entry, record: RegistryRecord, context: Context) -> Entry:
    """Give an entry with the review that its record shows, where that is the one that was due.

    It is one certificate: a review that only the registry knows was done all the same.
    """
    claim, done = entry.claim, record.review_done
    if claim is None or done is None or _later(record.valid_to, claim.valid_to):
        return entry
    due = due_of(claim, context)
    if due is None or review_counts(due, claim.review_done, context):
        return entry
    if not review_counts(due, done, context):
        return entry
    return replace(entry, claim=replace(claim, review_done=done, alike=None))


def ends_later(claim: Claim, record: RegistryRecord) -> bool:
    """Say whether a record ends after the claim: the list may be of the time before a renewal."""
    return _later(claim.valid_to, record.valid_to)


def as_claim(record: RegistryRecord, claim: Claim) -> Claim:
    """Give a record's dates as a claim; of a review that it does not show, the list's word stands.

    Not so where the record ends later: then the list's review is that of the certificate before.
    """
    later = ends_later(claim, record)
    return Claim(
        kind=claim.kind,
        item=record.item or claim.item,
        category=record.category or claim.category,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        review_due=record.review_due or (None if later else claim.review_due),
        review_done=record.review_done or (None if later else claim.review_done),
    )


def _told_later(
    found: Iterable[Finding], claim: Claim, record: RegistryRecord, context: Context
) -> Iterator[Finding]:
    """Say beside what the list's dates mean that the record has later ones: the list wants mending, first of all."""
    renewed = ends_later(claim, record) and _open(record.valid_to, context)
    postponed = _later(due_of(claim, context), record.review_due) and _open(record.review_due, context)
    for one in found:
        told = ""
        if renewed and one.code in (*_OF_THE_END, *_OF_THE_REVIEW):
            told = f"国家平台显示有效期止 {record.valid_to}，可能已经换证，请对照证书改正名单。"
        elif postponed and one.code in _OF_THE_REVIEW:
            told = f"国家平台显示应复审日期 {record.review_due}，请对照证书改正名单。"
        yield replace(one, message=one.message + told, step=LATER_ON_RECORD) if told else one


def _later(earlier: CivilDate | None, later: CivilDate | None) -> bool:
    return earlier is not None and later is not None and earlier.last_day() < later.first_day()


def _open(date: CivilDate | None, context: Context) -> bool:
    return date is not None and date.last_day() >= context.as_of
