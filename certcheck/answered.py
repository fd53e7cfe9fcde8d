"""What follows from an answer by itself: none came, nothing was found, or it only rests on saved pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from certcheck.asked_name import asked_name, told_asked
from certcheck.findings import finding
from certcheck.model import SAVED_PAGE, Answer, AnswerState
from common.finding import Finding

SITE = "国家平台（特种作业操作证及安全生产知识和管理能力考核合格信息查询平台）"


def said_by(answer: Answer, name: str, as_of: dt.date) -> Iterator[Finding]:
    """Give the findings of an answer that hold whatever was claimed; ``name`` is the person's, as it is written.

    An answer that another run asked is told with its day where that is before ``as_of``, the checking day.
    """
    told_name = told_asked(name) if answer.state is not AnswerState.NOT_ASKED else ""
    if told_name:
        yield finding("NAME-REMARK", f"{told_name}。", field="name", value=name, expected=asked_name(name))
    saved = answer.source == SAVED_PAGE
    if saved and answer.state in (AnswerState.FOUND, AnswerState.NOT_FOUND):
        dated = f"（日期 {answer.asked_at[:10]}）" if answer.asked_at else ""
        yield finding(
            "REG-SAVED-PAGE",
            f"查询结果凭本人保存的网页{dated}，未经本程序联网取得，证明力低于联网查询。",
            basis=SITE,
        )
    if answer.reused and answer.asked_at and answer.asked_at[:10] < as_of.isoformat():
        yield finding(
            "REG-EARLIER", f"查询结果沿用 {answer.asked_at[:10]} 的答复，本次核验没有再问。", basis=SITE
        )
    if answer.state is AnswerState.NO_ANSWER:
        told = (
            "保存的网页不能作为答复"
            if saved
            else "已查询，没有得到可用的答复"
            if answer.asked_at
            else "没有查询成"
        )
        advice = "" if saved else "可用 --resume 再查。"
        yield finding("REG-NO-ANSWER", f"{told}：{answer.reason or '原因不明'}。{advice}")
    elif answer.state is AnswerState.NOT_FOUND:
        asked = "分别保存的网页均写明" if saved else "国家平台两次查询均答复"
        yield finding(
            "REG-NOT-FOUND",
            f"{asked}没有查询到，待核实{f'（{told_name}）' if told_name else ''}：请核对姓名、证件号码；新证入库需要数日；"
            "也可能是发证机关尚未上报，请联系发证机关。不能据此认定为假证。",
            basis=SITE,
        )
