"""Schedules made elsewhere: in a workbook, in one file, in files of Chinese names; nobody has to rename anything."""

import csv
import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from common.errors import InputError
from scheduler.checker.on_duty.duties import read_duties
from scheduler.checker.schedule.columns import rows_of
from scheduler.checker.schedule.named_sites import named_sites, told_by_name
from scheduler.checker.schedule.reading import read_all
from tests.scheduler.builders import at, placed, problem, schedule, site

TWO = schedule(placed("T1", at("S1")), placed("T2", at("S1", "1pm")))
ROWS = [
    ["考生编号", "考点编号", "日期", "半天"],
    ["T1", "S1", "2026-12-01", "上午"],
    ["T2", "S1", "2026-12-01", "下午"],
]
DATED = [[dt.date(2026, 12, 1) if cell == "2026-12-01" else cell for cell in row] for row in ROWS]
DUTIES = [
    ["考务人员编号", "角色", "考点编号", "日期", "半天", "考场"],
    ["W1", "监考员", "S1", "2026-12-01", "上午", 1],
]


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def text(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_workbook_with_titles_and_dates(tmp_path):
    """Titles stand above the names of the columns, days are days and not text; rows keep their numbers."""
    titled = [["2026 年 12 月考试安排表"], [], *DATED, ["T3", "S1", "待定", "上午"]]
    path = workbook(
        tmp_path / "我的安排.xlsx",
        安排表=titled,
        未安排=[["考生编号", "原因"], ["T4", "考位不足"]],
        说明=[["见通知"]],
    )
    found, breaches = read_all(path)[:2]
    assert found.placements == TWO.placements
    assert found.unplaced == {"T4": "考位不足"}
    (one,) = breaches
    assert one.message.startswith("我的安排.xlsx 安排表 第 6 行：无法读出安排：日期不是一个日期")


def test_cells_merged_over_several_people(tmp_path):
    """A site and a day written once for all who sit there; a title over all columns is no site."""
    rows = [
        ["考试安排表", None, None, None],
        ROWS[0],
        ["T1", "S1", "2026-12-01", "上午"],
        ["T2", None, None, "下午"],
    ]
    path = workbook(tmp_path / "a.xlsx", 安排表=rows)
    book = openpyxl.load_workbook(path)
    for area in ("A1:D1", "B3:B4", "C3:C4"):
        book["安排表"].merge_cells(area)
    book.save(path)
    assert read_all(path).schedule.placements == TWO.placements


@pytest.mark.parametrize("name", ["Sheet1", "assignments", "安排", "考试安排表"])
def test_a_sheet_alone_needs_no_name(tmp_path, name):
    path = workbook(tmp_path / "a.xlsx", **{name: ROWS, "空": []})
    assert read_all(path).schedule.placements == TWO.placements
    assert read_all(tmp_path).schedule.placements == TWO.placements, "nor has the folder to be told apart"


def test_a_sheet_of_notes_is_no_schedule(tmp_path):
    """Of two sheets without a name of ours one has the columns."""
    path = workbook(tmp_path / "a.xlsx", Sheet1=[["十二月"], *ROWS], Sheet2=[["草稿，勿外传"]])
    assert read_all(path).schedule.placements == TWO.placements


def test_one_file_of_any_name(tmp_path):
    path = text(tmp_path / "十二月.csv", ROWS)
    assert read_all(path).schedule.placements == TWO.placements


def test_files_of_chinese_names(tmp_path):
    text(tmp_path / "考试安排.csv", ROWS)
    text(tmp_path / "未安排名单.csv", [["考生编号", "原因"], ["T4", ""]])
    text(tmp_path / "考务任务.csv", DUTIES)
    found, breaches = read_all(tmp_path)[:2]
    assert (found.placements, dict(found.unplaced), breaches) == (TWO.placements, {"T4": ""}, [])
    assert [one.staff_id for one in read_duties(tmp_path)[0].duties] == ["W1"]


def test_a_number_of_the_row_is_no_place(tmp_path):
    """顺序号 says a place only right of the group; as the first column it numbers the rows."""
    numbered = [
        ["顺序号", *ROWS[0], "实操组", "备注"],
        *([n, *row, "1", ""] for n, row in enumerate(ROWS[1:])),
    ]
    read = read_all(text(tmp_path / "a.csv", numbered))
    assert {one.place for one in read.schedule.placements.values()} == {""}
    assert {one.group for one in read.schedule.placements.values()} == {"1"}
    assert read.unread == ("顺序号", "备注")


def test_the_row_of_somebody_is_known_where_it_is_one(tmp_path):
    """The title counts; full-width ids are read as they are; of two rows nobody knows which is meant."""
    listed = [["十二月"], *ROWS, ["Ｔ3", "S1", "2026-12-01", "上午"], ROWS[2]]
    read = read_all(workbook(tmp_path / "a.xlsx", 安排=listed))
    assert rows_of(read.rows, ["T1", "T2", "T3", "T9"]) == {"T1": 3, "T3": 5}


def test_columns_that_nobody_reads_are_told(tmp_path):
    extra = [[*row, more] for row, more in zip(ROWS, ["桌号", "1", "2"], strict=True)]
    duties = [[*row, more] for row, more in zip(DUTIES, ["电话", "1"], strict=True)]
    path = workbook(tmp_path / "a.xlsx", 安排=extra, 考务安排=duties)
    read, found = read_all(path), read_duties(path)[0]
    assert (read.file, read.unread) == ("a.xlsx 安排", ("桌号",))
    assert (found.file, found.unread) == ("a.xlsx 考务安排", ("电话",))
    assert read_all(text(tmp_path / "b.csv", ROWS)).unread == ()


def test_the_files_of_the_contract_go_first(tmp_path):
    """Beside assignments.csv there may be anything: papers, lists of others."""
    text(tmp_path / "assignments.csv", ROWS)
    text(tmp_path / "考试安排.csv", ROWS[:2])
    workbook(tmp_path / "其他.xlsx", 安排表=ROWS[:2], 考务任务=DUTIES)
    assert read_all(tmp_path).schedule.placements == TWO.placements
    assert read_duties(tmp_path) == (None, [])


def test_duties_in_a_workbook(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 安排=ROWS, 考务安排=DUTIES)
    (duty,) = read_duties(path)[0].duties
    assert (duty.staff_id, duty.role, duty.session, duty.room) == ("W1", "invigilator", at("S1"), "1")


def test_schedule_and_duties_in_two_workbooks_of_a_folder(tmp_path):
    """As ``exam papers`` writes them: schedule.xlsx and duties.xlsx, each with sheets of known names."""
    workbook(tmp_path / "schedule.xlsx", 安排=ROWS)
    workbook(tmp_path / "duties.xlsx", 考务安排=DUTIES, 说明=[["甲"]])
    assert read_all(tmp_path).schedule.placements == TWO.placements
    assert [one.staff_id for one in read_duties(tmp_path)[0].duties] == ["W1"]
    workbook(tmp_path / "旧.xlsx", 安排表=ROWS)
    with pytest.raises(InputError, match="是同一种表"):
        read_all(tmp_path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "没有", "没有这个文件夹或文件"),
        (lambda folder: workbook(folder / "a.xlsx", 甲=ROWS, 乙=ROWS), "命名为“安排表”"),
        (lambda folder: workbook(folder / "a.xlsx", 未安排=[["考生编号"]]), "命名为“安排表”"),
        (lambda folder: workbook(workbook(folder / "a.xlsx", 甲=ROWS).with_name("b.xlsx"), 甲=ROWS).parent, "2 个工作簿"),
        (lambda folder: workbook(folder / "a.xlsx", 安排=[["甲"], ["乙"]]), r"a\.xlsx 安排：缺少列 trainee_id"),
        (lambda folder: workbook(folder / "a.xlsx", 安排=ROWS[:2], 安排表=ROWS), "是同一种表"),
        (lambda folder: folder, r"assignments\.csv"),
    ],
)  # fmt: skip
def test_what_nobody_can_tell(tmp_path, make, says):
    with pytest.raises(InputError, match=says):
        read_all(make(tmp_path))


