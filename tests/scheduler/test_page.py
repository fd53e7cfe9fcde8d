"""The schedule as a page; why: a page of a million rows opens nowhere."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from scheduler.documents import page
from scheduler.draw import draw
from tests.scheduler.builders import at, planned, problem, site, trainee

SEED = "5a" * 32


def shown(*, second="考点S2", problems=(), empty=0, **more):
    sites = [site("S1"), replace(site("S2"), name=second)]
    sessions = [
        *(at(one.site_id) for one in sites),
        *(at("S1", f"{number}pm") for number in range(2, 2 + empty)),
    ]
    plan = planned(
        problem([trainee("甲001"), trainee("甲002")], sites, seats=dict.fromkeys(sessions[:2], 10))
    )
    schedule = draw(plan, SEED)
    plan["problems"] = list(problems)
    plan["sessions"] += [
        {"site_id": one.site_id, "date": one.day.isoformat(), "half": "pm", "seats": 10}
        for one in sessions[2:]
    ]
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
    assert "<li>有 3 项考务任务无人可派，原因见 vacancies.csv。</li>" in told
    assert "考务任务" not in shown(vacant=0)
    assert shown(vacant=0) == shown()


def test_what_a_candidate_came_for_stands_first_and_notes_and_digests_are_folded_below():
    """The page opened with the plan's notes to the office and seven digests; on a phone the lists began screens below."""
    told = shown(problems=["请增加其他单位的考务人员"], vacant=2)
    order = ["<h1>", "2026-12-01", "已安排 2 人", 'id="find"', 'id="sessions"', 'id="lists"', "甲001", 'id="notes"',
             "<details>", "请增加其他单位的考务人员", "有 2 项考务任务", 'id="check"', "<details>", "抽签种子"]  # fmt: skip
    place = -1
    for word in order:
        place = told.find(word, place + 1)
        assert place > 0, word
    assert told.count("请增加其他单位的考务人员") == 1
    assert 'class="line"' not in told
    assert "<details open" not in told
    assert "beforeprint" in told, "paper shows what is folded"


def test_sessions_of_the_plan_with_nobody_are_counted():
    """A page of 19 sessions beside a plan of 20 looked as if one had been lost."""
    assert "其余" not in shown()
    assert "2 场（计划共 3 场，其余 1 场没有考生）" in shown(empty=1)


def test_the_box_for_one_s_id_stands_only_where_everybody_is_listed_and_asks_nobody(monkeypatch):
    told = shown()
    assert '<form id="find" hidden>' in told, "without script the tables stand as they are"
    assert not [word for word in ("http:", "https:", "fetch", "XMLHttp", "src=", "action=") if word in told]
    monkeypatch.setattr(page, "MOST_LISTED", 1)
    assert 'id="find"' not in shown()
    assert "getElementById" not in shown()


def test_two_sites_of_one_name_are_told_apart():
    """A clerk who reads 考点S1 twice cannot tell where to send somebody; alone, a name stands as it is."""
    assert "考点S1（" not in shown()
    told = shown(second="考点S1")
    assert all(told.count(name) >= 2 for name in ("考点S1（S1）", "考点S1（S2）")), (
        "in the list of sites and in that of sessions"
    )


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
TYPED = """<script>document.getElementById("own").value = "{}"; document.querySelector("#find button").click();
document.title = document.getElementById("found").innerText.replace(/\\s+/g, " ");</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (" 甲００1 ", "考试时间、考点 2026-12-01 上午 考点S"),
        ("甲00", "本页没有这个编号"),
        ("<b>1", "本页没有这个编号"),
    ],
)
def test_whoever_types_an_id_sees_that_row(tmp_path, typed, answer):
    file = tmp_path / "page.html"
    file.write_text(shown().replace("</body>", TYPED.format(typed) + "</body>"), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
        "--dump-dom",
    ]
    made = subprocess.run([CHROMIUM, *options, file.as_uri()], check=True, capture_output=True)
    title = re.search("<title>(.*?)</title>", made.stdout.decode("utf-8"))[1]
    assert title.startswith(answer)
    assert ("考生编号 甲001" in title) == typed.startswith(" 甲")
