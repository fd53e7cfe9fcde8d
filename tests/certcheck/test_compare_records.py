"""Which record a claim is held against, earlier issues, states, and whatever a registry may hold."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.compare import compare
from certcheck.model import Answer, AnswerState
from tests.certcheck.builders import SPECIAL, ZHANG
from tests.certcheck.comparison.test_differences import OTHER, found, told
from tests.certcheck.registry.client_support import VOCABULARY
from tests.certcheck.test_compare import CONTEXT, RECORD, codes, entry_of, record

OTHER_DATES = {
    "first_issue": "2022-01-01",
    "valid_from": "2022-01-01",
    "valid_to": "2027-12-31",
    "review_due": "2025-01-01",
}


@pytest.mark.parametrize(
    ("item", "category", "words"),
    [
        ("高压电工作业", "电工作业", "同一作业类别的另一项目"),
        ("熔化焊接与热切割作业", "焊接与热切割作业", "没有所填的项目。"),
    ],
)
def test_items_of_another_certificate(item, category, words):
    """Its dates are nobody's fault: they belong to another certificate."""
    other = RECORD | OTHER_DATES | {"item": item, "category": category}
    assert codes(SPECIAL, other) == ["REG-ITEM"]
    assert words in told("REG-ITEM", SPECIAL, other)


def test_an_item_with_a_slip():
    """Of no catalogue, and one character from what is on record; the rest is compared all the same."""
    claim = {**SPECIAL, "item": "低压电工作亚", "valid_to": "2030-05-11"}
    told_of = found(claim, RECORD)
    assert [one.code for one in told_of] == ["REG-ITEM", "REG-DATES"]
    assert "与所填项目只有第 6 字不同，可能是录入错误" in told_of[0].message


def test_earlier_issues_are_named_apart():
    """What is on record now, and what once was."""
    earlier = RECORD | OTHER_DATES | {"item": "高压电工作业", "history": True}
    welder = RECORD | OTHER_DATES | {"item": "熔化焊接与热切割作业", "category": "焊接与热切割作业"}
    message = told("REG-ITEM", SPECIAL, earlier, welder)
    assert "证书为熔化焊接与热切割作业；历史数据有高压电工作业，" in message
    assert "证书为历史数据有" in told("REG-ITEM", SPECIAL, earlier)


def test_history_only():
    older = RECORD | {"history": True, "valid_to": "2024-05-12", "valid_from": "2018-05-13"}
    assert "最近一次的有效期止 2024-05-12" in told("REG-HISTORY-ONLY", SPECIAL, older)
    assert "所填日期与历史数据相同" in told("REG-HISTORY-ONLY", SPECIAL, RECORD | {"history": True})


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("注销", "已经注销"), ("已吊销", "已被吊销，不得"), ("撤销", "已被撤销"), ("暂扣", "暂扣期间不得"),
        ("冻结", "解除以前不得"), ("作废", "不再有效"), ("失效", "不再有效"),
    ],
)  # fmt: skip
def test_status(status, words):
    message = told("REG-STATUS", SPECIAL, RECORD | {"status": status})
    assert f"“{status}”" in message
    assert words in message


HIGH = RECORD | {"item": "高压电工作业"}
OVER = RECORD | {
    "first_issue": "2014-01-02", "valid_from": "2014-01-02", "valid_to": "2020-01-01", "review_due": "2017-01-02",
}  # fmt: skip
UNDATED = SPECIAL | dict.fromkeys(("first_issue", "valid_from", "valid_to", "review_due"), "")


@pytest.mark.parametrize("broad", [{"item": ""}, {"item": "", "category": "电工作业"}, {"item": "电工"}])
def test_a_claim_without_an_item_is_about_what_is_in_force(broad):
    """An electrician with a licence in force is not stopped for another one that ended years ago."""
    claim = UNDATED | broad
    assert codes(claim, HIGH, OVER) == codes(claim, OVER, HIGH) == []
    cancelled = HIGH | {"valid_to": "2031-01-01", "status": "注销"}
    assert codes(claim, cancelled, RECORD) == []
    assert codes(claim, cancelled) == ["REG-STATUS"]


def test_a_claim_without_an_item_of_a_post_that_needs_the_one_that_is_over():
    """Who works at high voltage is judged by that licence; the message names what the list does not."""
    claim = UNDATED | {"item": "电工作业", "post": "高压电工"}
    over = OVER | {"item": "高压电工作业"}
    assert codes(claim, RECORD, over) == codes(claim, over, RECORD) == ["REG-EXPIRED", "REG-REVIEW-OVERDUE"]
    assert "国家平台（高压电工作业）显示有效期止 2020-01-01" in told("REG-EXPIRED", claim, RECORD, over)
    assert "国家平台（高压电工作业）显示应复审日期" in told("REG-REVIEW-OVERDUE", claim, over)
    later = RECORD | {"valid_to": "2030-05-13"}
    assert "国家平台为" in told("REG-DATES", SPECIAL, later)
    assert "国家平台（低压电工作业）为" in told("REG-DATES", {**SPECIAL, "item": ""}, later)


def test_the_dates_say_which_of_several_is_claimed():
    """A list that states the dates of the old licence is about the old licence."""
    claim = UNDATED | {"item": "电工作业", "valid_to": "2020-01-01"}
    assert codes(claim, HIGH, OVER) == ["REG-EXPIRED", "REG-REVIEW-OVERDUE"]


