"""The person's desk: pictures fetched ahead, answers typed ahead, each used while it is fresh.

A captcha goes with a token and not with a question. So what is typed while a query is under way
serves whichever question is put next: the same one again where that query failed, else the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from certcheck.registry.effort import Effort
from certcheck.registry.interface import (
    CaptchaAsker,
    Challenge,
    Exchange,
    NobodyHereError,
    RegistryStopError,
)
from certcheck.registry.pacing import Pacer
from common.waiting import outcome


@dataclass(frozen=True, slots=True)
class Fetched:
    """A picture, and when it came, by the clock of waiting."""

    challenge: Challenge
    moment: float


@dataclass(frozen=True, slots=True)
class Typed:
    """An answered captcha, and when it was typed."""

    challenge: Challenge
    answer: str = field(repr=False)
    moment: float


class Desk:
    """Where one person answers captchas, in the thread that calls; pictures come by the worker.

    Parameters
    ----------
    asker
        the way to the person.
    worker
        the one thread that talks to the site.
    fetch
        run there: fetches a captcha, or gives the failure.
    pacer
        knows when the site may be asked again.
    keep
        seconds that a picture may lie before it is shown, and an answer before it is sent.
    """

    def __init__(
        self,
        asker: CaptchaAsker,
        worker: ThreadPoolExecutor,
        fetch: Callable[[], Challenge | Exchange],
        pacer: Pacer,
        *,
        keep: float,
        monotonic: Callable[[], float],
        effort: Effort,
    ) -> None:
        self._asker, self._worker, self._fetch, self._pacer = asker, worker, fetch, pacer
        self._keep, self._monotonic, self._effort = keep, monotonic, effort
        self._hand: deque[Typed | Exchange] = deque()
        self._ahead: Future[Fetched | Exchange] | None = None
        self._stop: RegistryStopError | None = None

    def captcha(self, later: int) -> Typed | Exchange:
        """Give an answered captcha, from the hand or from the person; the failure where no picture came.

        ``later`` is how many more will be needed for certain, one for each question after this.

        Raises
        ------
        RegistryStopError
            nobody is there, or the site is not to be asked now.
        """
        if self._hand:
            return self._hand.popleft()
        if self._stop is not None:
            raise self._stop
        return self._type(later)

    def type_ahead(self, later: int) -> None:
        """Let the person answer the next captcha while a query is under way, if it is needed for certain.

        Nobody's typing is asked for on the mere chance that the query under way fails.
        """
        if self._stop is not None or len(self._hand) >= later or not self._ahead_is_fresh():
            return
        try:
            self._hand.append(self._type(later - len(self._hand) - 1))
        except (
            RegistryStopError
        ) as stop:  # told when the next captcha is wanted; the query is still under way
            self._stop = stop

    def put_back(self, typed: Typed) -> None:
        """Take back an answer that was not sent."""
        self._hand.appendleft(typed)

    def stale(self, moment: float) -> bool:
        """Say whether something of that moment has lain for too long."""
        return self._monotonic() - moment > self._keep

    def _ahead_is_fresh(self) -> bool:
        """Say whether what is done one query ahead is still fresh at its turn, at the pace of this moment."""
        return self._pacer.interval <= self._keep / 2

    def _type(self, later: int) -> Typed | Exchange:
        self._pacer.ready(self._keep / 2)
        fetched = self._picture()
        if isinstance(fetched, Exchange):
            return fetched
        if later > 0 and self._ahead_is_fresh():
            self._ahead = self._worker.submit(self._fetched)
        self._effort.left = later + 1
        shown = self._monotonic()
        answer = self._asker.ask(fetched.challenge.image)
        if answer is None:
            raise NobodyHereError("没有人回答验证码，本次核验已暂停，已有结果全部保留。请用 --resume 继续。")
        typed = self._monotonic()
        self._effort.note(typed - shown)
        return Typed(fetched.challenge, answer, typed)

    def _picture(self) -> Fetched | Exchange:
        """Give the picture that was fetched ahead while it is fresh, else fetch one."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            fetched = outcome(ahead)
            if isinstance(fetched, Exchange) or not self.stale(fetched.moment):
                return fetched
        return outcome(self._worker.submit(self._fetched))

    def _fetched(self) -> Fetched | Exchange:
        got = self._fetch()
        return Fetched(got, self._monotonic()) if isinstance(got, Challenge) else got
