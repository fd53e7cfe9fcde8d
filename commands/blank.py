"""Blank workbooks are written to a new file: an old one may be filled in."""

from __future__ import annotations

from pathlib import Path

from common.errors import InputError
from common.files import write_file


def write_blank(out: Path, content: bytes) -> None:
    """Write a workbook.

    Raises
    ------
    InputError
        the file is there, or is called no workbook.
    """
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"--out：{out.name} 应以 .xlsx 结尾。")
    if out.exists():
        raise InputError(f"--out：{out} 已经有了，里面可能有填好的内容，没有覆盖。请换一个文件名。")
    write_file(out, content)
