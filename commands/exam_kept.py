"""Before a draw is written: is what lies beside the plan what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.exam_papers import will_write
from common.errors import InputError

if TYPE_CHECKING:
    from scheduler.record import Documents
    from scheduler.schedule import Schedule


def holding_kept(folder: Path, documents: Documents, *, announced: bool, asked: bool) -> Documents:
    """Give documents that are made once the kept batch was held against the plan: of very many people only if papers need it (``asked``).

    A draw needs the plan alone, so an announced one goes on and is told; a plan that nobody has announced is made again instead.
    """

    def held(plan: Mapping[str, Any], record: Mapping[str, Any], schedule: Schedule) -> Mapping[str, bytes]:
        from scheduler.batch.kept_batch import read_kept, refuse_other_remedies

        try:
            refuse_other_remedies(folder)
            if will_write(len(schedule.placements), asked=asked or None):
                read_kept(folder)
        except InputError as error:
            if not announced:
                raise InputError(f"没有抽签：{error}") from None
            click.echo(f"请核对：{error}抽签只用计划，照公告进行；材料和变更要等放回原件以后。", err=True)
        return documents(plan, record, schedule)

    return held
