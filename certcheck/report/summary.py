"""The counts of a run, for people and machines (contract, section 3: summary.json)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from certcheck.lists import ReadLists
from certcheck.model import AnswerState, Claim, Outcome
from certcheck.roster import Reading
from certcheck.rules import Pack, RuleBook
from certcheck.staff_list.columns import UNSURE
from certcheck.staff_list.stated_employer import stated_employer
from certcheck.staff_list.twice import field_of, is_second
from certcheck.verdict import VERDICTS
from common.dates import CivilDate
from common.finding import Waived
from common.privacy import mask_numbers_in

_MOST_EMPLOYERS, _MOST_DAYS = 20, 8
_JUDGING = ("special", "directory", "safety", "retirement", "reminders")


class Counts:
    """Counts outcomes as they pass: verdicts, findings, answers, employers, and the days that rules applied on."""

    def __init__(self) -> None:
        self.outcomes = self.without_claim = self.waived = self.left = self.set_aside = 0
        self.verdicts: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.reused: Counter[str] = Counter()
        """Answers of earlier runs, by the day that they were given."""
        self._employers: dict[str, None] = {}
        self._dates: set[CivilDate] = set()
        self._alike: dict[int, Claim] = {}  # held, so that no other claim gets the same id

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.outcomes += 1
        self.verdicts[outcome.verdict] += 1
        self.answers[outcome.answer.state] += 1
        if outcome.answer.reused and outcome.answer.asked_at:
            self.reused[outcome.answer.asked_at[:10]] += 1
        for finding in outcome.findings:
            if finding.waived is None:
                self.codes[finding.code] += 1
            elif isinstance(finding.waived, Waived):
                self.waived += 1
            else:
                self.set_aside += 1
        self.left += bool(outcome.entry.person.left)
        employer, claim = outcome.entry.person.employer, outcome.entry.claim
        if employer and len(self._employers) < _MOST_EMPLOYERS:
            self._employers[employer] = None
        if claim is None:
            self.without_claim += 1
        elif id(claim.alike) not in self._alike:
            self._note_dates(claim)

    def _note_dates(self, claim: Claim) -> None:
        if claim.alike is not None:
            self._alike[id(claim.alike)] = claim.alike
        dates = (claim.first_issue, claim.valid_from, claim.valid_to, claim.review_due)
        self._dates.update(date for date in dates if date is not None)

    @property
    def employers(self) -> list[str]:
        """Give the employers that a list names, each once, in input order; no more than a form could hold."""
        return [mask_numbers_in(name) for name in self._employers]

    def packs_used(self, rules: RuleBook, as_of: dt.date) -> list[Pack]:
        """Give the rule packs that the dates of a list, and the checking date, fall under."""
        used = {pack.name: pack for subject in _JUDGING for pack in [rules.at(subject, as_of)]}
        for day in {as_of} | {min(date.last_day(), as_of) for date in self._dates}:
            pack = rules.at("special", day)
            used[pack.name] = pack
        return sorted(used.values(), key=lambda pack: (pack.subject, pack.valid_from))


def unconfirmed_line(packs: Sequence[Pack]) -> str:
    """Say in one line that a pack's values are not confirmed; "" where all are."""
    names = [
        f"{pack.short}（{pack.note}）" for pack in packs if any(v.unconfirmed for v in pack.values.values())
    ]
    return f"注意：本次核验用到未经原文确认的规则：{'；'.join(names)}。" if names else ""


def left_line(counts: Counts) -> str:
    """Say how many certificates are those of people who left, by the list's own words; "" where nobody did."""
    if not counts.left:
        return ""
    return (
        f"人员状态写明已不在岗（离职、退休等）的有 {counts.left} 条：证书到期、复审、应持证等 {counts.set_aside} 项只列出，不计入问题；"
        "仍在岗的，请改正名单后重新核验。"
    )


def reused_line(counts: Counts) -> str:
    """Say how many answers are those of earlier runs, and of which days; "" where none is."""
    days = sorted(counts.reused)
    if not days:
        return ""
    each = "，".join(f"{day} 的 {counts.reused[day]} 条" for day in days)
    told = each if len(days) <= _MOST_DAYS else f"{days[0]} 至 {days[-1]}"
    return f"有 {counts.reused.total()} 条沿用以前核验的答复（{told}），本次没有再问；要重新查询，用 --max-age 0。"


def summary_data(
    run: str,
    as_of: dt.date,
    lists: ReadLists,
    counts: Counts,
    packs: Sequence[Pack],
) -> dict[str, Any]:
    """Give the counts in the form of summary.json."""
    readings = list(lists.readings)
    return {
        "run": run,
        "as_of": as_of.isoformat(),
        "files": [part.shown for part in lists.parts],
        "rows": {
            "read": sum(reading.people for reading in readings),
            "without_claim": counts.without_claim,
            "skipped": sum(reading.skipped for reading in readings),
        },
        "outcomes": counts.outcomes,
        "verdicts": {name: counts.verdicts[name] for name in VERDICTS},
        "findings": dict(sorted(counts.codes.items())),
        "registry": {str(state): counts.answers[str(state)] for state in AnswerState},
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
        "people": lists.roll.people,
        "waived": counts.waived,
        "left": {"outcomes": counts.left, "set_aside": counts.set_aside},
        "reused": dict(sorted(counts.reused.items())),
        "employers": counts.employers or _above_tables(readings),
        "sheets": [_sheet(reading) for reading in readings],
    }


def _above_tables(readings: Sequence[Reading]) -> list[str]:
    """Give the employers that stand above the tables of a list, where none of its rows names one."""
    return list(dict.fromkeys(mask_numbers_in(name) for name in map(stated_employer, readings) if name))


def _sheet(reading: Reading) -> dict[str, Any]:
    """Say what was understood of a sheet: its columns, and what was read over."""
    return {
        "file": reading.file,
        "sheet": reading.name,
        "hidden": reading.sheet.hidden,
        "hidden_rows": list(reading.sheet.hidden_cells.rows),
        "hidden_columns": reading.sheet.hidden_cells.columns,
        "comments_not_read": list(reading.sheet.comments),
        "people": reading.people,
        "skipped": reading.skipped,
        "unused_rows": sorted({*reading.unused, *reading.not_read}),
        "not_read_rows": list(reading.not_read),
        "rows_above_header": list(reading.above),
        "goes_on_from": reading.goes_on,
        "tables": [
            {
                "header_row": table.header_row,
                "columns": {
                    mask_numbers_in(column.label): field_of(column)
                    for column in (*table.columns, *filter(is_second, table.twice))
                    if column.field != UNSURE
                },
                "guessed": {
                    mask_numbers_in(column.label): column.why for column in table.columns if column.why
                },
                "unread": [mask_numbers_in(label) for label in table.unread],
                "unread_dates": [mask_numbers_in(label) for label in table.unread_dates],
            }
            for table in reading.tables
        ],
    }
