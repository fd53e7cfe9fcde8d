"""Politeness: a least gap between the starts of two queries, and a stop after repeated refusals."""

from __future__ import annotations

from collections.abc import Callable

from certcheck.registry.interface import ReadingState, RefusedError

_UNEVENNESS = 0.05  # seconds: a site counts arrivals, and the way there takes now less, now more


class Pacer:
    """Holds queries apart and counts refusals in a row.

    Parameters
    ----------
    gap
        least seconds between the starts of two queries.
    refusals_to_stop
        so many refusals in a row end the run.
    monotonic, sleep
        the clock and the wait, as arguments.
    since_last
        seconds since the site was last asked, by an earlier run; None where it was not.
    """

    def __init__(
        self,
        gap: float,
        refusals_to_stop: int,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        since_last: float | None = None,
    ) -> None:
        self._gap = gap + _UNEVENNESS if gap > 0 else 0.0
        self._limit = refusals_to_stop
        self._monotonic, self._sleep = monotonic, sleep
        # a clock that was set back must not make anybody wait longer than the gap
        self._last = None if since_last is None else monotonic() - max(since_last, 0.0)
        self._refusals = 0

    def wait_for_turn(self) -> None:
        """Wait until the next query may start, and count it as started."""
        if self._last is not None:
            while (left := self._last + self._gap - self._monotonic()) > 0:
                self._sleep(left)
        self._last = self._monotonic()

    def note(self, state: ReadingState) -> None:
        """Count what came back.

        Raises
        ------
        RefusedError
            the site refused too often in a row.
        """
        self._refusals = self._refusals + 1 if state is ReadingState.REFUSED else 0
        if self._refusals >= self._limit:
            raise RefusedError(
                f"国家平台连续 {self._refusals} 次拒绝查询，本次核验已停止，已有结果全部保留。请过一段时间再用 --resume 继续。",
            )
