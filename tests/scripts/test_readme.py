"""What the README promises of the table of changes is what the program asks for."""

import re
from pathlib import Path

from scheduler.batch.cells import told_word
from scheduler.batch.columns import told
from scheduler.replan.chain.published import ALSO, NEEDED
from scheduler.replan.changes.table import _KINDS, _PRIVATE

README = Path(__file__).resolve().parents[2] / "README.zh-CN.md"


def listed(cell):
    """Give the names of columns in a cell of the README, without notes in brackets."""
    return tuple(name for name in re.sub("（[^）]*）", "", cell).strip().split("、") if name)


def test_the_readme_lists_every_change_with_what_it_needs_and_may_have():
    rows = re.findall(r"^\| ([^|]+) \|([^|]*)\|([^|]*)\|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    stated = {re.sub("（.*", "", name): (listed(needed), listed(also)) for name, needed, also in rows}
    for kind in _KINDS:
        word = told_word("change", kind).partition("（")[0]
        needed, also = stated[word]
        assert needed == tuple(told("changes", name) for name in NEEDED[kind]), word
        known = (*ALSO.get(kind, ()), *_PRIVATE.get(kind, ()))
        assert sorted(also) == sorted(told("changes", name) for name in known), word
