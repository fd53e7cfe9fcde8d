"""Tables in sheets: headers, people, and what is none of them."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_of, entries_of, judge, roster

HEAD = ["序号", "姓名", "身份证号", "准操项目", "有效期至"]
ONE, TWO = (
    [1.0, "仿真张三", ZHANG, "低压电工作业", "2030-05-12"],
    [2.0, "仿真李四", LI, "高压电工作业", "2029-01-01"],
)


def claims(reading):
    return [
        (
            e.source.row,
            e.source.certificate,
            e.person.name,
            e.claim and e.claim.item,
            e.claim and str(e.claim.valid_to),
        )
        for e in entries_of(reading)
    ]


PLAIN = [(2, 0, "仿真张三", "低压电工作业", "2030-05-12"), (3, 0, "仿真李四", "高压电工作业", "2029-01-01")]


def shifted(rows, by):
    return [(row + by, *rest) for row, *rest in rows]


def test_title_rows_and_blank_rows():
    """Rows above the header are not the list's; rows count as the spreadsheet shows them."""
    reading = roster(
        [["公司特种作业人员台账"], ["填报单位：甲", "", "", "日期：2026年"], [], HEAD, ONE, [], TWO]
    )
    assert [entry[0] for entry in claims(reading)] == [5, 7]
    assert reading.skipped == 0


def test_repeated_header_is_skipped():
    """A header printed on every page is no person; one with other columns is obeyed."""
    other = ["姓名", "证号", "身份证号", "有效期至", "准操项目"]
    reading = roster([HEAD, ONE, HEAD, TWO, other, ["仿真王五", "", LI, "2028-01-01", "压力焊作业"]])
    assert [entry[0] for entry in claims(reading)] == [2, 4, 6]
    assert claims(reading)[2][3:] == ("压力焊作业", "2028-01-01")
    assert reading.skipped == 2


FEET = [
    ["合计", "共 2 人", "", "证书 2 本"],
    ["合计：2人"],
    ["小计", 2.0],
    ["", "合计", 2.0],
    ["总计", "2", "", "2"],
    [3.0],
    ["3", "", "", "", "/"],
    ["注：复审日期以证书为准。"],
    ["", "注：1.本表一式两份；2.逾期不候。"],
    ["说明：本表由各单位填报"],
    ["填表人：", "仿真王五", "", "审核人：", "仿真赵六"],
    ["制表人", "仿真王五", "", "日期", "2026-11-20"],
    ["", "", "", "单位（盖章）：", ""],
    ["", "", "", "", "2026年11月20日"],
    ["", "", "", "", "制表日期：2026-11-20"],
    ["", "（以下空白）"],
    ["以下无正文"],
    ["", "第 1 页，共 3 页"],
    ["", "一、本表由各单位填报，每季度更新一次。"],
    ["", "安全生产管理人员名单"],
    ["负责人：仿真王五"],
    ["单位负责人签字：", "", "", "", ""],
]


@pytest.mark.parametrize("foot", FEET, ids=["|".join(map(str, foot)) for foot in FEET])
def test_feet_are_counted_and_are_nobody(foot):
    """Totals, notes and signatures are skipped and change nothing about the people above."""
    reading = roster([HEAD, ONE, TWO, foot])
    assert claims(reading) == PLAIN
    assert reading.skipped == 1


@pytest.mark.parametrize(
    "row",
    [
        ["", "仿真王五", "", "", ""],
        [3.0, "合欢", "", "", ""],
        ["", "", LI, "", ""],
        ["", "", "", "压力焊作业", ""],
        ["注塑车间", "仿真王五", "", "压力焊作业", "2029-01-01"],
        ["负责人", "仿真王五", "", "", ""],
        ["制表科", "仿真王五", "", "", ""],
        ["备注组", "仿真王五", "", "压力焊作业", ""],
        ["合计", "", LI, "", ""],
        ["", "总某", LI, "", ""],
    ],
)
def test_people_who_look_like_feet(row):
    """A name, a number or an item makes a row somebody's, whatever word stands before it."""
    reading = roster([HEAD, ONE, row])
    assert [entry[0] for entry in claims(reading)] == [2, 3]
    assert reading.skipped == 0


def test_continued_rows():
    """A row without name and number under a person states that person's next certificate."""
    reading = roster([HEAD, ONE, ["", "", "", "高压电工作业", "2029-02-02"], TWO])
    assert claims(reading)[1] == (3, 0, "仿真张三", "高压电工作业", "2029-02-02")
    assert entries_of(reading)[1].person.number == ZHANG


def test_merged_people():
    """A name merged over three rows is one person; a row of it that says nothing more is nobody."""
    rows = [HEAD, ONE, ["", "", "", "高压电工作业", "2029-02-02"], ["", "", "", "", ""], TWO]
    reading = roster(rows, merged=((2, 1, 4, 1), (2, 2, 4, 2), (2, 3, 4, 3)))
    assert [entry[:3] for entry in claims(reading)] == [
        (2, 0, "仿真张三"),
        (3, 0, "仿真张三"),
        (5, 0, "仿真李四"),
    ]


def test_merged_cells_leave_the_sheet_as_it_was():
    """The list is handed back as the user made it: reading fills nothing in."""
    rows = [HEAD, ONE, ["", "", "", "高压电工作业", "2029-02-02"]]
    reading = roster(rows, merged=((2, 2, 3, 2),))
    assert reading.sheet.rows[2][1] == ""


def test_section_rows_merged_over_the_table():
    """一车间 merged over the whole table is a heading, not a person without a number."""
    reading = roster([HEAD, ["", "一车间", "", "", ""], ONE, TWO], merged=((2, 2, 2, 5),))
    assert claims(reading) == shifted(PLAIN, 1)
    assert reading.skipped == 1


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


