"""Past meetings of institutions and sites, read from the folders of earlier draws."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.chances.history import History
from scheduler.file_names import ASSIGNMENTS, DRAW_FILE, PLAN_FILE
from scheduler.folder import is_whole, read_json
from scheduler.problem import Meeting


def read_history(folders: Sequence[Path]) -> History:
    """Count the meetings of some drawn folders.

    Raises
    ------
    InputError
        a folder was not drawn, was changed since, is named twice, or is of a version that did not state institutions.
    """
    met: Counter[Meeting] = Counter()
    records: list[str] = []
    for folder in folders:
        plan = _whole(folder / PLAN_FILE)
        record = _whole(folder / DRAW_FILE)
        if record["digest"] in records:
            raise InputError(f"--history {folder}：这次抽签给了两遍。")
        records.append(record["digest"])
        met.update(_meetings(folder, plan))
    return History(dict(sorted(met.items())), tuple(records))


def _whole(path: Path) -> dict[str, Any]:
    content = read_json(path, "--history 应是抽过签的文件夹。")
    if not is_whole(content):
        raise InputError(f"{path}：摘要不符，写出之后被改动过，不能作为历史。")
    return content


def _meetings(folder: Path, plan: dict[str, Any]) -> list[Meeting]:
    if any("institution" not in group for group in plan["groups"]):
        raise InputError(f"{folder / PLAN_FILE}：这个版本的计划没有写明培训机构，不能作为历史。")
    names = plan["institutions"]
    institution = {
        trainee: names[number]
        for group in plan["groups"]
        for trainee, number in zip(group["trainees"], group["institution"], strict=True)
    }
    try:
        text = (folder / ASSIGNMENTS).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        return [(institution[row["trainee_id"]], row["site_id"]) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        raise InputError(f"{folder / ASSIGNMENTS}：读不了，或与计划不符，不能作为历史。") from None
