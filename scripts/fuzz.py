"""Feed the reader generated grids and damaged files; anything but a sentence for the user is a bug.

``python scripts/fuzz.py --grids 100000 --files 10000`` (``make fuzz``). Deterministic: every case is
made from its number by a hash, so a failing number can be run alone with ``--only grid:123``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import io
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from certcheck.normalise import entries  # noqa: E402
from certcheck.offline.check import check  # noqa: E402
from certcheck.offline.context import Context, Roll  # noqa: E402
from certcheck.report.handback import head_of  # noqa: E402
from certcheck.report.workbook import Book  # noqa: E402
from certcheck.roster import Reading, named_rows  # noqa: E402
from certcheck.rules import load_rules  # noqa: E402
from certcheck.staff_list.filled_rows import filled_rows  # noqa: E402
from certcheck.staff_list.header_words import load_headers  # noqa: E402 - the path comes first
from certcheck.staff_list.uncovered import holds_person  # noqa: E402
from common.catalogue import load_catalogue  # noqa: E402
from common.errors import InputError  # noqa: E402
from common.resources import DATA  # noqa: E402
from common.sheets import CellValue, Sheet, cell_text, read_sheets  # noqa: E402
from common.text import stated  # noqa: E402

AS_OF = dt.date(2026, 11, 20)
_LABELS = [
    "序号", "姓名", "身份证号", "性别", "岗位", "部门", "准操项目", "作业类别", "证号", "有效期至", "有效期", "有效期起",
    "到期", "员工", "换证日期", "应复审日期", "复审日期",
    "初领日期", "证书名称", "任职日期", "人员类型", "行业类别", "高压证-到期日期", "备注",
]  # fmt: skip
_WORDS: list[CellValue] = [
    "", "", "", " ", "无", "/", "张三", "李　四", "阿卜杜·某", "000000199001010018", "T000000199001010018", "00000019900101001x",
    "０００００0199001010018", 1.10101199001e17, "1.10101E+17", 100000199001010, "电工", "焊工", "文员", "叉车司机", "低压电工作业",
    "低压电工作业、高压电工作业", "高处安装、维护、拆除作业", "2021-05-01", "2021.5", "2021年5月1日", 44317, 44317.5, 2021.1, 20210501,
    "2021-05-01至2027-04-30", "长期", "2021-13-45", dt.date(2021, 5, 1), dt.datetime(2021, 5, 1, 12, 30), dt.date(1, 1, 1),  # noqa: DTZ001
    dt.date(9999, 12, 31), dt.time(8, 0), dt.timedelta(days=3), True, False, float("inf"), float("nan"), -1, 10**30, "=1+1",
    "合计", "备注：以上属实", "制表人：某", "姓名", "\u200b", "\x00", "𬎆", "男", "女", "危险化学品生产", "主要负责人",
    "特种作业操作证", "到期", "员工", "(" * 50,
]  # fmt: skip


class Dice:
    """Even numbers from a name and a counter; no state outside."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0

    def below(self, limit: int) -> int:
        """Give a number below a limit."""
        self._count += 1
        block = hashlib.sha256(f"{self._name}/{self._count}".encode()).digest()
        return int.from_bytes(block[:8], "big") % limit


def grid(number: int) -> Sheet:
    """Make a sheet: mostly a header and rows under it, sometimes anything anywhere, sometimes merged."""
    dice = Dice(f"grid {number}")
    width, height = 1 + dice.below(10), dice.below(12)
    rows: list[list[CellValue]] = []
    for row in range(height):
        heads = dice.below(12) == 0 or (row == dice.below(3))
        pool: list[CellValue] = list(_LABELS) if heads else _WORDS
        rows.append([pool[dice.below(len(pool))] for _ in range(width)])
    merged = []
    for _ in range(dice.below(3)):
        top, left = 1 + dice.below(12), 1 + dice.below(12)
        merged.append((top, left, top + dice.below(4), left + dice.below(4)))
    return Sheet("模糊测试.xlsx", "表", rows, merged=tuple(merged))