def test_both_post_columns_count():
    """A foreman who is an electrician by trade works as one: both columns are his post."""
    reading = roster([["姓名", "身份证号", "职务", "工种"], ["仿真张三", ZHANG, "班长", "电工"]])
    (outcome,) = judge(entries_of(reading))
    assert codes_of(outcome) == ["CERT-MISSING"]
    assert outcome.entry.person.post == "班长、电工"


def test_shared_cells_alone_are_a_claim():
    """A certificate number in a shared column says that there is a certificate."""
    head = ["姓名", "身份证号", "岗位", "证号", "低压证-到期日期", "高压证-到期日期"]
    (outcome,) = judge(entries_of(roster([head, ["仿真张三", ZHANG, "电工", f"T{ZHANG}", "", ""]])))
    assert outcome.entry.claim.certificate_number == f"T{ZHANG}"
    assert codes_of(outcome) == []


def test_unknown_certificate_of_a_wide_list_keeps_its_name():
    """行车大证 is in no catalogue: the finding quotes it, and 证书1 is no name at all."""
    head = ["姓名", "身份证号", "行车大证-到期日期", "低压证-到期日期"]
    first, _ = entries_of(roster([head, ["仿真张三", ZHANG, "2030-05-12", "2029-01-01"]]))
    assert first.claim.item_written == "行车大证"


@pytest.mark.parametrize(
    "empty", ["", "无", "/", "-", "—", "——", "\\", "暂无", "无证", "未取证", " ", "\u3000"]
)
def test_nothing_stated(empty):
    """What people write into an empty cell states nothing: an electrician without a certificate misses one."""
    head = ["姓名", "身份证号", "岗位", "准操项目", "证号", "有效期至"]
    (outcome,) = judge(entries_of(roster([head, ["仿真张三", ZHANG, "电工", empty, empty, empty]])))
    assert outcome.entry.claim is None
    assert codes_of(outcome) == ["CERT-MISSING"]


def test_overrides():
    """A column that the user names is the field, and no other column is."""
    head = ["工人", "姓名", "身份证号", "准操项目"]
    rows = [head, ["仿真张三", "别的", ZHANG, "低压电工作业"]]
    (entry,) = entries_of(roster(rows, {"name": "工人"}))
    assert entry.person.name == "仿真张三"


def test_overrides_of_one_sheet_leave_others_alone():
    """A sheet without the label that the user names is read by its own words."""
    (entry,) = entries_of(roster([HEAD, ONE], {"name": "工人"}))
    assert entry.person.name == "仿真张三"


def test_dates_under_a_bare_review_header():
    """复审日期 in the future is due, in the past done, and either is said to be unclear."""
    head = ["姓名", "身份证号", "准操项目", "复审日期"]
    rows = [
        head,
        ["仿真张三", ZHANG, "低压电工作业", "2027-05-01"],
        ["仿真李四", LI, "低压电工作业", "2026-11-20"],
    ]
    due, done = entries_of(roster(rows))
    assert (str(due.claim.review_due), due.claim.review_done) == ("2027-05-01", None)
    assert (done.claim.review_due, str(done.claim.review_done)) == (None, "2026-11-20")
    assert [f.code for e in (due, done) for f in e.findings] == ["DATE-AMBIGUOUS", "DATE-AMBIGUOUS"]


def test_two_people_on_one_row():
    """A list printed in two columns of people has two people on a row; neither takes the other's certificate."""
    half = ["姓名", "身份证号", "准操项目"]
    reading = roster([[*half, *half], ["仿真张三", ZHANG, "低压电工作业", "仿真李四", LI, "高压电工作业"],
                      ["仿真王五", "", "压力焊作业", "", "", ""]])  # fmt: skip
    assert [(row, name, item) for row, _, name, item, _ in claims(reading)] == [
        (2, "仿真张三", "低压电工作业"), (2, "仿真李四", "高压电工作业"), (3, "仿真王五", "压力焊作业"),
    ]  # fmt: skip
    assert reading.skipped == 0


@pytest.mark.parametrize("ditto", ["同上", "〃", "″", "”"])
def test_ditto(ditto):
    """同上 is the cell above it, also below another 同上."""
    rows = [HEAD, ONE, [2.0, "仿真李四", LI, ditto, ditto], [3.0, "仿真王五", "", ditto, ditto]]
    assert {entry[3:] for entry in claims(roster(rows))} == {("低压电工作业", "2030-05-12")}


@pytest.mark.parametrize(
    "foot", [["", "", "", "2本", ""], ["", "一车间小计", "", "1本", ""], ["一车间小计", "3人", "", "", "3"]]
)
def test_counts_between_people(foot):
    """A count under a section is no certificate of the person above."""
    reading = roster([HEAD, ONE, foot, TWO])
    assert [entry[0] for entry in claims(reading)] == [2, 4]
    assert reading.skipped == 1


def test_certificates_as_columns():
    """高压证 as a header with a tick, a number or a date under it says that there is a certificate."""
    head = ["姓名", "身份证号", "岗位", "高压证", "低压证"]
    rows = [head, ["仿真张三", ZHANG, "电工", "√", "×"], ["仿真李四", LI, "电工", "2030-01-01", f"T{LI}"]]
    found = judge(entries_of(roster(rows)))
    assert [(o.entry.source.row, o.entry.claim.item, codes_of(o)) for o in found] == [
        (2, "高压电工作业", []), (3, "高压电工作业", ["DATE-UNREADABLE"]), (3, "低压电工作业", []),
    ]  # fmt: skip
    assert found[2].entry.claim.certificate_number == f"T{LI}"
