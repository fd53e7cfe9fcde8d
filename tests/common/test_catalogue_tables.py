"""A faulty table is refused, and the error names the file, the row and the field."""

import csv
import dataclasses
import shutil
from pathlib import Path

import pytest

from common.catalogue import load_catalogue
from common.catalogue_records import Category, Confidence, ItemStatus
from common.catalogue_tables import in_all_orders, read_tables
from common.errors import DataError
from common.resources import DATA

FILES = [
    "categories.csv",
    "items.csv",
    "aliases.csv",
    "other_bodies.csv",
    "kinds.csv",
    "posts.csv",
    "industries.csv",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "catalogue", tmp_path / "catalogue"))


def change(path: Path, field: str, value: str, row: int = 2) -> None:
    """Write a value into a field of the row that the file shows under that number."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    lines[row - 1][lines[0].index(field)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def first_row(path: Path, **cells: str) -> int:
    """Give the number of the first row whose cells hold these values."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if all(row[field] == value for field, value in cells.items()):
                return number
    raise AssertionError(cells)


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        ("categories.csv", "category", ""),
        ("categories.csv", "status", "law"),
        ("categories.csv", "issuer", ""),
        ("categories.csv", "confidence", "certain"),
        ("categories.csv", "basis", ""),
        ("items.csv", "kind", "safety"),
        ("items.csv", "category", "电工"),
        ("items.csv", "category", ""),
        ("items.csv", "item", ""),
        ("items.csv", "status", "valid"),
        ("items.csv", "variant_of", "高压电工作业"),
        ("items.csv", "valid_from", ""),
        ("items.csv", "valid_from", "2010-7-1"),
        ("items.csv", "valid_from", "2010-02-30"),
        ("items.csv", "valid_to", "2009-12-31"),
        ("items.csv", "basis", ""),
        ("items.csv", "basis_to", "2026/05/31"),
        ("items.csv", "carried_over", "maybe"),
        ("items.csv", "issuer", ""),
        ("items.csv", "confidence", ""),
        ("items.csv", "education", "初中"),
        ("aliases.csv", "alias", ""),
        ("aliases.csv", "item", "低压电工"),
        ("aliases.csv", "category", "高处作业"),
        ("aliases.csv", "category", ""),
        ("aliases.csv", "certain", "true"),
        ("other_bodies.csv", "item", ""),
        ("other_bodies.csv", "aliases", "叉车;;叉车证"),
        ("other_bodies.csv", "aliases", "叉车王;叉车王"),
        ("other_bodies.csv", "aliases", "低压电工作业"),
        ("other_bodies.csv", "parts", "、"),
        ("other_bodies.csv", "certificate", ""),
        ("other_bodies.csv", "issuer", ""),
        ("other_bodies.csv", "where_to_check", ""),
        ("other_bodies.csv", "confusion", ""),
        ("other_bodies.csv", "confidence", "sure"),
        ("other_bodies.csv", "source", ""),
        ("kinds.csv", "word", ""),
        ("kinds.csv", "kind", "特种"),
        ("kinds.csv", "match", "any"),
        ("kinds.csv", "certain", ""),
        ("posts.csv", "words", ""),
        ("posts.csv", "needs", "nothing"),
        ("posts.csv", "items", ""),
        ("posts.csv", "items", "低压电工"),
        ("posts.csv", "items", "叉车司机"),
        ("posts.csv", "categories", "电工"),
        ("posts.csv", "confidence", "x"),
        ("posts.csv", "basis", ""),
        ("industries.csv", "name", ""),
        ("industries.csv", "words", ""),
        ("industries.csv", "assessed", "yes"),
        ("industries.csv", "assessor", ""),
        ("industries.csv", "basis", ""),
        ("industries.csv", "confidence", "?"),
    ],
)
def test_fault_in_a_cell(folder: Path, file: str, field: str, value: str) -> None:
    change(folder / file, field, value)
    with pytest.raises(DataError) as caught:
        read_tables(folder)
    assert caught.value.file == str(folder / file)
    assert (caught.value.row, caught.value.field) == (2, field)
    assert f"{file} 第 2 行 字段 {field}" in str(caught.value)


