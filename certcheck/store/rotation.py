"""A new key for a database: everything sealed anew, every hash made anew, the old key removed.

It is one transaction: killed at any moment, the database is under the old key or under the new one,
and both lie in the folder until nothing is sealed with the old one any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from certcheck.store.opening import Opened, Store
from certcheck.store.sealing import find_question, open_exchange, open_options, seal_exchange, seal_options
from certcheck.store.tables import EXCHANGES, RUNS, STATE
from common.vault import KEY_BYTES, Vault

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows were sealed anew, and of how many the question is not known.

    Those were written by version 0, which kept no questions: they are not found any more, so they
    are asked again where they matter.
    """

    rows: int
    not_found_again: int


def rotate(store: Store) -> Rotated:
    """Change the key of a database. ``Store.clean`` removes the old one, and those of attempts that were killed."""
    entropy = store.keys.entropy
    with store.writing(alone=True) as opened:
        key = entropy(KEY_BYTES)
        new = Vault(key, entropy)
        store.keys.folder.make(opened.origin, key)
        rows = _runs(opened, new)
        forgotten = 0
        for batch in _batches(opened):
            values = [_sealed_anew(row, opened.vault, new, store) for row in batch]
            opened.connection.execute(_update_exchange(), values)
            rows += len(batch)
            forgotten += sum(value["unknown"] for value in values)
        opened.connection.execute(sa.update(STATE).values(key=new.name, unclean=1))
    return Rotated(rows, forgotten)


def _runs(opened: Opened, new: Vault) -> int:
    query = sa.select(RUNS).where(RUNS.c.options.is_not(None))
    rows = opened.connection.execute(query).all()
    for row in rows:
        sealed = seal_options(new, row.name, row.started_at, open_options(opened.vault, row))
        change = sa.update(RUNS).where(RUNS.c.id == row.id).values(options=sealed["options"])
        opened.connection.execute(change)
    return len(rows)


def _batches(opened: Opened) -> Iterator[list[Any]]:
    """Give the exchanges that were not purged, some at a time."""
    last = 0
    while True:
        query = (
            sa.select(EXCHANGES)
            .where(EXCHANGES.c.id > last, EXCHANGES.c.content.is_not(None))
            .order_by(EXCHANGES.c.id)
            .limit(_BATCH)
        )
        rows = list(opened.connection.execute(query))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _sealed_anew(row: Any, old: Vault, new: Vault, store: Store) -> dict[str, Any]:
    asked = open_exchange(old, row)
    known = asked.question
    found_by = store.keys.entropy(KEY_BYTES).hex() if known is None else find_question(new, known)
    sealed = seal_exchange(new, asked, found_by)
    return {"row": row.id, "found_by": found_by, "sealed": sealed["content"], "unknown": known is None}


def _update_exchange() -> Any:
    return (
        sa.update(EXCHANGES)
        .where(EXCHANGES.c.id == sa.bindparam("row"))
        .values(question=sa.bindparam("found_by"), content=sa.bindparam("sealed"))
    )
