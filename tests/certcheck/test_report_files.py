"""The reports: the contract's keys and forms, masks, hostile words, and the list handed back."""

import datetime as dt
import json
import re

import openpyxl
import pytest
import xlsxwriter

from certcheck.report.write import handed_back_names
from tests.certcheck.builders import number
from tests.journeys.check_support import HEADER, check, outcomes, person, row, summary, write_csv

AS_OF = ("--as-of", "2026-11-20")
CLAIM = {
    "kind", "category", "item", "item_written", "certificate_number", "first_issue", "valid_from", "valid_to",
    "review_due", "review_done", "issuer",
}  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(here, *rows, header=HEADER, options=()):
    write_csv(here / "a.csv", rows, header)
    check("a.csv", "--out", "o", *AS_OF, *options)
    return outcomes(here / "o")


def test_outcome_keys_and_forms(here):
    """Exactly the contract's keys; dates ISO, months as months, null where nothing is."""
    rows = [
        row(*person(0), 有效期至="2030年5月", 初领日期="看不清"),
        row(*person(1), 准操项目="低压证", 证书编号="粤A001"),
        row(
            "",
            "E12345678",
            岗位="",
            准操项目="",
            证书编号="",
            初领日期="",
            有效期起="",
            有效期至="",
            应复审日期="",
        ),
    ]
    first, second, third = checked(here, *rows)
    assert list(first) == ["source", "name", "id_number", "post", "claim", "registry", "findings", "verdict"]
    assert first["source"] == {"file": "a.csv", "sheet": first["source"]["sheet"], "row": 2, "certificate": 0}
    assert set(first["claim"]) == CLAIM
    assert first["registry"] == {"answer": "not_asked", "asked_at": None, "evidence": None, "records": []}
    assert (first["claim"]["valid_to"], first["claim"]["first_issue"]) == ("2030-05", None)
    (unread,) = [f for f in first["findings"] if f["code"] == "DATE-UNREADABLE"]
    assert list(unread) == ["code", "severity", "field", "value", "expected", "message", "basis"]
    assert (unread["field"], unread["value"], unread["severity"]) == ("first_issue", "看不清", "attention")
    number = person(0)[1]
    assert first["id_number"] == f"{number[:6]}********{number[-4:]}"
    assert first["claim"]["certificate_number"] == f"T0{'*' * 15}{number[-2:]}"
    assert (second["claim"]["item"], second["claim"]["item_written"]) == ("低压电工作业", "低压证")
    assert second["claim"]["certificate_number"] == "粤A*01" or "*" in second["claim"]["certificate_number"]
    assert (third["claim"], third["name"], third["id_number"], third["post"]) == (
        None,
        None,
        "E1*****78",
        None,
    )


def test_summary_keys(here):
    checked(here, row(*person(0)), ["合计", "1", "", "", "", "", "", "", ""])
    told = summary(here / "o")
    keys = ["run", "as_of", "files", "rows", "outcomes", "verdicts", "findings", "registry", "rules"]
    assert list(told)[:9] == keys
    assert told["files"] == ["a.csv"]
    assert (told["rows"]["read"], told["rows"]["without_claim"], told["outcomes"]) == (1, 0, 1)
    assert set(told["verdicts"]) == {"valid", "attention", "violation", "unverified", "not_required"}
    assert told["registry"] == {"found": 0, "not_found": 0, "no_answer": 0, "not_asked": 1}
    assert all(rule["name"] and rule["valid_from"] for rule in told["rules"])


