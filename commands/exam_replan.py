"""``zhengkao exam replan``: changes after the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.exam_commit import secret_path, tell_form, terms_of
from commands.exam_papers import wanted, write_after_draw
from commands.exam_steps import incomplete, tell_vacant
from commands.paths import FilledPath, FolderPath
from commands.stages import stage
from common.errors import InputError, ZhengkaoError
from common.shell import word
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN, CHANGES, DRAW_FILE, PLAN_FILE

if TYPE_CHECKING:
    from scheduler.replan.drawing import Changed
    from scheduler.replan.request import Request
    from scheduler.seed.announcement import Terms


@click.command(short_help="抽签之后办理变更，不重新抽签")
@click.argument("folder", metavar="文件夹", type=FilledPath(path_type=Path))
@click.option(
    "--changes", metavar="文件", type=FilledPath(path_type=Path), help="变更表（CSV 或工作簿），一行一项变更"
)
@click.option("--batch", metavar="批次", type=FilledPath(path_type=Path), help="事实有误时，更正后的完整批次")
@click.option("--rules", metavar="文件", type=FilledPath(path_type=Path), help="更正后批次的规则（TOML）")
@click.option(
    "--out", required=True, metavar="新文件夹", type=FolderPath(path_type=Path), help="写到哪个新文件夹"
)
@click.option(
    "--secret", metavar="文件", type=FilledPath(path_type=Path), help="密封码文件，默认在 ZHENGKAO_HOME"
)
@click.option("--take-back", is_flag=True, help="更正后的批次里没有以前的变更时，确认撤回它们")
@click.option("--public-source", metavar="文字", help="先公告、再抽签：公开数值的来源")
@click.option("--public-moment", metavar="时刻", help="先公告、再抽签：公开数值产生的时刻（北京时间）")
@click.option("--public-form", metavar="写法", help="先公告、再抽签：公开数值的写法，同 exam commit")
@wanted
def replan(
    folder: Path,
    changes: Path | None,
    batch: Path | None,
    rules: Path | None,
    out: Path,
    *,
    secret: Path | None,
    public_source: str | None,
    public_moment: str | None,
    public_form: str | None,
    take_back: bool,
    papers: bool | None,
) -> int:
    """考点关闭、场次取消、名额增减、考务人员不能到岗、考生退考或改期、事实有误时，变更已抽签的安排。

    没有触及的人保持场次、考场、座位和任务；被触及的人用抽签之前封存的下一个备用码重新抽签。变更表会公布，原因栏请勿写病情等个人隐私。

    给出 --public-source 和 --public-moment 的，只做计划和变更公告；到时用 zhengkao exam draw 新文件夹 --public 公开数值 抽签：
    这样谁也不能先试算几种变更再挑选。来得及时请这样办理。
    """
    from scheduler.replan.request import Request

    if changes is None and batch is None:
        raise InputError("请用 --changes 给出变更表，或用 --batch 给出更正后的批次。")
    request = Request(folder, out, changes, batch, rules, take_back)
    codes = _Codes(secret)
    if public_source is None and public_moment is None and public_form is None:
        return _at_once(request, codes, asked=papers)
    if public_source is None or public_moment is None:
        raise InputError("先公告、再抽签的，--public-source 和 --public-moment 都要给出。")
    if papers:
        click.echo("注意：先公告、再抽签的，材料在抽签之后写出。", err=True)
    return _announced(request, codes, terms_of(public_source, public_moment, public_form))


class _Codes:
    """The sealed codes of an announcement, and the file that they were read from, if they were."""

    def __init__(self, secret: Path | None) -> None:
        self._secret = secret
        self.opened: Path | None = None

    def __call__(self, announcement: Mapping[str, Any]) -> Sequence[str]:
        from scheduler.seed.secret_file import read_substitutes

        self.opened = self._secret or secret_path(announcement["digest"])
        return read_substitutes(self.opened)

    def tell_unused(self) -> None:
        """Say that a secret was given and not needed."""
        if self._secret is not None and self.opened is None:
            click.echo("注意：这次没有用到封存的备用码，没有用到 --secret。", err=True)


def _at_once(request: Request, codes: _Codes, *, asked: bool | None) -> int:
    """Plan a change and draw it."""
    from commands import settings
    from commands.root import VERSION
    from scheduler.documents.page import documents
    from scheduler.replan.pipeline import replan as make_change

    moment = settings.now().isoformat(timespec="seconds")
    stage("做变更的计划，抽签")
    changed = make_change(request, codes, VERSION, moment, documents)
    stage("")
    codes.tell_unused()
    return _told(changed, request.out, codes, asked=asked)


def _announced(request: Request, codes: _Codes, terms: Terms) -> int:
    """Plan a change and announce it."""
    from commands import settings
    from commands.root import VERSION
    from scheduler.batch.kept_batch import KEPT
    from scheduler.documents.remedies import in_short
    from scheduler.replan.pipeline import announce_change

    stage("做变更的计划")
    done = announce_change(request, codes, VERSION, terms, settings.now())
    stage("")
    codes.tell_unused()
    out, plan = request.out, done.plan
    for told in done.remarks:
        click.echo(f"请核对：{told}", err=True)
    tell_form(terms.form)
    for note in (*done.lines, *(f"注意：{one}" for one in plan["problems"])):
        click.echo(note)
    for line in in_short(done.remedies) if done.remedies else ():
        click.echo(line)
    click.echo(f"将有 {plan['unplaced']} 人没有位置。" if plan["unplaced"] != "0" else "全部可以安排。")
    click.echo(f"变更表摘要 {done.announcement['changes_digest']}")
    click.echo(f"变更公告摘要 {done.announcement['digest']}（变更抽签之前公布）")
    for name in (PLAN_FILE, CHANGES, ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN):
        click.echo(f"现在公布 {out / name}")
    click.echo(f"已保存 {out / KEPT}：变更后的批次，含姓名和证件号码，不得公布")
    click.echo(f"到时抽签：zhengkao exam draw {word(out)} --public 公开数值")
    failed = _told_rivals(codes, done.announcement, done.announcement["digest"], out)
    if failed is not None:
        raise failed
    return incomplete(plan["unplaced"] != "0" or plan["vacant"])


def draw_announced_change(folder: Path, value: str, secret: Path | None, *, asked: bool | None) -> int:
    """Draw a change that was announced, and say so."""
    from commands import settings
    from scheduler.documents.page import documents
    from scheduler.large_draw.draw import drawn as drawing
    from scheduler.replan.opening import draw_announced

    codes = _Codes(secret)
    stage("抽签，写出结果")
    changed = draw_announced(folder, codes, value, settings.now(), documents, drawing)
    stage("")
    codes.tell_unused()
    return _told(changed, folder, codes, asked=asked)


def _told(changed: Changed, out: Path, codes: _Codes, *, asked: bool | None) -> int:
    """Say what was changed, and print the papers."""
    record = changed.record
    for told in changed.remarks:
        click.echo(f"请核对：{told}", err=True)
    for line in changed.lines:
        click.echo(line)
    _tell(changed, out)
    failed = _told_rivals(codes, record, record.get("reveal", {}).get("announcement_digest", ""), out)
    write_after_draw(out, len(changed.schedule.placements), asked=asked)
    if failed is not None:
        raise failed
    return incomplete(record["unplaced"] or record["vacant"])


def _tell(changed: Changed, out: Path) -> None:
    from scheduler.batch.kept_batch import KEPT
    from scheduler.documents.remedies import in_short

    plan, record, remedies = changed.plan, changed.record, changed.remedies
    for note in plan["problems"]:
        click.echo(f"注意：{note}")
    click.echo(f"变更表摘要 {record['changes_digest']}")
    click.echo(f"计划摘要 {record['plan_digest']}")
    click.echo(f"种子 {record['seed']}（{record['seed_origin']}）")
    partial = "原因见 unassigned.csv。" if record["unplaced"] else ""
    click.echo(f"变更完成：现有安排 {record['placed']} 人，未安排 {record['unplaced']} 人。{partial}")
    for line in in_short(remedies) if remedies else ():
        click.echo(line)
    tell_vacant(changed.duties)
    click.echo(f"结果摘要 {record['result_digest']}")
    for name in (PLAN_FILE, CHANGES, *record["files"], *record["documents"], DRAW_FILE, CHAIN):
        click.echo(f"已写出 {out / name}")
    click.echo(f"已保存 {out / KEPT}：变更后的批次，含姓名和证件号码，供印制材料、检查和下一次变更，不得公布")
    click.echo(f"复核：zhengkao exam verify {word(out)}")


def _told_rivals(
    codes: _Codes, told: Mapping[str, Any], announcement: str, out: Path
) -> ZhengkaoError | None:
    """Say which other changes the code was used for, and write down that it was used for this one; gives what failed."""
    from scheduler.seed.code_uses import Use, note_use, rivals

    if codes.opened is None:
        return None
    use = Use(told["change_number"], told["parent"], told["changes_digest"], announcement)
    others = rivals(codes.opened, use)
    if others:
        listed = "、".join(others)
        click.echo(
            f"注意：第 {use.number} 个备用码已经用于另一次变更（{listed}）。同一个码的两次变更互相矛盾，只能公布其中一次；"
            "接着上次变更再变更的，请给出上次变更的文件夹。",
            err=True,
        )
    try:
        noted = note_use(codes.opened, use, out)
    except ZhengkaoError as error:
        return error
    if noted:
        click.echo(f"注意：{noted}", err=True)
    return None
