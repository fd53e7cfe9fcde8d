"""Identity numbers: their forms, what they tell, and how they are shown.

Forms and check digit follow GB 11643; the check digit is python-stdnum's. An area code never
rejects a number: cards keep codes that were abolished (DOMAIN section 4).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from stdnum.cn.ric import calc_check_digit

from common.text import REMEMBERED, fold

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_LABEL = re.compile("^(?:(?:居民|公民)?身份证|证件)(?:号码|号)?[:：]?(?=[0-9A-Z])")
_FIFTEEN = re.compile(r"[0-9]{15}")
_AROUND = re.compile(r"[\s'‘’`\"“”\-—_.]")
_PERMIT_AREAS = ("810000", "820000", "830000")
_OTHER_FORMS = (
    ("FOREIGNER15", re.compile(r"[A-Z]{3}[0-9]{12}")),
    ("HOME_RETURN", re.compile(r"[HM][0-9]{8}([0-9]{2})?")),
    ("TAIWAN", re.compile(r"[0-9]{8}")),
    ("PASSPORT", re.compile(r"[A-Z]{1,2}[0-9]{7,8}")),
)


class IdForm(StrEnum):
    """The kinds of number that a list may hold."""

    RESIDENT18 = "居民身份证"
    RESIDENT15 = "15 位旧身份证"
    PERMIT = "港澳台居民居住证"
    FOREIGNER18 = "外国人永久居留身份证"
    FOREIGNER15 = "外国人永久居留身份证（旧）"
    HOME_RETURN = "港澳居民来往内地通行证"
    TAIWAN = "台湾居民来往大陆通行证"
    PASSPORT = "护照"
    UNKNOWN = "不是已知证件的格式"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number and what it says of itself; its text never shows in ``repr``.

    ``text`` is the 18-digit form where there is one. ``birth`` is None where the digits are no
    possible day (``has_birth`` tells whether the form carries one). ``male`` is None where the
    form does not tell.
    """

    text: str = field(repr=False)
    form: IdForm
    check_ok: bool = True
    has_birth: bool = False
    birth: dt.date | None = field(default=None, repr=False)
    male: bool | None = field(default=None, repr=False)


@lru_cache(REMEMBERED)
def read_identity(written: str) -> IdentityNumber:
    """Read a number as written; spaces, full-width digits, a leading apostrophe and x are folded."""
    text = _LABEL.sub("", compact(written))
    if _EIGHTEEN.fullmatch(text):
        return _eighteen(text)
    if _FIFTEEN.fullmatch(text):
        long = f"{text[:6]}19{text[6:]}"
        return _eighteen(long + calc_check_digit(long + "0"), IdForm.RESIDENT15)
    for name, pattern in _OTHER_FORMS:
        if pattern.fullmatch(text):
            return IdentityNumber(text, IdForm[name])
    return IdentityNumber(text, IdForm.UNKNOWN)


def compact(written: str) -> str:
    """Give a number without what spreadsheets and people put around its characters."""
    folded = fold(written)
    if folded.isdigit():
        return folded  # itself, not a copy: a list of a million rows holds it once
    return folded.upper() if folded.isalnum() else _AROUND.sub("", folded).upper()


def _eighteen(text: str, form: IdForm | None = None) -> IdentityNumber:
    if form is None:
        form = IdForm.RESIDENT18
        if text.startswith(_PERMIT_AREAS):
            form = IdForm.PERMIT
        elif text.startswith("9"):
            form = IdForm.FOREIGNER18
    try:
        birth = dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        birth = None
    return IdentityNumber(
        text,
        form,
        check_ok=calc_check_digit(text) == text[-1],
        has_birth=True,
        birth=birth,
        male=int(text[16]) % 2 == 1,
    )
