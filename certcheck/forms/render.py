"""Forms as .docx, where offices edit, and .xlsx, where they calculate; the same form, the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import xlsxwriter
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from certcheck.forms.form import Form
from common.packing import repacked
from common.sheet_layout import row_height, text_width
from common.word_pages import keep_rows_whole, number_pages

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a document's creation date, fixed so that bytes repeat
_TITLE_FONT, _TEXT_FONT = "黑体", "仿宋"
_TEXT_WIDTH_CM = 16.0
_XLSX_WIDTH = 90
_HEAD_HEIGHT = 32
_ROOM = 12  # points above and below the text, where people write by hand


def as_docx(form: Form) -> bytes:
    """Give the form as a Word document, A4, with page numbers."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _FIXED_TIME
    document.core_properties.author = "zhengkao"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    number_pages(document)
    _paragraph(document, form.title, _TITLE_FONT, 16, centred=True)
    for label, content in form.head:
        _paragraph(document, f"{label}：{content or '＿＿＿＿＿＿＿＿'}", _TEXT_FONT, 11)
    _docx_table(document, form)
    _paragraph(document, form.note, _TEXT_FONT, 10)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _docx_table(document: Any, form: Form) -> None:
    table = document.add_table(rows=form.header_rows + len(form.rows), cols=len(form.columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, form.widths, strict=True):
        column.width = Cm(_TEXT_WIDTH_CM * width / sum(form.widths))
        for cell in column.cells:
            cell.width = column.width
    for head in form.header():
        cell = table.cell(head.row, head.column).merge(table.cell(head.last_row, head.last_column))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(cell.paragraphs[0], head.text, _TITLE_FONT, 11)
    for row, texts in enumerate(form.rows, start=form.header_rows):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
            _run(paragraph, text, _TEXT_FONT, 11)
    keep_rows_whole(table)


def _paragraph(document: Any, text: str, font: str, size: int, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _run(paragraph: Any, text: str, font: str, size: int) -> None:
    """Write text in a font; Chinese characters take theirs from the East Asian attribute."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no public way


def _head(form: Form) -> str:
    """Give what stands below the title, on a line each where it is too long for one: nobody signs on half a line."""
    parts = [f"{label}：{content or '＿＿＿＿＿＿'}" for label, content in form.head]
    told = "　".join(parts)
    return told if text_width(told) < _XLSX_WIDTH else "\n".join(parts)


def as_xlsx(form: Form) -> bytes:
    """Give the form as a workbook, A4, one page wide, with page numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _FIXED_TIME})
    page = book.add_worksheet("表")
    title = book.add_format(
        {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "font_name": _TITLE_FONT}
    )
    text = book.add_format({"text_wrap": True, "valign": "vcenter", "font_name": _TEXT_FONT, "font_size": 11})
    cell = book.add_format(
        {"text_wrap": True, "valign": "vcenter", "border": 1, "font_name": _TEXT_FONT, "font_size": 11}
    )
    head = book.add_format(
        {"text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bold": True}
    )
    last = len(form.columns) - 1
    widths = [_XLSX_WIDTH * width / sum(form.widths) for width in form.widths]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.merge_range(0, 0, 0, last, form.title, title)
    page.set_row(0, 36)
    told = _head(form)
    page.merge_range(1, 0, 1, last, told, text)
    page.set_row(1, max(_HEAD_HEIGHT, row_height([told], [_XLSX_WIDTH])))
    for one in form.header():
        top, bottom = 2 + one.row, 2 + one.last_row
        if (top, one.column) == (bottom, one.last_column):
            page.write_string(top, one.column, one.text, head)
        else:
            page.merge_range(top, one.column, bottom, one.last_column, one.text, head)
    for row, texts in enumerate(form.rows, start=2 + form.header_rows):
        page.set_row(row, row_height(texts, widths) + _ROOM)
        for column, content in enumerate(texts):
            page.write_string(row, column, content, cell)
    below = 2 + form.header_rows + len(form.rows)
    page.merge_range(below, 0, below, last, form.note, text)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页 共 &N 页")
    book.close()
    return buffer.getvalue()
