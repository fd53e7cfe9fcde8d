"""The published folders of changes: what is right is found right, what is forged is refused. docs/draw.mjs: test_second_draw."""

import json
import sys
from pathlib import Path

import pytest

from scheduler.replan.redraw import redraw
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))

from vectors_changes import CHAINS
from vectors_forgeries import FORGERIES, change_vectors

PATH = ROOT / "docs" / "change-vectors.json"
FOLDERS = json.loads(PATH.read_text(encoding="utf-8"))["folders"]


def written(one, folder):
    """Write a folder of the vectors to the disk."""
    files = one["files"] if one["good"] else {**FOLDERS[one["of"]]["files"], **one["files"]}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return folder


@pytest.mark.parametrize("number", range(len(FOLDERS)))
def test_each_folder_is_judged_as_it_says(tmp_path, number):
    one = FOLDERS[number]
    failed = failures(written(one, tmp_path))
    assert (failed == []) == one["good"], failed
    assert one["good"] or len(failed) == 1, failed  # of a forgery nothing else is wrong


@pytest.mark.parametrize("one", [one for one in FOLDERS if one["good"]], ids=lambda one: one["about"])
def test_a_plan_and_a_seed_give_the_files(one):
    plan, record = (json.loads(one["files"][name]) for name in ("plan.json", "draw.json"))
    drawn = redraw(plan, record["seed"]).files
    assert {name: content.decode("utf-8-sig") for name, content in drawn.items()} == {
        name: one["files"][name] for name in record["files"]
    }


def test_there_is_something_of_everything():
    plans = [
        json.loads(text)
        for one in FOLDERS
        if one["good"]
        for name, text in one["files"].items()
        if "plan" in name
    ]
    changes = [plan["change"] for plan in plans if "change" in plan]
    kinds = {touched["kind"] for change in changes for touched in change["touched"]}
    assert kinds == {"withdrawn", "moved", "facts", "gone", "rule", "limit", "clash", "waiting", "added"}
    assert any(change["lost_seats"] for change in changes)
    told = "".join(text for one in FOLDERS for name, text in one["files"].items() if "difference.csv" in name)
    assert "按候补顺序第 1 名递补" in told
    assert any(change.get("over") for change in changes)
    told = "".join(text for one in FOLDERS for name, text in one["files"].items() if "vacancies.csv" in name)
    assert "已经开考，不再补派" in told


def test_a_folder_that_is_said_to_be_good_and_is_not_is_noticed(tmp_path):
    """The second implementation really looks at each."""
    content = {"folders": [FOLDERS[0], FOLDERS[len(CHAINS)] | {"of": 0, "good": True}]}
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    ran = second_draw("--vectors", path)
    assert ran.returncode == 1
    assert "不同：第 2 个" in ran.stdout


def test_the_script_makes_such_folders():
    """Another version of the solver may give other chances; what they are about stays."""
    made = json.loads(change_vectors())["folders"]
    assert [one["about"] for one in made] == [one["about"] for one in FOLDERS]
    assert len(made) == len(FORGERIES) + len(CHAINS)
