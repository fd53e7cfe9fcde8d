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
