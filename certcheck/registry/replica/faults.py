"""What can go wrong between a client and the site, made to happen on purpose.

A fault changes the answer of a query: either what it says (the payload, so JSON and pages show it
alike) or how it travels (the reply). Captchas and forms are never disturbed.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from certcheck.registry.replica.message import Delivery, Payload, Reply, html_reply
from certcheck.registry.replica.pages import notice_page
from certcheck.registry.replica.people import Record
from certcheck.registry.replica.query import CAPTCHA_WRONG, FOUND, HISTORY, Ask, record_fields
from common.errors import InputError

_HUGE = 8_000_000
_OTHER_NUMBERS = ("000000197001010000", "000000197101010008")  # check digits are right
_OTHER_NAME = "仿真异名"
_STOCK = Record("special", "2021-05-01", "2027-04-30", "电工作业", "低压电工作业", review_due="2024-04-30")
_UNKNOWN_FIELDS = {
    "name": "xm", "idcardNum": "sfzh", "certNum": "zsbh", "issueOrgName": "qfjg", "firstIssueDate": "clrq",
    "validBeginDate": "yxqks", "validEndDate": "yxqjs", "certStatus": "zszt", "personTypeName": "rylx",
    "industryTypeName": "hylb", "jobCategoryName": "zylb", "operItemName": "czxm", "dataType": "sjlx",
    "shouldReviewDate": "yfsrq", "reviewDate": "sjfsrq",
}  # fmt: skip


def _same_payload(payload: Payload, ask: Ask) -> Payload:
    return payload


def _same_reply(reply: Reply) -> Reply:
    return reply


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can go wrong: a change of the payload or of the reply."""

    payload: Callable[[Payload, Ask], Payload] = _same_payload
    reply: Callable[[Reply], Reply] = _same_reply


