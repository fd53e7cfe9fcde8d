"""Text tables (.csv and its like): encoding and separator found, wrapping taken off."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from common.errors import InputError
from common.swallowed_rows import QuotedRows

_WRAPPED = re.compile(r'="([^"]*)"')
_TEXTS = (".csv", ".txt", ".tsv")
_SEPARATORS = (",", "\t", ";", "|")
MOST_FIELD = 1_000_000
MOST_CELLS = 30_000_000
_UNPAIRED = '{}：第 {} 行起引号不成对，后面的行会被并进一个单元格。请删去多余的引号（"），或该单元格里的换行，再运行。'
_MOST_KNOWN = 1 << 16
_LEAST_CHINESE = 4
_CHINESE = re.compile("[\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]")
HEAD = 20_000  # characters by which the separator is chosen


def read_text_table(path: Path) -> list[list[str]]:
    """Give the rows of a text table, all of one width.

    Raises
    ------
    InputError
        it is no table, or has more columns than anybody needs.
    """
    text = _decode(path)
    if "\x00" in text and path.suffix.lower() in _TEXTS:
        raise InputError(f"{path.name}：文字编码无法识别，或文件已损坏。请用 UTF-8 或 GBK 另存。")
    if "\x00" in text or text.lstrip()[:1] == "<":
        raise InputError(f"{path.name}：不是表格文件。可以读取的有 .xlsx、.xls、.ods 和 .csv。")
    csv.field_size_limit(MOST_FIELD)
    known: dict[str, str] = {}
    rows: list[list[str]] = []
    mark = separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    begun = 1  # the line where the row begins that is read next
    quoted = QuotedRows(mark)
    try:
        for row in lines:
            quoted.add(row, begun, several=lines.line_num > begun)
            rows.append([cell and (known.get(cell) or _kept(cell, known)) for cell in row])
            begun = lines.line_num + 1
    except csv.Error as error:
        if '"' not in text:
            raise InputError(f"{path.name}：第 {begun} 行有一个单元格过长，不是可以读取的 CSV。") from error
        raise InputError(_UNPAIRED.format(path.name, quoted.swallowing() or begun)) from error
    swallowing = quoted.swallowing()
    if swallowing is not None:
        raise InputError(_UNPAIRED.format(path.name, swallowing))
    return _rectangular(path, rows)


def _kept(cell: str, known: dict[str, str]) -> str:
    """Give a cell unwrapped, and remember the first ones: words that repeat are held once, not a million times."""
    plain = _plain(cell)
    if len(known) < _MOST_KNOWN:
        known[cell] = plain
    return plain


def _plain(cell: str) -> str:
    """Take off the wrapping ="0012" by which spreadsheets are told that digits are text."""
    wrapped = _WRAPPED.fullmatch(cell) if cell.startswith("=") else None
    return wrapped[1] if wrapped else cell


def _rectangular(path: Path, rows: list[list[str]]) -> list[list[str]]:
    """Give all rows the width of the widest: a text table leaves out the empty cells at the end."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise InputError(f"{path.name}：有一行多达 {width} 列，无法读取。请检查分隔符，或删除多余的列。")
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _decode(path: Path) -> str:
    """Decode by mark, else UTF-8 where it is valid, else GB18030: no guess can be wrong silently."""
    data = path.read_bytes()
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            encodings = [encoding]
            break
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _refuse_mixed(path, data)
        return text
    _refuse_mixed(path, data)
    raise InputError(f"{path.name}：文字编码无法识别。请用 UTF-8 或 GBK 另存。")


def _refuse_mixed(path: Path, data: bytes) -> None:
    """Refuse a text that is UTF-8 in some lines and not in others: two files put together, half of it unreadable."""
    lines = data.split(b"\n")
    other = next((number for number, line in enumerate(lines, start=1) if not _is_utf8(line)), None)
    own = next((number for number, line in enumerate(lines, start=1) if _is_chinese_utf8(line)), None)
    if own is not None and other is not None:
        raise InputError(
            f"{path.name}：文字编码前后不一：第 {own} 行是 UTF-8，第 {other} 行不是（多为 GBK），像是两个文件拼在一起的。"
            "请把两部分用同一种编码另存（UTF-8 或 GBK）后再合并。"
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese_utf8(line: bytes) -> bool:
    """Say whether a line is certainly Chinese in UTF-8: several such characters that GBK hardly ever looks like."""
    if line.isascii() or not _is_utf8(line):
        return False
    beyond = [mark for mark in line.decode("utf-8").removeprefix("\ufeff") if not mark.isascii()]
    return len(beyond) >= _LEAST_CHINESE and all(_CHINESE.fullmatch(mark) for mark in beyond)


def separator(text: str) -> str:
    """Choose the separator that the first lines use most; a comma where none is used."""
    head = text[:HEAD].splitlines()[:50]
    return max(_SEPARATORS, key=lambda mark: (sum(line.count(mark) for line in head), mark == ","))
