"""Blocks as a Word document that offices edit; the same blocks, the same bytes.

The fonts are the office's own (宋体, 黑体): nothing is embedded, and a rare character stays itself.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from common.packing import repacked
from common.word_pages import end_section, keep_rows_whole, number_pages
from scheduler.papers.blocks import Block

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a document's creation date, fixed so that bytes repeat
_HEADING_FONT, _TEXT_FONT = "黑体", "宋体"
_WIDTH_CM = 16.6
_SIZES = {"title": 18, "subtitle": 11, "heading": 12, "small": 9}
_USUAL_SIZE, _CELL_SIZE = 11, 9.5
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Give the document, A4, with page numbers; what begins on a new page is another letter or form, counted by itself."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _FIXED_TIME
    document.core_properties.author = "zhengkao"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    number_pages(document, by_section=any(one["kind"] == "break" for one in blocks))
    before = ""
    for one in blocks:
        if one["kind"] == "break":
            end_section(document)
        elif one["kind"] == "table":
            if before == "table":  # Word joins tables that touch
                document.add_paragraph().paragraph_format.space_after = Pt(0)
            _table(document, one)
        else:
            _paragraph(document, one)
        before = one["kind"]
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _paragraph(document: Any, one: Block) -> None:
    paragraph = document.add_paragraph()
    kind = one["kind"]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(5)
    if kind in ("title", "subtitle"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif kind == "par":
        paragraph.paragraph_format.first_line_indent = Pt(2 * _USUAL_SIZE)
    elif kind == "heading":
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)
    font = _HEADING_FONT if kind in ("title", "heading") else _TEXT_FONT
    _run(paragraph, one["text"], font, _SIZES.get(kind, _USUAL_SIZE))


def _table(document: Any, one: Block) -> None:
    """Add a table; rows are copies of the first, for a cell at a time takes minutes for long tables."""
    head, rows = one["head"], one["rows"]
    table = document.add_table(rows=1, cols=len(one["widths"]))
    table.style = "Table Grid"
    table.autofit = False
    widths = [Cm(_WIDTH_CM * width / sum(one["widths"])) for width in one["widths"]]
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width  # Word reads the one, LibreOffice the other
        around = cell.paragraphs[0].paragraph_format
        around.space_before = around.space_after = Pt(2)
    keep_rows_whole(table)
    pattern = copy.deepcopy(table.rows[0]._tr)  # noqa: SLF001 - python-docx has no public way
    for number, texts in enumerate([head, *rows] if head else rows):
        if number:
            table._tbl.append(copy.deepcopy(pattern))  # noqa: SLF001
        row = table.rows[-1] if number else table.rows[0]
        font = _HEADING_FONT if head and not number else _TEXT_FONT
        for cell, text in zip(row.cells, texts, strict=True):
            _run(cell.paragraphs[0], text, font, _CELL_SIZE)
    if head:
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def _run(paragraph: Any, text: str, font: str, size: float) -> None:
    """Write text in a font; Chinese characters take theirs from the East Asian attribute."""
    run = paragraph.add_run(_NO_XML.sub("", text))
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no public way
