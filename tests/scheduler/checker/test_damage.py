"""Every damage that a good schedule can suffer must be found; why: a checker that misses one is no check."""

import pytest

from scheduler.checker.check import check
from scheduler.checker.codes import CODES
from tests.scheduler.builders import ONE_PERSON, placed, schedule
from tests.scheduler.checker.damages import DAMAGES
from tests.scheduler.checker.good import good_problem, good_schedule


def test_the_undamaged_schedule_is_good():
    assert check(good_problem(), good_schedule()) == []


def test_the_same_schedule_made_by_hand_is_good():
    bare = schedule(
        *(placed(one.trainee_id, one.session) for one in good_schedule().placements.values()),
        unplaced=("T12",),
    )
    assert check(good_problem(), bare) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(name):
    damage, code, rule = DAMAGES[name]
    found = check(*damage(good_problem(), good_schedule()))
    assert (code, rule) in {(one.code, one.rule) for one in found}


@pytest.mark.parametrize("name", DAMAGES)
def test_messages_are_for_people_and_keep_numbers_private(name):
    damage, _, _ = DAMAGES[name]
    for one in check(*damage(good_problem(), good_schedule())):
        assert f"规则 {one.rule}：" in one.message
        assert one.rule in CODES[one.code].rules
        assert ONE_PERSON not in str(one.as_data())
        assert "None" not in one.message
        assert set(one.as_data()) >= {"code", "rule", "message"}


def test_there_are_enough_damages():
    assert len(DAMAGES) >= 30
