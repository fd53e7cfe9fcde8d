"""Where the program keeps what it must not lose: its folder, and databases in it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa
from sqlalchemy import event

from common.errors import InputError, ZhengkaoError
from common.files import os_reason
from common.keys import make_key_file
from common.refusals import why_refused
from common.vault import KEY_BYTES

_BEGIN = "zhengkao_begin"  # execution option: the words that begin a transaction of SQLite
_PATIENCE = 30_000  # milliseconds that a statement waits for another process
_TRIES = 100
_TABLES = 0x7A6B_0001  # the server's lock for making tables


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
    """Open a database, SQLite or PostgreSQL; it writes through to the disk before a commit returns.

    Whatever the database then refuses is a ``ZhengkaoError``. A new SQLite file is readable by its
    owner only, and what is deleted from it is overwritten.

    Raises
    ------
    InputError
        the address is none, or there is no driver for it.
    """
    try:
        engine = sa.create_engine(url, hide_parameters=True)
    except (sa.exc.ArgumentError, ImportError, ValueError) as error:
        raise InputError(
            "数据库地址（--db）无法使用，应为 sqlite:///C:/data/zhengkao.sqlite，"
            "或 postgresql://用户@服务器/库（先安装驱动：pip install psycopg[binary]）。"
        ) from error
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise InputError("数据库（--db）只可用 SQLite 或 PostgreSQL。")
    event.listen(engine, "handle_error", _told)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _begin)
        _make_private(engine.url.database or "")
    else:
        event.listen(engine, "connect", _durable_server)
    return engine


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a transaction that may read first and then write: no other one writes in between.

    SQLite would refuse the write otherwise where another process wrote since the reading. On
    PostgreSQL rows that must not change meanwhile are to be locked as they are read.
    """
    with engine.connect() as connection:
        connection.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        with connection.begin():
            yield connection


def make_tables(engine: sa.Engine, tables: sa.MetaData) -> None:
    """Make tables that are missing, however many processes do so at once."""
    with writing(engine) as connection:
        lock_tables(connection)
        tables.create_all(connection)


def lock_tables(connection: sa.Connection) -> None:
    """Keep others from making or changing tables until the end of a ``writing`` transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TABLES)))


def scrub(engine: sa.Engine, tables: sa.MetaData, patience: int = 2_000) -> None:
    """Make sure that nothing deleted is left in the files of a database.

    SQLite: the log beside the database is emptied and the database written anew, without its free
    pages. PostgreSQL: these tables are written anew; the server's own logs and backups are its
    administrator's.

    Raises
    ------
    ZhengkaoError
        others use the database for longer than the patience (milliseconds), or the disk is full.
    """
    if engine.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables.sorted_tables)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = {patience}")
            connection.exec_driver_sql(f"VACUUM (FULL) {names}")
            connection.exec_driver_sql("RESET lock_timeout")
        return
    with engine.connect() as connection:
        connection.execution_options(**{_BEGIN: ""})
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        try:
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE}")
    if busy:
        raise ZhengkaoError("数据库正被另一个程序占用，删去的内容还没有从文件里抹净。请等它结束后再运行。")


def sqlite_url(path: Path) -> sa.URL:
    """Give the address of a SQLite file, whatever characters its path has."""
    return sa.URL.create("sqlite", database=str(path))


def installation_key(folder: Path) -> bytes:
    """Give the 32-byte key of this installation, made on first use, readable by its owner only."""
    path = folder / "installation.key"
    try:
        if not path.exists():
            make_key_file(path, os.urandom(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise ZhengkaoError(f"{path} 无法读写（{os_reason(error)}）。请检查权限和磁盘空间。") from error
    if len(key) != KEY_BYTES:
        raise ZhengkaoError(f"{path} 不是 32 字节的密钥文件；确认没有旧数据后删除它再运行。")
    return key


def _make_private(database: str) -> None:
    if database and database != ":memory:" and not database.startswith("file:"):
        with contextlib.suppress(OSError):  # SQLite itself tells what is wrong with the place
            Path(database).touch(mode=0o600, exist_ok=False)


def _told(context: sa.engine.ExceptionContext) -> None:
    """Tell any refusal of the database in one sentence, without what was to be written."""
    error = context.original_exception
    raise ZhengkaoError(f"数据库无法使用：{why_refused(error.__cause__ or error)}。")


def _begin(connection: sa.Connection) -> None:
    words = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if words:
        connection.exec_driver_sql(words)


def _durable(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin by _begin only
    try:
        _set_up(connection.cursor())
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError from error  # SQLAlchemy hands on errors of the driver only, here


def _set_up(cursor: sqlite3.Cursor) -> None:
    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
    if cursor.execute("PRAGMA journal_mode").fetchall() == [("delete",)]:
        _switch_to_log(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA fullfsync=ON")  # macOS: past the drive's own cache, too
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _switch_to_log(cursor: sqlite3.Cursor) -> None:
    """Let a new SQLite file write ahead to a log; of several processes one does it, the others wait.

    SQLite does not wait by itself here. A transaction does, and ends when the other has switched.
    """
    for _ in range(_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL").fetchall()


def _durable_server(connection: Any, _record: object) -> None:
    """Ask a PostgreSQL server to write through, too, whatever its own settings are."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("SET default_transaction_isolation = 'read committed'")
    connection.commit()
