"""Outcomes as JSON lines, in the form of contract section 3."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from certcheck.model import Claim, Outcome, RegistryRecord
from certcheck.normalise import kind_name
from common.finding import Finding, Waived
from common.privacy import mask, mask_numbers_in, too_short_for_a_number
from common.text import REMEMBERED, fold

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_NUMBER_FIELDS = ("id_number", "certificate_number")


class OutcomeLines:
    """Gives each outcome as one JSON object on one line; numbers masked unless they are to be shown."""

    def __init__(self, *, show_id: bool = False) -> None:
        self._show_id = show_id
        self._alike: dict[int, tuple[Claim, dict[str, Any]]] = {}

    def line(self, outcome: Outcome) -> str:
        """Give one line."""
        source, person, answer = outcome.entry.source, outcome.entry.person, outcome.answer
        show_id = self._show_id
        data = {
            "source": {
                "file": source.file, "sheet": source.sheet, "row": source.row, "certificate": source.certificate,
            },
            "name": shown_text(person.name or None, show_id=show_id),
            "id_number": _number(shown_number(outcome) or None, show_id=show_id),
            "post": shown_text(person.post or None, show_id=show_id),
            "claim": self._claim(outcome.entry.claim) if outcome.entry.claim else None,
            "registry": {
                "answer": str(answer.state),
                "asked_at": answer.asked_at,
                "evidence": answer.evidence,
                "records": [_record(record, show_id=show_id) for record in answer.records],
                **({"source": answer.source} if answer.source else {}),
            },
            "findings": [_finding(finding, show_id=show_id) for finding in outcome.findings],
            "verdict": outcome.verdict,
        }  # fmt: skip
        return _ENCODER.encode(data) + "\n"

    def _claim(self, claim: Claim) -> dict[str, Any]:
        """Give a claim as data, all but its number from one that reads alike."""
        if claim.alike is None:
            return _claim(claim, show_id=self._show_id)
        known = self._alike.get(id(claim.alike))
        if known is None:
            if len(self._alike) >= REMEMBERED:
                self._alike.clear()
            # the claim is held beside its data, so that no other claim gets the same id
            known = self._alike[id(claim.alike)] = (claim.alike, _claim(claim.alike, show_id=self._show_id))
        return known[1] | {"certificate_number": _number(claim.certificate_number, show_id=self._show_id)}


def shown_number(outcome: Outcome) -> str:
    """Give a person's number: its 18-digit form where there is one, else as written."""
    return outcome.entry.person.number or outcome.entry.person.id_written


def shown_value(finding: Finding, text: str | None, *, show_id: bool) -> str | None:
    """Give a quoted value; numbers in it are masked unless they are to be shown."""
    if text is None or show_id:
        return text
    folded = fold(text)  # full-width digits are digits
    is_number = finding.field in _NUMBER_FIELDS and folded.isascii()
    return mask(folded) if is_number else shown_text(text, show_id=show_id)


def _expected(finding: Finding, *, show_id: bool) -> str | None:
    """Give what was expected; beside a number that may be a date that follows from it, which hides nothing."""
    if finding.expected and _DATE.fullmatch(finding.expected):
        return finding.expected
    return shown_value(finding, finding.expected, show_id=show_id)


def shown_text(text: str | None, *, show_id: bool) -> str | None:
    """Give what somebody wrote; a number among the words is masked unless it is to be shown."""
    if text is None or show_id or too_short_for_a_number(text):
        return text
    masked = mask_numbers_in(text)
    if masked != text:
        return masked
    folded = fold(text)
    masked = mask_numbers_in(folded)
    return text if masked == folded else masked


def _number(number: str | None, *, show_id: bool) -> str | None:
    return number if show_id else mask(number)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _claim(claim: Claim, *, show_id: bool) -> dict[str, Any]:
    return {
        "kind": shown_text(kind_name(claim), show_id=show_id),
        "category": shown_text(claim.category, show_id=show_id),
        "item": shown_text(claim.item, show_id=show_id),
        "item_written": shown_text(claim.item_written, show_id=show_id),
        "certificate_number": _number(claim.certificate_number, show_id=show_id),
        "first_issue": _text(claim.first_issue),
        "valid_from": _text(claim.valid_from),
        "valid_to": _text(claim.valid_to),
        "review_due": _text(claim.review_due),
        "review_done": _text(claim.review_done),
        "issuer": shown_text(claim.issuer, show_id=show_id),
    }


def _record(record: RegistryRecord, *, show_id: bool) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in _NUMBER_FIELDS:
            data[field.name] = _number(value, show_id=show_id)
        elif isinstance(value, str):
            data[field.name] = shown_text(value, show_id=show_id)
        else:
            data[field.name] = value if isinstance(value, bool) else _text(value)
    return data


def _finding(finding: Finding, *, show_id: bool) -> dict[str, Any]:
    name = "waived" if isinstance(finding.waived, Waived) else "set_aside"
    waived = {name: dataclasses.asdict(finding.waived)} if finding.waived else {}
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "field": finding.field,
        "value": shown_value(finding, finding.value, show_id=show_id),
        "expected": _expected(finding, show_id=show_id),
        "message": shown_text(finding.message, show_id=show_id),
        "basis": finding.basis,
        **waived,
    }
