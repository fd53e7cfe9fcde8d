"""Politeness: when the next query of a host may start, and when asking is over for now.

The gap counts from the last query of any process of the database (``turns``). Failures lengthen it,
nothing shortens it below what ``manners`` say, and a wait that the site asks for is kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from certcheck.registry.interface import (
    Exchange,
    NotNowError,
    ReadingState,
    RefusedError,
    UnreachableError,
)
from certcheck.registry.manners import Manners
from certcheck.registry.retry_after import pause_asked
from certcheck.registry.turns import Turn, Turns

_UNEVENNESS = 0.05  # seconds: a site counts arrivals, and the way there takes now less, now more
_GRACE = 1.0  # seconds over the longest wait that still count as it
_WORTH_TELLING = 5.0  # seconds of waiting that a person wonders about
_SLICE = 0.5  # seconds until an interruption is noticed where the system does not break a wait off
_LATER = "本次核验已暂停，已有结果全部保留。"

Tell = Callable[[str], None]


class HaltedError(Exception):
    """A wait was broken off, since the run ends; nobody is told, for whoever ended it knows."""


class Halt:
    """Waits that can be broken off from another thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def now(self) -> None:
        """Break off every wait that is under way or yet to come."""
        self._event.set()

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises
        ------
        HaltedError
            the wait was broken off.
        """
        while not self._event.wait(min(seconds, _SLICE)):
            seconds -= _SLICE
            if seconds <= 0:
                return
        raise HaltedError


def uneven(seed: str) -> Callable[[int], float]:
    """Give a sequence that is even over [0, 1) and follows from its seed alone."""

    def nth(count: int) -> float:
        digest = hashlib.sha256(f"zhengkao jitter {seed} {count}".encode()).digest()
        return int.from_bytes(digest[:7], "big") / 2**56

    return nth


class Begun(NamedTuple):
    """A query that has started: its number among the turns, and when, by the clock of waiting."""

    number: int
    moment: float


class Pacer:
    """Holds the queries of one host apart, and ends the asking where it must end.

    Parameters
    ----------
    manners, turns
        how the host is asked, and its turns over all processes.
    now, monotonic, sleep
        the local time with its zone, the clock of waiting, and the wait.
    jitter
        the nth number in [0, 1) of a sequence; times the manners' jitter it lengthens the gap.
    tell
        says in words for the user that a long wait begins.
    """

    def __init__(
        self,
        manners: Manners,
        turns: Turns,
        *,
        now: Callable[[], dt.datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        jitter: Callable[[int], float],
        tell: Tell,
    ) -> None:
        self._manners, self._turns = manners, turns
        self._now, self._monotonic, self.sleep = now, monotonic, sleep
        self._jitter, self._tell = jitter, tell
        self._failures = self._refusals = self._unreached = self._counted = 0
        self._seen: int | None = None
        self._began = 0.0  # of the last query, by the clock of waiting
        self._looked = float("-inf")
        self._looking = threading.Lock()  # one thread looks ahead while another puts a query

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Hold the host, so that nobody else asks it anything."""
        return self._turns.alone()

    @contextlib.contextmanager
    def fetching(self) -> Iterator[None]:
        """Hold the host for a captcha: no gap, but for a pause that was asked for and after failures."""
        while True:
            with self.alone():
                left = self._seconds_left(gap=self._failures > 0)
                if left <= 0:
                    yield
                    return
            self.sleep(left)

    def seconds_left(self) -> float:
        """Give how long the next query must wait.

        Raises
        ------
        NotNowError
            the site asked for a longer pause than a run waits.
        """
        return self._seconds_left(gap=True)

    @property
    def interval(self) -> float:
        """The seconds between two queries as things stand."""
        return self._gap()

    def ready(self, lead: float) -> None:
        """Make sure that a query may come within ``lead`` seconds, before a person is troubled for it.

        Raises
        ------
        NotNowError
            the site is not to be asked now.
        """
        self._refuse_if_closed()
        left = self.seconds_left() - lead
        if left > _WORTH_TELLING:
            why = "连接不上查询平台" if self._unreached else "放慢查询"
            self._tell(f"{why}：等待 {left:.0f} 秒后继续……")
        while left > 0:
            self.sleep(left)
            left = self.seconds_left() - lead

    def begin(self) -> Begun:
        """Note that a query starts now. The host must be held, and the wait be over.

        Raises
        ------
        NotNowError
            the site is not to be asked now.
        """
        self._refuse_if_closed()
        with self._looking:
            self._seen = self._turns.start()
            self._began = self._looked = self._monotonic()
            self._counted += 1
            return Begun(self._seen, self._began)

    def end(self, begun: Begun, exchange: Exchange) -> None:
        """Note that a query has ended, with the pause that its answer asks for from now on."""
        self._unreached = 0 if exchange.reached else self._unreached + 1
        age, asked = self._monotonic() - begun.moment, pause_asked(exchange)
        self._turns.end(begun.number, age, age + asked + _UNEVENNESS if asked else 0.0)

    def note(self, state: ReadingState) -> None:
        """Count what came back; a wrong captcha is neither a failure nor a success.

        Raises
        ------
        RefusedError
            the site refused too often in a row.
        UnreachableError
            it could not be reached as often.
        """
        if self._unreached >= self._manners.refusals_to_stop:
            raise UnreachableError(
                f"连续 {self._unreached} 次连接不上查询平台，本次核验已停止，已有结果全部保留。"
                "请检查网络、防火墙、代理（--proxy）和 --registry 的地址，再用 --resume 继续。"
            )
        if state in (ReadingState.REFUSED, ReadingState.UNUSABLE):
            self._failures += 1 if self._slower() < self._manners.backoff_times else 0
        elif state is ReadingState.CAPTCHA_WRONG:
            self._tell("上一张验证码没有通过，请看清新的一张再答")
        else:
            self._failures = max(self._failures - 1, 0)
        self._refusals = self._refusals + 1 if state is ReadingState.REFUSED else 0
        if self._refusals >= self._manners.refusals_to_stop:
            raise RefusedError(
                f"国家平台连续 {self._refusals} 次拒绝查询，本次核验已停止，已有结果全部保留。请过一段时间再用 --resume 继续。",
            )

    def _slower(self) -> int:
        times = self._manners.backoff_factor**self._failures
        return int(min(times, self._manners.backoff_times))

    def _seconds_left(self, *, gap: bool) -> float:
        with self._looking:
            latest, now = self._turns.latest(), self._monotonic()
            if latest is not None and latest.number != self._seen:
                self._see(latest, now)
            self._looked = now
            if latest is None:
                return 0.0
            asked = self._began + latest.pause - now
            wait = self._gap() if gap else 0.0
            if latest.under_way:
                wait = max(wait, self._manners.abandoned)
            left = max(asked, self._began + wait - now, 0.0)
        if asked > self._manners.longest_wait + _GRACE:
            moment = self._now() + dt.timedelta(seconds=asked)
            raise NotNowError(
                f"查询平台要求稍后再来。{_LATER}请在 {moment:%Y-%m-%d %H:%M:%S} 之后用 --resume 继续。"
            )
        return left

    def _see(self, latest: Turn, now: float) -> None:
        """Place a new last query on the clock of waiting, which nobody sets.

        The clock of the day may be set back (then it began just now, at the latest) or forward (then
        it still began after the look before, when it was not there yet).
        """
        self._began = now - min(max(latest.age, 0.0), now - self._looked)
        self._seen = latest.number
        self._counted += 1

    def _gap(self) -> float:
        gap = self._manners.gap
        if gap <= 0:
            return 0.0
        return gap * self._slower() + gap * self._manners.jitter * self._jitter(self._counted) + _UNEVENNESS

    def _refuse_if_closed(self) -> None:
        now = self._now()
        opening = self._manners.hours.next_opening(now)
        if opening is not None:
            raise NotNowError(
                f"现在不在规定的查询时段（{self._manners.hours}）。{_LATER}请在 {opening:%Y-%m-%d %H:%M} 之后用 --resume 继续。"
            )
        budget = self._manners.budget
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if budget is not None and self._turns.count_since(midnight.timestamp()) >= budget:
            raise NotNowError(
                f"今天对该平台的查询已达上限（{budget} 次）。{_LATER}请明天再用 --resume 继续。"
            )
