"""Data and a template to a PDF: the one place that knows typst.

Templates lie in ``data/papers``; what people wrote reaches them as data, never as markup, so that a ``#`` in a
name is a ``#`` on paper. Only fonts found by ``fonts`` are used, and the time on a PDF is the draw's.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import typst

from common.errors import ZhengkaoError
from common.files import os_reason
from common.resources import DATA
from scheduler.papers.fonts import Fonts
from scheduler.papers.qr import png

TEMPLATES = DATA / "papers"
_CODES = "codes.bin"


@dataclass(frozen=True)
class Part:
    """What one pass of the typesetter prints: a template, its content (what JSON can hold), texts for QR codes."""

    template: str
    content: Any
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Style:
    """What all papers of a draw share: fonts, the time that every PDF states, the line at the foot of pages, which issue it is."""

    fonts: Fonts
    moment: dt.datetime
    footer: str
    issue: str = ""


def typeset(part: Part, style: Style, scratch: Path) -> bytes:
    """Give the PDF of a part.

    Parameters
    ----------
    scratch
        a folder to work in; nothing that is written to it holds a name or a number.

    Raises
    ------
    ZhengkaoError
        it could not be set: a fault of a template.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        root = Path(name)
        content = _drawable(part.content, style.fonts)
        try:
            for template in sorted(TEMPLATES.glob("[!.]*.typ")):
                shutil.copyfile(template, root / template.name)
            if part.codes:
                content |= {"codes": _codes(part.codes, root / _CODES)}
            data = {
                "content": content,
                "fonts": list(style.fonts.families),
                "footer": style.footer,
                "issue": style.issue,
            }
            made = typst.compile(
                str(root / part.template),
                root=str(root),
                font_paths=[str(folder) for folder in style.fonts.folders],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=int(style.moment.timestamp()),
                pdf_tags=False,  # lists of thousands of rows: tags would double time and size
            )
        except OSError as error:
            raise ZhengkaoError(f"材料写不了（{os_reason(error)}）。请检查磁盘空间和权限。") from error
        except RuntimeError:  # its text may repeat what was to be printed
            raise ZhengkaoError(f"材料没有排成（模板 {part.template}）。请反馈程序版本和这句话。") from None
    return made


def join(parts: Sequence[bytes]) -> bytes:
    """Give one PDF of several, page after page; the same parts, the same bytes, and none of none."""
    if len(parts) < 2:
        return b"".join(parts)
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _codes(texts: Sequence[str], path: Path) -> list[list[int]]:
    """Write the QR codes one after the other; give where each begins and ends."""
    places, pictures = [], bytearray()
    for text in texts:
        picture = png(text)
        places.append([len(pictures), len(pictures) + len(picture)])
        pictures += picture
    path.write_bytes(pictures)
    return places


def _drawable(content: Any, fonts: Fonts) -> Any:
    """Give content with every character that cannot be drawn as its code point."""
    if isinstance(content, str):
        return fonts.shown(content)
    if isinstance(content, Mapping):
        return {name: _drawable(value, fonts) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_drawable(value, fonts) for value in content]
    return content
