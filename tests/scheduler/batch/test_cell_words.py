"""Words that offices write in cells; why: a word that may be two things, read as one of them, decides wrongly for somebody."""

from collections import Counter

import pytest

from common.resources import DATA
from common.sheets import Sheet
from common.text import key
from common.wordtables import WordTable
from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.tables import Row

LISTS = WordTable(DATA / "batch" / "words.toml")


def read(written, subject):
    """Give the value of a cell, and the messages of its faults."""
    faults = Faults()
    row = Row([written], {"kind": 1}, "institutions", Sheet("a.csv", "", [["kind"], [written]]), 2)
    return cells.word(row, "kind", subject, faults), [one.message for one in faults.found]


@pytest.mark.parametrize(
    ("written", "subject", "value"),
    [
        ("中职学校", "institution", "school"),
        ("技工学校", "institution", "school"),
        ("高职院校", "institution", "school"),
        ("行政机关", "institution", "authority"),
        ("应急管理局", "institution", "authority"),
        ("安全培训机构", "institution", "training"),
        ("职业培训学校", "institution", "training"),
        ("生产经营单位", "institution", "enterprise"),
        ("技师学院", "site", "school"),
        ("公共考试点", "site", "public"),
        ("理论 与 实操", "part", "both"),
        ("理论/实操", "part", "both"),
        ("实操补考", "part", "practical"),
        ("上半天", "half", "am"),
        ("关闭", "status", "suspended"),
        ("开放", "status", "active"),
        ("主监考", "role", "invigilator"),
        ("巡视员", "role", "patrol"),
        ("配偶", "relation", "relative"),
        ("离职", "relation", "employed"),
        ("任课教师", "relation", "teaches"),
    ],
)
def test_words_that_can_mean_one_thing(written, subject, value):
    assert read(written, subject) == (value, [])


@pytest.mark.parametrize(
    "written",
    [
        "事业单位",
        "民办非企业单位",
        "民办非企业",
        "社会组织",
        "有限公司",
        "国有企业",
        "民营企业",
        "协会",
        "学院",
    ],
)
def test_a_kind_that_may_be_several_is_told_with_the_words_that_are_taken(written):
    told = f"“{written}”不认识，可用：培训机构（training）、学校（school）、企业（enterprise）、主管部门（authority）"
    assert read(written, "institution") == ("", [told])


@pytest.mark.parametrize(
    ("written", "subject"),
    [("参股", "relation"), ("持股", "relation"), ("兼职", "relation"), ("整改", "status"), ("科目一", "part"), ("全天", "half"),
     ("考官", "role"), ("考务", "role"), ("社会考点", "site"), ("事业单位", "site")],
)  # fmt: skip
def test_words_that_may_be_several_are_not_guessed(written, subject):
    value, (message,) = read(written, subject)
    assert value == ""
    assert message.startswith(f"“{written}”不认识，可用：")


@pytest.mark.parametrize("subject", sorted({*LISTS.sections} - {"open", "number"}))
def test_no_word_is_of_two_kinds(subject):
    words = {name: {key(word) for word in listed} for name, listed in LISTS.words(subject).items()}
    counts = Counter(word for listed in words.values() for word in listed)
    assert [word for word, count in counts.items() if count > 1] == []
    assert not any(name not in listed for name, listed in LISTS.words(subject).items()), "its code is a word"
