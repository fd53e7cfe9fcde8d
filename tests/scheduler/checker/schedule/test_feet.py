"""Totals and signatures below a schedule made by hand: told, no breach; whoever stands in a row that says anything is none."""

import pytest

from commands.breaches import tell_unread
from scheduler.checker.on_duty.duties import read_duties
from scheduler.checker.schedule.reading import read_all
from tests.scheduler.checker.schedule.test_source import DUTIES, ROWS, TWO, text, workbook

NUMBERED = [["序号", *ROWS[0]], *([number, *row] for number, row in enumerate(ROWS[1:], 1))]


def test_totals_and_signatures_are_told(tmp_path):
    """The words stand in the column of the serial number, which nobody reads, or in that of the trainees."""
    feet = [["合计", "", "", "", ""], ["", "制表人：仿真甲", "", "", ""], ["审核：仿真乙", "", "", "", ""]]
    for path in (
        workbook(tmp_path / "a.xlsx", 安排表=[*NUMBERED, *feet]),
        text(tmp_path / "a.csv", [*NUMBERED, *feet]),
    ):
        read = read_all(path)
        assert (read.schedule.placements, read.breaches, read.feet) == (TWO.placements, [], (4, 5, 6))


@pytest.mark.parametrize(
    "row",
    [[3, "T3", "", "", ""], ["合计", "", "", "", "2人"], ["", "", "S1", "", ""], [4, "仿真丙", "", "", ""]],
)
def test_a_row_that_says_anything_else_is_a_breach(tmp_path, row):
    """Nobody is left out: somebody without a place stands there, or a place without anybody."""
    read = read_all(text(tmp_path / "a.csv", [*NUMBERED, row]))
    assert [one.code for one in read.breaches] == ["ROW-UNREADABLE"]
    assert read.feet == ()


def test_below_the_duties(tmp_path):
    feet = [["合计 1 项", "", "", "", "", ""], ["", "监考员", "", "", "", ""]]
    read, breaches = read_duties(workbook(tmp_path / "a.xlsx", 安排表=ROWS, 考务任务=[*DUTIES, *feet]))
    assert (len(read.duties), read.feet) == (1, (3,))
    assert [one.code for one in breaches] == ["DUTY-ROW-UNREADABLE"]


def test_such_rows_are_told_by_their_numbers(capsys):
    tell_unread("a.csv", (), range(4, 16))
    told = capsys.readouterr().err
    assert (
        told
        == "请核对：a.csv 第 4、5、6、7、8、9、10、11、12、13 行等没有读：没有写明谁、在哪、何时，像是合计、签名或说明\n"
    )
