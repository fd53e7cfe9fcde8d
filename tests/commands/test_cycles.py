"""Looking for cycles is put off while a plan is made; why: it is taken up again, also where planning stops."""

import gc

import pytest

from commands import cycles


def test_nothing_is_looked_for_meanwhile_and_nothing_of_it_afterwards():
    try:
        with cycles.never():
            assert not gc.isenabled()
            kept = [[] for _ in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(kept)
        with pytest.raises(ValueError, match="bad"), cycles.never():
            raise ValueError("bad")
        assert gc.isenabled()
    finally:
        gc.unfreeze()
