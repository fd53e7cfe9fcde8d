"""What only Windows does to files, imitated: whoever has one open keeps others from replacing or removing it."""

import errno
import sys
from pathlib import Path

import pytest

from commands.handed_in import digest_of
from common import files
from common.errors import InputError, ZhengkaoError
from common.files import move, os_reason, remove, tidy, write_file


@pytest.fixture
def windows(monkeypatch):
    """Let this be Windows, where nobody waits; gives what was waited for."""
    waited = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(files.time, "sleep", waited.append)
    return waited


def held(monkeypatch, name, times):
    """Refuse a method of paths so many times, as where another program has the file open."""
    true, refused = getattr(Path, name), []

    def method(path, *args, **named):
        if len(refused) < times:
            refused.append(path)
            raise PermissionError(errno.EACCES, "Access is denied")
        return true(path, *args, **named)

    monkeypatch.setattr(Path, name, method)


def refusal(number, winerror=None, filename=None):
    error = OSError(number, "the words of the system", filename)
    if winerror:
        error.winerror = winerror
    return error


def test_a_scanner_that_looks_at_a_new_file_is_waited_for(tmp_path, monkeypatch, windows):
    write_file(tmp_path / "a.xlsx", "旧")
    held(monkeypatch, "replace", 2)
    write_file(tmp_path / "a.xlsx", "新")
    assert (tmp_path / "a.xlsx").read_text(encoding="utf-8") == "新"
    assert windows == [0.05, 0.1]


def test_a_result_open_in_excel_is_told_and_stays_as_it_was(tmp_path, monkeypatch, windows):
    """Excel lets nobody replace what it has open: the old file stays whole, and nothing half-written beside it."""
    path = write_file(tmp_path / "名单-核验结果.xlsx", "旧")
    held(monkeypatch, "replace", 99)
    with pytest.raises(ZhengkaoError, match="Excel、WPS 等打开，请关闭后再运行"):
        write_file(path, "新")
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [(path.name, "旧")]
    assert sum(windows) < 1


def test_elsewhere_a_refusal_is_one_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: pytest.fail("waited"))
    write_file(tmp_path / "a", "x")
    held(monkeypatch, "replace", 1)
    with pytest.raises(PermissionError):
        move(tmp_path / "a", tmp_path / "b")


def test_what_cannot_be_removed_is_told_in_one_sentence(tmp_path, monkeypatch):
    path = write_file(tmp_path / "remedies.html", "x")
    held(monkeypatch, "unlink", 1)
    with pytest.raises(ZhengkaoError, match=r"删不了过时的 .*请关闭它再试"):
        remove(path)
    remove(path)
    remove(path)
    assert not path.exists()


def test_what_another_run_is_writing_stays(tmp_path, monkeypatch):
    """Where a file cannot be removed while it is open, tidying goes on with the others."""
    for name in (".a.csv.aaaaaaaa", ".b.csv.bbbbbbbb"):
        (tmp_path / name).write_bytes(b"")
    held(monkeypatch, "unlink", 1)
    tidy(tmp_path, ["a.csv", "b.csv"])
    assert len([*tmp_path.iterdir()]) == 1


def test_a_list_that_another_program_has_to_itself_is_told(tmp_path, monkeypatch, windows):
    """A list on a synchronised disk, open in Excel, is not to be mistaken for one without rights."""
    path = write_file(tmp_path / "名单.csv", "姓名,身份证号\n")
    held(monkeypatch, "open", 1)
    with pytest.raises(InputError, match=r"名单.csv：打不开（没有权限，或正被其他程序打开）"):
        digest_of(path)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (refusal(errno.EACCES, 32), "正被其他程序占用"),
        (refusal(errno.EACCES, 5), "没有权限，或正被其他程序打开"),
        (refusal(errno.EACCES), "没有权限，或正被其他程序打开"),
        (refusal(errno.EINVAL, 123, "a?b"), "名称里有系统不允许的字符"),
        (refusal(errno.EINVAL, None, "a?b"), "名称里有系统不允许的字符"),
        (refusal(errno.EINVAL), "系统错误 22"),
        (refusal(errno.ENOENT, 206, "a" * 300), "路径太长"),
        (refusal(errno.ENOENT, 3, "a" * 300), "没有这个文件或文件夹，或路径太长"),
        (refusal(errno.ENOENT, 2, "a"), "没有这个文件或文件夹"),
    ],
)
def test_reasons_of_windows_are_told_in_chinese(error, told, windows):
    assert os_reason(error) == told
