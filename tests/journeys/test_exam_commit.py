"""Commit and reveal through the program itself, to a draw that a second program repeats."""

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from commands import root, settings
from common.canonical import digest
from common.resources import DATA
from tests.node import NODE
from tests.scheduler.builders import seed
from tests.scheduler.files import TABLES, with_row, write_folder

ROOT = DATA.parent
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
MOMENT = "2026-11-23 21:15+00:00"
COMMIT = ("--public-source", "某彩票 第 1 期，按开出顺序", "--public-moment", MOMENT)


@pytest.fixture
def clock(monkeypatch, tmp_path):
    """The clock of the commands, to be set; and a program's folder of one's own."""
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    moments = [NOW]
    monkeypatch.setattr(settings, "now", lambda: moments[-1])
    return moments


@pytest.fixture
def planned(tmp_path, clock):
    out = tmp_path / "out"
    assert root.run(["exam", "plan", str(write_folder(tmp_path / "batch")), "--out", str(out)]) == 0
    return out


def run(*arguments):
    return root.run(["exam", *map(str, arguments)])


def secret_file(home):
    (path,) = (home / "secrets").iterdir()
    return path


def content(path):
    return json.loads(path.read_text(encoding="utf-8"))


def second(folder):
    ran = subprocess.run(
        [NODE, ROOT / "docs" / "draw.mjs", folder],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_from_commit_to_verify(planned, clock, tmp_path, capsys):
    assert run("commit", planned, *COMMIT) == 0
    told = capsys.readouterr().out
    announcement = content(planned / "announcement.json")
    secret = content(secret_file(tmp_path / "home"))
    assert announcement["secret_commitment"] in told
    assert announcement["digest"] in told
    assert len(announcement["substitute_commitments"]) == len(secret["substitutes"]) == 10
    assert len({secret["secret"], *secret["substitutes"]}) == 11
    published = told + "".join(
        path.read_text(encoding="utf-8") for path in planned.iterdir() if path.is_file()
    )
    assert not [code for code in (secret["secret"], *secret["substitutes"]) if code in published]

    assert run("draw", planned, "--public", "03 08") == 2
    assert "还没有到" in capsys.readouterr().err
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "０３　08") == 0
    capsys.readouterr()
    record = content(planned / "draw.json")
    assert record["reveal"] == {
        "announcement_digest": announcement["digest"],
        "secret": secret["secret"],
        "public_value": "03 08",
    }
    assert secret["secret"] in (planned / "schedule.html").read_text(encoding="utf-8")
    assert run("verify", planned) == 0
    told = capsys.readouterr().out
    assert "不符" not in told
    assert "请人核对：公开数值“03 08”是不是“某彩票 第 1 期，按开出顺序”" in told
    assert run("draw", planned, "--public", "99") == 2
    assert "抽签只做一次" in capsys.readouterr().err


def test_the_secret_lies_where_it_is_told_and_never_in_the_folder(planned, clock, tmp_path, capsys):
    inside = planned / "deep" / ".." / "secret.json"
    assert run("commit", planned, *COMMIT, "--secret", inside) == 2
    assert not (planned / "announcement.json").exists()
    path = tmp_path / "safe" / "secret.json"
    assert run("commit", planned, *COMMIT, "--secret", path, "--substitutes", "0") == 0
    assert content(planned / "announcement.json")["substitute_commitments"] == []
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "1") == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert run("draw", planned, "--public", "1", "--secret", path) == 0
    assert not (tmp_path / "home" / "secrets").exists()


def test_the_secret_of_another_announcement_does_not_open_this_one(planned, clock, tmp_path, capsys):
    other = shutil.copytree(planned, tmp_path / "other")
    assert run("commit", planned, *COMMIT, "--secret", tmp_path / "a.json") == 0
    assert run("commit", other, *COMMIT, "--secret", tmp_path / "b.json") == 0
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "1", "--secret", tmp_path / "b.json") == 2
    assert "不是这份公告封存的" in capsys.readouterr().err


def test_an_announced_folder_keeps_its_plan_and_takes_no_seed(planned, tmp_path):
    assert run("commit", planned, *COMMIT) == 0
    before = {path.name: path.read_bytes() for path in planned.rglob("*") if path.is_file()}
    assert run("commit", planned, *COMMIT) == 2
    assert run("draw", planned, "--seed", seed(1)) == 2
    assert run("plan", tmp_path / "batch", "--out", planned) == 2
    assert run("run", tmp_path / "batch", "--out", planned) == 2
    assert {path.name: path.read_bytes() for path in planned.rglob("*") if path.is_file()} == before


