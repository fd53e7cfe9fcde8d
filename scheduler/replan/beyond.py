"""What verifying a change cannot tell, in words, for people to look at. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.folder import DRAW_FILE, PLAN_FILE, read_json
from scheduler.replan.announced import beyond_announced
from scheduler.replan.from_parent import uncompared
from scheduler.replan.parent import CHAIN, first_folder
from scheduler.replan.published import published_rows
from scheduler.replan.verify import CHANGES

_TRIAL = "首次抽签没有公告，备用码没有封存：变更的结果任何人都可以事先算出，只能作试用。"
_TRIAL_LEAVING = "首次抽签没有公告，备用码没有封存：原场次容不下的人谁离开，任何人都可以事先算出；重新抽签的结果取决于变更公告的公开数值。"


def beyond_changes(folder: Path) -> list[str]:
    """Say in words what no program can check about the changes of a folder."""
    record, plan = read_json(folder / DRAW_FILE, ""), read_json(folder / PLAN_FILE, "")
    first = read_json(first_folder(folder) / DRAW_FILE, "")
    judged = sum(
        entry.get("kind") in ("rule", "facts", "clash") for entry in plan.get("change", {}).get("touched", ())
    )
    told = [*_tried(record), *_public_values(folder, record.get("change_number"))]
    told += _uncompared(folder, record.get("change_number"))
    if judged:
        told.append(
            f"本次有 {judged} 人因事实变更或规则而改动，理由写在 difference.csv；是否真的如此，须用变更后的批次运行 "
            "zhengkao exam check。"
        )
    if "reveal" not in first:
        told.append(_TRIAL if "reveal" not in record else _TRIAL_LEAVING)
    return told


def _tried(record: Mapping[str, Any]) -> Iterator[str]:
    """Say what whoever holds the codes could have tried before the last change was published."""
    table, plan = record.get("changes_digest"), record.get("plan_digest")
    if "reveal" in record:
        yield (
            f"变更表所写的事是否属实（变更表摘要 {table}）。变更按公告的公开数值抽签，不能试算重新抽签的结果；只有原场次容不下的人"
            "谁离开由备用码决定：掌握密封码文件的人在填写座位、工位、每日上限之前就能算出。请由别人保管备用码，先定下变更表、后拆封。"
        )
        return
    yield (
        "变更表所写的事是否属实，是否先公布、后公开备用码：掌握密封码文件的人在公布之前可以试算几种变更表"
        f"（变更表摘要 {table}），也可以试算几份计划：种子由计划的摘要算出，而名单的摘要、"
        f"机会、说明文字没有批次就无从核对（计划摘要 {plan}）。要防止试算，请先公告变更、再按公开数值抽签"
        "（exam replan --public-source）；来不及的，请由别人保管备用码，先公布变更表、后拆封，"
        "并请另一个有批次的人用同一张变更表重做变更，计划摘要应当相同。"
    )


def _links(folder: Path, number: object) -> Iterator[tuple[int, Path]]:
    """Give the number and folder of each change."""
    last = number if isinstance(number, int) else 0
    for link in range(1, last + 1):
        yield link, folder if link == last else folder / CHAIN / str(link)


def _public_values(folder: Path, number: object) -> Iterator[str]:
    """Say of each change that was announced what only people can look up."""
    for link, place in _links(folder, number):
        try:
            record = read_json(place / DRAW_FILE, "")
        except InputError:  # a check of its own has failed
            continue
        for told in beyond_announced(place, record) if "reveal" in record else ():
            yield f"第 {link} 次变更：{told}"


def _uncompared(folder: Path, number: object) -> Iterator[str]:
    """Say of each change with a corrected batch what nobody without the batch can compare."""
    for link, place in _links(folder, number):
        try:
            told = uncompared(published_rows((place / CHANGES).read_bytes()))
        except (OSError, ValueError):  # a check of its own has failed
            continue
        if told:
            yield f"第 {link} 次{told}"
