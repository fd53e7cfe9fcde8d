"""Writes the staff list as a company would keep it: titles, merged headers, a page break, totals."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import xlsxwriter
from examples_lines import Cell, Line
from examples_staff_tables import COMPANY

SPECIAL, MANAGERS = "特种作业人员", "安全管理人员"
BREAK_AFTER = 40  # lines on the first printed page

# group header (empty: one header of two rows), header, field
_SPECIAL_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("", "序号", "serial"),
    ("", "姓名", "name"),
    ("", "性别", "sex"),
    ("", "身份证号", "id_number"),
    ("", "部门", "department"),
    ("", "岗位", "post"),
    ("证书信息", "作业类别", "category"),
    ("证书信息", "准操项目", "item"),
    ("证书信息", "证号", "certificate_number"),
    ("证书信息", "初领日期", "first_issue"),
    ("有效期", "有效期起", "valid_from"),
    ("有效期", "有效期止", "valid_to"),
    ("复审", "应复审\n日期", "review_due"),
    ("复审", "实际复审\n日期", "review_done"),
    ("", "发证机关", "issuer"),
    ("", "备注", "remark"),
)
_MANAGER_COLUMNS: tuple[tuple[str, str], ...] = (
    ("姓名", "name"),
    ("身份证号码", "id_number"),
    ("人员类型", "person_type"),
    ("行业类别", "industry"),
    ("证书名称", "kind"),
    ("证书编号", "certificate_number"),
    ("初领日期", "first_issue"),
    ("有效期限", "valid_range"),
    ("签发机关", "issuer"),
    ("任职日期", "appointed"),
    ("最近再培训日期", "retrained"),
)


class _Page:
    """A worksheet and its formats; rows and columns count from 0, as XlsxWriter has it."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        centred = {"align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        self.title = book.add_format({"align": "center", "bold": True, "font_size": 16})
        self.header = book.add_format(centred | {"bold": True, "bg_color": "#DDEBF7"})
        self.plain = book.add_format({"border": 1, "valign": "vcenter"})
        self.middle = book.add_format(centred)
        self.date = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})

    def cell(self, row: int, column: int, value: Cell) -> None:
        """Write one cell with the type the value has."""
        if isinstance(value, dt.date):
            midnight = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell has no zone
            self.sheet.write_datetime(row, column, midnight, self.date)
        elif isinstance(value, int):
            self.sheet.write_number(row, column, value, self.plain)
        elif value:
            self.sheet.write_string(row, column, value, self.plain)
        else:
            self.sheet.write_blank(row, column, None, self.plain)


def staff_workbook(special: Sequence[Line], managers: Sequence[Line]) -> bytes:
    """Give the workbook's bytes and note in each line the row it stands on."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "员工持证台账", "author": COMPANY, "created": dt.datetime(2026, 11, 18, 9)})  # noqa: DTZ001
    _special_page(_Page(book, SPECIAL), special)
    _manager_page(_Page(book, MANAGERS), managers)
    book.close()
    return _stored(buffer.getvalue())


def _special_page(page: _Page, lines: Sequence[Line]) -> None:
    last = len(_SPECIAL_COLUMNS) - 1
    page.sheet.merge_range(0, 0, 0, last, f"{COMPANY}特种作业人员持证台账", page.title)
    page.sheet.write_string(1, 0, f"填报单位：{COMPANY}")
    page.sheet.write_string(1, last - 2, "填报日期：2026年11月18日")
    page.sheet.set_column(3, 3, 22)
    page.sheet.set_column(4, last, 16)
    page.sheet.set_column(8, 8, 24)
    cut = BREAK_AFTER
    while lines[cut].stays:
        cut += 1
    row = _special_lines(page, lines[:cut], _special_header(page, 2), 1)
    first_page, people = (sum(not line.stays for line in some) for some in (lines[:cut], lines))
    row = _special_lines(page, lines[cut:], _special_header(page, row), first_page + 1)
    _foot(page, row, f"共 {people} 人", sum(line.claims for line in lines))


def _special_header(page: _Page, row: int) -> int:
    column = 0
    for group, members in groupby(_SPECIAL_COLUMNS, key=lambda entry: entry[0]):
        labels = [label for _, label, _ in members]
        if group:
            page.sheet.merge_range(row, column, row, column + len(labels) - 1, group, page.header)
            for offset, label in enumerate(labels):
                page.sheet.write_string(row + 1, column + offset, label, page.header)
        else:
            for offset, label in enumerate(labels):
                page.sheet.merge_range(row, column + offset, row + 1, column + offset, label, page.header)
        column += len(labels)
    return row + 2


def _special_lines(page: _Page, lines: Sequence[Line], row: int, serial: int) -> int:
    first = row
    for line in lines:
        line.row = row + 1
        known: dict[str, Cell] = {**line.cells, "serial": "" if line.stays else serial}
        serial += not line.stays
        for column, (_, _, field) in enumerate(_SPECIAL_COLUMNS):
            if field != "department":
                page.cell(row, column, known.get(field, ""))
        row += 1
    for department, members in groupby(lines, key=lambda line: line.group):
        count = len(list(members))
        if count > 1:
            page.sheet.merge_range(first, 4, first + count - 1, 4, department, page.middle)
        else:
            page.sheet.write_string(first, 4, department, page.middle)
        first += count
    return row


def _foot(page: _Page, row: int, people: str, certificates: int) -> None:
    page.sheet.write_string(row, 0, "合计", page.middle)
    page.sheet.write_string(row, 1, people, page.plain)
    page.sheet.write_string(row, 8, f"证书 {certificates} 本", page.plain)
    page.sheet.write_string(row + 2, 0, "注：本表每季度更新一次；复审日期以证书为准。")
    page.sheet.write_string(row + 3, 0, "制表人：")
    page.sheet.write_string(row + 3, 5, "审核人：")


def _manager_page(page: _Page, lines: Sequence[Line]) -> None:
    """Write the other layout: it starts in column B, and one header row under an empty one."""
    page.sheet.merge_range(0, 1, 0, len(_MANAGER_COLUMNS), "主要负责人和安全生产管理人员名册", page.title)
    page.sheet.set_column(1, len(_MANAGER_COLUMNS), 20)
    for column, (label, _) in enumerate(_MANAGER_COLUMNS, start=1):
        page.sheet.write_string(2, column, label, page.header)
    for row, line in enumerate(lines, start=3):
        line.row = row + 1
        for column, (_, field) in enumerate(_MANAGER_COLUMNS, start=1):
            page.cell(row, column, line.cells.get(field, ""))
    page.sheet.write_string(len(lines) + 4, 1, "填表人：")


def _stored(packed: bytes) -> bytes:
    """Pack again without compression: deflate gives other bytes with another zlib."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            entry: Any = zipfile.ZipInfo(name, (2026, 11, 18, 9, 0, 0))
            entry.create_system = 3  # the same on every system
            new.writestr(entry, old.read(name))
    return result.getvalue()
