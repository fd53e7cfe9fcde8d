"""Coming deadlines of a list: what ends or falls due when, for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from certcheck.comparison.same_item import held_item, item_not_named
from certcheck.comparison.with_record import as_claim, ends_later, reviewed
from certcheck.model import Claim, Entry, Outcome, RegistryRecord
from certcheck.normalise import kind_name
from certcheck.offline.alike import once_for_alike
from certcheck.offline.context import Context
from certcheck.offline.dates import derived_review
from certcheck.offline.managers import limit_of, must_be_assessed
from certcheck.offline.validity import review_counts
from certcheck.report.outcomes import shown_text
from common.catalogue import Kind
from common.dates import CivilDate, add_months

HORIZON_DAYS = 366
"""How far ahead deadlines are listed: a year, so that a yearly plan can be made from them."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something must be done for one person; numbers among the words are masked."""

    day: dt.date
    what: str
    name: str = field(repr=False)
    item: str
    department: str
    row: int
    sheet: str


class Deadlines:
    """Collects the deadlines from the checking date on; each person and thing once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last = context.as_of + dt.timedelta(days=HORIZON_DAYS)
        self._found: set[Deadline] = set()

    def add(self, outcome: Outcome) -> None:
        """Take what ends or falls due in one outcome."""
        for day, what in days_of(outcome, self._context):
            if self._context.as_of <= day <= self._last:
                person, source = outcome.entry.person, outcome.entry.source
                self._found.add(
                    Deadline(
                        day, what, _shown(person.name) or "（无姓名）", _item(outcome),
                        _shown(person.department), source.row, source.sheet,
                    )
                )  # fmt: skip

    def soonest_first(self) -> list[Deadline]:
        """Give all that were collected."""
        return sorted(
            self._found,
            key=lambda one: (one.day, one.what, one.name, one.item, one.department, one.row, one.sheet),
        )


def _item(outcome: Outcome) -> str:
    claim, record = outcome.entry.claim, outcome.record
    if claim is None:
        return ""
    if record is not None and item_not_named(claim, record):
        return _shown(held_item(record))
    return _shown(claim.item or claim.category or kind_name(claim) or "")


def _shown(text: str) -> str:
    return shown_text(text, show_id=False) or ""


def days_of(outcome: Outcome, context: Context) -> tuple[tuple[dt.date, str], ...]:
    """Give every day by which something must be done about an entry, past ones too, and what.

    Nothing falls due for who left. A record's days stand beside those of the list, and in their place where it ends later or is more exact.
    """
    entry, record = outcome.entry, outcome.record
    if entry.person.left:
        return ()
    if record is None or entry.claim is None:
        return (*_of_certificate(entry, context), *_of_person(entry, context))
    claims = [as_claim(record, entry.claim)]
    if not ends_later(entry.claim, record):
        claims.append(_exact(reviewed(entry, record, context).claim or entry.claim, record))
    every = [day for claim in claims for day in _of_certificate(replace(entry, claim=claim), context)]
    return (*dict.fromkeys(every), *_of_person(entry, context))


def _exact(claim: Claim, record: RegistryRecord) -> Claim:
    """Put a record's days where the list has only their months."""
    ends, due = claim.valid_to, claim.review_due
    if ends is not None and record.valid_to is not None and ends.agrees(record.valid_to):
        ends = record.valid_to
    if due is not None and record.review_due is not None and due.agrees(record.review_due):
        due = record.review_due
    return replace(claim, valid_to=ends, review_due=due, alike=None)


@once_for_alike
def _of_certificate(entry: Entry, context: Context) -> Iterator[tuple[dt.date, str]]:
    claim = entry.claim
    if claim is not None and claim.other is None:
        if claim.valid_to is not None:
            yield claim.valid_to.last_day(), "证书有效期止，须在此前换证"
        due = _review(claim, context)
        if due is not None:
            yield due.last_day(), "应复审"


def _of_person(entry: Entry, context: Context) -> Iterator[tuple[dt.date, str]]:
    claim, person = entry.claim, entry.person
    pack = context.rules.at("safety", context.as_of)
    limit = limit_of(entry, context)
    stated = claim is not None and claim.states_something
    if limit is not None and not stated and must_be_assessed(entry, context):
        yield limit, "任职满六个月，须考核合格"
    if person.retrained is not None and (claim is None or claim.kind is Kind.SAFETY):
        yield add_months(person.retrained.last_day(), pack.number("retraining_months")), "年度再培训"


def _review(claim: Claim, context: Context) -> CivilDate | None:
    """Give the review that is still to come: stated, else derived; none once it was done."""
    if claim.kind is Kind.SAFETY:
        return None
    start = claim.valid_from or claim.first_issue
    pack = context.rules.at("special", start.last_day() if start else context.as_of)
    due = claim.review_due or (derived_review(claim, pack) if claim.kind is Kind.SPECIAL else None)
    if due is None or review_counts(due, claim.review_done, context):
        return None
    if claim.review_due is None and due.last_day() < context.as_of:
        return None  # derived and past: nobody knows whether it was done, so it is no day to keep
    return due
