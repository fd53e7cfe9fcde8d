"""Trainees read in columns: the same facts and the same faults as row by row, whatever the cells hold."""

import csv
import datetime as dt
import tempfile
from pathlib import Path

import openpyxl
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from common.finding import Location
from common.sheets import read_sheets
from common.text import stated
from common.text_columns import read_text_columns
from common.text_tables import read_text_table
from scheduler.batch import cells
from scheduler.batch.batch_tables import read_tables
from scheduler.batch.columns import Faults
from scheduler.batch.tables import read_rows
from scheduler.batch.trainee_reading import read_trainees
from scheduler.column_records import first_of_each
from scheduler.problem import Part, Trainee
from scheduler.trainees import Trainees
from tests.scheduler.files import write_folder

_COLUMNS = (
    "trainee_id",
    "name",
    "id_number",
    "institution_id",
    "item",
    "part",
    "earliest",
    "latest",
    "school_id",
    "needs",
)
_CELLS = {
    "trainee_id": st.sampled_from(["T1", "T2", "Ｔ１", "T 1", "甲-1", "", "/", "none", "0", "７"]),
    "name": st.sampled_from(["", "仿真张三", "仿真 李四", "无", "仿\u200b真", "ｎｏｎｅ", "㈱", "⽆", "a·b"]),
    "id_number": st.sampled_from(
        ["", "000000199001010018", " 000000199001010018", "000000199001010018x", "０００000199001010018", "abc", "00000019900101001x"]
    ),
    "institution_id": st.sampled_from(["I1", "Ｉ1", "I9", "", "-"]),
    "item": st.sampled_from(["低压电工作业", "低压 电工作业", "", "焊"]),
    "part": st.sampled_from(["both", "理论", "实 操", "theory", "什么", "", "BOTH"]),
    "earliest": st.sampled_from(["", "2026-12-01", "2026年12月3日", "2026/12/2", "明天", "2026-12", "20261205"]),
    "latest": st.sampled_from(["", "2026-12-02", "2026.12.1", "无", "x"]),
    "school_id": st.sampled_from(["", "I1", "Ｉ１", "I8"]),
    "needs": st.sampled_from(["", "无障碍", "无障碍；accessible", "飞", "accessible"]),
}  # fmt: skip
_NO_NUMBER = 10**17 + 7  # too large for a cell to hold exactly, and nobody's
_MORNING = dt.datetime.combine(dt.date(2026, 12, 4), dt.time(8))
_ROWS = st.lists(st.tuples(*(_CELLS[name] for name in _COLUMNS)), max_size=8)


def one_by_one(rows):
    """Read trainees as all other tables are read: the plain way, one row after the other."""
    faults = Faults()
    people, first = {}, {}
    for row in rows:
        name = cells.identifier(row, "trainee_id")
        if not name:
            continue
        if name in people:
            faults.add("BATCH-DUPLICATE", f"“{name}”重复，第 {first[name]} 行已有", row.at("trainee_id"))
            continue
        days = cells.day(row, "earliest", faults), cells.day(row, "latest", faults)
        cells.in_order(row, "earliest", "latest", days, faults)
        people[name] = Trainee(
            name, cells.identifier(row, "institution_id"), row["item"],
            Part(cells.word(row, "part", "part", faults, Part.BOTH)), row["name"],
            cells.identity(row, "id_number", faults), row["district"], row["class_id"],
            cells.identifier(row, "school_id"), *days, row.location.row, cells.words(row, "needs", "need", faults),
        )  # fmt: skip
        first[name] = row.location.row
    return people, faults.found


def both_ways(folder, path):
    """Read a file of trainees in columns and row by row."""
    empty, told = Faults(), Faults()
    table = read_tables(folder, empty).trainees
    columns = read_trainees(table, told)
    plain = Faults()
    sheet = read_sheets(path)[0]
    rows = list(read_rows(sheet, "trainees", plain))
    people, found = one_by_one(rows)
    return (columns, empty.found, told.found), (people, plain.found, found)


@given(_ROWS)
@settings(deadline=None)
def test_columns_and_rows_give_the_same_people_and_the_same_faults(rows):
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name), trainees=None)
        path = folder / "trainees.csv"
        path.write_text("\n".join(",".join(row) for row in [_COLUMNS, *rows]), encoding="utf-8")
        assert read_text_columns(path) is not None  # or nothing would be compared
        (columns, empty, told), (people, plain, found) = both_ways(folder, path)
    assert dict(columns) == people
    assert list(columns) == list(people)
    assert [one.row for one in columns.values()] == [one.row for one in people.values()]
    assert empty == plain
    assert told == found


