"""Headers of several rows and lists with a group of columns for each certificate."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_under, entries_of, roster


def claims(reading):
    return [
        (e.source.row, e.source.certificate, e.person.name, e.claim.item, str(e.claim.valid_to))
        for e in entries_of(reading)
    ]


TOP = ["序号", "姓名", "身份证号", "有效期", "", "发证机关"]
SUB = ["", "", "", "起", "止", ""]
PERSON = [1.0, "仿真张三", ZHANG, "2024-05-13", "2030-05-12", "某局"]


@pytest.mark.parametrize("merged", [(), ((1, 4, 1, 5), (1, 2, 2, 2), (1, 3, 2, 3), (1, 6, 2, 6))])
def test_two_header_rows(merged):
    """有效期 over 起 and 止, merged or with an empty cell as a CSV has it."""
    reading = roster([TOP, SUB, PERSON], merged=merged)
    (entry,) = entries_of(reading)
    assert (str(entry.claim.valid_from), str(entry.claim.valid_to), entry.claim.issuer) == (
        "2024-05-13", "2030-05-12", "某局",
    )  # fmt: skip
    assert reading.skipped == 0


def test_second_header_row_with_a_strange_label():
    """One label that nobody knows does not make a header row a person."""
    reading = roster([[*TOP, "其他", ""], [*SUB, "卡号", "批次"], [*PERSON, "1", "2"]])
    assert [entry.source.row for entry in entries_of(reading)] == [3]


@pytest.mark.parametrize("merged", [(), ((1, 1, 1, 2), (1, 3, 1, 5))])
def test_group_titles_over_the_header(merged):
    """基本信息 and 证书信息 over the real header say nothing of their own."""
    reading = roster([["基本信息", "", "证书信息"], ["姓名", "身份证号", "准操项目", "有效期至", "初领日期"],
                      ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", ""]], merged=merged)  # fmt: skip
    assert claims(reading) == [(3, 0, "仿真张三", "低压电工作业", "2030-05-12")]


WIDE = [("低压电工作业", "2030-05-12"), ("高压电工作业", "2029-01-01")]


def wide(reading):
    return [(e.claim.match.item, str(e.claim.valid_to)) for e in entries_of(reading)]


def test_wide_list_with_prefixes():
    """高压证-到期日期 names the certificate and the field; an empty group claims nothing."""
    head = [
        "姓名",
        "身份证号",
        "低压证-到期日期",
        "低压证-应复审日期",
        "高压证-到期日期",
        "高压证-应复审日期",
    ]
    rows = [head, ["仿真张三", ZHANG, "2030-05-12", "2027-05-13", "2029-01-01", ""],
            ["仿真李四", LI, "", "", "2029-01-01", ""], ["仿真王五", "", "", "", "", ""]]  # fmt: skip
    found = entries_of(roster(rows))
    assert [(e.source.row, e.source.certificate, e.claim and e.claim.match.item) for e in found] == [
        (2, 0, "低压电工作业"), (2, 1, "高压电工作业"), (3, 0, "高压电工作业"), (4, 0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("names_below", [True, False])
def test_wide_list_over_two_rows(merged, names_below):
    """The certificate above, its fields below, the name in either row."""
    top = ["姓名", "身份证号", "低压证", "", "高压证", ""]
    sub = ["", "", "到期日期", "应复审日期", "到期日期", "应复审日期"]
    if names_below:
        top[:2], sub[:2] = ["", ""], ["姓名", "身份证号"]
    rows = [["某公司持证台账"], top, sub, ["仿真张三", ZHANG, "2030-05-12", "", "2029-01-01", ""]]
    reading = roster(rows, merged=((2, 3, 2, 4), (2, 5, 2, 6)) if merged else ())
    assert wide(reading) == WIDE


def test_wide_list_over_three_rows():
    """姓名 | 低压证 (有效期 (起, 止)): three header rows are one header."""
    rows = [
        ["姓名", "身份证号", "低压证", "", "", "高压证", "", ""],
        ["", "", "证号", "有效期", "", "证号", "有效期", ""],
        ["", "", "", "起", "止", "", "起", "止"],
        ["仿真张三", ZHANG, f"T{ZHANG}", "2024-05-13", "2030-05-12", f"T{ZHANG}", "2023-01-02", "2029-01-01"],
    ]
    merged = ((1, 3, 1, 5), (1, 6, 1, 8), (2, 4, 2, 5), (2, 7, 2, 8), (1, 1, 3, 1), (1, 2, 3, 2))
    assert wide(roster(rows, merged=merged)) == WIDE
    assert wide(roster(rows)) == WIDE


@pytest.mark.parametrize(
    "head",
    [
        ["准操项目", "有效期至", "准操项目", "有效期至"],
        ["准操项目1", "有效期至1", "准操项目2", "有效期至2"],
        ["准操项目", "有效期至", "准操项目.1", "有效期至.1"],
        ["证书1准操项目", "证书1有效期至", "证书2准操项目", "证书2有效期至"],
        ["准操项目（1）", "有效期至（1）", "准操项目（2）", "有效期至（2）"],
        ["准操项目一", "有效期至一", "准操项目二", "有效期至二"],
    ],
)
def test_repeated_groups(head):
    """A group of columns for each certificate, however they are counted."""
    row = ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", "高压电工作业", "2029-01-01"]
    assert wide(roster([["姓名", "身份证号", *head], row])) == WIDE


@pytest.mark.parametrize(
    "head",
    [["准操项目1", "准操项目2", "有效期至1", "有效期至2"], ["准操项目", "准操项目", "有效期至", "有效期至"]],
)
def test_repeated_columns_side_by_side(head):
    """All items first, then all ends: the second end belongs to the second item."""
    row = ["仿真张三", ZHANG, "低压电工作业", "高压电工作业", "2030-05-12", "2029-01-01"]
    assert wide(roster([["姓名", "身份证号", *head], row])) == WIDE


def test_review_dates_of_one_certificate_are_not_two_certificates():
    """第一次 and 第二次复审日期 are reviews of one certificate: a past one done, a future one due."""
    head = ["姓名", "身份证号", "准操项目", "第一次复审日期", "第二次复审日期"]
    (entry,) = entries_of(roster([head, ["仿真张三", ZHANG, "低压电工作业", "2025-05-01", "2028-05-01"]]))
    assert (str(entry.claim.review_done), str(entry.claim.review_due)) == ("2025-05-01", "2028-05-01")


def test_ends_of_other_papers_are_not_the_certificates():
    """The identity card's or contract's end would accuse people whose certificates are valid."""
    head = ["姓名", "身份证号", "身份证有效期", "劳动合同到期日期", "准操项目", "有效期至"]
    (entry,) = entries_of(
        roster([head, ["仿真张三", ZHANG, "2020-01-01", "2021-01-01", "低压电工作业", "2030-05-12"]])
    )
    assert str(entry.claim.valid_to) == "2030-05-12"
    head = ["姓名", "身份证", "", "准操项目"]
    rows = [head, ["", "号码", "有效期至", ""], ["仿真张三", ZHANG, "2020-01-01", "低压电工作业"]]
    (entry,) = entries_of(roster(rows, merged=((1, 2, 1, 3),)))
    assert entry.person.number == ZHANG
    assert entry.claim.valid_to is None


def test_the_identity_column_is_the_one_that_says_so():
    """证件号 beside 身份证号 is not the identity number, whichever stands first."""
    for order in ((0, 1), (1, 0)):
        pair = [("证件号", f"T{ZHANG}"), ("身份证号", ZHANG)]
        head, row = zip(*(pair[i] for i in order), strict=True)
        (entry,) = entries_of(roster([["姓名", *head, "准操项目"], ["仿真张三", *row, "低压电工作业"]]))
        assert entry.person.number == ZHANG


def test_identity_column_by_what_it_holds():
    """Without a word for it, the column full of identity numbers is the one; T numbers are certificates'."""
    (entry,) = entries_of(roster([["姓名", "号码", "准操项目"], ["仿真张三", ZHANG, "低压电工作业"]]))
    assert entry.person.number == ZHANG
    (entry,) = entries_of(
        roster([["姓名", "证件号码", "准操项目"], ["仿真张三", f"T{ZHANG}", "低压电工作业"]])
    )
    assert (entry.person.number, entry.claim.certificate_number) == (ZHANG, f"T{ZHANG}")


