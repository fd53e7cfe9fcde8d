"""Coming deadlines of a list: what ends or falls due when, for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from certcheck.model import Claim, Entry, Outcome
from certcheck.normalise import kind_name
from certcheck.offline.context import Context
from certcheck.offline.dates import derived_review
from certcheck.offline.managers import must_be_assessed
from certcheck.offline.validity import review_counts
from certcheck.report.outcomes import shown_text
from common.catalogue import Kind
from common.dates import CivilDate, add_months

HORIZON_DAYS = 366
"""How far ahead deadlines are listed: a year, so that a yearly plan can be made from them."""


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """One day by which something must be done for one person; numbers among the words are masked."""

    day: dt.date
    what: str
    name: str = field(repr=False)
    item: str
    department: str
    row: int
    sheet: str


def deadlines(outcomes: Iterable[Outcome], context: Context) -> list[Deadline]:
    """Give the deadlines from the checking date on, soonest first; each person and thing once."""
    last = context.as_of + dt.timedelta(days=HORIZON_DAYS)
    found = {
        Deadline(
            day, what, _shown(outcome.entry.person.name) or "（无姓名）", _item(outcome.entry.claim),
            _shown(outcome.entry.person.department), outcome.entry.source.row, outcome.entry.source.sheet,
        )
        for outcome in outcomes
        for day, what in _of(outcome.entry, context)
        if context.as_of <= day <= last
    }  # fmt: skip
    return sorted(found)


def _item(claim: Claim | None) -> str:
    return _shown(claim.item or claim.category or kind_name(claim) or "") if claim else ""


def _shown(text: str) -> str:
    return shown_text(text, show_id=False) or ""


def _of(entry: Entry, context: Context) -> Iterator[tuple[dt.date, str]]:
    claim = entry.claim
    if claim is not None and claim.other is None:
        if claim.valid_to is not None:
            yield claim.valid_to.last_day(), "证书有效期止，须在此前换证"
        due = _review(claim, context)
        if due is not None:
            yield due.last_day(), "应复审"
    pack = context.rules.at("safety", context.as_of)
    person = entry.person
    if person.appointed is not None and claim is None and must_be_assessed(entry, context):
        yield (
            add_months(person.appointed.last_day(), pack.number("appointment_months")),
            "任职满六个月，须考核合格",
        )
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
    return due
