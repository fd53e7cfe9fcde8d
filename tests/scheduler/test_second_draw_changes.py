"""Changes repeated by docs/draw.mjs, which was written from docs/draw-specification.md alone."""

import datetime as dt
import json
import shutil
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.canonical import digest
from scheduler.batch.batch_files import write_batch
from scheduler.batch.kept_batch import keep, read_kept
from scheduler.folder import json_text
from scheduler.problem import Room
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.announcement import Terms, make_announcement, opened_seed, write_announcement
from scheduler.seed.seed_origin import announced_origin
from tests.scheduler.builders import at, places, planned, problem, site, staff, trainee
from tests.scheduler.replan.drawn import changed, drawable_batches, drawn, random_changes, rows, rules_toml
from tests.scheduler.test_second_draw import second_draw

CODES = [bytes([number]) * 32 for number in range(6)]
EARLY = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 11, 3, 8, tzinfo=dt.UTC)
WHEN = {"date": "2026-12-01", "half": "am"}


def agrees(folder):
    """Say whether the second implementation finds everything equal, and how many links it looked at."""
    ran = second_draw(folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "不同" not in ran.stdout
    return ran.stdout.count("次变更：")


@given(st.data())
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_changes_in_a_row_agree(data):
    with tempfile.TemporaryDirectory() as name:
        folder = drawn(data.draw(drawable_batches()), Path(name))
        number = data.draw(st.integers(1, 4))
        for step in range(1, number + 1):
            sitting = {row["trainee_id"] for row in rows(folder / "assignments.csv")}
            out = Path(name) / str(step)
            changed(folder, out, *random_changes(data.draw, read_kept(folder), sitting, step))
            folder = out
        assert agrees(folder) == number


def hall(rooms=(9, 3), people=14, one_person=()):
    """Two mornings at two sites, with little to spare; A's rooms are stated."""
    trainees = [
        trainee(
            f"T{n:02}", f"I{n % 3 + 1}", part=("both", "theory", "practical")[n % 5 % 3], class_id=f"{n % 2}班",
            needs=("accessible",) if n % 6 == 0 else (),
            id_number="000000199001010018" if f"T{n:02}" in one_person else "",
        )
        for n in range(people)
    ]  # fmt: skip
    staffed = [
        staff(f"W{n}", roles=("invigilator", "patrol"), employer_id="I1" if n == 4 else "") for n in range(7)
    ]
    sites = [site("A", kind="public"), site("B", kind="public")]
    batch = problem(
        trainees, sites, seats={at(name, when): 8 for name in "AB" for when in ("1am", "1pm")},
        rows=[places("A", 5), places("B", 5)], people=staffed,
    )  # fmt: skip
    return replace(
        batch,
        rooms=tuple(Room("A", f"{number}", seats, 3, 1) for number, seats in enumerate(rooms, start=1)),
        rules=replace(batch.rules, examiners_per_item=0, invigilators_per_room=1, substitutes=2),
    )


@pytest.fixture(scope="module")
def announced(tmp_path_factory):
    """Three changes after an announced draw, the second with corrected facts; everybody must agree first."""
    work = tmp_path_factory.mktemp("announced")
    folder, batch = work / "0", write_given(hall(), work / "given")
    folder.mkdir()
    keep(batch, None, folder)
    write_plan(folder, planned(hall()))
    write_announcement(folder, make_announcement(folder, CODES, Terms("某彩票第 1 期", LATE), EARLY))
    seed, reveal = opened_seed(folder, CODES[0].hex(), "1 2 3", LATE)
    draw_and_write(folder, seed, announced_origin(reveal["public_value"]), LATE.isoformat(), reveal=reveal)

    def change(number, *table, **more):
        changed(
            work / f"{number - 1}",
            work / f"{number}",
            *table,
            secrets=lambda _: [one.hex() for one in CODES[1:]],
            **more,
        )

    change(1, {"change": "seats", "id": "A", **WHEN, "value": 2}, {"change": "staff_unavailable", "id": "W1"})
    sits = [
        one
        for one in rows(work / "1" / "assignments.csv")
        if (one["date"], one["half"]) == tuple(WHEN.values())
    ]
    corrected = hall(rooms=(1, 9), people=13, one_person={one["trainee_id"] for one in sits[:2]})
    change(2, batch=write_given(corrected, work / "corrected"), take_back=True)
    added = {"change": "trainee_added", "id": "N1", "institution_id": "I1", "item": trainee("T").item}
    change(3, {"change": "trainee_moved", "id": rows(work / "2" / "assignments.csv")[0]["trainee_id"]}, added)
    assert agrees(work / "3") == 3
    return work / "3"


def write_given(batch, folder):
    """Write a batch with its rules as somebody hands it in."""
    write_batch(batch, folder)
    (folder / "rules.toml").write_text(rules_toml(batch), encoding="utf-8")
    return folder


@pytest.fixture
def copied(announced, tmp_path):
    """A copy of the last folder that a test may change."""
    return Path(shutil.copytree(announced, tmp_path / "copy"))


def test_the_chain_has_what_is_to_be_repeated(announced):
    """Else the other tests say little: people touched for many reasons, duties that ended and began."""
    plans = [json.loads(path.read_text(encoding="utf-8")) for path in announced.rglob("plan.json")]
    changes = [plan["change"] for plan in plans if "change" in plan]
    kinds = {one["kind"] for change in changes for one in change["touched"]}
    assert {"limit", "clash", "withdrawn", "moved", "added"} <= kinds
    assert any(change["lost_seats"] for change in changes)
    told = {
        row["reason"]
        for path in announced.rglob("difference.csv")
        for row in rows(path)
        if row["kind"] == "duty"
    }
    assert "按候补顺序第 1 名递补" in told


def test_a_flipped_byte_anywhere_in_the_chain_is_noticed(copied):
    files = [path for path in sorted(copied.rglob("*")) if path.is_file() and "batch" not in path.parts]
    assert len(files) > 25
    for path in files:
        content = path.read_bytes()
        place = len(content) * 2 // 3
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert second_draw(copied).returncode in (1, 2), path.relative_to(copied)
        path.write_bytes(content)
    agrees(copied)


def test_a_file_too_many_or_missing_is_noticed(copied):
    (copied / "chain" / "1" / "more.csv").write_bytes(b"")
    assert "不同　chain/ 中各文件的摘要：1/more.csv" in second_draw(copied).stdout
    (copied / "chain" / "1" / "more.csv").unlink()
    (copied / "chain" / "0" / "unassigned.csv").unlink()
    assert "不同　chain/ 中各文件的摘要：0/unassigned.csv" in second_draw(copied).stdout
    shutil.rmtree(copied / "chain" / "2")
    assert second_draw(copied).returncode == 1


def rewritten(path, alter):
    """Alter a plan or record and give it a fresh digest, as somebody would who wants it to look right."""
    content = json.loads(path.read_text(encoding="utf-8"))
    alter(content)
    content["digest"] = digest({name: value for name, value in content.items() if name != "digest"})
    path.write_bytes(json_text(content).encode("utf-8"))
    return content


def forged(folder, alter):
    """Alter the last plan, and the record so that it names it; gives what the second implementation says."""
    plan = rewritten(folder / "plan.json", alter)
    named = {
        "plan_digest": plan["digest"],
        "plan_file": sha256((folder / "plan.json").read_bytes()).hexdigest(),
    }
    rewritten(folder / "draw.json", lambda record: record.update(named))
    ran = second_draw(folder)
    assert ran.returncode == 1
    assert "一致　draw.json 的摘要" in ran.stdout.split("第 3 次变更：")[1]
    return ran.stdout.split("第 3 次变更：")[1]


def kept_group(plan):
    return next(group for group in plan["groups"] if "kept" in group and group["kept"][0]["room"])


def move_somebody(plan):
    cell = kept_group(plan)["cells"][0]
    cell["session"] = (cell["session"] + 1) % len(plan["sessions"])


def reseat_somebody(plan):
    kept_group(plan)["kept"][0]["seat"] = "99"


def examine_something_else(plan):
    kept_group(plan)["item"] = "焊工"


def take_a_seat(plan):
    group = kept_group(plan)
    group["kept"][0].update(room="", seat="")
    plan["change"]["lost_seats"].append({"trainee_id": group["trainees"][0], "before": None})


def say_another_before(plan):
    one = next(one for one in plan["change"]["touched"] if one["before"])
    one["before"]["exceptions"] = ["sole_site"]


def claim(kind):
    def alter(plan):
        one = next(one for one in plan["change"]["touched"] if one["kind"] == "moved")
        one["kind"] = kind

    return alter


def forget_somebody(plan):
    plan["change"]["touched"].pop()


def add_to(name):
    def alter(plan):
        plan["change"][name] = plan["change"][name][1:]

    return alter


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (move_somebody, "没有触及的人各项不变"),
        (reseat_somebody, "没有触及的人各项不变"),
        (examine_something_else, "没有触及的人各项不变"),
        (take_a_seat, "失去座位的人"),
        (say_another_before, "触及的人原位置属实"),
        (forget_somebody, "参加抽签的正是触及而没有退考的人"),
        (claim("gone"), "触及的理由"),
        (claim("withdrawn"), "触及的理由"),
        (claim("facts"), "触及的理由"),
        (claim("waiting"), "触及的理由"),
        (claim("added"), "触及的理由"),
        (claim("limit"), "由抽签决定离开的人"),
        (add_to("duties"), "任务接着前一次的"),
        (add_to("substitutes"), "候补接着前一次的"),
    ],
)
def test_a_forged_plan_of_a_change_is_noticed(copied, alter, told):
    """With digests that fit: the rules themselves tell."""
    failed = [line for line in forged(copied, alter).splitlines() if line.startswith("不同")]
    assert any(told in line for line in failed), failed


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("code", CODES[4].hex(), "备用码的指纹"),
        ("parent", "0" * 64, "前一次的摘要"),
        ("change_number", 2, "chain/ 中的文件夹"),
        ("committed", False, "公告时是否封存了备用码"),
        ("reveal", {}, "按变更公告抽签"),
        ("placed", 0, "draw.json 中的人数"),
        ("seed", "0" * 64, "种子"),
    ],
)
def test_a_forged_record_of_a_change_is_noticed(copied, name, value, told):
    rewritten(copied / "draw.json", lambda record: record.update({name: value}))
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert any(line.startswith("不同") and told in line for line in ran.stdout.splitlines())


def test_a_change_that_hides_its_number_is_no_first_draw(copied):
    rewritten(copied / "draw.json", lambda record: record.pop("change_number"))
    assert second_draw(copied).returncode in (1, 2)
