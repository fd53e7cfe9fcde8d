"""Where a file is another one than it should be: the first line, or only how it was saved. Standard library only."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from scheduler.checks import Check

_LONGEST = 80


def repeated_check(path: Path, wanted: bytes) -> Check:
    """Hold a file against what drawing again gave."""
    if not path.is_file():
        return Check(False, f"没有 {path.name} 这个文件，不能与重新抽签的结果比较")
    found = path.read_bytes()
    same = found == wanted
    told = "相同" if same else f"不同：{file_difference(wanted, found)}"
    return Check(same, f"用记录的种子重新抽签，{path.name} 逐字节{told}")


def file_difference(wanted: bytes, found: bytes) -> str:
    """Say in words how two files differ that are not the same bytes."""
    lines, others = wanted.decode("utf-8-sig").splitlines(), _lines(found)
    if others is None:
        return "不是 UTF-8 编码，可能另存过"
    pairs = enumerate(zip_longest(lines, others, fillvalue=""), start=1)
    number, line = next(((number, one) for number, (one, other) in pairs if one != other), (0, ""))
    if not number:
        return "各行相同，只是换行或文件开头的标记（BOM）不同，可能另存过"
    if number > len(lines):
        return f"第 {number} 行起是多出来的"
    return f"第 {number} 行应为“{line if len(line) <= _LONGEST else line[:_LONGEST] + '…'}”"


def _lines(content: bytes) -> list[str] | None:
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return None
