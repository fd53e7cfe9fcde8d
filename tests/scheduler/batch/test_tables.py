"""Finding tables, headers and rows."""

import pytest

from common.errors import InputError
from common.sheets import Sheet
from scheduler.batch.batch_tables import read_tables
from scheduler.batch.columns import Faults
from scheduler.batch.tables import read_rows
from tests.scheduler.files import CHINESE, TABLES, write_folder, write_workbook


def tables(path):
    faults = Faults()
    return read_tables(path, faults), faults.found


def test_order_of_columns_and_unknown_ones_do_not_matter(tmp_path):
    seats = [["备注", "座位数", "半天", "日期", "考点编号"], ["x", "2", "am", "2026-12-01", "S1"]]
    read, found = tables(write_folder(tmp_path, seats=seats))
    assert found == []
    (row,) = read["seats"]
    assert (row["site_id"], row["seats"], row["half"]) == ("S1", "2", "am")
    assert row.at("seats").column == 2
    assert row["not a column"] == ""


def test_rows_that_state_nothing_are_no_rows(tmp_path):
    seats = [*TABLES["seats"], ["", "", "", ""], ["/", "无", "-", ""], ["S1", "2026-12-02", "am", "1"]]
    read, found = tables(write_folder(tmp_path, seats=seats))
    assert [row.location.row for row in read["seats"]] == [2, 3, 6]
    assert found == []


def test_gb18030_and_semicolons(tmp_path):
    folder = write_folder(tmp_path, seats=None)
    text = "考点编号;日期;半天;座位数\nS1;2026-12-01;上午;2\n"
    (folder / "场次.csv").write_bytes(text.encode("gb18030"))
    read, found = tables(folder)
    assert [row["half"] for row in read["seats"]] == ["上午"]
    assert found == []


def test_optional_tables_may_be_missing_and_needed_ones_may_not(tmp_path):
    read, found = tables(write_folder(tmp_path, sites=None, places=None))
    assert read["staff"] == read["districts"] == read["relations"] == []
    assert [(one.code, "考点" in one.message or "工位" in one.message) for one in found] == [
        ("BATCH-TABLE-MISSING", True),
        ("BATCH-TABLE-MISSING", True),
    ]


def test_the_missing_column_is_named(tmp_path):
    _, found = tables(
        write_workbook(tmp_path / "b.xlsx", seats=[["site_id", "date", "half"], ["S1", "x", "am"]])
    )
    (fault,) = found
    assert fault.code == "BATCH-COLUMN-MISSING"
    assert "座位数" in fault.message
    assert "考点编号" not in fault.message
    assert (fault.location.sheet, fault.location.row) == ("seats", 1)


def test_an_empty_sheet_has_no_header(tmp_path):
    _, found = tables(write_workbook(tmp_path / "b.xlsx", seats=[]))
    assert [(one.code, one.location.sheet) for one in found] == [("BATCH-COLUMN-MISSING", "seats")]


def test_no_folder_and_no_tables(tmp_path):
    with pytest.raises(InputError):
        tables(tmp_path / "nowhere")
    with pytest.raises(InputError, match="csv"):
        tables(tmp_path)


def test_a_row_shorter_than_the_header_has_empty_cells_at_its_end():
    """Some writers leave out the empty cells at the end of a row; nobody may vanish or stop the reading for it."""
    sheet = Sheet("sites.csv", "", [["site_id", "name", "kind", "city"], ["S1"], ["S2", "考点二"]])
    rows = list(read_rows(sheet, "sites", Faults()))
    assert [(row["site_id"], row["name"], row["city"], row.raw("city")) for row in rows] == [
        ("S1", "", "", ""),
        ("S2", "考点二", "", ""),
    ]


