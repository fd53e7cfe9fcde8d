"""The root of the command line: which commands there are, settings, and what becomes of errors."""

from __future__ import annotations

import importlib
import os
import re
import sys
import tomllib
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from commands.chinese import speak_chinese
from commands.console import names_are_narrow, speak_utf8
from commands.environment import give_names, unknown
from commands.wording import usage_error
from common.errors import InputError, ZhengkaoError
from common.privacy import mask_identity_in

VERSION = "0.1.0"
_SETTINGS = "zhengkao.toml"
_LONGEST_LOG = 1000  # lines; causes may go in a circle
_COMMANDS = {
    "check": ("commands.check", "check", "核验人员证书名单，写出报告"),
    "demo": ("commands.demo", "demo", "用虚构示例演示两项主要工作（连本机仿真站）"),
    "evidence": ("commands.evidence", "evidence", "核验的证据包：检查、打开、公钥"),
    "exam": ("commands.exam", "exam", "考试安排：计划、抽签、检查、复核、准考证等材料"),
    "forms": ("commands.forms", "forms", "按通知填写表格：自查自改、汇总、统计"),
    "key": ("commands.key", "key", "数据库的密钥：更换"),
    "purge": ("commands.purge", "purge", "清除数据库中过期的个人信息，只留次数"),
    "registry": ("commands.registry", "registry", "查询平台的本机仿真站"),
}


speak_chinese()


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        give_names(command, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command asked for; what its settings say in words that it does not know is told."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command is not None and ctx.default_map:
            _ensure_known(command, ctx.default_map.get(name, {}), name)
        if name == "check" and command is not None:
            for strange in unknown(command, os.environ, _COMMANDS):
                click.echo(f"请核对：环境变量 {strange} 不是 check 的选项，没有起作用。", err=True)
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, told) for name, (_, _, told) in sorted(_COMMANDS.items())])


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "ZHENGKAO"},
    help="证考：核验安全生产证书；按交叉考试规则安排考试，抽签人人可复核。",
)
@click.version_option(VERSION, message="zhengkao %(version)s")
def root() -> None:
    """Hold the commands together."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code; errors become one sentence, never a traceback."""
    speak_utf8()
    try:
        result = root.main(
            list(arguments), prog_name="zhengkao", standalone_mode=False, default_map=_settings()
        )
    except click.UsageError as error:
        click.echo(mask_identity_in(usage_error(error)), err=True)
        return InputError.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。已有结果全部保留；核验可用 zhengkao check --resume latest 继续。", err=True)
        return 3
    except ZhengkaoError as error:
        click.echo(mask_identity_in(str(error)), err=True)
        return error.exit_code
    except Exception:  # noqa: BLE001 - the last line of defence: told in one sentence, kept in a file
        return _unforeseen()
    return result if isinstance(result, int) else 0


def _settings() -> dict[str, Any]:
    """Read ``zhengkao.toml`` of the current folder, if there is one."""
    path = Path(_SETTINGS)
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
        hint = "路径里的 \\ 请写成 /，或把路径放在单引号里。" if "\\" in text else ""
        raise InputError(f"{_SETTINGS}：{where}不是正确的 TOML。{hint}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{_SETTINGS}：读不了，应为 UTF-8 文本。") from error
    for name, table in content.items():
        if name not in _COMMANDS or not isinstance(table, dict):
            known = "、".join(f"[{command}]" for command in _COMMANDS)
            raise InputError(f"{_SETTINGS}：不认识“{name}”，可以有：{known}。")
    return {name: _parameters(table) for name, table in content.items()}


def _parameters(table: dict[str, Any]) -> dict[str, Any]:
    """Give settings under the names click has for them, those of commands within a group too; ``columns`` as its pairs."""
    names: dict[str, Any] = {}
    for name, value in table.items():
        if not isinstance(value, dict):
            names[name.replace("-", "_")] = value
        elif name == "columns":
            names[name] = [f"{k}={v}" for k, v in value.items()]
        else:  # a command, such as verify of evidence
            names[name] = _parameters(value)
    return names


def _ensure_known(command: click.Command, table: dict[str, Any], name: str) -> None:
    """Refuse settings that a command has no option for: a word that is misspelt would change nothing, and nobody would know."""
    if isinstance(command, click.Group):
        known = list(command.commands)
        for sub, inner in table.items():
            if sub in known and isinstance(inner, dict):
                _ensure_known(command.commands[sub], inner, f"{name}.{sub}")
    else:
        known = [one.name for one in command.params if isinstance(one, click.Option) and one.name]
    strange = next((word for word in table if word not in known), None)
    if strange is not None:
        raise InputError(f"{_SETTINGS}：[{name}] 里不认识“{strange}”，可以有：{'、'.join(sorted(known))}。")


def _unforeseen() -> int:
    """Keep what happened, without values, in a file; people get a sentence."""
    from common.database import home_folder

    if isinstance(sys.exc_info()[1], UnicodeEncodeError) and names_are_narrow():
        click.echo(
            "这台计算机的语言环境（locale）不能用中文文件名。请设置环境变量 PYTHONUTF8=1 后再运行。", err=True
        )
        return ZhengkaoError.exit_code
    told = "程序遇到未预料的错误，已停止；已写入的结果不受影响。"
    try:
        log = home_folder(os.environ) / "last-error.txt"
        log.write_text(_without_values(sys.exc_info()[1]), encoding="utf-8")
        told += f"详情（不含姓名和号码）见 {log}，请连同版本 {VERSION} 一起反馈。"
    except (OSError, ZhengkaoError):
        pass
    click.echo(told, err=True)
    return ZhengkaoError.exit_code


def _without_values(error: BaseException | None) -> str:
    """Give kinds of errors and places in the code; the text of an error may hold names and numbers."""
    lines: list[str] = []
    while error is not None and len(lines) < _LONGEST_LOG:
        lines.append(type(error).__name__)
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return "\n".join(lines) + "\n"
