"""Captchas of the replica: issued, used once, gone after a while.

Text, identifier and picture follow from the seed and a counter by HMAC-SHA-256, so that a run
with the same seed shows the same captchas.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from certcheck.registry.replica.picture import draw_captcha

_KEPT = 10_000
"""How many captchas are remembered; the oldest are forgotten first."""


class CaptchaUse(StrEnum):
    """What became of an answer to a captcha; the values stand in the audit log."""

    RIGHT = "captcha-right"
    WRONG = "captcha-wrong"
    EXPIRED = "captcha-expired"
    USED = "captcha-used"
    UNKNOWN = "captcha-unknown"


@dataclass(frozen=True, slots=True)
class Captcha:
    """A captcha to show: its identifier and its picture."""

    uuid: str
    png: bytes = field(repr=False)


@dataclass(slots=True)
class _Issued:
    text: str
    at: float
    used: bool = False


class Captchas:
    """The captchas that were issued and what became of them; safe to use from several threads.

    Parameters
    ----------
    seed
        whoever knows it knows every answer: a secret, except in a test.
    clock
        seconds, as ``time.time``.
    seconds
        the life of a captcha.
    """

    def __init__(self, seed: bytes, clock: Callable[[], float], seconds: float) -> None:
        self._seed, self._clock, self._seconds = seed, clock, seconds
        self._lock = threading.Lock()
        self._count = 0
        self._issued: dict[str, _Issued] = {}

    def issue(self) -> Captcha:
        """Make the next captcha."""
        with self._lock:
            self._count += 1
            count = self._count
            uuid = self._derive("uuid", count).hex()[:32]
            text = str(1000 + int.from_bytes(self._derive("text", count), "big") % 9000)
            self._issued[uuid] = _Issued(text, self._clock())
            while len(self._issued) > _KEPT:
                del self._issued[next(iter(self._issued))]
        return Captcha(uuid, draw_captcha(text, self._derive("picture", count)))

    def use(self, uuid: str, answer: str) -> CaptchaUse:
        """Use up a captcha, whether the answer is right or wrong."""
        with self._lock:
            issued = self._issued.get(uuid)
            if issued is None:
                return CaptchaUse.UNKNOWN
            if issued.used:
                return CaptchaUse.USED
            issued.used = True
            if self._clock() - issued.at > self._seconds:
                return CaptchaUse.EXPIRED
            return CaptchaUse.RIGHT if answer.strip() == issued.text else CaptchaUse.WRONG

    def _derive(self, purpose: str, count: int) -> bytes:
        return hmac.new(self._seed, f"captcha {purpose} {count}".encode(), hashlib.sha256).digest()
