"""An id that is not there: what was probably meant is asked behind the fault, by row, and never put in its place."""

import pytest

from common.errors import InputError
from scheduler.batch.meant import asked, meant
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_folder


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("7", {"007", "I7"}, "007"),  # Excel shows 007 and keeps 7
        ("007", {"7"}, "7"),
        ("s1", {"S1"}, "S1"),
        ("7", {"0000000000007"}, ""),  # nobody pads that far
        ("0", {""}, ""),
        ("S3", {"S1", "S2"}, ""),
    ],
)
def test_case_and_zeros(name, known, found):
    assert meant(name, known) == found
    assert asked(found) == (f"；是不是“{found}”？" if found else "")


def _messages(tmp_path, **tables):
    with pytest.raises(InputError) as caught:
        read_batch(write_folder(tmp_path, **tables))
    return [one.message for one in caught.value.findings if one.code == "BATCH-UNKNOWN-ID"]


def test_an_institution_that_lost_its_zeros_is_asked_for(tmp_path):
    """The table of institutions says 001, trainees and the owner of a site 1; a seat names its site in small letters."""
    head, *rows = TABLES["institutions"]
    column = head.index("institution_id")
    first = rows[0][column]
    named = [
        [*row[:column], "001" if row[column] == first else row[column], *row[column + 1 :]] for row in rows
    ]
    swapped = {
        table: [[("1" if cell == first else cell) for cell in row] for row in TABLES[table]]
        for table in ("trainees", "sites")
    }
    seats = [[cell.lower() if cell == "S1" else cell for cell in row] for row in TABLES["seats"]]
    told = _messages(tmp_path, institutions=[head, *named], seats=seats, **swapped)
    assert "“1”没有在机构表中定义；是不是“001”？" in told
    assert "“s1”没有在考点表中定义；是不是“S1”？" in told


def test_a_name_in_the_place_of_an_id_is_asked_for(tmp_path):
    head, *rows = TABLES["sites"]
    name, number = rows[0][head.index("name")], rows[0][head.index("site_id")]
    seats = [[name if cell == number else cell for cell in row] for row in TABLES["seats"]]
    assert f"“{name}”没有在考点表中定义；是不是“{number}”？" in _messages(tmp_path, seats=seats)
