"""``zhengkao exam``: plan, commit, draw, run, replan, check, verify."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands import cycles, stages
from commands.exam_check import check
from commands.exam_commit import commit, opened
from commands.exam_explain import explain
from commands.exam_options import BATCH, FOLDER, HISTORY, JSON, OUT, RULES
from commands.exam_papers import papers, wanted, write_after_draw
from commands.exam_replan import draw_announced_change, replan
from commands.exam_seal import seal, unseal
from commands.exam_steps import checked, drawn, incomplete, planned, tell_draw, tell_plan
from commands.exam_template import template
from commands.exam_undecided import undecided_data
from commands.paths import FilledPath
from common.errors import IncompleteError, InputError

if TYPE_CHECKING:
    from scheduler.record import Outcome


@click.group(help="考试安排：计划、公告、抽签、变更、检查、复核。")
def exam() -> None:
    """Hold the exam commands together."""
    cycles.seldom()
    stages.watch()


exam.add_command(check)
exam.add_command(commit)
exam.add_command(explain)
exam.add_command(papers)
exam.add_command(replan)
exam.add_command(seal)
exam.add_command(template)
exam.add_command(unseal)


@exam.command(short_help="读入批次，算出每人的机会，写 plan.json")
@BATCH
@OUT
@RULES
@HISTORY
@JSON
def plan(batch: Path, out: Path, rules: Path | None, history: tuple[Path, ...], *, as_json: bool) -> int:
    """读入一个考试批次（文件夹或工作簿），核对材料，算出每人的机会。

    写出 plan.json：每组考生到每一场的准确机会，以及要在抽签前公布的计划摘要。不抽签。
    """
    content, remedies, groups = planned(batch, out, rules, history, as_json=as_json)
    if as_json:
        names = ("digest", "list_digest", "trainees", "unplaced", "problems")
        told = {name: content[name] for name in names} | {"undecided": undecided_data(groups)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        tell_plan(content, remedies, groups, out)
    return incomplete(content["unplaced"] != "0" or content["vacant"])


@exam.command(short_help="按公告抽签，或用给出的种子抽签")
@FOLDER
@click.option("--public", metavar="文字", help="公告约定的公开数值，照来源公布的写")
@click.option(
    "--secret", metavar="文件", type=FilledPath(path_type=Path), help="密封码文件，默认在 ZHENGKAO_HOME"
)
@click.option("--seed", metavar="十六进制数", help="不按公告，直接给种子：64 位十六进制数")
@wanted
def draw(
    folder: Path, public: str | None, secret: Path | None, seed: str | None, *, papers: bool | None
) -> int:
    """按公告抽签：用封存的密封码和公开数值算出种子，写出 assignments.csv 等文件和考试日材料。一个文件夹只抽一次。

    没有做过公告的计划可用 --seed 给出种子；抽签记录会写明种子是人给出的。
    """
    if (public is None) == (seed is None):
        raise InputError("请给出 --public（按公告抽签）或 --seed（直接给种子），只给其中一个。")
    from scheduler.replan.announced import is_announced_change
    from scheduler.seed.seed_origin import GIVEN

    if public is not None and is_announced_change(folder):
        return draw_announced_change(folder, public, secret, asked=papers)
    if seed is not None:
        if secret is not None:
            raise InputError("--secret 只用于按公告抽签（--public），不能与 --seed 同用。")
        outcome = drawn(folder, seed, GIVEN, papers=papers)
    else:
        opening = opened(folder, str(public), secret)
        outcome = drawn(folder, opening.seed, opening.origin, opening.reveal, papers=papers)
    return _told(outcome, folder, papers)


@exam.command(short_help="计划并抽签（试用）")
@BATCH
@OUT
@RULES
@HISTORY
@click.option("--seed", metavar="十六进制数", help="种子：64 位十六进制数；不给则随机")
@wanted
def run(
    batch: Path,
    out: Path,
    rules: Path | None,
    history: tuple[Path, ...],
    seed: str | None,
    *,
    papers: bool | None,
) -> int:
    """一次完成计划和抽签，供试用；抽签记录会写明是试用。"""
    import secrets

    from scheduler.seed.seed_origin import TRIAL_GIVEN, TRIAL_RANDOM

    if seed is not None:
        checked(seed)
    origin = TRIAL_GIVEN if seed else TRIAL_RANDOM
    content, remedies, groups = planned(batch, out, rules, history, as_json=False)
    tell_plan(content, remedies, groups, out)
    outcome = drawn(out, seed or secrets.token_hex(32), origin, written=content)
    return _told(outcome, out, papers)


def _told(outcome: Outcome, folder: Path, papers: bool | None) -> int:
    """Say what was drawn, and print the papers."""
    tell_draw(outcome, folder)
    write_after_draw(folder, len(outcome.schedule.placements), asked=papers)
    return incomplete(outcome.record["unplaced"] or outcome.duties.vacant)


@exam.command(short_help="按记录重做抽签，复核结果")
@FOLDER
def verify(folder: Path) -> int:
    """按抽签记录重做抽签并逐字节比较，按公告核对种子的来历；不用求解器，不用数据库。

    已公告而还没有抽签的，核对公告和计划。
    """
    from scheduler.large_draw.draw import drawn
    from scheduler.verifying import is_undrawn, not_checked, not_checked_yet, verify_announced
    from scheduler.verifying import verify as verify_record

    undrawn = is_undrawn(folder)
    stages.stage("重做抽签，逐项核对")
    checks = verify_announced(folder, drawn) if undrawn else verify_record(folder, drawn)
    stages.stage("")
    for good, told in checks:
        click.echo(f"{'通过' if good else '不符'}：{told}")
    for told in not_checked_yet(folder) if undrawn else not_checked(folder):
        click.echo(f"程序不能核对，请人核对：{told}")
    if all(one.good for one in checks):
        if undrawn:
            click.echo("已公告，还没有抽签：公告和计划核对无误。请保存公告，抽签之后再复核。")
            return IncompleteError.exit_code
        click.echo("复核通过：这份结果就是这份计划用这个种子抽出来的。")
        return 0
    click.echo("复核没有通过。", err=True)
    return 1
