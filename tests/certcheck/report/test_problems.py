"""The problem list: next month's run carries over what people wrote and says what is solved."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from certcheck.findings import LATER_ON_RECORD, finding, next_step
from certcheck.model import Answer, AnswerState, Claim, Entry, Outcome, Person, Source
from certcheck.report.problem_file import read_problems, write_problems
from certcheck.report.problems import NEW, PERSISTING, SOLVED, WAIVED, ProblemList, carried_on
from common.errors import InputError
from common.finding import Waived
from common.identity import read_identity

NUMBER = "000000199001010018"


def problem_list(outcomes, run, before=()):
    """Give the problems of a run over these outcomes."""
    listed = ProblemList(run, before)
    for one in outcomes:
        listed.add(one)
    return listed.problems()


def problems_workbook(problems, scratch=None, **ways):
    """Give the list as the bytes of a workbook."""
    buffer = io.BytesIO()
    write_problems(buffer, problems, scratch, **ways)
    return buffer.getvalue()


def outcome(*codes, name="张三"):
    """Give an outcome with findings of some codes."""
    person = Person(name=name, identity=read_identity(NUMBER), department="一车间", post="电工")
    entry = Entry(Source("名单.xlsx", "表", 2), person, Claim(item="低压电工作业"))
    return Outcome(
        entry, Answer(AnswerState.NOT_ASKED), tuple(finding(code, "说明") for code in codes), "violation"
    )


def written(tmp_path, problems):
    """Write a list to a file."""
    path = tmp_path / "problems.xlsx"
    path.write_bytes(problems_workbook(problems))
    return path


def test_next_month_carries_over_and_marks(tmp_path):
    """One problem persists with its hand-written cells, one is solved, one is new."""
    path = written(tmp_path, problem_list([outcome("CERT-EXPIRED", "ID-SEX")], "11月"))
    book = openpyxl.load_workbook(path)
    page = book.active
    labels = [cell.value for cell in page[1]]
    page.cell(2, labels.index("责任人") + 1, "王主任")
    page.cell(2, labels.index("整改期限") + 1, dt.date(2026, 12, 31))
    book.save(path)
    problems = problem_list([outcome("CERT-EXPIRED", "CERT-SCOPE")], "12月", read_problems(path))
    told = {problem.cells[0]: (problem.status, problem.by_hand) for problem in problems}
    assert told["证书已过期"] == (PERSISTING, ("王主任", dt.date(2026, 12, 31), "", ""))
    assert told["所持证书不覆盖岗位"][0] == NEW
    assert told["性别与身份证号不符"][0] == SOLVED


def test_solved_stays_and_may_come_again(tmp_path):
    """A solved problem stays in the list; found again it is new again, with its old notes."""
    solved = problem_list([], "12月", problem_list([outcome("ID-SEX")], "11月"))
    assert [problem.status for problem in solved] == [SOLVED]
    again = problem_list([outcome("ID-SEX")], "1月", solved)
    assert [problem.status for problem in again] == [NEW]


def test_notes_are_no_problems_and_numbers_are_masked():
    """A note asks nothing of anybody; the whole number stands nowhere in the file."""
    content = problems_workbook(problem_list([outcome("ID-FROM-NUMBER", "CERT-EXPIRED")], "11月"))
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [str(cell.value) for row in page.iter_rows() for cell in row]
    assert page.max_row == 2
    assert not any(NUMBER in cell for cell in cells)
    assert any("000000********0018" in cell for cell in cells)


def test_a_list_read_back_is_the_list(tmp_path):
    """Writing and reading loses nothing."""
    problems = problem_list([outcome("CERT-EXPIRED"), outcome("ID-SEX", name="=李四")], "11月")
    again = read_problems(written(tmp_path, problems))
    assert again == [replace(problem, by_hand=("", "", "", "")) for problem in problems]
    assert problems_workbook(problems) == problems_workbook(again)


def test_the_list_prints_on_landscape_pages_that_can_be_read():
    """One page wide at seven tenths of the size or more: 10.9 inches of A4, a digit being 7 of 96 dots an inch; numbered."""
    page = openpyxl.load_workbook(
        io.BytesIO(problems_workbook(problem_list([outcome("ID-SEX")], "11月")))
    ).active
    dots = sum(7 * column.width + 5 for column in page.column_dimensions.values() if not column.hidden)
    assert 10.9 / (dots / 96) > 0.7
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert page["C2"].value == "性别与身份证号不符", "the code is for programs, in the hidden column"


def test_another_workbook_is_told(tmp_path):
    """A staff list in its place is told, not read as an empty list."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "岗位"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="不是本程序写出的问题清单"):
        read_problems(tmp_path / "x.xlsx")


