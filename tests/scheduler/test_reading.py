"""A batch as people write it; why: a fault found after the draw is announced is found too late."""

import datetime as dt
from fractions import Fraction

import pytest

from common.errors import InputError
from scheduler.errors import BadBatchError
from scheduler.problem import Half, Part, Session
from scheduler.reading import read_batch
from tests.scheduler.files import CHINESE, TABLES, with_row, write_folder, write_workbook

MIDNIGHT = dt.datetime(2026, 12, 1)  # noqa: DTZ001 - a spreadsheet knows no zone


def faults(path, rules=None):
    with pytest.raises(BadBatchError) as caught:
        read_batch(path, rules)
    return [
        (one.code, one.location.file, one.location.sheet, one.location.row, one.location.column)
        for one in caught.value.findings
    ]


def test_a_folder_in_english_and_in_chinese_and_a_workbook_are_the_same_batch(tmp_path):
    english = read_batch(write_folder(tmp_path / "english"))
    chinese = read_batch(write_folder(tmp_path / "chinese", CHINESE))
    book = read_batch(write_workbook(tmp_path / "book.xlsx", CHINESE))
    for other in (chinese, book):
        assert other.trainees == english.trainees
        assert (other.sites, other.seats, other.places) == (english.sites, english.seats, english.places)
    assert english.trainees["T2"].part is Part.THEORY
    assert english.trainees["T2"].latest == dt.date(2026, 12, 2)
    assert english.seats[Session("S2", dt.date(2026, 12, 1), Half.PM)] == 2
    assert english.sites["S2"].day_limit == 5
    assert english.staff == {}
    assert english.relations == ()


def test_real_dates_and_numbers_of_a_workbook(tmp_path):
    seats = [
        TABLES["seats"][0],
        ["S1", dt.date(2026, 12, 1), "am", 2],
        ["S2", MIDNIGHT, "pm", 2.0],
    ]
    book = read_batch(write_workbook(tmp_path / "book.xlsx", seats=seats))
    assert book.seats == read_batch(write_folder(tmp_path / "folder")).seats


def test_title_rows_above_the_headers_and_rows_keep_their_numbers(tmp_path):
    table = [["2026年12月考试批次", "", "", ""], ["", "", "", ""], *TABLES["seats"], ["S1", "bad", "am", "1"]]
    assert faults(write_folder(tmp_path, seats=table)) == [("BATCH-DATE", "seats.csv", "", 6, 2)]


def test_a_workbook_names_the_sheet(tmp_path):
    table = [*CHINESE["场次"], ["S1", "2026-12-02", "am", -1]]
    book = write_workbook(tmp_path / "book.xlsx", CHINESE, 场次=table)
    assert faults(book) == [("BATCH-NUMBER", "book.xlsx", "场次", 4, 4)]


