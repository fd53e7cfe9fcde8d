"""What is asked for when a schedule is changed: the facts it is about, and the code that has its turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.batch.kept_batch import KEPT, read_kept, rules_in
from scheduler.file_names import DRAW_FILE
from scheduler.folder import read_json
from scheduler.problem import Problem
from scheduler.reading import read_batch
from scheduler.replan.chain.parent import Parent
from scheduler.replan.changes.taken_back import taken_back
from scheduler.replan.codes import is_committed, trial_code
from scheduler.replan.drawing import Code
from scheduler.rules_file import rules_beside
from scheduler.seed.reveal import read_announcement

Secrets = Callable[[Mapping[str, Any]], Sequence[str]]
"""Gives the substitute codes of an announcement."""

_MOST_TOLD = 8


@dataclass(frozen=True)
class Request:
    """What is asked for: ``changes`` is the table, ``batch`` a corrected batch given whole, ``rules`` its rules.

    ``take_back`` allows a corrected batch in which earlier changes are not made.
    """

    parent: Path
    out: Path
    changes: Path | None = None
    batch: Path | None = None
    rules: Path | None = None
    take_back: bool = False


def facts_of(request: Request, parent: Parent) -> tuple[Problem, Path | None, Path | None]:
    """Give the facts to change, their rules, and the batch to keep as it was given (None: it is written).

    Raises
    ------
    InputError
        no facts are given or kept, or a corrected batch takes back earlier changes.
    """
    if request.batch is not None:
        rules = request.rules or rules_beside(request.batch)
        given = request.batch if request.changes is None else None
        problem = read_batch(request.batch, rules)
        if not request.take_back:
            _refuse_taking_back(parent, problem)
        return problem, rules, given
    if request.rules is not None:
        raise InputError("--rules 只与 --batch 同用；规则有更正时，请连同更正后的批次一起给出。")
    kept_facts = read_kept(parent.folder)
    if kept_facts is None:
        raise InputError(
            f"{parent.folder} 里没有保存批次（{KEPT} 文件夹），不知道考生的事实。请用 --batch 给出更正后的完整批次。"
        )
    return kept_facts, rules_in(parent.folder / KEPT), None


def _refuse_taking_back(parent: Parent, given: Problem) -> None:
    back = taken_back(parent, _last_facts(parent), given) if parent.number else []
    if back:
        told = "；".join(back[:_MOST_TOLD]) + ("等" if len(back) > _MOST_TOLD else "")
        raise InputError(
            f"更正后的批次会撤回以前的变更（{len(back)} 项）：{told}。现在什么都没有改。"
            f"请以 {parent.folder / KEPT} 里的批次为底本更正；确要撤回的，加 --take-back。"
        )


def _last_facts(parent: Parent) -> Problem | None:
    try:
        return read_kept(parent.folder)
    except InputError:  # not as they were: they say nothing
        return None


def next_code(first: Path, number: int, secrets: Secrets, *, announced: bool) -> Code:
    """Give the code that has its turn.

    Parameters
    ----------
    first
        the folder of the first draw.
    number
        which change, from 1.
    announced
        the change has a public value of its own: it goes on after the last code that was sealed, with one that anybody can work out.

    Raises
    ------
    InputError
        the codes are used up, or the file holds those of another announcement.
    """
    drawn = read_json(first / DRAW_FILE, "缺少首次抽签的记录。")
    if "reveal" not in drawn:
        return Code(trial_code(str(drawn["seed"]), number), committed=False)
    announcement = read_announcement(first)
    sealed = len(announcement["substitute_commitments"])
    if number > sealed:
        if announced:
            return Code(trial_code(str(drawn["seed"]), number), committed=False)
        raise InputError(
            f"公告时封存的 {sealed} 个备用码已经用完。请先公告、再按公开数值抽签："
            "在 exam replan 后加 --public-source、--public-moment 和 --public-form。"
        )
    codes = secrets(announcement)
    if number > len(codes) or not is_committed(announcement, number, codes[number - 1]):
        raise InputError(
            f"密封码文件里的第 {number} 个备用码不是这份公告封存的。请用 --secret 指出做公告时的密封码文件。"
        )
    return Code(codes[number - 1], committed=True)
