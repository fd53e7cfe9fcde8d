"""The list handed back: here or in another process, from memory or from front to back, the same cells."""

import datetime as dt
import io
import tempfile
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from certcheck.lists import read_lists
from certcheck.offline.context import Context
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.report import handback, own_workbook
from certcheck.report.aside import BookAside
from certcheck.report.handback import HandBack
from certcheck.report.workbook import MOST_ROWS, Added, Book, SheetHead
from certcheck.report.write import About, write_reports
from common.errors import ZhengkaoError
from common.sheets import read_sheets
from tests.certcheck.lists import AS_OF, LI, ZHANG, catalogue, load_headers, rules, xlsx

HEAD = ["姓名", "身份证号", "岗位", "准操项目", "有效期至"]
ROWS = [
    ["某厂特种作业人员", "", "", "", ""],
    HEAD,
    ["张三", ZHANG, "电工", "低压电工作业", dt.date(2026, 12, 1)],
    ["", "", "", "高压电工作业", dt.date(2020, 1, 1)],
    ["李四", LI, "焊工", "", ""],
    ["合计", "2人", "", "", ""],
]


def cells(path):
    """Give every cell of every sheet, with the facts that a reader sees."""
    book = openpyxl.load_workbook(path)
    return {
        page.title: (
            [[cell.value for cell in line] for line in page],
            sorted(map(str, page.merged_cells.ranges)), page.freeze_panes, page.auto_filter.ref,
        )
        for page in book
    }  # fmt: skip


def reports(folder, path, **ways):
    """Read, judge and write everything of one list."""
    lists = read_lists([path], load_headers(), catalogue(), AS_OF, **ways)
    context = Context(AS_OF, rules(), catalogue(), lists.roll)
    verified = verify(lists.entries, context, None, load_vocabulary())
    write_reports(folder, About("测试", ""), lists, verified, context)
    return folder


@pytest.mark.parametrize("merged", [(), ("A1:E1",), ("A1:E1", "A3:A4")])
def test_every_way_gives_the_same(tmp_path, monkeypatch, merged):
    """In this process; in another; from memory; from front to back; read twice instead of kept."""
    path = xlsx(tmp_path / "名单.xlsx", {"一": ROWS, "二": ROWS[1:]}, merged)
    usual = reports(tmp_path / "usual", path)
    monkeypatch.setattr(handback, "LONG_LIST", 1)
    aside = reports(tmp_path / "aside", path, most_kept=0)
    name = "名单-核验结果.xlsx"
    assert cells(usual / name) == cells(aside / name)
    for other in ("outcomes.jsonl", "summary.json", "report.html", "deadlines.ics", "problems.xlsx"):
        assert (usual / other).read_bytes() == (aside / other).read_bytes()


def test_what_stands_beside_a_row(tmp_path):
    """Verdict, reasons, next step and the first day that matters; a filter over one header, none over two."""
    path = xlsx(tmp_path / "名单.xlsx", {"一": ROWS})
    found = cells(reports(tmp_path / "o", path) / "名单-核验结果.xlsx")
    page, _, frozen, filtered = found["一"]
    assert page[1][5:] == ["核验结论", "问题", "下一步", "最近期限"]
    assert (page[2][5], page[2][8]) == ("需关注", dt.datetime.fromisoformat("2026-12-01"))
    assert (page[3][5], page[3][8]) == ("有问题", dt.datetime.fromisoformat("2020-01-01"))
    assert page[5][5:] == [None] * 4  # the total is nobody
    assert (frozen, filtered) == ("A3", "A2:I6")
    twice = xlsx(tmp_path / "两段.xlsx", {"一": [*ROWS, *ROWS]})
    assert cells(reports(tmp_path / "p", twice) / "两段-核验结果.xlsx")["一"][3] is None


