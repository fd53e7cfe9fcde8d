"""``zhengkao exam template``: a blank workbook of a batch."""

from __future__ import annotations

from pathlib import Path

import click

from commands.blank import write_blank
from commands.paths import FilledPath
from common.shell import word


@click.command(short_help="写出空白的批次工作簿，供填写")
@click.option(
    "--out", required=True, metavar="文件", type=FilledPath(path_type=Path), help="写到哪个文件（.xlsx）"
)
def template(out: Path) -> int:
    """写出一个空白的批次工作簿：每张表一张工作表，表头都在。

    点到一格就看到这一列填什么；只有几个词可填的列可以选。橙色的列必填，蓝色标签的表必须有，其他的表空着就行。
    本市的规则写在同名的 .toml 里，没有就用默认值；各列和各键见 docs/batch-tables.zh-CN.md。
    """
    from scheduler.batch.template import blank_batch

    write_blank(out, blank_batch())
    click.echo(f"已写出 {out}：填好后运行 zhengkao exam plan {word(out)} --out 文件夹")
    return 0