def test_a_seed_by_hand_is_drawn_as_before_and_said_so(planned, capsys):
    assert run("draw", planned, "--seed", seed(1)) == 0
    assert "reveal" not in content(planned / "draw.json")
    assert run("verify", planned) == 0
    assert "没有事先的承诺" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [(), ("--public", "1", "--seed", seed(1)), ("--seed", seed(1), "--secret", "x"), ("--public", "1")],
)
def test_a_draw_needs_one_way_to_its_seed(planned, arguments):
    assert run("draw", planned, *arguments) == 2
    assert not (planned / "draw.json").exists()


@pytest.mark.parametrize(
    "moment", ["2026-11-23", "明天 21:15", "2026-11-20 21:15", "25:00", "0001-01-01 00:00", ""]
)
def test_a_moment_that_is_none_or_past_is_refused(planned, tmp_path, moment, capsys):
    assert run("commit", planned, "--public-source", "x", "--public-moment", moment) == 2
    assert "--public-moment" in capsys.readouterr().err
    assert not (tmp_path / "home" / "secrets").exists()


def test_without_a_plan_nothing_is_committed_to(tmp_path, clock):
    assert run("commit", tmp_path / "none", *COMMIT) == 2
    assert not (tmp_path / "none").exists()


def test_the_second_implementation_checks_the_reveal(planned, clock, tmp_path):
    assert run("commit", planned, *COMMIT) == 0
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "03 08号球") == 0
    code, told = second(planned)
    assert (code, "不同" in told) == (0, False), told
    record = content(planned / "draw.json")
    announcement = content(planned / "announcement.json")
    for name, change, expected in (
        ("draw.json", {"reveal": record["reveal"] | {"secret": "0" * 64}}, "密封码的指纹"),
        ("draw.json", {"reveal": record["reveal"] | {"public_value": "9"}}, "种子"),
        ("draw.json", {"reveal": record["reveal"] | {"public_value": "０３ 08号球"}}, "公开数值的统一形式"),
        ("draw.json", {"drawn_at": announcement["announced_at"]}, "先公告"),
        ("draw.json", {"seed_origin": "x", "digest": record["digest"]}, "draw.json 的摘要"),
        ("announcement.json", {"public_source": "x"}, "draw.json 中的公告摘要"),
        ("announcement.json", {"list_digest": "0" * 64}, "公告中的名单摘要"),
        ("announcement.json", {"format": "x"}, "announcement.json 的格式"),
        ("announcement.json", {"substitute_commitments": ["x"]}, "公告中各指纹的写法"),
        ("announcement.json", {"public_source": "x\u200b"}, "公告中公开数值的来源是一行文字"),
        ("announcement.json", {"public_moment": "2026-11-23T21:15:00Z"}, "先公告"),
    ):
        copy = shutil.copytree(planned, tmp_path / "copy", dirs_exist_ok=True)
        changed = content(copy / name) | change
        if "digest" not in change:
            changed["digest"] = digest({key: value for key, value in changed.items() if key != "digest"})
        (copy / name).write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        code, told = second(copy)
        assert code == 1, change
        assert f"不同　{expected}" in told, change


def test_the_way_a_value_is_written_is_announced(planned, clock, tmp_path, capsys):
    assert run("commit", planned, *COMMIT, "--public-form", "00 00 + 00") == 0
    assert "没有用 --public-form" not in capsys.readouterr().err
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "3 8 + 12") == 2
    assert "公告约定的写法是“00 00 + 00”" in capsys.readouterr().err
    assert run("draw", planned, "--public", "03 08 + 12\ufe0f") == 2
    assert "--public：第 11 个字符是 U+FE0F，不能用" in capsys.readouterr().err
    assert run("draw", planned, "--public", "03 08 + 12") == 0
    assert run("verify", planned) == 0
    assert "没有约定公开数值的写法" not in capsys.readouterr().out
    assert second(planned)[0] == 0
    record = content(planned / "draw.json")
    record["reveal"]["public_value"] = "3 8 + 12"
    (planned / "draw.json").write_text(json.dumps(record), encoding="utf-8")
    assert "不同　公开数值的写法" in second(planned)[1]


