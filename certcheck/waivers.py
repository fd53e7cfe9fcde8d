"""Findings that an enterprise has waived: with reason, approver and last day; shown, never hidden.

A CSV or workbook with the columns 证件号码 (or 姓名 where there is no number), 问题代码 (or the problem's name, as
the problem list has it), 理由, 批准人, 有效期至, and 准操项目 where only one certificate is meant. A waiver without
reason, approver or date, or past its date, waives nothing and is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from certcheck.asked_name import holder_key
from certcheck.findings import CODES, title
from certcheck.model import Entry
from common.dates import read_date, read_serial
from common.errors import DataError, InputError
from common.finding import Finding, Waived
from common.identity import read_identity
from common.sheets import CellValue, cell_text, read_sheets
from common.text import key, stated

_COLUMNS = {
    "number": ("证件号码", "身份证号", "id_number"),
    "name": ("姓名", "name"),
    "code": ("问题代码", "代码", "问题", "code"),
    "item": ("准操项目", "项目", "item"),
    "reason": ("理由", "原因", "reason"),
    "approver": ("批准人", "approver"),
    "until": ("有效期至", "截止日期", "until"),
}
_BY_TITLE = {key(title(code)): code for code in CODES}
_NEEDED = ("code", "reason", "approver", "until")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; it counts up to and including ``until``."""

    code: str
    reason: str
    approver: str
    until: dt.date
    number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    item: str = ""

    def covers(self, entry: Entry, finding: Finding, as_of: dt.date) -> bool:
        """Say whether a finding of an entry is waived on a day."""
        if finding.code != self.code or as_of > self.until:
            return False
        if self.number:
            if entry.person.number != self.number:
                return False
        elif holder_key(entry.person.name) != holder_key(self.name):
            return False
        claimed = entry.claim.item if entry.claim else None
        return not self.item or key(self.item) == key(claimed or "")


def waive(
    entry: Entry, findings: Sequence[Finding], waivers: Sequence[Waiver], as_of: dt.date
) -> tuple[Finding, ...]:
    """Mark the findings of an entry that are waived on a day; none disappears."""
    marked = []
    for finding in findings:
        waiver = next((one for one in waivers if one.covers(entry, finding, as_of)), None)
        if waiver is None:
            marked.append(finding)
        else:
            waived = Waived(waiver.reason, waiver.approver, waiver.until.isoformat())
            marked.append(replace(finding, waived=waived))
    return tuple(marked)


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read the table.

    Raises
    ------
    InputError
        the file cannot be read, or lacks a column.
    DataError
        a row is incomplete or names no known code; tells file, row and field.
    """
    for sheet in read_sheets(path):
        for number, row in enumerate(sheet.rows, start=1):
            where = _header(row)
            if all(name in where for name in _NEEDED) and ("number" in where or "name" in where):
                rows = enumerate(sheet.rows[number:], start=number + 1)
                return tuple(_waiver(path, at, cells, where) for at, cells in rows if any(map(_text, cells)))
    raise InputError(f"{path.name}：须有这些列：证件号码（或姓名）、问题代码、理由、批准人、有效期至。")


def _header(row: Sequence[CellValue]) -> dict[str, int]:
    labels = [key(cell_text(value)) for value in row]
    found = {}
    for name, words in _COLUMNS.items():
        position = next((labels.index(key(word)) for word in words if key(word) in labels), None)
        if position is not None:
            found[name] = position
    return found


def _text(value: CellValue) -> str:
    return stated(cell_text(value))


def _waiver(path: Path, number: int, row: Sequence[CellValue], where: dict[str, int]) -> Waiver:
    cells = {name: _text(row[column]) if column < len(row) else "" for name, column in where.items()}
    for name in _NEEDED:
        if not cells[name]:
            raise DataError(path.name, "不能为空", row=number, field=_COLUMNS[name][0])
    code = _BY_TITLE.get(key(cells["code"]), cells["code"])
    if code not in CODES:
        raise DataError(path.name, f"没有“{cells['code']}”这个问题代码", row=number, field="问题代码")
    if not cells.get("number") and not cells.get("name"):
        raise DataError(path.name, "证件号码和姓名至少填一个", row=number, field="证件号码")
    value = row[where["until"]]
    until = read_serial(value) if isinstance(value, int | float) else read_date(cells["until"])
    if until is None:
        raise DataError(path.name, "不是日期，应写成 2026-12-31", row=number, field="有效期至")
    return Waiver(
        code,
        cells["reason"],
        cells["approver"],
        until.last_day(),
        read_identity(cells["number"]).text if cells.get("number") else "",
        cells.get("name", ""),
        cells.get("item", ""),
    )
