"""Changes after an announced draw, through the program itself: codes from the sealed file, exit codes, papers' names."""

import datetime as dt
import json

import pytest

from commands import root, settings
from tests.scheduler.files import TABLES, write_folder
from tests.scheduler.replan.drawn import rows

NOW = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
SEATS = [
    ["site_id", "date", "half", "seats"],
    ["S1", "2026-12-01", "am", "2"],
    ["S1", "2026-12-02", "am", "2"],
]


def run(*arguments):
    return root.run(["exam", *map(str, arguments)])


@pytest.fixture
def drawn(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    moments = [NOW]
    monkeypatch.setattr(settings, "now", lambda: moments[-1])
    batch, out = write_folder(tmp_path / "batch", TABLES, seats=SEATS), tmp_path / "0"
    assert run("plan", batch, "--out", out) == 0
    when = (
        "--public-source",
        "某彩票第 1 期",
        "--public-moment",
        "2026-11-03 21:15+00:00",
        "--substitutes",
        2,
    )
    assert run("commit", out, *when) == 0
    moments.append(NOW + dt.timedelta(days=3))
    assert run("draw", out, "--public", "1 2 3") == 0
    return out


def table(tmp_path, *lines):
    path = tmp_path / "变更.csv"
    path.write_text("\n".join(["变更,编号,日期,半天,原因", *lines]) + "\n", encoding="gb18030")
    return path


def test_two_changes_with_the_sealed_codes(drawn, tmp_path, capsys):
    placed = {row["trainee_id"]: row["date"] for row in rows(drawn / "assignments.csv")}
    lost = placed["T1"]
    changes = table(tmp_path, f"取消场次,S1,{lost},上午,停电")
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "1") == 0
    after = {row["trainee_id"]: row["date"] for row in rows(tmp_path / "1" / "assignments.csv")}
    assert lost not in after.values()
    assert run("verify", tmp_path / "1") == 0
    assert "公告时封存的第 1 个" in capsys.readouterr().out
    assert run("check", tmp_path / "1" / "batch", tmp_path / "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    # the last session goes, too: nobody has a place, which is exit 3, and still a good chain
    (other,) = set(after.values())
    changes = table(tmp_path, f"取消场次,S1,{other},上午,")
    assert run("replan", tmp_path / "1", "--changes", changes, "--out", tmp_path / "2") == 3
    assert len(rows(tmp_path / "2" / "unassigned.csv")) == 2
    assert run("verify", tmp_path / "2") == 0
    changes = table(tmp_path, "退考,T1,,,")
    assert run("replan", tmp_path / "2", "--changes", changes, "--out", tmp_path / "3") == 2
    assert "已经用完" in capsys.readouterr().err


def test_a_bad_table_is_wrong_usage_and_writes_nothing(drawn, tmp_path, capsys):
    changes = table(tmp_path, "取消场次,S9,2026-12-01,上午,")
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "1") == 2
    assert "变更.csv 第 2 行" in capsys.readouterr().err
    assert run("replan", drawn, "--out", tmp_path / "1") == 2
    assert run("replan", drawn, "--changes", tmp_path / "没有.csv", "--out", tmp_path / "1") == 2
    assert not (tmp_path / "1").exists()


def test_a_change_cannot_be_drawn_again(drawn, tmp_path, capsys):
    changes = table(tmp_path, "退考,T1,,,")
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "1") == 0
    (tmp_path / "1" / "draw.json").unlink()
    assert run("draw", tmp_path / "1", "--seed", "00" * 32) == 2
    assert "这是变更的计划" in capsys.readouterr().err


def test_one_code_for_two_changes_is_told(drawn, tmp_path, capsys):
    """Whoever forgets to go on from the last change makes a second "first change", and both would verify."""
    assert run("replan", drawn, "--changes", table(tmp_path, "退考,T1,,,"), "--out", tmp_path / "1") == 0
    assert "已经用于另一次变更" not in capsys.readouterr().err
    again = tmp_path / "again"
    assert run("replan", drawn, "--changes", table(tmp_path, "退考,T1,,,"), "--out", again) == 0
    assert "已经用于另一次变更" not in capsys.readouterr().err, "the same change is the same result"
    assert run("replan", drawn, "--changes", table(tmp_path, "退考,T2,,,"), "--out", tmp_path / "2") == 0
    told = capsys.readouterr().err
    assert "第 1 个备用码已经用于另一次变更" in told
    assert str(tmp_path / "1") in told
    (used,) = (tmp_path / "home" / "secrets").glob("*.used.json")
    assert 'secret"' not in used.read_text(encoding="utf-8")
    assert run(
        "replan", tmp_path / "2", "--changes", table(tmp_path, "退考,T1,,,"), "--out", tmp_path / "3"
    ) in (0, 3)
    assert "已经用于" not in capsys.readouterr().err


