"""One verdict from the findings (contract, section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from certcheck.model import Entry
from certcheck.offline.context import Context
from certcheck.offline.managers import may_be_assessed
from common.catalogue import Kind
from common.finding import Finding, Severity

VERDICTS = {
    "violation": "有问题",
    "attention": "需关注",
    "unverified": "材料无误，未联网核验",
    "valid": "有效",
    "not_required": "无须持证",
}
"""Verdicts and their words, gravest first."""


def verdict_of(entry: Entry, findings: Iterable[Finding], context: Context, *, confirmed: bool) -> str:
    """Conclude; nothing is ever called valid that the registry did not confirm.

    A waived finding weighs nothing; it stays in sight.
    """
    severities = {finding.severity for finding in findings if finding.waived is None}
    for severity in (Severity.VIOLATION, Severity.ATTENTION):
        if severity in severities:
            return str(severity)
    if entry.claim is None and not _needs_anything(entry, context):
        return "not_required"
    return "valid" if confirmed else "unverified"


def _needs_anything(entry: Entry, context: Context) -> bool:
    return bool(context.needs(entry, Kind.SPECIAL, Kind.OTHER)) or may_be_assessed(entry, context)
