"""Paths of the command line as messages name them, and where they lead."""

import sys
from pathlib import Path

import pytest

from commands.paths import is_same, lies_in
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


@pytest.mark.parametrize(
    ("system", "path", "within"),
    [
        ("linux", "plan/secret.json", True),
        ("linux", "plan", True),
        ("linux", "plan/../secret.json", False),
        ("linux", "plans/secret.json", False),
        ("linux", "PLAN/secret.json", False),
        ("darwin", "PLAN/secret.json", True),
        ("win32", "Plan/a/secret.json", True),
        ("darwin", "plans/secret.json", False),
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_what_lies_in_a_folder_that_is_published(tmp_path, monkeypatch, system, path, within, there):
    """A secret would be published with it; macOS and Windows take PLAN for plan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "platform", system)
    if there:
        Path("plan").mkdir()
    assert lies_in(Path(path), Path("plan")) is within
    assert lies_in(tmp_path / path, Path("plan")) is within


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_link_leads_to_the_same_place(tmp_path):
    (tmp_path / "plan").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "plan")
    assert is_same(tmp_path / "link", tmp_path / "plan")
    assert lies_in(tmp_path / "link" / "secret.json", tmp_path / "plan")
