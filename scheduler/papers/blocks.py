"""A letter or form as a list of blocks, of which both the PDF and the .docx are made.

``title``, ``subtitle``, ``heading``, ``par`` (indented), ``line``, ``small``, ``right`` hold a text; ``table`` a head
(may be empty), rows and relative widths; ``break`` begins a new page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]
BLANK = "＿＿＿＿＿＿＿＿"
"""A line to write on by hand."""


def block(kind: str, text: str = "") -> Block:
    """Give a block of text."""
    return {"kind": kind, "text": text}


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, dense: bool = False
) -> Block:
    """Give a table; the head comes again on every page, a long one is set dense."""
    listed = [list(row) for row in rows]
    return {"kind": "table", "head": list(head), "rows": listed, "widths": list(widths), "dense": dense}


def form(fields: Sequence[tuple[str, str]], widths: Sequence[int] = (3, 10)) -> Block:
    """Give a table of labels and contents without a head."""
    return table((), fields, widths)
