"""The draw of a change that was announced, when its public value is known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from common.errors import InputError
from common.files import sha256_of
from common.locks import alone_with
from scheduler.batch.kept_batch import read_kept
from scheduler.file_names import CHAIN, CHANGES, PLAN_FILE
from scheduler.record import Documents, Drawing, ensure_undrawn, plainly, read_plan
from scheduler.replan.announced import code_fits, differences, read_change_announcement
from scheduler.replan.chain.parent import Parent, first_folder, read_parent
from scheduler.replan.codes import announced_seed
from scheduler.replan.drawing import Changed, Seed, draw_change
from scheduler.replan.request import Secrets, next_code
from scheduler.seed.announcement import ensure_known, typed_value
from scheduler.spoilt import refuse_spoilt
from scheduler.verifying import announced_change_checks


def draw_announced(
    folder: Path,
    secrets: Secrets,
    value: str,
    now: dt.datetime,
    documents: Documents,
    drawing: Drawing = plainly,
) -> Changed:
    """Draw an announced change once.

    Parameters
    ----------
    value
        the public value as somebody typed it.
    drawing
        how the first draw is repeated.

    Raises
    ------
    InputError
        it was drawn before; plan, table or chain are not as announced; its moment has not come; the code is not the one
        that was announced; or the value cannot be read or is not written as announced.
    """
    with alone_with(folder / PLAN_FILE):  # two at once would each find it undrawn
        ensure_undrawn(folder)
        announcement = read_change_announcement(folder)
        plan = read_plan(folder)
        parent = _parent(folder, plan, announcement)
        ensure_known(announcement, now)
        line = typed_value(announcement, value)
        number = announcement["change_number"]
        code = next_code(first_folder(folder), number, secrets, announced=True)
        if not code_fits(announcement, code.code):
            raise InputError(
                "备用码不是这次变更公告所说的备用码，不能抽签。请用 --secret 指出做公告时的密封码文件。"
            )
        refuse_spoilt(announced_change_checks(folder, drawing))
        seed = Seed(
            announced_seed(code.code, announcement, line),
            {"announcement_digest": announcement["digest"], "public_value": line},
            (announcement["announced_at"], announcement["public_moment"]),
        )
        moment = now.isoformat(timespec="seconds")
        return draw_change(folder, parent, plan, read_kept(folder), code, seed, moment, documents)


def _parent(folder: Path, plan: dict[str, Any], announcement: dict[str, Any]) -> Parent:
    """Give the link before, when everything is as it was announced.

    Raises
    ------
    InputError
        something is not.
    """
    if "change" not in plan:
        raise InputError(f"{PLAN_FILE}：这不是变更的计划，却有变更公告。请放回公告时的 plan.json。")
    wrong = differences(announcement, plan)
    if wrong:
        raise InputError(f"{wrong}与变更公告的不同：公告之后计划被换过。请放回公告时的 plan.json。")
    table = folder / CHANGES
    if not table.is_file() or sha256_of(table) != announcement["changes_digest"]:
        raise InputError(f"{CHANGES} 不是公告时的变更表。请放回原件。")
    parent = read_parent(folder / CHAIN / str(announcement["change_number"] - 1))
    if parent.record["digest"] != announcement["parent"]:
        raise InputError(f"{CHAIN} 里上一次的抽签记录不是公告时的那一份。请放回原件。")
    return parent
