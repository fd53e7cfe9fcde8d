"""Masking: what may be seen of a number by those who need not know it (contract, section 3)."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"[A-Za-z]{0,3}[0-9][0-9\s]{12,}[0-9Xx]")


def mask(number: str | None) -> str | None:
    """Keep the first six and last four characters of 18, else the first two and last two."""
    if number is None:
        return None
    if len(number) == 18:
        return number[:6] + "*" * 8 + number[-4:]
    if len(number) <= 4:
        return "*" * len(number)
    return number[:2] + "*" * (len(number) - 4) + number[-2:]


def mask_numbers_in(text: str) -> str:
    """Mask whatever in free text is long enough to be an identity number."""
    return _LONG_NUMBER.sub(lambda match: mask(re.sub(r"\s", "", match.group())) or "", text)
