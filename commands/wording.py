"""Usage errors of the command line, told in Chinese."""

from __future__ import annotations

import click

from common.privacy import mask_numbers_in


def usage_error(error: click.UsageError) -> str:
    """Give one sentence for a wrong usage, and where help is; what was typed may hold a number."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "zhengkao"
    return f"用法错误：{mask_numbers_in(_told(error))}\n查看帮助：{command} --help"


def _told(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error)}。"
    if isinstance(error, click.BadParameter):
        name = "/".join(error.param.opts) if error.param else "参数"
        return f"{name} 的值不对：{error.message}"
    return error.format_message()


def _named(error: click.MissingParameter) -> str:
    """Name what is missing as it is typed: of an option its name and what follows."""
    if error.param is None or error.ctx is None:
        return "参数"
    metavar = error.param.make_metavar(error.ctx)
    return f"{error.param.opts[0]} {metavar}" if isinstance(error.param, click.Option) else metavar
