"""``zhengkao exam``: plan, commit, draw, run, replan, check, verify."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import click

from commands import cycles, stages
from commands.exam_commit import commit, opened
from commands.exam_papers import papers, wanted, write_after_draw
from commands.exam_replan import draw_announced_change, replan
from commands.exam_seal import seal, unseal
from commands.exam_steps import checked, drawn, incomplete, planned, tell_draw, tell_plan
from commands.exam_undecided import undecided_data
from commands.paths import FilledPath, FolderPath
from common.errors import IncompleteError, InputError

_BATCH = click.argument("batch", type=FilledPath(path_type=Path))
_FOLDER = click.argument("folder", metavar="DIR", type=FilledPath(path_type=Path))
_OUT = click.option(
    "--out", required=True, metavar="DIR", type=FolderPath(path_type=Path), help="写到哪个文件夹"
)
_RULES = click.option(
    "--rules",
    metavar="FILE",
    type=FilledPath(path_type=Path),
    help="本市规则（TOML），默认批次文件夹中的 rules.toml，或与工作簿同名的 .toml",
)
_HISTORY = click.option(
    "--history",
    metavar="DIR",
    multiple=True,
    type=FilledPath(path_type=Path),
    help="以往抽过签的文件夹，可给多次：在公平之后尽量错开同一机构与同一考点",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 打印")


@click.group(help="考试安排：计划、公告、抽签、变更、检查、复核。")
def exam() -> None:
    """Hold the exam commands together."""
    cycles.seldom()
    stages.watch()


exam.add_command(commit)
exam.add_command(papers)
exam.add_command(replan)
exam.add_command(seal)
exam.add_command(unseal)


@exam.command(short_help="读入批次，算出每人的机会，写 plan.json")
@_BATCH
@_OUT
@_RULES
@_HISTORY
@_JSON
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
@_FOLDER
@click.option("--public", metavar="TEXT", help="公告约定的公开数值，照来源公布的写")
@click.option(
    "--secret", metavar="FILE", type=FilledPath(path_type=Path), help="密封码文件，默认在 ZHENGKAO_HOME"
)
@click.option("--seed", metavar="HEX", help="不按公告，直接给种子：64 位十六进制数")
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
        record, schedule = drawn(folder, seed, GIVEN)
    else:
        opening = opened(folder, str(public), secret)
        record, schedule = drawn(folder, opening.seed, opening.origin, opening.reveal)
    tell_draw(record, schedule, folder)
    write_after_draw(folder, len(schedule.placements), asked=papers)
    return incomplete(record["unplaced"] or record["vacant"])


@exam.command(short_help="计划并抽签（试用）")
@_BATCH
@_OUT
@_RULES
@_HISTORY
@click.option("--seed", metavar="HEX", help="种子：64 位十六进制数；不给则随机")
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
    record, schedule = drawn(out, seed or secrets.token_hex(32), origin, written=content)
    tell_draw(record, schedule, out)
    write_after_draw(out, len(schedule.placements), asked=papers)
    return incomplete(record["unplaced"] or record["vacant"])


@exam.command(short_help="独立检查一份安排")
@_BATCH
@click.argument("schedule_dir", type=FilledPath(path_type=Path))
@_RULES
@_JSON
def check(batch: Path, schedule_dir: Path, rules: Path | None, *, as_json: bool) -> int:
    r"""按规则逐条检查任何一份安排（本程序做的或别处做的）；不用求解器。

    SCHEDULE_DIR 是安排结果的文件夹；手工做的安排也可以是一个工作簿（工作表名 安排表、未安排、考务任务）或一份 CSV；
    分在几个工作簿里的，请放在一个文件夹。

    \b
    安排表的列：考生编号、考点编号、日期、半天（这四列必有），考场、座位、工位组（实操组）、工位（组内顺序号）、例外、本场机会、考点机会。
    考务任务的列：考务人员编号、角色、考点编号、日期、半天（这五列必有），考场（考场或组）。其他的列不读，会说明没有读。

    批次有考务人员而安排里没有 duties.csv 时，考务人员不作检查，--json 里有 "unchecked": ["duties"]；没有“例外”一列而有人要按例外、
    或只有一部分人写了机会时，这些也不作检查，"unchecked" 里有 "exceptions"、"chances"；规则 4 有没能判断的
    （如要把一人的几科一起调动才能多安排的），"unchecked" 里有 "priority"。
    """
    from scheduler.checker.schedule.reading import read_all
    from scheduler.reading import read_batch

    stages.stage("读入批次和安排")
    with ThreadPoolExecutor(2) as beside:  # reading long tables leaves the interpreter to others
        coming = beside.submit(read_all, schedule_dir)
        beside.submit(import_module, "scheduler.checker.check")
        problem = read_batch(batch, rules)
    from commands.breaches import print_findings, tell_breaches, tell_closing, tell_unread, trainees_of
    from scheduler.batch.kept_batch import KEPT, batch_in
    from scheduler.checker.changed import read_changed
    from scheduler.checker.check import judge
    from scheduler.checker.on_duty.duties import read_duties
    from scheduler.checker.on_duty.staff import check_staff
    from scheduler.checker.schedule.columns import rows_of
    from scheduler.checker.schedule.other_batch import unlike_its_plan

    for told in problem.remarks:
        click.echo(f"请核对：{told}", err=True)
    schedule, found, file, unread, rows = coming.result()
    tell_unread(file, unread)
    duties, unreadable = read_duties(schedule_dir)
    if duties is not None:
        tell_unread(duties.file, duties.unread)
    changed = read_changed(schedule_dir)
    stages.stage("")
    if changed is not None:
        click.echo(
            f"这是抽签后的变更：{len(changed.kept)} 人没有触及，规则 4 只对其余的人判断，不要求移动他们。",
            err=as_json,
        )
    stages.stage("按规则检查")
    judgement = judge(problem, schedule, changed)
    stages.stage("")
    breaches = [*found, *judgement.breaches, *unreadable]
    for told in judgement.open:
        click.echo(f"规则 4：{told}", err=as_json)
    for told in judgement.unstated.values():
        click.echo(f"请注意：{told}", err=as_json)
    if duties is None:
        click.echo("没有 duties.csv，考务人员（规则 5、6）未作检查。", err=as_json)
    else:
        breaches += check_staff(problem, schedule, duties)
    for told in unlike_its_plan(problem, schedule_dir, batch_in(schedule_dir / KEPT)) if breaches else ():
        click.echo(f"注意：{told}", err=as_json)
    # people, not rows: a row may name nobody, a person may be in both files or in none
    placed = (
        len(schedule.placements.keys() & problem.trainees.keys()) if breaches else len(schedule.placements)
    )
    unplaced = len(problem.trainees) - placed
    if as_json:
        unchecked = [*(["duties"] if duties is None and problem.staff else []), *judgement.unstated]
        unchecked += ["priority"] if judgement.open else []
        print_findings(breaches, placed, unplaced, unchecked)
    else:
        tell_breaches(breaches, rows_of(rows, trainees_of(breaches)) if breaches else {})
        tell_closing(breaches, placed, unplaced, duties)
    return 1 if breaches else 0


@exam.command(short_help="按记录重做抽签，复核结果")
@_FOLDER
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
    if all(good for good, _ in checks):
        if undrawn:
            click.echo("已公告，还没有抽签：公告和计划核对无误。请保存公告，抽签之后再复核。")
            return IncompleteError.exit_code
        click.echo("复核通过：这份结果就是这份计划用这个种子抽出来的。")
        return 0
    click.echo("复核没有通过。", err=True)
    return 1
