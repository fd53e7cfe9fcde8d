"""Turns of the asking lie open in the same database; what is done to the sealed tables leaves them alone."""

import pytest

from certcheck.registry.turns import Turns
from certcheck.store.purge import purge
from certcheck.store.rotation import rotate
from tests.certcheck.registry.client_support import Halt, store_in
from tests.certcheck.registry.client_support import turns as turns_of
from tests.certcheck.store.operations import ALL, HOST, answers_in, fill, fill_version_0
from tests.certcheck.store.test_earlier import hash_of_version_0


def asked_of(store, host=HOST):
    return turns_of(store.engine, host, Halt(), wall=lambda: 1000.0)


def told(turns: Turns):
    return turns.latest(), turns.count_since(0.0)


@pytest.mark.parametrize("do", [lambda store: purge(store, ["one"]), rotate])
def test_turns_stay(do, tmp_path):
    fill(tmp_path)
    with store_in(tmp_path) as store:
        turns = asked_of(store)
        turns.end(turns.start(), 2.0, 30.0)
        turns.start()
        before = told(turns)
        with turns.alone():  # a query under way keeps neither waiting
            do(store)
            store.clean()
        assert told(turns) == before
        assert before[1] == 2
    with store_in(tmp_path) as store:
        assert told(asked_of(store)) == before


def test_a_database_of_before_with_turns_in_it(tmp_path):
    """Whichever part of the program came first, the other finds its tables or makes them."""
    fill_version_0(tmp_path, hash_of_version_0)
    with store_in(tmp_path) as store:
        asked_of(store).start()
        assert answers_in(store) == ALL
    with store_in(tmp_path) as store:
        assert answers_in(store) == ALL
        assert asked_of(store).count_since(0.0) == 1
