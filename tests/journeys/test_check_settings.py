"""Where the options of ``zhengkao check`` come from, and where it keeps what it knows."""

import re
import stat

import pytest

from certcheck.registry.replica.server import Replica
from commands.root import run
from tests.journeys.check_support import (
    HEADER,
    askpass,
    check,
    outcomes,
    people,
    person,
    roster,
    row,
    summary,
    write_csv,
)

AS_OF = ("--as-of", "2026-11-20")


def test_settings_of_the_environment_have_short_names(here, monkeypatch, capsys):
    """ZHENGKAO_DB that does nothing would write into another database than the user thinks; a misspelt name is told."""
    rows = [row(*person(0), 有效期至="2026-12-01", 有效期起="2020-12-02", 初领日期="", 应复审日期="")]
    write_csv(here / "a.csv", rows, HEADER)
    monkeypatch.setenv("ZHENGKAO_AS_OF", "2026-11-20")
    monkeypatch.setenv("ZHENGKAO_FAIL_ON", "attention")
    monkeypatch.setenv("ZHENGKAO_DB", f"sqlite:///{here / 'other.sqlite'}")
    monkeypatch.setenv("ZHENGKAO_FAILON", "attention")
    assert check("a.csv", "--out", "o") == 1
    assert summary(here / "o")["as_of"] == "2026-11-20"
    assert (here / "other.sqlite").exists()
    assert "环境变量 ZHENGKAO_FAILON 不是 check 的选项" in capsys.readouterr().err
    assert check("a.csv", "--out", "p", "--fail-on", "violation") == 0
    monkeypatch.setenv("ZHENGKAO_AS_OF", "gestern")
    assert check("a.csv", "--out", "q") == 2


def test_settings(here, monkeypatch):
    """Option over environment over zhengkao.toml over default; flags and several values from there, too."""
    header = ("谁", "号", *HEADER[2:])
    rows = [row(*person(0), 有效期至="2026-12-01", 有效期起="2020-12-02", 初领日期="", 应复审日期="")]
    write_csv(here / "a.csv", rows, header)
    settings = here / "zhengkao.toml"
    settings.write_text(
        '[check]\nfail-on = "attention"\nshow_id = true\nas_of = 2026-11-20\ncolumns = ["name=谁", "id_number=号"]\n',
        encoding="utf-8",
    )
    assert check("a.csv", "--out", "o") == 1
    assert outcomes(here / "o")[0]["id_number"] == person(0)[1]
    assert check("--resume", "o") == 1  # a setting of today is no option of that run
    monkeypatch.setenv("ZHENGKAO_CHECK_FAIL_ON", "violation")
    monkeypatch.setenv("ZHENGKAO_CHECK_SHOW_ID", "0")
    assert check("a.csv", "--out", "p") == 0
    assert "*" in outcomes(here / "p")[0]["id_number"]
    assert check("a.csv", "--out", "q", "--fail-on", "attention", "--show-id") == 1
    settings.write_text('[check.columns]\nname = "谁"\nid_number = "号"\n', encoding="utf-8")
    monkeypatch.setenv("ZHENGKAO_CHECK_AS_OF", "2026-11-19")
    assert check("a.csv", "--out", "r") == 0
    assert summary(here / "r")["as_of"] == "2026-11-19"
    settings.write_text("", encoding="utf-8")
    monkeypatch.setenv("ZHENGKAO_CHECK_COLUMNS", "name=谁 id_number=号")
    assert check("a.csv", "--out", "s") == 0


