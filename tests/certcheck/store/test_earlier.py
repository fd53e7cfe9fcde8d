"""Databases of version 0: everything is sealed, everything is still found, nobody is left in the files."""

import contextlib
import hashlib
import hmac
import sqlite3

from certcheck.journal import Journal
from certcheck.store.rotation import rotate
from tests.certcheck.registry.client_support import KEY, START, read, store_in
from tests.certcheck.registry.replica_support import NOBODY, ZHANG
from tests.certcheck.store.operations import ALL, OPTIONS, answers, answers_in, fill_version_0, left


def hash_of_version_0(key, question):
    """As version 0 wrote it."""
    text = f"{question.kind}\x1f{question.id_number}\x1f{question.name}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def tables(folder):
    with contextlib.closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_moved(tmp_path):
    """Long answers, too, which lie on pages of their own."""
    fill_version_0(tmp_path, hash_of_version_0, padding=20_000)
    planted = [part.encode() for part in (*ZHANG, NOBODY[1])]
    assert left(tmp_path, *planted[:2])
    assert answers(tmp_path) == ALL
    assert left(tmp_path, *planted) == []
    assert tables(tmp_path) == {"journal_state", "journal_runs", "journal_exchanges"}
    with store_in(tmp_path) as store:
        assert Journal(store, read).run_options("latest") == ("one", START, OPTIONS)


def test_moved_while_it_is_open(tmp_path):
    """The log is emptied, too, although the database is in use."""
    fill_version_0(tmp_path, hash_of_version_0)
    with store_in(tmp_path) as store:
        assert answers_in(store) == ALL
        assert left(tmp_path, ZHANG[1].encode()) == []


def test_the_key_of_the_installation_stays(tmp_path):
    """Other databases of version 0 may need it; this one has a copy of its own."""
    fill_version_0(tmp_path, hash_of_version_0)
    with store_in(tmp_path):
        (file,) = (tmp_path / "keys").iterdir()
    assert file.read_bytes() == KEY


def test_rotated(tmp_path):
    """Questions were not kept then: the answers stay, sealed, but are not found any more; it is told how many."""
    fill_version_0(tmp_path, hash_of_version_0)
    with store_in(tmp_path) as store:
        done = rotate(store)
        assert (done.rows, done.not_found_again) == (5, 4)
        assert answers_in(store) == [None] * 3
        assert Journal(store, read).run_options("latest")[2] == OPTIONS


def test_half_a_version_0_is_none(tmp_path):
    """A database of something else that has a table of that name is left alone."""
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.sqlite")) as connection:
        connection.execute("CREATE TABLE runs (a)")
    with store_in(tmp_path):
        pass
    assert "runs" in tables(tmp_path)