def test_titles_stand_over_a_header_of_several_rows(tmp_path, monkeypatch):
    """As the other columns of such a header do: no blank cell with a filter's button, however it is written."""
    rows = [["姓名", "身份证号", "岗位", "证书", ""], ["", "", "", "准操项目", "有效期至"], *ROWS[2:]]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:E1")
    path = xlsx(tmp_path / "名单.xlsx", {"一": rows}, merged)
    page = openpyxl.load_workbook(reports(tmp_path / "own", path) / "名单-核验结果.xlsx")["一"]
    assert [page.cell(1, column).value for column in range(6, 10)] == [
        "核验结论",
        "问题",
        "下一步",
        "最近期限",
    ]
    assert {"F1:F2", "G1:G2", "H1:H2", "I1:I2"} < set(map(str, page.merged_cells.ranges))
    assert page.auto_filter.ref == "A2:I6"
    own = cells(tmp_path / "own" / "名单-核验结果.xlsx")
    monkeypatch.setattr(handback, "LONG_LIST", 1)
    assert cells(reports(tmp_path / "aside", path) / "名单-核验结果.xlsx") == own


@pytest.mark.parametrize("scratch", [False, True])
def test_titles_over_three_rows_from_front_to_back(tmp_path, scratch):
    """Rows that are still to come keep what stands in them."""
    head = SheetHead("表", hidden=False, rows=4, width=1, widths=(8,), tables=((1, 4),), merged=())
    buffer = io.BytesIO()
    book = Book(buffer, [head], tmp_path if scratch else None)
    book.begin(head)
    book.rows([(["甲"], None), (["乙"], None), (["丙"], None), (["张三"], Added("valid", ("有效", "", "")))])
    book.close()
    found, merged, *_ = cells(buffer)["表"]
    assert [line[:2] for line in found] == [["甲", "核验结论"], ["乙", None], ["丙", None], ["张三", "有效"]]
    assert merged == ["B1:B3", "C1:C3", "D1:D3", "E1:E3"]
    page = openpyxl.load_workbook(buffer)["表"]
    assert page["B1"].fill.fgColor.rgb == "FFD9D9D9"


@pytest.mark.parametrize("scratch", [False, True])
def test_from_front_to_back_or_from_memory(tmp_path, scratch):
    """Both ways of the writer give the same cells, merges within a row included."""
    head = SheetHead(
        "表", hidden=False, rows=3, width=2, widths=(8, 8), tables=((1, 2),), merged=((3, 1, 3, 2),)
    )
    buffer = io.BytesIO()
    book = Book(buffer, [head], tmp_path if scratch else None)
    book.begin(head)
    added = Added("valid", ("有效", "", ""), dt.date(2027, 1, 2))
    book.rows([(["姓名", "岗位"], None), (["张三", "=1+1"], added), (["注", ""], None)])
    book.close()
    assert cells(buffer)["表"] == (
        [
            ["姓名", "岗位", "核验结论", "问题", "下一步", "最近期限"],
            ["张三", "=1+1", "有效", None, None, dt.datetime.fromisoformat("2027-01-02")],
            ["注", None, None, None, None, None],
        ],
        ["A3:B3"], "A2", "A1:F3",
    )  # fmt: skip
    assert sorted(tmp_path.iterdir()) == []  # nothing of a person is left in the scratch folder


def test_a_table_longer_than_a_sheet(tmp_path, monkeypatch):
    """A text table may have more rows than a sheet: it goes on in the next one."""
    assert MOST_ROWS == 1_048_576
    monkeypatch.setattr("certcheck.report.workbook.MOST_ROWS", 4)
    found = cells(reports(tmp_path / "o", xlsx(tmp_path / "名单.xlsx", {"一": ROWS})) / "名单-核验结果.xlsx")
    assert [line[0] for page in found.values() for line in page[0]] == [row[0] or None for row in ROWS]