def test_a_workbook_takes_the_rules_of_its_name(tmp_path):
    book = write_workbook(tmp_path / "book.xlsx")
    (tmp_path / "book.toml").write_text('[lottery]\ncap = "1/3"\n', encoding="utf-8")
    assert read_batch(book).rules.cap == Fraction(1, 3)
    (tmp_path / "other.toml").write_text('[lottery]\ncap = "1/4"\n', encoding="utf-8")
    assert read_batch(book, tmp_path / "other.toml").rules.cap == Fraction(1, 4)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("trainees", "T3", "丙", "", "I9", "低压电工作业", "both"), ("BATCH-UNKNOWN-ID", 4, 4)),
        (("trainees", "T1", "丙", "", "I1", "低压电工作业", "both"), ("BATCH-DUPLICATE", 4, 1)),
        (("trainees", "T3", "丙", "", "I1", "低压电工作业", "口试"), ("BATCH-VALUE", 4, 6)),
        (("trainees", "T3", "丙", "", "", "低压电工作业", "both"), ("BATCH-EMPTY", 4, 4)),
        (("trainees", "T3", "丙", "", "I1", "", "both"), ("BATCH-EMPTY", 4, 5)),
        (("trainees", "", "丙", "", "I1", "低压电工作业", "both"), ("BATCH-EMPTY", 4, 1)),
        (("trainees", "T3", "丙", "", "I1", "低压电工作业", "both", "2026-02-30"), ("BATCH-DATE", 4, 7)),
        (("trainees", "T3", "丙", "", "I1", "低压电工作业", "both", "2026-12"), ("BATCH-DATE", 4, 7)),
        (
            ("trainees", "T3", "丙", "", "I1", "低压电工作业", "both", "2026-12-02", "2026-12-01"),
            ("BATCH-DATE", 4, 8),
        ),
        (("institutions", "I1", "又一", "training"), ("BATCH-DUPLICATE", 4, 1)),
        (("institutions", "I3", "又一", "club"), ("BATCH-VALUE", 4, 3)),
        (("sites", "S3", "三", "public", "I9", "云州市"), ("BATCH-UNKNOWN-ID", 4, 4)),
        (("sites", "S3", "三", "public", "", "云州市", "1.5"), ("BATCH-NUMBER", 4, 6)),
        (("sites", "S3", "三", "", "", "云州市"), ("BATCH-EMPTY", 4, 3)),
        (("seats", "S9", "2026-12-01", "am", "1"), ("BATCH-UNKNOWN-ID", 4, 1)),
        (("seats", "S1", "2026-12-01", "am", "1"), ("BATCH-DUPLICATE", 4, 0)),
        (("seats", "S1", "2026-12-01", "night", "1"), ("BATCH-VALUE", 4, 3)),
        (("seats", "S1", "2026-12-02", "am", "-1"), ("BATCH-NUMBER", 4, 4)),
        (("seats", "S1", "2026-12-02", "am", "1.5"), ("BATCH-NUMBER", 4, 4)),
        (("seats", "S1", "2026-12-02", "am", "9" * 5000), ("BATCH-NUMBER", 4, 4)),
        (("seats", "S1", "2026-12-02", "am", "4²"), ("BATCH-NUMBER", 4, 4)),
        (("seats", "S1", "2026-12-02", "am", "4①"), ("BATCH-NUMBER", 4, 4)),
        (("seats", "S1", "2026-12-02 周五", "am", "4"), ("BATCH-DATE", 4, 2)),
        (("seats", "S1", "2026-12-02 25:99", "am", "4"), ("BATCH-DATE", 4, 2)),
        (
            ("trainees", "T000000199001010018", "丙", "", "I1", "低压电工作业", "both"),
            ("BATCH-ID-IS-IDENTITY", 4, 1),
        ),
        (
            ("trainees", "T3", "000000199001010018", "", "I1", "低压电工作业", "both"),
            ("BATCH-ID-IS-IDENTITY", 4, 2),
        ),
        (
            ("trainees", "T3", "丙", "", "I1", "０００００0199001010018", "both"),
            ("BATCH-ID-IS-IDENTITY", 4, 5),
        ),
        (("sites", "S3", "A000000-19900101-0018", "public", "", "云州市"), ("BATCH-ID-IS-IDENTITY", 4, 2)),
        (("institutions", "I3", "000000 19900101 0018", "training"), ("BATCH-ID-IS-IDENTITY", 4, 2)),
        (("seats", "S1", "2026-12-02", "am", ""), ("BATCH-EMPTY", 4, 4)),
        (("places", "S1", "", "", "低压电工作业", "3"), ("BATCH-DUPLICATE", 4, 0)),
        (("places", "S9", "", "", "低压电工作业", "3"), ("BATCH-UNKNOWN-ID", 4, 1)),
        (("places", "S1", "", "am", "低压电工作业", "-3"), ("BATCH-NUMBER", 4, 5)),
    ],
)
def test_one_fault_is_found_where_it_stands(tmp_path, row, expected):
    table, *cells = row
    code, number, column = expected
    folder = write_folder(tmp_path, **with_row(table, *cells))
    assert faults(folder) == [(code, f"{table}.csv", "", number, column)]


RELATIONS = ["kind", "from_id", "to_id", "share", "since", "until"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["controls", "I1", "S1"], ("BATCH-UNKNOWN-ID", 2, 3)),
        (["owns", "I1", "I2"], ("BATCH-UNKNOWN-ID", 2, 3)),
        (["same_person", "T1", "T9"], ("BATCH-UNKNOWN-ID", 2, 3)),
        (["likes", "T1", "T2"], ("BATCH-VALUE", 2, 1)),
        (["controls", "I1", "I2", "60"], ("BATCH-NUMBER", 2, 4)),
        (["controls", "I1", "I2", "-0.1"], ("BATCH-NUMBER", 2, 4)),
        (["controls", "I1", "I2", "1e999999999"], ("BATCH-NUMBER", 2, 4)),
        (["controls", "I1", "I2", "1/0"], ("BATCH-NUMBER", 2, 4)),
        (["controls", "I1", "I2", "0.5", "2026-12-02", "2026-12-01"], ("BATCH-DATE", 2, 6)),
    ],
)
def test_faults_of_relations(tmp_path, row, expected):
    code, number, column = expected
    folder = write_folder(tmp_path, relations=[RELATIONS, row])
    assert faults(folder) == [(code, "relations.csv", "", number, column)]


