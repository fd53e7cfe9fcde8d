"""What a table or a batch holds and nobody reads.

Somebody meant something by it. Where it resembles what is missing it is a fault: a table of relations under another name
would be planned without, and without a word. Everything else is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from common.text import key

_ALIKE = 0.75  # Chinese: of four characters three
_ALIKE_LATIN = 0.8
_SHORTEST = 2  # characters that say something when they are part of a name


def resembled(written: str, names: Iterable[str]) -> str:
    """Give the one of some names that a word resembles most; "" where it resembles none."""
    word = key(written)
    alike = {name: SequenceMatcher(None, word, key(name), autojunk=False).ratio() for name in names}
    least = _ALIKE_LATIN if word.isascii() else _ALIKE
    found = [name for name, ratio in alike.items() if ratio >= least or _is_part(word, key(name))]
    return max(found, default="", key=lambda name: alike[name])


def _is_part(word: str, name: str) -> bool:
    within = word in name or name in word
    return within and not word.isascii() and min(len(word), len(name)) >= _SHORTEST
