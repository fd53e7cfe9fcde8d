"""The announcement of a change says in words what the change changes; who alters the words is found out.

Two sites of two seats: A on the first day with T1 and T2, B on the third with T3.
"""

import datetime as dt

import pytest

from scheduler.documents.change_announcement import change_announcement_text
from scheduler.documents.page import documents
from scheduler.record import no_documents
from scheduler.replan.announced import read_change_announcement
from scheduler.replan.announced_words import changed_lines
from scheduler.replan.opening import draw_announced
from scheduler.replan.pipeline import announce_change
from scheduler.replan.request import Request
from scheduler.seed.announcement import Terms
from scheduler.verifying import announced_change_checks
from tests.scheduler.builders import ITEM
from tests.scheduler.replan.changes.test_over import folder  # noqa: F401 - a fixture
from tests.scheduler.replan.drawn import MOMENT, changed, drawn, table
from tests.scheduler.replan.test_chain import failures
from tests.scheduler.replan.test_kinds import crowded, small
from tests.scheduler.test_second_draw import second_draw

NOW = dt.datetime.fromisoformat("2026-11-30T08:00:00+08:00")
TERMS = Terms("某彩票", dt.datetime.fromisoformat("2026-11-30T21:15:00+08:00"), "00 00")
NEW = {"change": "trainee_added", "institution_id": "I1", "item": ITEM}
FIRST, THIRD = {"date": "2026-12-01", "half": "am"}, {"date": "2026-12-03", "half": "am"}


def announce(parent, out, *changes, terms=TERMS, now=NOW):
    given = table(out.with_suffix(".csv"), *changes)
    announce_change(Request(parent, out, given), lambda _: (), "0", terms, now)
    return (out / "announcement.txt").read_text(encoding="utf-8")


def test_it_says_what_becomes_of_sites_and_people(folder, tmp_path):  # noqa: F811
    text = announce(
        folder,
        tmp_path / "1",
        {"change": "site_closed", "id": "A", "date": "2026-12-01"},
        {"change": "session_added", "id": "A", "date": "2026-12-02", "half": "pm", "value": 1},
        {"change": "seats", "id": "B", **THIRD, "value": 5},
        {"change": "trainee_withdrawn", "id": "T3"},
        {**NEW, "id": "N1"},
        {"change": "day_limit", "id": "B", "value": 5},
        {"change": "staff_unavailable", "id": "W1", "date": "2026-12-01"},
    )
    passage = text.split("\n\n")[1]
    sessions, *others = passage.split("\n")[1:]
    assert sessions == (
        "场次：取消 1 场：考点A（A） 2026-12-01 上午；增加 1 场：考点A（A） 2026-12-02 下午；"
        "座位数改变 1 场：考点B（B） 2026-12-03 上午 2 → 5。"
    )
    assert others == [
        "名额：考点每日上限改动 1 处，见 changes.csv。",
        "考生：0 人场次不变；2 人离开原场次、重新抽签（原场次取消 2 人）；新增 1 人；退考 1 人。",
        "参加抽签的共 3 人，将有 2 人没有考位，其中 2 人原来有考位；现在就能确定是谁，原因见 plan.json。",
        "考务人员：1 人有不能到岗的时间。",
    ], "T1 and T2 can come on the first day only"


def test_a_site_that_goes_with_all_its_sessions_is_told_as_a_site(folder, tmp_path):  # noqa: F811
    text = announce(folder, tmp_path / "1", {"change": "site_closed", "id": "B"})
    assert "场次：不再使用考点 1 个：考点B（B）（1 场）。" in text
    assert "参加抽签的共 1 人，将有 1 人没有考位，其中 1 人原来有考位" in text


def test_where_nothing_but_people_changes_it_says_so(folder, tmp_path):  # noqa: F811
    text = announce(folder, tmp_path / "1", {"change": "trainee_withdrawn", "id": "T2"}, {**NEW, "id": "N1"})
    assert "场次：没有取消，没有增加，座位数不变。" in text
    assert "参加抽签的共 1 人，人人都会有考位。" in text


