"""Where the tables of a schedule are, whoever made it: files of a folder, sheets of a workbook, or one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from common.errors import InputError
from common.left_beside import left_beside
from common.sheets import Sheet, read_sheets
from common.text import key
from scheduler.checker.schedule.table import Source, is_table, name_of

ASSIGNMENTS = "assignments"
_WORDS = {
    ASSIGNMENTS: ("安排表", "安排", "考试安排", "考试安排表", "考生安排", "考生安排表", "排考表"),
    "unassigned": ("未安排", "未安排名单", "未安排考生"),
    "duties": ("考务任务", "考务安排", "考务任务表", "考务安排表"),
    "vacancies": ("无人可派", "空缺", "空缺任务"),
}
HEADERS = {
    "trainee_id": ("考生编号", "准考证号", "准考编号", "报名编号", "考生号", "学员编号"),
    "site_id": ("考点编号", "考点代码", "考点号", "考点", "考点名称", "考试点"),
    "date": ("日期", "考试日期", "场次日期"),
    "half": ("半天", "时段", "半日", "午别", "上下午", "考试时段"),
    "room": ("考场", "考场号", "考场编号", "考室"),
    "seat": ("座位", "座位号", "座号", "机位号"),
    "group": ("工位组", "实操组", "组号", "分组", "组"),
    "place": ("工位", "工位号", "组内顺序号", "组内次序"),
    "exception": ("例外",),
    "chance": ("本场机会",),
    "site_chance": ("考点机会",),
}
"""The columns of assignments, and the words for each."""
NEEDED = ("trainee_id", "site_id", "date", "half")
_MOST_WORKBOOKS = 8
"""So many workbooks of a folder are looked into: a schedule and its duties are two."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def tables_of(place: Path) -> Mapping[str, Source]:
    """Give where each table of a schedule is: ``assignments`` and, where there are any, the others.

    Parameters
    ----------
    place
        a folder with ``assignments.csv`` or, without one, with files of the tables' Chinese names, one workbook, or a few
        whose sheets have these names; a workbook whose sheets have these names (the only one with the columns of
        assignments needs none); or a CSV file of assignments.

    Raises
    ------
    InputError
        there is no table of assignments, or nobody can tell which it is; a workbook cannot be read.
    """
    if place.is_dir():
        return _in_folder(place)
    if not place.is_file():
        raise InputError(f"{place}：没有这个文件夹或文件。请给出安排结果所在的文件夹、工作簿或安排表。")
    return _in_workbook(place) if place.suffix.lower() in _WORKBOOKS else {ASSIGNMENTS: place}


def _in_folder(folder: Path) -> Mapping[str, Source]:
    ours = {name: folder / f"{name}.csv" for name in _WORDS}
    if ours[ASSIGNMENTS].is_file():
        return {name: path for name, path in ours.items() if path.is_file()}
    files = sorted(path for path in folder.iterdir() if path.is_file() and not left_beside(path.name))
    named = _by_name((path.stem, path) for path in files if path.suffix.lower() == ".csv")
    if ASSIGNMENTS in named:
        return named
    workbooks = [path for path in files if path.suffix.lower() in _WORKBOOKS]
    if len(workbooks) > 1:
        named = _by_name((sheet.name, sheet) for sheet in _sheets(workbooks[:_MOST_WORKBOOKS]))
        if ASSIGNMENTS in named and len(workbooks) <= _MOST_WORKBOOKS:
            return named
        raise InputError(
            f"{folder}：里面有 {len(workbooks)} 个工作簿，不知道哪个是安排表。"
            f"请给出那个文件，或把安排所在的工作表命名为“{_WORDS[ASSIGNMENTS][0]}”（考务任务可在另一个工作簿里）。"
        )
    if not workbooks:
        raise InputError(f"{folder}：没有找到安排表 assignments.csv，请给出安排结果所在的文件夹")
    return _in_workbook(workbooks[0])


def _in_workbook(path: Path) -> Mapping[str, Source]:
    sheets = _sheets([path])
    named = _by_name((sheet.name, sheet) for sheet in sheets)
    if ASSIGNMENTS in named:
        return named
    others = [sheet for sheet in sheets if not any(sheet is one for one in named.values())]
    likely = [sheet for sheet in others if is_table(sheet, HEADERS, NEEDED)] or others
    if len(likely) != 1:
        raise InputError(
            f"{path.name}：请把安排所在的工作表命名为“{_WORDS[ASSIGNMENTS][0]}”，以便与其他表区分。"
        )
    return {ASSIGNMENTS: likely[0], **named}


def _sheets(workbooks: Iterable[Path]) -> list[Sheet]:
    """Give the sheets in which anything is."""
    found = chain.from_iterable(map(read_sheets, workbooks))
    return [sheet for sheet in found if any(cell != "" for row in sheet.rows for cell in row)]


def _by_name(found: Iterable[tuple[str, Source]]) -> Mapping[str, Source]:
    """Give the tables that files or sheets are by their names.

    Raises
    ------
    InputError
        two are the same table: nobody can tell which one counts, and none of their rows is left out in silence.
    """
    names = {key(word): table for table, words in _WORDS.items() for word in (table, *words)}
    tables: dict[str, Source] = {}
    for name, source in found:
        table = names.get(key(name))
        if table in tables:
            raise InputError(f"“{name_of(tables[table])}”和“{name_of(source)}”是同一种表，请只保留一份。")
        if table is not None:
            tables[table] = source
    return tables
