"""What to ask the registry about an entry, or why it is not asked."""

from __future__ import annotations

from certcheck.asked_name import asked_name
from certcheck.model import Entry, Question
from certcheck.offline.context import Context
from certcheck.offline.identity import sound
from common.catalogue import Kind
from common.identity import IdForm


def question_for(entry: Entry, context: Context) -> Question | str:
    """Give the question, or the reason in words for the user why nothing is asked."""
    claim, person = entry.claim, entry.person
    if claim is None:
        return "没有填写证书"
    if claim.kind is Kind.TRAINING:
        return "培训证明不是证书，国家平台不收录"
    if claim.other is not None or claim.kind is Kind.OTHER:
        return "其他部门的证书，国家平台不收录"
    if claim.kind is None:
        return "看不出是哪一类证书"
    if person.identity is None or not sound(person.identity, context.as_of):
        return "身份证号缺失或有误，无法查询"
    if person.identity.form not in (IdForm.RESIDENT18, IdForm.RESIDENT15):
        return f"证件为{person.identity.form}，国家平台对应的证件类型代码尚不清楚，请人工查询"
    if not person.name:
        return "没有姓名，无法查询"
    return Question(asked_name(person.name), person.identity.text, claim.kind)
