"""The routes of generation 1 (to about 2022): a picture, a server time, a table of results.

The captcha belongs to the session cookie here. The name arrives percent-encoded twice.
"""

from __future__ import annotations

import urllib.parse

from certcheck.registry.replica.captcha import Captcha
from certcheck.registry.replica.message import Payload, Reply, Request, html_reply, json_reply
from certcheck.registry.replica.pages import Pair, first_generation_page, in_rows
from certcheck.registry.replica.people import number_is_good
from certcheck.registry.replica.query import NOT_FOUND, Ask

SESSION_COOKIE = "JSESSIONID"
_MALE_FEMALE = ("女", "男")  # by the last bit of the 17th digit
_CERTTYPE = "720"  # every known program sends this; what it stands for is undecided


def captcha_reply(captcha: Captcha) -> Reply:
    """Give the bare picture; the session cookie says which captcha it is."""
    cookie = ("Set-Cookie", f"{SESSION_COOKIE}={captcha.uuid}; Path=/; HttpOnly")
    return Reply(captcha.png, "image/png", headers=(cookie,))


def time_reply(now: float) -> Reply:
    """Give the server time, which the caller sends back as ``sessionId``."""
    return json_reply({"time": str(int(now * 1000))})


def ask_from_first_generation(request: Request) -> Ask:
    """Read the query of generation 1, which knows special operation certificates only."""
    query = request.query
    complete = query.get("certtype_code") == _CERTTYPE and query.get("sessionId", "").isdigit()
    return Ask(
        name=urllib.parse.unquote(query.get("stu_name", "")).strip(),
        number=query.get("certnum", "").strip().upper(),
        person_type="03",
        code=query.get("passcode", ""),
        uuid=request.cookies.get(SESSION_COOKIE, ""),
        search_type="1" if complete else "",
    )


def result_reply(payload: Payload, ask: Ask) -> Reply:
    """Give the result page: one ``table.datalist`` per certificate, old ones without any mark."""
    rows = payload.get("data") or []
    says_nothing_found = payload.get("code") != 200 or payload.get("msg") == NOT_FOUND
    notice = str(payload.get("msg", "")) if says_nothing_found else ""
    return html_reply(first_generation_page([in_rows(_pairs(row, ask), 2) for row in rows], notice))


def _pairs(row: dict[str, str | None], ask: Ask) -> list[Pair]:
    """Give the ten label and value pairs; three of the labels are likely, not known."""
    return [
        ("姓名", row.get("name") or ""),
        ("性别", _sex(ask.number)),
        ("作业类别", row.get("jobCategoryName") or ""),
        ("签发机关", row.get("issueOrgName") or ""),
        ("操作项目", row.get("operItemName") or ""),
        ("有效期结束时间", _padded(row.get("validEndDate"))),
        ("初次发证日期", _padded(row.get("firstIssueDate"))),
        ("有效期开始时间", _padded(row.get("validBeginDate"))),
        ("应复审日期", _padded(row.get("shouldReviewDate"))),
        ("实际复审日期", _padded(row.get("reviewDate"))),
    ]


def _sex(number: str) -> str:
    return _MALE_FEMALE[int(number[16]) % 2] if number_is_good(number) else ""


def _padded(date: str | None) -> str:
    return f"  {date or ''}  "
