"""The record of a draw: what was drawn from what, and whether it can be repeated.

``draw.json`` names the plan's digest, the seed and how it came about, and the digests of the files;
verifying needs the folder and the standard library, no solver and no database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from common.canonical import digest
from common.errors import InputError
from common.files import write_file, writing
from scheduler.documents.tables import assignments_csv, unassigned_csv
from scheduler.draw import draw, seed_bytes
from scheduler.duties.files import drawn_duties
from scheduler.folder import (
    ANNOUNCEMENT_FILE,
    DRAW_FILE,
    PLAN_FILE,
    holds,
    is_whole,
    json_lines,
    json_text,
    read_json,
)
from scheduler.plan import FORMAT
from scheduler.plan_checks import contradiction
from scheduler.replan.parent import first_folder
from scheduler.replan.verify import beyond_changes, verify_chain
from scheduler.reveal import beyond_checking, reveal_checks
from scheduler.schedule import Schedule
from scheduler.seats.summary import seating_summary, summary_words

DRAW_FORMAT = "zhengkao-draw/1"
ASSIGNMENTS, UNASSIGNED = "assignments.csv", "unassigned.csv"


def write_plan(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Write plan.json; a folder that was announced or drawn keeps its plan.

    Raises
    ------
    InputError
        the folder holds an announcement or a draw.
    """
    if (folder / DRAW_FILE).exists():
        raise InputError(f"{folder} 已经抽过签，不能再改计划。请用另一个文件夹。")
    if (folder / ANNOUNCEMENT_FILE).exists():
        raise InputError(f"{folder} 已经做过抽签公告，不能再改计划。请用另一个文件夹。")
    path = folder / PLAN_FILE
    with writing(path) as file:
        for piece in json_lines(plan):
            file.write(piece)
    return path


def read_plan(folder: Path) -> dict[str, Any]:
    """Read plan.json and hold it against its own digest.

    Raises
    ------
    InputError
        there is none, it is no plan, or it was changed after it was made.
    """
    plan = read_json(folder / PLAN_FILE, "请先用 zhengkao exam plan 做出计划。")
    if plan.get("format") != FORMAT:
        raise InputError(f"{PLAN_FILE}：不是这个版本的计划（{FORMAT}）。")
    if not is_whole(plan):
        raise InputError(f"{PLAN_FILE}：摘要不符，计划在做出之后被改动过，不能抽签或复核。")
    wrong = contradiction(plan)
    if wrong:
        raise InputError(f"{PLAN_FILE}：计划前后矛盾（{wrong}），不能抽签。")
    return plan


Documents = Callable[[Mapping[str, Any], Mapping[str, Any], Schedule], Mapping[str, bytes]]


def no_documents(
    _plan: Mapping[str, Any], _record: Mapping[str, Any], _schedule: Schedule
) -> Mapping[str, bytes]:
    """Make nothing beside the result."""
    return {}


def draw_and_write(
    folder: Path,
    seed: str,
    origin: str,
    drawn_at: str,
    documents: Documents = no_documents,
    *,
    reveal: Mapping[str, str] | None = None,
    drawing: Drawing | None = None,
    written: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], Schedule]:
    """Draw a folder's plan once and write the result, its documents and its record.

    ``documents`` makes the files for people, by name; the record holds their digests, too. ``reveal`` is
    what an announced seed came of (``scheduler.announcement.opened_seed``), None for a seed given by hand.
    ``drawing`` is how to draw; by default ``plainly``. ``written`` is the plan that this run wrote to the folder: where
    it lies there to the byte, it is drawn without being read and checked again.

    Raises
    ------
    InputError
        there is no good plan, or it was drawn before: a draw is not repeated until it pleases; or another
        way to draw it was announced.
    """
    ensure_undrawn(folder)
    if reveal is None and (folder / ANNOUNCEMENT_FILE).exists():
        raise InputError(
            f"{folder} 已经公告了怎样抽签，不能另给种子。请用 zhengkao exam draw {folder} --public 公开数值。"
        )
    plan = written if written and holds(folder / PLAN_FILE, written) else read_plan(folder)
    if "change" in plan:
        raise InputError(f"{PLAN_FILE}：这是变更的计划，由 zhengkao exam replan 抽签，不能单独抽签。")
    schedule, files, seating = (drawing or plainly)(plan, seed)
    duties, vacant = drawn_duties(plan, schedule, seed)
    files = files | duties
    record = {
        "format": DRAW_FORMAT,
        "plan_digest": plan["digest"],
        "seed": seed.lower(),
        "seed_origin": origin,
        **({} if reveal is None else {"reveal": dict(reveal)}),
        "drawn_at": drawn_at,
        "result_digest": digest({name: _sha256(content) for name, content in files.items()}),
        "files": {name: _sha256(content) for name, content in files.items()},
        "placed": len(schedule.placements),
        "unplaced": len(schedule.unplaced),
        "vacant": vacant,
        "seating": seating,
    }
    made = documents(plan, record, schedule)
    record["documents"] = {name: _sha256(content) for name, content in made.items()}
    record["digest"] = digest(record)
    for name, content in (files | dict(made)).items():
        write_file(folder / name, content)
    write_file(folder / DRAW_FILE, json_text(record))
    return record, schedule


