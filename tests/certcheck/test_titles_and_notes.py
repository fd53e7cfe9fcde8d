"""Titles of parts and notes that stand in a column of people or certificates are nobody; a lone date is told."""

import pytest

from certcheck.report.how_read import unused_line
from tests.certcheck.lists import LI, ZHANG, read, roster, xlsx

HEAD = ["姓名", "身份证号", "准操项目", "有效期至"]
ONE = ["仿真张三", ZHANG, "低压电工作业", "2030-05-01"]
TWO = ["仿真李四", LI, "低压电工作业", "2030-05-01"]


def people(tmp_path, *rows):
    """Give row, name and item of each entry of a file, read as the command does."""
    path = xlsx(tmp_path / "名单.xlsx", {"人员": rows})
    return [(one.source.row, one.person.name, one.claim and one.claim.item) for one in read(path).entries]


PARTS = ["二车间", "安全部", "高压班", "二车间（续）"]
PLACES = [(one, at) for one in PARTS for at in range(3)] + [
    (one, at) for one in ("甲班", "三号炉", "外委单位") for at in range(2)
]


@pytest.mark.parametrize(("title", "at"), PLACES)
@pytest.mark.parametrize("blank", [[], [[]]])
def test_a_title_above_a_header(title, at, blank):
    """One text directly above a header that is printed again names what follows, in whatever column it stands."""
    row = [title if index == at else "" for index in range(4)]
    rows = [HEAD, ONE, row, *blank, HEAD, TWO]
    found = roster(rows)
    assert [one.source.row for one in found.rows] == [2, len(rows)]
    assert found.skipped == 2


@pytest.mark.parametrize("title", ["二车间", "机修班组", "某某公司", "第一项目部"])
def test_a_title_between_people(title):
    """No name ends on the word for a part of an enterprise."""
    found = roster([HEAD, ONE, [title, "", "", ""], TWO])
    assert ([one.source.row for one in found.rows], found.skipped) == ([2, 4], 1)


@pytest.mark.parametrize("name", ["王五", "欧阳小明", "阿里·买买提"])
def test_a_name_above_a_header_is_somebodys(name):
    """Whose number is missing on the last row of a page is still a person."""
    assert len(roster([HEAD, ONE, [name, "", "", ""], HEAD, TWO]).rows) == 3


@pytest.mark.parametrize("note", ["2、有效期按证书填写", "有效期按证书填写", "（2）复印件附后。"])
def test_a_note_that_goes_on(note, tmp_path):
    """What stands alone below 注： is its next line, not a certificate of the person above it."""
    rows = [HEAD, ONE, ["注：1、本表一式两份", "", "", ""], ["", "", note, ""]]
    assert people(tmp_path, *rows) == [(2, "仿真张三", "低压电工作业")]


def test_a_certificate_below_a_subtotal(tmp_path):
    """An item of the catalogue is one wherever it stands, and so is an unknown one with a date, or under a person."""
    rows = [
        HEAD,
        ONE,
        ["小计：1", "", "", ""],
        ["", "", "高压电工作业", ""],
        ["", "", "行车操作", "2030-05-01"],
    ]
    assert [row for row, _, _ in people(tmp_path, *rows)] == [2, 4, 5]
    assert [row for row, _, _ in people(tmp_path, HEAD, ONE, ["", "", "行车操作", ""])] == [2, 3]


def test_a_lone_date_is_told(tmp_path):
    """A row that holds only a date gives nothing, for it may be a signature's; which row it is, is told."""
    lone = ["", "", "", "2031-05-01"]
    path = xlsx(
        tmp_path / "名单.xlsx", {"人员": [HEAD, ONE, lone, lone, TWO, ["合计", "", 2, ""], lone], "空": [[]]}
    )
    lists = read(path)
    assert [one.source.row for one in lists.entries] == [2, 5]
    (reading, _) = lists.readings
    assert (reading.unused, reading.skipped) == ([3, 4], 4)
    assert unused_line(lists.readings) == (
        "“人员”第 3、4 行没有姓名、证件号码和证书（只有日期等），没有采用；如果是上一人的另一本证书，请补填项目。"
    )
    assert unused_line([]) == ""


def test_a_further_certificate_is_none_of_these():
    """Two dates, or an item, are a certificate of the person above."""
    head = [*HEAD, "初领日期"]
    row = ["", "", "", "2031-05-01", "2025-05-01"]
    found = roster([head, [*ONE, "2024-05-01"], row])
    assert len(found.rows) == 2
