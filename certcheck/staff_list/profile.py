"""How a list was read, kept in a file, so that next month's list is read the same and a change is told.

``profile.toml`` holds the columns and the sheet that the user named, and for each table the meaning of
every label. Reading with it pins what was named or told by contents; labels that are gone, new or read
otherwise are told.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certcheck.roster import Reading
from certcheck.staff_list.columns import UNSURE
from certcheck.staff_list.headers import Headers
from common.errors import InputError
from common.files import os_reason
from common.privacy import mask_numbers_in
from common.text import key

_HEAD = """\
# 本次读表的方式，由 zhengkao check 写出。下个月的名单用 --profile 给出本文件，就按同样的方式读取；
# 表头有变化时会说明。columns 和 pinned 一样，写成 字段 = "表头"。
"""


@dataclass(frozen=True)
class TableForm:
    """One table: its sheet, and the field of each label; "" where a label was read over."""

    sheet: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """How a list was read.

    ``columns`` are what the user named (field to label), ``pinned`` what the contents told.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    tables: tuple[TableForm, ...] = ()


def profile_of(readings: Iterable[Reading], columns: Mapping[str, str], sheet: str | None) -> Profile:
    """Say how lists were read; ``columns`` and ``sheet`` are what the user named.

    A sheet is kept by the name that reports tell, with numbers masked: next month it is found by that.
    """
    tables, pinned = [], dict[str, str]()
    named: str | None = None
    for reading in readings:
        if sheet is not None and named is None:
            named = reading.name
        for table in reading.tables:
            labels = {mask_numbers_in(label): "" for label in table.unread if label}
            for column in table.columns:
                if column.label and column.field != UNSURE:
                    labels[mask_numbers_in(column.label)] = column.field
                    if column.why and column.field not in columns:
                        pinned.setdefault(column.field, column.label)
            tables.append(TableForm(reading.name, labels))
    return Profile(dict(columns), pinned, named, tuple(tables))


def profile_text(profile: Profile) -> str:
    """Give a profile as TOML."""
    lines = [_HEAD]
    if profile.sheet is not None:
        lines.append(f"sheet = {_quoted(profile.sheet)}\n")
    for name, table in (("columns", profile.columns), ("pinned", profile.pinned)):
        lines.append(f"[{name}]")
        lines += [f"{field} = {_quoted(label)}" for field, label in table.items()]
        lines.append("")
    for form in profile.tables:
        lines += ["[[tables]]", f"sheet = {_quoted(form.sheet)}", "[tables.labels]"]
        lines += [f"{_quoted(label)} = {_quoted(meaning)}" for label, meaning in form.labels.items()]
        lines.append("")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Give a text as TOML and JSON both write it; the one escape that only JSON leaves out is added."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_profile(path: Path, headers: Headers) -> Profile:
    """Read a profile.

    Raises
    ------
    InputError
        it cannot be read, or is none.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path.name}：打不开（{os_reason(error)}）。请检查 --profile。") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path.name}：不是读表方式文件（profile.toml）。请检查 --profile。") from error
    sheet = content.get("sheet")
    if sheet is not None and not isinstance(sheet, str):
        raise InputError(f"{path.name}：sheet 应为文字。请改正，或不用 --profile。")
    return Profile(
        _fields(path, "columns", content, headers),
        _fields(path, "pinned", content, headers),
        sheet,
        tuple(_tables(path, content)),
    )


def _fields(path: Path, name: str, content: Mapping[str, Any], headers: Headers) -> dict[str, str]:
    table = content.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(label, str) for label in table.values()):
        raise InputError(f'{path.name}：{name} 应写成 字段 = "表头"。请改正，或不用 --profile。')
    for one in table:
        if not headers.is_field(one):
            raise InputError(f"{path.name}：{name} 中没有“{one}”这个字段。请改正，或不用 --profile。")
    return dict(table)


def _tables(path: Path, content: Mapping[str, Any]) -> Iterator[TableForm]:
    tables = content.get("tables", [])
    for table in tables if isinstance(tables, list) else [None]:
        labels = table.get("labels") if isinstance(table, dict) else None
        if not isinstance(labels, dict) or not all(isinstance(meaning, str) for meaning in labels.values()):
            raise InputError(f"{path.name}：tables 不是本程序写出的形式。请改正，或不用 --profile。")
        yield TableForm(str((table or {}).get("sheet", "")), labels)


def differences(before: Profile, now: Profile, headers: Headers) -> list[str]:
    """Tell how a list is read otherwise than with the profile before; tables are compared in order."""
    told: list[str] = []
    if len(before.tables) != len(now.tables):
        told.append(f"上次有 {len(before.tables)} 个表，这次有 {len(now.tables)} 个表")
    for old, new in zip(before.tables, now.tables, strict=False):
        place = f"工作表“{new.sheet}”" if new.sheet else "表中"
        told += [f"{place}{change}" for change in _changes(_by_key(old), _by_key(new), headers)]
    return told


def _by_key(form: TableForm) -> dict[str, tuple[str, str]]:
    return {key(label): (label, meaning) for label, meaning in form.labels.items()}


def _changes(
    old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]], headers: Headers
) -> list[str]:
    told = [f"少了“{label}”一列" for name, (label, _) in old.items() if name not in new]
    told += [f"多了“{label}”一列" for name, (label, _) in new.items() if name not in old]
    for name, (label, meaning) in new.items():
        was = old.get(name, (label, meaning))[1]
        if was != meaning:
            told.append(f"“{label}”上次读作{_named(was, headers)}，这次读作{_named(meaning, headers)}")
    return told


def _named(meaning: str, headers: Headers) -> str:
    return headers.name_of(meaning) if meaning else "不用的列"


def merged(
    profile: Profile, columns: Mapping[str, str], sheet: str | None
) -> tuple[dict[str, str], str | None]:
    """Give the columns and the sheet to read by: what the user names now goes before the profile."""
    return {**profile.columns, **columns}, sheet if sheet is not None else profile.sheet


def soft_pins(profile: Profile, hard: Mapping[str, str]) -> dict[str, str]:
    """Give the labels that the contents told last time, for fields that nobody names now."""
    return {name: label for name, label in profile.pinned.items() if name not in hard}


def told_changes(changes: Sequence[str]) -> str:
    """Give one line on changes; "" where there are none."""
    return f"与所给的读表方式相比：{'；'.join(changes)}。请确认。" if changes else ""
