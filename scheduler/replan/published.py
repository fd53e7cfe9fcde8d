"""The table of changes as it is published: its columns, what each change needs, and whether a file has this form.

Standard library only.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from scheduler.documents.tables import csv_bytes
from scheduler.problem import HALVES

FACTS = "facts"
"""The row that says that a corrected batch was given whole; its value is the batch's digest."""

COLUMNS = (
    "change", "id", "date", "until", "half", "item", "value", "earliest", "latest", "institution_id", "part",
    "district", "class_id", "school_id", "employer_id", "roles", "items", "licence_to", "max_duties", "unavailable",
    "reason",
)  # fmt: skip

NEEDED: Mapping[str, tuple[str, ...]] = {
    "site_closed": ("id",),
    "session_cancelled": ("id", "date", "half"),
    "session_added": ("id", "date", "half", "value"),
    "seats": ("id", "date", "half", "value"),
    "places": ("id", "item", "value"),
    "day_limit": ("id", "value"),
    "staff_unavailable": ("id",),
    "staff_added": ("id", "roles"),
    "trainee_withdrawn": ("id",),
    "trainee_added": ("id", "institution_id", "item"),
    "trainee_dates": ("id",),
    "trainee_moved": ("id",),
}
"""What a row of each kind must state."""

_DAYS, _COUNTS = ("date", "until", "earliest", "latest", "licence_to"), ("value", "max_duties")
_DIGEST, _COUNT = re.compile(r"[0-9a-f]{64}"), re.compile(r"0|[1-9][0-9]*")

Row = Mapping[str, str]


def published_rows(table: bytes) -> list[Row]:
    """Read a published table.

    Raises
    ------
    ValueError
        it is no UTF-8.
    """
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    return [{name: row.get(name) or "" for name in COLUMNS} for row in rows]


def is_corrected(rows: Sequence[Row]) -> bool:
    """Say whether another batch was given whole."""
    return any(row["change"] == FACTS for row in rows)


def form_faults(table: bytes) -> Iterator[str]:
    """Tell what in a table is not as the program publishes it."""
    rows = published_rows(table)
    if csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in rows]) != table:
        yield "不是变更时写出的那种 CSV 文件"
    if not rows:
        yield "没有任何变更"
    for number, row in enumerate(rows, start=1):
        told = _fact_fault(row, number) if row["change"] == FACTS else _fault(row)
        if told:
            yield f"第 {number} 行{told}"


def _fact_fault(row: Row, number: int) -> str:
    if number > 1:
        return "：更正后的批次只能写在第一行"
    if not _DIGEST.fullmatch(row["value"]) or any(
        row[name] for name in COLUMNS if name not in ("change", "value")
    ):
        return "：更正后的批次只写它的摘要（64 位小写十六进制数）"
    return ""


def _fault(row: Row) -> str:
    if row["change"] not in NEEDED:
        return f"：不认识的变更“{row['change']}”"
    missing = [name for name in NEEDED[row["change"]] if not row[name]]
    if missing:
        return f"：{row['change']} 缺少 {'、'.join(missing)}"
    good = (
        all(not row[name] or _is_day(row[name]) for name in _DAYS)
        and all(not row[name] or _COUNT.fullmatch(row[name]) for name in _COUNTS)
        and row["half"] in ("", *HALVES)
        and row["part"] in ("", "theory", "practical", "both")
    )
    return "" if good else "：日期、数字、半天或科目的写法不对"


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def covers(row: Row, day: str) -> bool:
    """Say whether a row's days (all without ``date``, one without ``until``) hold an ISO day."""
    return not row["date"] or row["date"] <= day <= (row["until"] or row["date"])
