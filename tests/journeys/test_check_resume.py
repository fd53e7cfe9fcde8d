"""A run goes on with what it was given, alone in its folder."""

import shutil

import pytest

from commands.runs import alone_in
from common.resources import DATA
from tests.journeys.check_support import check, outcomes, program, roster, write_csv

AS_OF = ("--as-of", "2026-11-20")


def given_file(here, option):
    """A file for an option, as somebody would hand it in."""
    if option == "posts":
        return write_csv(here / "posts.csv", [["电工", "低压电工作业"]], ["岗位", "所需项目"])
    if option == "waivers":
        cells = [["000000199001010018", "DATE-RANGE", "换证中", "王", "2026-12-31"]]
        return write_csv(here / "w.csv", cells, ["证件号码", "问题代码", "理由", "批准人", "有效期至"])
    if option == "rules":
        return shutil.copy(DATA / "rules" / "certificate" / "reminders.toml", here / "r.toml")
    check(roster(here, 1, "before.csv"), "--out", "before", *AS_OF)
    name = {"problems": "problems.xlsx", "profile": "profile.toml"}[option]
    return shutil.copy(here / "before" / name, here / name)


@pytest.mark.parametrize("option", ["posts", "waivers", "rules", "problems", "profile"])
def test_a_changed_file_is_not_resumed(here, capsys, option):
    """Each file that a run was given counts as its lists do: unchanged the run goes on, changed or gone it does not."""
    path = given_file(here, option)
    check(roster(here, 1), "--out", "o", *AS_OF, f"--{option}", path)
    before = (here / "o" / "outcomes.jsonl").read_bytes()
    assert check("--resume", "o") in (0, 1)
    path.write_bytes(path.read_bytes() + b"\n")
    capsys.readouterr()
    assert check("--resume", "o") == 2
    assert f"--{option} 的文件在上次核验后改动过，不能继续。请重新核验。" in capsys.readouterr().err
    path.unlink()
    assert check("--resume", "o") == 2
    assert (here / "o" / "outcomes.jsonl").read_bytes() == before


def test_a_file_that_the_run_writes_itself_is_no_change(here):
    """The problem list of the folder of reports is carried on there, and so written anew by the run."""
    check(roster(here, 1), "--out", "o", *AS_OF)
    check(
        roster(here, 2), "--out", "o", *AS_OF, "--problems", "o/problems.xlsx", "--profile", "o/profile.toml"
    )
    assert check("--resume", "o") == 0


def test_a_run_that_wrote_no_digests_goes_on(here, monkeypatch):
    """A run of before this rule has none of files: it is held to what it wrote down."""
    path = given_file(here, "posts")
    with monkeypatch.context() as patch:
        patch.setattr("commands.checking.digests", lambda options: {})
        check(roster(here, 1), "--out", "o", *AS_OF, "--posts", path)
    assert check("--resume", "o") == 0


def test_one_run_at_a_time_in_a_folder(here, capsys):
    """The second is told, begins nothing, and leaves run.txt as it was; the first, and one after it, are not disturbed."""
    check(roster(here, 1), "--out", "o", *AS_OF)
    name = (here / "o" / "run.txt").read_bytes()
    capsys.readouterr()
    with alone_in(here / "o"):
        assert check(roster(here, 1), "--out", "o", *AS_OF) == 2
        assert check("--resume", "o") == 2
    assert "另一次核验正在往" in capsys.readouterr().err
    assert (here / "o" / "run.txt").read_bytes() == name
    assert check("--resume", "o") == 0
    assert not [path for path in (here / "o").iterdir() if path.name.startswith(".")]


def test_two_processes_in_one_folder(here):
    """Whoever comes second waits a moment or is told; nobody fails half-way, and the reports are those of run.txt."""
    check(roster(here, 3), "--out", "o", *AS_OF)
    runs = [program(here / "home", "check", "--resume", here / "o") for _ in range(3)]
    told = [run.communicate(timeout=120)[1].decode() for run in runs]
    codes = {run.returncode for run in runs}
    assert "写不了" not in "".join(told)
    assert codes <= {0, 2}
    assert 0 in codes
    assert len(outcomes(here / "o")) == 3
