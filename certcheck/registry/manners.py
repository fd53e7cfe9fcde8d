"""How politely a site is asked: the values of the rule pack, and how far an administrator may change them.

None of it is law. The pack is ``data/rules/certificate/registry.toml``, where each value is explained.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from certcheck.registry.hosts import is_this_machine
from certcheck.rules import Pack
from common.errors import InputError

LEAST_GAP = 3.0
"""Seconds between two queries of a site that is not on this machine, whatever a rule file says."""
_NEVER_LESS = {"gap_seconds": int(LEAST_GAP), "backoff_factor": 2, "backoff_most_times": 16}
_NEVER_MORE = {"refusals_to_stop": 5, "daily_budget": 1000}
_AT_LEAST_ONE = ("backoff_factor", "backoff_most_times", "refusals_to_stop", "captchas_per_question")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by the local clock, as minutes after midnight; the same time twice is always open."""

    opens: int = 0
    closes: int = 24 * 60

    def next_opening(self, moment: dt.datetime) -> dt.datetime | None:
        """Give the moment when the site may be asked again; None while it is open."""
        minute = moment.hour * 60 + moment.minute
        if self.opens % (24 * 60) == self.closes % (24 * 60):
            return None
        over_midnight = self.opens > self.closes
        first, second = sorted((self.opens, self.closes))
        if (first <= minute < second) is not over_midnight:
            return None
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        later = day if minute < self.opens else day + dt.timedelta(days=1)
        return later + dt.timedelta(minutes=self.opens)

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Manners:
    """How one host is asked; times in seconds.

    ``jitter`` is the largest share of the gap that is added to it. ``budget`` is None where a day has
    no limit. Each failure in a row multiplies the gap by ``backoff_factor``, at most
    ``backoff_times`` in all.
    """

    gap: float
    jitter: float = 0.0
    backoff_factor: int = 2
    backoff_times: int = 16
    refusals_to_stop: int = 5
    longest_wait: float = 120.0
    budget: int | None = None
    hours: Hours = Hours()
    abandoned: float = 2.0
    turn_wait: float = 300.0
    captchas_per_question: int = 5
    captcha_keep: float = 50.0


def manners_of(pack: Pack, host: str, gap: float | None) -> Manners:
    """Give how a host is asked by a pack, and by ``--gap`` where it is stated.

    Raises
    ------
    InputError
        the pack or the gap is less strict than it may be for this host, or a time is none.
    """
    here = is_this_machine(host)
    for name in _AT_LEAST_ONE:
        _refuse(pack, name, "小于", 1, wrong=pack.number(name) < 1)
    if not here:
        for name, least in _NEVER_LESS.items():
            _refuse(pack, name, "小于", least, wrong=pack.number(name) < least)
        for name, most in _NEVER_MORE.items():
            _refuse(pack, name, "大于", most, wrong=pack.number(name) > most)
    limited = not here or bool(pack.values["budget_on_loopback"].value)
    return Manners(
        gap=_gap(gap, pack.number("gap_seconds"), here=here),
        jitter=pack.number("jitter_percent") / 100,
        backoff_factor=pack.number("backoff_factor"),
        backoff_times=pack.number("backoff_most_times"),
        refusals_to_stop=pack.number("refusals_to_stop"),
        longest_wait=pack.number("longest_wait_seconds"),
        budget=pack.number("daily_budget") if limited else None,
        hours=Hours(_minutes(pack, "opens_at"), _minutes(pack, "closes_at")),
        abandoned=pack.number("abandoned_seconds"),
        turn_wait=pack.number("turn_wait_seconds"),
        captchas_per_question=pack.number("captchas_per_question"),
        captcha_keep=pack.number("captcha_keep_seconds"),
    )


def _gap(stated: float | None, usual: float, *, here: bool) -> float:
    if stated is None:
        return usual
    if not here and stated < usual:
        raise InputError(f"--gap 不能小于 {usual:g} 秒：对国家平台要有节制；只有本机地址可以更短。")
    return float(stated)


def _refuse(pack: Pack, name: str, direction: str, limit: int, *, wrong: bool) -> None:
    if wrong:
        raise InputError(
            f"规则“{pack.name}”：{name} 不能{direction} {limit}：对国家平台的节制只可以更严。请修改 --rules 文件。"
        )


def _minutes(pack: Pack, name: str) -> int:
    written = str(pack.values[name].value)
    if not _CLOCK.fullmatch(written):
        raise InputError(f"规则“{pack.name}”：{name} 应为 00:00 至 24:00 的时刻，现为“{written}”。")
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