@pytest.mark.parametrize(
    ("file", "field", "cells"),
    [
        ("categories.csv", "category", {"category": "电工作业"}),
        ("items.csv", "item", {"item": "低压电工作业"}),
        ("aliases.csv", "alias", {"alias": "低压证"}),
        ("kinds.csv", "word", {"word": "操作证"}),
        ("industries.csv", "words", {"name": "煤矿"}),
    ],
)
def test_the_same_word_twice(folder: Path, file: str, field: str, cells: dict[str, str]) -> None:
    path = folder / file
    number = first_row(path, **cells)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[number - 1]]) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"与第 {number} 行重复") as caught:
        read_tables(folder)
    assert (caught.value.file, caught.value.row, caught.value.field) == (str(path), len(lines) + 1, field)


def test_two_other_bodies_share_an_alias(folder: Path) -> None:
    path = folder / "other_bodies.csv"
    number = first_row(path, item="叉车司机")
    change(path, "aliases", "N1;锅炉工", number)
    with pytest.raises(DataError, match="“锅炉工”与第 4 行重复") as caught:
        read_tables(folder)
    assert (caught.value.row, caught.value.field) == (number, "aliases")


def test_an_order_of_words_that_is_an_alias_already(folder: Path) -> None:
    path = folder / "aliases.csv"
    change(path, "alias", "高处拆除、维护、安装作业")
    with pytest.raises(DataError, match="与第 2 行重复") as caught:
        read_tables(folder)
    assert (caught.value.file, caught.value.field) == (str(path), "alias")


@pytest.mark.parametrize("target", ["不存在的作业", "煤气作业", ""])
def test_variant_of_nothing_in_its_category(folder: Path, target: str) -> None:
    number = first_row(folder / "items.csv", status="variant")
    change(folder / "items.csv", "variant_of", target, number)
    with pytest.raises(DataError) as caught:
        read_tables(folder)
    assert (caught.value.row, caught.value.field) == (number, "variant_of")


@pytest.mark.parametrize("needs", ["safety", "none"])
def test_needs_without_items_name_none(folder: Path, needs: str) -> None:
    change(folder / "posts.csv", "needs", needs)
    with pytest.raises(DataError) as caught:
        read_tables(folder)
    assert caught.value.field == "items"


def test_no_assessor_where_nobody_assesses(folder: Path) -> None:
    change(folder / "industries.csv", "assessed", "none")
    with pytest.raises(DataError) as caught:
        read_tables(folder)
    assert caught.value.field == "assessor"


@pytest.mark.parametrize("file", FILES)
def test_columns(folder: Path, file: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    header, rows = text.split("\n", 1)
    first = header.split(",")[0]
    for wrong, field in ((f"{header},extra", "extra"), (header.replace(first, "x" + first, 1), first),
                         (f"{header},{first}", first)):  # fmt: skip
        path.write_text(f"{wrong}\n{rows}", encoding="utf-8")
        with pytest.raises(DataError) as caught:
            read_tables(folder)
        assert (caught.value.file, caught.value.row, caught.value.field) == (str(path), 1, field)


@pytest.mark.parametrize("file", FILES)
def test_file_that_cannot_be_read(folder: Path, file: str) -> None:
    path = folder / file
    good = path.read_bytes()
    for bad in (b"", good + b"only one cell\n", good + b"\n", good + b"\xff\n", good + b'"open\n'):
        path.write_bytes(bad)
        with pytest.raises(DataError, match=file):
            read_tables(folder)
    path.unlink()
    with pytest.raises(DataError, match="找不到这个文件"):
        read_tables(folder)


def test_what_an_editor_adds_does_no_harm(folder: Path) -> None:
    expected = read_tables(folder)
    for file in FILES:
        path = folder / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_tables(folder) == expected


def test_shipped_files_are_plain() -> None:
    for file in FILES:
        text = (DATA / "catalogue" / file).read_bytes()
        assert not text.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in text
        assert text.endswith(b"\n")


def test_records_never_change() -> None:
    catalogue = load_catalogue()
    match = catalogue.match_item("低压电工")
    for record, field in ((catalogue.tables, "items"), (catalogue.tables.items[0], "note"), (match, "item")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, "changed")
    assert catalogue.match_item("低压电工") is match
    assert load_catalogue().tables == catalogue.tables


def test_orders() -> None:
    assert in_all_orders("登高") == ("登高",)
    assert in_all_orders("高处{甲、乙}作业") == ("高处甲乙作业", "高处乙甲作业")


def test_who_issues() -> None:
    category = Category("1", "电工作业", ItemStatus.CURRENT, "应急管理部门", Confidence.HIGH, "x", "")
    assert category.emergency
    assert not dataclasses.replace(category, issuer="煤矿安全培训主管部门").emergency
