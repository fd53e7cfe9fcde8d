"""Outcomes as JSON lines, in the form of contract section 3."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from certcheck.model import Claim, Outcome, RegistryRecord
from certcheck.normalise import kind_name
from common.finding import Finding
from common.privacy import mask, mask_numbers_in

_NUMBER_FIELDS = ("id_number", "certificate_number")


def outcome_lines(outcomes: Iterable[Outcome], *, show_id: bool = False) -> str:
    """Give one JSON object a line, input order."""
    return "".join(
        json.dumps(outcome_data(outcome, show_id=show_id), ensure_ascii=False) + "\n" for outcome in outcomes
    )


def outcome_data(outcome: Outcome, *, show_id: bool = False) -> dict[str, Any]:
    """Give an outcome as data; numbers masked unless they are to be shown."""
    source, person, answer = outcome.entry.source, outcome.entry.person, outcome.answer
    return {
        "source": {
            "file": source.file, "sheet": source.sheet, "row": source.row, "certificate": source.certificate,
        },
        "name": person.name or None,
        "id_number": _number(shown_number(outcome) or None, show_id=show_id),
        "post": person.post or None,
        "claim": _claim(outcome.entry.claim, show_id=show_id) if outcome.entry.claim else None,
        "registry": {
            "answer": str(answer.state),
            "asked_at": answer.asked_at,
            "evidence": answer.evidence,
            "records": [_record(record, show_id=show_id) for record in answer.records],
            "reason": answer.reason or None,
        },
        "findings": [_finding(finding, show_id=show_id) for finding in outcome.findings],
        "verdict": outcome.verdict,
    }  # fmt: skip


def shown_number(outcome: Outcome) -> str:
    """Give a person's number: its 18-digit form where there is one, else as written."""
    return outcome.entry.person.number or outcome.entry.person.id_written


def shown_value(finding: Finding, text: str | None, *, show_id: bool) -> str | None:
    """Give a quoted value; numbers in it are masked unless they are to be shown."""
    if text is None or show_id:
        return text
    is_number = finding.field in _NUMBER_FIELDS and text.isascii()
    return mask(text) if is_number else mask_numbers_in(text)


def _number(number: str | None, *, show_id: bool) -> str | None:
    return number if show_id else mask(number)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _claim(claim: Claim, *, show_id: bool) -> dict[str, Any]:
    return {
        "kind": kind_name(claim),
        "category": claim.category,
        "item": claim.item,
        "item_written": claim.item_written,
        "certificate_number": _number(claim.certificate_number, show_id=show_id),
        "first_issue": _text(claim.first_issue),
        "valid_from": _text(claim.valid_from),
        "valid_to": _text(claim.valid_to),
        "review_due": _text(claim.review_due),
        "review_done": _text(claim.review_done),
        "issuer": claim.issuer,
    }


def _record(record: RegistryRecord, *, show_id: bool) -> dict[str, Any]:
    return {
        "name": record.name,
        "id_number": _number(record.id_number, show_id=show_id),
        "category": record.category,
        "item": record.item,
        "certificate_number": _number(record.certificate_number, show_id=show_id),
        "first_issue": _text(record.first_issue),
        "valid_from": _text(record.valid_from),
        "valid_to": _text(record.valid_to),
        "review_due": _text(record.review_due),
        "review_done": _text(record.review_done),
        "issuer": record.issuer,
        "status": record.status,
        "person_type": record.person_type,
        "industry": record.industry,
        "history": record.history,
    }


def _finding(finding: Finding, *, show_id: bool) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "field": finding.field,
        "value": shown_value(finding, finding.value, show_id=show_id),
        "expected": shown_value(finding, finding.expected, show_id=show_id),
        "message": finding.message,
        "basis": finding.basis,
    }
