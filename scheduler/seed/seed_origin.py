"""How the record of a draw says where its seed came from: one sentence for each way, so that it can be checked.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

GIVEN = "命令行给出的种子"
TRIAL_GIVEN = "试用：命令行给出的种子"
TRIAL_RANDOM = "试用：程序随机产生的种子，没有事先承诺"
BY_HAND = (GIVEN, TRIAL_GIVEN, TRIAL_RANDOM)
"""What a record says whose seed nothing was announced of."""


def announced_origin(public_value: object) -> str:
    """Give what a record says whose seed comes of an announcement."""
    return f"按公告：封存的密封码与公开数值“{public_value}”"


def is_true(record: Mapping[str, Any]) -> bool:
    """Say whether a record claims no other origin of its seed than the one that it shows."""
    reveal, told = record.get("reveal"), record.get("seed_origin")
    if reveal is None:
        return told in BY_HAND
    return isinstance(reveal, dict) and told == announced_origin(reveal.get("public_value"))


def change_origin(number: int, public_value: str | None, *, committed: bool) -> str:
    """Give what the record of a change says.

    Parameters
    ----------
    number
        which change, from 1.
    public_value
        that of the change's own announcement; None where it had none.
    committed
        whether the code was committed to when the first draw was announced.
    """
    if public_value is not None:
        code = f"公告时封存的第 {number} 个备用码" if committed else "由首次抽签的种子算出的备用码"
        return f"第 {number} 次变更，按变更公告：{code}与公开数值“{public_value}”"
    if committed:
        return f"第 {number} 次变更：公告时封存的第 {number} 个备用码"
    return f"试用：第 {number} 次变更，没有封存过备用码，由首次抽签的种子算出"
