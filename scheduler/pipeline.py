"""The order of the steps from a batch to its plan: read, then planned. Nothing else lives here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.past_draws import read_history
from scheduler.reading import read_batch

if TYPE_CHECKING:
    from scheduler.planning import Planned


def _unwatched(_: str) -> None:
    """Tell nobody."""


def make_plan(
    batch: Path,
    version: str,
    rules_file: Path | None = None,
    past: Sequence[Path] = (),
    stage: Callable[[str], None] = _unwatched,
) -> Planned:
    """Read a batch and plan it.

    To read a long table leaves the interpreter to loading what plans, solver and all.

    Parameters
    ----------
    past
        folders of earlier draws: institutions are sent elsewhere than before where that costs nothing.
    stage
        is told what is done next, in words for people.

    Raises
    ------
    BadBatchError
        facts are faulty.
    InputError
        the batch or a folder of the past cannot be used.
    """
    stage("读入批次")
    with ThreadPoolExecutor(1) as beside:
        beside.submit(import_module, "scheduler.planning")
        history = read_history(past)
        problem = read_batch(batch, rules_file)
    from scheduler.planning import plan_batch  # noqa: PLC0415 - loaded by now

    return plan_batch(problem, version, history, stage)