TERMS = ("--public-source", "某彩票第 2 期", "--public-moment", "2026-11-06 21:15", "--public-form", "0 0 0")


@pytest.fixture
def later(drawn, monkeypatch):
    """Sets the clock to a day after the first draw."""

    def to(day):
        monkeypatch.setattr(settings, "now", lambda: NOW + dt.timedelta(days=day))

    return to


def test_a_change_is_announced_and_drawn_with_its_own_public_value(drawn, tmp_path, capsys, later):
    lost = next(row["date"] for row in rows(drawn / "assignments.csv"))
    changes, out = table(tmp_path, f"取消场次,S1,{lost},上午,停电"), tmp_path / "1"
    assert run("replan", drawn, "--changes", changes, "--out", out, *TERMS) == 0
    told = capsys.readouterr().out
    for name in ("plan.json", "changes.csv", "announcement.json", "announcement.txt"):
        assert f"现在公布 {out / name}" in told
        assert (out / name).is_file()
    assert f"zhengkao exam draw {out} --public" in told
    assert not (out / "assignments.csv").exists()
    assert run("draw", out, "--public", "4 5 6") == 2
    assert "还没有到" in capsys.readouterr().err
    later(6)
    assert run("draw", out, "--seed", "00" * 32) == 2
    assert "已经公告了怎样抽签" in capsys.readouterr().err
    assert run("draw", out, "--public", "456") == 2
    assert "公告约定的写法" in capsys.readouterr().err
    assert run("draw", out, "--public", "4 5 6") == 0
    captured = capsys.readouterr()
    assert "按变更公告：公告时封存的第 1 个备用码与公开数值“4 5 6”" in captured.out
    assert "已经用于" not in captured.err, "it was announced for this change"
    assert run("draw", out, "--public", "4 5 6") == 2
    assert "抽签只做一次" in capsys.readouterr().err
    assert run("verify", out) == 0
    assert (
        "种子就是由备用码、上次记录、计划、变更表、变更公告的摘要和公开数值“4 5 6”算出来的"
        in capsys.readouterr().out
    )
    assert run("check", out / "batch", out) == 0
    page = (out / "schedule.html").read_text(encoding="utf-8")
    assert json.loads((out / "draw.json").read_text(encoding="utf-8"))["code"] in page
    assert "公告摘要" in page
    assert run("papers", out, "--kinds", "draw,notice") == 0


def test_the_same_change_announced_twice_is_told(drawn, tmp_path, capsys):
    """Whoever does not like the first public value announces the change again for another: the code's record tells it."""
    changes = table(tmp_path, "退考,T1,,,")
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "1", *TERMS) == 0
    other = ("某彩票第 3 期" if one == TERMS[1] else one for one in TERMS)
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "2", *other) == 0
    told = capsys.readouterr().err
    assert "“0 0 0”只有 1000 种数值" in told
    assert "第 1 个备用码已经用于另一次变更" in told
    assert str(tmp_path / "1") in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (TERMS[:2], "都要给出"),
        (TERMS[4:], "都要给出"),
        (("--public-source", "x", "--public-moment", "2026-11-01 09:00"), "已经过去"),
        ((*TERMS[:4], "--public-form", "号码"), "--public-form"),
    ],
)
def test_wrong_terms_are_wrong_usage(drawn, tmp_path, capsys, options, told):
    changes = table(tmp_path, "退考,T1,,,")
    assert run("replan", drawn, "--changes", changes, "--out", tmp_path / "1", *options) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "1").exists()


def test_an_announced_change_is_no_first_draw(drawn, tmp_path, capsys):
    changes, out = table(tmp_path, "退考,T1,,,"), tmp_path / "1"
    assert run("replan", drawn, "--changes", changes, "--out", out, *TERMS) == 0
    assert run("commit", out, *TERMS) == 2
    assert "已经做过公告" in capsys.readouterr().err
    capsys.readouterr()
    assert run("verify", out) == 3
    told = capsys.readouterr().out
    assert "已公告，还没有抽签：公告和计划核对无误" in told
    assert "首次抽签：结果摘要相符" in told
    assert run("replan", out, "--changes", changes, "--out", tmp_path / "2") == 2
    assert "已经公告，还没有抽签" in capsys.readouterr().err
