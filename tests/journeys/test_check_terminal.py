"""Captchas at a real terminal: shown inline, typed, the time left told, nothing left behind."""

import base64
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from certcheck.registry.replica.server import Replica
from tests.certcheck.registry.replica_support import answer_in
from tests.journeys.check_support import environment, outcomes, people, person, roster

pty = pytest.importorskip("pty")

_OWN = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl+C there reaches this process
from commands.root import run
sys.exit(run(sys.argv[1:]))
"""
INLINE = re.compile(r"(?:\x1b_G[^\x1b]+\x1b\\)+(?=\r?\n)")
PART = re.compile(r"\x1b_G[^;]*;([^\x1b]+)")


class Terminal:
    """``zhengkao check`` at a terminal of its own."""

    def __init__(self, here, *arguments, **variables):
        self.master, slave = pty.openpty()
        self.said = ""
        variables = environment(here / "home") | {"TMPDIR": str(here / "pictures")} | variables
        for name in (
            "TMUX",
            "STY",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "TERM_PROGRAM",
            "LC_TERMINAL",
            "KITTY_WINDOW_ID",
        ):
            variables.pop(name, None)
        (here / "pictures").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWN, "check", *map(str, arguments)],
            stdin=slave, stdout=slave, stderr=slave, env=variables, cwd=here, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(20)
        os.close(self.master)

    def until(self, pattern):
        """Read on until a pattern stands in what was said since the last time."""
        deadline = time.monotonic() + 30
        while (found := re.search(pattern, self.said)) is None:
            ready, _, _ = select.select([self.master], [], [], max(deadline - time.monotonic(), 0))
            assert ready, self.said
            try:
                self.said += os.read(self.master, 65_536).decode("utf-8", "replace")
            except OSError:  # the other side is closed
                raise AssertionError(self.said) from None
        self.said = self.said[found.end() :]
        return found

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Read to the end; gives the exit code."""
        while True:
            try:
                read = os.read(self.master, 65_536)
            except OSError:
                break
            if not read:
                break
            self.said += read.decode("utf-8", "replace")
        return self.process.wait(30)


def options(replica):
    return ["--registry", replica.url, "--gap", 0, "--max-age", 0, "--as-of", "2026-11-20", "--out", "o"]


def test_inline_in_kitty(here):
    """Each picture is drawn, no file is named or left, and after the first the time left is told."""
    with (
        Replica(people(0, 1, 2)) as replica,
        Terminal(here, roster(here, 3), *options(replica), TERM="xterm-kitty") as terminal,
    ):
        for nth in range(3):
            drawn = terminal.until(INLINE)
            told = terminal.until(r"第 (\d) 张验证码(.*)（还有 (\d) 项待查(.*)）")
            assert (told[1], told[2], told[3]) == (str(nth + 1), "", str(3 - nth))
            assert ("还需人工" in told[4]) == (nth > 0)
            terminal.until("请输入验证码")
            content = base64.b64decode("".join(PART.findall(drawn[0])))
            terminal.type(answer_in(content) + "\n")
        assert terminal.end() == 0
    assert [one["registry"]["answer"] for one in outcomes(here / "o")] == ["found"] * 3
    assert not any(part in terminal.said for nth in range(3) for part in person(nth))
    assert list((here / "pictures").iterdir()) == []


def test_file_where_the_terminal_shows_no_pictures(here):
    """The path is told; the file is gone afterwards; an empty line pauses, and what is done is kept."""
    with (
        Replica(people(0, 1)) as replica,
        Terminal(here, roster(here, 2), *options(replica), TERM="xterm-256color") as terminal,
    ):
        path = terminal.until(r"第 1 张验证码：(\S+\.png)（")[1]
        assert str(here) in path
        terminal.type(answer_in(Path(path).read_bytes()) + "\n")
        terminal.until("第 2 张验证码")
        terminal.until("请输入验证码")
        terminal.type("\n")
        assert terminal.end() == 3
    assert "没有人回答验证码" in terminal.said
    assert [one["registry"]["answer"] for one in outcomes(here / "o")] == ["found", "not_asked"]
    assert list((here / "pictures").iterdir()) == []


def test_interrupted_at_the_prompt(here):
    """Ctrl+C: one sentence, exit 3, no process left, and the run can go on."""
    with (
        Replica(people(0, 1)) as replica,
        Terminal(here, roster(here, 2), *options(replica), TERM="xterm-256color") as terminal,
    ):
        terminal.until("请输入验证码")
        begun = time.monotonic()
        terminal.type("\x03")
        assert terminal.end() == 3
        assert time.monotonic() - begun < 10
    assert "Traceback" not in terminal.said
    assert "--resume" in terminal.said
    assert list((here / "pictures").iterdir()) == []
