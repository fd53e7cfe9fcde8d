"""A schedule that is checked against other facts, or under other rules, than its plan's: what is found may be no fault of it."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.checker.schedule.other_batch import unlike_its_plan
from scheduler.rules import load_rules
from tests.scheduler.builders import planned, problem, site, trainee

BATCH = problem([trainee("T1")], [site("S1", "I9")])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(planned(BATCH)), encoding="utf-8")
    return tmp_path


def told(made, folder):
    return list(unlike_its_plan(made, folder, folder / "batch"))


def test_of_its_own_batch_nothing_is_told(folder):
    assert told(BATCH, folder) == []
    rules = replace(load_rules(), notice=replace(load_rules().notice, issuer="云州市"))
    assert told(replace(BATCH, rules=rules), folder) == [], "what a notice says is no rule of a schedule"


def test_other_rules_are_named(folder):
    rules = replace(load_rules(), years=5, cap=Fraction(1, 3))
    assert told(replace(BATCH, rules=rules), folder) == [
        (
            "这份安排的计划所用的规则与这次检查所用的不同（lottery.cap、conflicts.years），"
            "以下问题可能只因规则不同；计划的规则文件请用 --rules 指出"
        )
    ]


def test_another_batch_is_told_with_the_path_of_its_own(folder):
    (sentence,) = told(problem([trainee("T2")], [site("S1", "I9")]), folder)
    assert sentence.startswith("这份安排不是按所给批次做的（名单摘要不同）")
    assert sentence.endswith(f"请用它自己的批次：{folder / 'batch'}")


def test_a_rule_that_an_earlier_version_did_not_know_is_not_missed(folder):
    plan = planned(BATCH)
    del plan["rules"]["staffing"]["substitutes"], plan["rules"]["seating"]
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert told(BATCH, folder) == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"list_digest": 1, "rules": []}', '{"list_digest": 1, "rules": {"seating": 1}}']
)
def test_what_is_no_plan_says_nothing(folder, text):
    (folder / "plan.json").write_text(text, encoding="utf-8")
    assert told(BATCH, folder) == []
