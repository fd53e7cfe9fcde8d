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


@pytest.mark.parametrize(
    "name", ["甲&乙", "安排(1)", "甲;乙", "甲,乙", "甲'乙", "甲^乙", "$甲", "@甲", "", "甲=乙"]
)
def test_signs_of_the_shells_of_windows_are_quoted(name, monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", "win32")
    assert shell.word(name) == f'"{name}"'


@pytest.mark.parametrize(
    ("command", "parted"),
    [
        (r"C:\问\ask.exe -x", [r"C:\问\ask.exe", "-x"]),
        (r'"C:\Program Files\ask.exe" -t "两 个"', [r"C:\Program Files\ask.exe", "-t", "两 个"]),
        (r"C:\it's\ask.exe #1", [r"C:\it's\ask.exe", "#1"]),
        (r"\\server\share\ask.exe", [r"\\server\share\ask.exe"]),
    ],
)
def test_commands_of_windows_keep_their_backslashes_and_lose_their_quotes(command, parted, monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", "win32")
    assert shell.words(command) == parted


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_a_quotation_mark_without_its_other_half(system, monkeypatch):
    monkeypatch.setattr(shell.sys, "platform", system)
    with pytest.raises(ValueError, match="No closing quotation"):
        shell.words('"C:/问 ask')
