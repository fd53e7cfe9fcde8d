"""The tables of the journal as they lie on the disk, and the version of their form.

What comes from a list or from the site lies sealed; what is not sealed tells of no person: names of
runs, moments, hosts, addresses without their query, HTTP status, and a keyed hash of the question.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from common.errors import ZhengkaoError

VERSION = 1
"""0 had no state and nothing was sealed."""

META = sa.MetaData()
STATE = sa.Table(
    "journal_state", META,
    sa.Column("id", sa.Integer, primary_key=True),  # always 1
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),  # tells databases apart whose keys lie in one folder
    sa.Column("key", sa.String(16), nullable=False),  # the name of the key that everything is sealed with
    sa.Column("unclean", sa.Integer, nullable=False),  # 1: what was deleted may still be in the files
)  # fmt: skip
RUNS = sa.Table(
    "journal_runs", META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("options", sa.LargeBinary),  # sealed; missing once it was purged
    sa.Column("digest", sa.String(64)),  # of what was purged
)  # fmt: skip
EXCHANGES = sa.Table(
    "journal_exchanges", META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.String(64), nullable=False),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("question", sa.String(64), nullable=False),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("path", sa.String(255), nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("content", sa.LargeBinary),  # sealed; missing once it was purged
    sa.Column("digest", sa.String(64)),  # of what was purged
    sa.Index("journal_exchanges_by_question", "question", "host"),
    sa.Index("journal_exchanges_by_run", "run"),
)  # fmt: skip


def moment(written: str) -> dt.datetime:
    """Read a moment of a row.

    Raises
    ------
    ZhengkaoError
        it is none, or has no zone: the database is damaged.
    """
    try:
        read = dt.datetime.fromisoformat(written)
    except (TypeError, ValueError):
        read = None
    if read is None or read.tzinfo is None:
        raise ZhengkaoError("数据库里有一个时间读不懂：内容被改动过，或已损坏。请从备份恢复数据库后再运行。")
    return read
