"""What verifying a change cannot tell, in words, for people to look at. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.file_names import CHAIN, CHANGES, DRAW_FILE, PLAN_FILE
from scheduler.folder import read_json
from scheduler.replan.announced import beyond_announced, read_change_announcement
from scheduler.replan.chain.from_parent import uncompared
from scheduler.replan.chain.published import published_rows
from scheduler.replan.chain.touch_kinds import Kind
from scheduler.seed.public_terms import beyond_terms

_TRIAL = "备用码没有封存：变更的结果任何人都可以事先算出，只能作试用。"
_JUDGED = (Kind.RULE, Kind.FACTS, Kind.CLASH)


def beyond_changes(folder: Path) -> list[str]:
    """Say in words what no program can check about the changes of a folder."""
    number = read_json(folder / DRAW_FILE, "").get("change_number")
    last = number if isinstance(number, int) else 0
    found = []
    for link in range(1, last + 1):
        place = folder if link == last else folder / CHAIN / str(link)
        try:
            record, plan = read_json(place / DRAW_FILE, ""), read_json(place / PLAN_FILE, "")
        except InputError:  # a check of its own has failed
            continue
        values = beyond_announced(place, record) if "reveal" in record else []
        told = [_tried(record, link), *values, *_of_plan(place, plan)]
        found += [f"第 {link} 次变更：{one}" for one in told]
    return found


def beyond_announced_change(folder: Path) -> list[str]:
    """Say the same of a change that was announced and is not drawn yet."""
    announcement, plan = read_change_announcement(folder), read_json(folder / PLAN_FILE, "")
    sealed = ["谁离开容不下的场次由备用码决定，抽签时公开之后才能核对。"] if announcement["committed"] else []
    return [_leaving(announcement), *sealed, *beyond_terms(announcement), *_of_plan(folder, plan)]


def _tried(record: Mapping[str, Any], number: int) -> str:
    """Say what whoever holds the codes could have tried before a change was published."""
    if "reveal" in record:
        return _leaving(record)
    return _trial(record) + (
        "变更表所写的事是否属实，是否先公布、后公开备用码：掌握密封码文件的人在公布之前可以试算几种变更表"
        f"（变更表摘要 {record.get('changes_digest')}），也可以试算几份计划：种子由计划的摘要算出，而名单的摘要、"
        f"机会、说明文字没有批次就无从核对（计划摘要 {record.get('plan_digest')}）。要防止试算，请先公告变更、再按公开数值抽签"
        "（exam replan --public-source）；来不及的，请由别人保管备用码，先公布变更表、后拆封，"
        f"并请另一个有批次的人用同一张变更表重做变更，计划摘要应当相同。"
        f"如曾发过第 {number} 次变更的变更公告，却没有按它抽签，请问清为什么。"
        "这个备用码有没有用于另一次变更，请与公布过的全部变更对照：只有一次可以算数。"
    )


def _trial(record: Mapping[str, Any]) -> str:
    return "" if record.get("committed") is True else _TRIAL


def _leaving(told: Mapping[str, Any]) -> str:
    """Say what of an announced change does not come of its public value; ``told`` is its record or announcement."""
    who = "掌握密封码文件的人" if told.get("committed") is True else "任何人（这个备用码没有封存过）"
    return (
        f"变更表所写的事是否属实（变更表摘要 {told.get('changes_digest')}）。重新抽签取决于公告的公开数值；但原场次容不下的人"
        f"谁离开由备用码决定：{who}在填写座位、工位、每日上限之前就能算出。请查对这些数目，并先定下变更表、后拆封备用码。"
    )


def _of_plan(place: Path, plan: Mapping[str, Any]) -> Iterator[str]:
    """Say what of a change's plan nobody without the batch can compare."""
    judged = sum(entry.get("kind") in _JUDGED for entry in plan.get("change", {}).get("touched", ()))
    if judged:
        yield (
            f"有 {judged} 人因事实变更或规则而改动，理由写在 plan.json（抽签后也在 difference.csv）；是否真的如此，须用变更后的批次运行 "
            "zhengkao exam check。"
        )
    try:
        told = uncompared(published_rows((place / CHANGES).read_bytes()))
    except (OSError, ValueError):  # a check of its own has failed
        return
    if told:
        yield told
