"""An exam batch from the files to a verified draw, through the program itself."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction

import pytest

from common.resources import DATA
from scheduler.batch.kept_batch import read_kept
from scheduler.checker.check import check
from scheduler.checker.schedule.source import HEADERS
from scheduler.draw import draw
from scheduler.reading import read_batch
from tests.scheduler import oracle
from tests.scheduler.builders import planned, seed
from tests.scheduler.files import CHINESE, TABLES, with_row, write_folder, write_workbook

EXAMPLE = DATA / "examples" / "batch"
ROOT = DATA.parent


def program(*arguments):
    """Run the program in its own process; gives exit code, output and errors."""
    told = subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return told.returncode, told.stdout, told.stderr


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    out = tmp_path_factory.mktemp("example")
    code, told, errors = program("exam", "plan", EXAMPLE, "--out", out)
    doubts = [
        line for line in errors.splitlines() if "……已用" not in line
    ]  # progress, where a machine is slow
    assert (code, doubts) == (0, [])
    digest = json.loads((out / "plan.json").read_text(encoding="utf-8"))["digest"]
    assert digest in told
    assert program("exam", "draw", out, "--seed", seed(5))[0] == 0
    return out


def test_everybody_of_the_example_is_placed_and_checked_and_verified(example):
    assert len(rows(example / "assignments.csv")) == 800
    assert rows(example / "unassigned.csv") == []
    code, told, _ = program("exam", "check", EXAMPLE, example, "--json")
    assert (code, json.loads(told)) == (0, {"findings": [], "placed": 800, "unplaced": 0})
    assert program("exam", "verify", example)[0] == 0


def test_people_are_counted_and_not_rows_and_no_number_is_repeated(example, tmp_path):
    """Somebody is in no file, and an identity number stands where an id should."""
    listed = rows(example / "assignments.csv")
    number = "000000199001010018"
    kept = [*listed[1:], {**listed[1], "trainee_id": number}]
    lines = [",".join(listed[0]), *(",".join(row.values()) for row in kept)]
    (tmp_path / "assignments.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    code, told, errors = program("exam", "check", EXAMPLE, tmp_path, "--json")
    data = json.loads(told)
    assert (code, data["placed"], data["unplaced"]) == (1, 799, 1)
    assert number not in told + errors
    assert {"TRAINEE-UNKNOWN", "TRAINEE-MISSING"} <= {one["code"] for one in data["findings"]}
    assert "000000********0018" in {one.get("trainee_id") for one in data["findings"]}


def test_a_schedule_of_another_batch_is_told_as_such(example, tmp_path):
    """Of the batch before a change, say: what is then found is mostly no fault of the schedule."""
    lines = (EXAMPLE / "trainees.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    other = shutil.copytree(EXAMPLE, tmp_path / "batch")
    (other / "trainees.csv").write_text("".join(lines[:-1]), encoding="utf-8-sig", newline="")
    code, told, _ = program("exam", "check", other, example)
    assert code == 1
    assert "不是按所给批次做的（名单摘要不同）" in told
    assert str(example / "batch") in told
    code, told, _ = program("exam", "check", EXAMPLE, example)
    assert code == 0
    assert "名单摘要不同" not in told


def test_rules_beside_a_workbook_under_another_name_are_told_not_to_be_read(tmp_path):
    book = tmp_path / "批次.xlsx"
    write_workbook(book)
    (tmp_path / "rules.toml").write_text('[lottery]\ncap = "1/5"\n', encoding="utf-8")
    _, told, errors = program("exam", "plan", book, "--out", tmp_path / "1")
    assert "旁边的 rules.toml 没有读" in errors
    assert "各项都是默认值" in told
    (tmp_path / "rules.toml").rename(tmp_path / "批次.toml")
    _, told, errors = program("exam", "plan", book, "--out", tmp_path / "2")
    assert "没有读" not in errors
    assert "规则：" in told
    assert "默认值" not in told


def test_a_schedule_made_by_hand_in_a_workbook_is_checked(example, tmp_path):
    """Copied by hand, with one mistake: somebody was put down twice."""
    listed = [
        [row["trainee_id"], row["site_id"], row["date"], row["half"], "1"]
        for row in rows(example / "assignments.csv")
    ]
    book = write_workbook(
        tmp_path / "手工安排.xlsx",
        {
            "安排表": [["考试安排"], ["考生编号", "考点编号", "日期", "半天", "桌号"], *listed, listed[0]],
            "说明": [["草稿"]],
        },
    )
    code, told, errors = program("exam", "check", EXAMPLE, book, "--json")
    (finding,) = json.loads(told)["findings"]
    assert (code, finding["code"], finding["trainee_id"]) == (1, "SITS-TWICE", listed[0][0])
    assert finding["message"].startswith("手工安排.xlsx 安排表 第 803 行：")
    assert "没有 duties.csv" in errors
    assert "手工安排.xlsx 安排表 没有读的列：“桌号”" in errors


def test_a_schedule_that_names_its_sites_is_checked_as_one_with_their_ids(example, tmp_path):
    """An office writes what the sites are called; somebody at an unknown place is still told."""
    names = {one.site_id: one.name for one in read_batch(EXAMPLE).sites.values()}
    assert len(set(names.values())) == len(names)
    head = ["考生编号", "考点", "考试日期", "时段"]
    listed = [
        [row["trainee_id"], names[row["site_id"]], row["date"], row["half"]]
        for row in rows(example / "assignments.csv")
    ]
    book = write_workbook(tmp_path / "手工安排.xlsx", {"考生安排": [head, *listed]})
    code, told, errors = program("exam", "check", EXAMPLE, book)
    assert (code, "已按考点表读作编号" in errors) == (0, True), told
    listed[0][1] = "别处"
    book = write_workbook(tmp_path / "手工安排.xlsx", {"考生安排": [head, *listed]})
    code, told, _ = program("exam", "check", EXAMPLE, book, "--json")
    assert [one["code"] for one in json.loads(told)["findings"]][:1] == ["SITE-UNKNOWN"]


def test_the_help_of_a_check_names_the_columns_of_a_schedule_made_by_hand():
    _, told, _ = program("exam", "check", "--help")
    assert all(words[0] in told for words in HEADERS.values())


def test_why_somebody_sits_where_they_sit(example, tmp_path):
    """X0077 learned at a school whose site S7 is; the sentence says so with the article, and says where and why by lot."""
    code, told, errors = program("exam", "explain", example, "X0077", "X0001")
    assert (code, errors) == (0, "")
    first, second = told.split("\n\n")
    row = next(row for row in rows(example / "assignments.csv") if row["trainee_id"] == "X0077")
    half = {"am": "上午", "pm": "下午"}[row["half"]]
    assert "  S7 恒达考试点：交叉考试回避" in first
    assert "（规则 2）（通知第二部分（三）" in first
    (result,) = [line for line in first.splitlines() if line.startswith("结果：")]
    assert result.startswith(f"结果：{row['site_id']} ")
    assert f" {row['date']} {half}，第 {row['room']} 考场 {row['seat']} 号座位，" in result
    assert f" {row['site_chance']}（约 " in first
    assert "排第 " in first
    assert "自成一组" in second
    (data,) = json.loads(program("exam", "explain", example, "X0077", "--json")[1])
    assert sum(Fraction(one["chance"]) for one in data["open"]) == 1
    assert data["drawn"]["row"]["site_id"] == row["site_id"]
    code, _, errors = program("exam", "explain", example, "x0077")
    assert (code, "是不是“X0077”" in errors) == (2, True)
    assert program("exam", "plan", EXAMPLE, "--out", tmp_path)[0] == 0
    assert "还没有抽签。" in program("exam", "explain", tmp_path, "X0077")[1]


def test_nobody_of_the_example_is_at_an_own_or_connected_site_but_by_a_named_exception(example):
    batch = read_batch(EXAMPLE)
    named = set()
    for row in rows(example / "assignments.csv"):
        one = batch.trainees[row["trainee_id"]]
        session = next(
            s
            for s in batch.seats
            if (s.site_id, str(s.day), str(s.half)) == (row["site_id"], row["date"], row["half"])
        )
        assert oracle.may_sit(batch, one, session)
        tied = oracle.connected(batch, one.institution_id, batch.sites[session.site_id], session.day)
        assert bool(row["exception"]) == tied
        named.add(row["exception"])
    assert "sole_site" in named


def test_twenty_draws_of_the_example():
    batch = read_batch(EXAMPLE)
    plan = planned(batch)
    for number in range(20):
        schedule = draw(plan, seed(number))
        assert len(schedule.placements) == 800
        assert check(batch, schedule) == []
        sitting = [
            (batch.trainees[name].id_number, *one.session[1:]) for name, one in schedule.placements.items()
        ]
        assert len(sitting) == len(set(sitting))


def test_no_names_and_no_numbers_leave_the_list(example):
    batch = read_batch(EXAMPLE)
    secrets = {one.id_number for one in batch.trainees.values()} | {
        one.name for one in batch.trainees.values()
    }
    published = [path for path in example.iterdir() if path.name != "batch"]
    assert {"plan.json", "assignments.csv", "schedule.html"} <= {path.name for path in published}
    for path in published:
        text = path.read_text(encoding="utf-8-sig")
        assert not [secret for secret in secrets if secret in text], path.name


def test_the_batch_is_kept_apart_with_a_warning(example):
    """The batch itself stays for the papers, in a folder that says it must not be published."""
    kept = example / "batch"
    assert (kept / "trainees.csv").read_bytes() == (EXAMPLE / "trainees.csv").read_bytes()
    assert "不得公开" in (kept / "不得公开.txt").read_text(encoding="utf-8")
    assert read_kept(example) == read_batch(EXAMPLE)


def test_drawing_needs_no_kept_batch(example, tmp_path):
    (tmp_path / "plan.json").write_bytes((example / "plan.json").read_bytes())
    assert program("exam", "draw", tmp_path, "--seed", seed(5))[0] == 0
    assert (tmp_path / "assignments.csv").read_bytes() == (example / "assignments.csv").read_bytes()
    assert program("exam", "verify", tmp_path)[0] == 0


def test_everybody_of_the_example_has_room_and_seat_and_the_page_shows_them(example):
    batch, page = read_batch(EXAMPLE), (example / "schedule.html").read_text(encoding="utf-8")
    for row in rows(example / "assignments.csv"):
        part = batch.trainees[row["trainee_id"]].part
        assert bool(row["room"] and row["seat"]) == (part != "practical")
        assert bool(row["group"] and row["place"]) == (part != "theory")
        if row["room"]:
            assert f"第 {row['room']} 考场 {row['seat']} 号" in page
        if row["group"]:
            assert f"第 {row['group']} 组 顺序号 {row['place']}" in page
    record = json.loads((example / "draw.json").read_text(encoding="utf-8"))
    assert record["seating"]["institution_neighbours"] == 0
    assert "同一培训机构的有 0 对" in page


def test_a_drawn_folder_is_not_drawn_again_and_a_change_is_caught(example, tmp_path):
    for path in example.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    assert program("exam", "draw", tmp_path, "--seed", seed(6))[0] == 2
    assert program("exam", "plan", EXAMPLE, "--out", tmp_path)[0] == 2
    content = (tmp_path / "assignments.csv").read_bytes()
    (tmp_path / "assignments.csv").write_bytes(content.replace(b",am,", b",pm,", 1))
    assert program("exam", "verify", tmp_path)[0] == 1
    assert program("exam", "check", EXAMPLE, tmp_path)[0] == 1


def test_the_seed_of_the_hashes_of_python_changes_no_byte(tmp_path):
    for number in ("1", "2"):
        subprocess.run(
            [sys.executable, "cli.py", "exam", "run", str(EXAMPLE), "--out", str(tmp_path / number), "--seed", seed(1)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": number, "PYTHONUTF8": "1"}, check=True, capture_output=True,
        )  # fmt: skip
    for name in ("plan.json", "assignments.csv", "unassigned.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_faulty_batch_is_exit_2_with_every_fault_and_nothing_planned(tmp_path):
    folder = write_folder(tmp_path / "batch", **with_row("seats", "S9", "2026-12-01", "am", "-1"))
    (folder / "rules.toml").write_text("[lottery]\nhat = 1\n", encoding="utf-8")
    code, told, errors = program("exam", "plan", folder, "--out", tmp_path / "out", "--json")
    assert code == 2
    found = json.loads(told)["findings"]
    assert sorted((one["file"], one["row"], one["column"]) for one in found) == [
        ("rules.toml", 2, 0),
        ("seats.csv", 4, 1),
        ("seats.csv", 4, 4),
    ]
    assert "seats.csv 第 4 行 D 列" in errors
    assert not (tmp_path / "out").exists()


def test_somebody_without_a_place_is_exit_3(tmp_path):
    trainees = [*TABLES["trainees"][:2], ["T2", "乙二", "", "I2", "无处可考作业", "both", "", ""]]
    folder = write_folder(tmp_path / "batch", trainees=trainees)
    code, told, _ = program("exam", "run", folder, "--out", tmp_path / "out", "--seed", seed(1))
    assert code == 3
    assert "没有位置" in told
    assert "这只是部分安排" in told
    assert "名单第 3 行" in told
    assert "部分安排" in (tmp_path / "out" / "schedule.html").read_text(encoding="utf-8")
    remedies = json.loads((tmp_path / "out" / "remedies.json").read_text(encoding="utf-8"))
    assert [one["groups"][0]["rows"] for one in remedies["bottlenecks"]] == [[3]]
    (row,) = rows(tmp_path / "out" / "unassigned.csv")
    assert row["trainee_id"] == "T2"
    assert "考点不考该项目" in row["reason"]
    assert program("exam", "check", folder, tmp_path / "out")[0] == 0


def test_remedies_are_the_same_bytes_for_every_seed_of_the_hashes(tmp_path):
    crowd = [
        [f"T{number}", "", "", f"I{1 + number % 2}", "低压电工作业", "both", "", ""] for number in range(9)
    ]
    folder = write_folder(tmp_path / "batch", trainees=[TABLES["trainees"][0], *crowd])
    for number in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "cli.py", "exam", "plan", str(folder), "--out", str(tmp_path / number)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": number, "PYTHONUTF8": "1"}, check=False, capture_output=True,
        )  # fmt: skip
        assert done.returncode == 3
    for name in ("plan.json", "remedies.json", "remedies.html"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_chinese_workbook(tmp_path):
    book = write_workbook(tmp_path / "批次.xlsx", CHINESE)
    assert program("exam", "run", book, "--out", tmp_path / "out", "--seed", seed(1))[0] == 0
    assert "试用" in json.loads((tmp_path / "out" / "draw.json").read_text(encoding="utf-8"))["seed_origin"]


@pytest.mark.parametrize("bad", ["", "00", "x" * 64])
def test_a_bad_seed_is_wrong_usage_and_leaves_nothing(tmp_path, bad):
    folder = write_folder(tmp_path / "batch")
    assert program("exam", "run", folder, "--out", tmp_path / "out", "--seed", bad)[0] == 2
    assert not (tmp_path / "out").exists()


def test_without_a_seed_a_trial_draws_its_own(tmp_path):
    folder = write_folder(tmp_path / "batch")
    seeds = set()
    for name in ("a", "b"):
        assert program("exam", "run", folder, "--out", tmp_path / name)[0] == 0
        seeds.add(json.loads((tmp_path / name / "draw.json").read_text(encoding="utf-8"))["seed"])
    assert len(seeds) == 2


def test_missing_folders(tmp_path):
    for arguments in (
        ("plan", tmp_path / "none", "--out", tmp_path / "out"),
        ("draw", tmp_path / "none", "--seed", seed(1)),
        ("verify", tmp_path / "none"),
        ("check", EXAMPLE, tmp_path / "none"),
    ):
        code, _, errors = program("exam", *arguments)
        assert code == 2, arguments
        assert "Traceback" not in errors


def test_what_is_not_read_and_what_is_hardly_meant_is_told_beside_the_plan(tmp_path):
    """On standard error: the plan is published, and its digest does not depend on a column that nobody reads."""
    rows_of = [[*row, "备注" if number == 0 else "无"] for number, row in enumerate(TABLES["trainees"])]
    batch = write_folder(tmp_path / "batch", trainees=rows_of)
    code, out, err = program("exam", "plan", batch, "--out", tmp_path / "out")
    assert code == 0
    assert "请核对：没有读 trainees.csv 的列“备注”" in err
    assert "请核对" not in out
    assert program("exam", "plan", write_folder(tmp_path / "plain"), "--out", tmp_path / "other")[0] == 0
    assert (tmp_path / "out" / "plan.json").read_bytes() == (tmp_path / "other" / "plan.json").read_bytes()


def test_what_is_missing_of_a_command_is_named_as_it_is_typed(tmp_path):
    code, _, err = program("exam", "plan", write_folder(tmp_path / "batch"))
    assert code == 2
    assert "缺少 --out 文件夹" in err
    assert "缺少 批次" in program("exam", "plan")[2]


def test_the_batch_of_a_drawn_folder_stays(tmp_path):
    """Papers and changes of what was drawn are made from it: another batch planned into the folder is refused, and touches nothing."""
    out = tmp_path / "o"
    assert program("exam", "run", write_folder(tmp_path / "a"), "--out", out, "--no-papers")[0] == 0
    before = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    other = write_folder(tmp_path / "b", **with_row("institutions", "I3", "机构三", "training"))
    for command in ("plan", "run"):
        code, _, told = program("exam", command, other, "--out", out)
        assert (code, "已经抽过签" in told) == (2, True)
    assert {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_path_is_no_folder(tmp_path, given):
    """A variable of a script that is not set: the batch with all names would be kept in the current folder."""
    code, _, errors = program("exam", "plan", EXAMPLE, "--out", given)
    assert (code, "--out 的值不对：路径是空的" in errors) == (2, True)
    assert program("exam", "plan", given, "--out", tmp_path / "out")[0] == 2


def test_what_a_killed_plan_left_is_gone_after_the_next_one(tmp_path):
    """The copy of the batch holds names and numbers: it must not stay where the plan is published from."""
    out = tmp_path / "out"
    for left in (out / ".zhengkao-batch" / "batch", out / ".zhengkao-abc" / "batch"):
        left.mkdir(parents=True)
        (left / "trainees.csv").write_text("甲", encoding="utf-8")
        (left.parent / ".held").touch()
    (out / ".plan.json.abcd1234").write_text("{", encoding="utf-8")
    assert program("exam", "plan", EXAMPLE, "--out", out)[0] == 0
    assert [one.name for one in out.iterdir() if one.name.startswith(".")] == []
