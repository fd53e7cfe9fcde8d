"""A database opened for the journal: made or brought to the present form, and the key that opens it.

The state in the database says which key everything is sealed with. It is read in the same
transaction as whatever is read or written, so that a key that was changed by another process
meanwhile is noticed, and nothing is ever sealed with one that is gone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from certcheck.store.earlier import move_version_0, was_version_0
from certcheck.store.tables import META, STATE, VERSION
from common.database import lock_tables, scrub, writing
from common.errors import ZhengkaoError
from common.keys import KeyFolder
from common.vault import KEY_BYTES, Entropy, Vault

_ORIGIN_BYTES = 8


@dataclass(frozen=True, slots=True)
class Keys:
    """Where keys come from and lie.

    ``earlier`` gives the key that version 0 found people by; ``entropy`` gives random bytes.
    """

    folder: KeyFolder
    entropy: Entropy
    earlier: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A transaction under way, with the key that the database is sealed with."""

    connection: sa.Connection
    vault: Vault
    origin: str


class Store:
    """A database of the journal.

    Parameters
    ----------
    engine
        an open database; its tables are made, or brought to the present form.
    keys
        where its key lies, or is put if the database is new.

    Raises
    ------
    ZhengkaoError
        the key is missing or another one, or a newer version wrote the database.
    """

    def __init__(self, engine: sa.Engine, keys: Keys) -> None:
        self.engine, self.keys = engine, keys
        self._vault: Vault | None = None
        state = self._state_at_first()
        if state is None:
            self._make()
        elif state.version != VERSION:
            raise ZhengkaoError(
                "这个数据库由更新的版本写成，本版本读不了。请升级 zhengkao，或用 --db 指定另一个数据库。"
            )
        with self.reading() as opened:
            unclean = self.state(opened.connection).unclean
        if unclean:
            with contextlib.suppress(
                ZhengkaoError
            ):  # others are using it: the next one to open it tries again
                self.clean()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Opened]:
        """Give a transaction to read in."""
        with self.engine.connect() as connection, connection.begin():
            yield self._opened(connection)

    @contextlib.contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Opened]:
        """Give a transaction to write in; it is on the disk when this ends.

        ``alone`` keeps every other reader and writer of the journal waiting on a server, too, as a
        change of the state needs it.
        """
        with writing(self.engine) as connection:
            yield self._opened(connection, alone=alone)

    def state(self, connection: sa.Connection, *, alone: bool = False) -> Any:
        """Give the state; nobody changes it before the transaction ends."""
        state = connection.execute(sa.select(STATE).with_for_update(read=not alone)).one_or_none()
        if state is None:
            raise ZhengkaoError("数据库不完整，没有写明密钥的一行。请从备份恢复，或移走它重新开始。")
        return state

    def clean(self) -> None:
        """Overwrite what was deleted, and remove keys that nothing is sealed with any more.

        Raises
        ------
        ZhengkaoError
            others use the database just now; it stays marked as unclean.
        """
        scrub(self.engine, META)
        with self.writing(alone=True) as opened:
            self.keys.folder.keep_only(opened.origin, opened.vault.name)
            opened.connection.execute(sa.update(STATE).values(unclean=0))

    def _opened(self, connection: sa.Connection, *, alone: bool = False) -> Opened:
        state = self.state(connection, alone=alone)
        vault = self._vault  # another thread may change it meanwhile
        if vault is None or vault.name != state.key:
            vault = self._vault = Vault(self.keys.folder.read(state.origin, state.key), self.keys.entropy)
        return Opened(connection, vault, state.origin)

    def _state_at_first(self) -> Any:
        with self.engine.connect() as connection:
            if not sa.inspect(connection).has_table(STATE.name):
                return None
            return connection.execute(sa.select(STATE)).one_or_none()

    def _make(self) -> None:
        """Make the tables and the key, unless another process did so a moment before."""
        with writing(self.engine) as connection:
            lock_tables(connection)
            if sa.inspect(connection).has_table(STATE.name):
                return
            earlier = was_version_0(connection)
            key = self.keys.earlier() if earlier else self.keys.entropy(KEY_BYTES)
            origin = self.keys.entropy(_ORIGIN_BYTES).hex()
            name = self.keys.folder.make(origin, key)
            META.create_all(connection)
            state = {"id": 1, "version": VERSION, "origin": origin, "key": name, "unclean": int(earlier)}
            connection.execute(sa.insert(STATE).values(state))
            if earlier:
                move_version_0(connection, Vault(key, self.keys.entropy))
