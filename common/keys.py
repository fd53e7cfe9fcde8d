"""The files that keys lie in, outside the databases that they open: one key of one database a file.

A key is on the disk before anything is sealed with it, its name in the folder included: power that
goes off must never leave a database whose key is gone.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from common.errors import ZhengkaoError
from common.files import os_reason, write_private
from common.vault import KEY_BYTES, key_name


class KeyFolder:
    """The folder of keys; a file is called after its database and its key.

    Parameters
    ----------
    folder
        made on the first use.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, database: str, key: bytes) -> str:
        """Write a key down and give its name."""
        path = self._path(database, key_name(key))
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            _flush_folder(self._folder.parent)
            make_key_file(path, key)
        except OSError as error:
            raise ZhengkaoError(
                f"写不了密钥文件 {path}（{os_reason(error)}）。请检查 ZHENGKAO_HOME 的权限和磁盘空间。"
            ) from error
        return key_name(key)

    def read(self, database: str, name: str) -> bytes:
        """Give a key of a database by its name.

        Raises
        ------
        ZhengkaoError
            its file is missing, cannot be read, or holds something else.
        """
        path = self._path(database, name)
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            raise ZhengkaoError(
                f"找不到这个数据库的密钥文件 {path}，里面的内容没有它就解不开。"
                "请检查 ZHENGKAO_HOME 和 --db 是否属于同一次安装，或从备份放回这个文件。"
            ) from None
        except OSError as error:
            raise ZhengkaoError(f"密钥文件 {path} 读不了（{os_reason(error)}）。请检查权限。") from error
        if len(key) != KEY_BYTES or key_name(key) != name:
            raise ZhengkaoError(
                f"密钥文件 {path} 不是这个数据库的密钥：被换过，或已损坏。请从备份放回原来的文件。"
            )
        return key

    def keep_only(self, database: str, name: str) -> None:
        """Remove every other key of a database, and what a kill left half made of one."""
        kept, starts = self._path(database, name).name, (f"{database}-", f".{database}-")
        try:
            for path in list(self._folder.iterdir()):
                if path.name != kept and path.name.startswith(starts):
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise ZhengkaoError(
                f"删不掉旧的密钥文件（{os_reason(error)}）：{self._folder}。请检查权限。"
            ) from error

    def _path(self, database: str, name: str) -> Path:
        return self._folder / f"{database}-{name}.key"


def make_key_file(path: Path, key: bytes) -> None:
    """Write a key whole or not at all, for its owner only; a file that is there already stays."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first
            _put(Path(temporary), path, key)
    finally:
        with contextlib.suppress(OSError):  # on Windows somebody may look at it just now
            Path(temporary).unlink(missing_ok=True)
    _flush_folder(path.parent)


def _put(temporary: Path, path: Path, key: bytes) -> None:
    """Let a file that is on the disk have its name, unless another one has it.

    Raises
    ------
    FileExistsError
        another one has.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # sticks (FAT, exFAT) and some shares know no links
        if sys.platform == "win32":
            temporary.rename(path)  # which replaces nothing there
        else:
            write_private(path, key)


def _flush_folder(folder: Path) -> None:
    """Write a folder's entries through to the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
