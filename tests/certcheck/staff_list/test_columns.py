"""Columns that repeat: which of them make one certificate."""

from certcheck.staff_list.columns import SHARED, Column, group_columns
from certcheck.staff_list.header_words import load_headers


def groups(*described):
    columns = [Column(i, field, label, 0, hint) for i, (field, label, hint) in enumerate(described)]
    found, dropped = group_columns(columns, load_headers())
    return [(column.label, column.group) for column in found], [column.label for column in dropped]


def test_columns_that_occur_once_are_one_certificate():
    """Whatever stands over single columns, they tell of one certificate."""
    found, dropped = groups(
        ("item", "准操项目", ""), ("valid_to", "止", "有效期"), ("issuer", "发证机关", "其他")
    )
    assert {group for _, group in found} == {0}
    assert dropped == []


def test_hints_make_groups_and_single_columns_are_shared():
    """Each hint is a certificate; a column without one is said of all."""
    found, _ = groups(
        ("valid_to", "高压证-到期日期", "高压证"), ("review_due", "高压证-应复审日期", "高压证"),
        ("valid_to", "低压证-到期日期", "低压证"), ("issuer", "发证机关", ""),
    )  # fmt: skip
    assert [group for _, group in found] == [0, 0, 1, SHARED]


def test_repetition_begins_a_certificate():
    """Without hints a new certificate begins where a field comes again."""
    found, _ = groups(
        ("item", "准操项目", ""), ("valid_to", "有效期至", ""),
        ("item", "准操项目", ""), ("first_issue", "初领日期", ""), ("valid_to", "有效期至", ""),
    )  # fmt: skip
    assert [group for _, group in found] == [0, 0, 1, 1, 1]


def test_columns_side_by_side_count_by_their_place():
    """项目 项目 到期 到期: the second of each is the second certificate."""
    found, _ = groups(
        ("item", "准操项目", ""), ("item", "准操项目", ""),
        ("valid_to", "有效期至", ""), ("valid_to", "有效期至", ""),
    )  # fmt: skip
    assert [group for _, group in found] == [0, 1, 0, 1]


def test_the_better_of_two_words_is_read():
    """初领日期 goes before 发证日期, whichever stands first; the other is named as left out."""
    for order in (("初领日期", "发证日期"), ("发证日期", "初领日期")):
        found, dropped = groups(*(("first_issue", label, "") for label in order))
        assert [label for label, _ in found] == ["初领日期"]
        assert dropped == ["发证日期"]