def test_a_header_may_carry_a_note(tmp_path):
    """Templates say what is needed and in which unit; a word alone goes before one with a note."""
    head = ["考点编号（必填）", "日期(YYYY-MM-DD)", "半天（如 上午）", "座位数（个）"]
    read, found = tables(write_folder(tmp_path, seats=[head, *TABLES["seats"][1:]]))
    assert found == []
    assert [row["seats"] for row in read["seats"]] == ["2", "2"]
    both = [["座位数（个）", *TABLES["seats"][0]], *(["9", *row] for row in TABLES["seats"][1:])]
    read, found = tables(write_folder(tmp_path, seats=both))
    assert [row["seats"] for row in read["seats"]] == ["2", "2"]


def test_a_note_that_makes_another_column_of_it(tmp_path):
    head = [*TABLES["seats"][0][:3], "座位数（上次的）"]
    _, found = tables(write_folder(tmp_path, seats=[head, *TABLES["seats"][1:]]))
    assert [one.code for one in found] == ["BATCH-COLUMN-MISSING"]


def test_what_stands_beyond_the_header_is_told(tmp_path):
    """Somebody wrote beside a session that it is called off: nobody would read it."""
    seats = [TABLES["seats"][0], [*TABLES["seats"][1], "本场取消"], TABLES["seats"][2]]
    faults = Faults()
    read_tables(write_folder(tmp_path, seats=seats), faults)
    assert faults.remarks == ["没有读 seats.csv 第 5 列的内容（第 2 行）：这一列没有列名"]
    head, *people = TABLES["trainees"]
    faults = Faults()
    longer = [[*head, ""], *([*row, "作废" if number else ""] for number, row in enumerate(people))]
    read_tables(write_folder(tmp_path, trainees=longer, seats=TABLES["seats"]), faults)
    assert faults.remarks == ["没有读 trainees.csv 第 9 列的内容（第 3 行）：这一列没有列名"]


def test_what_stands_beyond_the_header_of_a_plain_list_of_trainees(tmp_path):
    """A file that is read in columns, as a million people are."""
    folder = write_folder(tmp_path, trainees=None)
    rows = [",".join(row) for row in TABLES["trainees"]]
    (folder / "trainees.csv").write_text(f"{rows[0]},\n{rows[1]},\n{rows[2]},作废\n", encoding="utf-8")
    faults = Faults()
    assert type(read_tables(folder, faults).trainees.sheet).__name__ == "TextSheet"
    assert faults.remarks == ["没有读 trainees.csv 第 9 列的内容（第 3 行）：这一列没有列名"]


@pytest.mark.parametrize(
    "write", [write_folder, lambda path, **changed: write_workbook(path / "b.xlsx", **changed)]
)
def test_a_header_in_the_middle_is_told_once(tmp_path, write):
    """Lists of several departments put one below the other: six faults of one row would not say what is wrong."""
    again = {name: [*TABLES[name], TABLES[name][0], *TABLES[name][1:]] for name in ("seats",)}
    head, first, second = TABLES["trainees"]
    _, found = tables(write(tmp_path, **again, trainees=[head, first, head, second]))
    assert [(one.code, one.location.row) for one in found] == [
        ("BATCH-HEADER-AGAIN", 3),
        ("BATCH-HEADER-AGAIN", 4),
    ]


def test_a_text_table_is_no_batch(tmp_path):
    """Also one that calls itself a workbook: five missing tables would not say what is wrong."""
    path = tmp_path / "b.xlsx"
    path.write_text("考生编号,姓名\nT1,甲\n", encoding="utf-8")
    with pytest.raises(InputError, match="是一张文本表"):
        tables(path)


def test_a_text_of_unknown_encoding_is_told_so(tmp_path):
    folder = write_folder(tmp_path, seats=None)
    (folder / "seats.csv").write_bytes("site_id,date\nS1,2026-12-01\n".encode("utf-16-le"))
    with pytest.raises(InputError, match=r"seats.csv：文字编码无法识别"):
        tables(folder)


def test_the_kind_of_an_institution_under_another_header(tmp_path):
    rows = [["机构编号", "机构名称", "机构性质"], ["I1", "机构一", "学校"], ["I2", "机构二", "企业"]]
    read, found = tables(write_workbook(tmp_path / "b.xlsx", CHINESE, 机构=rows))
    assert ([row["kind"] for row in read["institutions"]], found) == (["学校", "企业"], [])
