"""Files and sheets named after somebody's number: reports and the terminal tell them with the number masked."""

import json

import pytest

from commands.root import run
from tests.certcheck.lists import LI, ZHANG, number, xlsx

HEAD = ["姓名", "身份证号", "准操项目", "有效期至"]
LIKE_ZHANG = "000000198001010018"
"""Looks like the number of Zhang where both are masked."""
MASKED = "000000********0018"


def rows(*numbers):
    return [HEAD, *(["仿真张三", one, "低压电工作业", "2030-05-12"] for one in numbers)]


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """Two lists that are named alike once they are masked; one has two such sheets."""
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    sheets = {f"张三{ZHANG}": rows(LI), f"张三{LIKE_ZHANG}": rows(number("1991-01-01"))}
    return [xlsx(tmp_path / f"{ZHANG}.xlsx", sheets), xlsx(tmp_path / f"{LIKE_ZHANG}.xlsx", {"表": rows(LI)})]


def checked(out, *words):
    code = run(["check", *map(str, words), "--out", str(out), "--as-of", "2026-11-20"])
    return code, [
        json.loads(line)["source"]
        for line in (out / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_no_number_of_a_name_is_told(lists, tmp_path, capfd):
    """Each place can still be told from the others; the lists handed back are called as the user's own."""
    out = tmp_path / "out"
    _, sources = checked(out, *lists)
    assert [(one["file"], one["sheet"]) for one in sources] == [
        (f"{MASKED}.xlsx", f"张三{MASKED}"),
        (f"{MASKED}.xlsx", f"张三{MASKED}（2）"),
        (f"{MASKED}.xlsx（2）", "表"),
    ]
    told = "".join(capfd.readouterr())
    written = [line for line in told.splitlines() if "核验结果" in line]
    assert len(set(written)) == len(written) == 2
    for one in (ZHANG, LIKE_ZHANG):
        assert (out / f"{one}-核验结果.xlsx").is_file()
        assert one not in told
        holding = [path.name for path in out.iterdir() if one.encode() in path.read_bytes()]
        assert [name for name in holding if not name.endswith("核验结果.xlsx")] == []
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["files"] == [
        f"{MASKED}.xlsx",
        f"{MASKED}.xlsx（2）",
    ]


def test_shown_where_it_is_asked_for(lists, tmp_path, capfd):
    """--show-id tells names as they are."""
    _, sources = checked(tmp_path / "out", lists[0], "--show-id")
    assert sources[0]["sheet"] == f"张三{ZHANG}"
    assert f"{ZHANG}-核验结果.xlsx" in capfd.readouterr().out


def test_a_sheet_is_found_by_what_a_profile_calls_it(lists, tmp_path, capfd):
    """The profile keeps a masked name; next month's run reads the same sheet by it."""
    _, first = checked(tmp_path / "out", lists[0], "--sheet", f"张三{LIKE_ZHANG}")
    profile = tmp_path / "out" / "profile.toml"
    assert LIKE_ZHANG not in profile.read_text(encoding="utf-8")
    _, again = checked(tmp_path / "again", lists[0], "--profile", profile)
    assert again == first
    assert "与所给的读表方式相比" not in capfd.readouterr().out


def test_an_unknown_sheet(lists, tmp_path, capfd):
    """What there is instead is told, with numbers masked, also the one that was asked for."""
    assert run(["check", str(lists[0]), "--sheet", LI, "--out", str(tmp_path / "out")]) == 2
    told = capfd.readouterr().err
    assert "“张三000000********0018”、“张三000000********0018（2）”" in told
    assert not {number for number in (ZHANG, LIKE_ZHANG, LI) if number in told}
    assert run(["check", str(tmp_path / f"{LI}.csv"), "--out", str(tmp_path / "out")]) == 2
    assert LI not in capfd.readouterr().err


def test_a_name_that_changed_is_told_at_the_end(tmp_path, monkeypatch, capfd):
    """What somebody wrote beside a problem stays in its line, which is told without names."""
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    one, two = (
        xlsx(tmp_path / f"{month}.xlsx", {"表": [HEAD, [name, ZHANG, "低压电工作业", "2025-05-12"]]})
        for month, name in (("十月", "张三三"), ("十一月", "张三"))
    )
    checked(tmp_path / "10", one)
    assert "待核对" not in capfd.readouterr().out
    checked(tmp_path / "11", two, "--problems", tmp_path / "10" / "problems.xlsx")
    told = capfd.readouterr().out
    assert "2 条标为“待核对”" in told
    assert "张三" not in told
