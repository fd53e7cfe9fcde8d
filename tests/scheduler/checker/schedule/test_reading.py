"""Schedules as people save them: nothing is lost, nothing is guessed."""

from fractions import Fraction

import pytest

from common.errors import InputError
from scheduler.checker.check import check
from scheduler.checker.crossing import NamingSchedule, exceptions_are_named
from scheduler.checker.schedule.reading import read_all
from tests.scheduler.builders import at, codes, placed, problem, schedule, site, trainee

HEAD = "trainee_id,site_id,date,half"


def read(folder, text, encoding="utf-8", unassigned=None):
    (folder / "assignments.csv").write_bytes(text.encode(encoding))
    if unassigned is not None:
        (folder / "unassigned.csv").write_bytes(unassigned.encode(encoding))
    return read_all(folder)[:2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_chinese_headers(tmp_path, encoding):
    # why: Excel writes each of them, depending on how one saves
    text = (
        "考生编号,考点编号,日期,半天,备注\r\nT1,S1,2026年12月1日,上午,请带证件\r\nT2,S1,2026/12/1,下午,\r\n"
    )
    result, found = read(tmp_path, text, encoding, "考生编号,原因\r\nT3,考位不足\r\n")
    assert found == []
    people = (placed("T1", at("S1")), placed("T2", at("S1", "1pm")))
    assert result.placements == schedule(*people).placements
    assert result.unplaced == {"T3": "考位不足"}


def test_four_columns_in_any_order_are_enough(tmp_path):
    # why: a schedule made by hand can be checked too; unassigned.csv may be missing
    result, found = read(tmp_path, "half,date,site_id,trainee_id\nAM,2026-12-01,S1,T1\n,,,\n")
    assert (result, found) == (schedule(placed("T1", at("S1"))), [])
    assert not exceptions_are_named(result)


def test_ids_fold_as_those_of_the_batch_do(tmp_path):
    # why: the batch was read from the same full-width characters as X1 and S2
    result, found = read(
        tmp_path,
        f"{HEAD}\nＸ1,Ｓ２,2026-12-01,am\nX2,Ｓ２,2026-12-01,am\n",
        unassigned="trainee_id,reason\nＸ３,\n",
    )
    assert found == []
    assert result.placements == schedule(placed("X1", at("S2")), placed("X2", at("S2"))).placements
    assert result.unplaced == {"X3": ""}


def test_all_columns(tmp_path):
    # why: our own files carry exceptions and exact chances
    text = (
        f"{HEAD},room,seat,group,place,exception,chance,site_chance\n"
        "T1,S1,2026-12-01,am,1,7,,,sole_site;cross_city,1/3,0.5\n"
        "T2,S1,2026-12-01,am,1,8,,,唯一考点，跨市,1/3,1/2\n"
        "T3,S1,2026-12-01,am,1,9,,,, 1 / 3 ,１/２\n"
        "T4,S1,2026-12-01,am,1,10,,,本校,1/3,1/2\n"
    )
    result, found = read(tmp_path, text)
    assert found == []
    assert result.placements["T1"].exceptions == ("sole_site", "cross_city")
    assert result.placements["T2"].exceptions == ("sole_site", "cross_city")
    assert result.placements["T4"].exceptions == ("in_school",), "as offices write it"
    assert result.placements["T3"].exceptions == ()
    assert {(one.chance, one.site_chance) for one in result.placements.values()} == {
        (Fraction(1, 3), Fraction(1, 2)),
    }


def test_an_exception_column_is_remembered(tmp_path):
    # why: with the column there, a name that is missing is a breach
    result, _ = read(tmp_path, f"{HEAD},例外\nT1,S1,2026-12-01,am,\n")
    assert isinstance(result, NamingSchedule)
    assert exceptions_are_named(result)
    assert result == schedule(placed("T1", at("S1"))), "otherwise it is the same schedule"
    assert schedule(placed("T1", at("S1"))) == result


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",S1,2026-12-01,am", "缺考生编号"),
        ("T1,,2026-12-01,am", "缺考点编号"),
        ("T1,S1,2026-02-30,am", "“2026-02-30”不是一个确定的日子"),
        ("T1,S1,2026-12,am", "“2026-12”不是一个确定的日子"),
        ("T1,S1,,am", "日期没有填写"),
        ("T1,S1,张三,am", "日期不是一个日期"),
        ("T1,S1,2026-12-01,晚上", "半天应为"),
        ("T1,S1", "日期没有填写"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_breach(tmp_path, row, says):
    # why: it is neither an exception nor silently dropped, and no name is repeated
    result, found = read(tmp_path, f"{HEAD}\nT9,S1,2026-12-01,am\n{row}\n")
    assert list(result.placements) == ["T9"]
    assert [one.code for one in found] == ["ROW-UNREADABLE"]
    assert found[0].as_data()["row"] == 3
    assert says in found[0].message
    assert "张三" not in found[0].message


def test_a_second_row_of_one_trainee(tmp_path):
    # why: somebody who sits twice takes a place from somebody else; the earlier session counts, wherever its row stands
    turned, _ = read(tmp_path, f"{HEAD}\nT1,S2,2026-12-02,pm\nT1,S1,2026-12-01,am\n")
    result, found = read(tmp_path, f"{HEAD}\nT1,S1,2026-12-01,am\nT1,S2,2026-12-02,pm\n")
    assert result == turned == schedule(placed("T1", at("S1")))
    assert [one.as_data() for one in found] == [
        {
            "code": "SITS-TWICE",
            "rule": 1,
            "trainee_id": "T1",
            "file": "assignments.csv",
            "row": 3,
            "message": found[0].message,
        },
    ]


def test_rows_of_the_unassigned_list(tmp_path):
    # why: that list is part of the result, and no row of it may vanish either
    result, found = read(tmp_path, f"{HEAD}\n", unassigned="trainee_id,reason\nT1,无考位\nT1,\n,无考位\n")
    assert result.unplaced == {"T1": "无考位"}
    assert [one.code for one in found] == ["UNASSIGNED-TWICE", "ROW-UNREADABLE"]


@pytest.mark.parametrize("written", ["1月2日", "1/0", "abc", "1e999999999", "1" * 5000])
def test_a_chance_that_is_no_fraction(tmp_path, written):
    # why: spreadsheets turn 1/2 into a date; the placement still counts
    result, found = read(tmp_path, f"{HEAD},chance\nT1,S1,2026-12-01,am,{written}\n")
    assert result.placements["T1"].chance is None
    assert [one.code for one in found] == ["CHANCE-UNREADABLE"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b"trainee_id,site_id,date\n", "缺少列 half（半天）"),
        (b"trainee_id,site_id,date,half,site_id\n", "出现了两次"),
        (b'trainee_id,site_id,date,half\n"T1,S1\n', "引号"),
        (b"\xff\xff\xff", "文字编码"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, content, says):
    # why: without its columns a file says nothing, and the person must hear how to mend it
    (tmp_path / "assignments.csv").write_bytes(content)
    with pytest.raises(InputError, match=says):
        read_all(tmp_path)


def test_no_assignments_at_all(tmp_path):
    # why: a wrong folder is a wrong use, not a schedule without people
    with pytest.raises(InputError, match=r"assignments\.csv"):
        read_all(tmp_path)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(tmp_path, separator):
    # why: some spreadsheets save them under the same name
    result, found = read(tmp_path, f"{HEAD}\nT1,S1,2026-12-01,am\n".replace(",", separator))
    assert (result, found) == (schedule(placed("T1", at("S1"))), [])


def test_blank_lines_keep_row_numbers(tmp_path):
    # why: the number must be the one that the spreadsheet shows
    _, found = read(tmp_path, f"\n{HEAD}\n\nT1,S1,x,am\n")
    assert found[0].as_data()["row"] == 4


@pytest.mark.parametrize("written", ["3", "03", "3.0", "３", "第3座", "3号座位", "3 号"])
def test_a_number_has_one_form(tmp_path, written):
    # why: seat 3 and seat 03 of one room are one chair
    result, _ = read(tmp_path, f"{HEAD},seat\nT1,S1,2026-12-01,am,{written}\n")
    assert result.placements["T1"].seat == "3"


def test_a_second_row_is_judged_by_itself(tmp_path):
    # why: whoever strikes out one of the two rows must know which of them breaks a rule
    batch = problem([trainee("T1", "I1")], [site("S1", "I9"), site("S2", "I1"), site("S3", "I8")])
    rows = "T1,S1,2026-12-01,am\nT1,S2,2026-12-01,am\nT1,S3,2026-12-09,am\n"
    result, found = read(tmp_path, f"{HEAD}\n{rows}")
    assert codes([*found, *check(batch, result)]) == [
        "OWN-SITE",
        "SESSION-UNKNOWN",
        "SITS-TWICE",
        "SITS-TWICE",
    ]


def test_a_list_whose_ids_were_filled_down_is_told_row_by_row(tmp_path):
    # why: all rows have one id; each is told, and the program is not at it for ever
    rows = "".join(f"T1,S1,2026-12-{day:02},am\n" for day in range(1, 31)) * 100
    result, found = read(tmp_path, f"{HEAD}\n{rows}")
    assert result.placements["T1"].session == at("S1")
    assert [one.code for one in found] == ["SITS-TWICE"] * 2999