@pytest.mark.parametrize(
    "text",
    [
        "check = 5",
        "[chek]\na = 1",
        "[check\n",
        "\udcff",
        "[check]\nmax_age = 'x'",
        "[check]\nshhet = '一车间'",
    ],
)
def test_faulty_settings(here, capsys, text):
    (here / "zhengkao.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert check(roster(here, 1)) == 2
    assert re.search("[\u4e00-\u9fff]", capsys.readouterr().err)


def test_a_misspelt_word_of_a_command_within_a_group_is_told(here, capsys):
    (here / "zhengkao.toml").write_text("[exam.plan]\nhistroy = ['x']\n", encoding="utf-8")
    assert run(["exam", "plan", "b", "--out", "o"]) == 2
    told = capsys.readouterr().err
    assert "[exam.plan] 里不认识“histroy”" in told
    assert "history" in told
    (here / "zhengkao.toml").write_text(
        "[check]\nshhet = '一'\n[exam.plan]\nrules = 'r.toml'\n", encoding="utf-8"
    )
    assert run(["exam", "plan", "b", "--out", "o"]) == 2
    assert "shhet" not in capsys.readouterr().err, "of another command"


@pytest.mark.parametrize("path", ["D:\\名单\\本月", "C:\\Users\\甲", "D:\\"])
def test_a_path_of_windows_says_how_to_write_it(here, capsys, path):
    """In double quotes of TOML a backslash begins a sign."""
    (here / "zhengkao.toml").write_text(f'[check]\nout = "{path}"\n', encoding="utf-8")
    assert run(["check", "a.csv"]) == 2
    assert "请写成 /，或把路径放在单引号里" in capsys.readouterr().err


def test_options_of_a_command_within_a_group_are_written_as_on_the_command_line(here, capsys):
    """A hyphen in a nested table counts as at the top: the option is used, not passed over."""
    (here / "zhengkao.toml").write_text(
        '[exam.commit]\npublic-source = "某彩票"\npublic-moment = "2026-13-01 00:00"\n', encoding="utf-8"
    )
    assert run(["exam", "commit", "安排"]) == 2
    told = capsys.readouterr().err
    assert "缺少" not in told
    assert "public-source" not in told


def test_registry_from_settings(here, monkeypatch):
    """A registry of the settings is used; the run keeps it when it goes on elsewhere."""
    with Replica(people(0)) as replica:
        (here / "zhengkao.toml").write_text(
            f'[check]\nregistry = "{replica.url}"\ngap = 0\n', encoding="utf-8"
        )
        monkeypatch.setenv("ZHENGKAO_CHECK_CAPTCHA", askpass(here))
        assert check(roster(here, 1), "--out", "o", *AS_OF) == 0
        assert check(roster(here, 1), "--out", "p", *AS_OF, "--registry", "none") == 0
        (here / "zhengkao.toml").unlink()
        assert check("--resume", "o") == 0
    assert [outcomes(here / name)[0]["registry"]["answer"] for name in "op"] == ["found", "not_asked"]


def test_home_and_db(here, monkeypatch):
    """Everything is in ZHENGKAO_HOME, the database where --db says, a key for each, all the owner's alone."""
    roster(here, 1, "a.csv")
    assert check("a.csv", "--out", "o") == 0
    assert {path.name for path in (here / "home").iterdir()} >= {"zhengkao.sqlite", "keys"}
    assert check("a.csv", "--out", "p", "--db", f"sqlite:///{here}/own.db") == 0
    keys = list((here / "home" / "keys").iterdir())
    assert len(keys) == 2  # one for each database
    for path in (here / "own.db", here / "home" / "zhengkao.sqlite", *keys):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert check("--resume", "p") == 2  # it stands in the other database
    assert check("--resume", "p", "--db", f"sqlite:///{here}/own.db") == 0
    monkeypatch.setenv("ZHENGKAO_HOME", str(here / "a.csv"))
    assert check("a.csv", "--out", "o") == 4


def test_next_month_reads_the_same(here, capsys):
    """What was named and what the cells told is kept in profile.toml; a column that is gone is told."""
    header = ("工人", "号码", *HEADER[2:])
    write_csv(here / "十月.csv", [row(*person(number)) for number in range(3)], header)
    assert check("十月.csv", "--columns", "name=工人", "--out", "o", *AS_OF) == 0
    (sheet,) = summary(here / "o")["sheets"]
    assert sheet["tables"][0]["guessed"] == {"工人": "按指定的列", "号码": "抽看的 3 格中有 3 格是身份证号"}
    short = [row(*person(number))[:-1] for number in range(3)]
    write_csv(here / "十一月.csv", short, header[:-1])
    capsys.readouterr()
    assert check("十一月.csv", "--profile", "o/profile.toml", "--out", "p", *AS_OF) == 0
    assert f"少了“{header[-1]}”一列" in capsys.readouterr().out
    assert [one["name"] for one in outcomes(here / "p")] == [one["name"] for one in outcomes(here / "o")]
    assert check("十一月.csv", "--profile", "o/summary.json", "--out", "q") == 2
    assert check("十一月.csv", "--profile", "nowhere.toml", "--out", "q") == 2
