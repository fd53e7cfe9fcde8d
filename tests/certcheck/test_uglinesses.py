"""What lists that were met in the field looked like, one ugliness a test; each was read wrongly once."""

import pytest

from certcheck.lists import read_lists
from certcheck.staff_list.header_words import load_headers
from tests.certcheck.lists import (
    AS_OF,
    HEADERS,
    LI,
    ZHANG,
    catalogue,
    codes,
    codes_of,
    entries_of,
    judge,
    listed,
    outcomes,
    roster,
    xlsx,
)

GOOD = {
    "name": "张三", "id_number": ZHANG, "item": "低压电工作业", "certificate_number": f"T{ZHANG}",
    "first_issue": "2024-03-01", "valid_from": "2024-03-01", "valid_to": "2030-02-28", "review_due": "2027-03-01",
}  # fmt: skip


def one(base=None, **changes):
    """Give the one entry of a list of one row."""
    (entry,) = entries_of(roster(listed({**GOOD, **(base or {}), **changes})))
    return entry


def test_a_row_that_counts_the_columns():
    """Printed forms number their columns under the header: 1, 2, 3 is nobody."""
    rows = [["姓名", "身份证号", "岗位"], [1, 2, 3], ["张三", ZHANG, "电工"]]
    found = roster(rows)
    assert ([row.source.row for row in found.rows], found.skipped) == ([3], 1)
    assert len(roster([["序号", "姓名", "身份证号"], [1, "张三", ZHANG]]).rows) == 1


def test_english_headers():
    """The contract's own field names, as programs export them."""
    rows = [
        ["No.", "Name", "ID Number", "Position", "Item", "Valid To"],
        [1, "张三", ZHANG, "电工", "低压电工作业", "2030-02-28"],
    ]
    (entry,) = entries_of(roster(rows))
    assert (entry.person.name, entry.person.post, str(entry.claim.valid_to)) == ("张三", "电工", "2030-02-28")


@pytest.mark.parametrize("written", [f"身份证:{ZHANG}", f"身份证号码：{ZHANG}", f"居民身份证{ZHANG}"])
def test_a_number_with_its_label(written):
    assert one(id_number=written).person.number == ZHANG


def test_a_number_that_was_a_float():
    """000000199001010018.0 has been through a float: its last digits are no longer the person's."""
    assert "ID-TRUNCATED" in codes(GOOD, id_number="000000199001010018.0", certificate_number="")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2030-02-28 星期四", "2030-02-28"), ("2030-02-28(周四)", "2030-02-28"), ("30年2月28日", "2030-02-28"),
        ("-2030.2.28", "2030-02-28"), ("～2030-02-28", "2030-02-28"), ("2030-02-28（已换证）", "2030-02-28"),
        ("2030-02-28止（换证）", "2030-02-28"),
    ],
)  # fmt: skip
def test_ends_as_people_type_them(written, read):
    assert str(one(valid_to=written).claim.valid_to) == read


@pytest.mark.parametrize("written", ["30.2.28", "28/2/30", "6年", "#N/A", "#REF!"])
def test_ends_that_are_not_guessed(written):
    """Two digits may be a year or a day, a length is no date, and an error of the spreadsheet is none."""
    entry = one(valid_to=written)
    assert entry.claim.valid_to is None
    assert [finding.code for finding in entry.findings] == ["DATE-UNREADABLE"]


def test_a_range_without_an_end():
    """The start is plain; 长期 is no date, and no certificate is for ever."""
    (entry,) = entries_of(
        roster(
            [["姓名", "身份证号", "准操项目", "有效期"], ["张三", ZHANG, "低压电工作业", "2024-03-01至长期"]]
        )
    )
    assert (str(entry.claim.valid_from), entry.claim.valid_to) == ("2024-03-01", None)
    assert [finding.code for finding in entry.findings] == ["DATE-UNREADABLE"]


def test_sexes_as_letters():
    assert "ID-SEX" in codes(GOOD, sex="F")
    assert "ID-SEX" not in codes(GOOD, sex="m")


def test_two_names_are_no_duplicate():
    """One number under two names: whose the certificate is nobody knows, so neither is claimed twice."""
    found = outcomes({**GOOD, "name": "张三"}, {**GOOD, "name": "李四"})
    assert [codes_of(outcome) for outcome in found] == [["ID-NAME-CONFLICT"], ["ID-NAME-CONFLICT"]]


def test_columns_of_ticks():
    """A column headed by an item says who holds it."""
    rows = [
        ["姓名", "身份证号", "低压电工作业", "高压电工作业"],
        ["张三", ZHANG, "√", ""],
        ["李四", LI, "", "√"],
    ]
    assert [entry.claim.item for entry in entries_of(roster(rows))] == ["低压电工作业", "高压电工作业"]


def test_a_note_that_fills_several_columns():
    rows = [
        ["姓名", "身份证号", "岗位", "准操项目"],
        ["张三", ZHANG, "电工", "低压电工作业"],
        ["说明", "1、按期复审", "", "2、离岗重考"],
    ]
    found = roster(rows)
    assert (len(found.rows), found.skipped) == (1, 1)


def test_items_and_certificate_numbers_by_content(tmp_path):
    """持证情况 and 编码 are no header words; the cells tell what they are."""
    rows = [
        ["姓名", "身份证号", "持证情况", "编码"],
        ["张三", ZHANG, "低压电工作业", f"T{LI}"],
        ["李四", LI, "高压电工作业", f"T{LI}"],
    ]
    lists = read_lists([xlsx(tmp_path / "a.xlsx", {"表": rows})], load_headers(), catalogue(), AS_OF)
    first, second = judge(list(lists.entries))
    assert (first.entry.claim.item, second.entry.claim.item) == ("低压电工作业", "高压电工作业")
    assert "NUMBER-NOT-HOLDER" in codes_of(first)
    (reading,) = lists.readings
    whys = {column.label: column.why for column in reading.tables[0].columns if column.why}
    assert whys == {
        "持证情况": "抽看的 2 格中有 2 格是目录中的项目",
        "编码": "抽看的 2 格中有 2 格是 T 加 18 位号码",
    }


def test_group_labels_of_one_word():
    """低压电工 over 证号, 起 and 止: the group's certificate and its two ends."""
    rows = [
        ["姓名", "身份证号", "低压电工", "", "", "高压电工", "", ""],
        ["", "", "证号", "起", "止", "证号", "起", "止"],
        ["张三", ZHANG, f"T{ZHANG}", "2024-03-01", "2030-02-28", f"T{ZHANG}", "2024-05-01", "2030-04-30"],
    ]
    found = entries_of(roster(rows, merged=((1, 3, 1, 5), (1, 6, 1, 8), (1, 1, 2, 1), (1, 2, 2, 2))))
    assert [(e.claim.item, str(e.claim.valid_from), str(e.claim.valid_to)) for e in found] == [
        ("低压电工作业", "2024-03-01", "2030-02-28"), ("高压电工作业", "2024-05-01", "2030-04-30"),
    ]  # fmt: skip


def test_a_workbook_under_another_ending(tmp_path):
    """Somebody renamed it; its first bytes tell what it is."""
    path = xlsx(tmp_path / "a.xlsx", {"表": [list(HEADERS.values())[:2], ["张三", ZHANG]]})
    for name in ("a.xls", "a.dat", "无后缀"):
        other = tmp_path / name
        other.write_bytes(path.read_bytes())
        assert read_lists([other], load_headers(), catalogue(), AS_OF).parts[0].entries == 1
