"""The schedule as a page; why: a page of a million rows opens nowhere."""

from scheduler.documents import page
from scheduler.draw import draw
from tests.scheduler.builders import planned, problem, site, trainee

SEED = "5a" * 32


def shown():
    plan = planned(problem([trainee("甲001"), trainee("甲002")], [site("S1"), site("S2")]))
    schedule = draw(plan, SEED)
    record = {"placed": 2, "unplaced": 0, "plan_digest": plan["digest"], "seed": SEED, "seed_origin": "测试",
              "result_digest": ""}  # fmt: skip
    return page.schedule_page(plan, record, schedule)


def test_everybody_is_listed_up_to_a_number_and_counted_above(monkeypatch):
    assert "甲001" in shown()
    monkeypatch.setattr(page, "MOST_LISTED", 1)
    told = shown()
    assert "甲001" not in told
    assert "本页不逐人列出" in told
    assert "场次一览" in told
