"""Announcing a draw before it can be known, and opening it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from common.canonical import digest
from common.errors import InputError
from common.files import write_file
from scheduler.documents.announcement import FORM_WORDS, announcement_text, moment_words
from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, DRAW_FILE, PLAN_FILE
from scheduler.folder import json_text
from scheduler.record import read_plan
from scheduler.seed.commitment import (
    LONGEST,
    UnreadableError,
    code_bytes,
    combined_seed,
    commitment,
    is_form,
    is_written_as,
    one_line,
    public_value,
)
from scheduler.seed.in_time import ensure_in_time
from scheduler.seed.public_terms import VALUE_FORM, future_check, moment
from scheduler.seed.reveal import FORMAT, fits, has_form, plan_changed, read_announcement, text_check
from scheduler.spoilt import refuse_spoilt


class Terms(NamedTuple):
    """Where the public value will be published, the moment it will be known, and how it will be written (None: left open)."""

    source: str
    when: dt.datetime
    form: str | None = None


def agreed(terms: Terms, now: dt.datetime) -> dict[str, str]:
    """Give what an announcement says of the public value and of its own moment.

    Parameters
    ----------
    now
        the moment of the announcement, with its zone.

    Raises
    ------
    InputError
        source or form cannot be read, or the public value may be known already.
    """
    when = terms.when.replace(microsecond=0)  # as it is written down
    offset = when.utcoffset()
    if offset is None or offset.seconds % 60:
        raise InputError("--public-moment：时区应为整分钟，例如 2026-12-03 21:15+08:00。")
    if when <= now:
        raise InputError(
            f"--public-moment：{moment_words(when.isoformat())}已经过去，那时的公开数值可能已有人知道。请约定将来的时刻。"
        )
    return {
        "announced_at": now.isoformat(timespec="seconds"),
        "public_source": typed_line(terms.source, "--public-source"),
        **({} if terms.form is None else {VALUE_FORM: _typed_form(terms.form)}),
        "public_moment": when.isoformat(timespec="seconds"),
    }


def make_announcement(folder: Path, codes: Sequence[bytes], terms: Terms, now: dt.datetime) -> dict[str, Any]:
    """Give the announcement of a planned folder's draw; nothing is written.

    Parameters
    ----------
    codes
        the secret, then the substitutes: 32 random bytes each.
    now
        the moment of the announcement, with its zone.

    Raises
    ------
    InputError
        there is no good plan, it was announced or drawn before, source or form cannot be read, or the public
        value may be known already, or not before the last session begins.
    """
    if (folder / DRAW_FILE).exists():
        raise InputError(f"{folder} 已经抽过签，不能再做公告。")
    if (folder / ANNOUNCEMENT_FILE).exists():
        raise InputError(f"{folder} 已经做过公告，不能重做。确须重来，请在另一个文件夹重新做计划和公告。")
    told = agreed(terms, now)
    plan = read_plan(folder)
    if "change" in plan:
        raise InputError(
            f"{PLAN_FILE}：这是变更的计划，由 zhengkao exam replan 公告，不能用 exam commit 公告。"
        )
    ensure_in_time(plan, terms.when, now)
    content: dict[str, Any] = {
        "format": FORMAT,
        "plan_digest": plan["digest"],
        "list_digest": plan.get("list_digest"),
        "rules_digest": plan.get("rules_digest"),
        "announced_at": told.pop("announced_at"),
        "secret_commitment": commitment(0, codes[0]),
        "substitute_commitments": [commitment(number, one) for number, one in enumerate(codes[1:], start=1)],
        **told,
    }
    if not has_form(content):
        raise InputError(
            f"{PLAN_FILE}：没有名单摘要或规则摘要，不能公告。请用 zhengkao exam plan 重新做计划。"
        )
    return content | {"digest": digest(content)}


def write_announcement(folder: Path, announcement: Mapping[str, Any]) -> None:
    """Write what is to be published; the form for programs last, because it closes the folder to changes."""
    write_file(folder / ANNOUNCEMENT_TEXT, announcement_text(announcement))
    write_file(folder / ANNOUNCEMENT_FILE, json_text(announcement))


def opened_seed(folder: Path, secret: str, value: str, now: dt.datetime) -> tuple[str, dict[str, str]]:
    """Give the seed of an announced draw, and what is revealed of how it came about.

    Parameters
    ----------
    secret
        the secret that was committed to, 64 hex digits.
    value
        the public value as somebody typed it.

    Raises
    ------
    InputError
        there is no whole announcement, or that for people says something else; the plan is another one, its moment has not come,
        the secret is not the one that was committed to, or the value cannot be read or is not written as announced.
    """
    announcement = read_announcement(folder)
    changed = plan_changed(announcement, read_plan(folder))
    if changed:
        raise InputError(f"{changed}与公告的不同：公告之后计划被换过。请放回公告时的 plan.json。")
    refuse_spoilt([text_check(folder, announcement), future_check(announcement)])
    ensure_known(announcement, now)
    if not fits(announcement, secret):
        raise InputError(
            "密封码文件里的密封码不是这份公告封存的密封码，不能抽签。请用 --secret 指出做公告时的密封码文件。"
        )
    line = typed_value(announcement, value)
    reveal = {"announcement_digest": announcement["digest"], "secret": secret, "public_value": line}
    return combined_seed(announcement, code_bytes(secret), line), reveal


def ensure_known(announcement: Mapping[str, Any], now: dt.datetime) -> None:
    """Refuse to draw before the public value can be known.

    Raises
    ------
    InputError
        its moment has not come.
    """
    when = announcement["public_moment"]
    if now < moment(when):
        raise InputError(f"公告约定的时刻 {moment_words(when)}还没有到，公开数值还没有产生，不能抽签。")


def typed_value(announcement: Mapping[str, Any], value: str) -> str:
    """Give the one form of the public value as somebody typed it.

    Raises
    ------
    InputError
        it has none, or is not written as announced.
    """
    line = typed_line(value, "--public", public_value)
    form = announcement.get(VALUE_FORM)
    if form is not None and not is_written_as(line, form):
        raise InputError(
            f"--public：公告约定的写法是“{form}”（{FORM_WORDS}），“{line}”不是这样写的。请照公告的写法填写同一个数值。"
        )
    return line


def typed_line(text: str, option: str, form: Callable[[str], str] = one_line) -> str:
    """Give the one form of a text given as an option.

    Raises
    ------
    InputError
        it has none.
    """
    try:
        return form(text)
    except UnreadableError as error:
        raise InputError(
            f"{option}：第 {error.place} 个字符是 U+{error.code:04X}，不能用：只能有英文字母、数字、英文标点、汉字，"
            "以及它们之间的空格（全角的会变成半角），以免看起来一样的写法抽出不同的结果。"
        ) from None
    except ValueError:
        raise InputError(
            f"{option}：应为一行文字，不能为空，不能超过 {LONGEST} 字，也不能有看不见的字符。"
        ) from None


def _typed_form(text: str) -> str:
    """Give the form of the public value that was given as an option.

    Raises
    ------
    InputError
        it is no text that a public value could be, or leaves nothing open.
    """
    form = typed_line(text, "--public-form", public_value)
    if not is_form(form):
        raise InputError("--public-form：应有数字或字母来代表将要公布的，例如 '00 00 00 00 00 + 00'。")
    return form
