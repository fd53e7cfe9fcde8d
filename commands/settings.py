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

if TYPE_CHECKING:
    from certcheck.store.opening import Store


def now() -> dt.datetime:
    """Give the local time with its zone."""
    return dt.datetime.now().astimezone()


def today() -> dt.date:
    """Give the local date."""
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


def confirmed(question: str) -> bool:
    """Ask a person; without a terminal nobody agrees."""
    if not sys.stdin.isatty():
        return False
    return click.prompt(f"{question} (y/n)", default="n", show_default=False, err=True).strip().lower() == "y"


class Date(click.ParamType[dt.date]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail("应为 YYYY-MM-DD，例如 2026-11-20。", param, ctx)


def progress(label: str, *, plain: bool = False) -> Any:
    """Give a progress display: a bar on a terminal, plain lines elsewhere and where somebody types."""
    return Lines(label) if plain or not sys.stderr.isatty() else Bar(label)


class Lines:
    """Progress as plain lines: the start, every tenth, the end."""

    def __init__(self, label: str) -> None:
        self._label, self._told = label, -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, at most eleven times."""
        tenth = 10 * done // total if total else 10
        if tenth != self._told:
            self._told = tenth
            click.echo(f"{self._label} {done}/{total}", err=True)


class Bar:
    """Progress as a bar with the time left (rich)."""

    def __init__(self, label: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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
        self._bar.update(self._task, completed=done, total=total)
