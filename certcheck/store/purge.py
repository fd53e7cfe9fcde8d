"""Runs whose people are forgotten; that they were, when, and how often who was asked, stays.

What goes: the answers, the questions, the options of the run (names of files may be names of people)
and the hash that people are found by. What stays: the run's name and start, and of each exchange
its moment, host, address and status. Instead of the question stands a number drawn at random, the
same for one question of one run, so that people are still counted, and nobody is found.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from certcheck.store.opening import Opened, Store
from certcheck.store.sealing import digest_of_sealed
from certcheck.store.tables import EXCHANGES, RUNS, STATE, moment
from common.errors import InputError
from common.vault import KEY_BYTES, Entropy


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that still holds people: when anything of it was last asked or begun, and how much it holds."""

    name: str
    last: dt.datetime
    exchanges: int


def runs_with_people(store: Store) -> list[Kept]:
    """Give every run that was not purged, oldest first."""
    known: dict[str, tuple[dt.datetime, int]] = {}
    with store.reading() as opened:
        for row in opened.connection.execute(sa.select(RUNS).where(RUNS.c.options.is_not(None))):
            known[row.name] = moment(row.started_at), 0
        asked = sa.select(EXCHANGES.c.run, EXCHANGES.c.started_at).where(EXCHANGES.c.content.is_not(None))
        for row in opened.connection.execute(asked):
            when = moment(row.started_at)
            last, count = known.get(row.run, (when, 0))
            known[row.run] = max(last, when), count + 1
    return sorted((Kept(name, *rest) for name, rest in known.items()), key=lambda run: (run.last, run.name))


def chosen(runs: Collection[Kept], *, before: dt.date | None = None, name: str | None = None) -> list[Kept]:
    """Choose runs: the named one, else those that ended before a day.

    Raises
    ------
    InputError
        there is no run of this name that holds people.
    """
    found = [run for run in runs if name in (None, run.name)]
    if name is not None and not found:
        raise InputError(f"数据库中没有名为“{name}”的核验，或它的个人信息已经清除。请检查 --run 和 --db。")
    return [run for run in found if before is None or run.last.date() < before]


def overdue(store: Store, kept_since: dt.date) -> int:
    """Count the runs that ended before a day and still hold people."""
    oldest = sa.select(RUNS.c.started_at).where(RUNS.c.options.is_not(None)).order_by(RUNS.c.id).limit(1)
    with store.reading() as opened:
        started = opened.connection.scalar(oldest)
    if started is None or moment(started).date() >= kept_since:
        return 0  # as mostly, and without looking at every answer
    return len(chosen(runs_with_people(store), before=kept_since))


def purge(store: Store, names: Collection[str]) -> int:
    """Forget the people of some runs; gives how many exchanges held some.

    ``Store.clean`` overwrites afterwards what is still left of them in the files.
    """
    count = 0
    with store.writing(alone=True) as opened:
        for name in names:
            _blank_options(opened, name)
            count += _blank_exchanges(opened, name, store.keys.entropy)
        opened.connection.execute(sa.update(STATE).values(unclean=1))
    return count


def _blank_options(opened: Opened, name: str) -> None:
    query = sa.select(RUNS).where(RUNS.c.name == name, RUNS.c.options.is_not(None))
    for row in opened.connection.execute(query).all():
        change = sa.update(RUNS).where(RUNS.c.id == row.id)
        opened.connection.execute(change.values(options=None, digest=digest_of_sealed(row.options)))


def _blank_exchanges(opened: Opened, run: str, entropy: Entropy) -> int:
    query = sa.select(EXCHANGES.c.id, EXCHANGES.c.question, EXCHANGES.c.content).where(
        EXCHANGES.c.run == run, EXCHANGES.c.content.is_not(None)
    )
    stands_for: defaultdict[str, str] = defaultdict(lambda: entropy(KEY_BYTES).hex())
    values = [
        {"row": row.id, "stands_for": stands_for[row.question], "kept": digest_of_sealed(row.content)}
        for row in opened.connection.execute(query)
    ]
    if values:
        opened.connection.execute(_blanked(), values)
    return len(values)


def _blanked() -> Any:
    return (
        sa.update(EXCHANGES)
        .where(EXCHANGES.c.id == sa.bindparam("row"))
        .values(question=sa.bindparam("stands_for"), content=None, digest=sa.bindparam("kept"))
    )