def test_page(here):
    """Hostile words are text; nothing is fetched from anywhere; unconfirmed rules are told."""
    hostile = "<script>alert('x\"')</script>{{7*7}}&"
    checked(here, row(hostile, person(0)[1], 岗位="<img onerror=y>", 准操项目='"><b>低压'))
    page = (here / "o" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>低压" not in page
    assert "&lt;script&gt;alert(" in page
    assert "{{7*7}}" in page
    assert not re.search(r"""(src|href|url|@import)\s*[=(]""", page)
    assert "未经原文确认" in page
    assert person(0)[1] not in page


def test_the_page_tells_each_table(here):
    """A second table with other columns is told with what was not read of it; a header printed again is not."""
    first, second = person(0), person(1)
    (here / "a.csv").write_text(
        f"姓名,证件号码,准操项目,食堂\n{','.join(first)},低压电工作业,一\n"
        f"姓名,证件号码,准操项目,食堂\n{','.join(first)},高压电工作业,一\n,,,\n"
        f"姓名,证件号码,岗位,宿舍\n{','.join(second)},焊工,二\n,,,\n",
        encoding="utf-8",
    )
    check("a.csv", "--out", "o", *AS_OF)
    page = (here / "o" / "report.html").read_text(encoding="utf-8")
    assert re.findall("表头在第 [0-9]+ 行；未使用的列：..", page) == [
        "表头在第 1 行；未使用的列：食堂", "表头在第 6 行；未使用的列：宿舍",
    ]  # fmt: skip


def book_of(path):
    book = openpyxl.load_workbook(path)
    return [[[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in book.worksheets]


def user_book(path):
    """A workbook as people make them: title, typed cells, a formula-like text, a merged column, a hidden sheet."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        hidden = book.add_worksheet("隐藏")
        hidden.write_row(0, 0, ["姓名", "身份证号", "准操项目"])
        hidden.write_row(1, 0, [*person(3), "低压电工作业"])
        hidden.hide()
        page = book.add_worksheet("人员")
        page.activate()
        page.write_string(0, 0, "某公司名单")
        page.write_row(1, 0, ["序号", "姓名", "身份证号", "部门", "准操项目", "有效期至", "备注", "时间"])
        for index in range(2):
            line = 2 + index
            page.write_number(line, 0, index + 1)
            page.write_string(line, 1, person(index)[0])
            page.write_string(line, 2, person(index)[1])
            page.write_string(line, 4, "低压电工作业")
            page.write_datetime(line, 5, dt.datetime(2030, 5, 12), date)  # noqa: DTZ001 - a cell has no zone
            page.write_string(line, 6, "=1+1")
            page.write_datetime(line, 7, dt.time(8, 30), book.add_format({"num_format": "hh:mm"}))
        page.merge_range(2, 3, 3, 3, "检修班")
        page.write_formula(4, 6, "=SUM(A3:A4)", value=3)


def test_list_handed_back(here):
    """Every cell of the user's stays what it was; verdict, reasons and next steps stand beside each row."""
    user_book(here / "名单.xlsx")
    assert check("名单.xlsx", "--out", "o", *AS_OF) == 0
    mine, given = book_of(here / "名单.xlsx"), book_of(here / "o" / "名单-核验结果.xlsx")
    mine[1][4][6] = 3  # the formula comes back as its last value
    for before, after in zip(mine, given, strict=True):
        width = max(len(line) for line in before)
        assert [line[:width] for line in after[: len(before)]] == before
    book = openpyxl.load_workbook(here / "o" / "名单-核验结果.xlsx")
    page = book["人员"]
    assert (page["C3"].data_type, page["C3"].value) == ("s", person(0)[1])
    assert (page["G3"].data_type, page["G3"].value) == ("s", "=1+1")
    assert page["F3"].is_date
    assert [cell.value for cell in page[2]][8:] == ["核验结论", "问题", "下一步", "最近期限"]
    assert page["I3"].value == page["I4"].value == "材料无误，未联网核验"
    assert book["隐藏"].sheet_state == "hidden"
    assert book.active.title == "人员"
    assert [str(area) for area in page.merged_cells.ranges] == ["D3:D4"]


def test_csv_is_handed_back_as_a_workbook(here):
    checked(here, row(*person(0)), row(*person(1), 证书编号="", 有效期起="2020-01-02", 有效期至="2026-01-01"))
    (page,) = book_of(here / "o" / "a-核验结果.xlsx")
    assert page[1][1] == person(0)[1]
    assert page[2][9] == "有问题"
    assert "【证书已过期】" in page[2][10]


def test_two_files_of_one_name(here):
    """Each list has its own people's verdicts, whatever the names of the files."""
    (here / "b").mkdir()
    write_csv(here / "名单.csv", [row(*person(0))])
    write_csv(here / "b" / "名单.csv", [row(*person(1), 有效期起="2020-01-02", 有效期至="2026-01-01")])
    user_book(here / "名单.xlsx")
    check("名单.csv", "b/名单.csv", "名单.xlsx", "--out", "o", *AS_OF)
    first, second, third = (
        book_of(here / "o" / f"名单{part}-核验结果.xlsx")[0] for part in ("", "(2)", "(3)")
    )
    assert (first[1][0], first[1][9]) == (person(0)[0], "材料无误，未联网核验")
    assert (second[1][0], second[1][9]) == (person(1)[0], "有问题")
    assert third[1][0] == person(3)[0]
    assert len(outcomes(here / "o")) == 5


def test_names_of_lists():
    names = handed_back_names(["A.xlsx", "a.csv", "b.xlsx", "a(2).csv"])
    assert names == ["A-核验结果.xlsx", "a(2)-核验结果.xlsx", "b-核验结果.xlsx", "a(2)(2)-核验结果.xlsx"]
    assert handed_back_names(["caf\u00e9.xlsx", "cafe\u0301.xlsx"])[1] == "cafe\u0301(2)-核验结果.xlsx"


def test_same_input_same_bytes(here):
    user_book(here / "名单.xlsx")
    for folder in ("o", "p"):
        check("名单.xlsx", "--out", folder, *AS_OF)
    for name in ("outcomes.jsonl", "名单-核验结果.xlsx"):
        assert (here / "o" / name).read_bytes() == (here / "p" / name).read_bytes()


def test_show_id(here):
    number = person(0)[1]
    (one,) = checked(here, row(*person(0)), options=["--show-id"])
    assert (one["id_number"], one["claim"]["certificate_number"]) == (number, f"T{number}")
    assert number in (here / "o" / "report.html").read_text(encoding="utf-8")
    assert json.dumps(summary(here / "o"))


def test_the_problem_list_shows_numbers_only_when_asked(here):
    """--show-id holds for every output; the key by which a problem is known again stays masked."""
    expired = row(*person(0), 有效期起="2020-01-02", 有效期至="2026-01-01")
    for options, shown in (((), False), (("--show-id",), True)):
        checked(here, expired, options=options)
        (page,) = book_of(here / "o" / "problems.xlsx")
        texts = [str(value) for line in page for value in line]
        assert (person(0)[1] in texts) is shown
        assert not any(person(0)[1] in text for text in texts if "/" in text)


def test_the_month_of_retirement_is_no_number(here):
    """The month that follows from a number hides nothing: it is told whole beside the masked number."""
    (retired,) = checked(here, row("仿真张三", number("1965-05-20"), 复审日期="2026-01-01"))
    (told,) = [one for one in retired["findings"] if one["code"] == "AGE-RETIRED"]
    assert (told["field"], told["expected"]) == ("id_number", "2025-07")
    assert retired["id_number"].count("*") == 8


def test_open_questions_about_posts_are_no_reason_for_an_exit_code(here):
    """People of whom nobody can tell whether they need a certificate: counted, told in words, exit 0."""
    write_csv(here / "a.csv", [(*person(0), ""), (*person(1), "井下电工")], ("姓名", "身份证号", "岗位"))
    assert check("a.csv", "--out", "o", *AS_OF, "--fail-on", "attention") == 0
    told = summary(here / "o")
    assert (told["verdicts"]["unverified"], told["verdicts"]["not_required"]) == (2, 0)
    assert told["findings"] == {"POST-MISSING": 1, "POST-UNSURE": 1}
    page = (here / "o" / "report.html").read_text(encoding="utf-8")
    assert "名单没有写岗位" in page
    assert '<span class="tag not_required">' not in page
    assert "无须持证" not in page.replace("按岗位表无须持证", "")  # never without what it rests on
