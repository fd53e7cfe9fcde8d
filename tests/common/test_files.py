"""Files come to their place whole or not at all, and what a kill left behind is removed."""

import pytest

from common.errors import ZhengkaoError
from common.files import tidy, write_file, writing


def test_an_error_half_way_leaves_the_old_file(tmp_path):
    """The new bytes come to their place only when all of them were written."""
    path = write_file(tmp_path / "a.txt", "旧")

    def stop():
        with writing(path) as file:
            file.write(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop()
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "旧"


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(ZhengkaoError, match="写不了"):
        write_file(tmp_path / "a" / "b.txt", "x")


def test_tidy_removes_only_what_was_left_of_these_files(tmp_path):
    """A killed run leaves .名单.xlsx.abc and its scratch folder; everything else is somebody's."""
    for name in (".名单.xlsx.ab12", ".other.xlsx.ab12", "名单.xlsx", ".profile"):
        (tmp_path / name).write_bytes(b"")
    left = tmp_path / ".zhengkao-ab12"
    left.mkdir()
    for name in (".held", "x"):
        (left / name).write_bytes(b"")
    tidy(tmp_path, ["名单.xlsx"])
    assert sorted(one.name for one in tmp_path.iterdir()) == [".other.xlsx.ab12", ".profile", "名单.xlsx"]
    tidy(tmp_path / "nowhere", ["a"])


def test_tidy_of_any_name_removes_only_what_writing_left(tmp_path):
    for name in (
        ".tickets.pdf.a1b2c3d4",
        ".duties-W06.ics.k_2345ab",
        ".profile",
        ".notes.txt",
        "tickets.pdf",
        ".x.pdf.backup",
    ):
        (tmp_path / name).write_bytes(b"")
    tidy(tmp_path, None)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        ".notes.txt",
        ".profile",
        ".x.pdf.backup",
        "tickets.pdf",
    ]
    with writing(tmp_path / "tickets.pdf"):
        begun = {one.name for one in tmp_path.iterdir()} - {
            ".notes.txt",
            ".profile",
            ".x.pdf.backup",
            "tickets.pdf",
        }
    with writing(tmp_path / "new.ics"):
        pass
    (left,) = begun
    (tmp_path / left).write_bytes(b"half")  # as if it had been killed there
    tidy(tmp_path, None)
    assert not (tmp_path / left).exists()
    assert (tmp_path / "new.ics").exists()
