"""What a substitute code was used for is written down; what cannot be read is put aside, not overwritten."""

import json

import pytest

from common.errors import ZhengkaoError
from scheduler.seed.code_uses import Use, note_use, rivals, uses


def test_a_record_that_cannot_be_read_is_put_aside(tmp_path):
    """Whoever edited it by hand may still read what it held; a second one is put beside the first."""
    secret, record = tmp_path / "city.json", tmp_path / "city.used.json"
    for number in (1, 2):
        record.write_text(f"不是 JSON {number}", encoding="utf-8")
        told = note_use(secret, Use(1, "p", f"c{number}"), tmp_path)
        assert f"city.used.damaged{number}.json" in told
        assert [one["changes"] for one in uses(secret)] == [f"c{number}"]
        assert (tmp_path / f"city.used.damaged{number}.json").read_text(
            encoding="utf-8"
        ) == f"不是 JSON {number}"
    assert note_use(secret, Use(1, "p", "c3"), tmp_path) == ""
    assert rivals(secret, Use(1, "p", "c2")) == [str(tmp_path)]


def test_where_nothing_can_be_written_it_is_said_that_the_result_is_there(tmp_path):
    """The folder of the secret is gone, and a file stands in its place."""
    (tmp_path / "secrets").write_text("")
    with pytest.raises(ZhengkaoError, match="结果已写出，但备用码的使用没有记下"):
        note_use(tmp_path / "secrets" / "city.json", Use(1, "p", "c"), tmp_path)


def test_the_same_change_announced_twice_is_another_use(tmp_path):
    """Announced, thrown away and announced again for another value, even in the same folder; drawn elsewhere it is the same."""
    secret = tmp_path / "city.json"
    note_use(secret, Use(1, "p", "c", "a1"), tmp_path / "1")
    assert rivals(secret, Use(1, "p", "c", "a1")) == []
    assert note_use(secret, Use(1, "p", "c", "a1"), tmp_path / "moved") == ""
    assert len(uses(secret)) == 1
    assert rivals(secret, Use(1, "p", "c", "a2")) == [str(tmp_path / "1")]
    assert rivals(secret, Use(1, "p", "c")) == [str(tmp_path / "1")], "drawn at once, though it was announced"


def test_a_folder_that_was_used_twice_is_named_once(tmp_path):
    secret = tmp_path / "city.json"
    for table in "cd":
        note_use(secret, Use(1, "p", table), tmp_path / "1")
    assert rivals(secret, Use(1, "p", "e")) == [str(tmp_path / "1")]


def test_uses_written_down_before_there_were_announcements_are_read(tmp_path):
    old = {"number": "1", "parent": "p", "changes": "c", "folder": "x"}
    (tmp_path / "city.used.json").write_text(json.dumps({"uses": [old]}), encoding="utf-8")
    assert rivals(tmp_path / "city.json", Use(1, "p", "c")) == []
    assert rivals(tmp_path / "city.json", Use(1, "p", "d")) == ["x"]
