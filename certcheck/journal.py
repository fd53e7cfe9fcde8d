"""The append-only record of what was asked and what came back; nothing is asked twice.

Every exchange is written, raw, before anybody reads it. What it means is worked out anew from the
raw bytes each time, so a better reader improves old runs and a kill between writing and judging
loses nothing. An answer of an earlier run that is used again is copied into the run that uses it, so
that nothing asked later changes what a run found. How rows lie on the disk: ``certcheck/store``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from certcheck.model import Answer, AnswerState, Question
from certcheck.registry.hosts import same_site
from certcheck.registry.interface import Exchange, PageReading, ReadingState
from certcheck.store.opening import Store
from certcheck.store.sealing import (
    Asked,
    find_question,
    open_exchange,
    open_options,
    seal_exchange,
    seal_options,
)
from certcheck.store.tables import EXCHANGES, RUNS, moment
from common.errors import InputError

Read = Callable[[Exchange, Question], PageReading]
_BATCH = 500  # exchanges opened at a time
_EVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_CONFIRMATIONS = 2  # a "nothing found" is asked a second time before it stands


class Journal:
    """The journal of one run in one database.

    Parameters
    ----------
    store
        the database.
    read
        how an exchange is read (``pages.read_answer`` with its vocabulary).
    now
        the clock: an answer of another run that is dated later is not used again.
    """

    def __init__(self, store: Store, read: Read, now: Callable[[], dt.datetime] | None = None) -> None:
        self._store, self._read, self._now = store, read, now

    def start_run(self, name: str, started_at: dt.datetime, options: dict[str, Any]) -> None:
        """Write down a run and its options before anything is asked."""
        with self._store.writing() as opened:
            row = seal_options(opened.vault, name, started_at.isoformat(), options)
            opened.connection.execute(sa.insert(RUNS).values(row))

    def run_options(self, name: str) -> tuple[str, dt.datetime, dict[str, Any]]:
        """Give the name, the start and the options of an earlier run; ``latest`` is the newest.

        Raises
        ------
        InputError
            no such run is in this database, or what it was about is purged.
        """
        query = sa.select(RUNS).order_by(RUNS.c.id.desc()).limit(1)
        if name != "latest":
            query = query.where(RUNS.c.name == name)
        with self._store.reading() as opened:
            row = opened.connection.execute(query).first()
            if row is None:
                raise InputError(f"数据库中没有名为“{name}”的核验记录。请检查 --resume 和 --db。")
            if row.options is None:
                raise InputError(f"核验 {row.name} 的个人信息已经清除，不能继续。请重新核验。")
            return row.name, moment(row.started_at), open_options(opened.vault, row)

    def write(self, run: str, host: str, question: Question, exchange: Exchange) -> int:
        """Write one exchange through to the disk and give its number."""
        with self._store.writing() as opened:
            asked = Asked(run, host, question, exchange)
            row = seal_exchange(opened.vault, asked, find_question(opened.vault, question))
            done: Any = opened.connection.execute(sa.insert(EXCHANGES).values(row))
        return int(done.inserted_primary_key[0])

    def exchanges_of(self, run: str) -> Iterator[Asked]:
        """Give every exchange of a run in the order they were written; what it reused is among them."""
        last = 0
        while True:
            query = (
                sa.select(EXCHANGES)
                .where(EXCHANGES.c.run == run, EXCHANGES.c.content.is_not(None), EXCHANGES.c.id > last)
                .order_by(EXCHANGES.c.id)
                .limit(_BATCH)
            )
            with self._store.reading() as opened:
                rows = [
                    (row.id, open_exchange(opened.vault, row)) for row in opened.connection.execute(query)
                ]
            if not rows:
                return
            for last, asked in rows:  # noqa: B007 - where the next batch begins
                yield asked

    def answer(self, run: str, host: str, question: Question, not_before: dt.datetime) -> Answer | None:
        """Conclude from what is written: this run's exchanges, else others' that are fresh enough.

        None means that it must be asked (again).
        """
        kept = self._exchanges(question)
        own = [one for one in kept if one.run == run and same_site(one.host, host)]
        answer = self._concluded(own, question, run)
        if answer is not None:
            return answer
        known_here = {_identity(one) for one in own}
        others = {_identity(one): one for one in kept if one.run != run and one.host == host}
        not_after = self._now() if self._now and others else _EVER
        fresh = [
            one
            for identity, one in sorted(others.items())
            if not_before <= identity[0] <= not_after and identity not in known_here
        ]
        # two runs at once may each have heard one "nothing found"
        answer = self._concluded(sorted([*own, *fresh], key=_identity), question, run)
        if answer is not None:
            self._copy(fresh, run, question)
        return answer

    def _exchanges(self, question: Question) -> list[Asked]:
        """Give every exchange about a question, by whichever run, in the order they were written."""
        with self._store.reading() as opened:
            query = (
                sa.select(EXCHANGES)
                .where(EXCHANGES.c.question == find_question(opened.vault, question))
                .order_by(EXCHANGES.c.id)
            )
            return [open_exchange(opened.vault, row) for row in opened.connection.execute(query)]

    def _copy(self, fresh: list[Asked], run: str, question: Question) -> None:
        """Write exchanges of other runs into this one, with their own dates."""
        with self._store.writing() as opened:
            found_by = find_question(opened.vault, question)
            rows = [
                seal_exchange(
                    opened.vault, Asked(run, one.host, question, one.exchange, reused=True), found_by
                )
                for one in fresh
            ]
            opened.connection.execute(sa.insert(EXCHANGES), rows)

    def _concluded(self, asked: list[Asked], question: Question, run: str) -> Answer | None:
        """Conclude from exchanges; says so where the one that decided is another run's."""
        answer = conclude([(one.exchange.started_at, self._read(one.exchange, question)) for one in asked])
        if answer is None:
            return None
        deciding = (one for one in asked if one.exchange.started_at == answer.asked_at)
        return dataclasses.replace(answer, reused=all(one.reused or one.run != run for one in deciding))


def _identity(one: Asked) -> tuple[dt.datetime, bytes]:
    """Tell exchanges apart, of which copies may stand in several runs."""
    return moment(one.exchange.started_at), one.exchange.body


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
