"""A plan that does not follow from the plan before and the published table is refused, by both implementations.

Everything else of a forged folder is right: seed, draw, files and record are made anew for what was altered.
"""

import json
import shutil
from pathlib import Path

import pytest

from common.canonical import digest
from common.errors import InputError
from scheduler.batch.batch_files import write_batch
from scheduler.replan.chain.one_form import are_in_order
from scheduler.replan.changes.table import COLUMNS
from scheduler.verifying import not_checked
from tests.scheduler.builders import trainee
from tests.scheduler.replan.drawn import changed, drawn, rows, rules_toml
from tests.scheduler.replan.forging import A_FIRST, FIRST, as_first, batch, entry, kept, refused, remade
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.test_second_draw import second_draw


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two changes: a session is lost and somebody withdraws; somebody is moved and somebody on duty is ill."""
    work = tmp_path_factory.mktemp("following")
    drawn(batch(), work)
    lost = {"change": "session_cancelled", **A_FIRST, "reason": "停电"}
    stays = next(row["trainee_id"] for row in rows(work / "0" / "assignments.csv") if row["site_id"] == "B")
    changed(work / "0", work / "1", lost, {"change": "trainee_withdrawn", "id": stays})
    moves = rows(work / "1" / "assignments.csv")[0]["trainee_id"]
    changed(
        work / "1",
        work / "2",
        {"change": "trainee_moved", "id": moves},
        {"change": "staff_unavailable", "id": "W2", "date": "2026-12-02"},
        {"change": "places", "id": "B", "item": trainee("T").item, "value": 4},
    )
    assert failures(work / "2") == []
    return work


@pytest.fixture
def lost(made, tmp_path):
    """A copy of the first change that a test may alter."""
    return Path(shutil.copytree(made / "1", tmp_path / "lost"))


@pytest.fixture
def moved(made, tmp_path):
    """A copy of the second change that a test may alter."""
    return Path(shutil.copytree(made / "2", tmp_path / "moved"))


def test_a_folder_made_anew_without_alteration_is_right(lost, moved):
    """Else the other tests say nothing."""
    for folder in (lost, moved):
        remade(folder)
        assert failures(folder) == []
        assert second_draw(folder).returncode == 0


def _more_seats(plan):
    for one in plan["sessions"]:
        one["seats"] += 5


def _other_institution(plan):
    group = kept(plan)
    group["institution"][0] = 1 - group["institution"][0]


def _other_rules(plan):
    plan["rules"]["staffing"]["invigilators_per_room"] += 1
    plan["rules_digest"] = digest(plan["rules"])


def _other_room_size(plan):
    plan["seating"]["room_size"] += 1


def _split_off(plan):
    """Give one of the touched a group of their own, first in order and with the same chances."""
    group = next(one for one in plan["groups"] if "kept" not in one and len(one["trainees"]) > 1)
    share = len(group["trainees"])
    alone = json.loads(json.dumps(group))
    for one, many in ((alone, slice(-1, None)), (group, slice(None, -1))):
        for name in ("trainees", "institution", "class"):
            one[name] = one[name][many]
        for cell in one["cells"]:
            cell["count"] = cell["count"] * len(one["trainees"]) // share
        one["unplaced"] = one["unplaced"] * len(one["trainees"]) // share
    plan["groups"].insert(0, alone)


SESSIONS, SITES, RULES = "场次和座位数", "考点和每日上限", "规则和名单的摘要"
ROOMS, PEOPLE, STAFF, KINDS = "考场和同时工位数", "考生及其项目", "考务人员", "触及的缘由"
FORM, PLACES, IMPOSSIBLE = "计划只有规定的内容", "工位数来自", "本人不能参加的场次"


@pytest.mark.parametrize(
    ("alter", "seen"),
    [
        (_more_seats, SESSIONS),
        (lambda plan: plan["sites"][0].update(day_limit=99), SITES),
        (lambda plan: plan["sites"][0].update(name="另一考点"), SITES),
        (_other_rules, RULES),
        (lambda plan: plan.update(rules_digest="00" * 32), RULES),
        (lambda plan: plan.update(list_digest="T1"), RULES),
        (lambda plan: plan.update(list_form=4), RULES),
        (_other_room_size, ROOMS),
        (lambda plan: plan["seating"]["rooms"][0]["rooms"][0].update(columns=1), ROOMS),
        (lambda plan: plan["seating"]["accessible"].append(kept(plan)["trainees"][0]), PEOPLE),
        (_other_institution, PEOPLE),
        (lambda plan: plan["staff"].pop(), STAFF),
        (lambda plan: plan["staff"][0].update(person="W9"), STAFF),
        (lambda plan: plan["staff"][0].update(conflicts=[]), STAFF),
        (lambda plan: plan["staff"][0].update(max_duties=0), STAFF),
        (lambda plan: entry(plan, "gone").update(reason="原场次取消（下雨）"), KINDS),
        (lambda plan: entry(plan, "gone").update(kind="rule", reason="原场次不再允许：考点停用"), KINDS),
        (lambda plan: plan.update(note="1"), FORM),
        (lambda plan: plan["change"].update(note="1"), FORM),
        (lambda plan: plan["change"]["touched"].reverse(), FORM),
        (lambda plan: plan["change"]["touched"].insert(0, entry(plan, "gone")), FORM),
        (lambda plan: plan["groups"][0]["trainees"].reverse(), FORM),
        (lambda plan: plan["groups"][0]["cells"].reverse(), FORM),
        (lambda plan: plan["groups"][0]["cells"][0].update(chance="2/4"), FORM),
        (lambda plan: plan["groups"].reverse(), FORM),
        (_split_off, FORM),
        (lambda plan: plan["change"]["places"].pop(), PLACES),
        (lambda plan: plan["change"]["places"][0].update(places=0), PLACES),
    ],
)
def test_what_does_not_follow_is_refused(lost, alter, seen):
    remade(lost, alter)
    assert any(seen in told for told in failures(lost))
    ran = second_draw(lost)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert any(seen in line for line in ran.stdout.splitlines() if line.startswith("不同"))


def _other_session(table):
    row = next(one for one in table if one["change"] == "session_cancelled")
    row.update(id="B", date="2026-12-02")
    return table


def _without(kind):
    return lambda table: [row for row in table if row["change"] != kind]


def _more(**stated):
    row = {name: stated.get(name, "") for name in COLUMNS}
    return lambda table: [*table, row]


TABLE = "变更表的写法"


@pytest.mark.parametrize(
    ("table", "seen"),
    [
        (_without("session_cancelled"), SESSIONS),
        (_other_session, SESSIONS),
        (_more(change="seats", id="B", date="2026-12-02", half="am", value="9"), SESSIONS),
        (_more(change="seats", id="C", date="2026-12-02", half="am", value="9"), SESSIONS),
        (_more(change="day_limit", id="B", value="9"), SITES),
        (_more(change="places", id="B", item="低压电工作业", value="9"), PLACES),
        (_more(change="trainee_added", id="N1", institution_id="I1", item="低压电工作业"), PEOPLE),
        (_more(change="staff_added", id="W9", roles="patrol"), STAFF),
        (_more(change="staff_unavailable", id="W2"), STAFF),
        (_more(change="facts", value="ab" * 32), TABLE),
        (_more(change="other", id="W9"), TABLE),
        (_more(change="seats", id="B", date="2026-12-02", half="am", value="zz"), TABLE),
    ],
)
def test_a_table_of_which_the_plan_is_not_made_is_refused(lost, table, seen):
    remade(lost, table=table)
    assert any(seen in told for told in failures(lost))
    ran = second_draw(lost)
    assert ran.returncode in (1, 2)
    assert any(seen in line for line in ran.stdout.splitlines() if line.startswith("不同"))


def test_a_facts_row_licenses_only_what_it_says(lost):
    """A digest of no batch does not make anybody newly registered; and it goes first."""
    row = dict.fromkeys(COLUMNS, "") | {"change": "facts", "value": "zz"}
    remade(lost, table=lambda table: [row, *table])
    assert any(TABLE in told for told in failures(lost))


def test_the_list_is_the_one_given_or_the_one_before(moved):
    """Where nothing but a move is written, the list is as it was, and so is its digest."""
    remade(moved, lambda plan: plan.update(list_digest="00" * 32), _keep_moves)
    assert any(RULES in told for told in failures(moved))
    assert second_draw(moved).returncode == 1


def _keep_moves(table):
    return [row for row in table if row["change"] == "trainee_moved"]


def _all_impossible(plan):
    name = entry(plan, "moved")["trainee_id"]
    where = [{key: one[key] for key in ("site_id", "date", "half")} for one in plan["sessions"]]
    plan["change"]["impossible"] = [{"trainee_id": name, **one} for one in where]


@pytest.mark.parametrize("alter", [lambda plan: plan["change"]["impossible"].clear(), _all_impossible])
def test_what_is_impossible_follows_from_the_tables(moved, alter):
    remade(moved, alter)
    refused(moved, IMPOSSIBLE)


def test_a_public_value_without_an_announcement_of_the_change_is_refused(lost):
    remade(lost, record={"reveal": {"announcement_digest": "00" * 32, "public_value": "1"}})
    assert any("announcement.json" in told for told in failures(lost))
    assert second_draw(lost).returncode == 1


def test_a_change_is_not_drawn_before_its_parent(lost, made, tmp_path, monkeypatch):
    remade(lost, record={"drawn_at": "2020-01-01T00:00:00+08:00"})
    refused(lost, "抽签时间")
    monkeypatch.setattr("tests.scheduler.replan.drawn.MOMENT", "2020-01-01T00:00:00+08:00")
    with pytest.raises(InputError, match="时钟"):
        changed(made / "2", tmp_path / "3", {"change": "session_cancelled", "id": "B", **FIRST})


def test_an_empty_folder_in_the_chain_is_refused(lost):
    (lost / "chain" / "1").mkdir()
    assert any("应只有 0 至 0" in told for told in failures(lost))
    assert second_draw(lost).returncode == 1


def test_what_a_corrected_batch_leaves_open_is_said(made, tmp_path):
    given = tmp_path / "given"
    write_batch(batch(), given)
    (given / "rules.toml").write_text(rules_toml(batch()), encoding="utf-8")
    changed(made / "0", tmp_path / "1", batch=given)
    assert failures(tmp_path / "1") == []
    assert any("不能比较" in told for told in not_checked(tmp_path / "1"))
    assert not any("不能比较" in told for told in not_checked(made / "2"))
    assert any("试算几份计划" in told for told in not_checked(made / "2"))
    remade(tmp_path / "1", lambda plan: plan.update(list_digest="00" * 32))
    assert any(RULES in told for told in failures(tmp_path / "1"))
    assert second_draw(tmp_path / "1").returncode == 1
    assert "不能比较" in second_draw(tmp_path / "1").stdout


def test_the_plan_of_a_change_is_no_first_draw(lost):
    """It would be drawn without the table, the code and whatever was before."""
    as_first(lost, change=True)
    assert any("变更的计划" in told for told in failures(lost))
    assert second_draw(lost).returncode != 0


def test_kept_counts_only_in_a_change(lost):
    """Both implementations draw a first plan as if the key were not there, or refuse it."""
    as_first(lost, change=False)
    good = failures(lost) == []
    assert (second_draw(lost).returncode == 0) == good


def test_with_several_ways_groups_need_not_be_by_their_first_trainee():
    """Persons who take turns are parted into blocks where their group stands: T4 before T2 is no breach."""
    groups = [
        {"item": "甲", "part": "both", "district": "", "trainees": names}
        for names in (["T1"], ["T4"], ["T2"])
    ]
    assert are_in_order(groups, several=True)
    assert not are_in_order(groups, several=False)
    assert not are_in_order([*groups, {**groups[0], "item": "丙"}], several=True)
