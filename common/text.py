"""Folding of written text, so that look-alikes compare equal and the original stays quotable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 1 << 15
"""How many texts a function of this kind remembers: the words of a long list repeat, its numbers do not."""

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u0000-\u0008\u000e-\u001f\u007f]"
)
_RAISED = re.compile("([\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]+)")
"""Raised, lowered and ringed digits: the mark of a footnote, no digit of the number that it stands beside."""
_MARK_BEHIND = re.compile(rf"{_RAISED.pattern}[\s)）\]】]*$")
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[\s、，,。．.;；:：/\\|()（）\[\]【】《》<>“”\"'‘’·•‧・—\-–_~～*#]+")
_MIDDLE_DOTS = re.compile("[·•‧∙⋅・･●⦁᛫．.]")

_NOTHING_WORDS = ("无", "暂无", "没有", "无证", "未取证", "未持证", "none", "null", "n/a", "nan")
NOTHING_STATED = frozenset({"", "/", "//", "-", "--", "---", "—", "——", "–", "\\", "、", *_NOTHING_WORDS})
"""Cells that say nothing (contract, section 2: empty, 无, /, -, and what means the same)."""


def visible(text: str) -> str:
    """Remove what nobody can see, and fold every run of white space to one blank."""
    if text.isalnum():  # most cells: nothing in them is invisible or a space
        return text
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def unmarked(text: str) -> str:
    """Take raised, lowered and ringed digits out of the words beside which they stand as the mark of a footnote."""
    return _RAISED.sub("", text)


def trailing_mark(text: str) -> str:
    """Give the raised, lowered or ringed digits behind the last word, or ""."""
    found = _MARK_BEHIND.search(text)
    return found[1] if found else ""


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """Fold full-width and compatibility forms (NFKC) of visible text; case stays, and so do raised and ringed digits."""
    if text.isascii() and text.isalnum():
        return text
    parts = _RAISED.split(visible(text))  # every second part is such digits
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return visible("".join(parts))


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """Give a form for matching words: folded, lower case, no spaces or punctuation."""
    return _PUNCTUATION.sub("", fold(text)).lower()


@lru_cache(REMEMBERED)
def name_key(name: str) -> str:
    """Give a form for comparing personal names: middle dots and spaces do not count."""
    return _MIDDLE_DOTS.sub("", fold(name)).replace(" ", "").casefold()


@lru_cache(REMEMBERED)
def stated(text: str | None) -> str:
    """Give the visible text of a cell, or "" where the cell says nothing."""
    if text is None:
        return ""
    seen = visible(text)
    return "" if fold(seen).lower() in NOTHING_STATED else seen
