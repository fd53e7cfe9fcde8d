"""Columns and words that tell of certificates somebody does not hold."""

import pytest

from certcheck.staff_list.header_words import load_headers
from tests.certcheck.lists import ZHANG, codes_under, number, read, xlsx

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


PENDING = ["待办", "未取得", "缺", "培训中", "未持证", "办理中", "办证中", "未取证", "待取证", "暂无", "无", "没有", "尚未取得", "正在办理",
           "已报名", "拟培训", "×", "否", "不需要", "未取得（培训中）", "培训中，预计2027年3月", "待办 2026-12-31", " 待 办 "]  # fmt: skip
HELD = ["有", "是", "√", "✓", "○", "●", "☑", "Y", "已取得", "持证", "合格", "1", 2, True, "★", "低压电工作业"]


@pytest.mark.parametrize("cell", PENDING)
def test_words_that_say_not_yet(tmp_path, cell):
    """Who is being trained for a certificate does not hold it."""
    head = ["姓名", "身份证号", "岗位", "低压证"]
    assert codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", cell]) == [["CERT-MISSING"]]


@pytest.mark.parametrize("cell", HELD)
def test_words_that_say_held(tmp_path, cell):
    """A tick is a certificate without dates, as before."""
    head = ["姓名", "身份证号", "岗位", "低压证"]
    assert codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", cell]) == [[]]


@pytest.mark.parametrize(
    "cell", ["已过期", "过期", "已失效", "遗失", "待复审", "未复审", "复审中", "换证中", "吊销", "张三负责"]
)
def test_words_that_do_not_tell(tmp_path, cell):
    """It is claimed, and nobody knows whether it is good: the words are quoted, never called clean."""
    head = ["姓名", "身份证号", "岗位", "低压证", "高压证"]
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", cell, ""])
    assert found == [["DATE-UNREADABLE"]]


@pytest.mark.parametrize("cell", ["待办", "培训中", "未取得", "办理中（预计12月）"])
@pytest.mark.parametrize("label", ["证书名称", "准操项目", "证书编号", "有效期至", "低压证-到期日期"])
def test_not_yet_in_any_cell_of_a_certificate(tmp_path, label, cell):
    """Where that is all that is stated, there is no certificate; beside an item it is told."""
    head = ["姓名", "身份证号", "岗位", label]
    assert codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", cell]) == [["CERT-MISSING"]]
    head = ["姓名", "身份证号", "岗位", "作业类别", label]
    (found,) = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", "电工作业", cell])
    assert found


def test_a_number_beside_the_word_speaks_for_itself(tmp_path):
    """A certificate number that is written is judged, whatever stands before it."""
    head = ["姓名", "身份证号", "岗位", "低压证"]
    (found,) = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", "补办中 T000000198512319995"])
    assert "NUMBER-NOT-HOLDER" in found


@pytest.mark.parametrize("who", ["应持证人员", "拟取证人员", "缺证人员", "待培训人员"])
def test_people_of_whom_a_list_is(tmp_path, who):
    """Names and numbers under such words are those of the people on the list."""
    names = ["王小明", "陈大文", "张仿真"]
    rows = [[name, number(f"1990-01-{10 + at}"), "低压电工"] for at, name in enumerate(names)]
    path = xlsx(tmp_path / "名单.xlsx", {"人员": [[f"{who}姓名", f"{who}身份证号", "岗位"], *rows]})
    found = list(read(path).entries)
    assert [one.person.name for one in found] == names
    assert [one.person.number for one in found] == [row[1] for row in rows]