def test_table_found_by_what_it_holds():
    """Known certificate columns and a column of identity numbers are a table, though nothing says 姓名."""
    reading = roster(
        [["人员", "号码", "准操项目", "有效期至"], ["仿真张三", ZHANG, "低压电工作业", "2030-05-12"]]
    )
    assert [entry.person.number for entry in entries_of(reading)] == [ZHANG]


def test_unknown_certificate_of_a_wide_list_keeps_its_name():
    """行车大证 is in no catalogue: the finding quotes it, and 证书1 is no name at all."""
    head = ["姓名", "身份证号", "行车大证-到期日期", "低压证-到期日期"]
    first, _ = entries_of(roster([head, ["仿真张三", ZHANG, "2030-05-12", "2029-01-01"]]))
    assert first.claim.item_written == "行车大证"


def test_an_empty_row_above_columns_that_repeat():
    """Nothing stands over the header: nothing names the certificates."""
    assert roster([["无"], ["证书类型", "证书类型"]]).tables == []


def test_a_label_merged_beyond_the_last_column():
    """A merged range may end to the right of everything that is filled."""
    rows = [
        ["", "", "低压证", ""],
        ["姓名", "身份证号", "到期日期", "到期日期"],
        ["仿真张三", ZHANG, "2030-05-12", ""],
    ]
    assert len(claims(roster(rows, merged=((1, 3, 1, 9),)))) == 1


def test_ends_and_reviews_that_a_note_tells(tmp_path):
    """Start and end of a validity, and a due review, are read where only the note tells them."""
    head = ["姓名", "身份证号", "准操项目", "有效期限（起）", "有效期限（止）"]
    person = ["仿真张三", ZHANG, "低压电工作业"]
    assert codes_under(tmp_path, head, [*person, "2024-05-13", "2030-05-12"]) == [[]]
    (found,) = codes_under(tmp_path, head, [*person, "2019-05-13", "2025-05-12"])
    assert "CERT-EXPIRED" in found
    head = ["姓名", "身份证号", "准操项目", "有效期至", "复审日期（应复审）", "复审日期（实际）"]
    found = codes_under(tmp_path, head, [*person, "2029-05-12", "2026-05-12", ""])
    assert found == [["CERT-REVIEW-OVERDUE"]]
    found = codes_under(tmp_path, head, [*person, "2029-05-12", "2026-05-12", "2026-05-01"])
    assert found == [[]]
