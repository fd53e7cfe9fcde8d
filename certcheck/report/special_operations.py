"""What a list tells of special operations alone: a notice's form asks about them, not about managers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from certcheck.model import AnswerState, Outcome
from certcheck.offline.context import Context, holder_of
from common.catalogue import Kind

_OF_THE_POST = ("CERT-MISSING", "CERT-SCOPE", "POST-MISSING", "POST-UNSURE")
"""Findings about what somebody does, whichever certificate of theirs they stand beside."""
UNSETTLED = ("no_answer", "not_asked", "unverified", "waived")
"""What a form names beside problems: certificates without a usable answer, or not asked about; rows not confirmed; waived findings."""


class SpecialOperations:
    """Counts people, certificates and findings of special operations as the outcomes pass."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._people: set[str] = set()
        self._certificates = 0
        self._findings: Counter[str] = Counter()
        self._unsettled: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome as far as it is about special operations."""
        if outcome.entry.person.left:
            return
        claim = outcome.entry.claim
        needed, own = self._needed(outcome), False
        if claim is not None:
            own = claim.kind is Kind.SPECIAL or (
                claim.kind is None and (needed or not self._manager(outcome))
            )
        if not own and not needed:
            return
        self._people.add(holder_of(outcome.entry))
        self._certificates += own
        self._note_unsettled(outcome, own=own)
        for finding in outcome.findings:
            if finding.waived is None and (own or claim is None or finding.code in _OF_THE_POST):
                self._findings[finding.code] += 1

    def _note_unsettled(self, outcome: Outcome, *, own: bool) -> None:
        """Count what is not settled: certificates without a usable answer or not asked about, what is not confirmed, or waived."""
        if own and outcome.answer.state in (AnswerState.NO_ANSWER, AnswerState.NOT_ASKED):
            self._unsettled[str(outcome.answer.state)] += 1
        self._unsettled["unverified"] += outcome.verdict == "unverified"
        self._unsettled["waived"] += sum(finding.waived is not None for finding in outcome.findings)

    def _needed(self, outcome: Outcome) -> bool:
        """Say whether somebody's post needs a certificate of special operations, or may, or is not told."""
        entry = outcome.entry
        if self._context.needs(entry, Kind.SPECIAL):
            return True
        if entry.claim is not None:
            return False
        may = any(need.kind is Kind.SPECIAL for need in self._context.doubtful_needs(entry))
        return may or any(finding.code == "POST-MISSING" for finding in outcome.findings)

    def _manager(self, outcome: Outcome) -> bool:
        entry = outcome.entry
        return entry.person.is_manager_type or bool(self._context.needs(entry, Kind.SAFETY))

    def data(self) -> dict[str, Any]:
        """Give the counts in the form of summary.json."""
        return {
            "people": len(self._people),
            "certificates": self._certificates,
            "findings": dict(sorted(self._findings.items())),
            "unsettled": {name: self._unsettled[name] for name in UNSETTLED},
        }
