"""What stops the planning of a batch.

``common.errors.InputError``
    ``BadBatchError``        facts are faulty; every fault is located
    ``BadChangesError``      a table of changes is faulty; every fault is located
``common.errors.ZhengkaoError``
    ``SolverError``          the solver gave no optimum (never a wrong plan)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from common.errors import InputError, ZhengkaoError
from common.finding import Finding
from common.privacy import mask_numbers_in


class BadBatchError(InputError):
    """The batch cannot be planned until its faults are mended.

    ``remarks`` say what else is to be looked at: ids may be unknown because the sheet that defines them was not read.
    """

    def __init__(self, findings: Sequence[Finding], remarks: Sequence[str] = ()) -> None:
        self.findings = _masked(findings)
        told = f"考试批次有 {len(self.findings)} 处问题，改正后再计划："
        super().__init__(_in_lines(told, self.findings, remarks))


class BadChangesError(InputError):
    """The table of changes cannot be used until its faults are mended; nothing was changed.

    ``remarks`` say what else is to be looked at: a fault may name a row that is hidden.
    """

    def __init__(self, findings: Sequence[Finding], remarks: Sequence[str] = ()) -> None:
        self.findings = _masked(findings)
        told = f"变更表有 {len(self.findings)} 处问题，改正后再变更（现在什么都没有改）："
        super().__init__(_in_lines(told, self.findings, remarks))


def _in_lines(told: str, findings: Sequence[Finding], remarks: Sequence[str]) -> str:
    lines = [f"  {finding.location}：{finding.message}" for finding in findings]
    return "\n".join([told, *lines, *(f"请核对：{mask_numbers_in(remark)}" for remark in remarks)])


def _masked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give faults that repeat no identity number, whatever column it stands in (columns shifted by one are common)."""
    return tuple(replace(one, message=mask_numbers_in(one.message)) for one in findings)


class SolverError(ZhengkaoError):
    """The solver did not finish with an optimum."""
