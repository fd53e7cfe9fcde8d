"""The draw of a folder repeated from its record, and everything held against what comes out.

It needs the folder and, drawn plainly, the standard library: no solver and no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common.canonical import digest
from scheduler.checks import MALFORMED, Check
from scheduler.duties.files import drawn_duties
from scheduler.file_difference import repeated_check
from scheduler.file_names import ANNOUNCEMENT_FILE, CHAIN, CHANGES, DRAW_FILE, PAGES, PLAN_FILE, RESULTS
from scheduler.folder import beyond_pages, is_whole, leftovers, page_checks, read_json, strangers
from scheduler.plan_checks import contradiction, overfull
from scheduler.plan_form import FORMAT
from scheduler.record import Drawing, digests_of, plainly
from scheduler.record_form import record_faults
from scheduler.replan.announced import is_announced_change
from scheduler.replan.chain.before_draw import verify_announced_change
from scheduler.replan.chain.beyond import beyond_announced_change, beyond_changes
from scheduler.replan.chain.parent import first_folder
from scheduler.replan.chain.verify import verify_chain
from scheduler.seats.summary import summary_words
from scheduler.seed.public_terms import beyond_terms, future_check
from scheduler.seed.reveal import (
    beyond_checking,
    plan_changed,
    read_announcement,
    reveal_checks,
    text_check,
    text_checks,
)
from scheduler.seed.seed_origin import is_true

_NO_CHANGE = f"{CHANGES} 不属于这次抽签：这个文件夹没有变更过，表中所写的还没有办理，也没有核对。"


def verify(folder: Path, drawing: Drawing = plainly) -> list[Check]:
    """Repeat the draw of a folder; gives what was checked, each with its outcome, in plain words.

    Raises
    ------
    InputError
        the folder holds no draw, or its record cannot be read at all.
    """
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    if "change_number" in record:
        return verify_chain(folder, lambda first: _verify_first(first, drawing))
    return _verify_first(folder, drawing)


def is_undrawn(folder: Path) -> bool:
    """Say whether a folder was announced and is not drawn yet."""
    return (folder / ANNOUNCEMENT_FILE).is_file() and not (folder / DRAW_FILE).exists()


def verify_announced(folder: Path, drawing: Drawing = plainly) -> list[Check]:
    """Check what was announced and is not drawn yet, so that people need not wait for the draw to find it at fault.

    Raises
    ------
    InputError
        the announcement or the plan cannot be read at all.
    """
    if is_announced_change(folder):
        return announced_change_checks(folder, drawing) + list(leftovers(folder))
    announcement = read_announcement(folder)
    plan = read_json(folder / PLAN_FILE, "没有计划，无法核对公告。")
    whole, wrong = is_whole(plan), plan_changed(announcement, plan)
    checks = [
        Check(True, f"公告 {ANNOUNCEMENT_FILE} 与自己的摘要相符"),
        Check(whole, f"计划 {PLAN_FILE} 与自己的摘要{'相符' if whole else '不符，计划被改动过'}"),
        Check(not wrong, f"{wrong}与公告的不同" if wrong else "计划、名单、规则的摘要与公告的相同"),
        text_check(folder, announcement),
        future_check(announcement),
        *leftovers(folder),
    ]
    try:
        wrong = _no_first_plan(plan) or contradiction(plan) or overfull(plan)
        same = plan.get("rules_digest") == digest(plan.get("rules"))
    except MALFORMED:
        return [*checks, Check(False, "计划缺少内容或内容的形式不对，不能抽签")]
    checks.append(Check(same, f"计划 {PLAN_FILE} 中规则的摘要与规则{'相符' if same else '不符'}"))
    return [*checks, Check(not wrong, f"计划前后矛盾：{wrong}" if wrong else "计划前后一致")]


def announced_change_checks(folder: Path, drawing: Drawing = plainly) -> list[Check]:
    """Check a change that was announced and is not drawn yet, but for what a draw that was killed may have left there."""
    return verify_announced_change(folder, lambda first: _verify_first(first, drawing))


def not_checked_yet(folder: Path) -> list[str]:
    """Say in words what nobody can tell of what was announced and is not drawn yet."""
    if is_announced_change(folder):
        return beyond_announced_change(folder)
    return beyond_terms(read_announcement(folder))


def _verify_first(folder: Path, drawing: Drawing) -> list[Check]:
    """Repeat a draw that is no change."""
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    plan = read_json(folder / PLAN_FILE, "没有计划，无法复核抽签。")
    whole = is_whole(plan)
    checks = [Check(whole, f"计划 {PLAN_FILE} 与自己的摘要{'相符' if whole else '不符，计划被改动过'}")]
    whole = is_whole(record)
    checks.append(Check(whole, f"记录 {DRAW_FILE} 与自己的摘要{'相符' if whole else '不符，记录被改动过'}"))
    faulty = record_faults(record)
    if faulty:
        checks.append(Check(False, f"记录 {DRAW_FILE} 缺少或不对：{'、'.join(faulty)}"))
    if plan.get("rules_digest") != digest(plan.get("rules")):
        checks.append(Check(False, f"计划 {PLAN_FILE} 中规则的摘要与规则不符"))
    same = record.get("plan_digest") == plan.get("digest")
    checks.append(Check(same, "抽签记录所写的计划摘要就是这份计划" if same else "抽签记录对应的是另一份计划"))
    checks += reveal_checks(folder, plan, record)
    same = is_true(record)
    checks.append(Check(same, f"记录所写的种子来历{'与记录的内容一致' if same else '与记录的内容不符'}"))
    wrong = _no_first_plan(plan) or contradiction(plan) or overfull(plan)
    if wrong:
        checks.append(Check(False, f"计划前后矛盾：{wrong}"))
    sound = all(one.good for one in checks)
    checks += text_checks(folder, record)
    if not sound:
        return [*checks, Check(False, "计划或记录不可靠，没有重新抽签")]
    try:
        return [*checks, *_repeated(folder, plan, record, drawing)]
    except MALFORMED:
        return [*checks, Check(False, "计划缺少内容或内容的形式不对，不能重新抽签")]


def _no_first_plan(plan: Mapping[str, Any]) -> str:
    if plan.get("format") != FORMAT:
        return f"不是这个版本的计划（{FORMAT}）"
    return "这是变更的计划" if "change" in plan else ""


def not_checked(folder: Path) -> list[str]:
    """Say in words what verifying a folder's draw cannot tell, for people to look at."""
    record = read_json(folder / DRAW_FILE, "这个文件夹没有抽签记录。")
    documents = record.get("documents")
    pages = beyond_pages(folder, documents if isinstance(documents, dict) else {})
    if "change_number" not in record:
        other = [_NO_CHANGE] if (folder / CHANGES).exists() else []  # a table not yet asked for may lie there
        return [*beyond_checking(folder, record), *pages, *other]
    first = first_folder(folder)
    return [*beyond_checking(first, read_json(first / DRAW_FILE, "")), *beyond_changes(folder), *pages]


