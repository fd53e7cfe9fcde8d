import os
import sys
from pathlib import Path

import pytest

from certcheck import folder as module
from certcheck.folder import read_folder
from common.errors import InputError

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
NUMBER = "000000199001010018"


def names(folder):
    return [file.name for file in read_folder(folder, "--saved").files]


def faults(folder):
    return {file.name: file.fault for file in read_folder(folder, "--saved").files if file.fault}


def write(path, content="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_files_in_one_order_with_their_numbers(tmp_path):
    for name in ("b.html", "a/2.html", "a/1.html", "乙.txt"):
        write(tmp_path / name)
    files = read_folder(tmp_path, "--saved").files
    assert [(file.number, file.name) for file in files] == [
        (1, "a/1.html"), (2, "a/2.html"), (3, "b.html"), (4, "乙.txt"),
    ]  # fmt: skip


def test_what_belongs_to_a_page_or_to_us_is_set_aside(tmp_path):
    """The folder of a saved page beside it, reports of an earlier run, and the system's own files."""
    for name in (
        "网页.html",
        "网页_files/a.html",
        "页.htm",
        "页.files/b.js",
        ".DS_Store",
        "~$名单.xlsx",
        "Thumbs.db",
        "旧/c.html",
    ):
        write(tmp_path / name)
    write(tmp_path / "旧_files" / "d.html")  # no page beside it: somebody's own name for a folder
    write(tmp_path / "zhengkao-1" / "run.txt", "20261120-093000-ab12\n")
    write(tmp_path / "zhengkao-1" / "report.html")
    write(tmp_path / "e" / "run.txt", "something else")
    assert names(tmp_path) == ["e/run.txt", "旧/c.html", "旧_files/d.html", "网页.html", "页.htm"]
    assert read_folder(tmp_path, "--saved").aside == 3


def test_names_are_masked_where_they_are_shown(tmp_path):
    write(tmp_path / f"张 {NUMBER}（1）.html")
    write(tmp_path / "20261120.html")
    write(tmp_path / "E12345678.html")
    shown = [file.shown_name for file in read_folder(tmp_path, "--saved").files]
    assert shown == ["20****20.html", "E1*****78.html", "张 000000********0018(1).html"]
    (first, *_) = read_folder(tmp_path, "--saved").files
    assert first.name not in repr(first)


@needs_links
def test_links_in_circles_and_to_elsewhere(tmp_path):
    write(tmp_path / "in" / "a.html")
    write(tmp_path / "elsewhere" / "b.html")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "away").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "self.html").symlink_to(tmp_path / "in" / "self.html")
    (tmp_path / "in" / "gone.html").symlink_to(tmp_path / "gone.html")
    (tmp_path / "in" / "file.html").symlink_to(tmp_path / "elsewhere" / "b.html")
    assert names(tmp_path / "in") == ["a.html", "away", "file.html", "gone.html", "loop", "self.html"]
    assert set(faults(tmp_path / "in")) == {"away", "gone.html", "loop", "self.html"}
    (tmp_path / "link").symlink_to(tmp_path / "in")
    assert len(names(tmp_path / "link")) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.html")
    assert faults(tmp_path) == {"a.html": "不是普通文件"}


def test_what_cannot_be_opened_is_told(tmp_path, monkeypatch):
    """A root user may open anything, so the refusal is the system's answer to opening."""
    write(tmp_path / "a.html")
    write(tmp_path / "b.html")
    opened = Path.open

    def refuse(self, *args, **kwargs):
        if self.name == "a.html":
            raise PermissionError(13, "denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    assert faults(tmp_path) == {"a.html": "打不开（没有权限）"}


def test_bounds(tmp_path, monkeypatch):
    write(tmp_path / "a.html", "x" * 11)
    write(tmp_path / "b.html")
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert set(faults(tmp_path)) == {"a.html"}
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(InputError, match="--saved：文件超过 1 个"):
        read_folder(tmp_path, "--saved")


def test_no_folder(tmp_path):
    write(tmp_path / "a.html")
    for path in (tmp_path / "a.html", tmp_path / "gone"):
        with pytest.raises(InputError, match="--photos：没有这个文件夹"):
            read_folder(path, "--photos")


def test_the_digest_changes_with_anything(tmp_path):
    """Content, name, time, one more file: each counts."""
    write(tmp_path / "a.html")
    os.utime(tmp_path / "a.html", (1_700_000_000, 1_700_000_000))
    seen = {read_folder(tmp_path, "x").digest}
    os.utime(tmp_path / "a.html", (1_700_000_001, 1_700_000_001))
    seen.add(read_folder(tmp_path, "x").digest)
    write(tmp_path / "a.html", "y")
    os.utime(tmp_path / "a.html", (1_700_000_001, 1_700_000_001))
    seen.add(read_folder(tmp_path, "x").digest)
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    seen.add(read_folder(tmp_path, "x").digest)
    write(tmp_path / "c.html")
    seen.add(read_folder(tmp_path, "x").digest)
    assert len(seen) == 5
    assert read_folder(tmp_path, "x").digest in seen


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be no text")
def test_a_name_that_is_no_text(tmp_path):
    with Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.html")).open("wb") as file:
        file.write(b"x")
    found = read_folder(tmp_path, "x")
    assert found.digest
    found.files[0].shown_name.encode("utf-8")
