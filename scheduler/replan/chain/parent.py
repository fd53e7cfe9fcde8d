"""A drawn folder as a change finds it: plan, record, who sits where, who is on duty. Standard library only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.errors import InputError
from common.files import sha256_of
from scheduler.duties.draw import Duty
from scheduler.duties.substitutes import Substitute
from scheduler.file_names import (
    ANNOUNCEMENT_FILE,
    ASSIGNMENTS,
    CHAIN,
    CHANGES,
    DRAW_FILE,
    DUTIES,
    PLAN_FILE,
    SUBSTITUTES,
    UNASSIGNED,
)
from scheduler.folder import is_whole, read_json
from scheduler.problem import Session
from scheduler.schedule import Placement, chance_of

_MOST_TOLD = 5


@dataclass(frozen=True)
class Parent:
    """What was drawn before a change; ``number`` is 0 for the first draw, k after the k-th change."""

    folder: Path
    plan: Mapping[str, Any]
    record: Mapping[str, Any]
    placements: Mapping[str, Placement]
    unplaced: Mapping[str, str]
    duties: Sequence[Duty]
    substitutes: Sequence[Substitute]

    @property
    def number(self) -> int:
        """Give how many changes there were."""
        return int(self.record.get("change_number", 0))

    @property
    def first(self) -> Path:
        """Give the folder of the first draw."""
        return self.folder if self.number == 0 else first_folder(self.folder)


def first_folder(folder: Path) -> Path:
    """Give where the first draw of a changed folder is kept."""
    return folder / CHAIN / "0"


def read_parent(folder: Path) -> Parent:
    """Read a drawn folder, every file held against its record.

    Raises
    ------
    InputError
        it was not drawn, or something in it was changed since.
    """
    announced = (folder / ANNOUNCEMENT_FILE).is_file() and not (folder / DRAW_FILE).is_file()
    waits = "已经公告，还没有抽签：到时用 zhengkao exam draw 加 --public " if announced else "请先"
    record = read_json(folder / DRAW_FILE, f"{waits}抽签，再办理变更。")
    plan = read_json(folder / PLAN_FILE, "没有计划，不能办理变更。")
    if not is_whole(record) or not is_whole(plan) or record.get("plan_digest") != plan.get("digest"):
        raise InputError(
            f"{folder}：计划或抽签记录被改动过，不能办理变更。请先用 zhengkao exam verify 复核。"
        )
    for name, stated in dict(record.get("files", {})).items():
        path = folder / Path(name).name
        if not path.is_file() or sha256_of(path) != stated:
            raise InputError(f"{path}：不是抽签时写出的文件，不能办理变更。请放回原件。")
    return parsed(folder, plan, record)


def ensure_sound(parent: Parent) -> None:
    """Refuse to change a folder whose pages or chain are not as drawn: what is made of it would never verify.

    Raises
    ------
    InputError
        a page or a file of the chain is missing, other or more.
    """
    spoilt = sorted(_spoilt(parent.folder, parent.record))
    if spoilt:
        listed = "、".join(spoilt[:_MOST_TOLD])
        raise InputError(
            f"{parent.folder}：以前各次的文件或页面有缺少、多出或被改动的，不能办理变更：{listed}。"
            "请放回原件，用 zhengkao exam verify 核对。"
        )


def _spoilt(folder: Path, record: Mapping[str, Any]) -> Iterator[str]:
    """Give pages and files of the chain that are not as the record names them."""
    for name, stated in dict(record.get("documents", {})).items():
        path = folder / Path(name).name
        if not path.is_file() or sha256_of(path) != stated:
            yield name
    if "chain_files" in record:
        found, stated = chain_files(folder), record["chain_files"]
        yield from (
            f"{CHAIN}/{name}" for name in found.keys() | stated.keys() if found.get(name) != stated.get(name)
        )


def chain_files(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file of a folder's chain, by its place in it."""
    chain = folder / CHAIN
    return {
        path.relative_to(chain).as_posix(): sha256_of(path)
        for path in sorted(chain.rglob("*"))
        if path.is_file()
    }


def parsed(folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any]) -> Parent:
    """Read the result files of a folder whose plan and record are known.

    Raises
    ------
    ValueError, KeyError, OSError
        a file is not as this program writes it.
    """
    named = record.get("files", {})
    return Parent(
        folder,
        plan,
        record,
        {row["trainee_id"]: _placement(row) for row in _rows(folder / ASSIGNMENTS)},
        {row["trainee_id"]: row["reason"] for row in _rows(folder / UNASSIGNED)},
        [_duty(row) for row in _rows(folder / DUTIES)] if DUTIES in named else [],
        [_substitute(row) for row in _rows(folder / SUBSTITUTES)] if SUBSTITUTES in named else [],
    )


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def earlier_rows(parent: Parent) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the published rows of all earlier changes, with the number of the change."""
    links: Sequence[tuple[int, Path]] = [
        *((number, parent.folder / CHAIN / str(number)) for number in range(1, parent.number)),
        *([(parent.number, parent.folder)] if parent.number else []),
    ]
    for number, folder in links:
        text = (folder / CHANGES).read_bytes().decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            yield number, row


def _placement(row: Mapping[str, str]) -> Placement:
    return Placement(
        row["trainee_id"],
        Session.of(row),
        tuple(row["exception"].split(";")) if row["exception"] else (),
        chance_of(row["chance"]),
        chance_of(row["site_chance"]),
        row["room"],
        row["seat"],
        row["group"],
        row["place"],
    )


def _duty(row: Mapping[str, str]) -> Duty:
    return Duty(row["staff_id"], row["role"], row["site_id"], row["date"], row["half"], int(row["room"] or 0))


def _substitute(row: Mapping[str, str]) -> Substitute:
    return Substitute(
        row["site_id"], row["date"], row["half"], row["role"], int(row["order"]), row["staff_id"]
    )


def placement_data(one: Placement) -> dict[str, Any]:
    """Give a placement as the plan of a change tells it."""
    return {
        **session_data(one.session),
        "room": one.room,
        "seat": one.seat,
        "group": one.group,
        "place": one.place,
        "exceptions": list(one.exceptions),
    }


def session_data(session: Session) -> dict[str, str]:
    """Give a session as the plan of a change tells it."""
    return {"site_id": session.site_id, "date": session.day.isoformat(), "half": str(session.half)}