def test_a_relation_twice_is_a_fault_and_two_periods_of_one_are_not(tmp_path):
    row = ["controls", "I1", "I2", "0.6", "", ""]
    folder = write_folder(tmp_path / "twice", relations=[RELATIONS, row, row])
    assert faults(folder) == [("BATCH-DUPLICATE", "relations.csv", "", 3, 0)]
    periods = [
        ["controls", "I1", "I2", "60%", "", "2020-01-01"],
        ["controls", "I1", "I2", "0.6", "2024-01-01", ""],
    ]
    batch = read_batch(write_folder(tmp_path / "periods", relations=[RELATIONS, *periods]))
    assert [one.share for one in batch.relations] == [Fraction(3, 5)] * 2


def test_every_fault_is_collected(tmp_path):
    folder = write_folder(
        tmp_path,
        seats=None,
        trainees=[["trainee_id", "part"], ["T1", "both"]],
        **with_row("places", "S9", "x", "am", "低压电工作业", "-1"),
    )
    (folder / "rules.toml").write_text("[lottery]\nhat = 1\ncap = 2\n", encoding="utf-8")
    found = faults(folder)
    assert sorted({one[0] for one in found}) == [
        "BATCH-COLUMN-MISSING",
        "BATCH-NUMBER",
        "BATCH-RULE",
        "BATCH-TABLE-MISSING",
        "BATCH-UNKNOWN-ID",
    ]
    assert ("BATCH-RULE", "rules.toml", "", 2, 0) in found
    assert ("BATCH-RULE", "rules.toml", "", 3, 0) in found
    assert ("BATCH-COLUMN-MISSING", "trainees.csv", "", 1, 0) in found


def test_faults_stand_in_the_order_of_the_tables_whichever_is_read_first(tmp_path):
    # why: the trainees are read beside the others, and a long table takes longest
    people = [*TABLES["trainees"], *([f"T{number}", "", "", "", "", "", "", ""] for number in range(3, 300))]
    sites = [*TABLES["sites"], ["S3", "", "", "", "", "five"]]
    found = faults(write_folder(tmp_path / "batch", trainees=people, sites=sites))
    files = [where[1] for where in found]
    assert files == sorted(files, reverse=True)
    assert set(files) == {"trainees.csv", "sites.csv"}


def test_a_column_twice_and_a_table_twice(tmp_path):
    seats = [["site_id", "date", "half", "seats", "座位数"], ["S1", "2026-12-01", "am", "2", "3"]]
    assert faults(write_folder(tmp_path / "a", seats=seats)) == [
        ("BATCH-COLUMN-TWICE", "seats.csv", "", 1, 5)
    ]
    both = write_folder(write_folder(tmp_path / "b"), {"场次": CHINESE["场次"]})
    assert faults(both) == [("BATCH-DUPLICATE", "场次.csv", "", 0, 0)]


def test_an_identity_number_that_is_a_number_has_lost_digits(tmp_path):
    # why: two people whose last digits are lost would be taken for one
    table = [*TABLES["trainees"], ["T3", "丙", 100000199001011237, "I1", "低压电工作业", "both"]]
    book = write_workbook(tmp_path / "book.xlsx", trainees=table)
    assert faults(book) == [("BATCH-NUMBER", "book.xlsx", "trainees", 4, 3)]


def test_a_city_that_was_assumed_is_told_where_there_are_several(tmp_path):
    """S2 may as well be in the other city of the districts; where all districts are of one city there is nothing to tell."""
    sites = [
        ["site_id", "name", "kind", "city"],
        ["S1", "考点一", "public", "云州市"],
        ["S2", "考点二", "school", ""],
    ]
    districts = [["district", "city"], ["东区", "云州市"], ["西区", "海安市"]]
    people = [[*TABLES["trainees"][0], "district"], *([*row, "东区"] for row in TABLES["trainees"][1:])]
    batch = read_batch(write_folder(tmp_path / "two", sites=sites, districts=districts, trainees=people))
    assert batch.sites["S2"].city == "云州市"
    (told,) = [one for one in batch.remarks if "S2" in one]
    assert told == "考点 S2 没有填城市和区县，而区县表有几个城市：按其他考点所在的“云州市”计"
    batch = read_batch(write_folder(tmp_path / "one", sites=sites, districts=districts[:2], trainees=people))
    assert not [one for one in batch.remarks if "S2" in one]


