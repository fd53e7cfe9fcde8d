"""General titles over the certificates' own names: which of the words over a column name its certificate."""

import pytest

from tests.certcheck.lists import ZHANG, entries_of, roster

DATES = ["2024-05-01", "2030-04-30"]
TITLES = [
    "持证信息",
    "特种作业证书信息",
    "特种作业操作证",
    "证书情况（按证填写）",
    "安全类证件",
    "二〇二六年度持证",
]
NAMES = [
    ("低压证", "高压证"), ("低压电工", "高压电工"), ("低压电工作业", "高压电工作业"), ("低压电工证", "高压电工证"),
]  # fmt: skip


def items(top, middle, fields=("有效期起", "有效期至"), merged=True):
    """Give item and end of every certificate of one person under a header of three levels."""
    width = len(fields)
    lower = [label for name in middle for label in (name, *[""] * (width - 1))]
    upper = [top, *[""] * (len(lower) - 1)] if isinstance(top, str) else top
    rows = [
        ["姓名", "身份证号", "岗位", *upper],
        ["", "", "", *lower],
        ["", "", "", *fields * len(middle)],
        ["仿真张三", ZHANG, "架子工", *DATES * len(middle)],
    ]
    areas = tuple((2, 4 + at * width, 2, 3 + (at + 1) * width) for at in range(len(middle)))
    tops = [at for at, label in enumerate(upper) if label]
    over = ((1, 4 + at, 1, 3 + end) for at, end in zip(tops, [*tops[1:], len(lower)], strict=True))
    spans = (*over, (1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 3, 3), *areas)
    found = entries_of(roster(rows, merged=spans if merged else ()))
    return [
        (e.claim.match.item if e.claim.match else e.claim.item_written, str(e.claim.valid_to)) for e in found
    ]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("middle", NAMES)
@pytest.mark.parametrize("top", TITLES)
def test_a_general_title_over_certificates(top, middle, merged):
    assert items(top, middle, merged=merged) == [("低压电工作业", DATES[1]), ("高压电工作业", DATES[1])]


def test_what_stands_below_the_certificates_names():
    """1号证 under 低压证 names nothing; the certificate's own name stands over it."""
    assert items(["低压证", "", "高压证", ""], ("1号证", "2号证")) == [
        ("低压电工作业", DATES[1]), ("高压电工作业", DATES[1]),
    ]  # fmt: skip


def test_a_certificate_that_no_catalogue_knows():
    """What the finding quotes is the certificate's name, without the title over all of them."""
    assert [item for item, _ in items("持证信息", ("某某大证", "低压证"))] == ["某某大证", "低压电工作业"]


def test_words_on_two_levels_that_name_one_certificate():
    """高压 over 电工证 is 高压电工证: the words are read together first."""
    assert [item for item, _ in items(["低压", "", "高压", ""], ("电工证", "电工证"))] == [
        "低压电工作业", "高压电工作业",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [["焊工", "熔化焊接", ""], ["", "熔化焊接", ""], ["", "熔化焊接", "2030-04-30"]]
)
def test_a_row_of_values_before_the_next_header_is_somebodys(words):
    """What stands between two headers is no level of either."""
    head = ["姓名", "身份证号", "岗位", "准操项目", "有效期至"]
    rows = [head, ["", "", *words], head, ["仿真张三", ZHANG, "架子工", "低压电工作业", DATES[1]]]
    assert [row.source.row for row in roster(rows).rows] == [2, 4]


@pytest.mark.parametrize("second", ["登高架设作业", "高压电工作业", "高压电工"])
def test_two_people_without_names_under_a_header(second):
    head = ["姓名", "身份证号", "岗位", "准操项目"]
    rows = [
        head,
        ["", "", "焊工", "熔化焊接"],
        ["", "", "", second],
        ["仿真张三", ZHANG, "架子工", "低压电工作业"],
    ]
    assert [row.source.row for row in roster(rows).rows] == [2, 3, 4]
