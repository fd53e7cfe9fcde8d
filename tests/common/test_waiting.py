"""Windows breaks no wait off for Ctrl-C, so none may be long."""

import threading
from concurrent.futures import Future

import pytest

from common import waiting
from common.waiting import outcome
from scheduler.papers.press import Printing


class Patient(Future):
    """A future whose result nobody may wait for without an end."""

    def result(self, timeout=None):
        assert self.done(), "Ctrl-C would not get through"
        return super().result(timeout)


def test_what_is_done_is_given_and_what_was_raised_is_raised():
    done, failed = Future(), Future()
    done.set_result(7)
    failed.set_exception(ZeroDivisionError())
    assert outcome(done) == 7
    with pytest.raises(ZeroDivisionError):
        outcome(failed)


def test_a_long_wait_is_made_of_short_ones(monkeypatch):
    future, waits = Patient(), []

    def wait(_futures, timeout):
        waits.append(timeout)
        if len(waits) == 3:
            future.set_result("x")

    monkeypatch.setattr(waiting, "wait", wait)
    assert outcome(future) == "x"
    assert waits == [0.5, 0.5, 0.5]


def test_an_interruption_ends_it(monkeypatch):
    def wait(_futures, timeout):
        raise KeyboardInterrupt

    monkeypatch.setattr(waiting, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        outcome(Patient())


def test_papers_are_waited_for_so():
    part = Patient()
    threading.Timer(0.1, part.set_result, [b"%PDF"]).start()
    assert Printing([part]).pdf() == b"%PDF"
