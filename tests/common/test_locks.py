"""One process at a time works on a file."""

import errno
import subprocess
import sys

import pytest

from common.locks import _wait_for, alone_with

HOLDING = """
import sys
from pathlib import Path
from common.locks import alone_with
with alone_with(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_who_comes_second_waits(tmp_path):
    """A process holds the file until its input ends; this one gets it only then."""
    file = tmp_path / "plan.json"
    file.write_text("{}")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout.readline() == "held\n"
        with subprocess.Popen(
            [sys.executable, "-c", HOLDING, file], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        ) as second:
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(0.5)
            first.stdin.close()
            assert second.stdout.readline() == "held\n"


def test_a_file_that_is_not_there_keeps_nobody_away(tmp_path):
    with alone_with(tmp_path / "none.json"):
        assert not list(tmp_path.iterdir())


def test_giving_up_after_ten_seconds_is_not_the_end_of_waiting():
    """Windows says EDEADLK where it waited ten seconds; any other error is one."""
    answers = [OSError(errno.EDEADLK, "deadlock"), OSError(errno.EDEADLK, "deadlock"), None]

    def hold():
        answer = answers.pop(0)
        if answer is not None:
            raise answer

    _wait_for(hold)
    assert not answers
    answers[:] = [OSError(errno.EBADF, "bad file")]
    with pytest.raises(OSError, match="bad file"):
        _wait_for(hold)
