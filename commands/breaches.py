"""What an independent check found, told at the terminal."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from common.listing import first_few
from common.privacy import mask_identity_in
from scheduler.checker.breach import MOST_SHOWN, RULE_TITLES, say_session
from scheduler.checker.codes import CODES
from scheduler.problem import Session

if TYPE_CHECKING:
    from scheduler.checker.breach import Breach
    from scheduler.checker.on_duty.duties import Duties

_MOST_TOLD = 10
_MOST_COLUMNS, _LONGEST = 20, 20
_MOST_IDS = 5
_FREE_PUBLIC = "PUBLIC-PLACE-UNUSED"


def tell_unread(file: str, columns: Sequence[str], feet: Sequence[int] = ()) -> None:
    """Tell which columns of a table nobody reads: a seat under another name would pass unjudged, and without a word.

    ``feet`` are rows that were taken for totals, signatures or notes.
    """
    if feet:
        listed = "、".join(map(str, feet[:_MOST_TOLD])) + (" 行等" if len(feet) > _MOST_TOLD else " 行")
        click.echo(
            f"请核对：{file} 第 {listed}没有读：没有写明谁、在哪、何时，像是合计、签名或说明", err=True
        )
    if columns:
        named = "、".join(f"“{mask_identity_in(one)[:_LONGEST]}”" for one in columns[:_MOST_COLUMNS])
        more = f"等 {len(columns)} 列" if len(columns) > _MOST_COLUMNS else ""
        click.echo(f"请核对：{file} 没有读的列：{named}{more}", err=True)


def trainees_of(breaches: Iterable[Breach]) -> set[str]:
    """Give the ids of those whom breaches are about."""
    return {name for one in breaches for name in (*_trainees(one), *one.shown_by)}


def _trainees(one: Breach) -> list[str]:
    """Give who a breach is about, in the order in which it names them; nobody where it tells a row, or is about staff."""
    about = dict(one.subjects)
    if "row" in about or "staff_id" in about:
        return []
    return [str(about[name]) for name in ("other_trainee_id", "trainee_id") if name in about]


def _with_rows(one: Breach, rows: Mapping[str, int]) -> str:
    if one.shown_by:
        return f"{one.message}{_few_rows(one, rows)}"
    names = _trainees(one)
    found = [str(rows[name]) for name in names if name in rows]
    # one row for two people would not tell whose it is
    return (
        f"{one.message}（安排表第 {'、'.join(found)} 行）"
        if found and len(found) == len(names)
        else one.message
    )


def _few_rows(one: Breach, rows: Mapping[str, int]) -> str:
    """Tell a few rows of a whole session, to begin with; those of people who have one row."""
    found = [str(rows[name]) for name in one.shown_by[:MOST_SHOWN] if name in rows]
    more = " 行等" if len(one.shown_by) > MOST_SHOWN else " 行"
    return f"（安排表第 {'、'.join(found)}{more}）" if found else ""


def tell_breaches(breaches: Sequence[Breach], rows: Mapping[str, int]) -> None:
    """Tell what breaks a rule, of each kind the first few, so that one wrong row does not bury the rest; then what to do.

    A free public place is told last and once, however many people could use it: one of them is enough to fill it.
    ``rows`` are those of trainees in the table of assignments, where they have one.
    """
    told: Counter[str] = Counter()
    lines = [(one.code, one.rule, _with_rows(one, rows)) for one in breaches if one.code != _FREE_PUBLIC]
    free = [one for one in breaches if one.code == _FREE_PUBLIC]
    for code, rule, message in chain(lines, _by_free_place(free)):
        told[code] += 1
        if told[code] <= _MOST_TOLD:
            click.echo(f"规则 {rule} {code}：{message}")
    for code, count in told.items():
        if count > _MOST_TOLD:
            click.echo(f"{code} 还有 {count - _MOST_TOLD} 处，全部见 --json。")
    if told:
        click.echo("怎么改：")
    for code in told:
        click.echo(f"  {code}（{CODES[code].title}）：{CODES[code].step}。")


def _by_free_place(breaches: Iterable[Breach]) -> Iterator[tuple[str, int, str]]:
    """Give one line for each free public place, with who could use it."""
    people: dict[Session, list[str]] = defaultdict(list)
    for one in breaches:
        about = {key: str(value) for key, value in one.subjects}
        session = Session.of(about)
        people[session].append(about["trainee_id"])
    for session, ids in people.items():
        named = first_few(ids, _MOST_IDS)
        yield (
            _FREE_PUBLIC,
            4,
            f"{say_session(session)}尚有可用的公共考位，可用它的 {len(ids)} 人被安排在别处：{named}（规则 4：{RULE_TITLES[4]}）",
        )


def print_findings(breaches: Iterable[Breach], placed: int, unplaced: int, unchecked: Sequence[str]) -> None:
    """Print what breaks a rule in the form of contract section 5.

    ``unchecked`` is named where there is any: or a program would take rules 5 and 6, or names of exceptions, for kept.
    """
    found = [one.as_data() for one in breaches]
    content: dict[str, Any] = {"findings": found, "placed": placed, "unplaced": unplaced}
    if unchecked:
        content["unchecked"] = unchecked
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def tell_closing(breaches: Sequence[Breach], placed: int, unplaced: int, duties: Duties | None) -> None:
    """Tell what was checked and what came of it, also the duties that nobody does: they break no rule, and are not done."""
    told = f"有 {len(breaches)} 处不合规则" if breaches else "没有发现不合规则之处"
    vacant = sum(duties.vacancies.values()) if duties is not None else 0
    if duties is not None and vacant:
        told += f"；另有 {vacant} 项考务任务无人可派（见 {duties.vacancies_in}）"
    click.echo(f"已检查：安排 {placed} 人，未安排 {unplaced} 人，{told}。")
