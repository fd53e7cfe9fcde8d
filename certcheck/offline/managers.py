"""Main persons in charge and safety managers of high-risk industries (安全生产法 art. 27; Order 3)."""

from __future__ import annotations

from collections.abc import Iterator

from certcheck.findings import finding
from certcheck.model import Entry
from certcheck.offline.context import Context
from common.catalogue import Kind
from common.dates import add_months
from common.finding import Finding


def is_manager(entry: Entry, context: Context) -> bool:
    """Say whether a row is about a main person in charge or a safety manager."""
    if entry.person.is_manager_type:
        return True
    return bool(context.needs(entry, Kind.SAFETY))


def _assessed(entry: Entry, context: Context) -> bool | None:
    """Say whether emergency management assesses the industry; None where it is not stated."""
    if not entry.person.industry:
        return None
    industry = context.catalogue.industry(entry.person.industry)
    return industry is not None and industry.assessed


def must_be_assessed(entry: Entry, context: Context) -> bool:
    """Say whether a row is about a manager whom emergency management assesses."""
    return is_manager(entry, context) and bool(_assessed(entry, context))


def check_appointment(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge six months from appointment to the certificate, in the industries that are assessed."""
    appointed = entry.person.appointed
    if appointed is None or not must_be_assessed(entry, context):
        return
    if any(claim.kind is Kind.SAFETY for claim in context.roll.claims_of(entry)):
        return
    pack = context.rules.at("safety", context.as_of)
    limit = add_months(appointed.last_day(), pack.number("appointment_months"))
    over = context.as_of > limit
    told = f"已于 {limit} 满六个月，仍未" if over else f"最迟 {limit} 前须"
    yield finding(
        "MANAGER-UNQUALIFIED" if over else "MANAGER-DUE",
        f"任职日期 {appointed}，{told}取得安全生产知识和管理能力考核合格证。",
        basis=pack.basis("appointment_months"),
        field="appointed",
        value=str(appointed),
        expected=str(limit),
    )


def check_retraining(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge the yearly retraining of people who hold, or need, the safety-knowledge certificate."""
    done = entry.person.retrained
    holds = entry.claim is not None and entry.claim.kind is Kind.SAFETY
    if done is None or not (holds or is_manager(entry, context)) or _assessed(entry, context) is False:
        return
    pack = context.rules.at("safety", context.as_of)
    limit = add_months(done.last_day(), pack.number("retraining_months"))
    if context.as_of > limit:
        yield finding(
            "RETRAINING-OVERDUE",
            f"最近再培训日期 {done}，满一年（{limit}）仍未再培训。",
            basis=pack.basis("retraining_months"),
            field="retrained",
            value=str(done),
            expected=str(limit),
        )


def check_absence(entry: Entry, context: Context) -> Iterator[Finding]:
    """Find people who were away from the job for six months or more and are back (O30 art. 32)."""
    left, back = entry.person.left_job, entry.person.returned
    if left is None or back is None:
        return
    pack = context.rules.at("special", min(back.last_day(), context.as_of))
    if back.last_day() >= add_months(left.first_day(), pack.number("away_months")):
        yield finding(
            "PRACTICAL-RETEST",
            f"{left} 离岗，{back} 返岗，离开岗位六个月以上，上岗前须重新进行实际操作考试。",
            basis=pack.basis("away_months"),
            field="returned",
            value=str(back),
        )
