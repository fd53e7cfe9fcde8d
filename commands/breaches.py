"""What an independent check found, told at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scheduler.checker.breach import Breach

_MOST_TOLD = 10


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
