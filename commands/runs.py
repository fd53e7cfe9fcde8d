"""Which run is meant: by its name, or by the folder its reports are in; and that one run at a time writes there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from common.errors import InputError
from common.scratch import InUseError, scratch

RUN_FILE = "run.txt"
"""The file in a run's folder that holds its name."""


def run_name(which: str) -> str:
    """Give the name of a run that is named by itself or by its folder."""
    named = Path(which) / RUN_FILE
    try:
        return named.read_text(encoding="utf-8").strip() if named.is_file() else which
    except (OSError, ValueError) as error:
        raise InputError(f"{named} 读不了。请改用核验编号。") from error


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs out of the folder of reports: each would remove what the other is writing.

    Raises
    ------
    InputError
        another run writes there.
    """
    with contextlib.ExitStack() as closing:
        try:
            closing.enter_context(scratch(folder, "run"))
        except InUseError as error:
            told = f"另一次核验正在往 {folder} 里写，这一次没有开始。请等它结束后再运行，或换一个 --out。"
            raise InputError(told) from error
        yield
