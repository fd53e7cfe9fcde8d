"""Consoles and shells of Windows, imitated: whatever is printed ends no run, and *.xlsx are the files."""

import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click import _compat

from commands.console import expanded, speak_utf8
from commands.root import run

ROOT = Path(__file__).resolve().parents[2]
STRANGE = "㎡ ✓ 𠀀 é"  # outside GBK, outside 16 bits


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
def test_a_locale_that_cannot_write_chinese(encoding, monkeypatch):
    """What is piped is UTF-8, so that programs can read it, and half a character is a question mark."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding, "strict"))
    speak_utf8()
    click.echo(STRANGE + "\ud800")
    assert out.getvalue().decode("utf-8").strip() == STRANGE + "?"


def test_a_console_of_windows(monkeypatch):
    """click writes to it in UTF-16 and lets half a character be an error: a plan that somebody sent may hold one."""
    written = io.BytesIO()
    console = io.TextIOWrapper(written, "utf-16-le", "strict", newline="")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(
        _compat, "_get_windows_console_stream", lambda stream, *_: console if stream is err else None
    )
    assert run(["check", "没有\udc80.xlsx"]) == 2
    console.flush()
    assert "没有?.xlsx" in written.getvalue().decode("utf-16-le")


def test_a_locale_without_chinese_names_says_what_to_do(tmp_path):
    """The list handed back could not even be named."""
    (tmp_path / "a.csv").write_text("姓名,身份证号\n仿真一,\n", encoding="utf-8")
    own = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "ZHENGKAO_HOME": str(tmp_path / "h")}
    done = subprocess.run(
        [sys.executable, ROOT / "cli.py", "check", "a.csv", "--out", "o"],
        cwd=tmp_path, env={**os.environ, **own, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    narrow = sys.platform not in ("win32", "darwin")  # whose names are Unicode, whatever the locale
    assert (done.returncode, "PYTHONUTF8=1" in done.stderr) == ((4, True) if narrow else (1, False))


@pytest.fixture
def lists(tmp_path, monkeypatch):
    for name in ("a.xlsx", "b.xlsx", "c[1].xlsx", "~$a.xlsx", "d.csv"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)


def test_patterns_are_the_files_on_windows(lists, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    given = ["check", "*.xlsx", "?.csv", "--columns", "name=姓名*", "c[1].xlsx", "c[1].*", "x*.csv"]
    assert expanded(given) == [
        *("check", "a.xlsx", "b.xlsx", "c[1].xlsx", "d.csv"),
        *("--columns", "name=姓名*", "c[1].xlsx", "c[1].xlsx", "x*.csv"),
    ]


def test_elsewhere_the_shell_has_done_so(lists, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert expanded(["check", "*.xlsx"]) == ["check", "*.xlsx"]
