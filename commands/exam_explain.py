"""``zhengkao exam explain``: why somebody sits where they sit, for whoever asks or complains."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.exam_options import FOLDER, JSON

if TYPE_CHECKING:
    from scheduler.explaining import Explanation


@click.command(short_help="说明一名考生为什么在这里考：回避、机会、票号、位置")
@FOLDER
@click.argument("trainee_ids", metavar="考生编号...", nargs=-1, required=True)
@JSON
def explain(folder: Path, trainee_ids: tuple[str, ...], *, as_json: bool) -> int:
    """按公布的文件（plan.json；抽过签的，还有 draw.json、assignments.csv）说明考生的安排，供查询和答复投诉。

    说明哪些考点不能去、为什么、依据哪一条，能去的考点和场次各有多大机会（机会为 0 的也列出），抽签时的票号排第几、因此坐在哪一场；
    抽签后有变更的，说明每次变更对本人做了什么、为什么。

    只读公布的文件，不作复核；复核用 zhengkao exam verify。
    """
    from scheduler.explaining import explained

    found = list(explained(folder, trainee_ids))
    if as_json:
        click.echo(json.dumps([_data(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    from commands.explained import explained_lines

    for number, one in enumerate(found):
        if number:
            click.echo()
        for line in explained_lines(one):
            click.echo(line)
    return 0


def _data(one: Explanation) -> dict[str, Any]:
    """Give an explanation for programs: chances as exact fractions, sessions as in assignments.csv."""
    from dataclasses import asdict

    return {name: _plain(value) for name, value in asdict(one).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction | dt.date):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
