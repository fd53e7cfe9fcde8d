"""Is an announced draw held before the exams: a month that was mistyped fixes an announcement that cannot be made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from common.errors import InputError
from common.listing import first_few
from scheduler.documents.announcement import moment_words
from scheduler.problem import HALVES, Session
from scheduler.session_begin import beginnings

_MOST_TOLD = 5


def ensure_in_time(plan: Mapping[str, Any], when: dt.datetime, now: dt.datetime) -> None:
    """Refuse to announce a draw that comes when every session has begun.

    Parameters
    ----------
    when
        the moment of the public value, with its zone; ``now`` likewise.

    Raises
    ------
    InputError
        nobody could be told in time where to sit.
    """
    begins = beginnings(plan)
    if not begins or max(begins.values()) > when:
        return
    last = max(begins, key=lambda one: begins[one])
    told = f"计划里的 {len(begins)} 场（最后一场 {_told(last)}）"
    if begins[last] <= now:
        raise InputError(
            f"{told}都已经开考，不能再公告抽签。请核对计划的日期和这台计算机的时钟；没有写出公告。"
        )
    raise InputError(
        f"--public-moment：公开数值 {moment_words(when.isoformat())} 才产生，{told}那时都已开考，抽签没有意义。"
        "请核对年、月、日；没有写出公告。"
    )


def begun_before(plan: Mapping[str, Any], when: dt.datetime) -> Iterator[str]:
    """Tell the sessions that begin before the public value is known: who would sit there is not drawn by then."""
    begun = sorted(one for one, at in beginnings(plan).items() if at <= when)
    if begun:
        listed = first_few([_told(one) for one in begun], _MOST_TOLD, "场")
        yield (
            f"公开数值产生（{moment_words(when.isoformat())}）之前，有 {len(begun)} 场已经开考：{listed}。"
            "那时还没有抽签，没有人知道自己在这些场次；请核对 --public-moment（公告不能重做，确有错误的，请在另一个文件夹重新做计划和公告）"
        )


def _told(session: Session) -> str:
    return f"{session.site_id} {session.day} {HALVES[session.half]}"
