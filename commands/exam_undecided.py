"""What ``zhengkao exam plan`` tells of conflicts that could not be ruled out; it never stops planning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.file_names import UNDECIDED

if TYPE_CHECKING:
    from scheduler.doubts.namesakes import Namesake

_MOST_TOLD = 10

Groups = Sequence[Sequence["Namesake"]]


def write_undecided(out: Path, groups: Groups) -> None:
    """Write the rows to be completed beside the plan; a list of an earlier plan goes."""
    from common.files import remove, write_file
    from scheduler.doubts.namesakes import undecided_csv

    if groups:
        write_file(out / UNDECIDED, undecided_csv(groups))
    else:
        remove(out / UNDECIDED)


def tell_undecided(out: Path, groups: Groups) -> None:
    """Tell the first groups by table, id and row."""
    for group in groups[:_MOST_TOLD]:
        click.echo(f"无法排除：同名的 {'、'.join(one.words for one in group[:_MOST_TOLD])}{_more(group)}")
    if groups:
        click.echo(
            f"请补填身份证号，或在关系表写明 same_person（同一人）；不补也照常安排。全部见 {out / UNDECIDED}"
        )


def _more(group: Sequence[Namesake]) -> str:
    return f" 等 {len(group)} 行" if len(group) > _MOST_TOLD else ""


def undecided_data(groups: Groups) -> list[list[dict[str, Any]]]:
    """Give the groups for ``--json``."""
    return [
        [
            {"table": one.table, "id": one.person_id, "row": one.row, "id_number_stated": one.numbered}
            for one in group
        ]
        for group in groups
    ]
