"""The dates of a certificate against each other and against the kind's length of validity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from certcheck.findings import finding
from certcheck.model import Claim, Entry
from certcheck.offline.alike import once_for_alike
from certcheck.offline.context import Context
from certcheck.rules import Pack
from common.catalogue import Kind
from common.dates import CivilDate, read_date
from common.finding import Finding


@once_for_alike
def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge order, issue in the future, and the range from start to end."""
    claim = entry.claim
    if claim is None or claim.elsewhere:
        return
    start, end = claim.valid_from, claim.valid_to
    if start and end and end.last_day() < start.first_day():
        yield finding(
            "DATE-ORDER",
            f"有效期止 {end} 早于有效期起 {start}，请按证书核对。",
            field="valid_to",
            value=str(end),
            expected=f"不早于 {start}",
        )
    else:
        yield from _range(claim, context)
    issued = claim.first_issue
    if issued and issued.first_day() > context.as_of:
        yield finding(
            "DATE-FUTURE-ISSUE",
            f"初领日期 {issued} 在核验日期 {context.as_of} 之后。",
            field="first_issue",
            value=str(issued),
        )


def as_due(entry: Entry, one: Finding, context: Context) -> Finding:
    """Say beside a review whose header leaves it open that its day is just the one on which it was due, and is over."""
    claim = entry.claim
    if (
        one.code != "DATE-AMBIGUOUS"
        or one.field != "review_done"
        or claim is None
        or claim.kind is Kind.SAFETY
    ):
        return one
    day = read_date(one.value or "")
    pack = context.rules.at("special", context.as_of)
    start = period_start(claim, pack)
    if day is None or start is None or day.last_day() >= context.as_of:
        return one
    years = pack.number("review_years")
    if not any(day.agrees(due) for due in allowed_ends(start, years)):
        return one
    over = (context.as_of - day.last_day()).days
    told = f"这一天正好是 {start} 起满 {years} 年的应复审日：如果是应复审日期，已逾期 {over} 天。"
    return replace(one, message=one.message + told)


def _range(claim: Claim, context: Context) -> Iterator[Finding]:
    start, end = claim.valid_from, claim.valid_to
    if start is None or end is None or claim.kind not in (Kind.SPECIAL, Kind.SAFETY):
        return
    pack = context.rules.of_event(str(claim.kind), start)
    years = pack.number("validity_years")
    if not any(end.agrees(allowed) for allowed in allowed_ends(start, years)):
        yield finding(
            "DATE-RANGE",
            f"有效期 {start} 至 {end}，不是该类证书的 {years} 年，请按证书核对。",
            basis=pack.basis("validity_years"),
            field="valid_to",
            value=str(end),
            expected=str(start.plus_months(12 * years)),
        )


def allowed_ends(start: CivilDate, years: int) -> tuple[CivilDate, ...]:
    """Give the ends a start may have: the same day so many years later, or the day before it."""
    end = start.plus_months(12 * years)
    if end.month_only:
        return end, end.plus_months(-1)
    ends = [end, CivilDate.of(end.first_day() - dt.timedelta(days=1))]
    if (start.month, start.day) == (2, 29):
        ends.append(CivilDate(end.year, 3, 1))
    return tuple(ends)


def period_start(claim: Claim, pack: Pack) -> CivilDate | None:
    """Give the start of a certificate's period: the stated one, else the end less the validity, else the first issue.

    The first issue may be years before the period, and counts only where nothing else is known.
    """
    if claim.valid_from is not None:
        return claim.valid_from
    if claim.valid_to is not None:
        return claim.valid_to.plus_months(-12 * pack.number("validity_years"))
    return claim.first_issue


def derived_review(claim: Claim, pack: Pack) -> CivilDate | None:
    """Give the review date that follows from a certificate's dates: three years after its start."""
    months = 12 * pack.number("review_years")
    if claim.valid_from is None and claim.valid_to is not None:  # in one step: 29 February stays what it is
        return claim.valid_to.plus_months(months - 12 * pack.number("validity_years"))
    start = period_start(claim, pack)
    return start.plus_months(months) if start is not None else None
