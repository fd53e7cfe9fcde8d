"""``zhengkao exam explain``: why somebody sits where they sit, for whoever asks or complains."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.exam_options import FOLDER, JSON
from common.listing import first_few

if TYPE_CHECKING:
    from scheduler.explaining import Closed, Drawn, Explanation, Open
    from scheduler.problem import Session

_CROSSING = 2  # the rule that people ask about: told first
_MOST_SITES = 8  # of another city there may be very many; --json lists all


@click.command(short_help="说明一名考生为什么在这里考：回避、机会、票号、位置")
@FOLDER
@click.argument("trainee_ids", metavar="考生编号...", nargs=-1, required=True)
@JSON
def explain(folder: Path, trainee_ids: tuple[str, ...], *, as_json: bool) -> int:
    """按公布的文件（plan.json；抽过签的，还有 draw.json、assignments.csv）说明考生的安排，供查询和答复投诉。

    说明哪些考点不能去、为什么、依据哪一条，能去的考点和场次各有多大机会，抽签时的票号排第几、因此坐在哪一场。

    只读公布的文件，不作复核；复核用 zhengkao exam verify。
    """
    from scheduler.explaining import explained

    found = list(explained(folder, trainee_ids))
    if as_json:
        click.echo(json.dumps([_data(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    for number, one in enumerate(found):
        if number:
            click.echo()
        for line in _lines(one):
            click.echo(line)
    return 0


def _lines(one: Explanation) -> Iterator[str]:
    from scheduler.exam_words import PARTS

    district = f"，{one.district}" if one.district else ""
    alike = f"同组 {one.size} 人条件相同，机会也相同" if one.size > 1 else "没有条件相同的人，自成一组"
    yield f"考生 {one.trainee_id}：{one.item}，{PARTS.get(one.part, one.part)}{district}。第 {one.group} 组，{alike}。"
    if one.changes:
        since = f"第 {one.change} 次变更" if one.change else "首次抽签"
        yield f"位置是{since}定的，以后的 {one.changes} 次变更没有触及。"
    if one.closed:
        yield "不能去的考点："
        yield from _closed_lines(one.closed)
    yield "可以去的考点和机会（抽签之前公布）：" if one.open else "没有可以去的考点。"
    yield from map(_open_line, one.open)
    if one.unplaced:
        yield f"  没有位置的机会 {_chance(one.unplaced)}：{one.reason}"
    if one.ways:
        yield f"一人报几科的，考试时间有 {one.ways} 种分法，抽签时先抽用哪一种；以上是各种分法平均的机会。"
    if one.drawn is None:
        yield "还没有抽签。"
    else:
        yield from _drawn_lines(one, one.drawn)


def _closed_lines(closed: Iterable[Closed]) -> Iterator[str]:
    sites: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for one in closed:
        sites[one.reason, one.article, one.rule].append(_site(one.site_id, one.name))
    for (reason, article, rule), named in sorted(sites.items(), key=lambda one: one[0][2] != _CROSSING):
        basis = f"（{article}）" if article else ""
        listed = first_few(named, _MOST_SITES, "个")
        yield f"  {listed}：{reason}（规则 {rule}）{basis}"


def _open_line(one: Open) -> str:
    from scheduler.exam_words import EXCEPTIONS, SITE_KINDS

    kind = f"（{SITE_KINDS.get(one.kind, one.kind)}）" if one.kind else ""
    listed = "、".join(f"{_time(session)} {chance}" for session, chance in one.sessions)
    named = [
        f"{EXCEPTIONS.get(name, name)}{f'（{article}）' if article else ''}"
        for name, article in one.exceptions.items()
    ]
    by = f"；按例外：{'、'.join(named)}" if named else ""
    return f"  {_site(one.site_id, one.name)}{kind} {_chance(one.chance)}：{listed}{by}"


def _drawn_lines(one: Explanation, drawn: Drawn) -> Iterator[str]:
    if one.size > 1:
        filled = "，".join(
            f"{number} 人{'没有位置' if session is None else f'到{_where(session)}'}"
            for session, number in drawn.filled
        )
        yield f"抽签：同组的人按票号从小到大排，依次是 {filled}。他的票号是 {drawn.ticket[:16]}…，排第 {drawn.rank}。"
    if not drawn.row:
        yield f"结果：没有位置。{one.reason}"
        return
    from scheduler.problem import HALVES

    row = drawn.row
    day = f"{row['date']} {HALVES.get(row['half'], row['half'])}"
    seat = [f"第 {row['room']} 考场 {row['seat']} 号座"] if row.get("room") else []
    seat += [f"第 {row['group']} 工位组第 {row['place']} 位"] if row.get("group") else []
    yield f"结果：考点 {row['site_id']} {day}{'，' if seat else ''}{'，'.join(seat)}。"


def _chance(chance: Fraction) -> str:
    """Say a chance exactly and, where that is no plain number, in tenths of a percent."""
    if chance.denominator == 1:
        return str(chance)
    tenths = round(chance * 1000)
    return f"{chance}（约 {tenths // 10}.{tenths % 10}%）"


def _site(site_id: str, name: str) -> str:
    return f"{site_id} {name}" if name and name != site_id else site_id


def _where(session: Session) -> str:
    return f"考点 {session.site_id} {_time(session)}"


def _time(session: Session) -> str:
    from scheduler.problem import HALVES

    return f"{session.day.isoformat()} {HALVES[session.half]}"


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
