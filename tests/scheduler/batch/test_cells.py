"""Cells to values; why: what is guessed at here is decided wrongly for somebody."""

import datetime as dt
from fractions import Fraction

import pytest

from common.sheets import Sheet
from common.text import fold
from scheduler.batch import cells
from scheduler.batch.columns import Faults
from scheduler.batch.shares import share
from scheduler.batch.tables import Row
from scheduler.problem import Half

MORNING = dt.datetime(2026, 12, 1, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no zone


def row(value) -> Row:
    return Row([value], {"x": 1}, "staff", Sheet("a.csv", "", [["x"], [value]]), 2)


def read(reader, value, *more):
    faults = Faults()
    found = reader(row(value), "x", *more, faults) if more else reader(row(value), "x", faults)
    return found, [one.code for one in faults.found]


@pytest.mark.parametrize(
    ("written", "value"),
    [("0.6", Fraction(3, 5)), ("60%", Fraction(3, 5)), ("６０％", Fraction(3, 5)), ("1", 1), ("0", 0),
     (".25", Fraction(1, 4)), ("1/4", Fraction(1, 4)), ("100%", 1), ("25 %", Fraction(1, 4)), ("２５　％", Fraction(1, 4)),
     ("", None), ("nan", None)],
)  # fmt: skip
def test_shares(written, value):
    assert read(share, written) == (value, [])


@pytest.mark.parametrize("written", ["60", "1.01", "-0.1", "101%", "half", "1/0", "1e-1", "0.5.5", "%"])
def test_shares_that_are_none(written):
    assert read(share, written) == (None, ["BATCH-NUMBER"])


@pytest.mark.parametrize(("written", "value"), [("5", 5), ("5.0", 5), ("００", 0), ("", None)])
def test_whole_numbers(written, value):
    assert read(cells.count, written) == (value, [])


@pytest.mark.parametrize("written", ["-1", "1.5", "五", "1e3", "1,000", "9" * 5000, "TRUE"])
def test_what_is_no_whole_number(written):
    assert read(cells.count, written) == (None, ["BATCH-NUMBER"])


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2026-12-01", 1), ("2026/12/1", 1), ("2026年12月1日", 1), ("2026.12.01", 1), ("20261201", 1),
     ("二〇二六年十二月一日", 1), (dt.date(2026, 12, 1), 1), (MORNING, 1), (46357.0, 1)],
)  # fmt: skip
def test_days(value, expected):
    assert read(cells.day, value) == (dt.date(2026, 12, expected), [])


@pytest.mark.parametrize("written", ["2026-12", "12/01/2026", "2026-02-30", "26-12-01", "明天"])
def test_what_is_no_day(written):
    assert read(cells.day, written) == (None, ["BATCH-DATE"])


def test_degrees():
    def degrees(text):
        faults = Faults()
        return cells.degrees(row(text), "x", faults, 90), len(faults.found)

    assert degrees("26.305") == (Fraction(5261, 200), 0)
    assert degrees("-10") == (-10, 0)
    assert degrees("91") == (None, 1)
    assert degrees("1e9999999") == (None, 1)
    assert degrees("") == (None, 0)


FIRST, FIFTH = dt.date(2026, 12, 1), dt.date(2026, 12, 5)


def test_absences_in_every_form():
    text = "2026-12-01；2026-12-01 am; 2026年12月5日下午 ;2026-12-01..2026-12-05;"
    expected = (
        (FIRST, FIRST, None),
        (FIRST, FIRST, Half.AM),
        (FIFTH, FIFTH, Half.PM),
        (FIRST, FIFTH, None),
    )
    assert read(cells.absences, text) == (expected, [])


@pytest.mark.parametrize(
    "written",
    [
        "2026年12月1日至12月5日",
        "2026.12.1至12.5",
        "2026-12-01 至 12-05",
        "2026/12/1～12/5",
        "2026年12月1日到12月5号",
        "2026年12月1日至5日",
        "2026年12月1日 ～ 05 号",
        "2026-12-01至5日",
        "2026年12月1日-5日",
        "2026年12月1日－12月5日",
        "2026年12月1日 - 2026年12月5日",
    ],
)
def test_the_end_of_an_absence_may_leave_out_the_year_and_the_month_of_its_start(written):
    assert read(cells.absences, written) == (((FIRST, FIFTH, None),), [])


@pytest.mark.parametrize(
    "written",
    [
        "2026年12月31日至1月2日",
        "2026年12月1日至13月1日",
        "12月1日至12月5日",
        "2026年12月1日至5",
        "2026年12月31日至2日",
        "2026年12月1日至32日",
        "2026年12月1日至0日",
        "12月1日至5日",
        "2026-12-01-5日",
        "2026年12月至5日",
        "2026年12月1日至3日至5日",
        "2026年12月1日至5日上午",
    ],
)
def test_an_end_without_year_that_cannot_be_of_the_same_year_is_not_guessed(written):
    faults = Faults()
    assert cells.absences(row(written), "x", faults) == ()
    (fault,) = faults.found
    assert fault.message.endswith("应写成 2026-12-01、2026-12-01 上午（下午）或 2026-12-01至2026-12-05")


