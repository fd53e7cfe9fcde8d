"""Is the certificate still valid, and was it reviewed in time (O30 arts. 19, 21, 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from certcheck.certificate_dates import REVIEWS
from certcheck.findings import OF_NO_KNOWN_KIND, finding
from certcheck.model import Claim, Entry
from certcheck.offline.alike import once_for_alike
from certcheck.offline.context import Context
from certcheck.offline.dates import derived_review, period_start
from certcheck.rules import Pack
from common.catalogue import Kind
from common.dates import CivilDate
from common.finding import Finding, Severity
from common.privacy import mask_numbers_in


@once_for_alike
def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge expiry and review; reminders only where nothing is overdue. What is unknown hides no end that is near."""
    claim = entry.claim
    if claim is None or claim.elsewhere:
        return
    found = [*_expired(claim, context), *_review(entry, claim, context)]
    yield from found
    if not any(one.severity is Severity.VIOLATION for one in found):
        yield from _expiring(claim, context)
        yield from _review_due(claim, context)


def month_note(date: CivilDate) -> str:
    """Say that a month-only date was judged by its last day."""
    return f"（只写到月，按 {date.last_day()} 计）" if date.month_only else ""


def _validity_basis(claim: Claim, end: CivilDate, context: Context) -> str:
    subject = "safety" if claim.kind is Kind.SAFETY else "special"
    return context.rules.at(subject, min(end.last_day(), context.as_of)).basis("validity_years")


def _renewal_basis(claim: Claim, end: CivilDate, context: Context) -> str:
    if claim.kind is Kind.SAFETY:
        return context.rules.at("manager-renewal", context.as_of).basis("notice_days")
    return _validity_basis(claim, end, context)


def _kind_unknown(claim: Claim) -> bool:
    """Say whether nothing tells which rules a certificate is under; only one of special operations is reviewed."""
    return claim.kind is None and claim.review_due is None and claim.review_done is None


def _of_its_kind(claim: Claim, found: Finding) -> Finding:
    """Give a finding on an end; of an unknown kind no article is named, and what is missing is told."""
    if not _kind_unknown(claim):
        return found
    written = f"“{claim.kind_written}”" if claim.kind_written else ""
    told = f"{written}看不出是哪一种证书，没有引用条文；请写明证书类型。"
    return replace(
        found, message=found.message + mask_numbers_in(told), basis="", step=OF_NO_KNOWN_KIND[found.code]
    )


def _expired(claim: Claim, context: Context) -> Iterator[Finding]:
    end = claim.valid_to
    if end is not None and end.last_day() < context.as_of:
        told = finding(
            "CERT-EXPIRED",
            f"证书有效期止 {end}{month_note(end)}，已过期 {(context.as_of - end.last_day()).days} 天。",
            basis=_validity_basis(claim, end, context),
            field="valid_to",
            value=str(end),
        )
        yield _of_its_kind(claim, told)


def _expiring(claim: Claim, context: Context) -> Iterator[Finding]:
    end = claim.valid_to
    if end is None:
        return
    left = (end.last_day() - context.as_of).days
    if 0 <= left <= context.rules.at("reminders", context.as_of).number("expiry_days"):
        told = finding(
            "CERT-EXPIRING",
            f"证书有效期止 {end}{month_note(end)}，还剩 {left} 天，请安排换证。{_apply_by(claim, end, context)}",
            basis=_renewal_basis(claim, end, context),
            field="valid_to",
            value=str(end),
        )
        yield _of_its_kind(claim, told)


def _apply_by(claim: Claim, end: CivilDate, context: Context) -> str:
    """Say by when to apply for another certificate of a manager: some days before the end; "" for special operations."""
    if claim.kind is not Kind.SAFETY:
        return ""
    days = context.rules.at("manager-renewal", context.as_of).number("notice_days")
    last = end.last_day() - dt.timedelta(days=days)
    told = (
        f"最迟 {last} 申请延期" if last >= context.as_of else f"申请延期的最后一天（{last}）已过，请立即申请"
    )
    return f"{told}（期满 {days} 日前，各地规定不一，以当地为准）。"


def _special(claim: Claim, context: Context) -> Pack | None:
    """Give the pack whose review cycle a claim follows; a safety-knowledge certificate has none."""
    if claim.kind is Kind.SAFETY:
        return None
    start = claim.valid_from or claim.first_issue
    return context.rules.at("special", start.last_day() if start else context.as_of)


