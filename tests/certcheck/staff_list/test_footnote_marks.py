"""Raised and ringed digits in headers: the mark of a footnote, or the count of a group of columns."""

import pytest

from certcheck.staff_list.header_words import load_headers
from tests.certcheck.lists import HEADERS, ZHANG, entries_of, roster

MARKS = ["①", "②", "¹", "²", "₃", "⑴", "❶", "①②"]
TWO = ["低压电工作业", "2030-05-12", "高压电工作业", "2029-01-01"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(("field", "label"), HEADERS.items())
def test_a_mark_leaves_the_word_what_it_says(field, label, mark):
    """Behind the word, before it or in brackets: what the footnote says does not change the column."""
    for written in (f"{label}{mark}", f"{label} {mark}", f"{mark}{label}", f"{label}（{mark}）"):
        found = load_headers().match(written)
        assert (found.field, found.prefix) == (field, ""), written


def test_a_mark_behind_a_certificate():
    """高压证① is the column of those who hold it, and 低压证到期日期② its end."""
    held, end = load_headers().match("高压证①"), load_headers().match("低压证到期日期②")
    assert (held.field, held.prefix) == ("held", "高压证")
    assert (end.field, end.prefix) == ("valid_to", "低压证")


@pytest.mark.parametrize("end", ["有效期至①", "有效期至¹", "①有效期至", "有效期至\n②"])
def test_a_noted_column_is_read(end):
    head = ["姓名①", "身份证号②", "准操项目", end]
    reading = roster([head, ["仿真张三", ZHANG, "低压电工作业", "2020-05-12"]])
    (entry,) = entries_of(reading)
    assert (entry.person.name, entry.person.number, str(entry.claim.valid_to)) == (
        "仿真张三", ZHANG, "2020-05-12",
    )  # fmt: skip
    assert reading.tables[0].unread == ()


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["准操项目①", "有效期至①", "准操项目②", "有效期至②"], TWO),
        (["准操项目¹", "有效期至¹", "准操项目²", "有效期至²"], TWO),
        (["准操项目①", "准操项目②", "有效期至①", "有效期至②"], [TWO[0], TWO[2], TWO[1], TWO[3]]),
        (["准操项目①", "准操项目②", "有效期至②", "有效期至①"], [TWO[0], TWO[2], TWO[3], TWO[1]]),
        (["准操项目", "有效期至", "准操项目②", "有效期至②"], TWO),
        (["准操项目", "有效期至①", "准操项目", "有效期至①"], TWO),  # one note, twice
        (["准操项目", "有效期至①", "准操项目", "有效期至②"], TWO),  # two notes
        (["准操项目", "有效期至①", "准操项目", "有效期至"], TWO),
        (["①准操项目", "②有效期至", "③准操项目", "④有效期至"], TWO),  # columns that are counted
    ],
)
def test_groups(head, row):
    """Where a word comes again under another mark the marks count the certificates, as 1 and 2 do."""
    found = entries_of(roster([["姓名", "身份证号", *head], ["仿真张三", ZHANG, *row]]))
    assert {(e.claim.match.item, str(e.claim.valid_to)) for e in found} == {
        ("低压电工作业", "2030-05-12"), ("高压电工作业", "2029-01-01"),
    }  # fmt: skip


@pytest.mark.parametrize("marks", [("①", "②"), ("①", "①"), ("", "①")])
def test_notes_under_the_certificates_own_titles(marks):
    """低压证 and 高压证 stand over the dates and tell them apart; a mark does not."""
    first, second = marks
    rows = [
        ["姓名", "身份证号", "低压证", "", "高压证", ""],
        ["", "", "应复审日期", f"有效期至{first}", "应复审日期", f"有效期至{second}"],
        ["仿真张三", ZHANG, "2027-05-12", "2030-05-12", "2027-01-01", "2029-01-01"],
    ]
    found = entries_of(roster(rows, merged=((1, 3, 1, 4), (1, 5, 1, 6))))
    assert [(e.claim.match.item, str(e.claim.review_due), str(e.claim.valid_to)) for e in found] == [
        ("低压电工作业", "2027-05-12", "2030-05-12"), ("高压电工作业", "2027-01-01", "2029-01-01"),
    ]  # fmt: skip


@pytest.mark.parametrize("marks", [("①", "②"), ("①", "①"), ("", "²")])
@pytest.mark.parametrize(
    "names", [("低压证", "高压证"), ("低压电工作业", "高压电工作业"), ("低压电工", "高压电工")]
)
def test_notes_at_the_certificates_names(marks, names):
    """低压证① over its dates, or before one: the mark is no part of the certificate's name."""
    first, second = (name + mark for name, mark in zip(names, marks, strict=True))
    stacked = [["姓名", "身份证号", first, "", second, ""], ["", "", *["应复审日期", "有效期至"] * 2],
               ["仿真张三", ZHANG, "2027-05-12", "2030-05-12", "2027-01-01", "2029-01-01"]]  # fmt: skip
    joined = [
        ["姓名", "身份证号", f"{first}-有效期至", f"{second}-有效期至"],
        ["仿真张三", ZHANG, TWO[1], TWO[3]],
    ]
    for reading in (roster(stacked, merged=((1, 3, 1, 4), (1, 5, 1, 6))), roster(joined)):
        assert [(e.claim.match.item, str(e.claim.valid_to)) for e in entries_of(reading)] == [
            ("低压电工作业", "2030-05-12"), ("高压电工作业", "2029-01-01"),
        ]  # fmt: skip
