"""Papers through the program itself: at the end of a draw, again later, and what is refused."""

import json
import os
import re
import stat
import subprocess
import sys

import pytest
from pypdf import PdfReader

from common.resources import DATA
from tests.scheduler.papers.drawn import NAMES, NUMBERS, SEED, batch, drawn

ROOT = DATA.parent


def program(*arguments, papers="yes"):
    told = subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1", "ZHENGKAO_PAPERS": papers},
    )  # fmt: skip
    return told.returncode, told.stdout, told.stderr


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return batch(tmp_path_factory.mktemp("papers") / "batch")


def test_a_run_writes_the_papers_at_its_end_and_verify_does_not_mind(source, tmp_path):
    code, told, errors = program("exam", "run", source, "--out", tmp_path, "--seed", SEED)
    assert code == 0, errors
    assert "准考证" in told
    assert (tmp_path / "papers" / "tickets.pdf").read_bytes().startswith(b"%PDF")
    assert program("exam", "verify", tmp_path)[0] == 0


@pytest.mark.parametrize(("setting", "option"), [("no", ()), ("yes", ("--no-papers",))])
def test_papers_that_are_not_wanted_are_not_written(source, tmp_path, setting, option):
    code, _, _ = program("exam", "run", source, "--out", tmp_path, "--seed", SEED, *option, papers=setting)
    assert code == 0
    assert not (tmp_path / "papers").exists()


def test_some_kinds_into_another_folder_and_no_name_on_the_terminal(tmp_path):
    folder = drawn(tmp_path / "exam")
    code, told, errors = program(
        "exam", "papers", folder, "--kinds", "doors,filing", "--out", tmp_path / "out"
    )
    assert code == 0, errors
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "doors.pdf",
        "filing.pdf",
        "filing.docx",
        "manifest.json",
    }
    assert "U+3134A" in told
    assert not [secret for secret in (*NAMES, *NUMBERS) if secret in told + errors]


def test_without_the_kept_batch_it_says_so(tmp_path):
    folder = drawn(tmp_path / "exam", keep=False)
    code, told, _ = program("exam", "papers", folder, "--kinds", "doors")
    assert code == 0
    assert "以编号代替姓名" in told


def test_another_batch_than_the_plans_is_refused(tmp_path):
    folder = drawn(tmp_path / "exam")
    path = folder / "batch" / "trainees.csv"
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("仿真甲二", "仿真甲五"), encoding="utf-8-sig"
    )
    code, _, errors = program("exam", "papers", folder)
    assert code == 2
    assert "不是同一份" in errors
    assert "仿真" not in errors


def test_an_unknown_kind_and_a_folder_that_was_not_drawn(tmp_path):
    folder = drawn(tmp_path / "exam")
    assert program("exam", "papers", folder, "--kinds", "posters")[0] == 2
    assert program("exam", "papers", tmp_path)[0] == 2


def test_a_draw_whose_papers_fail_says_that_the_draw_stands(source, tmp_path):
    (tmp_path / "papers").write_text("in the way", encoding="utf-8")
    code, _, errors = program("exam", "run", source, "--out", tmp_path, "--seed", SEED)
    assert code == 4
    assert "抽签已完成" in errors
    assert json.loads((tmp_path / "draw.json").read_text(encoding="utf-8"))["placed"] == len(NAMES)


def test_tickets_of_a_drawn_batch_tell_room_seat_and_when_each_part_is_sat(source, tmp_path):
    """The example's seats are drawn: a ticket without them would send people to a door without a number."""
    program("exam", "run", source, "--out", tmp_path, "--seed", SEED)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "papers" / "tickets.pdf").pages)
    assert re.search(r"第 \d+ 考场\s*\d+ 号座位\s*09:00—11:00", text)
    assert re.search(r"第 1 组\s*顺序号 \d+\s*第 \d+ 批\s*\d\d:\d\d—\d\d:\d\d", text)


@pytest.mark.skipif(os.name == "nt", reason="folders have no owner's mode there")
def test_the_folder_of_papers_is_the_owners_alone(source, tmp_path):
    program("exam", "run", source, "--out", tmp_path, "--seed", SEED)
    assert stat.S_IMODE((tmp_path / "papers").stat().st_mode) == 0o700


def test_tickets_name_the_room_as_the_site_does(tmp_path):
    """Room 1 of the draw is 201 on the door: who looks for 1 finds nothing."""
    source = batch(tmp_path / "batch")
    rows = ["site_id,room,seats,columns,accessible", "S1,201,30,6,", "S2,201,30,6,"]
    (source / "rooms.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    program("exam", "run", source, "--out", tmp_path / "out", "--seed", SEED)
    for name in ("tickets.pdf", "doors.pdf", "duty-letters.pdf"):
        text = "".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "papers" / name).pages)
        assert re.search(r"第 1 考场（201）", text), name


def test_a_plan_says_that_the_kept_batch_is_not_to_be_published(source, tmp_path):
    _, told, _ = program("exam", "plan", source, "--out", tmp_path)
    assert f"{tmp_path / 'batch'}：批次原件，含姓名和证件号码" in told
    assert "不得公布" in told
