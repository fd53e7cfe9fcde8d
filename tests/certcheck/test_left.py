"""People of whom a list plainly says that they left: listed, asked about, and told to stop nothing."""

import pytest

from certcheck.left import status_left
from certcheck.report.deadlines import days_of
from certcheck.report.overview import Overview
from certcheck.report.problems import AWAY, ProblemList
from certcheck.report.special_operations import SpecialOperations
from certcheck.report.summary import Counts, left_line
from certcheck.verdict_words import step_after, words_of
from common.finding import SetAside
from tests.certcheck.lists import AS_OF, LI, ZHANG, context_of, entries_of, judge, roster

HEAD = ["姓名", "身份证号", "岗位", "准操项目", "有效期止", "实际复审日期", "人员状态"]
EXPIRED = ["仿真张三", ZHANG, "电工", "低压电工作业", "2024-12-09", "2021-12-01"]


def judged(*rows, head=HEAD):
    """Judge a list of these rows."""
    return judge(entries_of(roster([head, *rows])))


@pytest.mark.parametrize(
    "said",
    [
        "已离职",
        "离职",
        "退休",
        "已退休",
        "辞职（2026-03-01）",
        "离职 2026.3",
        "已离职2026年11月20日",
        " 离 职 ",
    ],
)
def test_plain_words(said):
    """With a day behind them, from that day on."""
    assert status_left(said, AS_OF) == said


@pytest.mark.parametrize(
    "said",
    [
        "在职",
        "在岗",
        "",
        "待岗",
        "退休返聘",
        "病假",
        "停薪留职",
        "未离职",
        "离职 2026-12-31",
        "拟退休",
        "离职手续办理中",
        "离职3次",
        "离职" + "（" * 30_000,
        "离",
    ],
)
def test_other_words_say_nothing(said):
    """Nor does a day that is still to come."""
    assert status_left(said, AS_OF) == ""


def test_what_is_of_people_at_work_weighs_nothing():
    """An expired certificate is shown, and no violation; nobody is told to stop, and the verdict says why."""
    gone, here = judged([*EXPIRED, "已离职"], ["仿真李四", LI, *EXPIRED[2:], "在职"])
    assert (gone.verdict, here.verdict) == ("unverified", "violation")
    assert [(one.code, isinstance(one.waived, SetAside)) for one in gone.findings] == [
        ("CERT-EXPIRED", True), ("PERSON-LEFT", False),
    ]  # fmt: skip
    assert words_of(gone) == "名单写明已不在岗（已离职）"
    assert "特种作业" not in step_after(gone)
    assert [one.code for one in here.findings] == ["CERT-EXPIRED"]


def test_who_has_none_and_left_lacks_none():
    """No certificate, and no post any more."""
    (gone,) = judged(["仿真张三", ZHANG, "电工", "", "", "", "退休"])
    assert gone.verdict == "unverified"
    assert words_of(gone) == "名单写明已不在岗（退休）"


def test_a_wrong_number_stays_wrong():
    """What is wrong with the list itself is said of everybody."""
    (gone,) = judged(["仿真张三", f"{ZHANG[:-1]}1", *EXPIRED[2:], "离职"])
    assert gone.verdict == "violation"
    assert "ID-CHECKDIGIT" in [one.code for one in gone.findings if one.waived is None]


@pytest.mark.parametrize("label", ["备注", "状态", "是否在岗"])
def test_other_columns_say_nothing(label):
    """状态 may be the certificate's, 是否在岗 a leave, a remark anything."""
    (found,) = judged([*EXPIRED, "离职"], head=[*HEAD[:-1], label])
    assert found.verdict == "violation"


def test_the_reports_set_them_apart():
    """Not among what is to be done, due or asked by a form; in the list of problems as what it is, and counted."""
    found = judged(
        [*EXPIRED, "已离职"], ["仿真李四", LI, "电工", "低压电工作业", "2026-12-09", "2023-12-01", "退休"]
    )
    context = context_of(found)
    overview, counts, problems, special = Overview(), Counts(), ProblemList("一"), SpecialOperations(context)
    for one in found:
        for report in (overview, counts, problems, special):
            report.add(one)
        assert days_of(one, context) == ()
    assert overview.now_to_do() == []
    assert special.data()["people"] == 0
    assert [(one.code, one.status) for one in problems.problems()] == [
        ("CERT-EXPIRED", AWAY),
        ("CERT-EXPIRING", AWAY),
    ]
    assert left_line(counts).startswith(
        "人员状态写明已不在岗（离职、退休等）的有 2 条：证书到期、复审、应持证等 2 项只列出"
    )
    assert dict(counts.codes) == {"PERSON-LEFT": 2}
