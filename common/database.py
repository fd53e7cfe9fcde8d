"""Where the program keeps what it must not lose: its folder, and databases in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy import event

from common.errors import ZhengkaoError


def home_folder(environment: Mapping[str, str]) -> Path:
    """Give the program's folder: ``ZHENGKAO_HOME``, else the user's data folder; made if missing."""
    named = environment.get("ZHENGKAO_HOME")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("zhengkao", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ZhengkaoError(
            f"不能建立程序数据文件夹 {folder}（{error.strerror}）。请设置 ZHENGKAO_HOME。"
        ) from error
    return folder


def open_engine(url: str) -> sa.Engine:
    """Open a database; SQLite writes through to the disk before a commit returns."""
    try:
        engine = sa.create_engine(url, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise ZhengkaoError("数据库地址（--db）无法使用，例如 sqlite:///C:/data/zhengkao.sqlite。") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable)
    return engine


def sqlite_url(path: Path) -> str:
    """Give the address of a SQLite file, readable by its owner only."""
    if not path.exists():
        path.touch(mode=0o600)
    return f"sqlite:///{path.as_posix()}"


def installation_key(folder: Path) -> bytes:
    """Give the 32-byte key of this installation, made on first use, readable by its owner only."""
    path = folder / "installation.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
    key = path.read_bytes()
    if len(key) != 32:
        raise ZhengkaoError(f"{path} 不是 32 字节的密钥文件，可能写入时中断；确认没有旧数据后删除它再运行。")
    return key


def _durable(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
