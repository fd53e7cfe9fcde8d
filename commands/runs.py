"""Which run is meant: by its name, or by the folder its reports are in."""

from __future__ import annotations

from pathlib import Path

from common.errors import InputError

RUN_FILE = "run.txt"
"""The file in a run's folder that holds its name."""


def run_name(which: str) -> str:
    """Give the name of a run that is named by itself or by its folder."""
    named = Path(which) / RUN_FILE
    try:
        return named.read_text(encoding="utf-8").strip() if named.is_file() else which
    except (OSError, ValueError) as error:
        raise InputError(f"{named} 读不了。请改用核验编号。") from error