def check_grid(number: int) -> None:
    """Read a grid, judge it, hand it back; every row with something in it is a person or counted."""
    sheet = grid(number)
    reading = Reading(sheet)
    rows = list(named_rows(reading, load_headers()))
    catalogue = load_catalogue_once()
    listed = [entry for row in rows for entry in entries(row, catalogue, AS_OF)]
    context = Context(AS_OF, load_rules_once(), catalogue, Roll.of(listed))
    for entry in listed:
        check(entry, context)
    head = head_of(reading)
    book = Book(io.BytesIO(), [head])
    book.begin(head)
    book.rows([(row, None) for row in sheet.rows])
    book.close()
    told = {row.source.row for row in rows} | set(reading.not_read)
    for number_of_row, cells in enumerate(filled_rows(sheet), start=1):
        if number_of_row not in told and holds_person(cells, load_headers()):
            raise AssertionError(f"row {number_of_row} holds somebody's number and vanished")
    if reading.tables:
        below = sheet.rows[reading.tables[0].first - 1 :]
        stating = sum(any(stated(cell_text(value)) for value in row) for row in below)
        repeated = sum(table.first - table.header_row for table in reading.tables[1:])
        count = len({row.source.row for row in rows}) + reading.skipped
        if count < stating - repeated:
            raise AssertionError(f"{stating} rows with something in them, {count} told")


_ONCE: dict[str, object] = {}


def load_catalogue_once():  # noqa: ANN201 - a Catalogue
    """Load the catalogue at the first call."""
    return _ONCE.setdefault("catalogue", load_catalogue()) if "catalogue" not in _ONCE else _ONCE["catalogue"]


def load_rules_once():  # noqa: ANN201 - a RuleBook
    """Load the rules at the first call."""
    return _ONCE.setdefault("rules", load_rules()) if "rules" not in _ONCE else _ONCE["rules"]


def originals() -> list[tuple[str, bytes]]:
    """Give the files that are damaged: the example list as .xlsx, and as text in two encodings."""
    book = (DATA / "examples" / "staff" / "员工持证台账.xlsx").read_bytes()
    table = (DATA / "examples" / "batch" / "trainees.csv").read_bytes()
    return [
        (".xlsx", book),
        (".csv", table[:20_000]),
        (".csv", table[:20_000].decode("utf-8-sig").encode("gb18030", "replace")),
    ]


def damaged(number: int, files: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Damage one of the files: flipped, cut, doubled or shuffled bytes."""
    dice = Dice(f"file {number}")
    suffix, content = files[dice.below(len(files))]
    data = bytearray(content)
    for _ in range(1 + dice.below(20)):
        place, kind = dice.below(len(data) or 1), dice.below(4)
        if kind == 0 and data:
            data[place] = dice.below(256)
        elif kind == 1:
            del data[place : place + dice.below(2000)]
        elif kind == 2:
            data[place:place] = data[: dice.below(500)]
        else:
            data = data[: place + 1] if dice.below(10) == 0 else data
    return suffix, bytes(data)


def check_file(number: int, files: list[tuple[str, bytes]], folder: Path) -> None:
    """Read a damaged file: sheets or a sentence, nothing else."""
    suffix, content = damaged(number, files)
    path = folder / f"damaged{suffix}"
    path.write_bytes(content)
    try:
        sheets = read_sheets(path)
    except InputError:
        return
    for sheet in sheets:
        for row in named_rows(Reading(sheet), load_headers()):
            list(entries(row, load_catalogue_once(), AS_OF))


def cases(grids: int, files: int, only: str | None) -> Iterator[str]:
    """Name the cases to run."""
    if only:
        yield only
        return
    yield from (f"grid:{number}" for number in range(grids))
    yield from (f"file:{number}" for number in range(files))


def run(grids: int, files: int, only: str | None = None) -> list[str]:
    """Run the cases and give the names of those that failed, with why."""
    failed = []
    sources = originals()
    with tempfile.TemporaryDirectory() as folder:
        for count, case in enumerate(cases(grids, files, only), start=1):
            kind, _, number = case.partition(":")
            try:
                if kind == "grid":
                    check_grid(int(number))
                else:
                    check_file(int(number), sources, Path(folder))
            except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
                failed.append(f"{case}: {traceback.format_exc(limit=-2)}")
            if count % 10_000 == 0:
                print(f"{count} cases, {len(failed)} failed", flush=True)
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grids", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--only", help="one case, such as grid:123")
    given = parser.parse_args()
    found = run(given.grids, given.files, given.only)
    print("\n".join(found[:20]))
    print(f"{len(found)} failed")
    sys.exit(bool(found))
