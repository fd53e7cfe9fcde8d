"""What macOS and Office leave beside the files of a batch is no table of it, and no second rules."""

import pytest

from common.left_beside import left_beside
from scheduler.batch.kept_batch import NOTICE, keep
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_folder

OF_MACOS = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        (".DS_Store", True),
        ("._trainees.csv", True),
        ("~$考生.xlsx", True),
        ("Thumbs.db", True),
        ("Desktop.ini", True),
        ("trainees.csv", False),
        ("考生~1.csv", False),
    ],
)
def test_which_names(name, beside):
    assert left_beside(name) is beside


def test_a_batch_on_a_stick_that_a_mac_wrote(tmp_path):
    """The stick holds ._trainees.csv beside trainees.csv, hidden there and not on Windows."""
    batch = write_folder(tmp_path / "batch")
    (batch / "rules.toml").write_text("[staffing]\nroom_size = 7\n", encoding="utf-8")
    before = read_batch(batch)
    for name in [one.name for one in batch.iterdir()]:
        (batch / f"._{name}").write_bytes(OF_MACOS)
    (batch / ".DS_Store").write_bytes(b"Bud1")
    (batch / "~$考生.xlsx").write_bytes("\x05某人".encode("gbk"))
    found = read_batch(batch)
    assert (found, found.remarks) == (before, before.remarks)
    kept = keep(batch, None, tmp_path / "out")
    assert {one.name for one in kept.iterdir()} == {*(f"{name}.csv" for name in TABLES), "rules.toml", NOTICE}
