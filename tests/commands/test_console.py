"""Consoles and shells of Windows, imitated: whatever is printed ends no run, and *.xlsx are the files."""

import io
import sys

import click
import pytest
from click import _compat

from commands.console import expanded, speak_utf8
from commands.root import run

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
