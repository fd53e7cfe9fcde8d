"""Main persons in charge and safety managers of high-risk industries (安全生产法 art. 27; Order 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from certcheck.findings import NOT_SHOWN_IN_TIME, finding, for_managers
from certcheck.model import Claim, Entry
from certcheck.offline.context import Context
from common.catalogue import Kind
from common.dates import CivilDate, add_months
from common.finding import Finding


def is_manager(entry: Entry, context: Context) -> bool:
    """Say whether a row is about a main person in charge or a safety manager."""
    if entry.person.is_manager_type:
        return True
    return bool(context.needs(entry, Kind.SAFETY))


def assessed(entry: Entry, context: Context) -> bool | None:
    """Say whether emergency management assesses the industry; None where it is not stated, or its words do not tell."""
    if not entry.person.industry:
        return None
    industry = context.catalogue.industry(entry.person.industry)
    return None if industry is None else industry.assessed


def must_be_assessed(entry: Entry, context: Context) -> bool:
    """Say whether a row is about a manager whom emergency management assesses."""
    return is_manager(entry, context) and bool(assessed(entry, context))


def may_be_assessed(entry: Entry, context: Context) -> bool:
    """Say the same where the industry is not stated, too: nobody knows that nothing is needed."""
    return is_manager(entry, context) and assessed(entry, context) is not False


def check_industry(entry: Entry, context: Context) -> Iterator[Finding]:
    """Say that the words of an industry do not tell whether its managers are assessed: nobody is cleared by them."""
    written = entry.person.industry
    if not written or not is_manager(entry, context) or assessed(entry, context) is not None:
        return
    if any(claim.kind in (Kind.SAFETY, None) or claim.doubtful for claim in context.roll.claims_of(entry)):
        return
    industry = context.catalogue.industry(written)
    told = f"可能属于{industry.name}，也可能不属于" if industry else "不在行业表中"
    yield finding(
        "INDUSTRY-UNSURE",
        f"行业类别“{written}”{told}，看不出主要负责人和安全生产管理人员是否须经应急管理部门考核，不作结论；请写明。",
        basis=industry.basis if industry else "",
        field="industry",
        value=written,
    )


def certificates(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out training papers: they are no certificates."""
    return [claim for claim in claims if claim.kind is not Kind.TRAINING or claim.doubtful]


def check_appointment(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge six months from appointment to the certificate, in the industries that are assessed.

    A certificate whose kind cannot be told for certain may be the one: its holder is not accused. A training
    paper is none.
    """
    if not must_be_assessed(entry, context):
        return
    claims = context.roll.claims_of(entry)
    if any(claim.kind in (Kind.SAFETY, None) or claim.doubtful for claim in claims):
        return
    appointed, pack = entry.person.appointed, context.rules.at("safety", context.as_of)
    limit = limit_of(entry, context)
    if appointed is None or limit is None:
        if not certificates(claims) and not entry.unreadable("appointed"):
            missing = finding(
                "CERT-MISSING",
                "所在行业的主要负责人和安全生产管理人员应持安全生产知识和管理能力考核合格证，"
                f"表中没有填写{'该' if claims else ''}证书，也没有任职日期，看不出是否还在任职六个月内。",
                basis=pack.basis("certificate_needed"),
                field="person_type" if entry.person.person_type else "post",
                value=entry.person.person_type or entry.person.post,
            )
            yield for_managers(missing)
        return
    over = context.as_of > limit
    told = f"已于 {limit} 满六个月，仍未" if over else f"最迟 {limit} 须"
    yield finding(
        "MANAGER-UNQUALIFIED" if over else "MANAGER-DUE",
        f"任职日期 {appointed}，{told}取得安全生产知识和管理能力考核合格证。",
        basis=pack.basis("appointment_months"),
        field="appointed",
        value=str(appointed),
        expected=str(limit),
    )


def limit_of(entry: Entry, context: Context) -> dt.date | None:
    """Give the day by which a manager is to be assessed; None where no appointment is stated."""
    appointed = entry.person.appointed
    if appointed is None:
        return None
    months = context.rules.at("safety", context.as_of).number("appointment_months")
    return add_months(appointed.last_day(), months)


def about_bare(entry: Entry, found: Finding, context: Context) -> Finding:
    """Tell beside a certificate of which nothing is stated by when a manager was to have one.

    It may be there: the holder is not accused, but the day that is over is told with what to do.
    """
    limit, claim = limit_of(entry, context), entry.claim
    if (
        limit is None
        or claim is None
        or claim.kind not in (Kind.SAFETY, None)
        or not assessed(entry, context)
    ):
        return found
    if claim.kind is None and not is_manager(entry, context):
        return found
    if any(other.kind is Kind.SAFETY and other.states_something for other in context.roll.claims_of(entry)):
        return found
    over = context.as_of > limit
    told = f"任职日期 {entry.person.appointed}，{f'已于 {limit} 满六个月' if over else f'最迟 {limit} 须考核合格'}。"
    basis = context.rules.at("safety", context.as_of).basis("appointment_months")
    step = NOT_SHOWN_IN_TIME if over else ""
    return replace(found, message=found.message + told, basis=basis, step=step)


def check_retraining(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge the yearly retraining; where a list states its day, the person is one who needs it."""
    done = entry.person.retrained
    if done is None:
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
    if left is None or back is None or not _works_specially(entry, context):
        return
    if back.first_day() > context.as_of:
        return  # not back yet
    pack = context.rules.at("special", min(back.last_day(), context.as_of))
    if back.last_day() >= add_months(left.last_day(), pack.number("away_months")):
        yield finding(
            "PRACTICAL-RETEST",
            f"{left} 离岗，{back} 返岗，离开岗位六个月以上{_by_last_days(left, back)}，"
            "上岗前须重新进行实际操作考试。",
            basis=pack.basis("away_months"),
            field="returned",
            value=str(back),
        )


def _works_specially(entry: Entry, context: Context) -> bool:
    """Say whether a row is about special operations: only they have a practical test to repeat."""
    if entry.claim is not None and entry.claim.kind in (Kind.SPECIAL, None):
        return True
    return bool(context.needs(entry, Kind.SPECIAL))


def _by_last_days(*dates: CivilDate) -> str:
    return "（只写到月的按月末计）" if any(date.month_only for date in dates) else ""
