"""A change that was announced and is not drawn yet, checked with its chain: all of it that does not need a sealed code.

Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.checks import Check
from scheduler.file_names import ANNOUNCEMENT_FILE, CHAIN, CHANGES, DRAW_FILE, PLAN_FILE
from scheduler.folder import is_whole, read_json
from scheduler.plan_checks import contradiction, overfull
from scheduler.replan.announced import differences, read_change_announcement, text_check
from scheduler.replan.beginning import over_check
from scheduler.replan.chain.chain_bytes import links_of, undrawn_chain
from scheduler.replan.chain.following import following_checks
from scheduler.replan.chain.moves import leaving_check, move_checks
from scheduler.replan.chain.parent import Parent, parsed
from scheduler.replan.chain.so_far import SoFar
from scheduler.replan.chain.verify import Chain, Checks, each_link, named, told_of
from scheduler.replan.codes import trial_code
from scheduler.seed.commitment import code_bytes, commitment
from scheduler.seed.public_terms import future_check, moment

_MOST_TOLD = 5


def verify_announced_change(folder: Path, verify_first: Callable[[Path], Checks]) -> Checks:
    """Check an announced change; gives what was checked, each with its outcome.

    Raises
    ------
    InputError
        the announcement cannot be read, or the chain is not there.
    """
    number = read_change_announcement(folder)["change_number"]
    if not (folder / CHAIN).is_dir():
        raise InputError(f"{folder} 里没有 {CHAIN} 文件夹，不能核对以前各次。请连同 {CHAIN} 一起取得再核对。")
    if not 1 <= number <= links_of(folder):
        return [Check(False, f"变更公告中的变更次数不对，或 {CHAIN} 里缺少以前各次的记录")]
    chain = Chain([folder / CHAIN / str(link) for link in range(number)])
    checks = told_of(partial(undrawn_chain, number), folder) + each_link(chain, verify_first)
    return checks + named(f"第 {number} 次变更", told_of(partial(_announced, chain.so_far), folder))


def _announced(so_far: SoFar, folder: Path) -> Iterator[Check]:
    """Hold the plan and the table of an announced change against the announcement and the link before."""
    announcement, plan = read_change_announcement(folder), read_json(folder / PLAN_FILE, "")
    yield Check(True, f"变更公告 {ANNOUNCEMENT_FILE} 与自己的摘要相符")
    whole = is_whole(plan)
    yield Check(whole, f"{PLAN_FILE} 与自己的摘要{'相符' if whole else '不符，被改动过'}")
    wrong = differences(announcement, plan)
    yield Check(
        not wrong, f"{wrong}与变更公告的不同" if wrong else "变更表、计划、名单、规则的摘要与变更公告的相同"
    )
    table = (folder / CHANGES).read_bytes()
    same = hashlib.sha256(table).hexdigest() == announcement["changes_digest"]
    yield Check(same, f"{CHANGES} {'就是' if same else '不是'}公告的变更表")
    before = folder / CHAIN / str(announcement["change_number"] - 1)
    parent = parsed(before, read_json(before / PLAN_FILE, ""), read_json(before / DRAW_FILE, ""))
    yield text_check(folder, announcement, plan, parent.plan)
    yield future_check(announcement)
    same = announcement["parent"] == parent.record["digest"]
    yield Check(same, f"接在上一次的抽签记录之后{'' if same else '：不符'}")
    late = moment(announcement["announced_at"]) >= moment(parent.record["drawn_at"])
    yield Check(late, f"变更公告的时间{'不' if late else ''}早于上一次抽签")
    yield from _code(folder, announcement, plan, parent)
    wrong = contradiction(plan) or overfull(plan)
    yield Check(not wrong, f"计划前后矛盾：{wrong}" if wrong else "计划前后一致")
    yield from over_check(plan, announcement["public_moment"])
    yield from following_checks(plan, parent, table, so_far)
    yield from move_checks(plan, parent, table)


def _code(
    folder: Path, announcement: Mapping[str, Any], plan: Mapping[str, Any], parent: Parent
) -> Iterator[Check]:
    """Check that the announced code is the one that has its turn; of one that was never sealed, who leaves, too."""
    first, number = folder / CHAIN / "0", announcement["change_number"]
    drawn = read_json(first / DRAW_FILE, "")
    sealed = read_json(first / ANNOUNCEMENT_FILE, "")["substitute_commitments"] if "reveal" in drawn else []
    code = None if number <= len(sealed) else trial_code(str(drawn["seed"]), number)
    due = sealed[number - 1] if code is None else commitment(number, code_bytes(code))
    good = (announcement["code_commitment"], announcement["committed"]) == (due, code is None)
    yield Check(good, f"变更公告所说的备用码{'就是' if good else '不是'}轮到的那一个")
    if code is not None:
        yield leaving_check(plan, {"reveal": {}, "code": code}, parent)
