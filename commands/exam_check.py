"""``zhengkao exam check``: the independent checker on any schedule, ours or not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from commands import stages
from commands.exam_options import BATCH, JSON, RULES
from commands.paths import FilledPath
from scheduler.file_names import DRAW_FILE

if TYPE_CHECKING:
    from scheduler.checker.breach import Breach
    from scheduler.checker.changed import Changed
    from scheduler.checker.on_duty.duties import Duties
    from scheduler.checker.schedule.reading import Read
    from scheduler.problem import Problem


_HELP = """按规则逐条检查任何一份安排（本程序做的或别处做的）；不用求解器。

“安排”是安排结果的文件夹；手工做的安排也可以是一个工作簿（工作表名 安排表、未安排、考务任务）或一份 CSV；
分在几个工作簿里的，请放在一个文件夹。

\b
安排表的列：考生编号、考点编号（或考点名称）、日期、半天（这四列必有），考场、座位、工位组（实操组）、工位（组内顺序号）、例外、本场机会、考点机会。
考务任务的列：考务人员编号、角色、考点编号、日期、半天（这五列必有），考场（考场或组）。其他的列不读，会说明没有读。

批次有考务人员而安排里没有 duties.csv 时，考务人员不作检查，--json 里有 "unchecked": ["duties"]；没有“例外”一列而有人要按例外、
或只有一部分人写了机会时，这些也不作检查，"unchecked" 里有 "exceptions"、"chances"；规则 4 有没能判断的
（如要把一人的几科一起调动才能多安排的），"unchecked" 里有 "priority"。
"""


@click.command(short_help="独立检查一份安排", help=_HELP)
@BATCH
@click.argument("schedule_dir", metavar="安排", type=FilledPath(path_type=Path))
@RULES
@JSON
def check(batch: Path, schedule_dir: Path, rules: Path | None, *, as_json: bool) -> int:
    """Judge a schedule by the rules, one by one."""
    from scheduler.folder import is_unfinished

    problem, handed_in = _read(batch, schedule_dir, rules)
    if is_unfinished(schedule_dir):
        told = f"抽签没有做完：没有 {DRAW_FILE}，这份安排可能是中断的抽签留下的，不要采用；请重新抽签。"
        click.echo(f"注意：{told}", err=as_json)
    breaches, unchecked = _judged(problem, handed_in, as_json=as_json)
    if breaches:
        _tell_other_batch(problem, schedule_dir, as_json=as_json)
    schedule = handed_in.read.schedule
    # people, not rows: a row may name nobody, a person may be in both files or in none
    placed = (
        len(schedule.placements.keys() & problem.trainees.keys()) if breaches else len(schedule.placements)
    )
    _tell(handed_in, breaches, unchecked, (placed, len(problem.trainees) - placed), as_json=as_json)
    return 1 if breaches else 0


class _HandedIn(NamedTuple):
    """What a schedule's files say: who sits where, who is on duty, and what a change left as it was."""

    read: Read
    duties: Duties | None
    unreadable: list[Breach]
    changed: Changed | None


def _read(batch: Path, schedule_dir: Path, rules: Path | None) -> tuple[Problem, _HandedIn]:
    """Read batch and schedule, and tell what of them is doubtful, or read otherwise than it stands there."""
    from scheduler.checker.schedule.reading import read_all
    from scheduler.reading import read_batch

    stages.stage("读入批次和安排")
    with ThreadPoolExecutor(2) as beside:  # reading long tables leaves the interpreter to others
        coming = beside.submit(read_all, schedule_dir)
        beside.submit(import_module, "scheduler.checker.check")
        problem = read_batch(batch, rules)
    from commands.breaches import tell_unread
    from scheduler.checker.changed import read_changed
    from scheduler.checker.on_duty.duties import read_duties
    from scheduler.checker.schedule.named_sites import named_sites, told_by_name

    for told in problem.remarks:
        click.echo(f"请核对：{told}", err=True)
    read, called = coming.result(), named_sites(problem)
    if told_by_name(read.sites, problem, called):
        click.echo("请注意：安排里的考点写的是名称，已按考点表读作编号。", err=True)
        read = read_all(schedule_dir, called)
    tell_unread(read.file, read.unread, read.feet)
    duties, unreadable = read_duties(schedule_dir, called)
    if duties is not None:
        tell_unread(duties.file, duties.unread, duties.feet)
    changed = read_changed(schedule_dir)
    stages.stage("")
    return problem, _HandedIn(read, duties, unreadable, changed)


def _judged(problem: Problem, handed_in: _HandedIn, *, as_json: bool) -> tuple[list[Breach], list[str]]:
    """Judge the schedule, and tell what was not judged; gives what breaks a rule, and the names of what is unchecked."""
    from scheduler.checker.check import judge
    from scheduler.checker.on_duty.staff import check_staff

    schedule, duties = handed_in.read.schedule, handed_in.duties
    if handed_in.changed is not None:
        kept = len(handed_in.changed.kept)
        click.echo(
            f"这是抽签后的变更：{kept} 人没有触及，规则 4 只对其余的人判断，不要求移动他们。", err=as_json
        )
    stages.stage("按规则检查")
    judgement = judge(problem, schedule, handed_in.changed)
    stages.stage("")
    breaches = [*handed_in.read.breaches, *judgement.breaches, *handed_in.unreadable]
    for told in judgement.open:
        click.echo(f"规则 4：{told}", err=as_json)
    for told in judgement.unstated.values():
        click.echo(f"请注意：{told}", err=as_json)
    if duties is None:
        click.echo("没有 duties.csv，考务人员（规则 5、6）未作检查。", err=as_json)
    else:
        breaches += check_staff(problem, schedule, duties)
    unchecked = [*(["duties"] if duties is None and problem.staff else []), *judgement.unstated]
    return breaches, [*unchecked, *(["priority"] if judgement.open else [])]


def _tell_other_batch(problem: Problem, schedule_dir: Path, *, as_json: bool) -> None:
    """Say where a schedule is plainly one of another batch."""
    from scheduler.batch.kept_batch import KEPT, batch_in
    from scheduler.checker.schedule.other_batch import unlike_its_plan

    for told in unlike_its_plan(problem, schedule_dir, batch_in(schedule_dir / KEPT)):
        click.echo(f"注意：{told}", err=as_json)


def _tell(
    handed_in: _HandedIn,
    breaches: list[Breach],
    unchecked: list[str],
    people: tuple[int, int],
    *,
    as_json: bool,
) -> None:
    """Tell what was found; ``people`` are how many are placed and how many not."""
    from commands.breaches import print_findings, tell_breaches, tell_closing, trainees_of
    from scheduler.checker.schedule.columns import rows_of

    if as_json:
        print_findings(breaches, *people, unchecked)
    else:
        tell_breaches(breaches, rows_of(handed_in.read.rows, trainees_of(breaches)) if breaches else {})
        tell_closing(breaches, *people, handed_in.duties)
