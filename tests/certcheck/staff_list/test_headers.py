"""Header words: what a label names, and what it only seems to name."""

import pytest

from certcheck.staff_list.header_words import load_headers
from common.errors import DataError
from tests.certcheck.lists import HEADERS


@pytest.mark.parametrize(("field", "label"), HEADERS.items())
def test_words_of_the_contract(field, label):
    """Every header of the contract names its field, with blanks, width and notes not counting."""
    for written in (label, " ".join(label), f"{label}（必填）", f"*{label}", f"{label}\n(year-month-day)"):
        found = load_headers().match(written)
        assert found is not None
        assert (found.field, found.prefix) == (field, "")


@pytest.mark.parametrize(
    ("label", "field", "prefix"),
    [
        ("有效期（起）", "valid_from", ""),
        ("有效期(止)", "valid_to", ""),
        ("姓名 Name", "name", ""),
        ("证书编号 Certificate No.", "certificate_number", ""),
        ("高压证-到期日期", "valid_to", "高压证"),
        ("低压证应复审日期", "review_due", "低压证"),
        ("持证人身份证号码", "id_number", ""),
        ("员工身份证号", "id_number", ""),
        ("准操项目1", "item", "1"),
        ("有效期至2", "valid_to", "2"),
        ("准操项目二", "item", "二"),
        ("准操项目.1", "item", "1"),
        ("证书2-有效期至", "valid_to", "证书2"),
        ("低压证-证号", "certificate_number", "低压证"),
        ("焊工证证号", "certificate_number", "焊工证"),
        ("特种作业证号", "certificate_number", ""),
        ("登高作业-证号", "certificate_number", "登高作业"),
        ("制冷工证号", "certificate_number", "制冷工"),
        ("证书2-证号", "certificate_number", "证书2"),
        ("低压证-复审", "review", "低压证"),
        ("高压证-起", "valid_from", "高压证"),
        ("高压证-止", "valid_to", "高压证"),
        ("有效期终止日期", "valid_to", ""),
        ("下次复审时间", "review_due", ""),
        ("上次复审时间", "review_done", ""),
        ("第一次复审日期", "review", ""),
        ("第二次复审日期", "review_second", ""),
        ("首次领证日期", "first_issue", ""),
        ("到期日", "valid_to", ""),
        ("从事工种", "post", ""),
        ("照片", "photo", ""),
        ("证书照片", "photo", ""),
    ],
)
def test_labels_people_write(label, field, prefix):
    """What stands before a field's word, or counts it, is the certificate it belongs to."""
    found = load_headers().match(label)
    assert found is not None
    assert (found.field, found.prefix) == (field, prefix)


@pytest.mark.parametrize("prefix", ["", "低压证", "高压证-"])
@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("有效期限（起）", "valid_from"), ("有效期限（止）", "valid_to"), ("有效期限（开始日期）", "valid_from"),
        ("有效期限（截止）", "valid_to"), ("有效期【自】", "valid_from"), ("有效期[至]", "valid_to"), ("证书有效期（到期）", "valid_to"),
        ("有效期限（必填）（止）", "valid_to"), ("有效期限（年月日）", "valid_range"), ("有效期限（起/止）", "valid_range"),
        ("有效期限起", "valid_from"), ("有效期限止", "valid_to"), ("有效期限自", "valid_from"), ("有效期限到", "valid_to"),
        ("有效期限开始日期", "valid_from"), ("有效期限终止时间", "valid_to"), ("证书有效期限起", "valid_from"),
        ("复审日期（应复审）", "review_due"), ("复审日期（实际）", "review_done"), ("复审日期（应）", "review_due"),
        ("复审日期（下次）", "review_due"), ("复审日期（最近一次）", "review_done"), ("复审时间（实际复审时间）", "review_done"),
        ("复审日期（第二次）", "review_second"), ("复审日期（必填）", "review"), ("复审日期（年月日）", "review"),
    ],
)  # fmt: skip
def test_a_note_that_says_which_date_it_is(prefix, label, field):
    """A start read as an end accuses people whose certificates are valid; other notes change nothing."""
    found = load_headers().match(prefix + label)
    assert found is not None
    assert (found.field, found.prefix) == (field, prefix.rstrip("-"))


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("有效期（身份证）", None), ("有效期至（劳动合同）", None), ("姓名（联系人）", None), ("身份证号（联系人）", None),
        ("证书名称（应持）", None), ("准操项目（拟取证）", None), ("证书（缺少）", None), ("有效期（体检）", None),
        ("证件号码（身份证）", "id_number"),
        ("证书编号（同身份证号）", "certificate_number"), ("证书编号（身份证号）", "certificate_number"),
        ("准操项目（按证书要求填写）", "item"), ("证书名称（必须）", "kind"), ("证书名称（没有填无）", "kind"),
        ("单位（部门）", "employer"), ("岗位（工种）", "post"), ("姓名（持证人）", "name"), ("身份证号（本人）", "id_number"),
    ],
)  # fmt: skip
def test_a_note_that_says_whose_it_is(label, field):
    """A note that is another paper's word, or says that nothing is held, takes the column away; advice does not."""
    headers = load_headers()
    found = headers.match(label)
    assert (found.field if found and headers.is_field(found.field) else None) == field


@pytest.mark.parametrize(
    "label",
    ["身份证有效期", "身份证有效期至", "劳动合同到期日期", "健康证到期日期", "体检有效期", "保险到期日期", "序号", "备注",
     "紧急联系人姓名", "联系人身份证号", "法人姓名", "", "民族", "合同有效期止", "身份证发证机关",
     "员工证号", "准考证号", "学生证号", "工作证号", "职工证号", "到期复审", "是否复审", "居住证号", "房产证号"],
)  # fmt: skip
def test_labels_of_other_things(label):
    """The end of an identity card or a contract is not the end of a certificate."""
    headers = load_headers()
    found = headers.match(label)
    assert found is None or not headers.is_field(found.field)


def test_a_word_under_two_fields_is_refused(tmp_path):
    """A table that gives one word to two fields would read columns by chance."""
    path = tmp_path / "headers.toml"
    path.write_text('[person]\nname = ["姓名"]\nsex = ["姓 名"]\n[claim]\n[ignored]\n', encoding="utf-8")
    with pytest.raises(DataError, match="同时属于"):
        load_headers(path)
