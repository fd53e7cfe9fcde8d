"""How two texts differ where a hand may have slipped: one character, or two neighbours changed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SlipKind(StrEnum):
    """What a hand does by mistake."""

    REPLACED = "replaced"
    SWAPPED = "swapped"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; ``place`` counts from 1 in the text that was written, or where the missing one belongs."""

    kind: SlipKind
    place: int

    def told(self, unit: str) -> str:
        """Say it for the reader; ``unit`` is what the text is counted in (字, 位)."""
        if self.kind is SlipKind.REPLACED:
            return f"只有第 {self.place} {unit}不同"
        if self.kind is SlipKind.SWAPPED:
            return f"第 {self.place}、{self.place + 1} {unit}颠倒"
        return f"所填{'少' if self.kind is SlipKind.MISSING else '多'}了第 {self.place} {unit}"


def slip(written: str, right: str) -> Slip | None:
    """Give the one slip that makes the one text of the other; None where there is none, or more.

    It is one step of the restricted Damerau-Levenshtein distance.
    """
    start = 0
    while start < min(len(written), len(right)) and written[start] == right[start]:
        start += 1
    own, theirs = written[start:], right[start:]
    if not own and not theirs:
        return None
    if own[1:] == theirs[1:] and own and theirs:
        return Slip(SlipKind.REPLACED, start + 1)
    if own == theirs[1:]:
        return Slip(SlipKind.MISSING, start + 1)
    if own[1:] == theirs:
        return Slip(SlipKind.EXTRA, start + 1)
    if own[:2] == theirs[:2][::-1] and own[2:] == theirs[2:]:
        return Slip(SlipKind.SWAPPED, start + 1)
    return None
