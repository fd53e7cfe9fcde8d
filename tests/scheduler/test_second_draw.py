"""The draw repeated by docs/draw.mjs, which was written from docs/draw-specification.md alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.canonical import digest
from scheduler.plan_checks import contradiction
from scheduler.record import draw_and_write, write_plan
from scheduler.seed.commitment import combined_seed, commitment, public_value
from scheduler.seed.seed_origin import GIVEN
from scheduler.verifying import verify
from tests.node import NODE
from tests.scheduler.builders import planned
from tests.scheduler.checker.good import good_problem
from tests.scheduler.duties.test_duties_checked import staffed
from tests.scheduler.plan_damages import DAMAGES, with_digest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from examples_dice import Dice
from make_vectors import drawn_files
from vectors_plans import in_ways, whole_plan

SEEDS = ["00" * 32, "8d" * 32]


def second_draw(*arguments):
    """Run docs/draw.mjs."""
    command = [NODE, ROOT / "docs" / "draw.mjs", *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=120)


@pytest.fixture(scope="module", params=SEEDS)
def drawn(request, tmp_path_factory):
    """A folder with the example batch drawn by the program."""
    work = tmp_path_factory.mktemp("second")
    folder = work / "out"
    command = [
        sys.executable,
        ROOT / "cli.py",
        "exam",
        "run",
        ROOT / "data" / "examples" / "batch",
        "--out",
        folder,
        "--seed",
        request.param,
    ]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=work,
        timeout=300,
        env={**os.environ, "ZHENGKAO_HOME": str(work / "home")},
    )
    return folder


@pytest.fixture
def copied(drawn, tmp_path):
    """A copy of the drawn folder that a test may change."""
    return Path(shutil.copytree(drawn, tmp_path / "copy"))


@pytest.mark.parametrize("name", ["draw-vectors.json", "seed-vectors.json", "change-vectors.json"])
def test_the_vectors_agree(name):
    """Every vector comes out of the second implementation as published."""
    path = ROOT / "docs" / name
    ran = second_draw("--vectors", path)
    content = json.loads(path.read_text(encoding="utf-8"))
    count = len(content) if isinstance(content, list) else sum(map(len, content.values()))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"样例 {count} 个，一致 {count} 个" in ran.stdout


def test_a_changed_vector_is_noticed(tmp_path):
    """A vector with another seed than the one drawn with does not agree."""
    vectors = json.loads((ROOT / "docs" / "draw-vectors.json").read_text(encoding="utf-8"))
    vectors[-1]["seed"] = "5" * 64
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps(vectors), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 1
    assert f"不同：第 {len(vectors)} 个" in ran.stdout


def test_the_example_batch_agrees(drawn):
    """The program's draw of the example batch is repeated byte for byte."""
    ran = second_draw(drawn)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "不同" not in ran.stdout
    told = ran.stdout.partition("程序看不出，请人核对：\n")[2]
    assert "没有事先的承诺，不能证明没有人挑选过种子" in told, "the seed was given by hand"
    assert "schedule.html、difference.html）只核对了摘要" in told


def vector(plan, seed):
    """Give a vector of a plan that holds together."""
    assert contradiction(plan) == ""
    return {"plan": plan, "seed": seed, "files": drawn_files(plan, seed)}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 2**32))
def test_random_plans_agree(tmp_path, number):
    """Rooms, seats, duties, substitutes and vacancies come out alike, whatever the plan."""
    plans = [whole_plan(Dice(f"random/{number}/{one}")) for one in range(40)]
    plans[::2] = [in_ways(plan, Dice(f"ways/{number}/{one}")) for one, plan in enumerate(plans[::2])]
    path = tmp_path / "plans.json"
    path.write_text(json.dumps([vector(plan, f"{number:064x}") for plan in plans]), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "样例 40 个，一致 40 个" in ran.stdout


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=staffed(), seed=st.binary(min_size=32, max_size=32))
def test_random_staffed_batches_agree(tmp_path, batch, seed):
    """The same for what planning really makes."""
    path = tmp_path / "batch.json"
    path.write_text(json.dumps([vector(planned(batch), seed.hex())]), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["assignments", "duties", "substitutes"])
def test_a_changed_byte_is_noticed(copied, name):
    """One changed byte in a file gives exit code 1 and names the file."""
    path = copied / f"{name}.csv"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert f"不同　{name}.csv" in ran.stdout


def test_another_page_is_noticed(copied):
    """The page for people tells what was drawn; who changed it after the draw is found out."""
    page = copied / "schedule.html"
    page.write_bytes(page.read_bytes().replace("抽签".encode(), "安排".encode(), 1))
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert "不同　draw.json 中其他文件的摘要：schedule.html" in ran.stdout


