"""Every code that can be found is in the tables that say what it means, and nothing else is."""

import re
from pathlib import Path

import scheduler
from scheduler import fault_codes
from scheduler.checker.breach import RULE_TITLES
from scheduler.checker.codes import CODES

_CODE = re.compile(r'"([A-Z]+(?:-[A-Z]+)+)"')
_NONE = {"SHA-", "YYYY-MM-DD"}


def written(folder, beside=()):
    files = (file for file in sorted(folder.rglob("*.py")) if file.name not in {"codes.py", "fault_codes.py"})
    return {code for file in files for code in _CODE.findall(file.read_text(encoding="utf-8"))} - _NONE


ROOT = Path(scheduler.__file__).parent


def test_every_code_of_the_checker_is_listed():
    assert written(ROOT / "checker") == set(CODES)


def test_every_code_of_faulty_facts_is_listed():
    found = {code for code in written(ROOT) if code.startswith(("BATCH-", "CHANGE-"))}
    assert found == set(fault_codes.BATCH) | set(fault_codes.CHANGE)
    assert written(ROOT) - found == set(CODES)


def test_each_says_a_rule_and_words():
    assert {rule for one in CODES.values() for rule in one.rules} == set(RULE_TITLES)
    assert all(one.title and one.step and not one.step.endswith("。") for one in CODES.values())
    assert len({one.title for one in CODES.values()}) == len(CODES)
