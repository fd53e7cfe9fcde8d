"""What a link of a chain says of bytes is held against them: what is refused by itself is refused as a link, too."""

import json

import pytest

from common.canonical import digest
from scheduler.file_names import DRAW_FILE
from scheduler.folder import json_text
from scheduler.replan.chain.parent import chain_files
from tests.scheduler.replan.drawn import drawn
from tests.scheduler.replan.forging import refused, remade
from tests.scheduler.replan.test_chain import failures, three
from tests.scheduler.replan.test_kinds import small


def spoilt(folder, alter):
    """Alter the first change in a chain of two and make the second one fit it, as somebody would who holds the codes."""
    told = json.loads((folder / "chain" / "1" / DRAW_FILE).read_text(encoding="utf-8"))
    alter(told)
    told["digest"] = digest({name: value for name, value in told.items() if name != "digest"})
    (folder / "chain" / "1" / DRAW_FILE).write_text(json_text(told), encoding="utf-8")
    remade(
        folder,
        lambda plan: plan["change"].update(parent=told["digest"]),
        record={"parent": told["digest"], "chain_files": chain_files(folder)},
    )


@pytest.mark.parametrize(
    ("alter", "seen"),
    [
        (lambda told: told.update(plan_file="00" * 32), "plan.json"),
        (lambda told: told.update(chain_files={}), "以前各次的文件"),
        (lambda told: told["chain_files"].update({"0/plan.json": "00" * 32}), "以前各次的文件"),
        (lambda told: told["chain_files"].update({"0/more.csv": "00" * 32}), "以前各次的文件"),
    ],
)
def test_what_a_link_says_of_bytes_is_so(tmp_path, alter, seen):
    """Refused by itself, it is refused as a link of a chain, too."""
    drawn(small(), tmp_path)
    three(tmp_path / "0", tmp_path)
    folder = tmp_path / "2"
    remade_as_it_was(folder)
    spoilt(folder, alter)
    refused(folder, seen)


def remade_as_it_was(folder):
    spoilt(folder, lambda told: None)
    assert failures(folder) == []


def test_a_blank_in_an_earlier_file_is_seen(tmp_path):
    """A blank changes no digest of a plan: the record of the next link tells its bytes."""
    drawn(small(), tmp_path)
    three(tmp_path / "0", tmp_path)
    folder = tmp_path / "2"
    plan = folder / "chain" / "0" / "plan.json"
    plan.write_bytes(plan.read_bytes() + b" ")
    remade(folder, record={"chain_files": chain_files(folder)})
    refused(folder, "以前各次的文件")
