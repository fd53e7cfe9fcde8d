"""Columns of categories and items whose headers are those of trades, or unknown."""

import pytest

from tests.certcheck.lists import ZHANG, codes_under, read, xlsx

PERSON = ["仿真张三", ZHANG, "高压电工"]
ITEMS = ["电工作业", "低压电工作业"]


@pytest.mark.parametrize(
    "head",
    [
        ("工种大类", "工种小类"),
        ("作业大类", "作业小类"),
        ("甲", "乙"),
        ("大类", "小类"),
        ("持证大类", "持证小类"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_item_goes_before_its_category(tmp_path, head, turned):
    """A list with both is judged by the item, whichever column stands first."""
    columns = list(zip(head, ITEMS, strict=True))[:: -1 if turned else 1]
    rows = [["姓名", "身份证号", "岗位", *(label for label, _ in columns), "有效期"],
            [*PERSON, *(item for _, item in columns), "2030-05-12"]]  # fmt: skip
    (entry,) = read(xlsx(tmp_path / "一.xlsx", {"人员": rows})).entries
    assert entry.claim.item == "低压电工作业"
    assert codes_under(tmp_path, *rows) == [["CERT-SCOPE"]]


def test_a_category_alone_is_read(tmp_path):
    """Where only categories stand in the list, they are what is claimed."""
    rows = [["姓名", "身份证号", "岗位", "工种大类"], [*PERSON, "电工作业"]]
    (entry,) = read(xlsx(tmp_path / "一.xlsx", {"人员": rows})).entries
    assert entry.claim.category == "电工作业"
    rows[0][-1] = "甲"
    (entry,) = read(xlsx(tmp_path / "二.xlsx", {"人员": rows})).entries
    assert entry.claim.category == "电工作业"
