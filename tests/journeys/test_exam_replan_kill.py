"""A change that is killed leaves names and numbers in a hidden folder beside its output: the next one removes it."""

import os
import signal
import subprocess
import sys

import pytest

from common.resources import DATA
from tests.scheduler.files import TABLES, write_folder

ROOT = DATA.parent
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
AROUND = """
import os, signal, sys
from commands.root import run
from scheduler.replan import pipeline
when, name, how = sys.argv[1:4]
does = getattr(pipeline, name)
def instead(*arguments, **named):
    if when == "after":
        done = does(*arguments, **named)
    if how == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    print("here", flush=True)
    sys.stdin.readline()
    return done if when == "after" else does(*arguments, **named)
setattr(pipeline, name, instead)
sys.exit(run(sys.argv[4:]))
"""


def program(tmp_path, *arguments, code=None):
    start = ["-c", code] if code else [ROOT / "cli.py"]
    return subprocess.Popen(
        [sys.executable, *start, *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "ZHENGKAO_HOME": str(tmp_path / "home"), "ZHENGKAO_PAPERS": "no"},
    )  # fmt: skip


def ended(process):
    out, errors = process.communicate(timeout=60)
    return process.returncode, out + errors


@pytest.fixture
def change(tmp_path):
    """Gives the words of a change to an output, of a batch that was drawn."""
    batch, table = write_folder(tmp_path / "batch", TABLES), tmp_path / "变更.csv"
    assert (
        ended(program(tmp_path, "exam", "run", batch, "--out", tmp_path / "0", "--seed", "05" * 32))[0] == 0
    )
    table.write_text("change,id\ntrainee_withdrawn,T1\n", encoding="utf-8")
    return lambda out: ("exam", "replan", tmp_path / "0", "--changes", table, "--out", tmp_path / out)


def left(tmp_path):
    """What lies hidden beside the outputs, and whether somebody's name is in it."""
    hidden = [one for one in tmp_path.iterdir() if one.name.startswith(".")]
    return [one.name for one in hidden], any(list(one.rglob("trainees.csv")) for one in hidden)


@pytest.mark.parametrize("place", ["before make_change_plan", "after write_plan", "before _move"])
@pytest.mark.parametrize("again", ["1", "2"])
def test_what_a_killed_change_left_is_gone_after_the_next_one(tmp_path, change, place, again):
    killed = program(tmp_path, *place.split(), "dies", *change("1"), code=AROUND)
    assert ended(killed)[0] == -signal.SIGKILL
    assert left(tmp_path) == ([".zhengkao-1"], True)
    assert not (tmp_path / "1").exists()
    assert ended(program(tmp_path, *change(again)))[0] == 0
    assert left(tmp_path) == ([], False)
    assert ended(program(tmp_path, "exam", "verify", tmp_path / again))[0] == 0


def test_killed_when_all_was_in_its_place(tmp_path, change):
    """The output is whole, so a second change to it is refused, and what was left is removed all the same."""
    killed = program(tmp_path, "after", "_move", "dies", *change("1"), code=AROUND)
    assert ended(killed)[0] == -signal.SIGKILL
    assert left(tmp_path) == ([".zhengkao-1"], True)
    code, told = ended(program(tmp_path, *change("1")))
    assert (code, "已经有内容" in told) == (2, True)
    assert left(tmp_path) == ([], False)
    assert ended(program(tmp_path, "exam", "verify", tmp_path / "1"))[0] == 0


def test_what_a_living_change_uses_stays(tmp_path, change):
    """Another change beside it goes its way; one to the same output is refused; the first ends as if alone."""
    living = program(tmp_path, "before", "_move", "waits", *change("1"), code=AROUND)
    assert living.stdout.readline() == "here\n"
    assert ended(program(tmp_path, *change("2")))[0] == 0
    code, told = ended(program(tmp_path, *change("1")))
    assert (code, "正由另一个程序使用" in told) == (2, True)
    assert left(tmp_path) == ([".zhengkao-1"], True)
    assert ended(living)[0] == 0
    assert left(tmp_path) == ([], False)
    for out in ("1", "2"):
        assert ended(program(tmp_path, "exam", "verify", tmp_path / out))[0] == 0
