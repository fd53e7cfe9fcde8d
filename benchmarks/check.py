"""``zhengkao check --registry none`` against the floor: merely reading the list and writing as many cells.

``python -m benchmarks.check [ROWS]`` makes an invented list, runs both as whole processes in turn, and
prints their ratio. The promise is at most twice the floor at 100,000 rows (measured: 1.9).
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from stdnum.cn.ric import calc_check_digit

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "序号", "姓名", "性别", "身份证号", "部门", "岗位", "作业类别", "准操项目", "证号", "初领日期", "有效期起", "有效期止",
    "应复审日期", "实际复审日期", "签发机关",
)  # fmt: skip
_FLOOR = """
import sys, python_calamine, xlsxwriter
rows = python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python(skip_empty_area=False)
book = xlsxwriter.Workbook(sys.argv[2])
page = book.add_worksheet()
for number, row in enumerate(rows):
    for column, value in enumerate(row):
        if isinstance(value, str):
            page.write_string(number, column, value)
        else:
            page.write_number(number, column, value)
book.close()
"""


def make_list(path: Path, rows: int) -> None:
    """Write a list of invented people, most of them without a fault."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("名单")
    page.write_row(0, 0, HEADER)
    for number in range(rows):
        year, month, day, sequence = (
            number % 35,
            number // 35 % 12,
            number // 420 % 28,
            number // 11_760 % 1000,
        )
        stem = (
            f"000000{1970 + year}{1 + month:02d}{1 + day:02d}{sequence:03d}"  # nobody twice up to 11 million
        )
        identity = stem + calc_check_digit(stem + "0")
        start = dt.date(2024 + number % 2, 1 + number % 12, 1 + number % 28)
        page.write_row(
            number + 1, 0,
            (
                number + 1, f"仿真{number}", "男" if int(identity[16]) % 2 else "女", identity, f"部门{number % 50}",
                "低压电工", "电工作业", "低压电工作业", f"T{identity}", start.isoformat(), start.isoformat(),
                start.replace(year=start.year + 6).isoformat(), start.replace(year=start.year + 3).isoformat(), "",
                "某市应急管理局",
            ),
        )  # fmt: skip
    book.close()


def seconds(command: Sequence[object], home: Path) -> float:
    """Give how long a command takes."""
    begun = time.perf_counter()
    subprocess.run(
        [str(word) for word in command], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"ZHENGKAO_HOME": str(home)},
    )  # fmt: skip
    return time.perf_counter() - begun


def main() -> None:
    """Measure both in turn, three times, and print the ratio of the middle ones."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_list(folder / "list.xlsx", rows)
        floor, ours = [], []
        for _ in range(3):
            floor.append(
                seconds([sys.executable, "-c", _FLOOR, folder / "list.xlsx", folder / "floor.xlsx"], folder)
            )
            ours.append(
                seconds(
                    [
                        sys.executable,
                        ROOT / "cli.py",
                        "check",
                        folder / "list.xlsx",
                        "--as-of",
                        "2026-11-20",
                        "--out",
                        folder / "o",
                    ],
                    folder,
                ),
            )
    middle_floor, middle_ours = sorted(floor)[1], sorted(ours)[1]
    print(f"{rows} rows: read and write {middle_floor:.2f} s, check with all reports {middle_ours:.2f} s")
    print(f"ratio {middle_ours / middle_floor:.1f}")


if __name__ == "__main__":
    main()
