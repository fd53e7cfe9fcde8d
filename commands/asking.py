"""How a run of ``zhengkao check`` asks a registry: site, pace, and who answers captchas."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from certcheck.journal import Journal, Read
from certcheck.registry.effort import Effort
from certcheck.registry.interface import CaptchaAsker, Registry
from certcheck.registry.lookup import LookUp
from certcheck.registry.manners import Manners, manners_of
from certcheck.registry.pacing import Halt, Pacer, uneven
from certcheck.registry.turns import Turns
from certcheck.rules import Pack, load_rules
from certcheck.verdict_words import UNSETTLED
from commands import settings
from common.errors import InputError
from common.shell import words

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_LONGEST_CONTACT = 100
_ASK_NO_MORE = "按 --registry none，没有继续查询；已有答复照样计入。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: the address without its generation, and which that is."""

    address: str
    first_generation: bool

    @property
    def host(self) -> str:
        """Give the host with its port."""
        return urlsplit(self.address).netloc


def check_asking(options: dict[str, Any]) -> None:
    """Refuse what cannot work before anything is asked."""
    gap = options["gap"]
    if gap is not None and not math.isfinite(gap):
        raise InputError("--gap 应为秒数，例如 3。")
    captcha_asker(options["captcha"], Effort())
    user_agent(options["contact"])
    if options["registry"] != "none":
        from certcheck.registry.proxies import proxies_for

        asked = asked_of(options["registry"])
        proxies_for(options["proxy"], asked.address)
        rules = load_rules(extra=Path(options["rules"]) if options["rules"] else None)
        manners_of(rules.at("registry", dt.date.fromisoformat(options["as_of"])), asked.host, gap)


def asked_of(registry: str) -> Asked:
    """Read ``--registry``: ``mem``, an address, or ``gen1+`` and an address.

    Raises
    ------
    InputError
        it is none of these.
    """
    from certcheck.registry.first_generation import FIRST_GENERATION
    from certcheck.registry.site import base_address

    first = registry.startswith(FIRST_GENERATION)
    address = registry.removeprefix(FIRST_GENERATION)
    if first and address == "mem":
        raise InputError("国家平台已不用旧版查询页。--registry gen1+ 后面应为旧版查询页的网址。")
    return Asked(base_address(address), first)


def user_agent(contact: str) -> str:
    """Say honestly who asks: program, version, and how to reach whoever runs it.

    Raises
    ------
    InputError
        the contact cannot stand in a header.
    """
    from commands.root import VERSION

    if not contact.isascii() or not contact.isprintable() or len(contact) > _LONGEST_CONTACT:
        raise InputError(f"--contact 应为邮箱或网址（英文字符，不超过 {_LONGEST_CONTACT} 个）。")
    told = contact.strip() or "certificate verification; captchas are answered by a person"
    return f"zhengkao/{VERSION} ({told})"


def captcha_asker(way: str, effort: Effort) -> CaptchaAsker:
    """Give the way to a person that ``--captcha`` names."""
    from certcheck.registry.askpass import AskpassAsker
    from commands.terminal import TerminalAsker

    if way == "ask":
        return TerminalAsker(lambda: settings.effort_words(effort))
    if way == "web":
        raise InputError("网页回答验证码（--captcha web）尚未提供，请用 ask 或 askpass:程序。")
    kind, found, program = way.partition(":")
    if kind != "askpass" or not found or not program.strip():
        raise InputError(f"--captcha 应为 ask 或 askpass:程序，现为“{way}”。")
    try:
        command = [program] if Path(program).exists() else words(program)
    except ValueError as error:  # a quotation mark without its other half
        raise InputError("--captcha askpass: 后面的命令引号不成对。") from error
    if not command or shutil.which(command[0]) is None:
        raise InputError("--captcha askpass: 后面的程序找不到，或不能执行。请检查路径和权限。")
    return AskpassAsker(command)


def look_up(
    options: dict[str, Any],
    run: tuple[str, dt.datetime],
    pack: Pack,
    journal: Journal,
    engine: sa.Engine,
    read: Read,
    asker: CaptchaAsker | None,
    closing: contextlib.ExitStack,
) -> LookUp | None:
    """Put together what asks; None where nothing is to be asked. ``run`` is its name and start."""
    if options["registry"] == "none":
        return None
    site = _site(options, pack, closing)
    manners = manners_of(pack, site.host, options["gap"])
    name, started = run
    halt, effort = Halt(), Effort()
    return LookUp(
        site,
        asker or captcha_asker(options["captcha"], effort),
        journal,
        _pacer(manners, site.host, engine, halt, name),
        manners,
        read,
        name,
        _not_before(started, options["max_age"]),
        halt,
        time.monotonic,
        closed=_ASK_NO_MORE if options.get("ask_no_more") else "",
        effort=effort,
    )


def _site(options: dict[str, Any], pack: Pack, closing: contextlib.ExitStack) -> Registry:
    """Open the site that is asked; nothing is sent yet."""
    from certcheck.registry.first_generation import FirstGenerationSite
    from certcheck.registry.proxies import proxies_for
    from certcheck.registry.site import Bounds, Connection, QuerySite

    asked = asked_of(options["registry"])
    connection = Connection(
        asked.address,
        now=settings.now,
        user_agent=user_agent(options["contact"]),
        bounds=Bounds(
            pack.number("connect_seconds"), pack.number("answer_seconds"), pack.number("most_answer_bytes")
        ),
        proxies=proxies_for(options["proxy"], asked.address),
        keep_cookies=not asked.first_generation,
    )
    closing.callback(connection.close)
    return FirstGenerationSite(connection, settings.now) if asked.first_generation else QuerySite(connection)


def _pacer(manners: Manners, host: str, engine: sa.Engine, halt: Halt, run: str) -> Pacer:
    turns = Turns(
        engine, host,
        wall=time.time, monotonic=time.monotonic, sleep=halt.sleep, patience=manners.turn_wait,
    )  # fmt: skip
    return Pacer(
        manners, turns,
        now=settings.now, monotonic=time.monotonic, sleep=halt.sleep, jitter=uneven(run), tell=settings.tell,
    )  # fmt: skip


def asked_line(look_up: LookUp | None, *, saved: bool = False) -> str:
    """Say who was asked, or that nobody was; rows are called otherwise where ``saved`` pages were to answer."""
    if look_up is None:
        told = f"“{UNSETTLED}”只指所填材料本身没有问题" if saved else "“材料无误”只指所填材料本身"
        return f"本次没有联网核验：没有向国家平台查询任何人，{told}。"
    from certcheck.registry.site import OFFICIAL

    host, official = look_up.site.host, f"https://{look_up.site.host}" == OFFICIAL
    asked_of_them = f"国家平台（{host}）" if official else f" {host} "
    own = any(not one.reused for one in look_up.journal.exchanges_of(look_up.run))
    told = f"已向{asked_of_them}查询。" if own else f"本次没有向{asked_of_them}查询任何人。"
    return told + "注意：这不是国家平台，结果不能作为依据；下文写作“国家平台”的，都是指它。" * (not official)


def _not_before(started: dt.datetime, days: int) -> dt.datetime:
    """Say from when on older answers count, seen from the start of the run, however late it goes on."""
    if not days:
        return _NEVER
    try:
        return started - dt.timedelta(days=days)
    except OverflowError:
        return _EVER
