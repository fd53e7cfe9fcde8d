"""``zhengkao demo``: both main jobs on the invented examples, against the local replica."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from commands.exam_papers import wanted
from commands.paths import FolderPath
from scheduler.file_names import DRAW_FILE

_AS_OF = "2026-11-20"  # the examples were made for this day
_SEED = "20261120" * 8


@click.command(short_help="用虚构示例演示两项主要工作（连本机仿真站）")
@click.option(
    "--out",
    type=FolderPath(path_type=Path),
    default=Path("zhengkao-demo"),
    show_default=True,
    metavar="文件夹",
    help="写到哪个文件夹",
)
@wanted
def demo(out: Path, *, papers: bool | None) -> int:
    """用虚构示例演示：核验一份名单（经本机仿真站），安排一批考试并抽签、检查、复核。

    所有人物都是虚构的。演示把已知的问题找出来就算成功，退出码为 0。
    """
    click.echo("一、核验证书名单")
    _check(out / "check")
    click.echo("\n二、安排考试（交叉考试）")
    good = _exam(out / "exam", papers=papers)
    click.echo(f"\n演示完成。请打开 {out / 'check' / 'report.html'} 和 {out / 'exam' / 'schedule.html'}。")
    return 0 if good else 1


def _check(out: Path) -> None:
    from certcheck.registry.askpass import AskpassAsker
    from certcheck.registry.replica.people import load_people
    from certcheck.registry.replica.server import Replica
    from commands.checking import CheckRun
    from common.resources import DATA

    examples = DATA / "examples" / "staff"
    with Replica(
        load_people(examples / "registry-people.json"), audit=out / "replica-audit.jsonl"
    ) as replica:
        click.echo(f"本机仿真站 {replica.url}（不是国家平台），验证码由代答程序回答（只认得仿真站的图片）")
        given: dict[str, Any] = {
            "out": str(out.absolute()),
            "as_of": _AS_OF,
            "registry": replica.url,
            "gap": 0.0,
            "max_age": 0,
        }
        asker = AskpassAsker([sys.executable, "-m", "certcheck.registry.standin"])
        with CheckRun.started([examples / "员工持证台账.xlsx"], None, given, asker) as run:
            run.execute()
            for line in run.lines:
                click.echo(line)


def _exam(out: Path, *, papers: bool | None) -> bool:
    from commands import exam, exam_check
    from common.resources import DATA

    batch = DATA / "examples" / "batch"
    if (out / DRAW_FILE).exists():
        click.echo(f"{out} 里已有上次演示的抽签，这次只检查和复核。")
    else:
        exam.run.callback(batch, out, None, (), _SEED, papers=papers)  # type: ignore[misc]
    checked = exam_check.check.callback(batch, out, None, as_json=False)  # type: ignore[misc]
    verified = exam.verify.callback(out)  # type: ignore[misc]
    return bool(checked == 0 and verified == 0)
