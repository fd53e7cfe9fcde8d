"""An id of both lists: a relation that names it is a fault, unless both are one person; without one it is told."""

import pytest

from scheduler.doubts.all_doubts import doubts
from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from scheduler.several.one_person import persons
from tests.scheduler.builders import ANOTHER_PERSON, ONE_PERSON
from tests.scheduler.files import TABLES, write_folder

HEADER = ["kind", "from_id", "to_id"]


def batch(tmp_path, *relations, number=ANOTHER_PERSON):
    """T1 (with the number ONE_PERSON) and T2 are trainees; a member of staff is called T1, too, another one K1."""
    staff = [["staff_id", "name", "id_number"], ["T1", "赵二", number], ["K1", "钱三", ""]]
    return write_folder(tmp_path, staff=staff, relations=[HEADER, *map(list, relations)])


@pytest.mark.parametrize(
    ("relation", "columns"),
    [
        (("same_person", "T1", "T2"), [2]),
        (("same_person", "K1", "T1"), [3]),
        (("relative", "T1", "T2"), [2]),
        (("relative", "K1", "T1"), [3]),
        (("relative", "T1", "T1"), [2, 3]),
        (("employs", "I1", "T1"), [3]),
        (("employed", "I1", "T1"), [3]),
        (("teaches", "T1", "I1"), [2]),
    ],
)
def test_a_relation_that_may_mean_either_is_a_fault(tmp_path, relation, columns):
    with pytest.raises(BadBatchError) as caught:
        read_batch(batch(tmp_path, ("relative", "K1", "T2"), relation))
    assert [(one.code, one.location.row, one.location.column) for one in caught.value.findings] == [
        ("BATCH-ID-AMBIGUOUS", 3, column) for column in columns
    ]
    assert "考生表和考务人员表中都有" in str(caught.value)


def test_of_taught_it_is_plain_who_is_meant(tmp_path):
    read = read_batch(batch(tmp_path, ("taught", "T1", "T2"), ("taught", "K1", "T1")))
    assert [one for one in doubts(read) if "都有" in one] == [
        "有 1 个编号在考生表和考务人员表中都有，按不同的人安排：T1；是同一人的，请两处都填身份证号，不是的最好改用别的编号"
    ]


@pytest.mark.parametrize(
    ("number", "relations"),
    [(ONE_PERSON, []), ("", [("same_person", "T1", "T1")])],
    ids=["number", "himself"],
)
def test_a_person_of_both_lists_may_have_one_id(tmp_path, number, relations):
    read = read_batch(
        batch(tmp_path, ("employs", "I1", "T1"), ("relative", "T1", "T2"), *relations, number=number)
    )
    assert (("T1",), ("T1",)) in [(one.staff_ids, one.trainee_ids) for one in persons(read)]
    assert [one for one in doubts(read) if "都有" in one] == []


def test_ids_of_one_list_are_not_told(tmp_path):
    assert [one for one in doubts(read_batch(write_folder(tmp_path, TABLES))) if "都有" in one] == []
