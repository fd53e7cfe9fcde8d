"""Short ways to a list, its entries and what is found in them; invented people only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
from stdnum.cn.ric import calc_check_digit

from certcheck.lists import ReadLists, read_lists
from certcheck.model import Entry, NamedRow, Outcome
from certcheck.normalise import entries
from certcheck.offline.context import Context, Roll
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.roster import Reading, Table, named_rows
from certcheck.rules import RuleBook, load_rules
from certcheck.staff_list.header_words import load_headers
from common.catalogue import Catalogue, load_catalogue
from common.sheets import CellValue, Sheet

AS_OF = dt.date(2026, 11, 20)
ZHANG, LI = "000000199001010018", "000000198512319995"

HEADERS = {
    "name": "姓名", "id_number": "身份证号", "sex": "性别", "birth": "出生日期", "employer": "单位",
    "department": "部门", "post": "岗位", "person_type": "人员类型", "industry": "行业类别",
    "appointed": "任职日期", "retrained": "最近再培训日期", "left_job": "离岗日期", "returned": "返岗日期",
    "kind": "证书类型", "category": "作业类别", "item": "准操项目", "certificate_number": "证书编号",
    "first_issue": "初领日期", "valid_from": "有效期起", "valid_to": "有效期至", "valid_range": "有效期",
    "review_due": "应复审日期", "review_done": "实际复审日期", "review": "复审日期", "issuer": "签发机关",
}  # fmt: skip

SPECIAL: dict[str, CellValue] = {
    "name": "仿真张三", "id_number": ZHANG, "kind": "特种作业操作证", "item": "低压电工作业",
    "certificate_number": f"T{ZHANG}", "first_issue": "2024-05-13", "valid_from": "2024-05-13",
    "valid_to": "2030-05-12", "review_due": "2027-05-13",
}  # fmt: skip
"""A clean special operation certificate on ``AS_OF``."""

SAFETY: dict[str, CellValue] = {
    "name": "仿真李四", "id_number": LI, "person_type": "主要负责人", "industry": "危险化学品生产",
    "kind": "安全生产知识和管理能力考核合格证", "certificate_number": LI, "first_issue": "2025-03-01",
    "valid_from": "2025-03-01", "valid_to": "2028-02-29",
}  # fmt: skip
"""A clean safety-knowledge certificate on ``AS_OF``."""


@cache
def catalogue() -> Catalogue:
    """Load the shipped reference tables once."""
    return load_catalogue()


@cache
def rules() -> RuleBook:
    """Load the shipped rule packs once."""
    return load_rules()


def number(birth: str, *, male: bool = True, sequence: int = 1) -> str:
    """Make an identity number of nobody: area 000000, a birth date as YYYY-MM-DD, a valid check digit."""
    body = f"000000{birth.replace('-', '')}{sequence:02d}{1 if male else 2}"
    return body + calc_check_digit(body + "0")


def sheet(rows: Sequence[Sequence[CellValue]], **facts: object) -> Sheet:
    """Make a sheet as a workbook gives it: rows of equal width."""
    width = max((len(row) for row in rows), default=0)
    return Sheet("名单.xlsx", "表", [[*row, *[""] * (width - len(row))] for row in rows], **facts)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Roster:
    """The people of a sheet, and what was understood of it."""

    sheet: Sheet
    rows: list[NamedRow]
    tables: list[Table]
    skipped: int


def roster_of(one: Sheet, overrides: Mapping[str, str] | None = None) -> Roster:
    """Read the people of a sheet."""
    reading = Reading(one)
    rows = list(named_rows(reading, load_headers(), overrides))
    assert len(rows) == reading.people
    return Roster(one, rows, reading.tables, reading.skipped)


def roster(
    rows: Sequence[Sequence[CellValue]], overrides: Mapping[str, str] | None = None, **facts: object
) -> Roster:
    """Read the people of a sheet made of these rows."""
    return roster_of(sheet(rows, **facts), overrides)


def entries_of(read_rows: Roster, as_of: dt.date = AS_OF) -> list[Entry]:
    """Read every row of people to its entries."""
    return [entry for row in read_rows.rows for entry in entries(row, catalogue(), as_of)]


def listed(*people: Mapping[str, CellValue]) -> list[list[CellValue]]:
    """Make a table with contract headers, one row a person."""
    fields = list(dict.fromkeys(field for person in people for field in person))
    rows: list[list[CellValue]] = [[HEADERS[field] for field in fields]]
    return rows + [[person.get(field, "") for field in fields] for person in people]


def context_of(judged: Sequence[Outcome], as_of: dt.date = AS_OF) -> Context:
    """Give the context in which outcomes were judged."""
    return Context(as_of, rules(), catalogue(), Roll.of([one.entry for one in judged]))


def judge(listed_entries: Sequence[Entry], as_of: dt.date = AS_OF) -> list[Outcome]:
    """Judge entries without a registry."""
    context = Context(as_of, rules(), catalogue(), Roll.of(listed_entries))
    return list(verify(listed_entries, context, None, load_vocabulary()).outcomes)


def outcomes(*people: Mapping[str, CellValue], as_of: dt.date = AS_OF) -> list[Outcome]:
    """Read and judge a table of people."""
    return judge(entries_of(roster(listed(*people)), as_of), as_of)


def codes_of(outcome: Outcome) -> list[str]:
    """Give the codes of an outcome, sorted."""
    return sorted(finding.code for finding in outcome.findings)


def codes(base: Mapping[str, CellValue], as_of: dt.date = AS_OF, **changes: CellValue) -> list[str]:
    """Give the codes found in a list of one row: a base with changed cells."""
    (outcome,) = outcomes({**base, **changes}, as_of=as_of)
    return codes_of(outcome)


def xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    """Write a workbook; ``merged`` ranges hold for its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    book.save(path)
    return path


def read(path: Path, overrides: Mapping[str, str] | None = None, as_of: dt.date = AS_OF) -> ReadLists:
    """Read one file as the command does."""
    return read_lists([path], load_headers(), catalogue(), as_of, overrides=overrides)


def codes_under(tmp_path: Path, *rows: Sequence[CellValue]) -> list[list[str]]:
    """Give the codes of each outcome of a file with these rows, read and judged as the command does."""
    path = xlsx(tmp_path / "名单.xlsx", {"人员": rows})
    return [codes_of(one) for one in judge(list(read(path).entries))]
