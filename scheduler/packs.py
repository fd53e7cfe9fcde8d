"""The named rule packs of this program (``data/rules/exam``): values, sources, and when they hold."""

from __future__ import annotations

import copy
import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.errors import DataError, InputError
from common.files import os_reason
from common.resources import DATA

PACKS = DATA / "rules" / "exam"
DEFAULT_PACK = "guangdong-2023"


@dataclass(frozen=True)
class Pack:
    """A pack with what it takes over from the one it extends; ``valid_to`` None is open."""

    name: str
    title: str
    valid_from: dt.date
    valid_to: dt.date | None
    tables: dict[str, dict[str, Any]]
    sources: dict[str, str]


def load_pack(name: str, folder: Path = PACKS) -> Pack:
    """Load a pack and what it extends.

    Raises
    ------
    InputError
        there is no such pack.
    DataError
        a pack lacks a field or the source of a value; names file and field.
    """
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = "、".join(sorted(entry.stem for entry in folder.glob("*.toml")))
        raise InputError(f"没有名为“{name}”的考试规则包，可用的有：{known}")
    content = parse(path)
    head, sources = content.pop("pack", None), content.pop("sources", {})
    if not isinstance(head, dict) or not isinstance(head.get("title"), str):
        raise DataError(path.name, "缺少标题", field="pack.title")
    below = load_pack(head["extends"], folder) if "extends" in head else None
    tables = copy.deepcopy(below.tables) if below else {}
    for section, values in content.items():
        for key, value in values.items():
            if f"{section}.{key}" not in sources:
                raise DataError(
                    path.name, "没有写明出处；不是法律规定的也要写明", field=f"sources.{section}.{key}"
                )
            if below and key not in tables.get(section, {}):
                raise DataError(path.name, f"{below.name} 里没有这一项", field=f"{section}.{key}")
            tables.setdefault(section, {})[key] = value
    return Pack(
        name,
        head["title"],
        _day(path, head, "valid_from") or dt.date.min,
        _day(path, head, "valid_to"),
        tables,
        {**(below.sources if below else {}), **sources},
    )


_LINE = re.compile(r"at line (\d+)")


def parse(path: Path) -> dict[str, Any]:
    """Read a TOML file; a BOM is allowed, as editors of Windows write it.

    Raises
    ------
    InputError
        the file cannot be read, or is no TOML; says where.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}：打不开规则文件（{os_reason(error)}）。请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}：不是 UTF-8 编码的文字。请用 UTF-8 保存规则文件。") from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"第 {line[1]} 行" if line else "文件末尾"
        raise InputError(
            f"{path.name}：{where}不是 TOML 的写法（如括号、引号没有成对，或同一个键写了两次）。请检查这一行。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path.name}：有一个数长得离谱，或括号套了几千层，无法读取。请检查规则文件。"
        ) from error


def _day(path: Path, head: dict[str, Any], name: str) -> dt.date | None:
    if name not in head:
        return None
    try:
        return dt.date.fromisoformat(head[name])
    except (TypeError, ValueError):
        raise DataError(path.name, "应为 YYYY-MM-DD", field=f"pack.{name}") from None