def test_the_other_process_dies(tmp_path):
    """A process that is killed while it writes is told in a sentence; nothing is left in the folder."""
    head = SheetHead("表", hidden=False, rows=1, width=1, widths=(8,), tables=(), merged=())

    def write():
        with BookAside(tmp_path / "a.xlsx", [head]) as book:
            book.begin(head)
            book._process.kill()
            book._process.join()
            for _ in range(100):
                book.rows([(["x" * 1000], None)])
            book.close()
            book.wait()

    with pytest.raises(ZhengkaoError, match="意外结束"):
        write()
    assert not (tmp_path / "a.xlsx").exists()


def test_an_error_elsewhere_leaves_nothing(tmp_path, monkeypatch):
    """Where judging stops half-way, no half of a list comes to its place."""
    monkeypatch.setattr(handback, "LONG_LIST", 1)
    lists = read_lists([xlsx(tmp_path / "名单.xlsx", {"一": ROWS})], load_headers(), catalogue(), AS_OF)
    context = Context(AS_OF, rules(), catalogue(), lists.roll)
    out = tmp_path / "o"
    outcomes = list(verify(lists.entries, context, None, load_vocabulary()).outcomes)

    def stop_half_way():
        with HandBack(out / "a.xlsx", lists.parts[0], context) as back:
            back.add(outcomes[0])
            back.add(outcomes[1])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_half_way()
    assert [
        path for path in out.iterdir() if path.suffix == ".xlsx"
    ] == []  # judged, never handed back in half


def look(page, where):
    """Give what a person sees of a cell beside its value."""
    cell = page[where]
    return (
        cell.value,
        cell.number_format,
        cell.font.b,
        cell.fill.fgColor.rgb,
        cell.comment and cell.comment.text,
    )


def test_the_own_workbook_keeps_its_looks(tmp_path):
    """Number formats, fonts, colours, comments, links, widths and hidden rows of the user's list stay."""
    path = xlsx(tmp_path / "名单.xlsx", {"一": [[*row, 7, ""] for row in ROWS], "别的": [["=1+1"]]})
    book = openpyxl.load_workbook(path)
    page = book["一"]
    page["F3"].number_format = "00000"
    page["A3"].font, page["A3"].fill = Font(bold=True), PatternFill("solid", fgColor="FF00FF")
    page["A4"].comment = Comment("问过本人", "安全员")
    page["A5"].hyperlink = "https://example.invalid/"
    page["G2"], page["G3"] = "两倍", "=F3*2"
    page.column_dimensions["C"].width = 33
    page.row_dimensions[4].hidden = True
    book.save(path)
    given = openpyxl.load_workbook(reports(tmp_path / "o", path) / "名单-核验结果.xlsx")
    mine, page = page, given["一"]
    assert [look(page, at) for at in ("A3", "F3", "A4")] == [look(mine, at) for at in ("A3", "F3", "A4")]
    assert page["A5"].hyperlink.target == "https://example.invalid/"
    assert (page.column_dimensions["C"].width, page.row_dimensions[4].hidden) == (33, True)
    assert page["H2"].value == "核验结论"
    assert page["H4"].value == "有问题"
    assert not any(cell.data_type == "f" for sheet in given for row in sheet for cell in row)


def test_sheets_on_the_way_are_written_where_the_next_run_removes_them(tmp_path, monkeypatch):
    """A run that is killed in the middle must leave no sheet full of numbers in the folder of temporary files."""
    places = []
    whole = openpyxl.Workbook.save

    def seen(book, target):
        with tempfile.NamedTemporaryFile() as file:
            places.append(Path(file.name).parent)
        return whole(book, target)

    monkeypatch.setattr(openpyxl.Workbook, "save", seen)
    before = tempfile.gettempdir()
    out = reports(tmp_path / "o", xlsx(tmp_path / "名单.xlsx", {"一": ROWS}))
    own = [one for one in places if one.parent == out]
    assert len(own) == 1
    assert own[0].name.startswith(".zhengkao-")
    assert not own[0].exists()
    assert tempfile.gettempdir() == before
    # what was left by a run that was killed
    own[0].mkdir()
    (own[0] / ".held").touch()
    (own[0] / "openpyxl.left").write_text(ZHANG, encoding="utf-8")
    reports(out, tmp_path / "名单.xlsx")
    assert not own[0].exists()


