"""Ids that point at nothing; why: a misspelt owner would open a site to its own trainees."""

import pytest

from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import write_folder

RELATIONS = ["kind", "from_id", "to_id"]
STAFF = [["staff_id", "employer_id"], ["K1", "I1"]]


def found(folder):
    try:
        read_batch(folder)
    except BadBatchError as error:
        return [(one.code, one.location.row, one.location.column) for one in error.findings]
    return []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("controls", ("I1", "I2"), ("I1", "T1")),
        ("owns", ("I1", "S1"), ("S1", "S1")),
        ("employs", ("I1", "K1"), ("K1", "I1")),
        ("employed", ("I1", "T1"), ("I1", "S1")),
        ("teaches", ("K1", "I1"), ("I1", "I1")),
        ("taught", ("K1", "T1"), ("K1", "K1")),
        ("relative", ("K1", "T1"), ("K1", "I1")),
        ("same_person", ("T1", "K1"), ("T1", "S1")),
    ],
)
def test_both_ends_of_each_relation(tmp_path, kind, good, bad):
    assert found(write_folder(tmp_path / "good", staff=STAFF, relations=[RELATIONS, [kind, *good]])) == []
    faults = found(write_folder(tmp_path / "bad", staff=STAFF, relations=[RELATIONS, [kind, *bad]]))
    assert faults
    assert {code for code, _, _ in faults} == {"BATCH-UNKNOWN-ID"}


def test_an_employer_and_a_school(tmp_path):
    staff = [["staff_id", "employer_id"], ["K1", "I9"]]
    assert found(write_folder(tmp_path / "a", staff=staff)) == [("BATCH-UNKNOWN-ID", 2, 2)]
    trainees = [
        ["trainee_id", "institution_id", "item", "part", "school_id"],
        ["T1", "I1", "x", "both", "X9"],
    ]
    assert found(write_folder(tmp_path / "b", trainees=trainees)) == [("BATCH-UNKNOWN-ID", 2, 5)]


def test_ids_are_compared_folded(tmp_path):
    seats = [["site_id", "date", "half", "seats"], ["Ｓ1 ", "2026-12-01", "am", "1"]]
    assert found(write_folder(tmp_path, seats=seats)) == []
