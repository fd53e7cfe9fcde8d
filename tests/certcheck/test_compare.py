"""A claim against the registry's answer: every code, and what contradicts nothing."""

from dataclasses import replace

import pytest

from certcheck.compare import compare, confirmed
from certcheck.model import Answer, AnswerState, Entry, RegistryRecord
from certcheck.offline.context import Context, Roll
from certcheck.questions import question_for
from certcheck.rules import load_rules
from common.catalogue import Kind, load_catalogue
from common.dates import read_date
from tests.certcheck.builders import AS_OF, SAFETY, SPECIAL, ZHANG, outcomes
from tests.certcheck.registry.client_support import VOCABULARY

CONTEXT = Context(AS_OF, load_rules(), load_catalogue(), Roll.of([]))
_DATES = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")
RECORD = {
    "name": "仿真张三", "id_number": ZHANG, "category": "电工作业", "item": "低压电工作业", "certificate_number": f"T{ZHANG}",
    "first_issue": "2024-05-13", "valid_from": "2024-05-13", "valid_to": "2030-05-12", "review_due": "2027-05-12",
    "status": "有效",
}  # fmt: skip
MANAGER = {
    "name": "仿真李四", "valid_from": "2025-03-01", "valid_to": "2028-02-29", "person_type": "安全生产管理人员",
}  # fmt: skip


def record(**change):
    values = {k: read_date(v) if k in _DATES and v else v for k, v in change.items()}
    return RegistryRecord(**values)


def entry_of(claim):
    (outcome,) = outcomes(claim)
    return outcome.entry


def judged(claim, *records):
    answer = Answer(AnswerState.FOUND, tuple(record(**one) for one in records), "2026-11-20T08:00:00+00:00")
    entry = entry_of(claim)
    found = list(compare(entry, answer, CONTEXT, VOCABULARY))
    return [finding.code for finding in found], found, confirmed(entry, answer, CONTEXT)


def codes(claim, *records):
    return judged(claim, *records)[0]


def test_agreement():
    """The same on both sides is confirmed and has no finding."""
    assert judged(SPECIAL, RECORD) == ([], [], True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "仿真异名"}, ["REG-NAME"]),
        ({"item": "高压电工作业"}, ["REG-ITEM"]),
        ({"history": True}, ["REG-HISTORY-ONLY"]),
        ({"valid_to": "2030-05-13"}, ["REG-DATES"]),
        ({"first_issue": "2024-05-12"}, ["REG-DATES"]),
        ({"review_due": "2027-06-12"}, ["REG-DATES"]),
        ({"certificate_number": "T000000198512319995"}, ["REG-NUMBER"]),
        ({"valid_to": "2026-11-19"}, ["REG-DATES", "REG-EXPIRED"]),
        ({"review_due": "2026-11-19"}, ["REG-DATES", "REG-REVIEW-OVERDUE"]),
        ({"review_due": "2026-11-19", "review_done": "2026-01-01"}, ["REG-DATES"]),
        ({"valid_from": "2026-11-21"}, ["REG-DATES", "REG-LATER"]),
        ({"valid_from": "2026-11-20"}, ["REG-DATES"]),
        ({"status": "注销"}, ["REG-STATUS"]),
        ({"status": "暂扣"}, ["REG-STATUS"]),
        ({"status": "谜"}, ["REG-STATUS-UNKNOWN"]),
    ],
)  # fmt: skip
def test_each_contradiction(change, expected):
    assert codes(SPECIAL, RECORD | change) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"name": None}, {"name": "仿真 张三"}, {"item": "低压电工"}, {"item": " 低压电工作业（复审）".replace("（复审）", "")},
        {"valid_to": "2030-05"}, {"first_issue": "2024-05"}, {"first_issue": None}, {"review_due": None}, {"status": None},
        {"status": "1"}, {"certificate_number": None}, {"certificate_number": ZHANG},
        {"certificate_number": "T" + ZHANG[:6] + "********0018"}, {"issuer": "别处"}, {"category": None},
    ],
)  # fmt: skip
def test_what_contradicts_nothing(change):
    """Spelling variants, coarser dates and what one side does not state agree."""
    assert judged(SPECIAL, RECORD | change) == ([], [], True)


def test_month_only_claim():
    assert codes({**SPECIAL, "valid_to": "2030-05", "first_issue": "2024.05"}, RECORD) == []
    assert codes({**SPECIAL, "valid_to": "2030-06"}, RECORD) == ["REG-DATES"]


def test_every_contradiction_is_listed():
    """Each with its field, what was stated and what is on record."""
    change = {
        "name": "仿真异名", "valid_from": "2019-01-01", "valid_to": "2025-01-01", "certificate_number": "X1", "status": "吊销",
    }  # fmt: skip
    told, findings, _ = judged(SPECIAL, RECORD | change)
    assert told == ["REG-NAME", "REG-DATES", "REG-DATES", "REG-NUMBER", "REG-EXPIRED", "REG-STATUS"]
    assert [(f.field, f.value, f.expected) for f in findings[1:4]] == [
        ("valid_from", "2024-05-13", "2019-01-01"),
        ("valid_to", "2030-05-12", "2025-01-01"),
        ("certificate_number", f"T{ZHANG}", "X1"),
    ]
    assert all(ZHANG not in finding.message for finding in findings)
    assert all(finding.basis for finding in findings)


