"""What is done to a journal in a folder, by name, and what is in it before and after."""

import contextlib
import datetime as dt
import json
import sqlite3

from certcheck.journal import Journal
from certcheck.store.purge import purge, runs_with_people
from certcheck.store.rotation import rotate
from tests.certcheck.registry.client_support import (
    KEY,
    NEVER,
    NOTHING,
    START,
    exchange,
    found,
    question,
    read,
    store_in,
)  # fmt: skip
from tests.certcheck.registry.replica_support import LI, NOBODY, ZHANG

HOST = "cx.example.invalid"
PEOPLE = (ZHANG, LI, NOBODY)
OPTIONS = {"files": [{"path": f"/名单/{ZHANG[0]}{ZHANG[1]}.xlsx", "sha256": "0" * 64}]}
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_VERSION_0 = """
CREATE TABLE runs (id INTEGER NOT NULL, name VARCHAR(64) NOT NULL, started_at VARCHAR(40) NOT NULL,
    options TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE exchanges (id INTEGER NOT NULL, run VARCHAR(64) NOT NULL, host VARCHAR(255) NOT NULL,
    question VARCHAR(64) NOT NULL, started_at VARCHAR(40) NOT NULL, path VARCHAR(255) NOT NULL, status INTEGER,
    headers TEXT NOT NULL, body BLOB NOT NULL, error TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX by_question ON exchanges (question, host);
"""


def exchanges():
    """What is asked of the people, in order: two are on record, one is not, twice."""
    yield from ((person, exchange(found(person))) for person in (ZHANG, LI))
    yield from ((NOBODY, exchange(NOTHING, started_at=START + dt.timedelta(minutes=nth))) for nth in (1, 2))


def fill(folder, run="one", url=None):
    """A run with an answer for everybody."""
    with store_in(folder, url) as store:
        journal = Journal(store, read)
        journal.start_run(run, START, OPTIONS)
        for person, came in exchanges():
            journal.write(run, HOST, question(person), came)


def fill_version_0(folder, hash_of, padding=0):
    """A database as version 0 wrote it; ``padding`` makes its answers longer."""
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(_VERSION_0)
        connection.execute(
            "INSERT INTO runs (name, started_at, options) VALUES (?, ?, ?)",
            ("one", START.isoformat(), json.dumps(OPTIONS, ensure_ascii=False)),
        )
        for person, came in exchanges():
            row = (
                "one", HOST, hash_of(KEY, question(person)), came.started_at, came.path, came.status,
                json.dumps([["X-Who", person[1]]]), came.body + b" " * padding, came.error,
            )  # fmt: skip
            connection.execute(
                "INSERT INTO exchanges (run, host, question, started_at, path, status, headers, body, error)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        connection.commit()


def answers(folder, run="one", not_before=NEVER):
    """What a run knows of everybody."""
    with store_in(folder) as store:
        return answers_in(store, run, not_before)


def answers_in(store, run="one", not_before=NEVER):
    journal = Journal(store, read)
    told = [journal.answer(run, HOST, question(person), not_before) for person in PEOPLE]
    return [one and str(one.state) for one in told]


ALL = ["found", "found", "not_found"]


def sealed_cells(folder):
    """Every sealed cell as it lies in the file."""
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        cells = connection.execute(
            "SELECT content FROM journal_exchanges UNION ALL SELECT options FROM journal_runs"
        )
        return [cell for (cell,) in cells.fetchall() if cell is not None]


def left(folder, *words):
    """The words that are still somewhere in the files of a folder, with the file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in words if word in path.read_bytes()]


def first_opening(folder):
    fill(folder)


def opening(folder):
    with store_in(folder):
        pass


def writing(folder):
    with store_in(folder) as store:
        Journal(store, read).write("two", HOST, question(ZHANG), exchange(found(ZHANG)))


def using_again(folder):
    answers(folder, "two", EVER)


def rotating(folder):
    with store_in(folder) as store:
        rotate(store)
        store.clean()


def purging(folder):
    with store_in(folder) as store:
        purge(store, [run.name for run in runs_with_people(store)])
        store.clean()
