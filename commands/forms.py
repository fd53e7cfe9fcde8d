"""``zhengkao forms``: the forms the notices ask for, filled from runs as far as their data goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.blank import write_blank
from commands.paths import FilledPath
from common.errors import InputError
from common.shell import word

if TYPE_CHECKING:
    from certcheck.forms.form import Form

_RUNS = click.argument("runs", nargs=-1, required=True, metavar="文件夹...", type=FilledPath(path_type=Path))
_OUT = click.option(
    "--out",
    required=True,
    metavar="文件",
    type=FilledPath(path_type=Path),
    help="写到哪个文件：.docx 或 .xlsx",
)


@click.group(help="按通知填写表格：自查自改情况表、汇总表、执法检查统计表。")
def forms() -> None:
    """Hold the form commands together."""


@forms.command("self-check", short_help="企业自查自改情况表（附件1）")
@click.argument("run", metavar="文件夹", type=FilledPath(path_type=Path))
@_OUT
@click.option("--enterprise", metavar="名称", help="单位名称（默认取名单中的单位）")
def self_check(run: Path, out: Path, enterprise: str | None) -> int:
    """由一次核验（所给的是它的输出文件夹）填写企业自查自改情况表；名单说不了的各项留空。"""
    from dataclasses import replace

    from certcheck.forms import build
    from certcheck.forms.runs import read_run
    from commands.settings import today

    past = read_run(run)
    return _write(build.self_check(replace(past, enterprise=enterprise or past.enterprise), today()), out)


@forms.command(short_help="自查自纠情况汇总表（附件2）")
@_RUNS
@_OUT
def summary(runs: tuple[Path, ...], out: Path) -> int:
    """由多家企业的核验（每家一个输出文件夹）填写汇总表。"""
    from certcheck.forms import build
    from certcheck.forms.runs import read_run
    from commands.settings import today

    return _write(build.summary([read_run(run) for run in runs], today()), out)


@forms.command(short_help="执法检查情况统计表（附件3）")
@_RUNS
@_OUT
def statistics(runs: tuple[Path, ...], out: Path) -> int:
    """由对多家企业的核验填写统计表；行政处罚由检查人填写。"""
    from certcheck.forms import build
    from certcheck.forms.runs import read_run
    from commands.settings import today

    return _write(build.statistics([read_run(run) for run in runs], today()), out)


@forms.command(short_help="空白的人员证书名单，供填写后核验")
@click.option(
    "--out", required=True, metavar="文件", type=FilledPath(path_type=Path), help="写到哪个文件（.xlsx）"
)
def roster(out: Path) -> int:
    """写出一个空白的人员证书名单：一行一本证书，点到一格就看到这一列填什么；橙色的列必填，其他的能填多少填多少。"""
    from certcheck.staff_list.template import blank_list

    write_blank(out, blank_list())
    click.echo(f"已写出 {out}：填好后运行 zhengkao check {word(out)}")
    return 0


def _write(form: Form, out: Path) -> int:
    from certcheck.forms.render import as_docx, as_xlsx
    from common.files import write_file

    ways = {".docx": as_docx, ".xlsx": as_xlsx}
    if out.suffix.lower() not in ways:
        raise InputError(f"--out 应为 .docx 或 .xlsx 文件，现为“{out.name}”。")
    if out.exists():
        raise InputError(f"{out} 已经存在，里面可能有手填的内容，没有覆盖。请换一个文件名。")
    write_file(out, ways[out.suffix.lower()](form))
    click.echo(f"已写出 {out}")
    return 0
