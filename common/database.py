"""Where the program keeps what it must not lose: its folder, and databases in it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs
import sqlalchemy as sa
from sqlalchemy import event

from common.errors import InputError, ZhengkaoError
from common.files import os_reason

_TRIES = 9  # each time the other process was one table ahead


def home_folder(environment: Mapping[str, str]) -> Path:
    """Give the program's folder: ``ZHENGKAO_HOME``, else the user's data folder; made if missing."""
    named = environment.get("ZHENGKAO_HOME")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("zhengkao", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ZhengkaoError(
            f"不能建立程序数据文件夹 {folder}（{os_reason(error)}）。请设置 ZHENGKAO_HOME。"
        ) from error
    return folder


def open_engine(url: str | sa.URL) -> sa.Engine:
    """Open a database; SQLite writes through to the disk before a commit returns.

    Whatever the database then refuses is a ``ZhengkaoError``. A new SQLite file is readable by its
    owner only, for raw answers lie in it.

    Raises
    ------
    InputError
        the address is none, or there is no driver for it.
    """
    try:
        engine = sa.create_engine(url, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError, ValueError) as error:
        raise InputError("数据库地址（--db）无法使用，例如 sqlite:///C:/data/zhengkao.sqlite。") from error
    event.listen(engine, "handle_error", _told)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable)
        _make_private(engine.url.database or "")
    return engine


def make_tables(engine: sa.Engine, tables: sa.MetaData) -> None:
    """Make the tables that are missing; another process may be at it in the same moment."""
    for _ in range(_TRIES):
        with contextlib.suppress(ZhengkaoError):  # what the other made first is there at the next look
            tables.create_all(engine)
            return
    tables.create_all(engine)


def sqlite_url(path: Path) -> sa.URL:
    """Give the address of a SQLite file, whatever characters its path has."""
    return sa.URL.create("sqlite", database=str(path))


def installation_key(folder: Path) -> bytes:
    """Give the 32-byte key of this installation, made on first use, readable by its owner only."""
    path = folder / "installation.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise ZhengkaoError(f"{path} 无法读写（{os_reason(error)}）。请检查权限和磁盘空间。") from error
    if len(key) != 32:
        raise ZhengkaoError(f"{path} 不是 32 字节的密钥文件；确认没有旧数据后删除它再运行。")
    return key


def _make_key(path: Path) -> None:
    """Make the key whole or not at all: a kill half-way, or a second process, must not spoil it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".installation-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _make_private(database: str) -> None:
    if database and database != ":memory:" and not database.startswith("file:"):
        with contextlib.suppress(OSError):  # SQLite itself tells what is wrong with the place
            Path(database).touch(mode=0o600, exist_ok=False)


def _told(context: sa.engine.ExceptionContext) -> None:
    """Tell any refusal of the database in one sentence, without what was to be written."""
    kind = type(context.original_exception).__name__
    raise ZhengkaoError(
        f"数据库无法使用（{kind}）：打不开、被占用、已损坏或磁盘已满。请检查 --db 或 ZHENGKAO_HOME 后再运行。"
    )


def _durable(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
