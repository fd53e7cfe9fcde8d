"""What a long run is doing is told: plain lines where it is piped, a line that changes on a terminal, nothing of a short run."""

import os
import subprocess
import sys
import time

import pytest

from commands import stages
from commands.stages import Stages
from tests.scheduler.files import TABLES, write_folder

LONG = 5  # seconds until which everything must have been told, on a busy machine


@pytest.fixture
def quick(monkeypatch):
    """Everything takes a hundredth of its time."""
    for name in ("_SOON", "_LATER", "_OFTEN"):
        monkeypatch.setattr(stages, name, getattr(stages, name) / 100)


def until(found, count):
    end = time.monotonic() + LONG
    while len(found) < count and time.monotonic() < end:
        time.sleep(0.01)


def test_a_file_is_told_each_stage_and_now_and_then_how_long_it_takes(quick):
    told = []
    with Stages(terminal=False, say=told.append, tick=0.01) as stage:
        stage("读入批次")
        until(told, 1)
        stage("计算每人的机会")
        until(told, 3)
        assert told[0].startswith("读入批次……已用 0 秒")
        assert [one.startswith("计算每人的机会") for one in told[-2:]] == [True, True]
        stage("")
        before = len(told)
        time.sleep(0.1)
        assert len(told) == before, "where nothing is done nothing is told"


def test_a_short_run_tells_nothing(monkeypatch):
    monkeypatch.setattr(stages, "_LATER", 60)
    told = []
    with Stages(terminal=False, say=told.append, tick=0.001) as stage:
        stage("读入批次")
        time.sleep(0.05)
    assert told == []


def test_where_nobody_watches_a_stage_says_nothing():
    stages.stage("读入批次")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_on_a_terminal_a_line_says_what_is_done_and_is_gone_afterwards(tmp_path):
    """A real run on a real pseudo-terminal, told from the first moment on."""
    import pty

    batch = write_folder(tmp_path / "batch", TABLES)
    script = (
        "import sys, time; from commands import stages, root; from scheduler import planning;"
        "stages._SOON = 0; slow = planning.plan_chances;"
        "planning.plan_chances = lambda *a, **k: (time.sleep(2.5), slow(*a, **k))[1];"
        f"sys.exit(root.run(['exam', 'plan', {str(batch)!r}, '--out', {str(tmp_path / 'o')!r}]))"
    )
    ours, theirs = pty.openpty()
    env = {**os.environ, "ZHENGKAO_HOME": str(tmp_path / "home"), "TERM": "xterm", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=theirs, env=env, check=False
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert "计算每人的机会……已用" in shown.decode("utf-8")
    assert "计划摘要" in ran.stdout.decode("utf-8")
