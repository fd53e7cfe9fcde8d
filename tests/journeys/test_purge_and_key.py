"""``zhengkao purge`` and ``zhengkao key rotate`` through the program: what they ask, say, clear, and leave."""

import contextlib
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from certcheck.registry.replica.server import Replica
from commands import settings
from commands.root import run
from tests.journeys.check_support import ROOT, asking, check, environment, people, roster


def test_key_and_purge_on_the_command_line(here, capsys):
    """What they say, as text and as JSON; a period of one's own; nobody at the terminal is no agreement."""
    with Replica(people(0, 1)) as replica:
        check(roster(here, 2), "--out", "o", *asking(here, replica))
    name = (here / "o" / "run.txt").read_text(encoding="utf-8").strip()
    capsys.readouterr()
    assert run(["key", "rotate"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert run(["key", "rotate", "--yes"]) == 0
    assert "重新加密 3 条记录" in capsys.readouterr().out
    assert run(["purge"]) == 0
    assert "没有需要清除的内容" in capsys.readouterr().out
    assert run(["purge", "--run", "unknown", "--yes"]) == 2
    assert run(["purge", "--before", "9999-12-31"]) == 2
    out, err = capsys.readouterr()
    assert name in out
    assert "没有清除" in err
    assert run(["purge", "--before", "9999-12-31", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"runs": [name], "exchanges": 2, "overwritten": True}
    assert run(["purge", "--run", name, "--yes"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own")
def test_a_person_agrees_at_the_terminal(here):
    """Asked on a terminal; anything but y is no."""
    import pty

    check(roster(here, 1), "--out", "o")
    for answer, code in (("n", 2), ("", 2), ("y", 0)):
        here_end, there = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "cli.py"), "purge", "--run", str(here / "o")],
            env=environment(here / "home"), stdin=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        os.write(here_end, f"{answer}\n".encode())
        out, err = process.communicate(timeout=60)
        os.close(there)
        os.close(here_end)
        assert process.returncode == code, (out, err)


def test_a_period_of_ones_own(here, capsys):
    """A rule file changes how long people are kept; what is newer stays."""
    check(roster(here, 1), "--out", "o")
    rules = (ROOT / "data" / "rules" / "certificate" / "retention.toml").read_text(encoding="utf-8")
    (here / "own.toml").write_text(rules.replace("value = 90", "value = 0"), encoding="utf-8")
    assert run(["purge", "--rules", "own.toml"]) == 0  # today's run did not end before today
    assert "没有需要清除" in capsys.readouterr().out
    (here / "own.toml").write_text(rules.replace("value = 90", "value = -1"), encoding="utf-8")
    assert run(["purge", "--rules", "own.toml"]) == 2
    (here / "own.toml").write_text(rules.replace("value = 90", "value = 9999999999"), encoding="utf-8")
    assert run(["purge", "--rules", "own.toml"]) == 0


def test_reminded_of_the_period(here, capsys, monkeypatch):
    """A run of 91 days ago: the next run says so, and ``purge`` clears it, and not the other."""
    check(roster(here, 1), "--out", "o")
    assert "保存期限" not in capsys.readouterr().out
    later = settings.now() + dt.timedelta(days=91)
    monkeypatch.setattr(settings, "now", lambda: later)
    check(roster(here, 1), "--out", "p")
    assert "1 次核验已过保存期限" in capsys.readouterr().out
    assert run(["purge", "--yes"]) == 0
    assert (here / "o" / "run.txt").read_text(encoding="utf-8").strip() in capsys.readouterr().out
    check("--resume", "p")
    assert "保存期限" not in capsys.readouterr().out


@contextlib.contextmanager
def somebody_reads(home):
    """Another program that reads in the database, so that its files cannot be written anew."""
    with contextlib.closing(sqlite3.connect(home / "zhengkao.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM journal_runs").fetchall()
        yield


def test_while_another_program_reads(here, capsys):
    """Done at once, but what was is overwritten only by the next to open the database: exit 3 and a sentence."""
    check(roster(here, 1), "--out", "o")
    (old,) = (here / "home" / "keys").iterdir()
    with somebody_reads(here / "home"):
        assert run(["key", "rotate", "--yes"]) == 3
    assert "旧密钥还没有删去" in capsys.readouterr().err
    assert old.exists()
    check("--resume", "o")
    assert not old.exists()
    with somebody_reads(here / "home"):
        assert run(["purge", "--run", "o", "--yes"]) == 3
    assert "还没有从数据库文件里抹净" in capsys.readouterr().err
    assert check("--resume", "o") == 2
