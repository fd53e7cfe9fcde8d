"""Commands to copy: what is pasted must be what was meant."""

import shlex

import pytest

from common import shell


@pytest.mark.parametrize(
    "path", ["安排/2026", "安排 一", "it's", 'a"b', "$HOME", "plain", "变更 1/密 码.json"]
)
def test_a_shell_reads_the_path_back(path, monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", "linux")
    assert shlex.split(shell.word(path)) == [path]


def test_chinese_without_blanks_stays_readable(monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", "linux")
    assert shell.word("安排/变更1") == "安排/变更1"


def test_windows_has_its_own_quotes(monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", "win32")
    assert [shell.word("C:\\安排 一"), shell.word("C:\\安排")] == ['"C:\\安排 一"', "C:\\安排"]
