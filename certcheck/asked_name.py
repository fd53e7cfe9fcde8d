"""The person's name alone, out of a cell that holds more: it is what is asked for and what is compared.

Lists mark names (李四*), number namesakes (张伟1), add a remark (李四（班长）), and part the names of minorities by
whatever dot a keyboard has. The platform knows none of that, and would answer that it has nothing. What is
written stays what is shown; where another name was asked, the reader is told.
"""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import REMEMBERED, name_key, unmarked

_LEAST = 2  # of 李*, a name with a character hidden, too little would be left
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOTS = re.compile(
    rf"\s*[·•‧∙⋅・･●⦁᛫\u0387\u2024]\s*|(?<={_HAN})\s*[.．]\s*(?={_HAN})"  # a dot of the line only between characters
)
_OPEN, _CLOSE = r"(（\[［【〔{｛<＜《〈「", r")）\]］】〕}｝>＞》〉」"
_BRACKETS = rf"[{_OPEN}][^{_OPEN}{_CLOSE}]*[{_CLOSE}]"
_MARKS = r"[*＊※★☆▲△●○◆◇■□◎#＃√✓✔?？!！,，、;；:：。\s]+"
_BESIDE = re.compile(
    rf"^(?:{_MARKS}|{_BRACKETS})|(?:{_MARKS}|{_BRACKETS}|[{_OPEN}][^{_CLOSE}]*|(?<={_HAN})[0-9０-９]{{1,2}})$"
)
_BRACKET = re.compile(rf"[{_OPEN}]")


@lru_cache(REMEMBERED)
def asked_name(written: str) -> str:
    """Give the name without marks and remarks beside it, its middle dots as the standard has them (U+00B7)."""
    if written.isalpha():  # most names of a list
        return written
    name = unmarked(_DOTS.sub("·", written))
    while (shorter := _BESIDE.sub("", name).strip("· ")) != name:
        name = shorter
    if not any(mark.isascii() for mark in name.replace(" ", "")):
        name = name.replace(" ", "")
    return name if len(name) >= _LEAST else written


def holder_key(written: str) -> str:
    """Give a form for comparing the names of a list: remarks, marks, dots and blanks do not count."""
    return name_key(asked_name(written))


def told_asked(written: str) -> str:
    """Say which name was asked, and what else a bracket may hold; "" where it is the one written."""
    asked = asked_name(written)
    if asked == written:
        return ""
    doubt = (
        "；括号里如果是姓名的一部分、曾用名或别名，请按证件填写姓名后重新核验"
        if _BRACKET.search(written)
        else ""
    )
    return f"查询用的姓名是“{asked}”，表中写作“{written}”{doubt}"
