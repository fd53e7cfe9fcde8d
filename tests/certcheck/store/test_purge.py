"""What purging forgets, and what it keeps."""

import contextlib
import datetime as dt
import hashlib
import sqlite3

import pytest

from certcheck.journal import Journal
from certcheck.store.purge import chosen, purge, runs_with_people
from common.errors import InputError
from tests.certcheck.registry.client_support import NEVER, START, exchange, found, question, read, store_in
from tests.certcheck.registry.replica_support import LI, ZHANG
from tests.certcheck.store.operations import (
    ALL,
    EVER,
    HOST,
    OPTIONS,
    answers_in,
    fill,
    left,
    sealed_cells,
)  # fmt: skip


def rows(folder, *columns):
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        query = f"SELECT {', '.join(columns)} FROM journal_exchanges ORDER BY id"  # noqa: S608 - our own names
        return connection.execute(query).fetchall()


def test_counts_are_kept_and_people_are_not(tmp_path):
    fill(tmp_path)
    asked = rows(tmp_path, "run", "host", "started_at", "path", "status")
    before = rows(tmp_path, "question")
    cells = sealed_cells(tmp_path)
    with store_in(tmp_path) as store:
        assert purge(store, ["one"]) == 4
        store.clean()
        assert answers_in(store) == [None] * 3
        with pytest.raises(InputError, match="已经清除"):
            Journal(store, read).run_options("one")
        assert runs_with_people(store) == []
        assert left(tmp_path, *cells, *(one.encode() for (one,) in before)) == []
    assert rows(tmp_path, "run", "host", "started_at", "path", "status") == asked
    after = [one for (one,) in rows(tmp_path, "question")]
    assert len(set(after)) == 3  # three people, one of whom was asked about twice
    assert after[2] == after[3]
    assert rows(tmp_path, "digest") == [(hashlib.sha256(cell).hexdigest(),) for cell in cells[:4]]


def test_numbers_drawn_are_not_the_same_twice(tmp_path):
    """One person in two runs can no longer be told to be the same."""
    fill(tmp_path)
    fill(tmp_path, "two")
    with store_in(tmp_path) as store:
        purge(store, ["one", "two"])
    assert len({one for (one,) in rows(tmp_path, "question")}) == 6


def test_other_runs_stay(tmp_path):
    """Also what they copied from a run that is purged."""
    fill(tmp_path)
    with store_in(tmp_path) as store:
        journal = Journal(store, read)
        journal.start_run("two", START, OPTIONS)
        assert answers_in(store, "two", EVER) == ALL
        purge(store, ["one"])
        assert answers_in(store, "two") == ALL
        assert answers_in(store) == [None] * 3
        assert journal.run_options("latest")[0] == "two"


def test_which_runs_are_old(tmp_path):
    """The last moment of a run counts: one that was resumed is not older than its last answer."""
    fill(tmp_path, "old")
    fill(tmp_path, "resumed")
    later = START + dt.timedelta(days=10)
    with store_in(tmp_path) as store:
        journal = Journal(store, read)
        journal.write("resumed", HOST, question(LI), exchange(found(LI), started_at=later))
        runs = runs_with_people(store)
    assert [(run.name, run.last, run.exchanges) for run in runs] == [
        ("old", START + dt.timedelta(minutes=2), 4),
        ("resumed", later, 5),
    ]
    day = START.date()
    assert chosen(runs, before=day) == []
    assert [run.name for run in chosen(runs, before=day + dt.timedelta(days=1))] == ["old"]
    assert [run.name for run in chosen(runs, before=day + dt.timedelta(days=11))] == ["old", "resumed"]
    assert [run.name for run in chosen(runs, name="resumed")] == ["resumed"]
    assert chosen(runs, name="resumed", before=day) == []
    with pytest.raises(InputError, match="--run"):
        chosen(runs, name="unknown")


def test_answers_after_a_purge_are_new(tmp_path):
    """A purged run that somebody goes on writing to can be purged again."""
    fill(tmp_path)
    with store_in(tmp_path) as store:
        purge(store, ["one"])
        journal = Journal(store, read)
        journal.write("one", HOST, question(ZHANG), exchange(found(ZHANG)))
        assert journal.answer("one", HOST, question(ZHANG), NEVER).state == "found"
        (run,) = runs_with_people(store)
        assert (run.name, run.exchanges) == ("one", 1)
        assert purge(store, ["one"]) == 1


def test_in_use(tmp_path):
    """Purged while somebody reads: forgotten at once, overwritten by whoever opens it next."""
    fill(tmp_path)
    cells = sealed_cells(tmp_path)
    with store_in(tmp_path) as store:
        reader = sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM journal_exchanges").fetchall()
        purge(store, ["one"])
        with store_in(tmp_path) as other:  # opens all the same
            assert answers_in(other) == [None] * 3
        assert left(tmp_path, *cells)
        reader.close()
    with store_in(tmp_path):
        assert left(tmp_path, *cells) == []
