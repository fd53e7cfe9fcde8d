"""Numbers of a column whose header says per cent are per cent; those that may be meant as parts are told."""

from fractions import Fraction

import pytest

from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_folder, write_workbook

NOTED = ["持股比例(%)", "持股比例（％）", "持股比例（单位：%）", "share (%)"]


def relations(header, *written):
    ids = [("I1", "I2"), ("I2", "I1"), ("I1", "I1")]
    return [["kind", "from_id", "to_id", header]] + [
        ["controls", *pair, text] for pair, text in zip(ids, written, strict=False)
    ]


@pytest.mark.parametrize("header", NOTED)
def test_numbers_under_per_cent_are_per_cent(tmp_path, header):
    read = read_batch(write_folder(tmp_path, relations=relations(header, "60", "25 %", "1/4")))
    assert [one.share for one in read.relations] == [Fraction(3, 5), Fraction(1, 4), Fraction(1, 4)]
    assert read.remarks == ()


@pytest.mark.parametrize("header", NOTED)
def test_small_numbers_under_per_cent_are_told(tmp_path, header):
    read = read_batch(write_folder(tmp_path, relations=relations(header, "0.5", "1", "0")))
    assert [one.share for one in read.relations] == [Fraction(1, 200), Fraction(1, 100), 0]
    (told,) = read.remarks
    assert told.startswith(f"“{header}”一列有不大于 1 的数，按百分数读（“0.5”是 0.5%）")
    assert told.endswith("：第 2、3 行")


@pytest.mark.parametrize("header", ["持股比例", "持股比例（如 25%）"])
def test_numbers_under_another_header_are_parts(tmp_path, header):
    read = read_batch(write_folder(tmp_path / "a", relations=relations(header, "0.5", "50%")))
    assert [one.share for one in read.relations] == [Fraction(1, 2)] * 2
    with pytest.raises(BadBatchError):
        read_batch(write_folder(tmp_path / "b", relations=relations(header, "60")))


def test_more_than_all_is_a_fault_under_per_cent_too(tmp_path):
    with pytest.raises(BadBatchError):
        read_batch(write_folder(tmp_path, relations=relations("持股比例(%)", "101")))


def test_numbers_of_a_workbook(tmp_path):
    tables = {**TABLES, "relations": relations("持股比例(%)", 60, 12.5)}
    read = read_batch(write_workbook(tmp_path / "b.xlsx", tables))
    assert [one.share for one in read.relations] == [Fraction(3, 5), Fraction(1, 8)]
