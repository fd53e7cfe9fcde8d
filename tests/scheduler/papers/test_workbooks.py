"""The workbooks of papers; why: an office sorts and prints them, and whoever checks a schedule may hand them in."""

import io
from dataclasses import replace

import openpyxl
import pytest

from scheduler.checker.on_duty.duties import read_duties
from scheduler.checker.schedule.reading import read_all
from scheduler.papers.book import Page, workbook
from scheduler.papers.facts import read_facts
from scheduler.papers.people import People
from scheduler.papers.sheets import duties, schedule
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import SITE, read
from tests.scheduler.papers.short_of_staff import short_of_staff


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return short_of_staff(tmp_path_factory.mktemp("short") / "exam")


@pytest.fixture(scope="module")
def books(folder):
    facts = read_facts(folder)
    people = People(facts, read_batch(folder / "batch"), show_id=False)
    return [openpyxl.load_workbook(io.BytesIO(make(facts, people))) for make in (schedule, duties)]


def named(rows, head=2):
    """Give the rows under the head as they are named by it."""
    listed = list(rows)
    return [dict(zip(listed[head], row, strict=True)) for row in listed[head + 1 :]]


def test_titles_say_what_it_is_of_which_exam_and_which_issue(books):
    first, second = books
    for sheet, title, count in (
        (first["考生安排"], "考生安排表", "9 人"),
        (second["考务安排"], "考务安排表", "4 人次"),
        (second["空缺"], "无人可派的考务任务", "8 人次"),
    ):
        assert sheet["A1"].value == f"2026年12月7日至8日安全生产资格考试{title}"
        assert sheet["A2"].value == f"签发日期 2026年11月20日　共 {count}"
        assert sheet["A3"].value == "考点编号"
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.auto_filter.ref == f"A3:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert not sheet.merged_cells.ranges


def test_what_is_counted_is_a_number_and_an_id_is_a_text(folder, books):
    """A text would be sorted as 1, 10, 11, 2."""
    first, second = books
    rows = named(first["考生安排"].values)
    assert {
        type(row[name]) for row in rows for name in ("考场", "座位", "组", "组内顺序号", "批次") if row[name]
    } == {int}
    assert {type(row[name]) for row in rows for name in ("准考证号", "考点编号", "证件号码")} == {str}
    orders = [int(row["order"]) for row in read(folder / "substitutes.csv")]
    assert [row["次序"] for row in named(second["替补"].values)] == sorted(orders)
    assert [(row["岗位"], row["考场或组"]) for row in named(second["考务安排"].values)] == [
        ("监考员", 1), ("巡考员", "全考点"), ("考评员", 1), ("监考员", 1),
    ]  # fmt: skip


def test_what_nobody_does_is_listed_with_its_reason(books):
    rows = named(books[1]["空缺"].values)
    assert len(rows) == 8
    reason = "监考员共 2 人：证件、责任书或年度培训过期 1 人，已在本岗 1 人"
    assert tuple(rows[4].values()) == ("S1", SITE, "2026-12-07", "上午", "监考员", 1, reason)


def test_what_sites_call_their_rooms_stands_beside_the_numbers(tmp_path):
    folder = short_of_staff(tmp_path / "exam")
    facts = read_facts(folder)
    seating = facts.plan["seating"]
    rooms = [{"site_id": "S1", "rooms": [{"room": "机房乙"}]}, {"site_id": "S2", "rooms": [{"room": "1"}]}]
    facts.plan["seating"] = seating | {"rooms": rooms}
    made = [make(facts, People(facts, None, show_id=False)) for make in (schedule, duties)]
    first, second = (openpyxl.load_workbook(io.BytesIO(one)) for one in made)
    told = {(row["考点编号"], row["考场"]): row["考场名称"] or "" for row in named(first["考生安排"].values)}
    assert told == {("S1", 1): "机房乙", ("S1", ""): "", ("S2", 1): "", ("S2", ""): ""}
    duty = named(second["考务安排"].values)[0]
    assert (duty["岗位"], duty["考场或组"], duty["考场名称"]) == ("监考员", 1, "机房乙")


def test_the_checker_reads_them_as_it_reads_the_tables_of_the_draw(folder, books, tmp_path):
    """Both in one workbook, as somebody hands in who has lost the CSV files."""
    both = openpyxl.Workbook()
    both.remove(both.active)
    for book in books:
        for sheet in book:
            copy = both.create_sheet(sheet.title)
            for row in sheet.values:
                copy.append(row)
    both.save(tmp_path / "安排.xlsx")
    ours, theirs = read_all(folder), read_all(tmp_path)
    assert (ours.breaches, theirs.breaches) == ([], [])
    where = [
        {
            name: (one.session, one.room, one.seat, one.group, one.place)
            for name, one in found.placements.items()
        }
        for found in (ours.schedule, theirs.schedule)
    ]
    assert where[0] == where[1]
    (first, told), (second, also) = read_duties(folder), read_duties(tmp_path)
    assert (told, also) == ([], [])
    assert (first.rooms, first.groups, first.vacancies) == (second.rooms, second.groups, second.vacancies)
    assert [replace(one, row=0) for one in first.duties] == [replace(one, row=0) for one in second.duties]


@pytest.mark.parametrize("code", ["sole_site", "in_school", "cross_city"])
def test_what_an_exception_is_called_is_read_as_that_exception(folder, tmp_path, code):
    facts = read_facts(folder)
    one = facts.sittings[0]._replace(exceptions=(code,))
    (tmp_path / "a.xlsx").write_bytes(
        schedule(replace(facts, sittings=(one,)), People(facts, None, show_id=False))
    )
    found, breaches = read_all(tmp_path / "a.xlsx")[:2]
    assert (found.placements[one.trainee_id].exceptions, breaches) == ((code,), [])


def test_a_row_is_as_high_as_its_longest_cell_needs():
    """A site's column takes 17 Chinese characters a line: of 18 there are two lines, of 15 points each and 2 around."""
    rows = [["考" * 17, 3], ["考" * 18, 10], ["a" * 72, 2]]
    made = openpyxl.load_workbook(io.BytesIO(workbook([Page("表", (), ("考点", "座位"), rows)])))["表"]
    heights = [made.row_dimensions[number].height for number in (2, 3, 4)]
    assert [height and round(height) for height in heights] == [None, 32, 47]
    assert [made.cell(number, 2).alignment.horizontal for number in (2, 3)] == ["center"] * 2
