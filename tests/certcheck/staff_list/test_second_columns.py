"""Two columns that say who a person is: 身份证号 beside 证件号码, usual where some hold other documents."""

import pytest

from tests.certcheck.lists import LI, ZHANG, codes_of, codes_under, entries_of, judge, number, roster

HEAD = ["姓名", "身份证号", "证件号码", "准操项目", "有效期至"]
REST = ["低压电工作业", "2030-05-12"]


def numbers(*rows):
    """Give the number that each entry of these rows is known by."""
    return [entry.person.number for entry in entries_of(roster(rows))]


def findings_of(*rows):
    """Give what is said of the number of each row."""
    outcomes = judge(entries_of(roster(rows)))
    return [[one for one in outcome.findings if one.code.startswith("ID-")] for outcome in outcomes]


def test_a_number_in_the_second_column_is_not_missing(tmp_path):
    """Who has a passport only stands in 证件号码, and so may a resident: neither has no number."""
    rows = [["张三", ZHANG, "", *REST], ["李四", "", LI, *REST], ["阿里", "", "E12345678", *REST]]
    assert numbers(HEAD, *rows) == [ZHANG, LI, "E12345678"]
    assert codes_under(tmp_path, HEAD, *rows) == [[], [], []]


def test_the_second_column_may_stand_first():
    """Which column is read first rests on its word, not its place; 见右 is no number."""
    head = ["证件号码", "姓名", "身份证号", *HEAD[3:]]
    assert numbers(head, ["", "张三", ZHANG, *REST], [LI, "李四", "", *REST]) == [ZHANG, LI]
    assert numbers(HEAD, ["阿里", "护照见右", "E12345678", *REST]) == ["E12345678"]


def test_two_different_numbers_are_told():
    """Two resident numbers cannot both be right; a passport beside one may, and is told without weight."""
    (resident,), (passport,) = findings_of(
        HEAD, ["张三", ZHANG, LI, *REST], ["李四", "E12345678", number("1991-01-01"), *REST]
    )
    assert (resident.code, str(resident.severity), resident.value) == ("ID-TWO-NUMBERS", "attention", LI)
    assert "000000********9995" in resident.message
    assert LI not in resident.message
    assert (passport.code, str(passport.severity), passport.value) == (
        "ID-OTHER-DOCUMENT",
        "note",
        "E12345678",
    )
    assert "E1*****78" in passport.message
    assert "身份证号" in passport.message
    assert numbers(HEAD, ["李四", "E12345678", LI, *REST]) == [LI]


@pytest.mark.parametrize("second", [ZHANG, f"T{ZHANG}", "000000900101001", "000000 19900101 0018"])
def test_one_number_twice_is_nothing_to_tell(second):
    """The same number, its old form, or the number of the certificate made of one."""
    assert findings_of(HEAD, ["张三", ZHANG, second, *REST]) == [[]]


def test_a_certificate_number_is_nobodys_identity():
    """T and a number in 证件号码 is the certificate's, though most cells there are the people's."""
    rows = [["张三", "", ZHANG, *REST], ["李四", "", LI, *REST], ["王五", "", f"T{ZHANG}", *REST]]
    assert numbers(HEAD, *rows) == [ZHANG, LI, ""]


@pytest.mark.parametrize(
    "head",
    [
        ["姓名", "身份证号", "联系人", "证件号码"],
        ["姓名", "身份证号", "申报人", "证件号码"],
        ["姓名", "身份证号", "部门", "联系人证件号码"],
        ["姓名", "身份证号", "部门", "联系人身份证"],
        ["姓名", "身份证号", "部门", "身份证号"],
        ["姓名", "身份证号", "部门", "证件号码（户主）"],
    ],
)
def test_another_persons_number_never_stands_in(head):
    """What stands behind 联系人, is called after somebody, or bears the same word again may be another's."""
    rows = [["张三", ZHANG, "甲", LI, *REST], ["李四", "", "乙", number("1991-01-01"), *REST]]
    assert numbers([*head, *HEAD[3:]], *rows) == [ZHANG, ""]


def test_a_row_of_the_person_above_stays_one():
    """Without a name and a number of its own a row goes on with the person, whatever 证件号码 holds there."""
    assert numbers(HEAD, ["张三", ZHANG, "", *REST], ["", "", "E12345678", "高压电工作业", "2030-05-12"]) == [
        ZHANG,
        ZHANG,
    ]


def test_a_name_in_the_second_column():
    """姓名 empty where 持证人 names the person of this number; a list that has both says nothing twice."""
    head = ["姓名", "持证人", "身份证号", *HEAD[3:]]
    rows = [["张三", "张三", ZHANG, *REST], ["", "李四", LI, *REST], ["Zhang San", "张三", ZHANG, *REST]]
    assert [entry.person.name for entry in entries_of(roster([head, *rows]))] == ["张三", "李四", "Zhang San"]
    assert codes_of(judge(entries_of(roster([head, *rows[:2]])))[1]) == []


def test_both_columns_are_listed_as_read():
    """The report names what was read as whose number, and a note in brackets on documents is none on people."""
    head = ["姓名", "身份证号", "证件号码（护照、通行证）", *HEAD[3:]]
    (table,) = roster([head, ["阿里", "", "E12345678", *REST]]).tables
    assert [column.label for column in table.columns if column.field == "id_number"] == head[1:3]
    assert table.unread == ()
