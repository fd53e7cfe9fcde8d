"""The schedule as a page; why: a page of a million rows opens nowhere."""

from dataclasses import replace

from scheduler.documents import page
from scheduler.draw import draw
from tests.scheduler.builders import planned, problem, site, trainee

SEED = "5a" * 32


def shown(*, second="考点S2", **more):
    sites = [site("S1"), replace(site("S2"), name=second)]
    plan = planned(problem([trainee("甲001"), trainee("甲002")], sites))
    schedule = draw(plan, SEED)
    record = {"placed": 2, "unplaced": 0, "plan_digest": plan["digest"], "seed": SEED, "seed_origin": "测试",
              "result_digest": "", **more}  # fmt: skip
    return page.schedule_page(plan, record, schedule)


def test_everybody_is_listed_up_to_a_number_and_counted_above(monkeypatch):
    assert "甲001" in shown()
    monkeypatch.setattr(page, "MOST_LISTED", 1)
    told = shown()
    assert "甲001" not in told
    assert "本页不逐人列出" in told
    assert "场次一览" in told


def test_duties_that_nobody_does_are_counted_and_nothing_else_changes():
    """A page of a draw without vacancies keeps its bytes: its digest stands in the record."""
    told = shown(vacant=3)
    line = '<p class="line">有 3 项考务任务无人可派，原因见 vacancies.csv。</p>\n'
    assert told.count(line) == 1
    assert told.replace(line, "") == shown(vacant=0) == shown()


def test_two_sites_of_one_name_are_told_apart():
    """A clerk who reads 考点S1 twice cannot tell where to send somebody; alone, a name stands as it is."""
    assert "考点S1（" not in shown()
    told = shown(second="考点S1")
    assert all(told.count(name) >= 2 for name in ("考点S1（S1）", "考点S1（S2）")), (
        "in the list of sites and in that of sessions"
    )
