"""Columns and words that tell of certificates somebody does not hold."""

import pytest

from certcheck.headers import load_headers
from tests.certcheck.lists import ZHANG, codes_under

LACKING = [
    "缺少证书", "缺证", "缺失项目", "欠缺证书", "应持证项目", "应持证书", "应取得证书", "需持证项目", "所需证书", "岗位要求证书",
    "拟培训项目", "拟取证", "拟考证书", "计划取证", "计划取证项目", "待取证", "待办证书", "未取证项目", "未持证书", "报考项目",
    "缺低压证", "应持证书名称", "拟取证书编号",
]  # fmt: skip


@pytest.mark.parametrize("label", LACKING)
@pytest.mark.parametrize("cell", ["低压电工作业", "低压证"])
def test_what_is_missing_is_not_held(tmp_path, label, cell):
    """Somebody with nothing, of whom the list itself says what is lacking, holds nothing."""
    head = ["姓名", "身份证号", "岗位", label]
    (found,) = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", cell])
    assert found == ["CERT-MISSING"]


def test_a_column_of_what_is_missing_beside_those_that_are_held(tmp_path):
    """What is held is read as before; who holds none and lacks one has none."""
    head = ["姓名", "身份证号", "岗位", "高压证-到期日期", "低压证-到期日期", "证书是否合规", "缺少证书"]
    found = codes_under(
        tmp_path,
        head,
        ["仿真张三", ZHANG, "高压电工", "2030-05-01", "", "否", "低压证"],
        ["仿真李四", "000000198512319995", "低压电工", "", "", "否", "低压证"],
    )
    assert found == [[], ["CERT-MISSING"]]


@pytest.mark.parametrize("below", ["项目", "名称", "证书名称", "准操项目"])
def test_what_is_missing_over_two_rows(tmp_path, below):
    """The word that says it may stand over the item's own word."""
    rows = [["", "", "", below], ["仿真张三", ZHANG, "低压电工", "低压电工作业"]]
    assert codes_under(tmp_path, ["姓名", "身份证号", "岗位", "缺少证书"], *rows) == [["CERT-MISSING"]]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("计划复审日期", "review_due"),
        ("低压证-计划复审日期", "review_due"),
        ("应复审日期", "review_due"),
        ("低压证应复审日期", "review_due"),
    ],
)
def test_a_due_review_is_no_missing_certificate(label, field):
    """计划 and 应 before a review say when it is due."""
    found = load_headers().match(label)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("above", ["应持证人员", "拟聘人员", "计划内人员"])
def test_a_persons_words_under_such_a_title(tmp_path, above):
    """A title over a person's own columns takes nothing from them."""
    rows = [["姓名", "身份证号", "岗位", "准操项目"], ["仿真张三", ZHANG, "低压电工", ""]]
    assert codes_under(tmp_path, [above, "", "", "证书"], *rows) == [["CERT-MISSING"]]
