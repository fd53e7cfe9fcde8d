"""What a Word document needs to be printed well: page numbers with their total, and rows that stay whole."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def number_pages(document: Any) -> None:
    """Put 第 x 页 共 y 页 at the foot of each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        paragraph.add_run(text)
        for kind, code in (("begin", ""), ("", field), ("end", "")) if field else ():
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = code
            paragraph.add_run()._element.append(element)  # noqa: SLF001 - python-docx has no public way


def keep_rows_whole(table: Any) -> None:
    """Let no row of a table begin on one page and end on the next."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
