"""Batch folders and workbooks for tests of reading; everybody in them is invented."""

from pathlib import Path

import openpyxl

TABLES = {
    "trainees": [
        ["trainee_id", "name", "id_number", "institution_id", "item", "part", "earliest", "latest"],
        ["T1", "甲一", "000000199001010018", "I1", "低压电工作业", "both", "", ""],
        ["T2", "乙二", "000000198512319995", "I2", "低压电工作业", "theory", "2026-12-01", "2026-12-02"],
    ],
    "institutions": [["institution_id", "name", "kind"], ["I1", "机构一", "training"], ["I2", "机构二", "school"]],
    "sites": [
        ["site_id", "name", "kind", "owner_id", "city", "day_limit"],
        ["S1", "考点一", "public", "", "云州市", ""],
        ["S2", "考点二", "institution", "I1", "云州市", "5"],
    ],
    "seats": [
        ["site_id", "date", "half", "seats"],
        ["S1", "2026-12-01", "am", "2"],
        ["S2", "2026-12-01", "pm", "2"],
    ],
    "places": [
        ["site_id", "date", "half", "item", "places"],
        ["S1", "", "", "低压电工作业", "2"],
        ["S2", "", "", "低压电工作业", "2"],
    ],
}  # fmt: skip

CHINESE = {
    "考生": [
        ["考生编号", "姓名", "身份证号", "培训机构编号", "考试项目", "考试科目", "最早日期", "最晚日期"],
        ["T1", "甲一", "000000199001010018", "I1", "低压电工作业", "理论和实操", "", "无"],
        ["T2", "乙二", "000000198512319995", "I2", "低压电工作业", "理论", "2026年12月1日", "2026/12/2"],
    ],
    "机构": [["机构编号", "机构名称", "机构类型"], ["I1", "机构一", "培训机构"], ["I2", "机构二", "学校"]],
    "考点": [
        ["考点编号", "考点名称", "考点类型", "所属机构编号", "城市", "每日上限"],
        ["S1", "考点一", "公共", "", "云州市", ""],
        ["S2", "考点二", "机构", "I1", "云州市", "５"],
    ],
    "场次": [["考点编号", "日期", "半天", "座位数"], ["S1", "20261201", "上午", "2"], ["S2", "2026.12.1", "下午", "2"]],
    "工位": [
        ["考点编号", "日期", "半天", "考试项目", "工位数"],
        ["S1", "", "", "低压电工作业", "2"],
        ["S2", "", "", "低压电工作业", "2"],
    ],
}  # fmt: skip


def write_folder(folder: Path, tables=None, **changed) -> Path:
    """Write CSV files; ``changed`` replaces whole tables (None leaves one out)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {**(tables or TABLES), **changed}.items():
        if rows is not None:
            lines = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
            (folder / f"{name}.csv").write_text(lines, encoding="utf-8-sig", newline="")
    return folder


def write_workbook(path: Path, tables=None, **changed) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**(tables or TABLES), **changed}.items():
        sheet = book.create_sheet(name)
        for row in rows or []:
            sheet.append([cell if cell != "" else None for cell in row])
    book.save(path)
    return path


def with_row(table: str, *row, tables=None) -> dict:
    """Give one table with a row more."""
    return {table: [*(tables or TABLES)[table], list(row)]}
