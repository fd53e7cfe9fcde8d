"""What the tests of answers from outside have in common."""

import gc

import pytest


@pytest.fixture(autouse=True)
def nothing_is_collected_meanwhile():
    """Keep the collector still while an answer nested 100,000 deep uses up the stack.

    What an earlier test left behind would be put away at that depth, fail there, and be held against this test.
    """
    gc.disable()
    yield
    gc.enable()