def due_of(claim: Claim, context: Context) -> CivilDate | None:
    """Give the review date of a certificate: the stated one, else the one that follows from its dates."""
    pack = _special(claim, context)
    if pack is None:
        return None
    return claim.review_due or (derived_review(claim, pack) if claim.kind is Kind.SPECIAL else None)


def review_counts(due: CivilDate, done: CivilDate | None, context: Context) -> bool:
    """Say whether a review is the one that was due: from one year before the due date to today."""
    if done is None:
        return False
    early = context.rules.at("reminders", context.as_of).number("early_review_years")
    earliest = due.plus_months(-12 * early).first_day()
    return done.last_day() >= earliest and done.first_day() <= context.as_of


def _review(entry: Entry, claim: Claim, context: Context) -> Iterator[Finding]:
    """Judge the stated due date, else the derived one; a review nobody can read accuses nobody."""
    pack = _special(claim, context)
    if pack is None:
        return
    due, done = claim.review_due, claim.review_done
    if done is None and entry.unreadable("review_done", *REVIEWS):
        return
    if due is None and entry.unreadable("review_due"):
        return
    if due is not None:
        if due.last_day() < context.as_of and not review_counts(due, done, context):
            told = f"所填复审日期 {done} 不在应复审日期前一年至今之间，" if done else ""
            yield finding(
                "CERT-REVIEW-OVERDUE",
                f"应复审日期 {due}{month_note(due)} 已过，{told}未见按期复审。{_long_service(claim, due, context)}",
                basis=_review_basis(due, context),
                field="review_due",
                value=str(due),
            )
        return
    derived = derived_review(claim, pack) if claim.kind is Kind.SPECIAL else None
    if derived is None or derived.last_day() >= context.as_of:
        return
    why = "未填应复审日期和实际复审日期" if done is None else _no_review_of(claim, done, pack, context)
    if why:
        yield finding(
            "CERT-REVIEW-UNKNOWN",
            f"{why}；按证书日期推算 {derived}{month_note(derived)} 应已复审，请补填或核实。"
            f"{_long_service(claim, derived, context)}",
            basis=_review_basis(derived, context),
            field="review_done" if done else "review_due",
            value=str(done) if done else None,
            expected=str(derived),
        )


def _no_review_of(claim: Claim, done: CivilDate, pack: Pack, context: Context) -> str:
    """Say why a stated review cannot be one of this certificate's period; "" where it can."""
    start = period_start(claim, pack)
    if done.first_day() > context.as_of:
        return f"未填应复审日期；所填实际复审日期 {done} 在核验日期 {context.as_of} 之后，不能算已复审"
    if start is not None and done.last_day() < start.first_day():
        began = f"有效期起 {start}" if claim.valid_from else f"起始日期 {start}（推算）"
        return f"未填应复审日期；所填实际复审日期 {done} 早于本证书{began}，不是本期的复审"
    return ""


def _long_service(claim: Claim, due: CivilDate, context: Context) -> str:
    """Say that the longer cycle may apply after ten years; it needs the issuer's consent, so nobody can judge it."""
    pack = context.rules.at("special", min(due.last_day(), context.as_of))
    years = pack.number("long_service_years")
    if claim.first_issue is None or claim.first_issue.plus_months(12 * years).first_day() > due.last_day():
        return ""
    return (
        f"初领已满 {years} 年：连续从事本工种 {years} 年以上且无违章的，经发证机关同意可以每 6 年复审一次"
        f"（{pack.basis('long_service_years')}），可能适用，请向发证机关核实。"
    )


def _review_basis(due: CivilDate, context: Context) -> str:
    return context.rules.at("special", min(due.last_day(), context.as_of)).basis("review_years")


def _review_due(claim: Claim, context: Context) -> Iterator[Finding]:
    due = due_of(claim, context)
    if due is None or review_counts(due, claim.review_done, context):
        return
    now = context.rules.at("special", context.as_of)
    left = (due.last_day() - context.as_of).days
    if 0 <= left <= now.number("review_window_days"):
        opened = due.last_day() - dt.timedelta(days=now.number("review_window_days"))
        derived = "" if claim.review_due else "（按证书日期推算）"
        yield finding(
            "CERT-REVIEW-DUE",
            f"应复审日期 {due}{derived}{month_note(due)}，还剩 {left} 天；{opened} 起可以申请复审。",
            basis=now.basis("review_window_days"),
            field="review_due",
            value=str(due),
        )
