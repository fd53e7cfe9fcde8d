"""The draw repeated by docs/draw.mjs, which was written from docs/draw-specification.md alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node")
SEEDS = ["00" * 32, "8d" * 32]

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")


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


def test_the_vectors_agree():
    """Every vector comes out of the second implementation as published."""
    path = ROOT / "docs" / "draw-vectors.json"
    ran = second_draw("--vectors", path)
    count = len(json.loads(path.read_text(encoding="utf-8")))
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


def test_a_changed_byte_is_noticed(copied):
    """One changed byte in assignments.csv gives exit code 1 and names the file."""
    path = copied / "assignments.csv"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert "不同　assignments.csv" in ran.stdout


def test_a_changed_plan_is_not_drawn(copied):
    """A plan that no longer matches its digest gives exit code 1."""
    path = copied / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["sessions"][0]["seats"] += 1
    path.write_text(json.dumps(plan), encoding="utf-8")
    ran = second_draw(copied)
    assert ran.returncode == 1
    assert "不同　plan.json 的摘要" in ran.stdout


def test_a_missing_file_is_unreadable(copied):
    """A folder without draw.json gives exit code 2."""
    (copied / "draw.json").unlink()
    assert second_draw(copied).returncode == 2
