"""What an independent check found, told at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from common.privacy import mask_identity_in

if TYPE_CHECKING:
    from scheduler.checker.breach import Breach

_MOST_TOLD = 10
_MOST_COLUMNS, _LONGEST = 20, 20


def tell_unread(file: str, columns: Sequence[str]) -> None:
    """Tell which columns of a table nobody reads: a seat under another name would pass unjudged, and without a word."""
    if columns:
        named = "、".join(f"“{mask_identity_in(one[:_LONGEST])}”" for one in columns[:_MOST_COLUMNS])
        more = f"等 {len(columns)} 列" if len(columns) > _MOST_COLUMNS else ""
        click.echo(f"请核对：{file} 没有读的列：{named}{more}", err=True)


def tell_breaches(breaches: Sequence[Breach]) -> None:
    """Tell what breaks a rule; of each kind the first few, so that one wrong row does not bury the rest."""
    told: Counter[str] = Counter()
    for breach in breaches:
        told[breach.code] += 1
        if told[breach.code] <= _MOST_TOLD:
            click.echo(f"规则 {breach.rule} {breach.code}：{breach.message}")
    for code, count in told.items():
        if count > _MOST_TOLD:
            click.echo(f"{code} 还有 {count - _MOST_TOLD} 处，全部见 --json。")
