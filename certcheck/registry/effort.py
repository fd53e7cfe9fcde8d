"""How much of a person's time the captchas that are left will take."""

from __future__ import annotations

_MINUTE = 60.0


class Effort:
    """The person's answering times so far, and how many people's questions are still open."""

    def __init__(self) -> None:
        self._seconds: list[float] = []
        self.left = 0

    def note(self, seconds: float) -> None:
        """Note how long the person took for one captcha."""
        self._seconds.append(seconds)

    @property
    def minutes_left(self) -> float | None:
        """Give the minutes that the open questions will take, one captcha each.

        The median of the times so far counts (of two in the middle the longer), so that one long
        pause does not spoil the estimate; None before the first.
        """
        if not self._seconds:
            return None
        return sorted(self._seconds)[len(self._seconds) // 2] * self.left / _MINUTE
