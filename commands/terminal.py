"""Captchas answered at the terminal: the picture in a file, opened by the system's viewer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from certcheck.registry.askpass import picture_file

_VIEWERS = {"darwin": "open", "linux": "xdg-open"}


class TerminalAsker:
    """Shows each picture by the system's viewer and asks at the prompt; an empty answer stops."""

    def __init__(self) -> None:
        self._asked = 0

    def ask(self, image: bytes) -> str | None:
        """Give what was typed; None without a terminal, at its end, or for an empty line."""
        if not sys.stdin.isatty():
            return None
        self._asked += 1
        with picture_file(image) as path:
            click.echo(f"第 {self._asked} 张验证码：{path}", err=True)
            _show(path)
            try:
                typed = click.prompt("请输入验证码（直接回车暂停）", default="", show_default=False, err=True)
            except click.Abort:
                return None
        return str(typed).strip() or None


def _show(path: Path) -> None:
    """Open a picture by the system's viewer, where there is one; its words do not disturb the prompt."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - the system's own viewer
        elif sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            viewer = _VIEWERS["darwin" if sys.platform == "darwin" else "linux"]
            subprocess.Popen(  # noqa: S603 - the system's own viewer
                [viewer, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
    except OSError:
        pass  # the path is on the terminal; a person opens it
