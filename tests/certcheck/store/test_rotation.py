"""A new key: everything is found and opens as before, nothing of before is left."""

from certcheck.journal import Journal
from certcheck.store.purge import purge
from certcheck.store.rotation import rotate
from tests.certcheck.registry.client_support import START, exchange, found, question, read, store_in
from tests.certcheck.store.operations import (
    ALL,
    HOST,
    OPTIONS,
    answers_in,
    fill,
    left,
    sealed_cells,
)  # fmt: skip
from tests.journeys.check_support import person


def test_rotated(tmp_path):
    fill(tmp_path)
    cells = sealed_cells(tmp_path)
    (before,) = (tmp_path / "keys").iterdir()
    key = before.read_bytes()
    with store_in(tmp_path) as store:
        done = rotate(store)
        assert (done.rows, done.not_found_again) == (5, 0)
        assert len(list((tmp_path / "keys").iterdir())) == 2  # the old one is there until all is overwritten
        store.clean()
        assert answers_in(store) == ALL
        assert Journal(store, read).run_options("one") == ("one", START, OPTIONS)
    (after,) = (tmp_path / "keys").iterdir()
    assert after.name != before.name
    assert left(tmp_path, *cells, key) == []


def test_many_rows(tmp_path):
    """More than are read at once."""
    with store_in(tmp_path) as store:
        journal = Journal(store, read)
        for nth in range(520):
            journal.write("one", HOST, question(person(nth)), exchange(found(person(nth))))
        assert rotate(store).rows == 520
        for nth in (0, 499, 500, 519):
            answer = journal.answer("one", HOST, question(person(nth)), START)
            assert answer.records[0].id_number == person(nth)[1]


def test_what_was_purged_stays_purged(tmp_path):
    fill(tmp_path)
    with store_in(tmp_path) as store:
        purge(store, ["one"])
        assert rotate(store).rows == 0
        assert answers_in(store) == [None] * 3


def test_an_empty_database(tmp_path):
    with store_in(tmp_path) as store:
        assert rotate(store).rows == 0
        store.clean()
    assert len(list((tmp_path / "keys").iterdir())) == 1
