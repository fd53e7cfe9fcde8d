"""What commands fetch from the world and hand to the libraries: clock, folders, database, progress."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from certcheck.registry.effort import Effort
from common.dates import CHINA, FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from certcheck.evidence.keys import EvidenceKeys
    from certcheck.store.opening import Store


def now() -> dt.datetime:
    """Give the time in China, which has one zone: what is published says it so, wherever the machine stands."""
    return dt.datetime.now(CHINA)


def today() -> dt.date:
    """Give the date there."""
    return now().date()


def home() -> Path:
    """Give the program's folder."""
    from common.database import home_folder

    return home_folder(os.environ)


def engine(url: str | None) -> Any:
    """Open the database of ``--db``, else the one in the program's folder."""
    from common.database import open_engine, sqlite_url

    return open_engine(url or sqlite_url(home() / "zhengkao.sqlite"))


@contextlib.contextmanager
def store(url: str | None) -> Iterator[Store]:
    """Open the journal's database for one command."""
    opened = engine(url)
    try:
        yield open_store(opened)
    finally:
        opened.dispose()


def open_store(opened: Any) -> Store:
    """Open the journal in an open database; its key lies in the program's folder."""
    import secrets

    from certcheck.store.opening import Keys, Store
    from common.database import installation_key
    from common.keys import KeyFolder

    folder = home()
    keys = Keys(KeyFolder(folder / "keys"), secrets.token_bytes, lambda: installation_key(folder))
    return Store(opened, keys)


def evidence_keys() -> EvidenceKeys:
    """Give the keys that evidence is signed and sealed with; they are made on first use."""
    import secrets

    from certcheck.evidence.keys import keys_in

    return keys_in(home(), secrets.token_bytes)


def confirmed(question: str) -> bool:
    """Ask a person; without a terminal nobody agrees."""
    if not sys.stdin.isatty():
        return False
    return click.prompt(f"{question} (y/n)", default="n", show_default=False, err=True).strip().lower() == "y"


class Date(click.ParamType[dt.date]):
    """A day written YYYY-MM-DD; where ``judging``, within the years in which days of a list are read."""

    name = "YYYY-MM-DD"

    def __init__(self, *, judging: bool = False) -> None:
        self._judging = judging

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day."""
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail("应为 YYYY-MM-DD，例如 2026-11-20。", param, ctx)
        if self._judging and not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。", param, ctx)
        return day


def tell(text: str) -> None:
    """Say something on the side, where it does not disturb what a machine reads."""
    click.echo(text, err=True)


def effort_words(effort: Effort) -> str:
    """Say how much typing is left, as far as it can be told."""
    minutes = effort.minutes_left
    if minutes is None:
        return f"还有 {effort.left} 项待查"
    least = 1  # a minute; less is told as that
    told = f"约 {minutes:.0f} 分钟" if minutes >= least else "不到 1 分钟"
    return f"还有 {effort.left} 项待查，还需人工{told}"


def progress(label: str, *, plain: bool = False, effort: Effort | None = None) -> Any:
    """Give a progress display: a bar on a terminal, plain lines elsewhere and where somebody types.

    With an ``effort`` it tells how much typing is left, too.
    """
    return Lines(label, effort) if plain or not sys.stderr.isatty() else Bar(label, effort)


class Lines:
    """Progress as plain lines: the start, every tenth, the end."""

    def __init__(self, label: str, effort: Effort | None = None) -> None:
        self._label, self._told, self._effort = label, -1, effort

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, at most eleven times."""
        tenth = 10 * done // total if total else 10
        if tenth != self._told:
            self._told = tenth
            typing = f"，{effort_words(self._effort)}" if self._effort and done < total else ""
            tell(f"{self._label} {done}/{total}{typing}")


class Bar:
    """Progress as a bar with the time left (rich)."""

    def __init__(self, label: str, effort: Effort | None = None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._label, self._effort = label, effort
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task(label, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Move the bar."""
        typing = f"，{effort_words(self._effort)}" if self._effort and done < total else ""
        self._bar.update(self._task, completed=done, total=total, description=f"{self._label}{typing}")
