"""Captchas answered at the terminal: shown in it where it can, else by the system's viewer, else as a file."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import click

from certcheck.registry.askpass import picture_file
from commands.pictures import inline

_VIEWERS = {"darwin": "open", "linux": "xdg-open"}


class TerminalAsker:
    """Shows each picture and asks at the prompt; an empty answer stops.

    Parameters
    ----------
    left
        gives in words how much there is still to do.
    """

    def __init__(self, left: Callable[[], str]) -> None:
        self._asked, self._left = 0, left

    def ask(self, image: bytes) -> str | None:
        """Give what was typed; None without a terminal, at its end, or for an empty line."""
        if not sys.stdin.isatty():
            return None
        self._asked += 1
        with _shown(image) as where:
            click.echo(f"第 {self._asked} 张验证码{where}（{self._left()}）", err=True)
            try:
                typed = click.prompt("请输入验证码（直接回车暂停）", default="", show_default=False, err=True)
            except click.Abort:
                return None
        return str(typed).strip() or None


@contextlib.contextmanager
def _shown(image: bytes) -> Iterator[str]:
    """Show a picture while somebody looks at it; gives where, in words. A file is removed afterwards."""
    drawn = inline(image, os.environ) if sys.stderr.isatty() else None
    if drawn is not None:
        sys.stderr.write(drawn)  # click would strip it where it thinks that colours are not wanted
        sys.stderr.flush()
        yield ""
        return
    with picture_file(image) as path:
        _open(str(path))
        yield f"：{path}"


def _open(path: str) -> None:
    """Open a picture by the system's viewer, where there is one; its words do not disturb the prompt."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - the system's own viewer
        elif sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            viewer = _VIEWERS["darwin" if sys.platform == "darwin" else "linux"]
            subprocess.Popen(  # noqa: S603 - the system's own viewer
                [viewer, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
    except OSError:
        pass  # the path is on the terminal; a person opens it
