"""Captchas answered at the terminal: the picture in a file, opened by the system's viewer."""

from __future__ import annotations

import sys

import click

from certcheck.registry.askpass import picture_file


class TerminalAsker:
    """Shows each picture by the system's viewer and asks at the prompt; an empty answer stops."""

    def ask(self, image: bytes) -> str | None:
        """Give what was typed; None without a terminal, at its end, or for an empty line."""
        if not sys.stdin.isatty():
            return None
        with picture_file(image) as path:
            click.echo(f"验证码图片：{path}", err=True)
            click.launch(str(path))
            try:
                typed = click.prompt("请输入验证码（直接回车暂停）", default="", show_default=False, err=True)
            except click.Abort:
                return None
        return str(typed).strip() or None