@given(st.lists(st.tuples(
    st.sampled_from([1, 2, 2.0, "T1", "Ｔ１", None, True]),
    st.sampled_from([None, _NO_NUMBER, "000000199001010018", 7, 12.5]),
    st.sampled_from([None, 46357, 20261201, "2026-12-01", dt.date(2026, 12, 3), _MORNING, 2026.12, True]),
    st.sampled_from([None, 46000, dt.date(2026, 11, 3), "x"]),
), max_size=6))  # fmt: skip
@settings(deadline=None, max_examples=60)
def test_cells_of_a_workbook_that_are_no_text_are_read_as_what_they_are(rows):
    with tempfile.TemporaryDirectory() as name:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "trainees"
        sheet.append(["trainee_id", "id_number", "earliest", "latest", "institution_id", "item", "part"])
        for row in rows:
            sheet.append([*row, "I1", "低压电工作业", "both"])
        path = Path(name) / "batch.xlsx"
        book.save(path)
        (columns, empty, told), (people, plain, found) = both_ways(path, path)
    assert dict(columns) == people
    lacking = {"institutions", "sites", "seats", "places"}  # the workbook has one sheet
    assert [one for one in empty if one.code != "BATCH-TABLE-MISSING"] == plain
    assert len([one for one in empty if one.code == "BATCH-TABLE-MISSING"]) == len(lacking)
    assert told == found


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters='\n\r",\x00'), max_size=8),
        min_size=1,
    )
)
@settings(deadline=None)
def test_every_text_states_the_same_in_columns(texts):
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name), trainees=None)
        path = folder / "trainees.csv"
        lines = [f"T{number},I1,低压电工作业,both,{text}" for number, text in enumerate(texts)]
        path.write_text("\n".join(["trainee_id,institution_id,item,part,name", *lines]), encoding="utf-8")
        read = read_tables(folder, Faults()).trainees.frame["name"].to_list()
    assert read == [stated(text) for text in texts]


@given(
    st.text(st.sampled_from('ab,;"\n\r\t甲=|<\x00 '), max_size=40),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
@settings(deadline=None, max_examples=400)
def test_a_file_is_read_in_columns_only_where_that_gives_the_same_cells(text, encoding):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "t.csv"
        path.write_bytes(text.encode(encoding))
        columns = read_text_columns(path)
        if columns is not None:
            read = [list(row) for row in columns.fill_null("").rows()]
            plain = read_text_table(path)
            width = max(map(len, plain), default=0)
            assert [(row + [""] * width)[:width] for row in read] == plain
            assert not any(cell for row in read for cell in row[width:])


def test_a_list_with_quotes_or_of_another_encoding_is_read_all_the_same(tmp_path):
    rows = [
        ["trainee_id", "name", "institution_id", "item", "part"],
        ["T1", "仿真张三", "I1", "低压电工作业", "both"],
    ]
    for number, (quote, encoding) in enumerate(
        [("", "utf-8"), ('"', "utf-8-sig"), ("", "gb18030"), ('"', "utf-16")]
    ):
        folder = write_folder(tmp_path / str(number), trainees=None)
        text = "\r\n".join(",".join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
        (folder / "考生.csv").write_bytes(text.encode(encoding))
        assert read_trainees(read_tables(folder, Faults()).trainees, Faults())["T1"].name == "仿真张三"


def test_a_fault_is_told_at_its_own_cell_in_every_row_that_has_it(tmp_path):
    header = "姓名,考生编号,培训机构编号,考试项目,考试科目"
    lines = [header, "甲,T1,I1,焊,什么", "乙,T2,I1,焊,both", "", "丙,T3,I1,焊,什么"]
    folder = write_folder(tmp_path, trainees=None)
    (folder / "trainees.csv").write_text("\n".join(lines), encoding="utf-8")
    faults = Faults()
    read_trainees(read_tables(folder, Faults()).trainees, faults)
    assert [one.location for one in faults.found] == [Location("trainees.csv", "", row, 5) for row in (2, 5)]


def test_trainees_are_a_mapping_of_records_and_show_nobody():
    people = {
        "b": Trainee(
            "b", "i", "x", Part.BOTH, name="仿真张三", earliest=dt.date(2026, 1, 2), needs=("accessible",)
        ),
        "a": Trainee("a", "i", "x", Part.THEORY, row=3),
    }
    columns = Trainees.of(people)
    assert (dict(columns), list(columns), len(columns)) == (people, ["b", "a"], 2)
    assert (list(columns.values()), dict(columns.items())) == (list(people.values()), people)
    assert [one.row for one in columns.values()] == [0, 3]
    assert "a" in columns
    assert columns.get("c") is None
    assert Trainees.of(columns) is columns
    assert "仿真" not in repr(columns)


def test_the_oracle_reads_a_list_at_all(tmp_path):
    folder = write_folder(tmp_path)
    with (folder / "trainees.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 3
    (columns, _, _), (people, _, _) = both_ways(folder, folder / "trainees.csv")
    assert dict(columns) == people
    assert len(people) == 2


def test_tables_show_nobody(tmp_path):
    """What is printed where something goes wrong holds no name and no number, however the table was read."""
    for number, quote in enumerate(("", '"')):
        folder = write_folder(tmp_path / str(number), trainees=None)
        rows = [_COLUMNS[:6], ("T1", "仿真张三", "000000199001010018", "I1", "低压电工作业", "both")]
        text = "\n".join(",".join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
        (folder / "trainees.csv").write_text(text, encoding="utf-8")
        tables = read_tables(folder, Faults())
        shown = f"{tables!r} {tables.trainees!r} {tables.trainees.sheet!r}"
        assert "仿真" not in shown
        assert "000000199001010018" not in shown


@given(st.lists(st.text("ab甲", max_size=3)), st.booleans())
def test_the_first_of_each_in_order_or_not(ids, in_order):
    """In order by code points, where equal ones are neighbours; a list in another order is looked through."""
    column = pl.Series(sorted(ids) if in_order else ids, dtype=pl.String)
    assert first_of_each(column).to_list() == column.is_first_distinct().to_list()
