"""The counts of a run, for people and machines (contract, section 3: summary.json)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from certcheck.model import AnswerState, Outcome
from certcheck.pipeline import ReadLists
from certcheck.rules import Pack, RuleBook
from certcheck.verdict import VERDICTS
from common.privacy import mask_numbers_in

_JUDGING = ("special", "safety", "retirement", "reminders")


def packs_used(rules: RuleBook, outcomes: Sequence[Outcome], as_of: dt.date) -> list[Pack]:
    """Give the rule packs that the dates of a list, and the checking date, fall under."""
    used = {pack.name: pack for subject in _JUDGING for pack in [rules.at(subject, as_of)]}
    days = {as_of}
    for outcome in outcomes:
        claim = outcome.entry.claim
        if claim is not None:
            dates = (claim.first_issue, claim.valid_from, claim.valid_to, claim.review_due)
            days |= {min(date.last_day(), as_of) for date in dates if date is not None}
    for day in days:
        pack = rules.at("special", day)
        used[pack.name] = pack
    return sorted(used.values(), key=lambda pack: (pack.subject, pack.valid_from))


def unconfirmed_line(packs: Sequence[Pack]) -> str:
    """Say in one line that a pack's values are not confirmed; "" where all are."""
    names = [
        f"{pack.short}（{pack.note}）" for pack in packs if any(v.unconfirmed for v in pack.values.values())
    ]
    return f"注意：本次核验用到未经原文确认的规则：{'；'.join(names)}。" if names else ""


def summary_data(
    run: str,
    as_of: dt.date,
    files: Sequence[str],
    lists: ReadLists,
    outcomes: Sequence[Outcome],
    packs: Sequence[Pack],
) -> dict[str, Any]:
    """Count rows, verdicts, findings and answers."""
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    answers = Counter(str(outcome.answer.state) for outcome in outcomes)
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    codes = Counter(finding.code for finding in findings if finding.waived is None)
    without = sum(outcome.entry.claim is None for outcome in outcomes)
    return {
        "run": run,
        "as_of": as_of.isoformat(),
        "files": list(files),
        "rows": {
            "read": sum(len(reading.rows) for reading in lists.readings),
            "without_claim": without,
            "skipped": sum(reading.skipped for reading in lists.readings),
        },
        "outcomes": len(outcomes),
        "verdicts": {name: verdicts[name] for name in VERDICTS},
        "findings": dict(sorted(codes.items())),
        "registry": {str(state): answers[str(state)] for state in AnswerState},
        "rules": [
            {
                "name": pack.name,
                "title": pack.title,
                "valid_from": pack.valid_from.isoformat(),
                "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
                "unconfirmed": any(value.unconfirmed for value in pack.values.values()),
            }
            for pack in packs
        ],
        "waived": sum(finding.waived is not None for finding in findings),
        "employers": employers(outcomes),
        "sheets": [_sheet(reading) for reading in lists.readings],
    }


def employers(outcomes: Sequence[Outcome], most: int = 20) -> list[str]:
    """Give the employers that a list names, each once, in input order; no more than a form could hold."""
    named = dict.fromkeys(
        outcome.entry.person.employer for outcome in outcomes if outcome.entry.person.employer
    )
    return [mask_numbers_in(name) for name in list(named)[:most]]


def _sheet(reading: Any) -> dict[str, Any]:
    """Say what was understood of a sheet: its columns, and what was read over."""
    return {
        "file": reading.sheet.file,
        "sheet": reading.sheet.name,
        "hidden": reading.sheet.hidden,
        "hidden_rows": list(reading.sheet.hidden_cells.rows),
        "hidden_columns": reading.sheet.hidden_cells.columns,
        "people": len(reading.rows),
        "skipped": reading.skipped,
        "tables": [
            {
                "header_row": table.header_row,
                "columns": {mask_numbers_in(column.label): column.field for column in table.columns},
                "unread": [mask_numbers_in(label) for label in table.unread],
            }
            for table in reading.tables
        ],
    }