def test_history_beside_a_current_record():
    """Earlier issues are no contradiction and never the record that counts."""
    earlier = RECORD | {"history": True, "valid_to": "2031-01-01", "valid_from": "2018-05-13"}
    assert judged(SPECIAL, earlier, RECORD) == ([], [], True)


def test_latest_record_of_an_item_counts():
    older = RECORD | {"valid_from": "2018-05-13", "valid_to": "2024-05-12"}
    assert codes(SPECIAL, RECORD, older) == codes(SPECIAL, older, RECORD) == []


def test_claim_without_an_item():
    """Of several items the one that the dates fit is meant; the broad category is enough, too."""
    other = RECORD | {
        "item": "熔化焊接与热切割作业",
        "category": "焊接与热切割作业",
        "valid_to": "2031-01-01",
    }
    assert codes({**SPECIAL, "item": ""}, other, RECORD) == []
    assert codes({**SPECIAL, "item": "电工作业"}, other, RECORD) == []
    assert codes({**SPECIAL, "item": "电工作业"}, other) == ["REG-ITEM", "REG-DATES"]
    assert codes({**SPECIAL, "item": "", "category": "高处作业"}, RECORD) == ["REG-ITEM"]


@pytest.mark.parametrize("change", [{"item": None, "category": None}, {"valid_to": None}])
def test_half_a_record_confirms_nothing(change):
    """What shows no item or no end contradicts nothing, and makes nothing valid either."""
    assert judged(SPECIAL, RECORD | change) == ([], [], False)


def test_safety_certificates():
    assert judged(SAFETY, MANAGER) == ([], [], True)
    assert codes(SAFETY, MANAGER | {"person_type": "主要负责人"}) == ["REG-ITEM"]
    assert codes(SAFETY, MANAGER | {"person_type": None}) == []
    assert codes(SAFETY, MANAGER | {"valid_to": "2026-11-19"}) == ["REG-DATES", "REG-EXPIRED"]
    assert codes(SAFETY, MANAGER | {"history": True}) == ["REG-HISTORY-ONLY"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("not_found", ["REG-NOT-FOUND"]), ("no_answer", ["REG-NO-ANSWER"]), ("not_asked", [])],
)
def test_other_answers(state, expected):
    answer = Answer(AnswerState(state), reason="连接超时")
    found = list(compare(entry_of(SPECIAL), answer, CONTEXT, VOCABULARY))
    assert [finding.code for finding in found] == expected
    assert not any("假证" in f.message and "不能据此认定为假证" not in f.message for f in found)


def asked(claim):
    return question_for(entry_of(claim), CONTEXT)


def test_questions():
    """One person and kind; a name without the blanks inside it; an old number in its new form."""
    question = asked({**SPECIAL, "name": "仿真 张三"})
    assert (question.name, question.id_number, question.kind) == ("仿真张三", ZHANG, Kind.SPECIAL)
    assert asked(SAFETY).kind is Kind.SAFETY
    old = asked({**SPECIAL, "id_number": ZHANG[:6] + ZHANG[8:17]})
    assert len(old.id_number) == 18
    assert ZHANG not in repr(question)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"name": ""}, "姓名"), ({"id_number": ""}, "身份证号"), ({"id_number": ZHANG[:-1] + "0"}, "有误"),
     ({"id_number": "E12345678"}, "护照"), ({"item": "叉车司机", "kind": ""}, "其他部门")],
)  # fmt: skip
def test_reasons_not_to_ask(change, word):
    assert word in asked({**SPECIAL, **change})


def test_a_row_without_a_claim_is_not_asked():
    entry = entry_of(SPECIAL)
    assert question_for(Entry(entry.source, entry.person, None), CONTEXT) == "没有填写证书"
    assert replace(entry, claim=None).claim is None


def test_an_item_that_was_not_claimed_is_not_confirmed():
    """A welder whose list leaves the item blank holds an electrician's certificate on record: told, never valid."""
    claim = {**SPECIAL, "item": "", "category": "", "post": "焊工"}
    assert codes(claim, RECORD) == ["CERT-SCOPE"]
    assert codes({**claim, "post": "电工"}, RECORD) == []


def test_a_claim_that_states_nothing_is_not_confirmed():
    """Only the kind is written: a record of some item cannot confirm it."""
    silent = dict.fromkeys(
        ("item", "category", "certificate_number", "first_issue", "valid_from", "valid_to", "review_due"), ""
    )
    answer = Answer(AnswerState.FOUND, (record(**RECORD),), "2026-11-20T08:00:00+00:00")
    assert not confirmed(entry_of({**SPECIAL, **silent}), answer, CONTEXT)
    assert confirmed(entry_of(SPECIAL), answer, CONTEXT)