@pytest.mark.parametrize(
    "written", ["2026-12-05..2026-12-01", "2026-12-01 noon", "2026-12", "2026-12-01..", "am", "2026-12-01 am..2026-12-02"]
)  # fmt: skip
def test_absences_that_cannot_be(written):
    assert read(cells.absences, written) == ((), ["BATCH-DATE"])


def test_lists_and_words():
    assert cells.listed(row("a; b；c ;; "), "x") == ("a", "b", "c")
    assert read(cells.words, "invigilator；考评员", "role") == (("invigilator", "examiner"), [])
    assert read(cells.words, "invigilator;cook", "role") == (("invigilator",), ["BATCH-VALUE"])
    assert read(cells.word, "Ａ Ｍ", "half") == ("am", [])


def test_ids_fold_but_keep_their_case():
    assert cells.identifier(row(" Ｔ０1a\u200b"), "x") == "T01a"


def read_in(table, column, value, reader=cells.day):
    faults = Faults()
    cell = Row([value], {column: 1}, table, Sheet("a.csv", "", [[column], [value]]), 2)
    return reader(cell, column, faults), [one.code for one in faults.found]


@pytest.mark.parametrize("written", ["9999-12-31", "1899-01-01", "0001-01-01", "９９９９-１２-３１"])
def test_an_iso_day_of_any_year_is_a_day(written):
    found, faults = read(cells.day, written)
    assert (found, faults) == (dt.date.fromisoformat(fold(written)), [])
    assert read(cells.absences, written) == (((found, found, None),), [])


def test_an_absence_may_last_to_any_year():
    assert read(cells.absences, "2026-12-01..9999-12-31") == (((FIRST, dt.date.max, None),), [])


@pytest.mark.parametrize("written", ["9999-02-30", "99999-12-31", "9999/12/31"])
def test_what_is_no_iso_day_is_none(written):
    assert read(cells.day, written) == (None, ["BATCH-DATE"])


@pytest.mark.parametrize(
    ("table", "column", "written"),
    [("staff", column, word) for column in ("licence_to", "agreement_to", "trained_to") for word in ("长期", "长期有效", "永久")]
    + [("relations", "until", word) for word in ("至今", "长期", "不限", "无")]
    + [("trainees", column, word) for column in ("earliest", "latest") for word in ("不限", "无")]
    + [("sites", "suspended_to", "长期"), ("sites", "suspended_from", "不限"), ("relations", "since", "不限")],
)  # fmt: skip
def test_words_for_an_open_end_state_no_day(table, column, written):
    assert read_in(table, column, written) == (None, [])


@pytest.mark.parametrize(("table", "column"), [("sites", "day_limit"), ("staff", "max_duties")])
@pytest.mark.parametrize("written", ["不限", "无限制", "无"])
def test_words_for_no_limit_state_no_number(table, column, written):
    assert read_in(table, column, written, cells.count) == (None, [])


@pytest.mark.parametrize(
    ("table", "column", "written"),
    [("seats", "date", "不限"), ("seats", "date", "长期"), ("trainees", "earliest", "长期"), ("relations", "since", "至今"),
     ("changes", "latest", "不限"), ("changes", "until", "长期")],
)  # fmt: skip
def test_where_an_empty_cell_is_no_open_end_such_a_word_is_no_day(table, column, written):
    assert read_in(table, column, written) == (None, ["BATCH-DATE"])
    assert read_in("seats", "seats", "不限", cells.count) == (None, ["BATCH-NUMBER"])


@pytest.mark.parametrize("written", ["9999-12-31", "1899-12-31", dt.date(2200, 1, 1)])
@pytest.mark.parametrize("table", ["seats", "places", "changes"])
def test_a_session_is_between_1900_and_2199(table, written):
    """The specification's changes without a date speak of these years, and schedules are read in them."""
    assert read_in(table, "date", written) == (None, ["BATCH-DATE"])
    assert read_in(table, "date", "2199-12-31") == (dt.date(2199, 12, 31), [])


@pytest.mark.parametrize(
    ("subject", "written", "meant"),
    [
        ("relation", "授课", "teaches"),
        ("site", "机构考点", "institution"),
        ("site", "企业考点", "institution"),
        ("site", "院校考点", "school"),
        ("role", "监考老师", "invigilator"),
        ("role", "考评人员", "examiner"),
        ("role", "巡考老师", "patrol"),
    ],
)
def test_words_that_offices_use(subject, written, meant):
    assert read(cells.word, written, subject) == (meant, [])


def test_a_word_that_may_mean_several_kinds_is_refused_with_those_that_there_are():
    """A 民办非企业 may be a training institution or a school."""
    faults = Faults()
    cells.word(row("民办非企业"), "x", "institution", faults)
    (fault,) = faults.found
    assert fault.message.startswith("“民办非企业”不认识，可用：培训机构（training）、学校（school）")