def test_an_announcement_that_leaves_the_spelling_open_says_so(planned, clock, capsys):
    assert run("commit", planned, *COMMIT) == 0
    assert "没有用 --public-form 约定公开数值的写法" in capsys.readouterr().err
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "3 8") == 0
    capsys.readouterr()
    assert run("verify", planned) == 0
    assert "请人核对：公告没有约定公开数值的写法" in capsys.readouterr().out


def test_the_form_may_stand_in_the_settings(planned, clock, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zhengkao.toml").write_text('[exam.commit]\npublic-form = "00 00"\n', encoding="utf-8")
    assert run("commit", planned, *COMMIT) == 0
    assert content(planned / "announcement.json")["public_form"] == "00 00"


def test_the_second_implementation_sees_a_draw_by_hand_under_an_announcement(planned):
    assert run("commit", planned, *COMMIT) == 0
    texts = {
        planned / name: (planned / name).read_bytes() for name in ("announcement.json", "announcement.txt")
    }
    for path in texts:
        path.unlink()
    assert run("draw", planned, "--seed", seed(1)) == 0
    code, told = second(planned)
    assert code == 0
    assert "一致　没有公告，记录也没有说有（种子的来历不能证明）" in told
    assert "按公告抽签" not in told
    for path, text in texts.items():
        path.write_bytes(text)
    code, told = second(planned)
    assert code == 1
    assert "不同　按公告抽签" in told
    assert run("verify", planned) == 1


def test_people_whose_identity_nobody_can_tell_are_listed_and_planned(tmp_path, clock, capsys):
    folder = write_folder(
        tmp_path / "batch", **with_row("trainees", "T3", "甲一", "", "I2", *TABLES["trainees"][1][4:])
    )
    out = tmp_path / "out"
    assert run("plan", folder, "--out", out) == 0
    told = capsys.readouterr().out
    assert "无法排除：同名的 考生 T1（第 2 行，有身份证号）、考生 T3（第 4 行，没有身份证号）" in told
    assert "甲一" not in told
    rows = list(csv.reader(io.StringIO((out / "undecided.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row[2] for row in rows[1:]] == ["T1", "T3"]
    assert run("plan", folder, "--out", out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["undecided"] == [
        [
            {"table": "考生", "id": "T1", "row": 2, "id_number_stated": True},
            {"table": "考生", "id": "T3", "row": 4, "id_number_stated": False},
        ]
    ]
    assert run("plan", write_folder(tmp_path / "good"), "--out", out) == 0
    assert not (out / "undecided.csv").exists()


def test_commit_and_draw_in_processes_of_their_own(tmp_path):
    """Nothing that the draw needs is kept in the memory of the process that committed."""
    out = tmp_path / "out"
    environment = {**os.environ, "PYTHONUTF8": "1", "ZHENGKAO_HOME": str(tmp_path / "home")}

    def program(*arguments):
        command = [sys.executable, "cli.py", "exam", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode

    assert program("plan", write_folder(tmp_path / "batch"), "--out", out) == 0
    soon = (dt.datetime.now().astimezone() + dt.timedelta(seconds=8)).isoformat(timespec="seconds")
    assert program("commit", out, "--public-source", "x", "--public-moment", soon) == 0
    left = dt.datetime.fromisoformat(soon) - dt.datetime.now().astimezone()
    time.sleep(max(0.0, left.total_seconds()))
    assert program("draw", out, "--public", "1") == 0
    assert program("verify", out) == 0


@pytest.mark.parametrize(
    "written", ["2026-11-23 21:15", "2026年11月23日 21:15", "2026.11.23　21：15", "2026-11-23 21:15+08:00"]
)
def test_a_moment_without_a_zone_is_the_time_of_china_wherever_the_machine_stands(
    planned, written, monkeypatch
):
    """A server's clock may run in UTC: the lottery is at a quarter past nine in Beijing all the same."""
    monkeypatch.setenv("TZ", "America/New_York")
    assert run("commit", planned, "--public-source", "x", "--public-moment", written) == 0
    announcement = json.loads((planned / "announcement.json").read_text(encoding="utf-8"))
    assert announcement["public_moment"] == "2026-11-23T21:15:00+08:00"
