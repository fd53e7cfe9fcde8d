"""``zhengkao exam replan``: changes after the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from commands.exam_commit import secret_path
from commands.exam_papers import wanted, write_after_draw
from commands.paths import FilledPath
from common.errors import IncompleteError, InputError
from common.shell import word


@click.command(short_help="抽签之后办理变更，不重新抽签")
@click.argument("folder", metavar="DIR", type=FilledPath(path_type=Path))
@click.option(
    "--changes", metavar="FILE", type=FilledPath(path_type=Path), help="变更表（CSV 或工作簿），一行一项变更"
)
@click.option(
    "--batch", metavar="BATCH", type=FilledPath(path_type=Path), help="事实有误时，更正后的完整批次"
)
@click.option("--rules", metavar="FILE", type=FilledPath(path_type=Path), help="更正后批次的规则（TOML）")
@click.option(
    "--out", required=True, metavar="DIR2", type=FilledPath(path_type=Path), help="写到哪个新文件夹"
)
@click.option(
    "--secret", metavar="FILE", type=FilledPath(path_type=Path), help="密封码文件，默认在 ZHENGKAO_HOME"
)
@click.option("--take-back", is_flag=True, help="更正后的批次里没有以前的变更时，确认撤回它们")
@wanted
def replan(
    folder: Path,
    changes: Path | None,
    batch: Path | None,
    rules: Path | None,
    out: Path,
    secret: Path | None,
    *,
    take_back: bool,
    papers: bool | None,
) -> int:
    """考点关闭、场次取消、名额增减、考务人员不能到岗、考生退考或改期、事实有误时，变更已抽签的安排。

    没有触及的人保持场次、考场、座位和任务；被触及的人用抽签之前封存的下一个备用码重新抽签。变更表会公布，原因栏请勿写病情等个人隐私。
    """
    from commands import settings
    from commands.root import VERSION
    from scheduler.documents.page import documents
    from scheduler.replan.pipeline import replan as make_change
    from scheduler.replan.request import Request
    from scheduler.secret_file import read_substitutes

    if changes is None and batch is None:
        raise InputError("请用 --changes 给出变更表，或用 --batch 给出更正后的批次。")

    opened: list[Path] = []

    def codes(announcement: Mapping[str, Any]) -> Sequence[str]:
        opened.append(secret or secret_path(announcement["digest"]))
        return read_substitutes(opened[-1])

    request = Request(folder, out, changes, batch, rules, take_back)
    moment = settings.now().isoformat(timespec="seconds")
    changed = make_change(request, codes, VERSION, moment, documents)
    record = changed.record
    for told in changed.remarks:
        click.echo(f"请核对：{told}", err=True)
    if secret is not None and not record["committed"]:
        click.echo("注意：首次抽签没有公告，没有用到 --secret。", err=True)
    _tell(changed.plan, record, changed.remedies, out)
    if opened:
        _tell_rivals(opened[-1], record, out)
    write_after_draw(out, len(changed.schedule.placements), asked=papers)
    return IncompleteError.exit_code if record["unplaced"] or record["vacant"] else 0


def _tell(
    plan: Mapping[str, Any], record: Mapping[str, Any], remedies: Mapping[str, Any] | None, out: Path
) -> None:
    from scheduler.documents.remedies import in_short
    from scheduler.kept_batch import KEPT

    for note in plan["problems"]:
        click.echo(f"注意：{note}")
    click.echo(f"变更表摘要 {record['changes_digest']}")
    click.echo(f"计划摘要 {record['plan_digest']}")
    click.echo(f"种子 {record['seed']}（{record['seed_origin']}）")
    partial = "原因见 unassigned.csv。" if record["unplaced"] else ""
    click.echo(f"变更完成：现有安排 {record['placed']} 人，未安排 {record['unplaced']} 人。{partial}")
    for line in in_short(remedies) if remedies else ():
        click.echo(line)
    if record["vacant"]:
        click.echo(f"有 {record['vacant']} 项考务任务无人可派，原因见 vacancies.csv。")
    click.echo(f"结果摘要 {record['result_digest']}")
    for name in ("plan.json", "changes.csv", *record["files"], *record["documents"], "draw.json", "chain"):
        click.echo(f"已写出 {out / name}")
    click.echo(f"已保存 {out / KEPT}：变更后的批次，含姓名和证件号码，供印制材料、检查和下一次变更，不得公布")
    click.echo(f"复核：zhengkao exam verify {word(out)}")


def _tell_rivals(secret: Path, record: Mapping[str, Any], out: Path) -> None:
    """Say which other changes a code was used for, and write down that it was used for this one."""
    from scheduler.code_uses import note_use, rivals

    use = record["change_number"], record["parent"], record["changes_digest"]
    others = rivals(secret, *use)
    if others:
        told = "、".join(others)
        click.echo(
            f"注意：第 {use[0]} 个备用码已经用于另一次变更（{told}）。同一个码的两次变更互相矛盾，只能公布其中一次；"
            "接着上次变更再变更的，请以上次变更的文件夹为 DIR。",
            err=True,
        )
    told = note_use(secret, *use, out)
    if told:
        click.echo(f"注意：{told}", err=True)