def ensure_undrawn(folder: Path) -> None:
    """Refuse a folder that was drawn.

    Raises
    ------
    InputError
        it holds the record of a draw.
    """
    if (folder / DRAW_FILE).exists():
        raise InputError(f"{folder} 已经抽过签；抽签只做一次。复核请用 zhengkao exam verify。")


class Drawn(NamedTuple):
    """What a draw gives: the schedule, the files that the record's digest covers, and the summary of the seats."""

    schedule: Schedule
    files: dict[str, bytes]
    seating: dict[str, int]


Drawing = Callable[[Mapping[str, Any], str], Drawn]
"""A way to draw a plan with a seed: ``plainly``, or another one that gives the same bytes."""


def plainly(plan: Mapping[str, Any], seed: str) -> Drawn:
    """Draw a plan with the standard library only."""
    schedule = draw(plan, seed)
    return Drawn(schedule, result_files(schedule), seating_summary(plan, schedule))


def result_files(schedule: Schedule) -> dict[str, bytes]:
    """Give the files of a result that its digest covers."""
    return {ASSIGNMENTS: assignments_csv(schedule), UNASSIGNED: unassigned_csv(schedule)}


def verify(folder: Path, drawing: Drawing | None = None) -> list[tuple[bool, str]]:
    """Repeat the draw of a folder; gives what was checked, each with its outcome, in plain words.

    ``drawing`` is how to draw; by default ``plainly``.

    Raises
    ------
    InputError
        the folder holds no draw, or its record cannot be read at all.
    """
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    if "change_number" in record:
        return verify_chain(folder, lambda first: _verify_first(first, drawing or plainly))
    return _verify_first(folder, drawing or plainly)


def _verify_first(folder: Path, drawing: Drawing) -> list[tuple[bool, str]]:
    """Repeat a draw that is no change."""
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    plan = read_json(folder / PLAN_FILE, "没有计划，无法复核抽签。")
    whole = is_whole(plan)
    checks = [(whole, f"计划 {PLAN_FILE} 与自己的摘要{'相符' if whole else '不符，计划被改动过'}")]
    whole = is_whole(record)
    checks.append((whole, f"记录 {DRAW_FILE} 与自己的摘要{'相符' if whole else '不符，记录被改动过'}"))
    same = record.get("plan_digest") == plan.get("digest")
    checks.append((same, "抽签记录所写的计划摘要就是这份计划" if same else "抽签记录对应的是另一份计划"))
    checks += reveal_checks(folder, plan, record)
    wrong = contradiction(plan)
    if wrong:
        checks.append((False, f"计划前后矛盾：{wrong}"))
    try:
        seed_bytes(str(record.get("seed")))
    except ValueError:
        return [*checks, (False, "抽签记录中的种子不是 64 位十六进制数")]
    if not all(good for good, _ in checks):
        return [*checks, (False, "计划或记录不可靠，没有重新抽签")]
    return [*checks, *_repeated(folder, plan, record, drawing)]


def not_checked(folder: Path) -> list[str]:
    """Say in words what verifying a folder's draw cannot tell, for people to look at."""
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    if "change_number" not in record:
        return beyond_checking(folder, record)
    first = first_folder(folder)
    return [*beyond_checking(first, read_json(first / DRAW_FILE, "")), *beyond_changes(folder)]


def _repeated(
    folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any], drawing: Drawing
) -> list[tuple[bool, str]]:
    """Draw again and hold every file and the record against it."""
    checks = []
    schedule, files, seating = drawing(plan, str(record["seed"]))
    duties, vacant = drawn_duties(plan, schedule, str(record["seed"]))
    files = files | duties
    for name, content in files.items():
        path = folder / name
        same = path.is_file() and path.read_bytes() == content
        checks.append((same, f"用记录的种子重新抽签，{name} 逐字节{'相同' if same else '不同'}"))
    digests = {name: _sha256(content) for name, content in files.items()}
    found = digest(digests)
    same = record.get("result_digest") == found and record.get("files") == digests
    checks.append((same, f"结果摘要{'相符' if same else '不符'}：{found}"))
    for name, stated in dict(record.get("documents", {})).items():
        path = folder / Path(str(name)).name
        same = path.is_file() and _sha256(path.read_bytes()) == stated
        checks.append((same, f"{name} {'就是抽签时写出的文件' if same else '不是抽签时写出的文件'}"))
    counts = len(schedule.placements), len(schedule.unplaced)
    same = (record.get("placed"), record.get("unplaced")) == counts
    checks.append((same, f"人数{'相符' if same else '不符'}：安排 {counts[0]} 人，未安排 {counts[1]} 人"))
    if duties or "vacant" in record:  # a record of an earlier version says nothing of duties
        same = record.get("vacant") == vacant
        checks.append((same, f"无人可派的任务数{'相符' if same else '不符'}：{vacant}"))
    return [*checks, *_seating_repeated(record, seating)]


def _seating_repeated(record: Mapping[str, Any], summary: Mapping[str, int]) -> list[tuple[bool, str]]:
    if not summary and "seating" not in record:
        return []  # drawn by a version that gave no seats
    same = record.get("seating") == summary
    told = "；".join(summary_words(summary)) or "没有排座位"
    return [(same, f"座位的统计{'相符' if same else '不符'}：{told}")]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
