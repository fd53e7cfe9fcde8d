"""Key files: whole or not at all, the owner's alone, and a sentence where one is missing or wrong."""

import stat
import sys
from pathlib import Path

import pytest

from common import keys
from common.errors import ZhengkaoError
from common.keys import KeyFolder, make_key_file

KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def folder(tmp_path):
    return KeyFolder(tmp_path / "keys")


def files(tmp_path):
    return sorted(path.name for path in (tmp_path / "keys").iterdir())


def test_made_and_read(folder, tmp_path):
    name = folder.make("db", KEY)
    assert folder.read("db", name) == KEY
    assert files(tmp_path) == [f"db-{name}.key"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "keys" / f"db-{name}.key").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_missing(folder):
    with pytest.raises(ZhengkaoError, match=r"找不到这个数据库的密钥文件.*ZHENGKAO_HOME") as raised:
        folder.read("db", "0" * 16)
    assert raised.value.exit_code == 4


@pytest.mark.parametrize("content", [b"", KEY[:31], KEY + b"\n", OTHER])
def test_wrong(folder, tmp_path, content):
    """Cut off, with a line end added by an editor, or the key of something else."""
    name = folder.make("db", KEY)
    (tmp_path / "keys" / f"db-{name}.key").write_bytes(content)
    with pytest.raises(ZhengkaoError, match="不是这个数据库的密钥"):
        folder.read("db", name)


def test_unreadable(folder, tmp_path):
    name = folder.make("db", KEY)
    path = tmp_path / "keys" / f"db-{name}.key"
    path.unlink()
    path.mkdir()
    with pytest.raises(ZhengkaoError, match="读不了"):
        folder.read("db", name)


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_stick_that_knows_no_links(folder, tmp_path, monkeypatch, system):
    """FAT and exFAT: the key is there whole, nothing beside it, and a key that is there stays."""

    def link(*_):
        raise OSError(1, "Operation not permitted")

    def rename(source, target):
        if target.exists():  # as Windows does
            raise FileExistsError(17, "File exists")
        source.replace(target)

    monkeypatch.setattr(keys.os, "link", link)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "rename", rename)
    name = folder.make("db", KEY)
    assert folder.read("db", name) == KEY
    make_key_file(tmp_path / "keys" / f"db-{name}.key", OTHER)
    assert folder.read("db", name) == KEY
    assert files(tmp_path) == [f"db-{name}.key"]


def test_keep_only_touches_no_other_database(folder, tmp_path):
    kept, gone, other = folder.make("db", KEY), folder.make("db", OTHER), folder.make("db2", OTHER)
    folder.keep_only("db", kept)
    assert files(tmp_path) == sorted([f"db-{kept}.key", f"db2-{other}.key"])
    with pytest.raises(ZhengkaoError):
        folder.read("db", gone)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "keys").write_bytes(b"")
    with pytest.raises(ZhengkaoError, match="写不了密钥文件"):
        KeyFolder(tmp_path / "keys").make("db", KEY)