def test_an_odd_workbook_is_written_anew(tmp_path, monkeypatch):
    """What cannot be added to comes back with its cells: nobody goes without a verdict."""
    monkeypatch.setattr(own_workbook, "_lay_out", lambda page, head: 1 / 0)
    path = xlsx(tmp_path / "名单.xlsx", {"一": ROWS})
    found = cells(reports(tmp_path / "o", path) / "名单-核验结果.xlsx")
    assert found["一"][0][2][:2] == ["张三", ZHANG]
    assert found["一"][0][2][5] == "需关注"


def test_reasons_say_whose(tmp_path):
    """Two certificates in a row, and two people side by side: each reason names its own."""
    wide = ["姓名", "身份证号", "准操项目", "有效期至", "准操项目", "有效期至"]
    rows = [wide, ["张三", ZHANG, "低压电工作业", "2020-01-01", "高压电工作业", "2030-01-01"]]
    found = cells(reports(tmp_path / "o", xlsx(tmp_path / "a.xlsx", {"一": rows})) / "a-核验结果.xlsx")
    assert "低压电工作业：【证书已过期】" in found["一"][0][1][7]
    beside = [["姓名", "身份证号", "准操项目", "有效期至"] * 2]
    beside += [["张三", ZHANG, "低压电工作业", "2020-01-01", "李四", LI, "低压电工作业", "2030-01-01"]]
    found = cells(reports(tmp_path / "p", xlsx(tmp_path / "b.xlsx", {"一": beside})) / "b-核验结果.xlsx")
    assert "张三 低压电工作业：【证书已过期】" in found["一"][0][1][9]


def test_the_clock_is_not_in_it(tmp_path):
    """The same list gives the same bytes, whenever it is written."""
    path = xlsx(tmp_path / "名单.xlsx", {"一": ROWS})
    first = (reports(tmp_path / "o", path) / "名单-核验结果.xlsx").read_bytes()
    time.sleep(1.1)
    assert (reports(tmp_path / "p", path) / "名单-核验结果.xlsx").read_bytes() == first


TEXTS = [
    "a&b",
    "<script>",
    "<r>x</r>",
    "<r><t>x</t></r>",
    " vorn",
    "hinten\u3000",
    "_x0041_",
    "a_b",
    "\x01\x1f",
    "𠮷\u200b",
    "=1",
]


@pytest.mark.parametrize("scratch", [False, True])
def test_texts_come_back_as_they_are(tmp_path, scratch):
    """Marks of XML, blanks at the ends, control characters, and what looks like the writer's own markup."""
    head = SheetHead("表", hidden=False, rows=len(TEXTS), width=1, widths=(8,), tables=(), merged=())
    buffer = io.BytesIO()
    book = Book(buffer, [head], tmp_path if scratch else None)
    book.begin(head)
    book.rows([([text], None) for text in TEXTS])
    book.close()
    path = tmp_path / "a.xlsx"
    path.write_bytes(buffer.getvalue())
    (read,) = read_sheets(path)
    assert [row[0] for row in read.rows] == TEXTS
    assert [row[0].data_type for row in openpyxl.load_workbook(buffer).active] == ["s"] * len(TEXTS)


def test_a_workbook_of_many_empty_cells_is_written_anew(tmp_path, monkeypatch):
    """Borders down to the last row make millions of cells that nobody wrote anything in: memory stays bounded."""
    path = xlsx(tmp_path / "名单.xlsx", {"一": ROWS})
    monkeypatch.setattr(handback, "MOST_OWN_BYTES", 100)
    monkeypatch.setattr(own_workbook, "OwnBook", None)  # would fail if it were used
    found = cells(reports(tmp_path / "o", path) / "名单-核验结果.xlsx")
    assert found["一"][0][2][5] == "需关注"