@pytest.mark.parametrize("status", ["暂停", "停用", "挂失", "逾期", "已换证", "未注销", "解除冻结", "0"])
def test_a_status_of_no_list(status):
    """Nobody knows what such a word means: it is quoted and looked into, and its certificate is never simply valid."""
    (said,) = found(SPECIAL, RECORD | {"status": status})
    assert (said.code, said.severity, said.expected) == ("REG-STATUS-UNKNOWN", "attention", status)
    assert f"“{status}”" in said.message
    assert "发证机关" in said.message


def test_a_grave_status_goes_before_an_unknown_one():
    assert codes(SPECIAL, RECORD | {"status": "挂失"}, RECORD | {"status": "注销"}) == ["REG-STATUS"]
    assert "另有状态不同" in told("REG-STATUS-UNKNOWN", SPECIAL, RECORD, RECORD | {"status": "挂失"})


def test_two_records_of_one_certificate():
    """Alike but for the status: the grave one is told, and that the other is there, whichever comes first."""
    cancelled = RECORD | {"status": "注销"}
    for records in ((RECORD, cancelled), (cancelled, RECORD)):
        assert "另有状态不同的记录" in told("REG-STATUS", SPECIAL, *records)
    assert codes(SPECIAL, RECORD, cancelled | {"history": True}) == []
    assert codes(SPECIAL, RECORD, cancelled | {"valid_to": "2024-05-12"}) == []


def test_two_records_that_end_on_one_day():
    """The one that the claim contradicts least is meant, whichever comes first."""
    other = RECORD | {"first_issue": "2018-05-13"}
    assert codes(SPECIAL, RECORD, other) == codes(SPECIAL, other, RECORD) == []


def test_one_item_spelled_in_two_ways():
    """The latest counts, however the site spells the item."""
    older = RECORD | {
        "item": "低压电工",
        "valid_from": "2018-05-13",
        "valid_to": "2024-05-12",
        "first_issue": "2018-05-13",
    }
    claim = {**SPECIAL, "valid_from": "2018-05-13", "valid_to": "2024-05-12", "first_issue": "2018-05-13"}
    assert "REG-DATES" in codes(claim, older, RECORD)


def test_a_record_that_begins_after_the_checking_date_makes_nobody_valid():
    """On the day of an accident, say: what was issued later proves nothing of that day."""
    dates = {"first_issue", "valid_from", "valid_to", "review_due", "review_done"}
    bare = {name: value for name, value in SPECIAL.items() if name not in dates}
    assert codes(bare, RECORD | {"valid_from": "2026-11-21", "first_issue": None}) == ["REG-LATER"]
    assert codes(bare, RECORD | {"valid_from": None, "first_issue": "2026-12-01"}) == ["REG-LATER"]
    assert codes(bare, RECORD | {"valid_from": "2026-11-20", "first_issue": None}) == []
    before = RECORD | {"valid_from": "2020-11-21", "valid_to": "2026-11-20", "history": True}
    assert codes(bare, RECORD | {"valid_from": "2026-11-21"}, before) == []
    assert codes(bare, RECORD | {"valid_from": "2026-11-21"}, before | {"valid_to": "2026-11-19"}) == [
        "REG-LATER"
    ]
    assert "自 2026-11-21 起，在核验日期 2026-11-20 之后" in told(
        "REG-LATER", bare, RECORD | {"valid_from": "2026-11-21"}
    )


def test_days_and_reviews_are_counted():
    assert "已过期 1 天" in told("REG-EXPIRED", SPECIAL, RECORD | {"valid_to": "2026-11-19"})
    late = RECORD | {"review_due": "2026-11-18", "review_done": "2024-01-01"}
    message = told("REG-REVIEW-OVERDUE", SPECIAL, late)
    assert "实际复审日期 2024-01-01 不在应复审日期前一年至今之间" in message
    assert "已逾期 2 天" in message


changes = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["仿真异名", "仿*张三", None]),
        "item": st.sampled_from(["高压电工作业", "低压电工", "不知何物", None]),
        "category": st.sampled_from(["电工作业", "高处作业", None]),
        "certificate_number": st.sampled_from([f"T{OTHER}", ZHANG, "*", None]),
        "first_issue": st.sampled_from(["2018-05-13", "2024-05", None]),
        "valid_to": st.sampled_from(["2024-05-12", "2030-12-05", "2030-05", None]),
        "review_due": st.sampled_from(["2026-01-01", None]),
        "review_done": st.sampled_from(["2026-01-01", "2020-01-01", None]),
        "status": st.sampled_from(["注销", "有效", "谜", None]),
        "history": st.booleans(),
    },
)


@given(st.lists(changes, min_size=1, max_size=3))
def test_whatever_is_on_record(several):
    """Nobody is called a forger, no whole number is told, and the order of the site's records changes nothing."""
    records = [RECORD | one for one in several]
    told_of = found(SPECIAL, *records)
    assert not any(word in one.message for one in told_of for word in ("假", "伪"))
    assert not any(secret in one.message for one in told_of for secret in (ZHANG, OTHER))
    backwards = found(SPECIAL, *reversed(records))
    assert sorted(one.code for one in told_of) == sorted(one.code for one in backwards)


def test_a_record_as_it_was_claimed_contradicts_nothing():
    """Every stated field, copied from the claim onto the record."""
    entry = entry_of(SPECIAL)
    shown = dataclasses.replace(
        record(**RECORD),
        **{name: getattr(entry.claim, name) for name in ("first_issue", "valid_from", "valid_to")},
    )
    answer = Answer(AnswerState.FOUND, (shown,), "2026-11-20T08:00:00+00:00")
    assert list(compare(entry, answer, CONTEXT, VOCABULARY)) == []
