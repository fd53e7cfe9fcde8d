"""What an announcement agrees on about the public value: where, when and how it will be written; is it so.

The announcement of a first draw and that of a change say it in the same words. Standard library only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scheduler.checks import Check
from scheduler.documents.announcement import moment_words
from scheduler.seed.commitment import is_form, is_written_as, one_line, public_value, values_of

VALUE_FORM = "public_form"
"""The key of an announcement that fixes how the public value will be written."""
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
)
_ENOUGH = 10**6  # values of a form that nobody tries out for very many plans
_NO_FORM = (
    "公告没有约定公开数值的写法（exam commit --public-form）：同一个数值有几种写法（如 3 8 与 03,08），每种写法的种子不同，"
    "掌握密封码的人可以先试算再挑选；请问清为什么这样写。"
)


def have_form(announcement: Mapping[str, Any]) -> bool:
    """Say whether the terms are there, each in its form.

    Raises
    ------
    KeyError, TypeError, ValueError
        one is missing or is nothing that it could be.
    """
    for one in ("announced_at", "public_moment"):
        moment(announcement[one])
    written = announcement.get(VALUE_FORM, "0")  # earlier announcements say nothing of it
    known = isinstance(written, str) and is_form(written)
    return known and has_one_form(announcement["public_source"], one_line)


def has_one_form(text: object, form: Callable[[str], str]) -> bool:
    """Say whether a value is a text that is in its one form already."""
    try:
        return isinstance(text, str) and form(text) == text
    except ValueError:
        return False


def moment(text: object) -> dt.datetime:
    """Read a moment as it is written down: to the second, with its offset, and in no other of ISO 8601's ways.

    Raises
    ------
    ValueError
        it is anything else.
    """
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("a moment is written like 2026-12-03T21:15:00+08:00")
    return dt.datetime.fromisoformat(text)


def value_checks(announcement: Mapping[str, Any], value: object) -> Iterator[Check]:
    """Hold a revealed public value against the form that was announced."""
    if not has_one_form(value, public_value):
        yield Check(False, "公开数值没有按规格写成统一形式，或有规格不许的字符")
    elif VALUE_FORM in announcement:
        form = announcement[VALUE_FORM]
        same = is_written_as(str(value), form)
        yield Check(same, f"公开数值“{value}”{'是' if same else '不是'}公告约定的写法“{form}”")


def future_check(announcement: Mapping[str, Any]) -> Check:
    """Say whether the public value was to come when it was announced."""
    good = moment(announcement["announced_at"]) < moment(announcement["public_moment"])
    return Check(good, f"公开数值的时刻{'晚于' if good else '不晚于'}公告的时间")


def order_check(announcement: Mapping[str, Any], record: Mapping[str, Any]) -> Check:
    """Say whether the moments written down come in their order: announced, public value drawn, drawn."""
    try:
        drawn = moment(record.get("drawn_at"))
    except ValueError:
        return Check(False, "抽签记录中的时间读不懂")
    good = moment(announcement["announced_at"]) < moment(announcement["public_moment"]) <= drawn
    return Check(good, f"记录的先后顺序{'无误' if good else '不对'}：先公告，再产生公开数值，后抽签")


def few_values(form: str) -> str:
    """Say so where a form leaves so few values that all of them can be tried before; "" where it does not."""
    number = values_of(form)
    if number >= _ENOUGH:
        return ""
    return (
        f"公开数值的写法“{form}”只有 {number} 种数值：公告之前可以对每一种都试算，再挑选计划。"
        "写法至少应有六位数字（每个数字代表任一数字）。"
    )


def beyond_terms(announcement: Mapping[str, Any], value: object = None) -> list[str]:
    """Say in words what no program can check about a public value (None: it is not known yet), and what a person should do."""
    when, form = moment_words(announcement["public_moment"]), announcement.get(VALUE_FORM)
    source, own = announcement["public_source"], announcement["digest"]
    looked_up = f"公开数值“{value}”是不是“{source}”在 {when}真正公布的数值，请向来源查对。"
    published = f"这份公告是不是在那个时刻之前就已公布，请与当时保存的公告摘要对照：{own}"
    awaited = f"公告摘要 {own}：请现在保存，抽签之后对照；到 {when}，“{source}”公布什么数值，请记下。"
    told = [
        *([awaited] if value is None else [looked_up, published]),
        "时间取自抽签所用的电脑；密封码在公开之前有没有泄露，程序看不出来。",
        _NO_FORM if form is None else few_values(form),
    ]
    return [one for one in told if one]