def test_one_city_is_everybodys(tmp_path):
    sites = [TABLES["sites"][0], ["S1", "一", "public", "", "云州市"], ["S2", "二", "public", "I1", ""]]
    batch = read_batch(write_folder(tmp_path, sites=sites))
    assert {site.city for site in batch.sites.values()} == {"云州市"}
    assert batch.city_of_district("") == "云州市"


def test_with_two_cities_everybody_needs_one(tmp_path):
    sites = [TABLES["sites"][0], ["S1", "一", "public", "", "云州市"], ["S2", "二", "public", "I1", "海州市"]]
    found = faults(write_folder(tmp_path / "a", sites=sites))
    assert [(one[0], one[3]) for one in found] == [("BATCH-EMPTY", 2), ("BATCH-EMPTY", 3)]
    more = [*sites, ["S3", "三", "public", "", ""]]
    assert ("BATCH-EMPTY", "sites.csv", "", 4, 5) in faults(write_folder(tmp_path / "b", sites=more))


def test_a_district_that_is_not_listed(tmp_path):
    trainees = [[*TABLES["trainees"][0], "district"], [*TABLES["trainees"][1], "北区"]]
    folder = write_folder(tmp_path, trainees=trainees, districts=[["district", "city"], ["东区", "云州市"]])
    assert faults(folder) == [("BATCH-UNKNOWN-ID", "trainees.csv", "", 2, 9)]


@pytest.mark.parametrize("make", ["missing", "empty", "broken"])
def test_what_cannot_be_read_at_all(tmp_path, make):
    path = tmp_path / "batch.xlsx"
    if make == "empty":
        path = tmp_path
    elif make == "broken":
        path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError):
        read_batch(path)


def test_headers_without_rows_are_a_batch_of_nobody(tmp_path):
    folder = write_folder(tmp_path, trainees=TABLES["trainees"][:1], seats=TABLES["seats"][:1])
    assert read_batch(folder).trainees == {}


def test_a_line_of_totals_is_told_as_one(tmp_path):
    """It is no trainee without item and institution: one sentence, not one for each cell."""
    book = write_workbook(
        tmp_path / "a.xlsx",
        **with_row("trainees", "合计：2 人"),
        **with_row("seats", "制表人：丙三", "", "", 9),
    )
    with pytest.raises(BadBatchError) as caught:
        read_batch(book)
    told = [(one.code, one.location.sheet, one.location.row, one.message) for one in caught.value.findings]
    assert [one[:3] for one in told] == [("BATCH-EMPTY", "trainees", 4), ("BATCH-EMPTY", "seats", 4)]
    assert "“合计”" in told[0][3]
    assert all("请删去这一行" in one[3] for one in told)
    assert "丙三" not in told[1][3]


def test_an_error_and_a_formula_without_a_result_are_not_read_as_text(tmp_path):
    """As an institution's name they would be published, as a date of a trainee they would be nothing."""
    rows = [[*row] for row in TABLES["trainees"]]
    rows[2][rows[0].index("latest")] = "=DATE(2026,12,2)"
    institutions = [[*row] for row in TABLES["institutions"]]
    institutions[1][1] = "#REF!"
    book = write_workbook(tmp_path / "a.xlsx", trainees=rows, institutions=institutions)
    with pytest.raises(BadBatchError) as caught:
        read_batch(book)
    told = [(one.code, one.location.sheet, one.location.row) for one in caught.value.findings]
    assert ("BATCH-ERROR-CELL", "institutions", 2) in told
    assert ("BATCH-ERROR-CELL", "trainees", 3) in told
    assert any("用 Excel 或 WPS 打开、保存一次" in one.message for one in caught.value.findings)


def test_a_number_in_a_header_or_a_name_of_a_file_is_not_repeated(tmp_path):
    seats = [[*TABLES["seats"][0], "000000199001010018"], *([*row, ""] for row in TABLES["seats"][1:])]
    folder = write_folder(tmp_path, seats=seats)
    (folder / "000000199001010018.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    remarks = "".join(read_batch(folder).remarks)
    assert "000000********0018" in remarks
    assert "000000199001010018" not in remarks
