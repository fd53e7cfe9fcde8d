"""The record of a draw: a plan is written, drawn once, and what was drawn from what is told.

``draw.json`` names the plan's digest, the seed and how it came about, and the digests of the files; ``scheduler.verifying``
repeats the draw from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from common.canonical import digest
from common.errors import InputError
from common.files import tidy, write_file, writing
from common.locks import alone_with
from common.shell import word
from scheduler.documents.tables import assignments_csv, unassigned_csv
from scheduler.draw import draw
from scheduler.duties.files import DutySummary, drawn_duties
from scheduler.file_names import ANNOUNCEMENT_FILE, ASSIGNMENTS, DRAW_FILE, PLAN_FILE, UNASSIGNED
from scheduler.folder import holds, is_whole, json_lines, json_text, read_json
from scheduler.plan_checks import contradiction, overfull
from scheduler.plan_form import FORMAT
from scheduler.schedule import Schedule
from scheduler.seats.summary import seating_summary
from scheduler.seed.reveal import refuse_half

DRAW_FORMAT = "zhengkao-draw/1"


def write_plan(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Write plan.json; a folder that was announced or drawn keeps its plan.

    Raises
    ------
    InputError
        the folder holds an announcement or a draw.
    """
    ensure_plan_may_change(folder)
    path = folder / PLAN_FILE
    with writing(path) as file:
        for piece in json_lines(plan):
            file.write(piece)
    return path


def ensure_plan_may_change(folder: Path) -> None:
    """Refuse a folder that keeps its plan, and the batch that it was made from.

    Raises
    ------
    InputError
        the folder holds an announcement or a draw.
    """
    if (folder / DRAW_FILE).exists():
        raise InputError(f"{folder} 已经抽过签，不能再改计划。请用另一个文件夹。")
    if (folder / ANNOUNCEMENT_FILE).exists():
        raise InputError(f"{folder} 已经做过抽签公告，不能再改计划。请用另一个文件夹。")


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
    wrong = contradiction(plan) or overfull(plan)
    if wrong:
        raise InputError(f"{PLAN_FILE}：计划前后矛盾（{wrong}），不能抽签。")
    return plan


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


Documents = Callable[[Mapping[str, Any], Mapping[str, Any], Schedule], Mapping[str, bytes]]


def no_documents(
    _plan: Mapping[str, Any], _record: Mapping[str, Any], _schedule: Schedule
) -> Mapping[str, bytes]:
    """Make nothing beside the result."""
    return {}


class Outcome(NamedTuple):
    """What was drawn and written, for whoever tells it."""

    plan: Mapping[str, Any]
    record: dict[str, Any]
    schedule: Schedule
    duties: DutySummary


def draw_and_write(
    folder: Path,
    seed: str,
    origin: str,
    drawn_at: str,
    documents: Documents = no_documents,
    *,
    reveal: Mapping[str, str] | None = None,
    drawing: Drawing = plainly,
    written: Mapping[str, Any] | None = None,
) -> Outcome:
    """Draw a folder's plan once and write the result, its documents and its record.

    ``documents`` makes the files for people, by name; the record holds their digests, too. ``reveal`` is
    what an announced seed came of (``scheduler.seed.announcement.opened_seed``), None for a seed given by hand.
    ``drawing`` is how to draw. ``written`` is the plan that this run wrote to the folder: where
    it lies there to the byte, it is drawn without being read and checked again.

    Raises
    ------
    InputError
        there is no good plan, or it was drawn before: a draw is not repeated until it pleases; or another
        way to draw it was announced.
    """
    with alone_with(folder / PLAN_FILE):  # two at once would each find it undrawn
        return _draw_and_write(folder, seed, origin, drawn_at, documents, reveal, drawing, written)


def _draw_and_write(
    folder: Path, seed: str, origin: str, drawn_at: str, documents: Documents, reveal: Mapping[str, str] | None,
    drawing: Drawing, written: Mapping[str, Any] | None,
) -> Outcome:  # fmt: skip
    ensure_undrawn(folder)
    if reveal is None and (folder / ANNOUNCEMENT_FILE).exists():
        raise InputError(
            f"{folder} 已经公告了怎样抽签，不能另给种子。请用 zhengkao exam draw {word(folder)} --public 公开数值。"
        )
    if reveal is None:
        refuse_half(folder)
    plan = written if written and holds(folder / PLAN_FILE, written) else read_plan(folder)
    if "change" in plan:
        raise InputError(f"{PLAN_FILE}：这是变更的计划，由 zhengkao exam replan 抽签，不能单独抽签。")
    schedule, files, seating = drawing(plan, seed)
    tables, duties = drawn_duties(plan, schedule, seed)
    files = files | tables
    digests = digests_of(files)
    record = {
        "format": DRAW_FORMAT,
        "plan_digest": plan["digest"],
        "seed": seed.lower(),
        "seed_origin": origin,
        **({} if reveal is None else {"reveal": dict(reveal)}),
        "drawn_at": drawn_at,
        "result_digest": digest(digests),
        "files": digests,
        "placed": len(schedule.placements),
        "unplaced": len(schedule.unplaced),
        "vacant": duties.vacant,
        "seating": seating,
    }
    made = documents(plan, record, schedule)
    record["documents"] = digests_of(made)
    record["digest"] = digest(record)
    tidy(folder, [*files, *made, DRAW_FILE])  # what a run that was killed left half-written
    for name, content in (files | dict(made)).items():
        write_file(folder / name, content)
    write_file(folder / DRAW_FILE, json_text(record))
    return Outcome(plan, record, schedule, duties)


def ensure_undrawn(folder: Path) -> None:
    """Refuse a folder that was drawn.

    Raises
    ------
    InputError
        it holds the record of a draw.
    """
    if (folder / DRAW_FILE).exists():
        raise InputError(f"{folder} 已经抽过签；抽签只做一次。复核请用 zhengkao exam verify。")


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of each file, in hex."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
