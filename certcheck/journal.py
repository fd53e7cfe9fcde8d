"""The append-only record of what was asked and what came back; nothing is asked twice.

Every exchange is written, raw, before anybody reads it. What it means is worked out anew from the
raw bytes each time, so a better reader improves old runs and a kill between writing and judging
loses nothing. An answer of an earlier run that is used again is copied into the run that uses it, so
that nothing asked later changes what a run found. People are found by a keyed hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from certcheck.model import Answer, AnswerState, Question
from certcheck.registry.hosts import same_site
from certcheck.registry.interface import Exchange, PageReading, ReadingState
from common.database import make_tables
from common.errors import InputError

_META = sa.MetaData()
_RUNS = sa.Table(
    "runs", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("options", sa.Text, nullable=False),
)  # fmt: skip
_EXCHANGES = sa.Table(
    "exchanges", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.String(64), nullable=False),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("question", sa.String(64), nullable=False),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("path", sa.String(255), nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("headers", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Index("by_question", "question", "host"),
)  # fmt: skip

Read = Callable[[Exchange, Question], PageReading]
_CONFIRMATIONS = 2  # a "nothing found" is asked a second time before it stands


class Journal:
    """The journal of one run in one database.

    Parameters
    ----------
    engine
        an open database; its tables are made if they are missing.
    key
        the installation's key, for the hash that finds people.
    read
        how an exchange is read (``pages.read_answer`` with its vocabulary).
    """

    def __init__(self, engine: sa.Engine, key: bytes, read: Read) -> None:
        self._engine, self._key, self._read = engine, key, read
        make_tables(engine, _META)

    def start_run(self, name: str, started_at: dt.datetime, options: dict[str, Any]) -> None:
        """Write down a run and its options before anything is asked."""
        row = {
            "name": name,
            "started_at": started_at.isoformat(),
            "options": json.dumps(options),  # ASCII: the name of a file may be no proper text
        }
        with self._engine.begin() as connection:
            connection.execute(_RUNS.insert().values(row))

    def run_options(self, name: str) -> tuple[str, dt.datetime, dict[str, Any]]:
        """Give the name, the start and the options of an earlier run; ``latest`` is the newest.

        Raises
        ------
        InputError
            no such run is in this database.
        """
        query = sa.select(_RUNS).order_by(_RUNS.c.id.desc()).limit(1)
        if name != "latest":
            query = query.where(_RUNS.c.name == name)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise InputError(f"数据库中没有名为“{name}”的核验记录。请检查 --resume 和 --db。")
        return row.name, dt.datetime.fromisoformat(row.started_at), json.loads(row.options)

    def write(self, run: str, host: str, question: Question, exchange: Exchange) -> int:
        """Write one exchange through to the disk and give its number."""
        with self._engine.begin() as connection:
            done: Any = connection.execute(
                _EXCHANGES.insert().values(
                    run=run,
                    host=host,
                    question=self._hash(question),
                    started_at=exchange.started_at,
                    path=exchange.path,
                    status=exchange.status,
                    headers=json.dumps(exchange.headers),
                    body=exchange.body,
                    error=exchange.error,
                ),
            )
        return int(done.inserted_primary_key[0])

    def answer(self, run: str, host: str, question: Question, not_before: dt.datetime) -> Answer | None:
        """Conclude from what is written: this run's exchanges, else others' that are fresh enough.

        None means that it must be asked (again).
        """
        query = (
            sa.select(_EXCHANGES)
            .where(_EXCHANGES.c.question == self._hash(question))
            .order_by(_EXCHANGES.c.id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        own = [row for row in rows if row.run == run and same_site(row.host, host)]
        answer = conclude([self._reading(row, question) for row in own])
        if answer is not None:
            return answer
        others = {_identity(row): row for row in rows if row.run != run and row.host == host}
        fresh = [row for (asked_at, _), row in sorted(others.items()) if asked_at >= not_before]
        both = sorted(
            [*own, *fresh], key=_identity
        )  # two runs at once may each have heard one "nothing found"
        answer = conclude([self._reading(row, question) for row in both])
        if answer is not None:
            self._copy(fresh, run)
        return answer

    def _copy(self, rows: list[Any], run: str) -> None:
        """Write exchanges of other runs into this one, with their own dates."""
        copies = [{**row._mapping, "run": run} for row in rows]  # noqa: SLF001 - SQLAlchemy's public name
        for copy in copies:
            del copy["id"]
        with self._engine.begin() as connection:
            connection.execute(_EXCHANGES.insert(), copies)

    def _reading(self, row: Any, question: Question) -> tuple[str, PageReading]:
        exchange = Exchange(
            row.started_at,
            row.path,
            row.status,
            tuple((name, value) for name, value in json.loads(row.headers)),
            row.body,
            row.error,
        )
        return row.started_at, self._read(exchange, question)

    def _hash(self, question: Question) -> str:
        text = f"{question.kind}\x1f{question.id_number}\x1f{question.name}"
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def _identity(row: Any) -> tuple[dt.datetime, bytes]:
    """Tell exchanges apart, of which copies may stand in several runs."""
    return dt.datetime.fromisoformat(row.started_at), row.body


def conclude(readings: list[tuple[str, PageReading]]) -> Answer | None:
    """Give the latest conclusion of a question's readings, in the order they were made.

    Records are an answer at once; "nothing found" stands when it was said twice with no other
    answer between; everything else concludes nothing.
    """
    answer: Answer | None = None
    nothing = 0
    for asked_at, reading in readings:
        if reading.state is ReadingState.FOUND:
            answer, nothing = Answer(AnswerState.FOUND, reading.records, asked_at), 0
        elif reading.state is ReadingState.NOTHING_FOUND:
            nothing += 1
            if nothing >= _CONFIRMATIONS:
                answer = Answer(AnswerState.NOT_FOUND, (), asked_at, reason=reading.reason)
    return answer
