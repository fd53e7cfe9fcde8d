"""What verifying a change cannot tell, in words, for people to look at. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scheduler.folder import DRAW_FILE, PLAN_FILE, read_json
from scheduler.replan.from_parent import uncompared
from scheduler.replan.parent import CHAIN, first_folder
from scheduler.replan.published import published_rows
from scheduler.replan.verify import CHANGES


def beyond_changes(folder: Path) -> list[str]:
    """Say in words what no program can check about the changes of a folder."""
    record, plan = read_json(folder / DRAW_FILE, ""), read_json(folder / PLAN_FILE, "")
    first = read_json(first_folder(folder) / DRAW_FILE, "")
    judged = sum(
        entry.get("kind") in ("rule", "facts", "clash") for entry in plan.get("change", {}).get("touched", ())
    )
    tried = (
        "变更表所写的事是否属实，是否先公布、后公开备用码：掌握密封码文件的人在公布之前可以试算几种变更表"
        f"（变更表摘要 {record.get('changes_digest')}），也可以试算几份计划：种子由计划的摘要算出，而名单的摘要、"
        f"机会、说明文字没有批次就无从核对（计划摘要 {plan.get('digest')}）。要防止试算，请由别人保管备用码，先公布变更表、"
        "后拆封；并请另一个有批次的人用同一张变更表重做变更，计划摘要应当相同。"
    )
    told = [tried, *_uncompared(folder, record.get("change_number"))]
    if judged:
        told.append(
            f"本次有 {judged} 人因事实变更或规则而改动，理由写在 difference.csv；是否真的如此，须用变更后的批次运行 "
            "zhengkao exam check。"
        )
    if "reveal" not in first:
        told.append("首次抽签没有公告，备用码没有封存：变更的结果任何人都可以事先算出，只能作试用。")
    return told


def _uncompared(folder: Path, number: object) -> Iterator[str]:
    """Say of each change with a corrected batch what nobody without the batch can compare."""
    last = number if isinstance(number, int) else 0
    for link in range(1, last + 1):
        table = (folder if link == last else folder / CHAIN / str(link)) / CHANGES
        try:
            told = uncompared(published_rows(table.read_bytes()))
        except (OSError, ValueError):  # a check of its own has failed
            continue
        if told:
            yield f"第 {link} 次{told}"
