"""Whole files as the command reads them, and grids of any cells: nothing raises, no row is lost."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certcheck.lists import read_lists
from certcheck.staff_list.header_words import load_headers
from common.catalogue import load_catalogue
from common.errors import InputError
from common.sheets import read_sheets
from common.text import stated
from tests.certcheck.lists import (
    HEADERS,
    LI,
    ZHANG,
    codes_of,
    entries_of,
    judge,
    listed,
    read,
    roster,
    roster_of,
    sheet,
    xlsx,
)
from tests.certcheck.lists import SPECIAL as GOOD

CELLS = st.one_of(
    st.sampled_from(
        [
            *HEADERS.values(),
            "合计",
            "注：",
            "高压证-到期日期",
            "高压证",
            "到期日期",
            "起",
            "无",
            "/",
            "",
            "",
            "",
        ]
    ),
    st.sampled_from(
        [
            "仿真张三",
            ZHANG,
            LI,
            f"T{ZHANG}",
            "低压电工",
            "叉车、低压电工",
            "2021-05-01",
            "2021.05-2027.04",
            "电工",
        ]
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-(10**19), 10**19),
    st.dates(),
    st.booleans(),
    st.text(max_size=6),
)
GRIDS = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9)
MERGES = st.lists(st.tuples(*[st.integers(1, 9)] * 4), max_size=3).map(
    lambda found: tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in found)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS, MERGES)
def test_any_grid_is_read_and_no_row_is_lost(grid, merged):
    """Each row with anything in it below the first header is somebody's, skipped and counted, or a header."""
    before = sheet(grid).rows
    reading = roster(grid, merged=merged)
    judge(entries_of(reading))
    assert reading.sheet.rows == before
    if not reading.tables:
        assert reading.rows == []
        assert reading.skipped == 0
        return
    first = reading.tables[0].first
    if first == reading.tables[0].header_row:
        return  # a card, or a list on its side: its rows are no people of their own
    filled = sum(any(stated(str(value)) for value in row) for row in reading.sheet.rows[first - 1 :])
    numbers = [row.source.row for row in reading.rows]
    assert numbers == sorted(numbers)
    assert min([first, *numbers]) == first
    blank_headers = sum(
        not any(stated(str(value)) for value in reading.sheet.rows[number - 1])
        for table in reading.tables[1:] for number in range(table.header_row, table.first)
    )  # fmt: skip
    assert len(set(numbers)) + reading.skipped - blank_headers == filled


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([ZHANG, LI]), min_size=1, max_size=4),
    st.sampled_from(["", " ", "\u3000", "\u200b", "'"]),
)
def test_spelling_changes_no_finding(numbers, mark):
    """Blanks and full width in any text cell change nothing that is found."""
    people = [
        {**GOOD, "id_number": number, "certificate_number": f"T{number}", "post": "电工"}
        for number in numbers
    ]
    wide = [
        {
            **one,
            "id_number": mark + "".join(chr(ord(c) + 0xFEE0) for c in one["id_number"]) + mark,
            "item": f"{mark.strip(chr(39))}{one['item']} ",
        }
        for one in people
    ]
    first, second = (judge(entries_of(roster(listed(*rows)))) for rows in (people, wide))
    assert [codes_of(one) for one in first] == [codes_of(one) for one in second]


