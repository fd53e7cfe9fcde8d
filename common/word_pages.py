"""What a Word document needs to be printed well: page numbers with their total, and rows that stay whole."""

from __future__ import annotations

import copy
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def number_pages(document: Any, *, by_section: bool = False) -> None:
    """Put 第 x 页 共 y 页 at the foot of each page; 第 x 页 ``by_section``, each counted by itself: not every program knows its total."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts = (
        (("第 ", "PAGE"), (" 页", ""))
        if by_section
        else (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", ""))
    )
    for text, field in parts:
        paragraph.add_run(text)
        for kind, code in (("begin", ""), ("", field), ("end", "")) if field else ():
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = code
            paragraph.add_run()._element.append(element)  # noqa: SLF001 - python-docx has no public way
    if by_section:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        document.sections[0]._sectPr.append(start)  # noqa: SLF001


def end_section(document: Any) -> None:
    """End a section with the last paragraph: what comes next begins on a page of its own, numbered anew."""
    last, page = document.element.body[-2:]  # what is last, and the page that all sections have
    if last.tag != qn("w:p"):
        last = document.add_paragraph()._p  # noqa: SLF001
    last.set_sectPr(copy.deepcopy(page))


def keep_rows_whole(table: Any) -> None:
    """Let no row of a table begin on one page and end on the next."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
