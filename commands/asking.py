"""How a run of ``zhengkao check`` asks a registry: site, pace, and who answers captchas."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import shlex
import shutil
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from certcheck.journal import Journal, Read
from certcheck.model import Question
from certcheck.registry.hosts import is_loopback
from certcheck.registry.interface import CaptchaAsker, Challenge, Exchange, Registry, RegistryStopError
from certcheck.registry.lookup import LookUp
from certcheck.registry.pacing import Pacer
from certcheck.rules import Pack
from commands import settings
from common.errors import InputError

LEAST_GAP = 3.0
"""Seconds between two queries of a site that is not on this machine, whatever a rule file says."""
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def check_asking(options: dict[str, Any]) -> None:
    """Refuse what cannot work before anything is asked."""
    gap = options["gap"]
    if gap is not None and not math.isfinite(gap):
        raise InputError("--gap 应为秒数，例如 3。")
    captcha_asker(options["captcha"])
    if options["registry"] != "none":
        from certcheck.registry.site import base_address

        host = urlsplit(base_address(options["registry"])).netloc
        _gap(gap, LEAST_GAP, host)


def captcha_asker(way: str) -> CaptchaAsker:
    """Give the way to a person that ``--captcha`` names."""
    from certcheck.registry.askpass import AskpassAsker
    from commands.terminal import TerminalAsker

    if way == "ask":
        return TerminalAsker()
    if way == "web":
        raise InputError("网页回答验证码（--captcha web）尚未提供，请用 ask 或 askpass:程序。")
    kind, found, program = way.partition(":")
    if kind != "askpass" or not found or not program.strip():
        raise InputError(f"--captcha 应为 ask 或 askpass:程序，现为“{way}”。")
    try:
        command = [program] if Path(program).exists() else shlex.split(program, posix=sys.platform != "win32")
    except ValueError as error:  # a quotation mark without its other half
        raise InputError("--captcha askpass: 后面的命令引号不成对。") from error
    if not command or shutil.which(command[0]) is None:
        raise InputError("--captcha askpass: 后面的程序找不到，或不能执行。请检查路径和权限。")
    return AskpassAsker(command)


class ClosedSite:
    """A site that is not asked any more in this run; what it answered before still counts."""

    def __init__(self, host: str) -> None:
        self.host = host

    def challenge(self) -> Challenge | Exchange:
        """Stop the asking.

        Raises
        ------
        RegistryStopError
            always.
        """
        raise RegistryStopError("按 --registry none，没有继续查询；已有答复照样计入。")

    def query(self, question: Question, challenge: Challenge, answer: str) -> Exchange:
        """Stop the asking, as ``challenge`` does."""
        raise RegistryStopError("按 --registry none，没有继续查询；已有答复照样计入。")


def look_up(
    options: dict[str, Any],
    run: tuple[str, dt.datetime],
    pack: Pack,
    journal: Journal,
    read: Read,
    asker: CaptchaAsker | None,
    closing: contextlib.ExitStack,
) -> LookUp | None:
    """Put together what asks; None where nothing is to be asked. ``run`` is its name and start."""
    if options["registry"] == "none":
        return None
    from certcheck.registry.site import Bounds, QuerySite
    from commands.root import VERSION

    open_site = QuerySite(
        options["registry"],
        now=settings.now,
        user_agent=f"zhengkao/{VERSION} (certificate verification; captchas are answered by a person)",
        bounds=Bounds(
            pack.number("connect_seconds"), pack.number("answer_seconds"), pack.number("most_answer_bytes")
        ),
    )
    closing.callback(open_site.close)
    site: Registry = ClosedSite(open_site.host) if options.get("ask_no_more") else open_site
    last = journal.last_asked(site.host)
    pacer = Pacer(
        _gap(options["gap"], pack.number("gap_seconds"), site.host),
        pack.number("refusals_to_stop"),
        monotonic=time.monotonic,
        sleep=time.sleep,
        since_last=None if last is None else (settings.now() - last).total_seconds(),
    )
    name, started = run
    return LookUp(
        site, asker or captcha_asker(options["captcha"]), journal, pacer, read, name,
        _not_before(started, options["max_age"]), pack.number("captchas_per_question"),
    )  # fmt: skip


def asked_line(look_up: LookUp | None) -> str:
    """Say who was asked, or that nobody was."""
    if look_up is None:
        return "本次没有联网核验：没有向国家平台查询任何人，“材料无误”只指所填材料本身。"
    from certcheck.registry.site import OFFICIAL

    if f"https://{look_up.site.host}" == OFFICIAL:
        return f"已向国家平台（{look_up.site.host}）查询。"
    return f"已向 {look_up.site.host} 查询。注意：这不是国家平台，结果不能作为依据。"


def _not_before(started: dt.datetime, days: int) -> dt.datetime:
    """Say from when on older answers count, seen from the start of the run, however late it goes on."""
    if not days:
        return _NEVER
    try:
        return started - dt.timedelta(days=days)
    except OverflowError:
        return _EVER


def _gap(stated: float | None, usual: float, host: str) -> float:
    here = is_loopback(urlsplit(f"//{host}").hostname or "")
    least = 0.0 if here else max(LEAST_GAP, usual)
    gap = max(least, usual) if stated is None else float(stated)
    if gap < least:
        raise InputError(f"--gap 不能小于 {least:g} 秒：对国家平台要有节制；只有本机地址可以更短。")
    return gap
