"""What a long run is doing, and for how long: a line that changes on a terminal, plain lines elsewhere.

Stages have no known length, so the time is told and not a share of it. A run of a few seconds says nothing.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import click

_SOON, _LATER, _OFTEN = 1.0, 5.0, 30.0
"""Seconds after which a terminal, and a file, are told what is done; and how often a file is told of one long stage."""


class Stages:
    """Tells from a thread of its own what is done, until it is left.

    Parameters
    ----------
    terminal
        whether a person watches.
    say
        writes a line.
    tick
        seconds between two looks at the clock.
    """

    def __init__(self, *, terminal: bool, say: Callable[[str], None], tick: float = 1.0) -> None:
        self._terminal, self._say, self._tick = terminal, say, tick
        self._begun = time.monotonic()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._name, self._since, self._told = "", self._begun, self._begun
        self._line: Any = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self("")
        self._over.set()

    def __call__(self, name: str) -> None:
        """Begin a stage; "" is for none: what the run found is told, or somebody is asked."""
        with self._lock:
            self._name, self._since = name, time.monotonic()
            self._told = 0.0  # of a new stage a file is told at once, when the run is a long one
            if not name and self._line is not None:
                self._line.stop()
                self._line = None
            if name and not self._thread.is_alive() and not self._over.is_set():
                self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(self._tick):
            with self._lock:
                if self._name:
                    self._tell(time.monotonic())

    def _tell(self, now: float) -> None:
        told = f"{self._name}……已用 {_duration(now - self._since)}"
        if self._terminal and now - self._begun >= _SOON:
            self._show(told)
        elif not self._terminal and now - self._begun >= _LATER and now - self._told >= _OFTEN:
            self._told = now
            self._say(told)

    def _show(self, told: str) -> None:
        if self._line is None:
            from rich.console import Console

            self._line = Console(stderr=True).status(told)
            self._line.start()
        self._line.update(told)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


def watch() -> None:
    """Watch the stages of the command that begins, to its end."""
    context = click.get_current_context()
    terminal = sys.stderr.isatty()
    context.obj = context.with_resource(
        Stages(terminal=terminal, say=lambda told: click.echo(told, err=True))
    )


def stage(name: str) -> None:
    """Begin a stage of the command that runs, "" for none; where nobody watches this says nothing."""
    context = click.get_current_context(silent=True)
    if context is not None and isinstance(context.obj, Stages):
        context.obj(name)
