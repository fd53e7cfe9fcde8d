import copy
import json

import pytest

from certcheck.registry.replica.people import load_people, number_is_good, read_people
from common.errors import DataError

NAME, NUMBER = "仿真张三", "000000199001010018"
GOOD = {
    "people": [
        {
            "name": NAME,
            "id_number": NUMBER,
            "records": [
                {
                    "kind": "special", "category": "电工作业", "item": "低压电工作业",
                    "certificate_number": f"T{NUMBER}", "first_issue": "2021-05-01",
                    "valid_from": "2021-05-01", "valid_to": "2027-04-30", "review_due": "2024-04-30",
                    "review_done": None, "issuer": "仿真市应急管理局", "status": "有效", "history": False,
                },
                {
                    "kind": "safety", "valid_from": "2023-02-01", "valid_to": "2026-01-31",
                    "person_type": "主要负责人", "industry": "金属冶炼", "history": True,
                },
            ],
        },
        {"name": "仿真李四", "id_number": "000000198512319995", "records": []},
    ]
}  # fmt: skip


def test_people_file_is_read(tmp_path):
    """A good file, with or without a byte order mark, gives its people and records."""
    for encoding in ("utf-8", "utf-8-sig"):
        path = tmp_path / f"{encoding}.json"
        path.write_text(json.dumps(GOOD, ensure_ascii=False), encoding=encoding)
        people = load_people(path)
        assert len(people) == 2
        (record,) = people.find(NAME, NUMBER, "special")
        assert (record.item, record.review_done, record.history) == ("低压电工作业", None, False)
        (record,) = people.find(NAME, NUMBER, "safety")
        assert (record.person_type, record.status, record.history) == ("主要负责人", "有效", True)


def fault(change):
    """Change a copy of the good file and give the sentence about its fault."""
    data = copy.deepcopy(GOOD)
    change(data["people"])
    with pytest.raises(DataError) as raised:
        read_people(data, file="people.json")
    sentence = str(raised.value)
    assert NAME not in sentence
    assert NUMBER not in sentence
    assert sentence.startswith("people.json")
    return sentence


RECORD_FAULTS = [
    ({"kind": "driving"}, "kind"),
    ({"valid_to": "2027-02-30"}, "valid_to"),
    ({"valid_to": "20270430"}, "valid_to"),
    ({"valid_to": ""}, "valid_to"),
    ({"valid_from": None}, "valid_from"),
    ({"review_due": "2024-04"}, "review_due"),
    ({"issuer": 5}, "issuer"),
    ({"item": " "}, "item"),
    ({"history": "yes"}, "history"),
    ({"valid_until": "2027-04-30"}, "valid_until"),
]


@pytest.mark.parametrize(("change", "field"), RECORD_FAULTS)
def test_fault_of_a_record_is_located(change, field):
    """A fault of a certificate names person, certificate and field."""
    sentence = fault(lambda people: people[0]["records"][0].update(change))
    assert f"第 1 人 第 1 条证书 字段 {field}" in sentence


PERSON_FAULTS = [
    (0, {"id_number": "000000199001010019"}, "id_number"),
    (0, {"id_number": None}, "id_number"),
    (1, {"id_number": NUMBER}, "id_number"),
    (1, {"name": ""}, "name"),
    (1, {"records": None}, "records"),
    (1, {"sex": "男"}, "sex"),
]


@pytest.mark.parametrize(("index", "change", "field"), PERSON_FAULTS)
def test_fault_of_a_person_is_located(index, change, field):
    """A fault of a person, a number given twice among them, names person and field."""
    sentence = fault(lambda people: people[index].update(change))
    assert f"第 {index + 1} 人 字段 {field}" in sentence


@pytest.mark.parametrize("data", [[], {}, {"people": {}}, {"people": ["x"]}, {"people": [], "version": 1}])
def test_wrong_shape(data):
    """A file of another shape is a fault that names the file."""
    with pytest.raises(DataError, match=r"^people\.json"):
        read_people(data)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", None])
def test_unreadable_file(tmp_path, content):
    """A file that is missing, not UTF-8 or not JSON is told by its name."""
    path = tmp_path / "people.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"^people\.json"):
        load_people(path)


def test_numbers():
    """A number needs 18 characters and the right check digit; the area code does not matter."""
    assert all(map(number_is_good, [NUMBER, "000000198512319995", "000000200002290045"]))
    assert not any(map(number_is_good, ["", NUMBER[:-1], "00000019900101001X", NUMBER + "0", "０" * 18]))
