"""Files of every sort: tables are read as they are, anything else is refused in Chinese."""

import datetime as dt
import errno
import io
import os
import re
import zipfile

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import InputError
from common.sheets import cell_text, read_sheets
from common.text_columns import read_text_columns

ROWS = [["姓名", "证号"], ["仿真张三", "T0001"], ["龘鿭", ""]]
TEXT = "\r\n".join(",".join(row) for row in ROWS)
CHINESE = re.compile("[\u4e00-\u9fff]")


def written(folder, data, name="名单.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


def packed_as(method):
    """Give a workbook whose parts are packed in some way."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as book, zipfile.ZipFile(packed, "w", method) as target:
        for name in book.namelist():
            target.writestr(name, book.read(name))
    return packed.getvalue()


def refused(path):
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    assert CHINESE.search(str(caught.value))
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_tables(tmp_path, encoding, separator):
    """Excel and WPS save each of these, depending on the button and the region."""
    (sheet,) = read_sheets(written(tmp_path, TEXT.replace(",", separator).encode(encoding)))
    assert sheet.rows == ROWS


def test_quoted_cells_and_blank_lines(tmp_path):
    """A cell may hold separators and line ends; a blank line keeps its row number."""
    (sheet,) = read_sheets(written(tmp_path, '姓名,项目\n\n张三,"低压, 高压\n电工"\n'.encode()))
    assert sheet.rows == [["姓名", "项目"], ["", ""], ["张三", "低压, 高压\n电工"]]


def test_one_column_of_text(tmp_path):
    """A list without any separator is a table of one column."""
    (sheet,) = read_sheets(written(tmp_path, "姓名\n张三".encode()))
    assert sheet.rows == [["姓名"], ["张三"]]


def test_workbook_values_keep_their_types(tmp_path):
    """Text stays text, numbers stay numbers: a numeric identity cell has lost digits and has to show."""
    book = openpyxl.Workbook()
    page = book.active
    page.append([None, "文本", 1, 2.5, True, dt.date(2021, 5, 1), dt.datetime(2021, 5, 1, 8), "=1+1"])  # noqa: DTZ001
    hidden = book.create_sheet("隐藏")
    hidden["C3"] = "x"
    hidden.sheet_state = "hidden"
    page.merge_cells("A2:B3")
    path = tmp_path / "名单.xlsx"
    book.save(path)
    first, second = read_sheets(path)
    assert first.rows[0][1:6] == ["文本", 1, 2.5, True, dt.date(2021, 5, 1)]
    assert first.merged == ((2, 1, 3, 2),)
    assert (first.hidden, second.hidden, second.name) == (False, True, "隐藏")
    assert second.rows[2][2] == "x"


def test_ods(tmp_path):
    """LibreOffice's own format, with an empty first row that still counts."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS[:2])
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="表一">'
        f"<table:table-row><table:table-cell/></table:table-row>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "名单.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    (sheet,) = read_sheets(path)
    assert sheet.name == "表一"
    assert sheet.rows[1:] == ROWS[:2]


def packed(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def workbook():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.csv", b""), ("空.xlsx", b""), ("半.xlsx", workbook()[:2000]), ("图.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("网页.xls", "<html><table><tr><td>姓名".encode()), ("网页.xls", b"\xef\xbb\xbf  <!DOCTYPE html>"),
        ("文档.docx", packed(**{"word/document.xml": "<w/>"})), ("空包.xlsx", packed()), ("包.zip", packed(a="b")),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600), ("乱.csv", b"\xff\x81\xff\xff\x80"),
        ("坏.xlsx", packed(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook"})),
        ("坏.csv", b'a,"' + b"x" * 1_200_000),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path, name, data):
    """Every other file is refused with a sentence that names it."""
    refused(written(tmp_path, data, name))


def test_files_that_are_not_there(tmp_path):
    """A missing file and a folder are refused alike."""
    refused(tmp_path / "没有.xlsx")
    (tmp_path / "文件夹.xlsx").mkdir()
    refused(tmp_path / "文件夹.xlsx")


def test_a_cell_at_the_end_of_the_sheet_is_refused(tmp_path):
    """One stray cell in XFD1048576 would make seventeen thousand million cells of it."""
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "大.xlsx")
    assert "XFD1048576" in refused(tmp_path / "大.xlsx")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_in_another_way_is_refused(tmp_path, method):
    """No spreadsheet packs like that, and a damaged one of these made the reader fail in ways of its own."""
    data = bytearray(packed_as(method))
    assert "另存为 .xlsx" in refused(written(tmp_path, data, "名单.xlsx"))
    data[len(data) // 2] ^= 255
    assert "另存为 .xlsx" in refused(written(tmp_path, data, "名单.xlsx"))


def test_a_part_that_ends_before_it_should_is_damage(tmp_path):
    """The directory at the end says of the workbook's part that it is larger than the whole file."""
    data = bytearray(packed_as(zipfile.ZIP_STORED))
    entry = data.rindex(b"xl/workbook.xml") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 20 : entry + 28] = 2 * (1 << 20).to_bytes(4, "little")
    assert "文件已损坏" in refused(written(tmp_path, data, "名单.xlsx"))


@pytest.mark.parametrize("place", [(zipfile, "ZipFile"), (python_calamine, "load_workbook")])
def test_a_disk_that_fails_is_not_called_a_damaged_file(tmp_path, monkeypatch, place):
    path = written(tmp_path, workbook(), "名单.xlsx")

    def failing(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(*place, failing)
    told = refused(path)
    assert "打不开" in told
    assert "损坏" not in told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=20), st.integers(0, 10_000))