def test_a_run_written_twice_is_the_same_list():
    """A resumed run finds its own problems new: the list it wrote before does not make them persist."""
    before = problem_list([outcome("ID-SEX")], "10月")
    once = problem_list([outcome("ID-SEX", "CERT-EXPIRED")], "11月", before)
    assert problem_list([outcome("ID-SEX", "CERT-EXPIRED")], "11月", once) == once
    assert [problem.status for problem in once] == [PERSISTING, NEW]


def test_waived_problems_are_shown_as_such():
    """A waived finding stays in the list with who answers for it."""
    waived = outcome("CERT-EXPIRED")
    excuse = Waived("已报名换证", "李经理", "2026-12-31")
    waived = replace(waived, findings=(replace(waived.findings[0], waived=excuse),))
    (problem,) = problem_list([waived], "11月")
    assert problem.status == WAIVED
    assert any("李经理" in cell for cell in problem.cells)


def test_two_people_who_look_alike_masked_are_two():
    """The same first six and last four characters: neither person's problem is lost."""
    other = outcome("CERT-EXPIRED", name="李四")
    alike = replace(other.entry.person, identity=read_identity("000000198502280018"))
    other = replace(other, entry=replace(other.entry, person=alike))
    problems = problem_list([outcome("CERT-EXPIRED"), other], "11月")
    assert [problem.cells[1] for problem in problems] == ["张三", "李四"]


def test_nobody_without_a_number_vanishes():
    """Two rows without number and name, and one row with two needs that are not covered: four lines."""
    first = outcome("ID-MISSING", name="")
    nobody = replace(first.entry.person, identity=None)
    rows = [
        replace(first, entry=replace(first.entry, person=nobody, source=replace(first.entry.source, row=row)))
        for row in (2, 3)
    ]
    twice = replace(
        outcome("CERT-SCOPE"), findings=(finding("CERT-SCOPE", "电工"), finding("CERT-SCOPE", "焊工"))
    )
    problems = problem_list([*rows, twice], "11月")
    assert len(problems) == len({problem.key for problem in problems}) == 4
    assert [problem.status for problem in problem_list([*rows, twice], "12月", problems)] == [PERSISTING] * 4


def test_more_problems_than_a_sheet_holds(tmp_path):
    """They go on in another sheet, and come back from there."""
    listed = problem_list([outcome("CERT-EXPIRED", "ID-SEX", "CERT-SCOPE")], "11月")
    path = tmp_path / "problems.xlsx"
    path.write_bytes(problems_workbook(listed, rows_a_sheet=2))
    assert openpyxl.load_workbook(path).sheetnames == ["问题清单", "问题清单2"]
    by_parts = problems_workbook(listed, tmp_path, rows_a_sheet=2)
    assert [
        [cell.value for cell in row] for page in openpyxl.load_workbook(io.BytesIO(by_parts)) for row in page
    ] == [[cell.value for cell in row] for page in openpyxl.load_workbook(path) for row in page]
    assert [problem.key for problem in read_problems(path)] == [problem.key for problem in listed]


def test_a_measure_of_ones_own_lives_on(tmp_path):
    """整改措施 comes filled in; what somebody writes over it stays as long as the problem does."""
    path = written(tmp_path, problem_list([outcome("CERT-EXPIRED", "ID-SEX")], "10月"))
    book = openpyxl.load_workbook(path)
    labels = [cell.value for cell in book.active[1]]
    book.active.cell(2, labels.index("整改措施") + 1, "调去库房，十二月前补考")
    book.save(path)
    first, second = problem_list([outcome("CERT-EXPIRED", "ID-SEX")], "11月", read_problems(path))
    assert first.cells[-1] == "调去库房，十二月前补考"
    assert second.cells[-1] == next_step("ID-SEX")