def test_columns_under_other_words_and_a_columns_own_word_first(tmp_path):
    """The site's name beside its id is for people to read: the id counts, and the name is told as not read."""
    head = ["准考证号", "考点名称", "考试日期", "时段", "考点编号"]
    rows = [[one, "考点一", day, half, site_id] for one, site_id, day, half in ROWS[1:]]
    read = read_all(workbook(tmp_path / "a.xlsx", 考生安排表=[head, *rows]))
    assert (read.schedule.placements, read.breaches) == (TWO.placements, [])
    assert read.unread == ("考点名称",)


def test_two_columns_with_other_words_for_one_are_a_fault(tmp_path):
    path = text(tmp_path / "a.csv", [["考生编号", "考点名称", "考点", "日期", "半天"]])
    with pytest.raises(InputError, match="考点编号）出现了两次"):
        read_all(path)


def test_sites_told_by_their_names(tmp_path):
    rows = [ROWS[0], ["T1", "考点 一", *ROWS[1][2:]], ROWS[2]]
    read = read_all(text(tmp_path / "a.csv", rows), {"考点 一": "S1"})
    assert (read.schedule.placements, read.breaches) == (TWO.placements, [])
    folder = tmp_path / "b"
    folder.mkdir()
    text(folder / "安排.csv", ROWS)
    named = [DUTIES[0], [*DUTIES[1][:2], "考点 一", *DUTIES[1][3:]]]
    text(folder / "考务任务.csv", named)
    by_name, _ = read_duties(folder, {"考点 一": "S1"})
    text(folder / "考务任务.csv", DUTIES)
    by_id, _ = read_duties(folder)
    assert by_name.duties == by_id.duties


def test_a_name_counts_where_one_site_has_it_and_none_that_id():
    names = {"S1": "东校", "S2": "西校", "S3": "西校", "S4": "S1", "S5": ""}
    sites = [replace(site(site_id), name=name) for site_id, name in names.items()]
    batch = problem([], sites, seats={})
    called = named_sites(batch)
    assert called == {"东校": "S1"}
    assert told_by_name({"东校", "S2"}, batch, called)
    assert not told_by_name({"西校", "S2"}, batch, called)
