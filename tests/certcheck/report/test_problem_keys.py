"""Whose problem it is from month to month: what somebody wrote beside one never moves to another person."""

from dataclasses import replace

import openpyxl
import pytest

from certcheck.model import Source
from certcheck.report.problem_file import read_problems
from certcheck.report.problem_keys import UNCLEAR
from certcheck.report.problems import NEW, PERSISTING, SOLVED, told_unclear
from common.identity import read_identity
from tests.certcheck.report.test_problems import NUMBER, outcome, problem_list, written

LIKE = "000000198001010018"
"""Another person's number, the same as ``NUMBER`` where both are masked."""


def expired(name, number=NUMBER, row=2):
    """Give the outcome of somebody whose certificate is over."""
    one = outcome("CERT-EXPIRED", name=name)
    person = replace(one.entry.person, identity=read_identity(number) if number else None)
    return replace(one, entry=replace(one.entry, person=person, source=Source("名单.xlsx", "表", row)))


def by_hand(problems, *who):
    """Let somebody write who sees to each problem."""
    return [replace(one, by_hand=(name, "", "", "")) for one, name in zip(problems, who, strict=True)]


def told(problems):
    return [(one.name, one.status, one.by_hand[0]) for one in problems]


def test_what_is_written_stays_with_the_person():
    """甲甲 is gone next month: who sees to it is written beside 甲甲, not beside 乙乙 whose number looks the same."""
    both = [expired("甲甲"), expired("乙乙", LIKE)]
    before = by_hand(problem_list(both, "10月"), "负责甲", "")
    after = problem_list(both[1:], "11月", before)
    assert told(after) == [("乙乙", PERSISTING, ""), ("甲甲", SOLVED, "负责甲")]
    assert told_unclear(after) == ""


def test_a_name_that_changed_is_told():
    """A name put right, or another person: nobody can tell, so nothing moves and the reader is told, once."""
    before = by_hand(problem_list([expired("张三三")], "10月"), "王主任")
    after = problem_list([expired("张三")], "11月", before)
    assert told(after) == [("张三", NEW, ""), ("张三三", UNCLEAR, "王主任")]
    assert "1 条标为“待核对”" in told_unclear(after)
    assert problem_list([expired("张三")], "11月", [*before, *after[:1]]) == after
    later = problem_list([expired("张三")], "12月", after)
    assert told(later) == [("张三", PERSISTING, ""), ("张三三", SOLVED, "王主任")]


@pytest.mark.parametrize("numbers", [(NUMBER, LIKE), ("", "")])
def test_two_of_one_name_that_nothing_tells_apart(numbers, tmp_path):
    """Two 王伟 with numbers that look the same, or without any: what is written beside one is kept, and is nobody's."""
    both = [expired("王伟", numbers[0], row=2), expired("王伟", numbers[1], row=3)]
    first = problem_list(both, "10月")
    assert len({one.key for one in first}) == 2
    before = by_hand(first, "负责一", "")
    assert told(problem_list(both[1:], "11月", before)) == [
        ("王伟", NEW, ""),
        ("王伟", UNCLEAR, "负责一"),
        ("王伟", UNCLEAR, ""),
    ]
    after = problem_list(both, "11月", before)
    assert told(after) == [("王伟", PERSISTING, ""), ("王伟", PERSISTING, ""), ("王伟", UNCLEAR, "负责一")]
    assert len({one.key for one in after}) == 3
    assert problem_list(both, "11月", after) == after  # a run that is resumed
    assert told(read_problems(written(tmp_path, after))) == told(after)


def as_before(tmp_path, problems):
    """Write a list with keys as they once were: the masked number alone, a name only for the second who looked the same."""
    path = written(tmp_path, problems)
    book = openpyxl.load_workbook(path)
    page = book.active
    column = [cell.value for cell in page[1]].index("识别码") + 1
    seen = set()
    for row in range(2, page.max_row + 1):
        key = page.cell(row, column).value
        old = key.rpartition("/")[0]
        page.cell(row, column, key if old in seen else old)
        seen.add(old)
    book.save(path)
    return path


def test_a_list_with_keys_as_they_once_were(tmp_path):
    """Name and number stand in its other columns, so each line is still its person's."""
    both = [expired("甲甲"), expired("乙乙", LIKE)]
    path = as_before(tmp_path, by_hand(problem_list(both, "10月"), "负责甲", "负责乙"))
    assert told(problem_list(both[1:], "11月", read_problems(path))) == [
        ("乙乙", PERSISTING, "负责乙"),
        ("甲甲", SOLVED, "负责甲"),
    ]


def test_two_lines_of_one_key_are_nobodys(tmp_path):
    """Two 王伟 in a list of before that looked the same: what is written beside them is kept, and told."""
    before = by_hand(problem_list([expired("王伟"), expired("李四", LIKE)], "10月"), "负责一", "负责二")
    path = as_before(tmp_path, [replace(one, cells=(one.cells[0], "王伟", *one.cells[2:])) for one in before])
    book = openpyxl.load_workbook(path)
    column = [cell.value for cell in book.active[1]].index("识别码") + 1
    book.active.cell(3, column, book.active.cell(3, column).value.replace("李四", "王伟"))
    book.save(path)
    assert told(problem_list([expired("王伟")], "11月", read_problems(path))) == [
        ("王伟", NEW, ""),
        ("王伟", UNCLEAR, "负责一"),
        ("王伟", UNCLEAR, "负责二"),
    ]
