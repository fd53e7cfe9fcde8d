"""What a record says is coming, or does not say of a review: told where the list's own dates do not say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from certcheck.comparison.with_record import as_claim, reviewed
from certcheck.findings import finding
from certcheck.model import Entry, RegistryRecord
from certcheck.offline import validity
from certcheck.offline.context import Context
from common.finding import Finding

_CODES = {
    "CERT-EXPIRING": "REG-EXPIRING",
    "CERT-REVIEW-DUE": "REG-REVIEW-DUE",
    "CERT-REVIEW-UNKNOWN": "REG-REVIEW-UNKNOWN",
}


def reminders(entry: Entry, record: RegistryRecord, context: Context, of_item: str) -> Iterator[Finding]:
    """Judge a record's dates as those of a claim are judged, and leave out what the claim's own say."""
    if entry.claim is None:
        return
    own = validity.check(reviewed(entry, record, context), context)
    shown = replace(entry, claim=as_claim(record, entry.claim), findings=())
    for one in validity.check(shown, context):
        if one.code not in _CODES or any(_says_the_same(mine, one) for mine in own):
            continue
        date = _date(one)
        if one.code == "CERT-REVIEW-UNKNOWN":
            told = (
                f"国家平台{of_item}没有显示应复审日期和实际复审日期；按证书日期推算 {date} 应已复审，"
                "请查看证书或向发证机关核实。"
            )
        else:
            told = f"按国家平台{of_item}的记录，{one.message}"
        yield finding(_CODES[one.code], told, basis=one.basis, field=one.field, expected=date)


def _date(one: Finding) -> str:
    return one.value or one.expected or ""


def _says_the_same(mine: Finding, theirs: Finding) -> bool:
    """Say whether two reminders are of one date, one of which may be known to the month only."""
    own, other = _date(mine), _date(theirs)
    return mine.code == theirs.code and (own.startswith(other) or other.startswith(own))
