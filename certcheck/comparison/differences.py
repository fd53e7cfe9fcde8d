"""A claim and a record field by field: what differs, and in which way, in words for a safety officer.

A difference accuses nobody: the words say what is most likely (a slip of the hand, another person's
number, the dates of the certificate before) and what to hold it against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from certcheck.answered import SITE
from certcheck.asked_name import asked_name, holder_key
from certcheck.comparison.same_item import item_not_named
from certcheck.comparison.slips import slip
from certcheck.findings import finding
from certcheck.model import Claim, Entry, RegistryRecord
from certcheck.offline.context import Context
from common.catalogue import Kind
from common.dates import CivilDate
from common.finding import Finding
from common.identity import IdForm, compact, read_identity
from common.privacy import mask
from common.text import fold, name_key

_DATES = {
    "first_issue": "初领日期", "valid_from": "有效期起", "valid_to": "有效期止",
    "review_due": "应复审日期", "review_done": "实际复审日期",
}  # fmt: skip
_OF_THE_CERTIFICATE = ("first_issue", "valid_from", "valid_to", "review_due")
_SLIP = "可能是录入错误"


def name_differs(entry: Entry, records: Sequence[RegistryRecord], context: Context) -> Iterator[Finding]:
    """Hold the name against the names on record for this number; stars on record stand for any character."""
    own = asked_name(entry.person.name)
    names = {record.name for record in records if record.name}
    if not names or any(_may_be(name_key(name), name_key(own)) for name in names):
        return
    shown = "、".join(sorted(names))
    yield finding(
        "REG-NAME",
        f"国家平台上该证件号码的姓名是{shown}，与所填不同：{_other_name(entry, sorted(names), context)}，请按证件核对。",
        basis=SITE,
        field="name",
        value=entry.person.name,
        expected=shown,
    )


def _other_name(entry: Entry, names: list[str], context: Context) -> str:
    for name in names:
        found = slip(holder_key(entry.person.name), name_key(name))
        if found is not None:
            return f"{found.told('字')}，{_SLIP}"
    if any(context.roll.names_another(name, entry.person.number) for name in names):
        return "名单里另有此人，两人的号码可能填混了"
    return "可能填了别人的号码，也可能改过姓名"


def number_differs(
    entry: Entry, claim: Claim, records: Sequence[RegistryRecord], context: Context
) -> Iterator[Finding]:
    """Hold the certificate number against those on record; one that agrees is enough."""
    shown = [compact(record.certificate_number) for record in records if record.certificate_number]
    if not claim.certificate_number or not shown:
        return
    written = compact(claim.certificate_number)
    if any(_same_number(written, number) for number in shown):
        return
    yield finding(
        "REG-NUMBER",
        f"证书编号：所填为 {mask(claim.certificate_number)}，国家平台为 {mask(shown[0])}"
        f"{_other_number(entry, written, shown[0], context)}。",
        basis=SITE,
        field="certificate_number",
        value=claim.certificate_number,
        expected=shown[0],
    )


def _same_number(written: str, shown: str) -> bool:
    """Compare numbers with or without T, with 15 or 18 digits, and with stars on record.

    Where stars leave the length open nothing is contradicted.
    """
    own, theirs = written.removeprefix("T"), shown.removeprefix("T")
    if "*" in theirs:
        return len(own) != len(theirs) or _may_be(theirs, own)
    return own == theirs or _eighteen(own) == _eighteen(theirs)


def _eighteen(number: str) -> str:
    read = read_identity(number)
    return read.text if read.form is IdForm.RESIDENT15 else number


def _other_number(entry: Entry, written: str, shown: str, context: Context) -> str:
    own, theirs = written.removeprefix("T"), shown.removeprefix("T")
    found = None if "*" in theirs else slip(own, theirs)
    if found is not None:
        without = "（不计开头的 T）" if written != own else ""
        return f"，{found.told('位')}{without}，{_SLIP}"
    number = _eighteen(own)
    read = read_identity(number)
    if read.form is IdForm.RESIDENT18 and read.check_ok and number != entry.person.number:
        listed = "，名单里有此人" if context.roll.has_number(number) else ""
        return f"，所填的是另一个人的证件号码{listed}"
    return "，遮盖的部分不同" if mask(written) == mask(shown) else ""


def dates_differ(
    claim: Claim, record: RegistryRecord, others: Sequence[RegistryRecord], context: Context
) -> Iterator[Finding]:
    """Hold every date against the record; months compare as months.

    ``others`` are further records of the same item: an out-of-date list states theirs.
    """
    before = any(is_as_claimed(claim, other) for other in others)
    for name, told in _DATES.items():
        own: CivilDate | None = getattr(claim, name)
        theirs: CivilDate | None = getattr(record, name)
        if own is None or theirs is None or own.agrees(theirs):
            continue
        how = (
            "与平台上换证前的记录相同，名单可能没有更新"
            if before
            else _other_date(name, own, theirs, claim, record, context)
        )
        yield finding(
            "REG-DATES",
            f"{told}：所填为 {own}，国家平台{item_not_named(claim, record)}为 {theirs}{'，' if how else ''}{how}。",
            basis=SITE,
            field=name,
            value=str(own),
            expected=str(theirs),
        )


def agreeing_dates(claim: Claim, record: RegistryRecord) -> int:
    """Count the dates of a certificate that both state alike."""
    pairs = [(getattr(claim, name), getattr(record, name)) for name in _OF_THE_CERTIFICATE]
    return sum(own is not None and theirs is not None and own.agrees(theirs) for own, theirs in pairs)


def is_as_claimed(claim: Claim, record: RegistryRecord) -> bool:
    """Say whether a record is of the very dates that are claimed, its period among them."""
    pairs = [
        (getattr(claim, name), getattr(record, name)) for name in ("first_issue", "valid_from", "valid_to")
    ]
    stated = [(own, theirs) for own, theirs in pairs if own is not None and theirs is not None]
    told_apart = any(
        name != "first_issue" and getattr(claim, name) is not None for name in ("valid_from", "valid_to")
    )
    return told_apart and bool(stated) and all(own.agrees(theirs) for own, theirs in stated)


def _other_date(
    name: str, own: CivilDate, theirs: CivilDate, claim: Claim, record: RegistryRecord, context: Context
) -> str:
    """Say in which way two dates differ, the likeliest first; "" for no known one."""
    for other in ("valid_from", "valid_to", *_DATES):
        there: CivilDate | None = getattr(record, other)
        if other != name and there is not None and own == there:
            return f"与平台的{_DATES[other]}相同，可能填错了列"
    if own.month_only or theirs.month_only:
        return ""
    if (own.year, own.month, own.day) == (theirs.year, theirs.day, theirs.month):
        return "月和日写反了"
    years = abs(own.year - theirs.year)
    if (own.month, own.day) == (theirs.month, theirs.day):
        return _other_year(years, claim, context)
    days = abs((own.first_day() - theirs.first_day()).days)
    if days == 1:
        return "相差一天"
    if slip(_digits(own), _digits(theirs)) is not None:
        return f"只差一个数字或相邻两个数字颠倒，{_SLIP}"
    return ""


def _other_year(years: int, claim: Claim, context: Context) -> str:
    subject = "safety" if claim.kind is Kind.SAFETY else "special"
    period = context.rules.at(subject, context.as_of).number("validity_years")
    if years == period:
        return f"正好差一个有效期（{period} 年），可能是换证前或换证后的日期"
    return "年份差一年" if years == 1 else f"年份差 {years} 年，月日相同"


def _digits(date: CivilDate) -> str:
    return f"{date.year:04d}{date.month:02d}{date.day:02d}"


def _may_be(shown: str, own: str) -> bool:
    """Say whether a text with stars for hidden characters may be another one."""
    pattern = "".join("." if mark == "*" else re.escape(mark) for mark in fold(shown))
    return re.fullmatch(pattern, own) is not None
