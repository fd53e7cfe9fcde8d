"""Ids that point at nothing; why: a misspelt owner would open a site to its own trainees."""

import pytest

from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_folder

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


DISTRICTS = [["district", "city"], ["东区", "云州市"], ["西区", "海州市"]]


def test_a_district_of_the_staff(tmp_path):
    """Districts of trainees, sites and staff are ids of one table."""
    staff = [["staff_id", "district"], ["K1", "南区"]]
    sites = [
        ["site_id", "name", "kind", "owner_id", "city"],
        ["S1", "一", "public", "", "云州市"],
        ["S2", "二", "public", "", "云州市"],
    ]
    assert found(write_folder(tmp_path / "a", staff=staff, sites=sites, districts=DISTRICTS)) == [
        ("BATCH-UNKNOWN-ID", 2, 2)
    ]
    assert found(write_folder(tmp_path / "b", staff=staff, sites=sites)) == []


def test_a_site_whose_city_nobody_can_know(tmp_path):
    """Districts in two cities, sites in none: planned, everybody would be told that all sites are in another city."""
    sites = [["site_id", "name", "kind", "city"], ["S1", "一", "public", ""], ["S2", "二", "public", ""]]
    assert found(write_folder(tmp_path / "two", sites=sites, districts=DISTRICTS)) == [
        ("BATCH-EMPTY", 2, 4),
        ("BATCH-EMPTY", 3, 4),
    ]
    folder = write_folder(tmp_path / "one", sites=sites, districts=DISTRICTS[:2])
    assert {one.city for one in read_batch(folder).sites.values()} == {"云州市"}


NUMBER = "000000199001010018"
COLUMNS = {
    "trainees": "trainee_id name institution_id item part district class_id school_id earliest latest",
    "institutions": "institution_id name kind",
    "sites": "site_id name kind owner_id city district lon lat day_limit status suspended_from suspended_to",
    "seats": "site_id date half seats",
    "places": "site_id date half item places",
    "staff": "staff_id employer_id roles items district licence_to max_duties unavailable",
    "relations": "kind from_id to_id share since until",
}
TABLE_ROWS = {**TABLES, "staff": STAFF, "relations": [RELATIONS, ["relative", "K1", "T1"]]}


@pytest.mark.parametrize(
    ("table", "column"), [(table, one) for table, listed in COLUMNS.items() for one in listed.split()]
)
def test_no_fault_repeats_an_identity_number_in_whatever_column_it_stands(tmp_path, table, column):
    """Columns shifted by one put numbers anywhere; the fault goes to terminals and logs."""
    header, *rows = [list(row) for row in TABLE_ROWS[table]]
    if column not in header:
        header, rows = [*header, column], [[*row, ""] for row in rows]
    rows[0][header.index(column)] = NUMBER
    rows.append(list(rows[0]))
    folder = write_folder(tmp_path, districts=DISTRICTS, **{**TABLE_ROWS, table: [header, *rows]})
    with pytest.raises(BadBatchError) as caught:
        read_batch(folder)
    assert NUMBER not in str(caught.value)
    assert all(NUMBER not in one.message for one in caught.value.findings)


def test_an_id_that_is_an_identity_number_would_be_published(tmp_path):
    trainees = [
        ["trainee_id", "institution_id", "item", "part"],
        [NUMBER, "I1", "x", "both"],
        ["20261201000012", "I1", "x", "both"],
    ]
    assert found(write_folder(tmp_path / "a", trainees=trainees)) == [("BATCH-ID-IS-IDENTITY", 2, 1)]
    staff = [["staff_id", "employer_id"], [NUMBER, "I1"]]
    assert found(write_folder(tmp_path / "b", staff=staff)) == [("BATCH-ID-IS-IDENTITY", 2, 1)]
