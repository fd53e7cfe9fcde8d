"""In which way a claim differs from the record: the words a safety officer reads."""

import pytest

from certcheck.compare import compare
from certcheck.model import Answer, AnswerState
from certcheck.offline.context import Context, Roll
from tests.certcheck.builders import AS_OF, LI, SAFETY, SPECIAL, ZHANG, number, outcomes
from tests.certcheck.registry.client_support import VOCABULARY
from tests.certcheck.test_compare import CONTEXT, MANAGER, RECORD, codes, record


def found(claim, *records, others=()):
    """The findings of a claim, ``others`` being further rows of the list."""
    listed = [outcome.entry for outcome in outcomes(claim, *others)]
    context = Context(AS_OF, CONTEXT.rules, CONTEXT.catalogue, Roll.of(listed))
    answer = Answer(AnswerState.FOUND, tuple(record(**one) for one in records), "2026-11-20T08:00:00+00:00")
    return list(compare(listed[0], answer, context, VOCABULARY))


def told(code, claim, *records, others=()):
    """The message of the one finding of a code."""
    (message,) = [one.message for one in found(claim, *records, others=others) if one.code == code]
    return message


NAMES = [
    ("仿真张四", "只有第 4 字不同", []),
    ("仿张真三", "第 2、3 字颠倒", []),
    ("仿真张", "所填多了第 4 字", []),
    ("仿真张三三", "所填少了第 5 字", []),
    ("仿真异名", "可能填了别人的号码，也可能改过姓名", []),
    ("仿真异名", "名单里另有此人，两人的号码可能填混了", [{**SPECIAL, "name": "仿真异名", "id_number": LI}]),
]


@pytest.mark.parametrize(("name", "words", "others"), NAMES)
def test_names(name, words, others):
    message = told("REG-NAME", SPECIAL, RECORD | {"name": name}, others=others)
    assert words in message
    assert message.endswith("请按证件核对。")


@pytest.mark.parametrize("name", ["仿*张三", "**张三", "****", "仿真·张三", "仿真 张三", "仿＊张三"])
def test_names_that_agree(name):
    """Stars for what is hidden, middle dots and blanks."""
    assert codes(SPECIAL, RECORD | {"name": name}) == []


@pytest.mark.parametrize("name", ["李*张三", "仿*", "*三"])
def test_stars_that_do_not_fit(name):
    assert codes(SPECIAL, RECORD | {"name": name}) == ["REG-NAME"]


def replaced(place, digit):
    """The number of the example with one digit changed; places count from 1."""
    return ZHANG[: place - 1] + digit + ZHANG[place:]


OTHER = number("1991-02-03")
NUMBERS = [
    (f"T{replaced(9, '8')}", "只有第 9 位不同（不计开头的 T），可能是录入错误"),
    (replaced(9, "8"), "只有第 9 位不同，可能是录入错误"),
    (f"T{ZHANG[:8]}{ZHANG[9]}{ZHANG[8]}{ZHANG[10:]}", "第 9、10 位颠倒"),
    (f"T{ZHANG}1", "所填多了第 19 位"),
    (f"T{ZHANG[:-1]}", "所填少了第 18 位"),
    (f"T{OTHER}", "所填的是另一个人的证件号码"),
    ("云特登字第2504150号", ""),
]


@pytest.mark.parametrize(("written", "words"), NUMBERS)
def test_numbers(written, words):
    """The place is told, the digits are not: numbers are masked in every message."""
    claim = {**SPECIAL, "certificate_number": written}
    message = told("REG-NUMBER", claim, RECORD)
    assert words in message
    assert ZHANG not in message
    assert OTHER not in message


def test_the_number_of_somebody_in_the_list():
    others = [{**SPECIAL, "name": "仿真别人", "id_number": OTHER}]
    claim = {**SPECIAL, "certificate_number": f"T{OTHER}"}
    assert "所填的是另一个人的证件号码，名单里有此人" in told("REG-NUMBER", claim, RECORD, others=others)


@pytest.mark.parametrize(
    "shown",
    [f"T{ZHANG}", ZHANG, ZHANG[:6] + ZHANG[8:17], f"T{ZHANG[:6]}{'*' * 8}{ZHANG[14:]}", "T****", "*" * 18],
)
def test_numbers_that_agree(shown):
    """With T or without, with 15 digits, with stars; how much is hidden denies nothing."""
    assert codes(SPECIAL, RECORD | {"certificate_number": shown}) == []


