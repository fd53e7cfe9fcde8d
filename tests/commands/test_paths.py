"""Paths of the command line as messages name them."""

from pathlib import Path

import pytest

from commands.root import run


@pytest.mark.parametrize("command", [("check", "."), ("exam", "plan", ".", "--out", "o")])
def test_the_current_folder_is_named_in_messages(tmp_path, monkeypatch, capsys, command):
    """A sentence that begins with "：" says nothing of where."""
    here = tmp_path / "本月"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    assert run(list(command)) == 2
    told = capsys.readouterr().err
    assert "本月：" in told
    assert not any(line.startswith("：") for line in told.splitlines())


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path, monkeypatch, capsys):
    book = Path(__file__).resolve().parents[2] / "data" / "examples" / "staff" / "员工持证台账.xlsx"
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    assert run(["check", str(book), "--sheet", "没有这张", "--out", str(tmp_path / "o")]) == 2
    told = capsys.readouterr().err
    assert "没有名为“没有这张”的工作表，有 “" in told