def as_csv(rows, separator=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files(tmp_path, encoding, separator):
    """The same list in each encoding and separator is the same people."""
    path = tmp_path / "名单.csv"
    path.write_bytes(as_csv(listed(GOOD), separator).encode(encoding))
    (entry,) = read(path).entries
    assert (entry.person.number, entry.claim.item, entry.source.row) == (ZHANG, "低压电工作业", 2)


def test_workbook(tmp_path):
    """Two sheets with other columns, one of them hidden, titles, merged cells, real dates."""
    path = xlsx(
        tmp_path / "名单.xlsx",
        {
            "甲": [["持证台账"], ["姓名", "身份证号", "准操项目", "有效期", None], [None, None, None, "起", "止"],
                  ["仿真张三", ZHANG, "低压电工", dt.date(2024, 5, 13), dt.date(2030, 5, 12)],
                  [None, None, "高压电工", "2024.5.13", 47615], ["合计", "1人"]],
            "乙": [["单位", "员工姓名", "公民身份号码", "证书名称"], ["某厂", "仿真李四", LI, "特种作业操作证"]],
            "空": [["说明"], ["本表仅供核验"]],
        },
        ["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "A4:A5", "B4:B5"],
    )  # fmt: skip
    lists = read(path)
    assert [(e.source.sheet, e.source.row, e.person.name) for e in lists.entries] == [
        ("甲", 4, "仿真张三"), ("甲", 5, "仿真张三"), ("乙", 2, "仿真李四"),
    ]  # fmt: skip
    assert [str(entry.claim.valid_to) for entry in lists.entries] == ["2030-05-12", "2030-05-12", "None"]
    assert sum(reading.skipped for reading in lists.readings) == 1


def test_numeric_identity_cells(tmp_path):
    """A numeric cell of eighteen digits is lost, whatever its file says of the last ones."""
    path = xlsx(tmp_path / "名单.xlsx", {"表": [["姓名", "身份证号"], ["仿真张三", 100000199001010018]]})
    (entry,) = read(path).entries
    assert [finding.code for finding in entry.findings] == ["ID-TRUNCATED"]
    assert entry.person.identity is None


def test_overrides(tmp_path):
    """A list that says 工人 is read once the user says what it means."""
    rows = [["工人", "证书", "到期"], ["仿真张三", "低压电工证", "2030-05-12"]]
    path = xlsx(tmp_path / "名单.xlsx", {"表": rows})
    with pytest.raises(InputError, match="没有找到人员表"):
        read(path)
    (entry,) = read(path, {"name": "工人", "item": "证书", "valid_to": "到期"}).entries
    assert (entry.person.name, entry.claim.item, str(entry.claim.valid_to)) == (
        "仿真张三",
        "低压电工作业",
        "2030-05-12",
    )


def test_a_label_that_no_header_has(tmp_path):
    """A typing error in --columns would silently leave a column unread."""
    path = xlsx(tmp_path / "名单.xlsx", {"表": listed(GOOD)})
    with pytest.raises(InputError, match="身份证哈"):
        read(path, {"id_number": "身份证哈"})


def test_table_without_people(tmp_path):
    """A header alone is a list of nobody; a file without one is no list."""
    path = xlsx(tmp_path / "名单.xlsx", {"表": [["姓名", "身份证号"], ["合计", "0人"]]})
    assert read(path).entries == ()
    with pytest.raises(InputError, match="没有找到人员表"):
        read(xlsx(tmp_path / "别的.xlsx", {"表": [["日期", "金额"], ["2021-05-01", 3]]}))


def test_certificates_are_counted_within_the_row(tmp_path):
    """Two people on one row still have certificates 0, 1 and 2 of that row."""
    half = ["姓名", "身份证号", "准操项目"]
    rows = [[*half, *half], ["仿真张三", ZHANG, "低压电工、高压电工", "仿真李四", LI, "低压电工"]]
    entries = read(xlsx(tmp_path / "名单.xlsx", {"表": rows})).entries
    assert [(entry.source.certificate, entry.person.name) for entry in entries] == [
        (0, "仿真张三"), (1, "仿真张三"), (2, "仿真李四"),
    ]  # fmt: skip


def test_a_row_longer_than_its_header(tmp_path):
    """A CSV whose rows differ in length is read; the cell without a header is nobody's."""
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号,岗位\n张三,000000199001010018,电工,请假\n李四\n", encoding="utf-8")
    (sheet,) = read_sheets(path)
    reading = roster_of(sheet)
    assert [row.source.row for row in reading.rows] == [2, 3]


def test_an_item_in_the_column_of_the_kind(tmp_path):
    """Under 证书 people write 低压电工 or 叉车证: that is the item, and the post is held against it."""
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,身份证号,岗位,证书,有效期至\n"
        "张三,000000199001010018,焊工,低压电工,2030-05-12\n"
        "李四,000000198512319995,叉车司机,叉车证,2030-05-12\n",
        encoding="utf-8",
    )
    listed = read_lists([path], load_headers(), load_catalogue(), dt.date(2026, 11, 20))
    first, second = listed.entries
    assert first.claim is not None
    assert first.claim.item == "低压电工作业"
    assert second.claim is not None
    assert second.claim.other is not None


def test_an_item_cell_stays_as_written(tmp_path):
    """Two items on two lines of a cell: each claim keeps the cell as it stands."""
    path = tmp_path / "a.csv"
    path.write_text(
        '姓名,身份证号,准操项目\n张三,000000199001010018,"低压电工作业\n高压电工作业"\n', encoding="utf-8"
    )
    listed = read_lists([path], load_headers(), load_catalogue(), dt.date(2026, 11, 20))
    assert {entry.claim.item_written for entry in listed.entries if entry.claim} == {
        "低压电工作业\n高压电工作业"
    }
    assert [entry.claim.item for entry in listed.entries if entry.claim] == ["低压电工作业", "高压电工作业"]


def test_a_blank_line_under_the_header(tmp_path):
    """An empty line straight after the header is nothing."""
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号\n\n甲,000000199001010018\n", encoding="utf-8")
    listed = read_lists([path], load_headers(), load_catalogue(), dt.date(2026, 11, 20))
    assert [entry.source.row for entry in listed.entries] == [3]
