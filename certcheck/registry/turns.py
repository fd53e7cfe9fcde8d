"""One request at a time per host, and when the last query began: over all processes of one database.

The lock is held by a transaction, not by a lease: the system that keeps it (the operating system for
SQLite, the server for PostgreSQL) gives it back the moment its holder dies, and no clock says who has
it. ``docs/decisions/0008-turns-and-captchas-ahead.md`` says why.

A start is committed before its query leaves, so that one whose process was killed counts, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from certcheck.registry.hosts import is_this_machine
from certcheck.registry.interface import RegistryStopError
from common.database import make_tables
from common.errors import InputError, ZhengkaoError

_META = sa.MetaData()
_TURNS = sa.Table(
    "turns", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("started", sa.Double, nullable=False),  # seconds since 1970
    sa.Column("ended", sa.Double),  # missing where the process died on the way
    sa.Column("pause", sa.Double, nullable=False, default=0.0),  # seconds that the site asked for
    sa.Index("turns_of_host", "host", "id"),
)  # fmt: skip

_LOOK = 0.02  # seconds between two looks whether the lock is free
_BUSY = 5  # SQLITE_BUSY; extended codes have it in their low byte
_LONGEST_REQUEST = "10min"  # a connection to PostgreSQL that died without a word gives the lock back then

Attempt = Callable[[], AbstractContextManager[bool]]


@dataclass(frozen=True, slots=True)
class Turn:
    """The last query of a host: its number, how many seconds ago it began, the pause asked for after it.

    ``under_way`` says that no end was noted: it is under way, or its process died.
    """

    number: int
    age: float
    pause: float
    under_way: bool


class Turns:
    """The turns of one host in one database.

    Parameters
    ----------
    engine
        an open database, SQLite or PostgreSQL; the table is made if it is missing.
    host
        the host with its port.
    wall
        seconds since 1970. A PostgreSQL server's own clock is used instead of it, since several
        machines share that.
    monotonic, sleep
        the clock of waiting, and the wait.
    patience
        seconds to wait for others before giving up.

    Raises
    ------
    InputError
        the database is of another kind.
    """

    def __init__(
        self,
        engine: sa.Engine,
        host: str,
        *,
        wall: Callable[[], float],
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        patience: float,
    ) -> None:
        self._engine, self._host, self._wall = engine, host, wall
        self._monotonic, self._sleep, self._patience = monotonic, sleep, patience
        self._attempt = _attempt_for(engine, "this machine" if is_this_machine(host) else host)
        make_tables(engine, _META)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the host: no other process, and no other thread, sends it anything meanwhile.

        Raises
        ------
        RegistryStopError
            others held it for longer than the patience.
        """
        until = self._monotonic() + self._patience
        while True:
            with self._attempt() as held:
                if held:
                    yield
                    return
            if self._monotonic() >= until:
                raise RegistryStopError(
                    "同一数据库的另一个核验一直占着这个查询平台，本次核验已暂停，已有结果全部保留。请稍后用 --resume 继续。"
                )
            self._sleep(_LOOK)

    def latest(self) -> Turn | None:
        """Give the last query of this host, by whichever process."""
        query = sa.select(_TURNS).where(_TURNS.c.host == self._host).order_by(_TURNS.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
            now = self._now(connection)
        return None if row is None else Turn(row.id, now - row.started, row.pause, row.ended is None)

    def start(self) -> int:
        """Note that a query begins now, through to the disk; gives its number."""
        with self._engine.begin() as connection:
            row = {"host": self._host, "started": self._now(connection)}
            done: Any = connection.execute(_TURNS.insert().values(row))
        return int(done.inserted_primary_key[0])

    def end(self, number: int, age: float, pause: float) -> None:
        """Note that a query has ended.

        ``age`` is how many seconds ago it left: the disk may have taken its time with the start.
        ``pause`` is how many seconds from then on the site asked to be left alone.
        """
        with self._engine.begin() as connection:
            now = self._now(connection)
            row = {"started": now - age, "ended": now, "pause": pause}
            connection.execute(_TURNS.update().where(_TURNS.c.id == number).values(row))

    def count_since(self, moment: float) -> int:
        """Count the queries of this host since a moment, in seconds since 1970."""
        query = (
            sa.select(sa.func.count())
            .select_from(_TURNS)
            .where(_TURNS.c.host == self._host, _TURNS.c.started >= moment)
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def _now(self, connection: sa.Connection) -> float:
        if connection.dialect.name != "postgresql":
            return self._wall()
        epoch = sa.extract("epoch", sa.func.clock_timestamp())
        return float(connection.scalar(sa.select(epoch)) or 0.0)


def _attempt_for(engine: sa.Engine, site: str) -> Attempt:
    """Give the way to try for the lock of a site."""
    mark = hashlib.sha256(f"zhengkao turn {site}".encode()).digest()
    if engine.dialect.name == "postgresql":
        return lambda: _advisory_lock(engine, int.from_bytes(mark[:8], "big", signed=True))
    if engine.dialect.name != "sqlite":
        raise InputError("联网核验的数据库（--db）只可用 SQLite 或 PostgreSQL。")
    with engine.connect() as connection:
        file = connection.exec_driver_sql("PRAGMA database_list").all()[0][2]
    if not file:
        raise InputError("内存数据库留不住已有答复，不能用于联网核验。请改用文件（--db）。")
    return lambda: _file_lock(Path(f"{file}-turn-{mark.hex()[:12]}"))


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[bool]:
    """Try for an exclusive transaction on an empty SQLite file beside the database.

    In the database itself it would keep everybody from writing while the site thinks.
    """
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise _unusable(error) from error
    with contextlib.closing(connection):  # closing ends the transaction
        try:
            connection.execute("BEGIN EXCLUSIVE")
            held = True
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != _BUSY:
                raise _unusable(error) from error
            held = False
        yield held


@contextlib.contextmanager
def _advisory_lock(engine: sa.Engine, key: int) -> Iterator[bool]:
    """Try for the server's lock, held by a transaction of a connection that does nothing else."""
    with engine.connect() as connection:
        held = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(key))))
        if held:
            connection.exec_driver_sql(
                f"SET LOCAL idle_in_transaction_session_timeout = '{_LONGEST_REQUEST}'"
            )
        yield held


def _unusable(error: sqlite3.Error) -> ZhengkaoError:
    return ZhengkaoError(
        f"数据库旁的轮候文件（-turn-）无法使用（{type(error).__name__}）。请检查 --db 或 ZHENGKAO_HOME 的权限。"
    )
