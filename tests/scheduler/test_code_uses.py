"""What a substitute code was used for is written down; what cannot be read is put aside, not overwritten."""

import pytest

from common.errors import ZhengkaoError
from scheduler.code_uses import note_use, rivals, uses


def test_a_record_that_cannot_be_read_is_put_aside(tmp_path):
    """Whoever edited it by hand may still read what it held; a second one is put beside the first."""
    secret, record = tmp_path / "city.json", tmp_path / "city.used.json"
    for number in (1, 2):
        record.write_text(f"不是 JSON {number}", encoding="utf-8")
        told = note_use(secret, 1, "p", f"c{number}", tmp_path)
        assert f"city.used.damaged{number}.json" in told
        assert [one["changes"] for one in uses(secret)] == [f"c{number}"]
        assert (tmp_path / f"city.used.damaged{number}.json").read_text(
            encoding="utf-8"
        ) == f"不是 JSON {number}"
    assert note_use(secret, 1, "p", "c3", tmp_path) == ""
    assert rivals(secret, 1, "p", "c2") == [str(tmp_path)]


def test_where_nothing_can_be_written_the_change_is_said_to_be_made(tmp_path):
    """The folder of the secret is gone, and a file stands in its place."""
    (tmp_path / "secrets").write_text("")
    with pytest.raises(ZhengkaoError, match="变更已完成，但备用码的使用没有记下"):
        note_use(tmp_path / "secrets" / "city.json", 1, "p", "c", tmp_path)
