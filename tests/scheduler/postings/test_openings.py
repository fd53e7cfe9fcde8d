"""The chain of openings; why: who opened a list early must not be able to take it back."""

import json

import pytest

from common.canonical import digest
from common.errors import InputError
from scheduler.postings.openings import append, check


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "openings.jsonl"
    for who in ("仿真甲", "仿真乙", "仿真丙"):
        append(path, {"who": who})
    return path


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def write(path, rows):
    path.write_bytes("".join(f"{row}\n" for row in rows).encode())


def test_each_entry_holds_the_one_before(log):
    entries, wrong = check(log)
    assert not wrong
    assert [one["number"] for one in entries] == [1, 2, 3]
    assert entries[0]["previous"] == "0" * 64
    assert [one["previous"] for one in entries[1:]] == [one["digest"] for one in entries[:2]]


def forged(row):
    """The entry with another name and a digest that fits it."""
    entry = json.loads(row) | {"who": "仿真丁"}
    del entry["digest"]
    return json.dumps({**entry, "digest": digest(entry)}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [rows[0].replace("甲", "丁"), *rows[1:]], "第 1 行被改动过"),
        (lambda rows: [forged(rows[0]), *rows[1:]], "第 2 行与前一行接不上"),
        (lambda rows: rows[1:], "第 1 行与前一行接不上"),
        (lambda rows: [rows[0], rows[2]], "第 2 行与前一行接不上"),
        (lambda rows: [rows[1], rows[0], rows[2]], "第 1 行与前一行接不上"),
        (lambda rows: [*rows, rows[2]], "第 4 行与前一行接不上"),
        (lambda rows: [*rows, "[]"], "第 4 行被改动过"),
    ],
)
def test_a_broken_chain_is_found_and_nothing_is_added_to_it(log, change, told):
    write(log, change(lines(log)))
    before = log.read_bytes()
    assert told in check(log)[1]
    with pytest.raises(InputError, match=told):
        append(log, {"who": "仿真戊"})
    assert log.read_bytes() == before


def test_half_a_line_is_found(log):
    log.write_bytes(log.read_bytes()[:-5])
    assert "最后一行不完整" in check(log)[1]
