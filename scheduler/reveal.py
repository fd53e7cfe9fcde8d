"""Does a revealed secret belong to its announcement, and what does that prove. Standard library only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.commitment import (
    code_bytes,
    combined_seed,
    commitment,
    is_form,
    is_written_as,
    one_line,
    public_value,
)
from scheduler.documents.announcement import announcement_text, moment_words
from scheduler.folder import ANNOUNCEMENT_FILE, is_whole, read_json

FORMAT = "zhengkao-announcement/1"
ANNOUNCEMENT_TEXT = "announcement.txt"
VALUE_FORM = "public_form"
"""The key of an announcement that fixes how the public value will be written."""
_DIGESTS = {"plan_digest": "计划", "list_digest": "名单", "rules_digest": "规则"}
_ABOUT = {"plan_digest": "digest", "list_digest": "list_digest", "rules_digest": "rules_digest"}
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
_NO_FORM = (
    "公告没有约定公开数值的写法（exam commit --public-form）：同一个数值有几种写法（如 3 8 与 03,08），每种写法的种子不同，"
    "掌握密封码的人可以先试算再挑选；请问清为什么这样写。"
)

Check = tuple[bool, str]


def read_announcement(folder: Path) -> dict[str, Any]:
    """Read announcement.json and hold it against its own digest.

    Raises
    ------
    InputError
        there is none, it is no announcement, or it was changed after it was made.
    """
    announcement = read_json(folder / ANNOUNCEMENT_FILE, "请先用 zhengkao exam commit 做出公告。")
    if not is_whole(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：摘要不符，公告在做出之后被改动过，不能使用。")
    if not has_form(announcement):
        raise InputError(f"{ANNOUNCEMENT_FILE}：不是这个版本的公告（{FORMAT}），或内容不全。")
    return announcement


def has_form(announcement: Mapping[str, Any]) -> bool:
    """Say whether all that an announcement must hold is there, each in its form."""
    try:
        codes = [announcement["secret_commitment"], *announcement["substitute_commitments"]]
        for one in [*codes, *(announcement[name] for name in _DIGESTS)]:
            code_bytes(one)
        for one in ("announced_at", "public_moment"):
            moment(announcement[one])
        written = announcement.get(VALUE_FORM, "0")  # earlier announcements say nothing of it
        known = bool(announcement["format"] == FORMAT) and isinstance(written, str) and is_form(written)
        return known and has_one_form(announcement["public_source"], one_line)
    except (KeyError, TypeError, ValueError):
        return False


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


def plan_changed(announcement: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """Name what differs between the plan and the one that was announced; "" where nothing does."""
    differ = [word for name, word in _DIGESTS.items() if announcement.get(name) != plan.get(_ABOUT[name])]
    return "、".join(differ)


def fits(announcement: Mapping[str, Any], code: object) -> bool:
    """Say whether a revealed secret is the one that was committed to."""
    try:
        return bool(commitment(0, code_bytes(code)) == announcement["secret_commitment"])
    except ValueError:
        return False


def reveal_checks(folder: Path, plan: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Check]:
    """Hold how the seed came about against the announcement; says nothing of seeds given by hand.

    A folder that announced how it will be drawn, and was drawn with another seed, is a failure.
    """
    reveal = record.get("reveal")
    if reveal is None:
        if (folder / ANNOUNCEMENT_FILE).exists():
            yield False, "已公告按承诺抽签，这次抽签却用了另外给出的种子"
        elif (folder / ANNOUNCEMENT_TEXT).exists():
            yield False, f"文件夹里有 {ANNOUNCEMENT_TEXT}，却没有 {ANNOUNCEMENT_FILE}，抽签也没有按公告"
        return
    try:
        announcement = read_announcement(folder)
    except InputError as error:
        yield False, str(error)
        return
    yield True, f"公告 {ANNOUNCEMENT_FILE} 与自己的摘要相符"
    if not isinstance(reveal, dict):
        yield False, "抽签记录中的公开内容（reveal）形式不对"
        return
    yield from _against(announcement, plan, record, reveal)
    path = folder / ANNOUNCEMENT_TEXT
    same = path.is_file() and path.read_bytes() == announcement_text(announcement).encode("utf-8")
    yield same, f"{ANNOUNCEMENT_TEXT} 与公告的内容{'一致' if same else '不一致，或没有这个文件'}"


def _against(
    announcement: dict[str, Any],
    plan: Mapping[str, Any],
    record: Mapping[str, Any],
    reveal: Mapping[str, Any],
) -> Iterator[Check]:
    same = reveal.get("announcement_digest") == announcement["digest"]
    yield same, "抽签记录所写的公告就是这份公告" if same else "抽签记录对应的是另一份公告"
    changed = plan_changed(announcement, plan)
    yield not changed, f"{changed}与公告的不同" if changed else "计划、名单、规则的摘要与公告的相同"
    secret, value = reveal.get("secret"), reveal.get("public_value")
    fit = fits(announcement, secret)
    yield fit, "公开的密封码就是公告时封存的密封码" if fit else "公开的密封码不是公告时封存的密封码"
    if not isinstance(value, str) or not has_one_form(value, public_value):
        yield False, "公开数值没有按规格写成统一形式，或有规格不许的字符"
        return
    if VALUE_FORM in announcement:
        form = announcement[VALUE_FORM]
        same = is_written_as(value, form)
        yield same, f"公开数值“{value}”{'是' if same else '不是'}公告约定的写法“{form}”"
    if fit:
        same = combined_seed(announcement, code_bytes(secret), value) == record.get("seed")
        told = "就是" if same else "不是"
        yield same, f"种子{told}由密封码、计划摘要、名单摘要、公告摘要和公开数值“{value}”算出来的"
    yield _in_order(announcement, record)


def _in_order(announcement: Mapping[str, Any], record: Mapping[str, Any]) -> Check:
    """Say whether the moments written down come in their order: announced, public value drawn, drawn."""
    try:
        drawn = moment(record.get("drawn_at"))
    except ValueError:
        return False, "抽签记录中的时间读不懂"
    good = moment(announcement["announced_at"]) < moment(announcement["public_moment"]) <= drawn
    return good, f"记录的先后顺序{'无误' if good else '不对'}：先公告，再产生公开数值，后抽签"


def beyond_checking(folder: Path, record: Mapping[str, Any]) -> list[str]:
    """Say in words what no program can check about where a seed came from, and what a person should do."""
    reveal = record.get("reveal")
    if not isinstance(reveal, dict):
        return [
            f"种子是怎样来的：记录只写着“{record.get('seed_origin')}”，没有事先的承诺，不能证明没有人挑选过种子。"
        ]
    try:
        announcement = read_announcement(folder)
    except InputError:
        return []  # told among the checks
    when = moment_words(announcement["public_moment"])
    spelling = [] if VALUE_FORM in announcement else [_NO_FORM]
    value, source = reveal.get("public_value"), announcement["public_source"]
    return [
        f"公开数值“{value}”是不是“{source}”在 {when} 真正公布的数值，请向来源查对。",
        f"这份公告是不是在那个时刻之前就已公布，请与当时保存的公告摘要对照：{announcement['digest']}",
        "时间取自抽签所用的电脑；密封码在公开之前有没有泄露，程序看不出来。",
        *spelling,
    ]
