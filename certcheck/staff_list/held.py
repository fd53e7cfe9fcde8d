"""Cells that say whether a certificate is held: 有, ×, 待办, 培训中."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from common.sheets import CellValue, cell_text
from common.text import fold, key

_BEHIND = re.compile(r"[\s(（\[【,，;；:：。/、]")
_A_NUMBER = re.compile(r"\d{15}|[Tt]\d{6}")
_A_COUNT = re.compile(r"\d?|\W+")
_LONGEST = 40


@dataclass(frozen=True)
class HeldWords:
    """The words for a certificate that is held, for one that is not, and for one that is still to come."""

    words: Mapping[str, frozenset[str]]

    def says_yes(self, value: CellValue) -> bool:
        """Say whether a cell under a certificate's name is a plain yes; signs without words are ticks, and so are counts."""
        text = key(cell_text(value))
        return text in self.words["yes"] or _A_COUNT.fullmatch(text) is not None

    def says_no(self, value: CellValue) -> bool:
        """Say whether a cell under a certificate's name says that it is not held, or not yet."""
        return key(cell_text(value)) in self.words["no"] or self.is_pending(value)

    def is_pending(self, value: CellValue) -> bool:
        """Say whether a cell says that there is no certificate yet, whatever note is behind the word.

        A number beside it is somebody's certificate, and speaks for itself.
        """
        if not isinstance(value, str) or value[:1] not in self._beginnings or len(value) > _LONGEST:
            return False
        text = value.lstrip()
        words = {key(text), key(_BEHIND.split(fold(text), maxsplit=1)[0])}
        return not words.isdisjoint(self.words["pending"]) and not _A_NUMBER.search(text)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.words["pending"]) | frozenset(" \u3000\u00a0\t")
