"""What was announced and is not drawn yet is checked already: by whoever saves it, and by whoever is about to publish it."""

import shutil

import pytest

from common.errors import InputError
from scheduler.record import write_plan
from scheduler.seed.announcement import Terms, make_announcement, write_announcement
from scheduler.verifying import is_undrawn, not_checked_yet, verify_announced
from tests.scheduler.builders import planned
from tests.scheduler.replan.drawn import changed, drawn
from tests.scheduler.replan.test_announced import (
    A_FIRST,
    KNOWN,
    NOW,
    announce,
    announced_anew,
    forged_plan,
    opened,
    read,
)
from tests.scheduler.replan.test_kinds import small

CODES = [bytes([number]) * 32 for number in range(3)]


@pytest.fixture
def first(tmp_path):
    write_plan(tmp_path, planned(small()))
    write_announcement(tmp_path, make_announcement(tmp_path, CODES, Terms("某彩票第 1 期", KNOWN), NOW))
    return tmp_path


@pytest.fixture
def change(tmp_path):
    """The announced second change: the first was drawn at once."""
    folder = drawn(small(), tmp_path)
    changed(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T3"})
    announce(tmp_path / "1", tmp_path / "2", {"change": "seats", **A_FIRST, "value": 1})
    return tmp_path / "2"


def wrong(folder):
    try:
        return [told for good, told in verify_announced(folder) if not good]
    except InputError as error:
        return [str(error)]


def flipped(folder, names):
    """Give which of some files can be altered by a bit without being noticed."""
    for name in names:
        path = folder / name
        content = path.read_bytes()
        for place in {len(content) * part // 12 for part in range(12)}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            if not wrong(folder):
                yield name, place
        path.write_bytes(content)


def test_an_announced_draw_is_checked_before_it_is_drawn(first):
    assert is_undrawn(first)
    assert wrong(first) == []
    assert not list(flipped(first, ("plan.json", "announcement.json", "announcement.txt")))
    assert wrong(first) == []


def test_an_announced_change_is_checked_with_its_chain(change):
    assert is_undrawn(change)
    assert wrong(change) == []
    told = [told for _, told in verify_announced(change)]
    assert any(told.startswith("首次抽签：结果摘要相符") for told in told)
    assert any(told.startswith("第 1 次变更：结果摘要相符") for told in told)
    names = (
        "plan.json",
        "announcement.json",
        "announcement.txt",
        "changes.csv",
        "chain/0/draw.json",
        "chain/1/plan.json",
    )
    assert not list(flipped(change, names))


def test_a_link_that_is_missing_or_strange_is_seen(change):
    shutil.copytree(change / "chain" / "1", change / "chain" / "2")
    assert any("多出" in told for told in wrong(change))
    shutil.rmtree(change / "chain" / "2")
    shutil.rmtree(change / "chain" / "1")
    assert any("变更次数不对" in told for told in wrong(change))


def test_a_plan_that_does_not_follow_is_seen_before_it_is_drawn(change):
    """Seats that the table does not give, with plan and announcement made anew: they do not follow from the plan before."""
    forged_plan(change, lambda plan: plan["sessions"][1].update(seats=1))
    assert any("座位" in told for told in wrong(change)), wrong(change)


def test_what_was_drawn_is_verified_as_drawn(change):
    opened(change)
    assert not is_undrawn(change)


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (lambda told: told.update(code_commitment="00" * 32), "轮到的那一个"),
        (lambda told: told.update(committed=True), "轮到的那一个"),
        (lambda told: told.update(announced_at="2026-11-01T00:00:00+00:00"), "早于上一次抽签"),
        (lambda told: told.update(public_moment=told["announced_at"]), "不晚于公告的时间"),
        (lambda told: told.update(change_number=10**12), "变更次数不对"),
        (lambda told: told.update(change_number=0), "变更次数不对"),
        (lambda told: told.update(public_moment="2026-11-28T00:00:00+08:60"), "内容不全"),
    ],
)  # fmt: skip
def test_an_announcement_that_could_never_be_drawn_is_seen(change, alter, what):
    announced_anew(change, alter)
    assert any(what in told for told in wrong(change)), wrong(change)


def test_who_leaves_by_an_open_code_is_checked_before_the_draw(change):
    """Nothing was sealed, so everybody can work out who has to leave: the plan lets somebody else go."""
    plan = read(change / "plan.json")
    left = [one["trainee_id"] for one in plan["change"]["touched"] if one["kind"] == "limit"]
    assert len(left) <= 1, "the batch is small"
    told = [
        told for good, told in verify_announced(change) if "由抽签决定谁离开" in told and "第 2 次" in told
    ]
    assert len(told) == 1


@pytest.mark.parametrize("name", ["assignments.csv", "schedule.html"])
def test_results_before_the_draw_are_not_to_be_believed(first, name):
    (first / name).write_text("x", encoding="utf-8")
    assert any(name in told for told in wrong(first))


@pytest.mark.parametrize("name", ["0/more.txt", "1/Thumbs.db", "2/plan.json"])
def test_a_file_more_in_the_chain_is_seen_and_nothing_is_drawn(change, name):
    """Drawn all the same it would never verify, and it is drawn only once."""
    (change / "chain" / name).parent.mkdir(exist_ok=True)
    (change / "chain" / name).write_text("x", encoding="utf-8")
    assert wrong(change)
    with pytest.raises(InputError, match="不能抽签"):
        opened(change)
    assert not (change / "draw.json").exists()


def test_without_the_chain_nobody_can_check_a_change(change):
    shutil.rmtree(change / "chain")
    assert wrong(change) == [f"{change} 里没有 chain 文件夹，不能核对以前各次。请连同 chain 一起取得再核对。"]


def test_what_nobody_can_tell_yet_is_said(change, first):
    told = "".join(not_checked_yet(change))
    assert "任何人（这个备用码没有封存过）" in told
    assert "请现在保存" in told
    assert "没有约定公开数值的写法" in "".join(not_checked_yet(first))
