"""The batch that a plan was made from, kept beside it: documents and changes after the draw need the names.

``DIR/batch`` holds the files as they were given, full names and numbers and all. It is never published; a
file in it says so, and only its owner can read it where the system knows owners.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from common.errors import InputError, ZhengkaoError
from common.files import make_folder, move, os_reason, write_file
from common.left_beside import left_beside
from common.scratch import scratch
from common.text import key
from scheduler.batch.batch_tables import names_of_tables
from scheduler.batch.facts_digest import FORM, facts_digest
from scheduler.file_names import PLAN_FILE, REMEDIES_DATA
from scheduler.folder import read_json
from scheduler.problem import Problem
from scheduler.reading import read_batch
from scheduler.rules_file import rules_beside

KEPT, NOTICE = "batch", "不得公开.txt"
_WORKBOOK = "batch"  # the name it was given may hold a person's
_RULES, _RULES_OF_WORKBOOK = "rules.toml", f"{_WORKBOOK}.toml"
"""As the contract names the rules of a folder and of a workbook: what is kept reads like any batch."""
_TEXT = """\
本文件夹不得公开。

这里是做考试计划时所用的批次原件，含有考生和考务人员的姓名、身份证件号码等个人信息，
个别内容（例如是否需要无障碍座位）属于敏感个人信息。
程序用它在抽签之后印制准考证等材料、办理变更；抽签和复核都不需要它。

请勿发布、转发、上传本文件夹；公布抽签计划和结果时，只公布上一级文件夹中的
plan.json、announcement.json、draw.json、assignments.csv、unassigned.csv 等文件。
不再需要时请删除（《个人信息保护法》第十九条、第四十七条）。
"""


def keep(batch: Path, rules_file: Path | None, folder: Path) -> Path:
    """Copy a batch that was read, and the rules used, into ``folder/batch``, in place of an earlier one.

    Parameters
    ----------
    batch
        a folder, of which the tables of a batch are copied and nothing else, or a workbook.
    rules_file
        the rules given beside the batch; None for those that the batch has itself, if any.

    Raises
    ------
    ZhengkaoError
        it cannot be copied.
    """
    kept = folder / KEPT
    rules = rules_file or rules_beside(batch)
    make_folder(folder)
    try:
        with scratch(folder, KEPT) as space:
            new = space / KEPT
            new.mkdir(mode=0o700)
            write_file(new / NOTICE, _TEXT)
            for source, name in _files(batch):
                _copy(source, new / name)
            if rules is not None:
                _copy(rules, new / (_RULES if batch.is_dir() else _RULES_OF_WORKBOOK))
            _take_place(new, kept, space / "before")
    except OSError as error:
        raise ZhengkaoError(f"批次不能存到 {kept}（{os_reason(error)}）。请检查磁盘空间和权限。") from error
    return kept


def _take_place(new: Path, kept: Path, before: Path) -> None:
    """Put a folder in the place of an earlier one, which comes back where that fails."""
    there = kept.exists()
    if there:
        move(kept, before)
    try:
        move(new, kept)
    except OSError:
        if there:
            move(before, kept)
        raise


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)


def _files(batch: Path) -> list[tuple[Path, str]]:
    """Give the files of a batch with the names they are kept under."""
    if not batch.is_dir():
        return [(batch, _WORKBOOK + batch.suffix.lower())]
    tables = names_of_tables()
    files = (file for file in sorted(batch.iterdir()) if file.suffix.lower() == ".csv")
    return [(file, file.name) for file in files if key(file.stem) in tables and not left_beside(file.name)]


def batch_in(kept: Path) -> Path:
    """Give the batch that is kept in a folder, to be read: its workbook, or the folder itself."""
    books = (file for file in sorted(kept.glob(f"{_WORKBOOK}.*")) if file.suffix not in (".csv", ".toml"))
    return next(books, kept)


def rules_in(kept: Path) -> Path | None:
    """Give the rules kept with a batch; earlier versions called those of a workbook as those of a folder."""
    earlier = kept / _RULES
    return rules_beside(batch_in(kept)) or (earlier if earlier.is_file() else None)


def read_kept(folder: Path) -> Problem | None:
    """Read the batch kept in a plan's folder; None where none is kept.

    Raises
    ------
    InputError
        what is kept cannot be read, or is not what the plan was made from.
    """
    kept = folder / KEPT
    if not kept.is_dir():
        return None
    problem = read_batch(batch_in(kept), rules_in(kept))
    plan = read_json(folder / PLAN_FILE, "请先用 zhengkao exam plan 做出计划。")
    form = plan.get("list_form", 1)
    if (
        form not in range(1, FORM + 1)
        or facts_digest(problem, form) != plan.get("list_digest")
        or problem.rules.as_data() != plan.get("rules")
    ):
        raise InputError(
            f"{kept} 中的批次与 {PLAN_FILE} 不是同一份：可能被改动过，或者做计划时中断了。请放回原件，或重新做计划。"
        )
    return problem


def refuse_other_remedies(folder: Path) -> None:
    """Refuse what would help beside a plan that it does not speak of: planning was killed before it was written anew.

    Raises
    ------
    InputError
        it is of another plan.
    """
    path = folder / REMEDIES_DATA
    told_of = read_json(path, "").get("plan_digest") if path.is_file() else None
    if path.is_file() and told_of != read_json(folder / PLAN_FILE, "").get("digest"):
        raise InputError(
            f"{path} 不是这份计划的：做计划时中断了，或被改动过。请重新运行 zhengkao exam plan（已公告的，放回原件）。"
        )
