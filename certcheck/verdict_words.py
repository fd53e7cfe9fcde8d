"""What a verdict is called, and what to do where the registry did not settle it.

"材料无误，未联网核验" is for runs that asked nobody. Where somebody was asked, the words say what came of it.
"""

from __future__ import annotations

from certcheck.findings import next_step
from certcheck.model import NO_SAVED_PAGE, OFFLINE, SAVED_PAGE, Answer, AnswerState, Outcome, RegistryRecord
from certcheck.verdict import VERDICTS
from common.catalogue import Kind
from common.privacy import mask_numbers_in

UNSETTLED = "没有问题，但未能核实"
"""The words over all rows that a registry was to settle and did not."""

_AGAIN = "用 --resume 接着查"


def words_of(outcome: Outcome) -> str:
    """Give a verdict in words, for one outcome."""
    if outcome.entry.person.left and outcome.verdict in ("unverified", "not_required"):
        return f"名单写明已不在岗（{mask_numbers_in(outcome.entry.person.left)}）"
    return _told(outcome)[0] if outcome.verdict == "unverified" else VERDICTS[outcome.verdict]


def step_after(outcome: Outcome) -> str:
    """Say what to do where nothing is wrong and the registry settled nothing; "" for all others."""
    if outcome.verdict != "unverified":
        return ""
    return next_step("PERSON-LEFT") if outcome.entry.person.left else _told(outcome)[1]


def asked_nobody(answer: Answer) -> bool:
    """Say whether the run of an answer asked nobody at all."""
    return answer.state is AnswerState.NOT_ASKED and answer.reason == OFFLINE


def _told(outcome: Outcome) -> tuple[str, str]:
    answer = outcome.answer
    if answer.state is AnswerState.NOT_ASKED:
        return _not_asked(outcome)
    if answer.state is AnswerState.FOUND:
        return _found(outcome)
    if answer.state is AnswerState.NOT_FOUND:  # the finding that says so was waived
        return "已查询，没有查到，未能核实", next_step("REG-NOT-FOUND")
    if answer.source == SAVED_PAGE:
        return "保存的网页不能作为答复，未能核实", "重新保存此人的查询结果页，或联网核验"
    told = "已联网查询，没有得到可用的答复" if answer.asked_at else "没有查询成，未能核实"
    return told, next_step("REG-NO-ANSWER")


def _not_asked(outcome: Outcome) -> tuple[str, str]:
    if asked_nobody(outcome.answer):
        return VERDICTS["unverified"], ""
    claim = outcome.entry.claim
    if claim is None:
        return "没有填写证书，没有查询", "确认岗位是否须持证；须持证的，补填证书后重新核验"
    if claim.kind is Kind.TRAINING:
        return "是培训证明，没有查询", next_step("CERT-TRAINING")
    if outcome.answer.reason == NO_SAVED_PAGE:
        return "没有此人可用的保存网页，未联网核验", "保存此人的查询结果页，或联网核验"
    if any(one.code == "REG-NOT-ASKED" for one in outcome.findings):
        return "没有向国家平台查询，未能核实", next_step("REG-NOT-ASKED")
    return "还没有查到这一行", _AGAIN


def _found(outcome: Outcome) -> tuple[str, str]:
    claim, answer = outcome.entry.claim, outcome.answer
    how = "保存的网页上有证书" if answer.source == SAVED_PAGE else "已联网查到证书"
    if claim is None or not claim.states_something:
        return f"{how}，但名单没有写项目、编号和日期，未能核对", "按证书补填项目、编号和日期后重新核验"
    unshown = _unshown([record for record in answer.records if not record.history])
    return f"{how}，但国家平台{unshown}，未能核对", "查看证书原件，或向发证机关核实"


def _unshown(records: list[RegistryRecord]) -> str:
    """Say what the registry does not show of the certificates there."""
    if any(record.valid_to is None for record in records):
        return "没有显示有效期"
    if any(not (record.item or record.category) for record in records):
        return "没有显示项目"
    return "显示的内容与所填的对不上号"
