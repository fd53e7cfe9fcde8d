"""The enterprise that a list names above its table, and the people it counts."""

import pytest

from certcheck.offline.context import Roll
from certcheck.roster import Reading
from certcheck.staff_list.stated_employer import stated_employer
from tests.certcheck.lists import LI, SPECIAL, ZHANG, entries_of, listed, roster

HEAD = ["姓名", "身份证号", "准操项目"]
ONE = ["仿真张三", ZHANG, "低压电工作业"]


def employer_of(*rows):
    """Read a sheet, and give the enterprise it names."""
    read = roster(rows)
    return stated_employer(Reading(read.sheet, read.tables))


@pytest.mark.parametrize(
    "above",
    [
        ["填报单位：甲（集团）公司", "", "填报日期：2026年11月18日"],
        ["填报单位（盖章）:甲（集团）公司　　填报日期：11月"],
        ["单位名称：", "甲（集团）公司", ""],
    ],
)
def test_it_stands_behind_its_label(above):
    """In the label's own cell, before another label of the cell, or in the next cell."""
    assert employer_of(["台账"], [], above, HEAD, ONE) == "甲（集团）公司"


@pytest.mark.parametrize(
    "above", [["单位：", "填报日期：11月"], ["填报人：王某"], ["甲公司特种作业人员台账"], ["单位：/"]]
)
def test_what_is_not_stated_is_not_guessed(above):
    """An empty label, another one, a title: the form's line stays blank for a person to fill in."""
    assert employer_of(above, HEAD, ONE) == ""


def test_only_what_stands_above_the_table_counts():
    """At the foot of a list, or of a sheet without a table, it may be anybody's."""
    assert employer_of(HEAD, ONE, ["填报单位：甲公司"]) == ""
    assert employer_of(["填报单位：甲公司"]) == ""


def test_people_are_counted_by_number_then_by_name():
    """Zhang on three rows, one of them without a certificate; Li; Wang twice without a number; Zhao under Li's number."""
    no_claim = {"kind": "", "item": "", "certificate_number": ""}
    li, wang = (
        {"name": "仿真李四", "id_number": LI},
        {"name": "仿真王五", "id_number": "", "certificate_number": ""},
    )
    rows = [{}, {"item": "焊接与热切割作业"}, no_claim, li | no_claim, wang, wang, li | {"name": "仿真赵六"}]
    assert Roll.of(entries_of(roster(listed(*(SPECIAL | row for row in rows))))).people == 4