def _more(name):
    return lambda record: record.update({name: record[name] + 1})


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda record: record.update(documents={}), "记录之外的页面：schedule.html"),
        *((_more(name), "draw.json 中的人数") for name in ("placed", "unplaced", "vacant")),
    ],
)
def test_a_forged_record_is_noticed(copied, alter, told):
    """Its digest is right, what it says is not: pages are named, people are counted."""
    path = copied / "draw.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    alter(record)
    record["digest"] = digest({key: value for key, value in record.items() if key != "digest"})
    path.write_text(json.dumps(record), encoding="utf-8")
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert f"不同　{told}" in ran.stdout


@pytest.mark.parametrize(
    ("where", "limit", "told"),
    [("sessions", "seats", "的人数超过座位数"), ("sites", "day_limit", "的人数超过每日上限")],
)
def test_a_plan_that_overfills_a_session_or_a_day_is_not_drawn(copied, where, limit, told):
    plan = json.loads((copied / "plan.json").read_text(encoding="utf-8"))
    for one in plan[where]:
        one[limit] = 0
    plan["digest"] = digest({key: value for key, value in plan.items() if key != "digest"})
    (copied / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    ran = second_draw(copied)
    assert ran.returncode == 2
    assert told in ran.stderr


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The good problem, drawn."""
    folder = tmp_path_factory.mktemp("good")
    write_plan(folder, planned(good_problem()))
    draw_and_write(folder, "5" * 64, GIVEN, "2026-11-20T09:00:00+08:00")
    assert second_draw(folder).returncode == 0
    return folder


@pytest.mark.parametrize("number", range(len(DAMAGES)))
def test_both_refuse_the_same_plans(good, tmp_path, number):
    """A plan that one program draws and the other refuses is a result that cannot be disputed in either way."""
    folder = Path(shutil.copytree(good, tmp_path / "copy"))
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    DAMAGES[number](plan)
    (folder / "plan.json").write_text(json.dumps(with_digest(plan)), encoding="utf-8")
    ran = second_draw(folder)
    assert ran.returncode == 2, ran.stdout
    assert ran.stderr.startswith("读不了：")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"seed_origin": "按公告抽签"}, "draw.json 中种子的来历"),
        ({"note": "x"}, "draw.json 有哪些内容：note"),
        ({"drawn_at": "2026-11-20T01:00:00Z"}, "抽签时间的写法"),
        ({"drawn_at": "2026-11-20T09:00:00.5+08:00"}, "抽签时间的写法"),
        ({"seed": "A" * 64}, "draw.json 中的种子是小写"),
        ({"format": "x"}, "draw.json 的格式"),
        ({"documents": 5}, "draw.json 中写法不对的内容：documents"),
        ({"documents": {"schedule.html": "x"}}, "draw.json 中写法不对的内容：documents"),
        ({"vacant": -1}, "draw.json 中写法不对的内容：vacant"),
        ({"files": {"assignments.csv": "0" * 64, "x.csv": "0" * 64}}, "draw.json 写出了哪些 CSV 文件"),
    ],
)
def test_both_refuse_the_same_records(good, tmp_path, values, told):
    folder = Path(shutil.copytree(good, tmp_path / "copy"))
    record = json.loads((folder / "draw.json").read_text(encoding="utf-8"))
    (folder / "draw.json").write_text(json.dumps(with_digest(record | values)), encoding="utf-8")
    ran = second_draw(folder)
    assert ran.returncode == 1
    assert f"不同　{told}" in ran.stdout
    assert not all(good for good, _ in verify(folder))


def test_what_only_a_change_has_is_noticed(good, tmp_path):
    folder = Path(shutil.copytree(good, tmp_path / "copy"))
    (folder / "chain").mkdir()
    ran = second_draw(folder)
    assert ran.returncode == 1
    assert "不同　最初的抽签没有的文件夹：chain" in ran.stdout


def test_rules_that_are_not_those_of_their_digest_are_noticed(good, tmp_path):
    folder = Path(shutil.copytree(good, tmp_path / "copy"))
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    plan["rules"]["conflicts"]["years"] = 1
    (folder / "plan.json").write_text(json.dumps(with_digest(plan)), encoding="utf-8")
    ran = second_draw(folder)
    assert ran.returncode == 1
    assert "不同　plan.json 中规则的摘要" in ran.stdout


def test_a_way_that_overfills_a_session_is_not_drawn_though_the_mean_does_not(copied):
    """One seat a session, one person: both sessions in the mean of two ways that put everybody in one of them are half full."""
    plan = {
        "denominator": 2,
        "sessions": [
            {"site_id": "S1", "date": "2026-12-01", "half": half, "seats": 1} for half in ("am", "pm")
        ],
        "sites": [{"site_id": "S1", "day_limit": None}],
        "groups": [
            {
                "group": "G1", "item": "电工", "part": "theory", "trainees": ["T1", "T2"], "unplaced": 0, "reason": "",
                "cells": [{"session": one, "count": 2, "chance": "1/2", "exceptions": []} for one in (0, 1)],
            }
        ],
        "ways": [[[4, 0, 0]], [[0, 4, 0]]],
    }  # fmt: skip
    plan["digest"] = digest(plan)
    path = copied / "one.json"
    path.write_text(json.dumps([{"plan": plan, "seed": "5" * 64, "files": {}}]), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 2
    assert "S1 2026-12-01 am 的人数超过座位数" in ran.stderr


def test_a_changed_plan_is_not_drawn(copied):
    """A plan that no longer matches its digest gives exit code 1."""
    path = copied / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["sessions"][0]["seats"] += 1
    path.write_text(json.dumps(plan), encoding="utf-8")
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert "不同　plan.json 的摘要" in ran.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "没有这个文件"),
        (b"{", "不是 UTF-8 编码的 JSON"),
        ('{"名":'.encode("gbk"), "不是 UTF-8 编码的 JSON"),
        (b"null", "不像规格所写"),
    ],
    ids=["missing", "broken", "another encoding", "nothing"],
)
def test_what_cannot_be_read_is_told(copied, content, told):
    """A folder whose draw.json is no record gives exit code 2 and a sentence."""
    path = copied / "draw.json"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    ran = second_draw(copied)
    assert ran.returncode == 2
    assert ran.stderr.startswith("读不了：")
    assert told in ran.stderr


@pytest.mark.parametrize("name", ["plan.json", "draw.json"])
@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ('"digest": "0"', "“digest”在同一处写了两次"),
        ('"di\\u0067est": "0"', "“digest”在同一处写了两次"),
        ('"odd": {"a": 1, "b": [{"a": "}"}], "a": 2}', "“a”在同一处写了两次"),
        ('"odd": 1.0', "1.0 不是整数"),
        ('"odd": 1e2', "1e2 不是整数"),
        ('"odd": -0', "-0 不是整数"),
        ('"odd": NaN', "不是 UTF-8 编码的 JSON"),
        ('"odd": "\\ud800"', "有半个字符"),
        ("\ufeff", "不是 UTF-8 编码的 JSON"),
    ],
)
def test_what_has_two_readings_or_no_canonical_form_is_not_read(copied, name, odd, told):
    path = copied / name
    text = path.read_text(encoding="utf-8")
    text = odd + text if odd == "\ufeff" else text.replace("{", "{" + odd + ",", 1)
    path.write_text(text, encoding="utf-8")
    ran = second_draw(copied)
    assert ran.returncode == 2, ran.stdout
    assert told in ran.stderr


ODD = st.characters(codec=None, categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Nd", "Po"])
TYPED = st.one_of(
    st.text(), st.text(ODD, max_size=6), st.text(st.sampled_from("０１Ａ～　 \t,，7"), max_size=9)
)


def form_of(typed):
    """Give the one form, None where there is none."""
    try:
        return public_value(typed)
    except ValueError:
        return None


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.lists(TYPED, min_size=60, max_size=200),
    code=st.binary(min_size=32, max_size=32),
    number=st.integers(0, 2**53 - 1),
    source=st.text(st.characters(codec="utf-8")),
)
def test_random_values_commitments_and_seeds_agree(tmp_path, typed, code, number, source):
    """Whatever people type, both programs see the same value or none, and come to the same seed."""
    announcement = {"plan_digest": digest(source), "list_digest": digest(number), "public_source": source}
    announcement["digest"] = digest(announcement)
    forms = {one: form_of(one) for one in typed}
    content = {
        "public_values": [{"typed": one, "form": form} for one, form in forms.items()],
        "commitments": [{"number": number, "code": code.hex(), "commitment": commitment(number, code)}],
        "seeds": [
            {"announcement": announcement, "secret": code.hex(), "public_value": value,
             "seed": combined_seed(announcement, code, value)}
            for value in forms.values() if value is not None
        ],
    }  # fmt: skip
    path = tmp_path / "random.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("part", ["public_values", "commitments", "seeds", "changes"])
def test_a_changed_seed_vector_is_noticed(tmp_path, part):
    """Each kind of vector is really compared."""
    vectors = json.loads((ROOT / "docs" / "seed-vectors.json").read_text(encoding="utf-8"))
    last = {"public_values": "form", "commitments": "commitment", "seeds": "seed", "changes": "seed"}[part]
    vectors[part][0][last] = "0" * 64
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps(vectors), encoding="utf-8")
    assert second_draw("--vectors", path).returncode == 1