def test_it_says_which_sessions_are_over(folder, tmp_path):  # noqa: F811
    """A is over when the change is made on the second day; the lots are drawn when B, on the third, has begun, too."""
    terms = TERMS._replace(when=dt.datetime.fromisoformat("2026-12-03T09:00:00+08:00"))
    now = dt.datetime.fromisoformat("2026-12-02T08:00:00+08:00")
    text = announce(folder, tmp_path / "1", {**NEW, "id": "N1"}, terms=terms, now=now)
    assert "场次：没有取消，没有增加，座位数不变。" in text, "the row that closes B changes nobody's seats"
    assert (
        "办理时已经开考的 1 场保持原样（2 人），没有人离开，也不再安排其他人：考点A（A） 2026-12-01 上午。"
        in text
    )
    assert (
        "公告之后、公开数值产生之前开考的 1 场不再安排其他人（1 人在这些场次）：考点B（B） 2026-12-03 上午。"
        in text
    )


def test_the_words_are_verified_before_the_draw_after_it_and_in_a_chain(folder, tmp_path):  # noqa: F811
    one = tmp_path / "1"
    announce(folder, one, {"change": "seats", "id": "A", **FIRST, "value": 1})
    assert all(good for good, _ in announced_change_checks(one))
    draw_announced(one, lambda _: (), "03 08", TERMS.when, no_documents)
    changed(one, tmp_path / "2", {**NEW, "id": "N1"}, moment="2026-12-01T08:00:00+08:00")
    for last, path in ((one, one), (tmp_path / "2", tmp_path / "2" / "chain" / "1")):
        assert failures(last) == []
        assert second_draw(last).returncode == 0
        text = (path / "announcement.txt").read_bytes()
        (path / "announcement.txt").write_bytes(text.replace("1 人离开".encode(), "0 人离开".encode()))
        assert any("announcement.txt" in told for told in failures(last))
        (path / "announcement.txt").write_bytes(text)


@pytest.mark.parametrize("is_drawn", [False, True])
def test_an_announcement_of_an_earlier_version_without_the_words_is_as_good(folder, tmp_path, is_drawn):  # noqa: F811
    one = tmp_path / "1"
    announce(folder, one, {"change": "trainee_withdrawn", "id": "T2"})
    text = change_announcement_text(read_change_announcement(one))
    (one / "announcement.txt").write_bytes(text.encode())
    if is_drawn:
        draw_announced(one, lambda _: (), "03 08", TERMS.when, no_documents)
        assert failures(one) == []
    assert all(good for good, _ in announced_change_checks(one))


def test_a_loss_that_the_draw_decides_is_told_as_expected(tmp_path):
    """Two sites of two seats, three people: the site of two closes and N1 comes; three for one free seat, so of the two 4/3 lose theirs."""
    first = drawn(small(), tmp_path)
    full, *_ = crowded(first)
    text = announce(first, tmp_path / "1", {"change": "site_closed", "id": full}, {**NEW, "id": "N1"})
    assert (
        "参加抽签的共 3 人，将有 2 人没有考位，其中约 1.3 人原来有考位；是谁由抽签决定，原因见 plan.json。"
        in text
    )


def test_a_corrected_batch_is_told(tmp_path):
    first = drawn(small(), tmp_path)
    plan, *_ = changed(first, tmp_path / "1", batch=tmp_path / "given")
    table_of = (tmp_path / "1" / "changes.csv").read_bytes()
    lines = changed_lines(plan, plan, table_of, MOMENT, MOMENT)
    assert lines[0].startswith("批次：给出了更正后的完整批次")
    assert lines[1:] == ["场次：没有取消，没有增加，座位数不变。", "考生：3 人场次不变；没有人要离开原场次。"]


def test_once_it_is_drawn_the_page_gives_the_result(tmp_path):
    """As above: two of the three have no place; how many of them had one the draw has decided."""
    first = drawn(small(), tmp_path)
    full, *_ = crowded(first)
    announce(first, tmp_path / "1", {"change": "site_closed", "id": full}, {**NEW, "id": "N1"})
    done = draw_announced(tmp_path / "1", lambda _: (), "03 08", TERMS.when, documents)
    without = done.schedule.unplaced.keys()
    lost = len(without - {"N1"})
    told = (
        f"参加抽签的共 3 人，抽签后 2 人没有考位，其中 {lost} 人原来有考位；是谁、为什么，见 unassigned.csv。"
    )
    page = (tmp_path / "1" / "difference.html").read_text(encoding="utf-8")
    assert len(without) == 2
    assert told in done.lines
    assert told in page
    assert "由抽签决定，原因见 plan.json" not in page
    assert "是谁由抽签决定" in (tmp_path / "1" / "announcement.txt").read_text(encoding="utf-8")
