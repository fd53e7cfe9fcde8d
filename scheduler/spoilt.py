"""A draw is held once: what would not verify is refused before it, as long as it can be mended."""

from __future__ import annotations

from collections.abc import Iterable

from common.errors import InputError
from scheduler.checks import Check

_MOST_TOLD = 3


def refuse_spoilt(checks: Iterable[Check]) -> None:
    """Refuse to draw what would not verify: drawn once, it could never be mended.

    Raises
    ------
    InputError
        something was changed since it was announced.
    """
    wrong = [told for good, told in checks if not good]
    if wrong:
        listed = "；".join(wrong[:_MOST_TOLD])
        raise InputError(
            f"与公告时不同，不能抽签：{listed}。请放回公告时的文件，用 zhengkao exam verify 核对无误后再抽签。"
        )
