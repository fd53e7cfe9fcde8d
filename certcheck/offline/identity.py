"""Identity numbers against themselves and against the row (GB 11643; DOMAIN section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from certcheck.findings import finding
from certcheck.model import Entry, Person
from certcheck.offline.context import Context
from common.finding import Finding
from common.identity import IdentityNumber, IdForm
from common.privacy import mask

_GB = "GB 11643《公民身份号码》"
_SEXES = {"男": True, "M": True, "女": False, "F": False}
EARLIEST_BIRTH = dt.date(1900, 1, 1)


def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge the form, the check digit, the birth date and what the row says beside them."""
    identity = entry.person.identity
    if identity is None:
        return
    shown = mask(identity.text) or ""
    if identity.form is IdForm.UNKNOWN:
        yield finding(
            "ID-FORMAT",
            f"“{shown}”不是已知证件的号码格式（共 {len(identity.text)} 位），请按证件核对。",
            basis=_GB,
            field="id_number",
            value=identity.text,
        )
        return
    if identity.form is IdForm.RESIDENT15:
        yield finding(
            "ID-OLD15",
            "15 位旧号码已按规则换算为 18 位核验；旧证自 2013 年起停止使用，请按现证填写。",
            basis=_GB,
            field="id_number",
            value=entry.person.id_written,
        )
    if not identity.check_ok:
        yield finding(
            "ID-CHECKDIGIT",
            f"身份证号 {shown} 的校验位不对，多为录入错误，请按证件核对。",
            basis=_GB,
            field="id_number",
            value=identity.text,
        )
    yield from _birth(entry.person, identity, context)
    yield from _sex(entry.person, identity)


def _birth(person: Person, identity: IdentityNumber, context: Context) -> Iterator[Finding]:
    if not identity.has_birth:
        return
    birth = identity.birth
    if birth is None or not EARLIEST_BIRTH <= birth <= context.as_of:
        yield finding(
            "ID-BIRTHDATE",
            "身份证号中的出生日期不存在或在核验日期之后，请按证件核对。",
            basis=_GB,
            field="id_number",
            value=identity.text,
        )
    elif person.birth is not None and not person.birth.agrees(person.birth.of(birth)):
        yield finding(
            "ID-BIRTH-COLUMN",
            "出生日期一列与身份证号中的出生日期不一致，请核对。",
            basis=_GB,
            field="birth",
            value=str(person.birth),
        )


def stated_sex(person: Person) -> bool | None:
    """Say whether the sex column names a man; None where it tells nothing."""
    return _SEXES.get(person.sex.strip()[:1].upper())


def _sex(person: Person, identity: IdentityNumber) -> Iterator[Finding]:
    stated = stated_sex(person)
    if identity.male is not None and stated is not None and stated != identity.male:
        yield finding(
            "ID-SEX",
            f"性别填“{person.sex}”，身份证号第 17 位表示{'男' if identity.male else '女'}，请核对。",
            basis=_GB,
            field="sex",
            value=person.sex,
            expected="男" if identity.male else "女",
        )


def check_names(entry: Entry, context: Context) -> Iterator[Finding]:
    """Find one number under two names, on every row that has it."""
    names = context.roll.names_of(entry.person)
    if names:
        yield finding(
            "ID-NAME-CONFLICT",
            f"同一证件号码在表中有不同姓名：{'、'.join(names)}，请核对。",
            field="name",
            value=entry.person.name,
        )


def sound(identity: IdentityNumber | None, as_of: dt.date) -> bool:
    """Say whether a number may be relied on: known form, right check digit, possible birth date."""
    if identity is None or identity.form is IdForm.UNKNOWN or not identity.check_ok:
        return False
    return not identity.has_birth or (
        identity.birth is not None and EARLIEST_BIRTH <= identity.birth <= as_of
    )
