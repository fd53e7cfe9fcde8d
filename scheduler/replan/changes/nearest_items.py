"""Which item of a batch one that it has not was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from common.text import key

_MOST_NAMED, _LIKE = 3, 0.5


def nearest(item: str, known: Collection[str]) -> list[str]:
    """Give the items that one was probably meant to be, the likeliest first: a part of it or the reverse, else alike in writing."""
    word = key(item)
    words = {key(one): one for one in sorted(known)}
    within = [one for other, one in words.items() if word and (other in word or word in other)]
    close = [words[one] for one in get_close_matches(word, words, _MOST_NAMED, _LIKE)]
    return list(dict.fromkeys([*within, *close]))[:_MOST_NAMED]


def spelt_otherwise(item: str, known: Collection[str]) -> str:
    """Give the item that is another one only by blanks or marks; "" where there is none."""
    word = "" if item in known else key(item)
    return next((one for one in sorted(known) if word and key(one) == word), "")
