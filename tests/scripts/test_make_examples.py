"""The committed examples are what the script makes, and hold what they promise."""

import csv
import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn.ric import calc_check_digit

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "data" / "examples"
BATCH, STAFF = EXAMPLES / "batch", EXAMPLES / "staff"
SPECIAL, MANAGERS = "特种作业人员", "安全管理人员"
NUMBER_FAULTS = {"ID-TRUNCATED", "ID-CHECKDIGIT", "ID-MISSING", "ID-OLD15", "ID-FORMAT"}


def table(name):
    with (BATCH / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(STAFF / "员工持证台账.xlsx")


@pytest.fixture(scope="module")
def planted():
    return json.loads((STAFF / "planted.json").read_text(encoding="utf-8"))


def column(sheet, header):
    """Give the column of a header cell, from 1."""
    return next(cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == header)


def rows_of_people(planted):
    faulty = [(entry["sheet"], entry["row"]) for entry in planted["planted"] if entry["codes"]]
    sound = [(e["sheet"], e["row"]) for name in ("clean_rows", "no_claim_rows") for e in planted[name]]
    return faulty + sound


def good(number):
    return number[:6] == "000000" and len(number) == 18 and calc_check_digit(number) == number[-1]


def test_script_reproduces_the_committed_bytes(tmp_path):
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_examples.py", "--out", tmp_path], check=True, timeout=120
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(EXAMPLES): path for path in EXAMPLES.rglob("*") if path.is_file()}
    assert set(made) == set(kept) - {Path("README.md")}
    assert [str(name) for name, content in made.items() if kept[name].read_bytes() != content] == []


def test_every_row_of_people_has_one_expectation(book, planted):
    listed = rows_of_people(planted)
    assert len(listed) == len(set(listed))
    for sheet, number in ((SPECIAL, "证号"), (MANAGERS, "证书编号")):
        page, rows = book[sheet], {row for name, row in listed if name == sheet}
        claiming = {
            row
            for row in range(5, page.max_row + 1)
            if (page.cell(row, column(page, number)).value or "证书").startswith(("T", "0", "云"))
        }
        assert claiming <= rows


def test_staff_list_counts(book, planted):
    names = set()
    for sheet in (SPECIAL, MANAGERS):
        page = book[sheet]
        rows = [row for name, row in rows_of_people(planted) if name == sheet]
        names |= {str(page.cell(row, column(page, "姓名")).value or f"row {row}").strip() for row in rows}
    continued = [entry for entry in planted["mess"] if entry["why"].startswith("续行")]
    assert 72 <= len(names) - len(continued) <= 88
    assert len(planted["clean_rows"]) > len([entry for entry in planted["planted"] if entry["codes"]])


def test_identity_numbers_of_the_list_are_invented_and_valid(book, planted):
    faults = {(e["sheet"], e["row"]) for e in planted["planted"] if NUMBER_FAULTS & set(e["codes"])}
    assert len(faults) == len(NUMBER_FAULTS)
    for sheet, header in ((SPECIAL, "身份证号"), (MANAGERS, "身份证号码")):
        page = book[sheet]
        for name, row in rows_of_people(planted):
            value = page.cell(row, column(page, header)).value
            if name == sheet and (name, row) not in faults and value:
                plain = value.translate(str.maketrans("０１２３４５６７８９x", "0123456789X", "'\u200b"))
                assert good(plain), (sheet, row)


def test_truncated_number_is_a_number_cell(book, planted):
    row = next(entry["row"] for entry in planted["planted"] if entry["codes"] == ["ID-TRUNCATED"])
    page = book[SPECIAL]
    value = page.cell(row, column(page, "身份证号")).value
    assert isinstance(value, int | float)
    assert value > 10**17


def test_dates_are_written_in_many_forms(book):
    page = book[SPECIAL]
    values = [page.cell(row, column(page, "有效期起")).value for row in range(5, page.max_row + 1)]
    assert any(isinstance(value, dt.datetime) for value in values)
    texts = [value for value in values if isinstance(value, str)]
    for mark in ("-", ".", "年"):
        assert any(mark in text for text in texts), mark
    assert any(text.isdigit() for text in texts)


def test_registry_holds_each_person_once_under_a_valid_number():
    people = json.loads((STAFF / "registry-people.json").read_text(encoding="utf-8"))["people"]
    numbers = [person["id_number"] for person in people]
    assert len(set(numbers)) == len(numbers)
    assert all(good(number) for number in numbers)
    assert all(person["records"] for person in people)


def test_batch_counts():
    assert len(table("trainees")) == 800
    assert len(table("sites")) == 7
    assert len(table("seats")) == 20
    assert len(table("staff")) == 45
    kinds = Counter(row["kind"] for row in table("institutions"))
    assert kinds == {"training": 12, "enterprise": 3, "school": 2, "authority": 1}
    assert 900 <= sum(int(row["seats"]) for row in table("seats")) <= 960


def test_identity_numbers_of_the_batch_are_invented_and_valid():
    numbers = [row["id_number"] for name in ("trainees", "staff") for row in table(name)]
    assert all(good(number) for number in numbers)
    twice = [number for number, count in Counter(numbers).items() if count == 2]
    assert len(twice) == 6  # five people with two registrations, one invigilator who is a trainee
    assert max(Counter(numbers).values()) == 2


def test_names_that_trip_careless_programs_are_there(book):
    names = [row["name"] for row in table("trainees")]
    page = book[SPECIAL]
    names += [str(page.cell(row, column(page, "姓名")).value) for row in range(5, page.max_row + 1)]
    assert sum("·" in name for name in names) == 2
    assert sum(any(ord(character) > 0xFFFF for character in name) for name in names) == 2


def test_one_item_has_one_site_and_every_id_is_defined():
    offered = {(row["item"], row["site_id"]) for row in table("places")}
    sites = Counter(item for item, _ in offered)
    assert [item for item, count in sites.items() if count == 1] == ["制冷与空调设备运行操作作业"]
    known = {
        row[f"{name}_id"]
        for name in ("trainee", "site", "institution", "staff")
        for row in table(plural(name))
    }
    named = {row[end] for row in table("relations") for end in ("from_id", "to_id")}
    assert named <= known
    assert {row["institution_id"] for row in table("trainees")} <= known
    assert {row["kind"] for row in table("relations")} == {
        "controls", "owns", "employs", "employed", "teaches", "taught", "relative", "same_person",
    }  # fmt: skip


def plural(name):
    return name if name == "staff" else f"{name}s"