@dataclass(frozen=True, slots=True)
class Rule:
    """When a fault happens: every ``every``-th query, or only at query ``only`` where that is not 0."""

    name: str
    every: int = 1
    only: int = 0

    def due(self, nth: int) -> bool:
        """Say whether the fault happens at the nth query, counted from 1."""
        return nth == self.only if self.only else nth % self.every == 0


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults that a replica was told to make; ``pause`` is how long "timeout" and "slow" take."""

    rules: tuple[Rule, ...] = ()
    pause: float = 60.0

    def due(self, nth: int) -> tuple[str, ...]:
        """Name the faults of the nth query in the order of the table, in which they can be combined."""
        due = {rule.name for rule in self.rules if rule.due(nth)}
        return tuple(name for name in FAULTS if name in due)


def parse_faults(spec: str, *, pause: float = 60.0) -> Faults:
    """Read ``--faults``: ``name`` (every query), ``name:N`` (every Nth), ``name@K`` (only the Kth).

    Raises
    ------
    InputError
        for a name that is not known, or a count that is no whole number from 1.
    """
    parts = [part.strip() for part in re.split("[,，]", spec)]
    return Faults(tuple(_rule(part) for part in parts if part), pause)


def _rule(part: str) -> Rule:
    match = re.fullmatch(r"([^:@]*)(?:([:@])([0-9]{1,9}))?", part)
    if match is None or (match[3] is not None and int(match[3]) < 1):
        raise InputError(f"--faults 中“{part}”写法不对：应为 名称、名称:N（每 N 次）或 名称@K（仅第 K 次）")
    if match[1] not in FAULTS:
        raise InputError(f"--faults 中没有“{match[1]}”这种故障，可用：{'、'.join(FAULTS)}")
    count = int(match[3] or 1)
    return Rule(match[1], only=count) if match[2] == "@" else Rule(match[1], every=count)


def _frequent(_payload: Payload, _ask: Ask) -> Payload:
    return {"code": 500, "msg": "请求过于频繁"}


def _wrong_captcha(_payload: Payload, _ask: Ask) -> Payload:
    return {"code": 500, "msg": CAPTCHA_WRONG}


def _empty(_payload: Payload, _ask: Ask) -> Payload:
    """Answer an empty list without the words that say "nothing found"."""
    return {"code": 200, "msg": "操作成功", "data": []}


def _null_data(_payload: Payload, _ask: Ask) -> Payload:
    return {"code": 200, "msg": "操作成功", "data": None}


def _unknown_fields(payload: Payload, _ask: Ask) -> Payload:
    """Call every field by a name that no known program uses."""
    rows = payload.get("data") or []
    renamed = [{_UNKNOWN_FIELDS.get(key, key): value for key, value in row.items()} for row in rows]
    return {**payload, "data": renamed} if rows else payload


def _other_person(payload: Payload, ask: Ask) -> Payload:
    """Answer with another number under the name that was asked for."""
    other = next(number for number in _OTHER_NUMBERS if number != ask.number)
    rows = payload.get("data") or [record_fields(_STOCK, ask.name, ask.number)]
    changed = []
    for row in rows:
        certificate = row["certNum"]
        changed.append(
            {**row, "idcardNum": other, "certNum": certificate and certificate.replace(ask.number, other)}
        )
    return {"code": 200, "msg": FOUND, "data": changed}


def _other_name(payload: Payload, ask: Ask) -> Payload:
    """Answer with another name at the number that was asked for."""
    rows = payload.get("data") or [record_fields(_STOCK, ask.name, ask.number)]
    return {"code": 200, "msg": FOUND, "data": [{**row, "name": _OTHER_NAME} for row in rows]}


def _history_only(payload: Payload, _ask: Ask) -> Payload:
    rows = payload.get("data") or []
    return {**payload, "data": [{**row, "dataType": HISTORY} for row in rows]} if rows else payload


def _error500(_reply: Reply) -> Reply:
    return html_reply(notice_page("500", "系统异常，请联系管理员"), 500)


def _maintenance(_reply: Reply) -> Reply:
    return html_reply(notice_page("系统维护", "系统维护中，请稍后访问"))


def _forbidden(_reply: Reply) -> Reply:
    return html_reply(notice_page("403", "访问被拒绝"), 403)


def _throttled(_reply: Reply) -> Reply:
    page = html_reply(notice_page("429", "请求过于频繁"), 429)
    return replace(page, headers=(("Retry-After", "1"),))


def _closed(_reply: Reply) -> Reply:
    page = html_reply(notice_page("503", "系统暂停服务"), 503)
    return replace(page, headers=(("Retry-After", "3600"),))


def _redirect(reply: Reply) -> Reply:
    away = ("Location", "http://example.invalid/")
    return replace(reply, body=b"", status=302, headers=(*reply.headers, away))


def _gzip(reply: Reply) -> Reply:
    coding = ("Content-Encoding", "gzip")
    return replace(reply, body=gzip.compress(reply.body, mtime=0), headers=(*reply.headers, coding))


def _wrong_charset(reply: Reply) -> Reply:
    """Send GB18030 bytes; the header goes on to say UTF-8."""
    return replace(reply, body=reply.body.decode("utf-8").encode("gb18030"))


def _huge(reply: Reply) -> Reply:
    """Add blanks, which neither JSON nor HTML minds, until the body has several megabytes."""
    return replace(reply, body=reply.body + b" " * _HUGE)


def _delivered(way: Delivery) -> Fault:
    return Fault(reply=lambda reply: replace(reply, delivery=way))


FAULTS: dict[str, Fault] = {
    # what the answer says
    "frequent": Fault(payload=_frequent),
    "wrong-captcha": Fault(payload=_wrong_captcha),
    "empty": Fault(payload=_empty),
    "null-data": Fault(payload=_null_data),
    "other-person": Fault(payload=_other_person),
    "other-name": Fault(payload=_other_name),
    "history-only": Fault(payload=_history_only),
    "unknown-fields": Fault(payload=_unknown_fields),
    # another answer instead
    "error500": Fault(reply=_error500),
    "forbidden": Fault(reply=_forbidden),
    "throttled": Fault(reply=_throttled),
    "closed": Fault(reply=_closed),
    "maintenance": Fault(reply=_maintenance),
    "redirect": Fault(reply=_redirect),
    # other bytes
    "wrong-charset": Fault(reply=_wrong_charset),
    "huge": Fault(reply=_huge),
    "gzip": Fault(reply=_gzip),
    # another way of delivery
    "timeout": _delivered(Delivery.LATE),
    "slow": _delivered(Delivery.DRIP),
    "truncated": _delivered(Delivery.TRUNCATED),
    "reset": _delivered(Delivery.RESET),
}
"""Every fault by the name that ``--faults`` calls it, in the order in which several are applied."""
