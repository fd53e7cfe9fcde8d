"""Usage errors of the command line, told in Chinese."""

from __future__ import annotations

import click


def usage_error(error: click.UsageError) -> str:
    """Give one sentence for a wrong usage, and where help is."""
    command = error.ctx.command_path if error.ctx else "zhengkao"
    return f"用法错误：{_told(error)}\n查看帮助：{command} --help"


def _told(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，是否想用 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}。"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {error.param.make_metavar(error.ctx) if error.param and error.ctx else '参数'}。"
    if isinstance(error, click.BadParameter):
        name = "/".join(error.param.opts) if error.param else "参数"
        return f"{name} 的值不对：{error.message}"
    if error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.split(maxsplit=3)[-1]}"
    return error.message
