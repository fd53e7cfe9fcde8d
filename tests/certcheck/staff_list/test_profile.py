"""A profile makes next month's list read the same, and a changed header is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.roster import Reading, named_rows
from certcheck.staff_list.header_words import load_headers
from certcheck.staff_list.profile import (
    Profile,
    TableForm,
    differences,
    merged,
    profile_of,
    profile_text,
    read_profile,
    soft_pins,
    told_changes,
)
from common.errors import InputError
from tests.certcheck.lists import LI, ZHANG, roster, sheet

LIST = [["工人", "号码", "准操项目", "食堂"], ["张三", ZHANG, "低压电工作业", "一"], ["李四", LI, "", "二"]]


def profile(rows, columns=None):
    """Read rows and give their profile."""
    reading = Reading(sheet(rows))
    list(named_rows(reading, load_headers(), columns))
    return profile_of([reading], columns or {}, None)


def saved(tmp_path, text):
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_told_by_their_cells_are_pinned():
    """工人 and 号码 are no header words: the cells tell what they are, with the count as evidence."""
    (table,) = roster(LIST).tables
    assert {column.label: (column.field, column.why) for column in table.columns} == {
        "准操项目": ("item", ""),
        "号码": ("id_number", "抽看的 2 格中有 2 格是身份证号"),
        "工人": ("name", "抽看的 2 格中有 2 格是姓名"),
    }
    assert table.unread == ("食堂",)
    assert profile(LIST).pinned == {"id_number": "号码", "name": "工人"}


def test_a_column_of_departments_is_no_column_of_names():
    """马 and 高 are surnames, but a few words that come again and again are no names."""
    rows = [["谁", "证号", "车间"], *([["", f"T{ZHANG}", "高炉车间"]] * 3)]
    assert "name" not in {column.field for table in roster(rows).tables for column in table.columns}


@given(st.dictionaries(st.text(), st.sampled_from(["name", "item", ""]), max_size=5), st.none() | st.text())
def test_round_trip(tmp_path_factory, labels, name):
    """Whatever stands in a header, the file gives it back."""
    before = Profile({"name": "a"}, {"item": "b"}, name, (TableForm("表", labels),))
    path = saved(tmp_path_factory.mktemp("p"), profile_text(before).replace("\r", "\\r"))
    assert read_profile(path, load_headers()) == before


def test_what_is_named_now_goes_before_the_profile():
    before = Profile({"name": "工人"}, {"id_number": "号码", "item": "证"}, "十月")
    columns, one = merged(before, {"name": "员工", "item": "项目名"}, "十一月")
    assert (columns, one) == ({"name": "员工", "item": "项目名"}, "十一月")
    assert soft_pins(before, columns) == {"id_number": "号码"}
    assert merged(before, {}, None) == ({"name": "工人"}, "十月")


def test_changes_are_told():
    """A column gone, one new, one with another meaning, another count of tables; nothing where nothing changed."""
    before = profile(LIST)
    assert told_changes(differences(before, before, load_headers())) == ""
    rows = [
        ["工人", "准操项目", "号码", "证号"],
        ["T1", "低压电工作业", "17", f"T{ZHANG}"],
        ["T2", "", "18", f"T{LI}"],
    ]
    told = differences(before, profile(rows, {"name": "工人"}), load_headers())
    assert told == [
        "工作表“表”少了“食堂”一列", "工作表“表”多了“证号”一列",
        "工作表“表”“号码”上次读作身份证号，这次读作不用的列",
    ]  # fmt: skip
    assert differences(before, Profile(), load_headers()) == ["上次有 1 个表，这次有 0 个表"]


@pytest.mark.parametrize(
    "text",
    ["[", "columns = 3", "[columns]\nname = 3", "[columns]\nnmae = 'x'", "sheet = 3", "tables = 3",
     "[[tables]]\nlabels = 3", "[[tables]]\n[tables.labels]\na = 3"],
)  # fmt: skip
def test_what_is_no_profile(tmp_path, text):
    """Each is refused in a sentence that names the file."""
    with pytest.raises(InputError, match="profile"):
        read_profile(saved(tmp_path, text), load_headers())
    with pytest.raises(InputError, match="打不开"):
        read_profile(tmp_path / "nowhere.toml", load_headers())


def test_one_known_word_makes_a_header_only_in_front():
    """李四 has no number and 焊工证 could be a label: below a header, such a row is a person all the same."""
    rows = [*LIST, ["王五", "", "焊工证", ""], ["赵六", ZHANG, "焊工证", ""]]
    assert [row.person.get("name") for row in roster(rows).rows] == ["张三", "李四", "王五", "赵六"]
    assert roster([["李四", "", "焊工证"], ["张三", ZHANG, "焊工证"]]).tables == []
    assert roster([["单位", "某厂"], ["姓名", "身份证号"], ["张三", ZHANG]]).tables[0].header_row == 2
