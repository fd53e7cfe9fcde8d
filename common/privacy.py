"""Masking: what may be seen of a number by those who need not know it (contract, section 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from common.text import REMEMBERED, fold

_BETWEEN = "[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_LONG_NUMBER = re.compile(  # \d takes in full-width digits
    rf"[A-Za-z]{{3}}\d{{12}}(?!\d)|[A-Za-zＡ-Ｚａ-ｚ]{{0,3}}(?:\d{_BETWEEN}){{13,}}[\dXxＸｘ]"
    r"|\d{6}[-–—_.]\d{8}[-–—_.]\d{3}[\dXxＸｘ]"
)


IDENTITY = r"[0-9]{6}(?:19[0-9]{2}|20[0-2][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
"""A resident's number of 18 characters with a day of birth: what a long id of another kind hardly looks like."""
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z]){IDENTITY}(?![0-9A-Za-z])")
_BORN = r"(?:19[0-9]{2}|20(?:0[0-9]|1[0-5]))(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_WITHIN = re.compile(rf"(?<![0-9])[0-9]{{6}}{_BORN}[0-9]{{3}}[0-9Xx](?![0-9])")
"""The same beside letters, as in the number of a certificate, with the birth of somebody who may sit an exam: not its day."""
_PARTED = re.compile(rf"(?<![0-9])([0-9]{{6}})[\s\-–—_.]?({_BORN})[\s\-–—_.]?([0-9]{{3}}[0-9Xx])(?![0-9])")
_OF_FIFTEEN = re.compile(
    r"(?<![0-9])[0-9]{6}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)
_PARTING = re.compile(r"[\s\-–—_./·,，、]+")
_MOBILE = re.compile(r"(?<![0-9])1[3-9](?:[\s-]?[0-9]){9}(?![0-9])")
_REMARK = re.compile(r"\s*[(（\[【〔].*$")
SHORTEST = 18
"""Characters below which no text holds a resident's number."""
_SHORTEST = 14  # characters that the shortest number above has


def mask(number: str | None) -> str | None:
    """Keep the first six and last four characters of 18, else the first two and last two."""
    if number is None:
        return None
    if len(number) == 18:
        return number[:6] + "*" * 8 + number[-4:]
    if len(number) <= 4:
        return "*" * len(number)
    return number[:2] + "*" * (len(number) - 4) + number[-2:]


def mask_name(name: str) -> str:
    """Keep the first and last character of a name, of two the first, and not how long it is.

    For lists that the public reads: 张*, 张*三, 阿**提. A remark in brackets behind it is left out.
    """
    name = _REMARK.sub("", name) or name
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * min(len(name) - 2, 2) + name[-1]


def mask_numbers_in(text: str) -> str:
    """Mask whatever in free text is long enough to be an identity number."""
    return text if too_short_for_a_number(text) else _masked(text)


def mask_identity_in(text: str) -> str:
    """Mask the identity numbers in a text that may hold other long numbers, such as ids, which must stay readable.

    A number beside letters is one, too: an id of a batch is never written so (``says_number``), one from elsewhere may be.
    """
    if len(text) < SHORTEST:
        return text
    for number in (_IDENTITY, _WITHIN):
        text = number.sub(lambda match: mask(match.group()) or "", text)
    return text


def mask_in_name(name: str) -> str:
    """Mask the identity numbers in the name of a file, a folder or a sheet, however they are written; times and ids stay."""
    folded = fold(name)  # full-width digits are digits
    masked = mask_identity_in(folded)
    masked = _PARTED.sub(lambda match: mask("".join(match.groups())) or "", masked)
    masked = _OF_FIFTEEN.sub(lambda match: mask(match.group()) or "", masked)
    return name if masked == folded else masked


def told_apart(names: Sequence[str]) -> list[str]:
    """Give names with the numbers in them masked; what looks alike then, and is not, gets a count."""
    shown: dict[str, str] = {}
    for name in dict.fromkeys(names):
        masked, count = mask_in_name(name), 1
        told = masked
        while told in shown.values() or (told != name and told in names):
            count += 1
            told = f"{masked}（{count}）"
        shown[name] = told
    return [shown[name] for name in names]


def says_number(text: str) -> bool:
    """Say whether a text holds a resident's number, be it beside letters, in parts or in full-width digits."""
    if len(text) < SHORTEST:
        return False
    return _IDENTITY.search(text) is not None or _WITHIN.search(_PARTING.sub("", fold(text))) is not None


def says_telephone(text: str) -> bool:
    """Say whether a text holds a mobile telephone number."""
    return _MOBILE.search(text) is not None


def too_short_for_a_number(text: str) -> bool:
    """Say whether a text is shorter than any number, and no mark in it stands for several."""
    return len(text) < _SHORTEST and (text.isascii() or text.isalpha())


@lru_cache(REMEMBERED)
def _masked(text: str) -> str:
    return _LONG_NUMBER.sub(lambda match: mask(re.sub(r"\W|_", "", match.group())) or "", text)
