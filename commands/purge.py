"""``zhengkao purge``: forget the people of old runs, keep the counts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.paths import FilledPath
from commands.settings import Date
from common.errors import InputError, ZhengkaoError

if TYPE_CHECKING:
    from certcheck.rules import RuleBook
    from certcheck.store.opening import Store

_SHOWN = 20


@click.command(short_help="清除数据库中过期的个人信息，只留次数")
@click.option("--before", type=Date(), help="清除这一天以前结束的核验（默认按规则中的保存期限）")
@click.option("--run", metavar="名称", help="只清除这一次核验：编号或输出文件夹")
@click.option(
    "--rules",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="另加的规则文件（TOML），可改保存期限（主题 retention）",
)
@click.option("--yes", is_flag=True, help="不再询问，直接清除")
@click.option("--db", metavar="网址", help="数据库地址（默认程序数据文件夹中的 SQLite）")
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 打印出来")
def purge(
    before: dt.date | None,
    run: str | None,
    rules: Path | None,
    db: str | None,
    *,
    yes: bool,
    as_json: bool,
) -> int:
    """清除数据库中的个人信息：平台的答复、所查的人、核验的选项（文件名可能含姓名），不能恢复。

    留下核验编号、时间、查询次数和答复状态，凭它们找不回是谁。输出文件夹里的报告由您自己保管，不受影响；
    此前的数据库备份也不受影响。
    """
    from certcheck.rules import load_rules
    from certcheck.store.purge import chosen, runs_with_people
    from certcheck.store.purge import purge as forget
    from commands import settings
    from commands.runs import run_name

    if before is None and run is None:
        before = _kept_since(load_rules(extra=rules), settings.today())
    with settings.store(db) as store:
        runs = chosen(runs_with_people(store), before=before, name=run_name(run) if run else None)
        names = [one.name for one in runs]
        exchanges = sum(one.exchanges for one in runs)
        if names:
            _confirm(names, exchanges, yes=yes, quiet=as_json)
            exchanges = forget(store, names)
        left = _cleaned(store) if names else ""
    if as_json:
        told = {"runs": names, "exchanges": exchanges, "overwritten": not left}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(_done(len(names), exchanges, before))
    if left:
        click.echo(f"记录已清除，但旧内容还没有从数据库文件里抹净。{left}", err=True)
    return 3 if left else 0


def reminder(store: Store, rules: RuleBook, today: dt.date) -> list[str]:
    """Give a line for the end of a run where people are kept for longer than they should be."""
    from certcheck.store.purge import overdue

    count = overdue(store, _kept_since(rules, today))
    return (
        [f"数据库里有 {count} 次核验已过保存期限，请运行 zhengkao purge 清除其中的个人信息。"]
        if count
        else []
    )


def _kept_since(rules: RuleBook, today: dt.date) -> dt.date:
    try:
        return today - dt.timedelta(days=rules.at("retention", today).number("days"))
    except OverflowError:
        return dt.date.min


def _confirm(names: list[str], exchanges: int, *, yes: bool, quiet: bool) -> None:
    if not quiet:
        for name in names[:_SHOWN]:
            click.echo(f"  {name}")
        if len(names) > _SHOWN:
            click.echo(f"  …… 共 {len(names)} 次")
    if yes:
        return
    from commands.settings import confirmed

    if not confirmed(f"清除以上 {len(names)} 次核验、{exchanges} 条答复中的个人信息，不能恢复。确定吗？"):
        raise InputError("没有清除。在终端里回答 y，或加上 --yes。")


def _cleaned(store: Store) -> str:
    """Overwrite what is left in the files; gives why that had to wait, or ""."""
    try:
        store.clean()
    except ZhengkaoError as error:
        return str(error)
    return ""


def _done(runs: int, exchanges: int, before: dt.date | None) -> str:
    if not runs:
        return f"没有需要清除的内容（{before} 以前）。" if before else "没有需要清除的内容。"
    return f"已清除 {runs} 次核验、{exchanges} 条答复中的个人信息。"
