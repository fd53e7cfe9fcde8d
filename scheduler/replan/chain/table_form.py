"""Is a table of changes as the program publishes it: bytes, columns of each kind of change, and how each cell is written.

``exam replan`` refuses the same, so that no table of ours is at fault. Standard library only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scheduler.documents.tables import csv_bytes
from scheduler.plan_ids import are_ids
from scheduler.problem import HALVES
from scheduler.replan.chain.published import (
    ALSO,
    COLUMNS,
    FACTS,
    NEEDED,
    Row,
    absence_of,
    absence_text,
    listed,
    published_rows,
)

_DAYS, _COUNTS = ("date", "until", "earliest", "latest", "licence_to"), ("value", "max_duties")
_DIGEST, _COUNT = re.compile(r"[0-9a-f]{64}"), re.compile(r"0|[1-9][0-9]{0,8}")
_LISTS, _ROLES = ("roles", "items", "unavailable"), ("invigilator", "examiner", "patrol")
_PERIODS = (("date", "until"), ("earliest", "latest"))


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
    kind = row["change"]
    if kind not in NEEDED:
        return f"：不认识的变更“{kind}”"
    missing = [name for name in NEEDED[kind] if not row[name]]
    if missing:
        return f"：{kind} 缺少 {'、'.join(missing)}"
    known = {"change", "reason", *NEEDED[kind], *ALSO.get(kind, ())}
    unused = [name for name in COLUMNS if row[name] and name not in known]
    if unused:
        return f"：{kind} 不用 {'、'.join(unused)}"
    if not are_ids(row[name] for name in COLUMNS if row[name]):
        return "：有看不见的字符，或两端有空格"
    return _written(row) or _period(row)


def _written(row: Row) -> str:
    good = (
        all(not row[name] or _is_day(row[name]) for name in _DAYS)
        and all(not row[name] or _COUNT.fullmatch(row[name]) for name in _COUNTS)
        and row["half"] in ("", *HALVES)
        and row["part"] in ("", "theory", "practical", "both")
    )
    if not good:
        return "：日期、数字、半天或科目的写法不对"
    lists = {name: listed(row[name]) for name in _LISTS}
    good = (
        all(are_ids(each) and len(set(each)) == len(each) for each in lists.values())
        and "；" not in row["items"]
        and set(lists["roles"]) <= set(_ROLES)
        and all(map(_is_absence, lists["unavailable"]))
    )
    return "" if good else "：角色、项目或不可用时间的写法不对"


def _period(row: Row) -> str:
    """Say what is wrong with the days of a row: last before first, a last one alone, half of several days."""
    if any(row[first] and row[last] and row[last] < row[first] for first, last in _PERIODS):
        return "：结束的日期早于开始的日期"
    if row["until"] and not row["date"]:
        return "：有截止日期，没有日期"
    one_day = row["date"] and row["until"] in ("", row["date"])
    if row["change"] == "staff_unavailable" and row["half"] and not one_day:
        return "：半天只能与一个日期同用"
    if row["change"] == "trainee_dates" and not (row["earliest"] or row["latest"]):
        return "：没有写日期"
    return ""


def _is_absence(text: str) -> bool:
    first, last, half = absence = absence_of(text)
    return (
        _is_day(first)
        and _is_day(last)
        and first <= last
        and half in (None, *HALVES)
        and absence_text(absence) == text
    )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
