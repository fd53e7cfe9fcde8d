"""Databases of version 0, which kept everything as plain text: moved into the sealed tables.

Version 0 kept no questions, only their hash; the hash stays, so that answers are still found.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from certcheck.registry.interface import Exchange
from certcheck.store.sealing import Asked, seal_exchange, seal_options
from certcheck.store.tables import EXCHANGES, RUNS
from common.vault import Vault

_META = sa.MetaData()
_OLD_RUNS = sa.Table(
    "runs", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64)),
    sa.Column("started_at", sa.String(40)),
    sa.Column("options", sa.Text),
)  # fmt: skip
_OLD_EXCHANGES = sa.Table(
    "exchanges", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.String(64)),
    sa.Column("host", sa.String(255)),
    sa.Column("question", sa.String(64)),
    sa.Column("started_at", sa.String(40)),
    sa.Column("path", sa.String(255)),
    sa.Column("status", sa.Integer),
    sa.Column("headers", sa.Text),
    sa.Column("body", sa.LargeBinary),
    sa.Column("error", sa.Text),
)  # fmt: skip


def was_version_0(connection: sa.Connection) -> bool:
    """Say whether the tables of version 0 are there."""
    inspector = sa.inspect(connection)
    return inspector.has_table(_OLD_RUNS.name) and inspector.has_table(_OLD_EXCHANGES.name)


def move_version_0(connection: sa.Connection, vault: Vault) -> None:
    """Seal every row into the new tables and drop the old ones, within the transaction under way."""
    for row in connection.execute(sa.select(_OLD_RUNS).order_by(_OLD_RUNS.c.id)).all():
        values = seal_options(vault, row.name, row.started_at, json.loads(row.options))
        connection.execute(sa.insert(RUNS).values(values))
    last = 0
    while rows := connection.execute(_after(last)).all():
        connection.execute(sa.insert(EXCHANGES), [_sealed(row, vault) for row in rows])
        last = rows[-1].id
    _META.drop_all(connection)


def _after(last: int) -> sa.Select[Any]:
    return (
        sa.select(_OLD_EXCHANGES).where(_OLD_EXCHANGES.c.id > last).order_by(_OLD_EXCHANGES.c.id).limit(500)
    )


def _sealed(row: Any, vault: Vault) -> dict[str, Any]:
    headers = tuple((name, value) for name, value in json.loads(row.headers))
    exchange = Exchange(row.started_at, row.path, row.status, headers, row.body, row.error)
    return seal_exchange(vault, Asked(row.run, row.host, None, exchange), row.question)