def _repeated(
    folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any], drawing: Drawing
) -> list[Check]:
    """Draw again and hold every file and the record against it."""
    schedule, files, seating = drawing(plan, str(record["seed"]))
    tables, duties = drawn_duties(plan, schedule, str(record["seed"]))
    files = files | tables
    checks = [repeated_check(folder / name, content) for name, content in files.items()]
    digests = digests_of(files)
    found = digest(digests)
    same = record.get("result_digest") == found and record.get("files") == digests
    checks.append(Check(same, f"结果摘要{'相符' if same else '不符'}：{found}"))
    checks += strangers(folder, files, (*RESULTS, CHAIN))
    checks += page_checks(folder, dict(record.get("documents", {})), PAGES[:1])
    counts = len(schedule.placements), len(schedule.unplaced)
    same = (record.get("placed"), record.get("unplaced")) == counts
    checks.append(
        Check(same, f"人数{'相符' if same else '不符'}：安排 {counts[0]} 人，未安排 {counts[1]} 人")
    )
    if tables or "vacant" in record:  # a record of an earlier version says nothing of duties
        same = record.get("vacant") == duties.vacant
        checks.append(Check(same, f"无人可派的任务数{'相符' if same else '不符'}：{duties.vacant}"))
    return [*checks, *_seating_repeated(record, seating)]


def _seating_repeated(record: Mapping[str, Any], summary: Mapping[str, int]) -> list[Check]:
    if not summary and "seating" not in record:
        return []  # drawn by a version that gave no seats
    same = record.get("seating") == summary
    told = "；".join(summary_words(summary)) or "没有排座位"
    return [Check(same, f"座位的统计{'相符' if same else '不符'}：{told}")]