def test_damaged_workbooks_are_read_or_refused(tmp_path, damage, cut):
    """Whatever bytes are wrong, the answer is rows or a sentence."""
    data = bytearray(workbook())
    for place, byte in damage:
        data[place % len(data)] = byte
    path = written(tmp_path, bytes(data[: max(cut, 100)]), "名单.xlsx")
    try:
        read_sheets(path)
    except InputError as error:
        assert CHINESE.search(str(error))  # noqa: PT017


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path, data):
    """The same for files that are nothing at all."""
    try:
        read_sheets(written(tmp_path, data, "名单.csv"))
    except InputError as error:
        assert CHINESE.search(str(error))  # noqa: PT017


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲", "甲"), (None, ""), (1.0, "1"), (1, "1"), (2.5, "2.5"), (True, "TRUE"), (1.1e17, "110000000000000000"),
        (dt.date(2021, 5, 1), "2021-05-01"), (dt.datetime(2021, 5, 1), "2021-05-01"),  # noqa: DTZ001
        (dt.datetime(2021, 5, 1, 8), "2021-05-01 08:00:00"), (float("inf"), "inf"), (dt.time(8), "08:00:00"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_cells_as_people_see_them(value, text):
    """Whole numbers have no decimals, midnight no time."""
    assert cell_text(value) == text


def test_rows_of_a_text_table_have_one_width(tmp_path):
    """A remark behind the last header makes one row longer; every row gets its width, none loses a cell."""
    path = tmp_path / "a.csv"
    path.write_text("台账\n姓名,身份证号\n张三,000000199001010018,备注在表头之外\n", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert [len(row) for row in sheet.rows] == [3, 3, 3]
    assert sheet.rows[2][2] == "备注在表头之外"


def test_text_wrapped_as_a_formula_is_text(tmp_path):
    """Spreadsheets write ="0012" so that digits stay text: the digits are meant."""
    (sheet,) = read_sheets(written(tmp_path, '姓名,号码\n张三,"=""000000199001010018"""\n=1+1,x\n'.encode()))
    assert sheet.rows[1][1] == "000000199001010018"
    assert sheet.rows[2][0] == "=1+1"


@pytest.mark.parametrize("large", [False, True])
def test_an_error_is_not_empty(tmp_path, monkeypatch, large):
    """A formula that ends in #N/A states something that cannot be read; it must not look like nothing."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("表")
    page.write_row(0, 0, ["姓名", "有效期至", "备注"])
    page.write_formula(1, 1, "=NA()", None, "#N/A")
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    monkeypatch.setattr("common.sheets.LARGE", 0 if large else 1 << 40)
    (sheet,) = read_sheets(path)
    assert sheet.rows[1] == ["", "#N/A", "#DIV/0!"]


@pytest.mark.parametrize("large", [False, True])
def test_a_formula_without_its_result_is_not_empty(tmp_path, monkeypatch, large):
    """Programs write formulas and no results. Row 3 holds nothing else, and column C: neither vanishes. Empty text is a result."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.append(["姓名", "有效期至"])
    page.append(["张三", "=DATE(2030,1,1)", '=B2&""'])
    page.append(["=A2"])
    book.save(path)
    monkeypatch.setattr("common.sheets.LARGE", 0 if large else 1 << 40)
    (sheet,) = read_sheets(path)
    assert sheet.rows == [
        ["姓名", "有效期至", ""], ["张三", "#公式没有结果", "#公式没有结果"], ["#公式没有结果", "", ""]
    ]  # fmt: skip


def rewritten(path, part, changes):
    """Give a workbook with other bytes in one of its parts."""
    new = path.with_name(f"new-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as written_anew:
        for name in old.namelist():
            content = old.read(name)
            for before, after in changes.items() if name == part else ():
                assert before in content
                content = content.replace(before, after)
            written_anew.writestr(name, content)
    return new


def test_a_formula_whose_result_is_empty_text_or_a_number_is_read_as_that(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("表")
    page.write_row(0, 0, ["姓名", "备注", "数"])
    page.write_formula(1, 0, '=""', None, "")
    page.write_formula(1, 1, "=A1", None, "姓名")
    page.write_formula(1, 2, "=1+1", None, 2)
    book.close()
    as_excel_writes = {b'<c r="A2"><f>': b'<c r="A2" t="str"><f>'}
    (sheet,) = read_sheets(rewritten(path, "xl/worksheets/sheet1.xml", as_excel_writes))
    assert sheet.rows[1] == ["", "姓名", 2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
@pytest.mark.parametrize("read", [read_sheets, read_text_columns])
def test_a_pipe_is_not_waited_for(tmp_path, read):
    """Nobody writes to it: reading would never end."""
    pipe = tmp_path / "seats.csv"
    os.mkfifo(pipe)
    if read is read_sheets:
        refused(pipe)
    else:
        assert read(pipe) is None
