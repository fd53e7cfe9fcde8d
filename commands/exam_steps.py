"""What the exam commands share: plan and write, draw and write, and say so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands import cycles
from commands.exam_dates import too_near
from commands.exam_kept import holding_kept
from commands.exam_undecided import Groups, tell_undecided, write_undecided
from commands.paths import lies_in
from commands.stages import stage
from common.errors import IncompleteError, InputError
from common.files import tidy
from common.finding import Finding, Location, Severity
from common.listing import first_few
from common.privacy import mask_numbers_in
from scheduler.file_names import DRAW_FILE, DUTIES, PLAN_FILE, REMEDIES, SCHEDULE_PAGE, UNDECIDED, VACANCIES

_MOST_NAMED = 8

if TYPE_CHECKING:
    from scheduler.duties.files import DutySummary
    from scheduler.record import Documents, Outcome


@cycles.never()
def planned(
    batch: Path, out: Path, rules: Path | None, history: tuple[Path, ...], *, as_json: bool
) -> tuple[dict[str, Any], dict[str, Any], Groups]:
    """Plan a batch and write the plan, the kept batch, and what would help; gives plan, remedies and namesakes.

    Raises
    ------
    BadBatchError
        facts are faulty.
    InputError
        the batch, or something given with it, cannot be read. With ``as_json`` both are printed, too.
    """
    from commands.root import VERSION
    from scheduler.errors import BadBatchError
    from scheduler.pipeline import make_plan

    try:
        made = make_plan(batch, VERSION, rules, history, stage)
    except InputError as error:
        if as_json:
            findings = error.findings if isinstance(error, BadBatchError) else [_unlocated(batch, error)]
            faulty = {"findings": [_fault(one) for one in findings]}
            click.echo(json.dumps(faulty, ensure_ascii=False, indent=2))
        raise
    from scheduler.batch.kept_batch import keep
    from scheduler.documents.remedies import write_remedies
    from scheduler.record import ensure_plan_may_change, write_plan

    ensure_plan_may_change(out)  # or neither the plan of a folder that was drawn nor its batch
    tidy(out, (PLAN_FILE, *REMEDIES, UNDECIDED))  # what a run that was killed left half-written
    stage("写出计划")
    # a long list is copied by the system, while the plan is turned into text
    with ThreadPoolExecutor(1) as beside:
        kept = beside.submit(keep, batch, rules, out)
        write_plan(out, made.content)
        kept.result()
    write_remedies(out, made.remedies)
    stage("")
    for told in made.doubts:
        click.echo(f"请核对：{told}", err=True)
    for who in made.names_differ:  # here only: the plan is public
        click.echo(f"身份证号相同而姓名不同：{who}", err=True)
    if lies_in(out, batch):
        click.echo(f"请注意：{out} 在批次文件夹里，批次含姓名和证件号码，公布结果时不要连同公布", err=True)
    write_undecided(out, made.undecided)
    return made.content, made.remedies, made.undecided


def _unlocated(batch: Path, error: InputError) -> Finding:
    message = mask_numbers_in(str(error))
    return Finding("BATCH-FILE", Severity.VIOLATION, message, location=Location(batch.name))


def _fault(finding: Any) -> dict[str, Any]:
    where = finding.location
    return {
        "code": finding.code, "message": finding.message,
        "file": where.file, "sheet": where.sheet, "row": where.row, "column": where.column,
    }  # fmt: skip


def checked(seed: str) -> str:
    """Read a seed of the command line.

    Raises
    ------
    InputError
        it is none.
    """
    from scheduler.draw import seed_bytes

    try:
        seed_bytes(seed)
    except ValueError:
        raise InputError("--seed 应为 64 位十六进制数（32 字节）。") from None
    return seed


@cycles.never()
def drawn(
    folder: Path,
    seed: str,
    origin: str,
    reveal: Mapping[str, str] | None = None,
    written: Mapping[str, Any] | None = None,
    *,
    papers: bool | None = None,
) -> Outcome:
    """Draw a folder at this moment and write everything but the papers; ``written`` is the plan just written there."""
    from commands import settings
    from scheduler.documents.page import documents
    from scheduler.large_draw.draw import drawn as drawing
    from scheduler.record import draw_and_write

    moment = settings.now().isoformat(timespec="seconds")
    checked(seed)
    made: Documents = documents
    if written is None:
        made = holding_kept(folder, documents, announced=reveal is not None, asked=papers is True)
    stage("抽签，写出结果")
    drew = draw_and_write(folder, seed, origin, moment, made, reveal=reveal, drawing=drawing, written=written)
    stage("")
    return drew


def tell_plan(content: dict[str, Any], remedies: dict[str, Any], groups: Groups, out: Path) -> None:
    """Say what was planned."""
    from scheduler.batch.kept_batch import KEPT
    from scheduler.documents.remedies import in_short
    from scheduler.rules import load_rules

    click.echo(
        f"考生 {content['trainees']} 人，分为 {len(content['groups'])} 组，场次 {len(content['sessions'])} 个。"
    )
    usual = content["rules"] == load_rules().as_data()
    click.echo(f"规则：{content['rules_title']}{'，各项都是默认值' if usual else ''}")
    for note in [*content["problems"], *too_near(content)]:
        click.echo(f"注意：{note}")
    tell_undecided(out, groups)
    for line in in_short(remedies):
        click.echo(line)
    click.echo(f"将有 {content['unplaced']} 人没有位置。" if content["unplaced"] != "0" else "全部可以安排。")
    click.echo(f"计划摘要 {content['digest']}（抽签之前公布）")
    for name in (PLAN_FILE, *(REMEDIES if remedies["bottlenecks"] else ())):
        click.echo(f"已写出 {out / name}")
    click.echo(f"已保存 {out / KEPT}：批次原件，含姓名和证件号码，只供印制材料和办理变更，不得公布")


def tell_draw(outcome: Outcome, folder: Path) -> None:
    """Say what was drawn."""
    _, record, schedule, duties = outcome
    partial = "这只是部分安排，原因见 unassigned.csv。" if record["unplaced"] else ""
    click.echo(f"抽签完成：安排 {record['placed']} 人，未安排 {record['unplaced']} 人。{partial}")
    if DUTIES not in record["files"]:
        click.echo("批次中没有考务人员，没有安排考务任务。")
    else:
        click.echo(_loads(duties))
        tell_vacant(duties)
    if record["seating"].get("without_accessible_seat"):
        click.echo(_not_accessible(outcome))
    exceptions = schedule.with_exception()
    click.echo(f"其中按例外安排 {exceptions} 人；种子 {record['seed']}（{record['seed_origin']}）")
    click.echo(f"结果摘要 {record['result_digest']}")
    for name in (*record["files"], DRAW_FILE, SCHEDULE_PAGE):
        click.echo(f"已写出 {folder / name}")


def tell_vacant(duties: DutySummary) -> None:
    """Say how many duties nobody does, and whose papers end too early: the plan has one day of three, so it cannot name the paper."""
    if not duties.vacant:
        return
    click.echo(f"有 {duties.vacant} 项考务任务无人可派，原因见 {VACANCIES}。")
    if duties.over_date:
        told = first_few([f"{name}（{day}）" for name, day in duties.over_date], _MOST_NAMED, "人")
        click.echo(
            f"其中“证件过期”的是 {told}；括号里是证件、责任书（承诺书）、年度培训三个有效期里最早的一个，已续办的请更新日期。"
        )


def _not_accessible(outcome: Outcome) -> str:
    """Say who needs an accessible seat and has none, and what can be done."""
    from scheduler.seats.summary import without_accessible_seat

    names = without_accessible_seat(outcome.plan, outcome.schedule)
    listed = first_few(names, _MOST_NAMED)
    return (
        f"有 {len(names)} 名需要无障碍座位的考生没有坐上（{listed}）：这些考场的无障碍座位不够，"
        "请在考场准备可以坐的位置，或用 exam replan 把他们换到别的场次。"
    )


def _loads(duties: DutySummary) -> str:
    """Say how many duties there are and how even they are; the draw of duties proves that no other way is evener."""
    loads, most = duties.loads, max(duties.loads, default=0)
    return (
        f"考务任务 {sum(loads)} 项，由 {len(loads)} 人担任，每人最多 {most} 项（规则允许的范围内已最均匀）。"
    )


def incomplete(unplaced: object) -> int:
    """Give the exit code: incomplete where somebody has no place or a duty nobody."""
    return IncompleteError.exit_code if unplaced else 0