def test_namesakes_without_a_number_keep_apart(tmp_path):
    """Two 王伟 in two departments: when one is gone, the other keeps what was written beside it."""

    def without_number(department):
        person = Person(name="王伟", department=department)
        found = (finding("ID-MISSING", "说明"),)
        return Outcome(
            Entry(Source("a", "b", 2), person, None), Answer(AnswerState.NOT_ASKED), found, "violation"
        )

    both = [without_number("一车间"), without_number("二车间")]
    before = [replace(one, by_hand=(f"负责{one.cells[3]}", "", "", "")) for one in problem_list(both, "10月")]
    still, solved = problem_list(both[1:], "11月", before)
    assert (still.status, still.by_hand[0], solved.status, solved.by_hand[0]) == (
        PERSISTING, "负责二车间", SOLVED, "负责一车间",
    )  # fmt: skip


@pytest.mark.parametrize("by", ["CERT", "REG"])
def test_what_was_due_and_is_overdue_now_is_the_same_problem(by):
    """Who was asked to see to it stays; nothing is marked solved that grew worse."""
    (due,) = problem_list([outcome(f"{by}-REVIEW-DUE")], "10月")
    (overdue,) = problem_list(
        [outcome(f"{by}-REVIEW-OVERDUE")], "11月", [replace(due, by_hand=("王主任", "", "", ""))]
    )
    assert (overdue.status, overdue.by_hand[0]) == (PERSISTING, "王主任")
    assert overdue.cells[-1] == next_step(f"{by}-REVIEW-OVERDUE")


def test_the_measure_follows_what_is_known_of_a_renewal():
    """Last month the platform showed a renewal, this month none: the measure is not kept as somebody's own."""
    plain = outcome("CERT-EXPIRED")
    renewed = replace(plain, findings=tuple(replace(one, step=LATER_ON_RECORD) for one in plain.findings))
    for first, second, step in (
        (renewed, plain, next_step("CERT-EXPIRED")),
        (plain, renewed, LATER_ON_RECORD),
    ):
        (now,) = problem_list([second], "11月", problem_list([first], "10月"))
        assert (now.status, now.cells[-1]) == (PERSISTING, step)


@pytest.mark.parametrize(
    ("was", "code"),
    [
        ("CERT-EXPIRING", "CERT-EXPIRED"),
        ("CERT-REVIEW-DUE", "CERT-REVIEW-OVERDUE"),
        ("REG-EXPIRING", "REG-EXPIRED"),
        ("REG-REVIEW-DUE", "REG-REVIEW-OVERDUE"),
        ("MANAGER-DUE", "MANAGER-UNQUALIFIED"),
        ("CERT-EXPIRED", "CERT-EXPIRED"),
    ],
)
def test_a_run_that_is_resumed_knows_what_its_own_list_carried_on(was, code):
    """Last month's list is read again beside the run's own: what one line there became is not solved."""
    last_month = problem_list([outcome(was)], "11月")
    own = problem_list([outcome(code)], "12月", last_month)
    resumed = problem_list([outcome(code)], "12月", carried_on(last_month, own))
    assert [(one.code, one.status) for one in resumed] == [(code, PERSISTING)]


def test_what_last_month_wrote_is_kept_where_the_own_list_has_nothing():
    """A folder's own list that was written without last month's does not take away what people wrote there."""
    last_month = [
        replace(one, by_hand=("王主任", "", "", ""))
        for one in problem_list([outcome("CERT-EXPIRING")], "11月")
    ]
    own = problem_list([outcome("CERT-EXPIRED")], "12月一")
    listed = problem_list([outcome("CERT-EXPIRED")], "12月二", carried_on(last_month, own))
    assert [(one.code, one.by_hand[0]) for one in listed] == [("CERT-EXPIRED", "王主任")]
