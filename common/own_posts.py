"""An enterprise's own table of posts: which of its posts needs which item, or nothing.

A CSV or workbook with the columns 岗位 and 所需项目 (items or categories separated by ; or ；; 无 where
the post needs none). A post in it is judged by it alone; all others by data/catalogue/posts.csv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from common.catalogue import Catalogue, Confidence, Kind, PostNeed
from common.errors import DataError, InputError
from common.privacy import mask_in_name
from common.sheets import CellValue, cell_text, read_sheets
from common.text import key, visible

_POST = {key(word) for word in ("岗位", "岗位名称", "post")}
_NEEDS = {key(word) for word in ("所需项目", "所需准操项目", "准操项目", "items")}
_NONE = {key(word) for word in ("无", "无须", "无须持证", "不需要", "none")}


def read_own_posts(path: Path, catalogue: Catalogue) -> dict[str, tuple[PostNeed, ...]]:
    """Read the table; gives needs by the post's key.

    Raises
    ------
    InputError
        the file cannot be read, or lacks a column.
    DataError
        a row names an item that is in no catalogue; tells file, row and field.
    """
    for sheet in read_sheets(path):
        for number, row in enumerate(sheet.rows, start=1):
            labels = [key(cell_text(value)) for value in row]
            if _POST & set(labels) and _NEEDS & set(labels):
                post = next(index for index, label in enumerate(labels) if label in _POST)
                needs = next(index for index, label in enumerate(labels) if label in _NEEDS)
                return _read(path, sheet.rows[number:], number + 1, post, needs, catalogue)
    raise InputError(f"{path.name}：没有“岗位”和“所需项目”两列，不能作为岗位表（--posts）。")


def _read(
    path: Path,
    rows: Sequence[Sequence[CellValue]],
    first: int,
    post: int,
    needs: int,
    catalogue: Catalogue,
) -> dict[str, tuple[PostNeed, ...]]:
    table: dict[str, tuple[PostNeed, ...]] = {}
    for number, row in enumerate(rows, start=first):
        name = visible(cell_text(row[post])) if post < len(row) else ""
        if not name:
            continue
        wanted = visible(cell_text(row[needs])) if needs < len(row) else ""
        if not wanted:
            raise DataError(path.name, "没有写所需项目；不需要证书请写“无”", row=number, field="所需项目")
        if key(name) in table:
            raise DataError(path.name, f"岗位“{name}”重复", row=number, field="岗位")
        table[key(name)] = () if key(wanted) in _NONE else (_need(path, number, name, wanted, catalogue),)
    return table


def _need(path: Path, number: int, name: str, wanted: str, catalogue: Catalogue) -> PostNeed:
    items: list[str] = []
    categories: list[str] = []
    for text in filter(None, (part.strip() for part in re.split("[;；]", wanted))):
        match = catalogue.match_item(text)
        if match is None:
            raise DataError(path.name, f"“{text}”不是目录中的项目或类别", row=number, field="所需项目")
        if match.item:
            items.append(match.item)
        else:
            categories.append(match.category)
    basis = f"本单位岗位表 {mask_in_name(path.name)} 第 {number} 行"
    return PostNeed(Kind.SPECIAL, (name,), tuple(items), tuple(categories), Confidence.HIGH, basis, "")
