"""The record of openings: who opened which sealed file when, each entry bound to the one before.

A changed, removed or inserted entry breaks the chain. Entries cut off at the end do not: the digest of the
last one is told at every opening, to be written down.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common.canonical import digest
from common.errors import InputError, ZhengkaoError
from common.files import os_reason
from common.locks import alone
from scheduler.folder import is_whole

LOG = "openings.jsonl"
_FORMAT = "zhengkao-opening/1"


def append(path: Path, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Add an entry at the end of the chain, through to the disk; gives it as written.

    Raises
    ------
    InputError
        the record was changed since: it is kept as it is.
    ZhengkaoError
        it cannot be written.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b") as file, alone(file):
            file.seek(0)
            before, wrong = _chain(file.read())
            if wrong:
                raise InputError(
                    f"{path.name} {wrong}。请原样保存这份打开记录备查，把它移到别处，再重新打开密封文件。"
                )
            new = {"format": _FORMAT, "number": len(before) + 1, "previous": _last(before), **entry}
            new["digest"] = digest(new)
            file.seek(0, os.SEEK_END)
            file.write((json.dumps(new, ensure_ascii=False) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ZhengkaoError(
            f"打开记录 {path} 写不了（{os_reason(error)}），没有打开。请检查磁盘空间和权限。"
        ) from error
    return new


def check(path: Path) -> tuple[list[dict[str, Any]], str]:
    """Read a record of openings; gives its entries up to the first fault, and that fault in words, or ""."""
    try:
        return _chain(path.read_bytes())
    except OSError as error:
        return [], f"读不了（{os_reason(error)}）"


def _chain(content: bytes) -> tuple[list[dict[str, Any]], str]:
    found: list[dict[str, Any]] = []
    lines = content.split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        if not isinstance(entry, dict) or not is_whole(entry):
            return found, f"第 {number} 行被改动过"
        if entry.get("number") != number or entry.get("previous") != _last(found):
            return found, f"第 {number} 行与前一行接不上：有行被删去、插入或换过"
        found.append(entry)
    return found, "最后一行不完整" if lines[-1] else ""


def _last(entries: list[dict[str, Any]]) -> str:
    return str(entries[-1]["digest"]) if entries else "0" * 64
