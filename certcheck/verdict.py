"""One verdict from the findings (contract, section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from certcheck.model import Entry
from certcheck.offline.context import Context
from certcheck.offline.posts import may_need
from common.finding import Finding, Severity

VERDICTS = {
    "violation": "有问题",
    "attention": "需关注",
    "unverified": "材料无误，未联网核验",
    "valid": "有效",
    "not_required": "按岗位表无须持证",
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
    if entry.claim is None and not may_need(entry, context):
        return "not_required"
    return "valid" if confirmed else "unverified"
