"""Files that cannot be read are findings like all other faults; a file is no folder to write to."""

import json

import pytest

from tests.journeys.test_exam import program
from tests.scheduler.files import write_folder


def planned(tmp_path, *more):
    code, told, _ = program("exam", "plan", tmp_path / "batch", "--out", tmp_path / "out", "--json", *more)
    assert code == 2
    assert not (tmp_path / "out").exists()
    return [(one["code"], one["file"], one["row"]) for one in json.loads(told)["findings"]]


def test_files_that_cannot_be_read_are_findings(tmp_path):
    folder = write_folder(tmp_path / "batch")
    (folder / "staff.csv").write_bytes(b"")
    (folder / "relations.csv").write_text('kind,from_id,to_id\ncontrols,"I1,I2\n', encoding="utf-8")
    assert planned(tmp_path) == [("BATCH-FILE", "relations.csv", 2), ("BATCH-FILE", "staff.csv", 0)]


def test_rules_that_are_no_toml_are_a_finding_beside_others(tmp_path):
    folder = write_folder(tmp_path / "batch", places=None)
    (folder / "rules.toml").write_text("[lottery\n", encoding="utf-8")
    assert planned(tmp_path) == [("BATCH-TABLE-MISSING", "batch", 0), ("BATCH-RULE", "rules.toml", 1)]


@pytest.mark.parametrize("make", ["nothing", "empty folder", "empty workbook"])
def test_a_batch_that_cannot_be_read_at_all_is_a_finding(tmp_path, make):
    if make == "empty folder":
        (tmp_path / "batch").mkdir()
    elif make == "empty workbook":
        (tmp_path / "batch").write_bytes(b"")
    assert planned(tmp_path) == [("BATCH-FILE", "batch", 0)]


@pytest.mark.parametrize("command", ["plan", "run"])
@pytest.mark.parametrize("below", ["", "sub/安排"])
def test_a_file_is_no_folder_to_write_to(tmp_path, command, below):
    file = tmp_path / "安排.txt"
    file.write_text("x", encoding="utf-8")
    code, told, errors = program("exam", command, write_folder(tmp_path / "batch"), "--out", file / below)
    assert (code, told) == (2, "")
    assert f"{file} 已经有了，是文件，不是文件夹" in errors
    assert file.read_text(encoding="utf-8") == "x"
