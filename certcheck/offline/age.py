"""Age at first issue and today: 18 at least (O30 art. 4), legal retirement age at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from certcheck.findings import finding
from certcheck.model import Entry, Person
from certcheck.offline.context import Context
from certcheck.offline.identity import EARLIEST_BIRTH, sound, stated_sex
from certcheck.retirement import groups_for, retirement_month
from common.catalogue import Kind
from common.dates import CivilDate, add_months
from common.finding import Finding

_GROUP_NAMES = {
    "men": "男职工",
    "women_50": "原法定退休年龄 50 周岁的女职工",
    "women_55": "原法定退休年龄 55 周岁的女职工",
}


def check(entry: Entry, context: Context) -> Iterator[Finding]:
    """Judge the age of people who hold, or whose post needs, a special operation certificate."""
    born = _born(entry.person, context.as_of)
    if born is None or not _applies(entry, context):
        return
    yield from _too_young(entry, born, context)
    yield from _retired(born, context)


@dataclass(frozen=True, slots=True)
class _Born:
    """When somebody was born and whether it is a man, and which field says so."""

    day: dt.date
    male: bool | None
    field: str
    value: str | None


def _born(person: Person, as_of: dt.date) -> _Born | None:
    """Take birth and sex from a number that may be relied on, else from the columns (passports, no number).

    A month alone counts from its first day: nobody is too young who may be old enough.
    """
    identity = person.identity
    if identity is not None and identity.birth is not None and sound(identity, as_of):
        return _Born(identity.birth, identity.male, "id_number", None)
    if person.birth is None or not EARLIEST_BIRTH <= person.birth.first_day() <= as_of:
        return None
    return _Born(person.birth.first_day(), stated_sex(person), "birth", str(person.birth))


def _applies(entry: Entry, context: Context) -> bool:
    """Keep to special operations: their rules set the limits; a manager of 66 is no finding."""
    if entry.claim is None:
        return bool(context.needs(entry, Kind.SPECIAL))
    return entry.claim.kind is not Kind.SAFETY


def _too_young(entry: Entry, born: _Born, context: Context) -> Iterator[Finding]:
    pack = context.rules.at("special", context.as_of)
    adult = _adult_on(born.day, context)
    first = entry.claim.first_issue if entry.claim and not entry.claim.elsewhere else None
    if first is not None and first.last_day() < adult:
        basis = context.rules.of_event("special", first).basis("least_age")
        yield finding(
            "AGE-UNDER-18",
            f"初领日期 {first} 时未满 18 周岁。",
            basis=basis,
            field="first_issue",
            value=str(first),
        )
    elif context.as_of < adult:
        yield finding(
            "AGE-UNDER-18",
            "核验日期时未满 18 周岁，不得从事特种作业。",
            basis=pack.basis("least_age"),
            field=born.field,
            value=born.value,
        )


def _adult_on(birth: dt.date, context: Context) -> dt.date:
    adult = add_months(birth, 12 * context.rules.at("special", context.as_of).number("least_age"))
    if birth.month == 2 and birth.day == 29 and adult.day == 28:
        adult += dt.timedelta(days=1)  # the birthday of 29 February is reached on 1 March
    return adult


def check_on_record(entry: Entry, first: CivilDate | None, context: Context) -> Iterator[Finding]:
    """Judge the age at the first issue on record, where the list states none; who is too young today is told already."""
    claim, born = entry.claim, _born(entry.person, context.as_of)
    if first is None or claim is None or claim.first_issue is not None or not _applies(entry, context):
        return
    if born is not None and first.last_day() < _adult_on(born.day, context) <= context.as_of:
        yield finding(
            "AGE-UNDER-18",
            f"国家平台显示初领日期 {first}，当时未满 18 周岁。",
            basis=context.rules.of_event("special", first).basis("least_age"),
            field="first_issue",
            expected=str(first),
        )


def _retired(born: _Born, context: Context) -> Iterator[Finding]:
    pack = context.rules.at("retirement", context.as_of)
    birth, groups = born.day, groups_for(born.male)
    if context.as_of.year < birth.year + min(pack.values[group].value["old_age"] for group in groups):
        return  # most people of a list: no delay makes anybody retire earlier
    months = {group: retirement_month(pack, group, birth) for group in groups}
    if context.as_of <= min(month.last_day() for month in months.values()):
        return
    told = "；".join(f"{_GROUP_NAMES[group]}为 {month}" for group, month in months.items())
    yield finding(
        "AGE-RETIRED",
        f"已过法定退休年龄所在月份（{told}），请确认是否仍在岗及适用哪一种。",
        basis=pack.basis(next(iter(months))),
        field=born.field,
        value=born.value,
        expected="、".join(str(month) for month in months.values()),
    )
