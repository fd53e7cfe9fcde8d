"""What stops the planning of a batch.

``common.errors.InputError``
    ``BadBatchError``        facts are faulty; every fault is located
    ``BadChangesError``      a table of changes is faulty; every fault is located
``common.errors.ZhengkaoError``
    ``SolverError``          the solver gave no optimum (never a wrong plan)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from common.errors import InputError, ZhengkaoError
from common.finding import Finding, column_letters
from common.privacy import mask_numbers_in

_MOST_LINES = 8  # rows of a column with the same fault that are told in a line each


class _FaultsError(InputError):
    """What was read has faults, each located.

    ``remarks`` say what else is to be looked at: ids may be unknown because the sheet that defines them was not read, or a
    fault may name a row that is hidden.
    """

    head: ClassVar[tuple[str, str]]
    """What has so many faults, and what to do."""

    def __init__(self, findings: Sequence[Finding], remarks: Sequence[str] = ()) -> None:
        self.findings = _masked(findings)
        what, then = self.head
        super().__init__(_in_lines(f"{what}有 {len(findings)} 处问题，{then}：", self.findings, remarks))


class BadBatchError(_FaultsError):
    """The batch cannot be planned until its faults are mended."""

    head = "考试批次", "改正后再计划"


class BadChangesError(_FaultsError):
    """The table of changes cannot be used until its faults are mended; nothing was changed."""

    head = "变更表", "改正后再变更（现在什么都没有改）"


def _in_lines(told: str, findings: Sequence[Finding], remarks: Sequence[str]) -> str:
    rows: dict[object, list[int]] = defaultdict(list)
    for one in findings:
        rows[_same(one)].append(one.location.row if one.location else 0)
    lines = dict.fromkeys(_line(one, rows[_same(one)]) for one in findings)
    return "\n".join([told, *lines, *(f"请核对：{mask_numbers_in(remark)}" for remark in remarks)])


def _line(one: Finding, rows: Sequence[int]) -> str:
    """Tell a fault; one that is the same in very many ``rows`` of a column with all of them: nobody reads a line for each."""
    where = one.location
    if where is None or not where.row or len(rows) <= _MOST_LINES:
        return f"  {where}：{one.message}"
    listed = "、".join(map(str, rows[:_MOST_LINES]))
    column = f" {column_letters(where.column)} 列" if where.column else ""
    return f"  {replace(where, row=0, column=0)} 第 {listed} 行等 {len(rows)} 行{column}：{one.message}"


def _same(one: Finding) -> object:
    return one.location and replace(one.location, row=0), one.code, one.message


def _masked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give faults that repeat no identity number, whatever column it stands in (columns shifted by one are common)."""
    return tuple(replace(one, message=mask_numbers_in(one.message)) for one in findings)


class SolverError(ZhengkaoError):
    """The solver did not finish with an optimum."""
