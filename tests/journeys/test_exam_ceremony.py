"""What cannot be done twice is refused while it can be mended: announcing too late, announcing and drawing what is not whole."""

import datetime as dt
import json
import shutil

import pytest

from commands import root, settings
from tests.scheduler.builders import seed
from tests.scheduler.files import with_row, write_folder

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    moments = [NOW]
    monkeypatch.setattr(settings, "now", lambda: moments[-1])
    return moments


@pytest.fixture
def planned(tmp_path, clock):
    """A session on the morning of 1 December at 9:00 and one in the afternoon at 14:30."""
    out = tmp_path / "out"
    assert run("plan", write_folder(tmp_path / "batch"), "--out", out) == 0
    return out


def run(*arguments):
    return root.run(["exam", *map(str, arguments)])


def commit(folder, moment="2026-11-23 21:15"):
    return run(
        "commit", folder, "--public-source", "某彩票", "--public-moment", moment, "--public-form", "00"
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_value_that_comes_after_the_last_session_is_refused(planned, tmp_path, capsys):
    before = names(planned)
    assert commit(planned, "2026-12-01 14:30") == 2  # at this very moment the last one begins
    assert "那时都已开考" in capsys.readouterr().err
    assert names(planned) == before
    assert not (tmp_path / "home" / "secrets").exists()


def test_a_value_that_comes_after_some_sessions_is_told(planned, capsys):
    assert commit(planned, "2026-12-01 14:29") == 0
    told = capsys.readouterr().err
    assert "请核对：公开数值产生" in told
    assert "有 1 场已经开考：S1 2026-12-01 上午。" in told


def test_a_value_in_time_is_no_doubt(planned, capsys):
    assert commit(planned) == 0
    assert "请核对" not in capsys.readouterr().err


def test_a_plan_whose_days_are_over_is_not_announced(planned, clock, capsys):
    clock.append(dt.datetime(2026, 12, 2, tzinfo=dt.UTC))
    assert commit(planned, "2026-12-05 21:15") == 2
    assert "都已经开考，不能再公告抽签" in capsys.readouterr().err


@pytest.mark.parametrize("spoil", ["gone", "changed"])
def test_an_announcement_for_people_that_is_not_as_it_was_is_not_drawn(planned, clock, spoil, capsys):
    assert commit(planned) == 0
    text = planned / "announcement.txt"
    whole = text.read_bytes()
    text.unlink() if spoil == "gone" else text.write_bytes(
        whole.replace("某彩票".encode(), "别的票".encode())
    )
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "38") == 2
    assert "与公告时不同，不能抽签" in capsys.readouterr().err
    assert not (planned / "draw.json").exists()
    assert not (planned / "assignments.csv").exists()
    text.write_bytes(whole)
    assert run("draw", planned, "--public", "38", "--no-papers") == 0


def test_half_an_announcement_is_not_drawn_and_may_be_made_again(planned, clock, capsys):
    """A commit was killed between its two files, or the one for programs was taken away."""
    assert commit(planned) == 0
    (planned / "announcement.json").unlink()
    clock.append(NOW + dt.timedelta(days=3))
    for way in (("--seed", seed(1)), ("--public", "38")):
        capsys.readouterr()
        assert run("draw", planned, *way) == 2
        told = capsys.readouterr().err
        assert "公告不完整，不能抽签" in told
        assert "再运行一次 zhengkao exam commit" in told
    assert not (planned / "assignments.csv").exists()
    assert commit(planned, "2026-11-25 21:15") == 0
    assert "以前做公告时中断过" in capsys.readouterr().err
    clock.append(NOW + dt.timedelta(days=6))
    assert run("draw", planned, "--public", "38", "--no-papers") == 0
    assert run("verify", planned) == 0


def other_batch(planned, tmp_path):
    """Put another batch beside the plan, as a plan that was killed leaves it."""
    other = write_folder(tmp_path / "other", **with_row("seats", "S1", "2026-12-02", "am", "2"))
    shutil.copyfile(other / "seats.csv", planned / "batch" / "seats.csv")


def test_another_batch_beside_the_plan_is_not_announced(planned, tmp_path, capsys):
    other_batch(planned, tmp_path)
    assert commit(planned) == 2
    assert "不是同一份：可能被改动过，或者做计划时中断了" in capsys.readouterr().err
    assert not (planned / "announcement.txt").exists()
    assert not (tmp_path / "home" / "secrets").exists()
    assert run("plan", tmp_path / "batch", "--out", planned) == 0  # mends it
    assert commit(planned) == 0


def test_no_batch_beside_the_plan_is_told_and_announced(planned, capsys):
    shutil.rmtree(planned / "batch")
    assert commit(planned) == 0
    assert "请核对" in (told := capsys.readouterr().err)
    assert "没有保存计划时的批次" in told


def test_what_would_help_for_another_plan_is_not_announced(planned, capsys):
    (planned / "remedies.json").write_text(json.dumps({"plan_digest": "0" * 64}), encoding="utf-8")
    assert commit(planned) == 2
    assert "remedies.json 不是这份计划的" in capsys.readouterr().err


def test_another_batch_is_told_before_a_seed_by_hand_is_drawn(planned, tmp_path, capsys):
    other_batch(planned, tmp_path)
    assert run("draw", planned, "--seed", seed(1)) == 2
    assert "没有抽签：" in capsys.readouterr().err
    assert not (planned / "draw.json").exists()
    assert not (planned / "assignments.csv").exists()


def test_an_announced_draw_is_held_whatever_became_of_the_batch(planned, tmp_path, clock, capsys):
    assert commit(planned) == 0
    other_batch(planned, tmp_path)
    clock.append(NOW + dt.timedelta(days=3))
    assert run("draw", planned, "--public", "38", "--no-papers") == 0
    assert "抽签只用计划，照公告进行" in capsys.readouterr().err
    assert run("verify", planned) == 0


def test_a_draw_that_was_killed_is_told_by_check(planned, tmp_path, capsys):
    batch = tmp_path / "batch"
    assert run("draw", planned, "--seed", seed(1), "--no-papers") == 0
    assert run("check", batch, planned) == 0
    assert "抽签没有做完" not in capsys.readouterr().out
    (planned / "draw.json").unlink()
    assert run("check", batch, planned) == 0
    assert "抽签没有做完：没有 draw.json" in capsys.readouterr().out
    assert run("check", batch, planned, "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["findings"] == []
    assert "抽签没有做完" in told.err