def test_stars_that_contradict():
    shown = f"T999999{'*' * 8}{ZHANG[14:]}"
    assert codes(SPECIAL, RECORD | {"certificate_number": shown}) == ["REG-NUMBER"]


def test_one_number_for_all_items():
    """A special operation's number is that of the person: it is held against a record of another item, too."""
    claim = {**SPECIAL, "certificate_number": f"T{OTHER}"}
    other = (
        RECORD
        | {"item": "高处安装、维护、拆除作业", "category": "高处作业"}
        | dict.fromkeys(("first_issue", "valid_from", "valid_to", "review_due"), "2022-01-01")
    )
    assert codes(claim, other) == ["REG-ITEM", "REG-NUMBER"]
    assert codes(claim, RECORD | {"history": True}) == ["REG-HISTORY-ONLY", "REG-NUMBER"]
    manager = {**SAFETY, "certificate_number": "仿真证0001"}
    other = {"person_type": "主要负责人", "certificate_number": "仿真证0002", "valid_from": "2024-03-01"}
    assert codes(manager, MANAGER | other) == ["REG-ITEM"]


DATES = [
    ("valid_from", "2024-05-03", {"valid_from": "2024-03-05"}, "月和日写反了"),
    ("valid_to", "2031-05-12", {}, "年份差一年"),
    ("valid_to", "2033-05-12", {}, "年份差 3 年，月日相同"),
    ("valid_to", "2024-05-12", {}, "正好差一个有效期（6 年），可能是换证前或换证后的日期"),
    ("valid_to", "2030-05-13", {}, "相差一天"),
    ("valid_to", "2030-05-21", {}, "只差一个数字或相邻两个数字颠倒，可能是录入错误"),
    ("valid_to", "2030-05-19", {}, "只差一个数字或相邻两个数字颠倒，可能是录入错误"),
    ("valid_to", "2027-05-12", {}, "与平台的应复审日期相同，可能填错了列"),
    ("first_issue", "2024-05-14", {"valid_from": "2024-05-14"}, "与平台的有效期起相同，可能填错了列"),
    ("valid_to", "2030-06", {}, "国家平台为 2030-05-12。"),
    ("valid_to", "2030-11-30", {}, "国家平台为 2030-05-12。"),
]


@pytest.mark.parametrize(("field", "written", "change", "words"), DATES)
def test_dates(field, written, change, words):
    claim = {**SPECIAL, field: written}
    messages = [
        one.message for one in found(claim, RECORD | change) if one.code == "REG-DATES" and one.field == field
    ]
    assert len(messages) == 1
    assert words in messages[0]
    assert written in messages[0]


def test_start_and_end_changed_over():
    claim = {**SPECIAL, "valid_from": "2030-05-12", "valid_to": "2024-05-13"}
    messages = [one.message for one in found(claim, RECORD) if one.code == "REG-DATES"]
    assert [("可能填错了列" in message) for message in messages] == [True, True]


@pytest.mark.parametrize("history", [True, False])
def test_a_list_that_was_not_brought_up_to_date(history):
    """What it states are the dates before renewal; each is listed, and says so."""
    before = RECORD | {"history": history}
    after = RECORD | {"valid_from": "2029-12-01", "valid_to": "2035-11-30", "review_due": "2032-11-30"}
    told_of = found(SPECIAL, before, after)
    assert [one.field for one in told_of] == ["valid_from", "valid_to", "review_due"]
    assert all("与平台上换证前的记录相同，名单可能没有更新" in one.message for one in told_of)
    assert not any(
        "换证前" in one.message for one in found({**SPECIAL, "valid_to": "2030-05-11"}, before, after)
    )


def test_every_field_that_is_contradicted():
    """Name, item, number and dates at once: each has a finding of its own, with both values."""
    claim = {**SPECIAL, "certificate_number": f"T{OTHER}", "valid_to": "2031-05-12"}
    told_of = found(claim, RECORD | {"name": "仿真异名", "item": "高压电工作业"})
    assert [one.code for one in told_of] == ["REG-NAME", "REG-ITEM", "REG-DATES", "REG-NUMBER"]
    assert "日期与所填相同，可能是项目填错" in told_of[1].message
    assert all(one.value and one.expected for one in told_of)
