"""``zhengkao check``: verify staff lists, write the reports; ``--resume`` goes on with a run."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import click

from commands.paths import FilledPath
from commands.settings import Date
from common.errors import InputError

_PAIR = re.compile("[a-z_]+=.")
_FIELDS_HELP = "指定列，如 name=姓名 id_number=证件号（可写多个）"


class _Pairs(click.Command):
    """Lets ``--columns`` take several ``field=header`` words in a row."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``--columns`` before each of the pairs that follow it."""
        spread: list[str] = []
        after = False  # the word before was one of the pairs
        for index, word in enumerate(args):
            if word == "--":
                spread += args[index:]
                break
            if after and spread[-1] != "--columns" and _PAIR.match(word):
                spread += ["--columns", word]
                continue
            after = word.startswith("--columns") or spread[-1:] == ["--columns"]
            spread.append(word)
        return super().parse_args(ctx, spread)


@click.command(cls=_Pairs, short_help="核验人员证书名单，写出报告")
@click.argument("files", nargs=-1, type=FilledPath(path_type=Path), metavar="文件...")
@click.option(
    "--out",
    type=FilledPath(path_type=Path),
    metavar="文件夹",
    help="报告写到哪个文件夹（默认当前文件夹中的 zhengkao-核验编号）",
)
@click.option("--as-of", type=Date(judging=True), help="按哪一天判断（默认今天）")
@click.option(
    "--registry",
    metavar="mem|none|网址",
    help="向哪里查询：mem 国家平台，none 不查询（默认），或其他网址（如本机仿真站；旧版查询页写 gen1+网址）",
)
@click.option(
    "--saved",
    type=FilledPath(path_type=Path),
    metavar="文件夹",
    help="本人从国家平台保存的网页的文件夹（网页、单文件网页、复制的文字、JSON）",
)
@click.option(
    "--photos",
    type=FilledPath(path_type=Path),
    metavar="文件夹",
    help="证书照片的文件夹：只看二维码指向哪个网站，从不打开",
)
@click.option(
    "--captcha",
    metavar="ask|askpass:程序",
    help="验证码由谁回答：ask 在终端输入（默认）；askpass:程序 由该程序转给人输入",
)
@click.option(
    "--rules",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="另加的规则文件（TOML），替换同一主题的规则",
)
@click.option(
    "--posts",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="本单位岗位表：岗位、所需项目（无须持证写“无”）",
)
@click.option(
    "--waivers",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="豁免表：证件号码、问题代码（或名称）、理由、批准人、有效期至",
)
@click.option(
    "--problems",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="上次的 problems.xlsx，手填的各列带到这次",
)
@click.option(
    "--profile",
    type=FilledPath(path_type=Path),
    metavar="文件",
    help="上次的 profile.toml，按同样的方式读表，表头有变化时说明",
)
@click.option("--columns", multiple=True, metavar="字段=表头", help=_FIELDS_HELP)
@click.option("--sheet", metavar="名称", help="只读这个工作表")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "attention"]),
    help="从哪一级起以退出码 1 结束：violation 有问题（默认），attention 需关注",
)
@click.option("--show-id", is_flag=True, default=None, help="在所有输出中写出完整号码（默认打码）")
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    metavar="天数",
    help="几天内的旧答复可以沿用（默认 7，0 为全部重查）",
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0),
    metavar="秒数",
    help="两次查询开始之间至少隔几秒（默认 3；只有本机地址可以更短）",
)
@click.option(
    "--proxy",
    metavar="none|env|网址",
    help="经代理查询：none 不用（默认），env 用系统或环境变量中的代理，或代理网址",
)
@click.option("--contact", metavar="文字", help="写进 User-Agent 的联系方式（邮箱或网址），供平台管理者联系")
@click.option(
    "--timestamp",
    metavar="网址",
    help="给证据包取一个 RFC 3161 时间戳的服务（默认不取；只发送一个哈希）",
)
@click.option("--resume", metavar="编号|文件夹", help="继续一次中断的核验：编号、输出文件夹或 latest")
@click.option("--db", metavar="网址", help="数据库地址（默认程序数据文件夹中的 SQLite）")
@click.option("--json", "as_json", is_flag=True, help="把汇总以 JSON 打印出来")
def check(files: tuple[Path, ...], resume: str | None, db: str | None, *, as_json: bool, **given: Any) -> int:
    """核验人员证书名单。

    文件为 .xlsx、.xls、.ods 或 .csv。默认只做离线核验；联网核验用 --registry mem。

    --columns 常用的字段：name 姓名，id_number 身份证号，department 部门，post 岗位，item 准操项目，
    certificate_number 证书编号，first_issue 初领日期，valid_from 有效期起，valid_to 有效期止，
    review_due 应复审日期，review_done 实际复审日期，issuer 发证机关。

    每个选项也可以写在环境变量里（--fail-on 是 ZHENGKAO_FAIL_ON），或当前文件夹的 zhengkao.toml；命令行优先，其次环境变量。
    """
    from commands.checking import CheckRun

    if bool(files) == bool(resume):
        raise InputError("请给出要核验的文件，或用 --resume 继续一次核验（二者选一）。")
    if resume:
        given = _typed(given)
    options = _named(given)
    run = CheckRun.resumed(resume, db, options) if resume else CheckRun.started(files, db, options)
    with run:
        click.echo(f"核验编号：{run.name}", err=as_json)
        summary = run.execute()
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        for line in run.lines:
            click.echo(line)
    if run.stopped:
        click.echo(run.stopped, err=True)
    return run.exit_code


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    """Give what stands on the command line itself: a run goes on with its own options, not today's settings."""
    source = click.get_current_context().get_parameter_source
    return {
        name: value for name, value in given.items() if source(name) is click.core.ParameterSource.COMMANDLINE
    }


def _named(given: dict[str, Any]) -> dict[str, Any]:
    """Give the options that were stated, in the form a run keeps them in."""
    options = {name: value for name, value in given.items() if value is not None and value != ()}
    for name in ("out", "rules", "posts", "waivers", "problems", "profile", "saved", "photos"):
        if name in options:
            options[name] = str(options[name].absolute())
    if "as_of" in options:
        options["as_of"] = _iso(options["as_of"])
    if "columns" in options:
        options["columns"] = _columns(options["columns"])
    return options


def _iso(day: dt.date) -> str:
    return (day.date() if isinstance(day, dt.datetime) else day).isoformat()


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    from certcheck.staff_list.header_words import load_headers

    headers = load_headers()
    columns = {}
    for pair in pairs:
        name, found, label = pair.partition("=")
        if not found or not label or not headers.is_field(name):
            known = "、".join([*headers.person, *headers.claim])
            raise InputError(f"--columns 应写成 字段=表头，现为“{pair}”。字段有：{known}")
        columns[name] = label
    return columns
