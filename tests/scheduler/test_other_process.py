"""Work done by another process: the same answer as here, whatever becomes of that process, and no word from it."""

import math
import operator
import os
import pickle

import pytest

from common.errors import InputError
from scheduler.other_process import OtherProcess


def refuse(told):
    raise InputError(told)


def test_one_work_after_the_other_is_done():
    with OtherProcess() as other:
        assert other.do(math.comb, 5, 2) == 10
        assert other.do(sorted, [2, 3, 1], reverse=True) == [3, 2, 1]
    assert other._process.poll() is not None


def test_it_is_another_process():
    with OtherProcess() as other:
        assert other.do(os.getpid) == other._process.pid != os.getpid()


def test_what_the_work_refuses_is_refused_here():
    with OtherProcess() as other:
        with pytest.raises(InputError, match="没有"):
            other.do(refuse, "没有这个文件")
        assert other.do(math.comb, 5, 2) == 10


def test_a_process_that_is_killed_costs_nothing_but_time():
    with OtherProcess() as other:
        other._process.kill()
        other._process.wait()
        assert other.do(operator.add, 1, 2) == 3


def test_work_that_ends_its_process_is_done_here_and_fails_as_it_would_here():
    """What is wrong with the work itself is told by the process that people see."""
    with OtherProcess() as other, pytest.raises(ZeroDivisionError):
        other.do(operator.truediv, 1, 0)


def test_who_stops_waiting_is_not_made_to_wait():
    """After Ctrl-C nothing more is done: neither by the process nor, in its place, here."""
    other = OtherProcess()
    assert other.do(math.comb, 5, 2) == 10
    other.stop()
    other._process.wait()
    with pytest.raises((OSError, EOFError)):
        other.do(math.comb, 5, 2)
    other.close()


def test_ctrl_c_ends_no_process_that_has_only_begun(tmp_path, monkeypatch, capfd):
    """Ctrl-C reaches all processes of a terminal; one that still loads what it needs would show a traceback there."""
    (tmp_path / "still_loading.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with OtherProcess("still_loading") as other:
        assert other.do(math.comb, 5, 2) == 10
        assert other._process.poll() is None
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("sent", [slice(None), slice(-1)])
def test_a_process_whose_own_one_was_killed_ends_without_a_word(capfd, sent):
    """Whoever waited is gone, before everything was sent or before the answer came."""
    other = OtherProcess()
    other._out.close()
    other._in.write(pickle.dumps((math.comb, (5, 2), {}))[sent])
    other._in.close()
    other._process.wait()
    assert capfd.readouterr().err == ""
