"""The draws of a folder as published, the last first, and which of them gave somebody their place. Standard library only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.errors import InputError
from common.privacy import mask_identity_in
from scheduler.batch.meant import asked, meant
from scheduler.checks import MALFORMED
from scheduler.file_names import CHAIN, DRAW_FILE, PLAN_FILE
from scheduler.folder import read_json


@dataclass(frozen=True)
class Link:
    """One draw of a folder, or its plan alone; ``number`` is that of the change, 0 for the first draw."""

    folder: Path
    number: int
    plan: Mapping[str, Any]
    record: Mapping[str, Any] | None

    def group_of(self, name: str) -> tuple[Mapping[str, Any], int] | None:
        """Give the group of a trainee, and the place in it."""
        for group in self.plan["groups"]:
            if name in group["trainees"]:
                return group, group["trainees"].index(name)
        return None


def links_of(folder: Path) -> Iterator[Link]:
    """Give the draws of a folder, the last first: somebody whom a change left alone is explained by the one before."""
    last = _link(folder)
    yield last
    for number in range(last.number - 1, -1, -1):
        yield _link(folder / CHAIN / str(number))


def _link(folder: Path) -> Link:
    plan = read_json(folder / PLAN_FILE, "请给出计划或抽签所在的文件夹。")
    record = read_json(folder / DRAW_FILE, "") if (folder / DRAW_FILE).is_file() else None
    try:
        if record is not None and record["plan_digest"] != plan["digest"]:
            raise InputError(
                f"{folder}：{DRAW_FILE} 不是这份 {PLAN_FILE} 的抽签记录，请用 zhengkao exam verify 核对。"
            )
        return Link(folder, int(plan.get("change", {}).get("number", 0)), plan, record)
    except MALFORMED:
        raise InputError(f"{folder}：{PLAN_FILE} 或 {DRAW_FILE} 的内容不对。") from None


def where_of(links: Sequence[Link], name: str) -> tuple[Link, Mapping[str, Any], int]:
    """Give the draw that gave somebody their place, their group in it and their place in that.

    Raises
    ------
    InputError
        the last plan does not have them.
    """
    found = None
    for link in links:
        found = link.group_of(name)
        if found is None or "kept" not in found[0]:
            break
    if found is None:
        known = {one for group in links[0].plan["groups"] for one in group["trainees"]}
        told = f"计划里没有考生“{mask_identity_in(name)}”{asked(meant(name, known))}"
        raise InputError(f"{told}。请填考生编号；已退考的，请用变更之前的文件夹。")
    return link, *found


def rows_of(path: Path, names: set[str]) -> Mapping[str, Mapping[str, str]]:
    """Give the rows of some trainees.

    Raises
    ------
    InputError
        the file is missing or damaged.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return {row["trainee_id"]: row for row in rows if row["trainee_id"] in names}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        raise InputError(
            f"{path}：没有这个文件，或读不了。请用 zhengkao exam verify 核对这个文件夹。"
        ) from None
