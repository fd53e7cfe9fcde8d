"""Killed at every write point, a database opens, holds what was committed, and the work can be done again."""

import pytest

from certcheck.store.purge import purge, runs_with_people
from certcheck.store.rotation import rotate
from tests.certcheck.registry.client_support import store_in
from tests.certcheck.registry.replica_support import ZHANG
from tests.certcheck.store.crashes import killed_everywhere, needs_fork
from tests.certcheck.store.operations import (
    ALL,
    EVER,
    answers,
    answers_in,
    fill,
    fill_version_0,
    left,
    opening,
    sealed_cells,
)  # fmt: skip
from tests.certcheck.store.test_earlier import hash_of_version_0

pytestmark = needs_fork


@pytest.fixture
def base(tmp_path):
    (tmp_path / "base").mkdir()
    return tmp_path / "base"


def keys(folder):
    return list((folder / "keys").iterdir()) if (folder / "keys").exists() else []


def test_first_opening(base, tmp_path):
    """Before the run is written down there is none; then the database is whole."""
    folders = killed_everywhere(base, tmp_path / "k", "first_opening")
    assert len(folders) > 30
    for folder in folders:
        known = answers(folder)
        count = len(known) - known.count(None)
        assert known == ALL[:count] + [None] * (3 - count)
        opening(folder)
    assert len(keys(folders[-1])) == 1


def test_writing_and_using_again(base, tmp_path):
    """An exchange, or the copies of an answer that is used again, are there whole or not at all."""
    fill(base)
    for folder in killed_everywhere(base, tmp_path / "w", "writing"):
        assert answers(folder) == ALL
        assert len(sealed_cells(folder)) in (5, 6)
    for folder in killed_everywhere(base, tmp_path / "u", "using_again"):
        assert len(sealed_cells(folder)) in (5, 6, 7, 9)
        assert answers(folder, "two", EVER) == ALL
        assert len(sealed_cells(folder)) == 9
        assert answers(folder, "two") == ALL


def test_rotation(base, tmp_path):
    """Under the old key or the new one, never between; done again, one key is left, and nothing sealed with another."""
    fill(base)
    old = sealed_cells(base)
    folders = killed_everywhere(base, tmp_path / "k", "rotating")
    assert len(folders) > 20
    before = set()
    for folder in folders:
        with store_in(folder) as store:
            assert answers_in(store) == ALL
            before.add(left(folder, *old) == [])
            rotate(store)
            store.clean()
            assert answers_in(store) == ALL
        assert left(folder, *old) == []
        assert len(keys(folder)) == 1
    assert before == {True, False}  # both sides of the commit were met


def test_purging(base, tmp_path):
    """Everybody is forgotten or nobody; opened once more, nothing is left in the files of who is."""
    fill(base)
    old = sealed_cells(base)
    folders = killed_everywhere(base, tmp_path / "k", "purging")
    assert len(folders) > 10
    ends = set()
    for folder in folders:
        opening(folder)
        with store_in(folder) as store:
            runs = [run.name for run in runs_with_people(store)]
            ends.add(bool(runs))
            assert answers_in(store) == (ALL if runs else [None] * 3)
            if not runs:
                assert left(folder, *old) == []
            purge(store, runs)
            store.clean()
            assert answers_in(store) == [None] * 3
        assert left(folder, *old) == []
    assert ends == {True, False}


def test_moving_version_0(base, tmp_path):
    """Opened after the kill, every answer is there once, and nobody stands in the files any more."""
    fill_version_0(base, hash_of_version_0)
    planted = [ZHANG[0].encode(), ZHANG[1].encode()]
    assert left(base, *planted)
    folders = killed_everywhere(base, tmp_path / "k", "opening")
    assert len(folders) > 20
    for folder in folders:
        assert answers(folder) == ALL
        assert len(sealed_cells(folder)) == 5
        assert left(folder, *planted) == []
