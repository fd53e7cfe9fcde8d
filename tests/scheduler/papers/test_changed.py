"""Papers of a change: that they are one, what they replace, whom it concerns, and whose chances are whose."""

import json
from dataclasses import replace

import pytest

from common.canonical import digest
from common.errors import InputError
from scheduler.batch.kept_batch import read_kept
from scheduler.folder import json_text
from scheduler.papers.chances import chances
from scheduler.papers.facts import read_facts
from scheduler.papers.kinds import KINDS
from scheduler.papers.notice import notice
from scheduler.papers.people import People
from scheduler.papers.write import write_papers
from tests.scheduler.builders import at, places
from tests.scheduler.papers.drawn import read, text_of
from tests.scheduler.replan.drawn import changed, drawn
from tests.scheduler.replan.test_kinds import WHEN, crowded, small


@pytest.fixture
def first(tmp_path):
    return drawn(small(), tmp_path)


@pytest.fixture
def folder(first, tmp_path):
    """The morning of the site with two people is cancelled; whoever sits alone stays, one of the two gets the free seat."""
    full, *_ = crowded(first)
    changed(first, tmp_path / "1", {"change": "session_cancelled", "id": full, **WHEN, "reason": "停电"})
    return tmp_path / "1"


def people_of(facts):
    return People(facts, None, show_id=False)


def text(blocks):
    """Texts and cells, a line each."""
    return "\n".join(
        "　".join(row) if isinstance(row, list) else row
        for one in blocks
        for row in ([one["text"]] if "text" in one else [one["head"], *one["rows"]])
    )


def test_whoever_was_kept_stands_with_the_chance_of_the_draw_that_placed_them(folder):
    facts = read_facts(folder)
    told = text(chances(facts, people_of(facts)))
    kept = [group for group in facts.plan["groups"] if "kept" in group]
    assert [len(group["trainees"]) for group in kept] == [1]
    (name,) = kept[0]["trainees"]
    (row,) = [row for row in read(folder / "assignments.csv") if row["trainee_id"] == name]
    assert row["chance"] == "1/2"
    assert f"1/2（约 50.0%）　1/2（约 50.0%）　{name}" in told
    assert "没有触及的人保持原来的位置，不参加这次抽签" in told
    assert not any(line.split("　")[1:2] == ["1"] for line in told.splitlines())


def test_the_chances_of_a_first_draw_speak_of_no_change(first):
    facts = read_facts(first)
    told = text(chances(facts, people_of(facts)))
    assert "变更" not in told
    assert "下面是抽签之前就确定的机会" in told


def test_the_notice_of_a_change_says_what_it_replaces_and_whom_it_concerns(first, folder):
    """Two sat at the cancelled morning: one moves to the free seat, one has no place; the third stays."""
    facts, batch = read_facts(folder), read_kept(folder)
    told = text(notice(facts, People(facts, batch, show_id=False), with_list=True))
    assert "关于调整安全生产资格考试安排的公告\n（第 1 次变更）\n" in told
    assert "本公告代替2026年11月25日首次抽签后签发的考试公告" in told
    assert "涉及考生 2 人（改变安排 1 人、不再安排（退考，或没有位置） 1 人），名单见附件；其余 1 人" in told
    assert "变更后共安排 2 人，安排在 1 个考点的 1 场。另有 1 人没有位置，未安排考试。" in told
    before = {row["trainee_id"]: row["site_id"] for row in read(first / "assignments.csv")}
    moved = [line.split("　") for line in told.splitlines() if "12月1日（周二）上午" in line and "，" in line]
    sites = {name: batch.sites[site].name for name, site in before.items()}
    assert {one[0]: one[2].split("，")[0] for one in moved if len(one) == 4} == {
        name: sites[name] for name in before if name not in _kept(facts)
    }
    assert "附件 1：第 1 次变更涉及的考生\n附件 2：考生安排名单\n附件 3：未安排考试的考生名单" in told


def test_a_change_that_concerns_no_trainee_says_so(first, tmp_path):
    """A site may take nine people a day now: nobody moves, no list is attached, and nobody needs a new ticket."""
    changed(first, tmp_path / "1", {"change": "day_limit", "id": "A", "value": 9})
    facts = read_facts(tmp_path / "1")
    told = text(notice(facts, people_of(facts), with_list=True))
    assert "这次变更不涉及任何考生的安排，3 人的考点、场次和座位都不变。变更后共安排 3 人" in told
    assert "变更涉及的考生" not in told
    assert "须换用" not in told
    assert "附件：考生安排名单" in told


def test_the_notice_of_a_first_draw_names_who_has_no_place_and_each_exception(tmp_path):
    """Three people, two seats at the one site of the city: it belongs to their institution."""
    facts = read_facts(drawn(small(seats={at("A"): 2}, rows=[places("A", 2)]), tmp_path))
    told = text(notice(facts, people_of(facts), with_list=True))
    (left,) = facts.unassigned
    assert "已安排 2 人，安排在 1 个考点的 1 场。另有 1 人没有位置，未安排考试。" in told
    assert "变更" not in told
    assert told.split("未安排考试的考生名单")[-1].count(left) == 1
    assert "准考证号　姓名　考试项目　考点　时间\n" in told
    assert "本次没有例外情形。" in told


def test_an_exception_stands_in_the_list_of_the_notice(first):
    facts = read_facts(first)
    sittings = (facts.sittings[0]._replace(exceptions=("sole_site",)), *facts.sittings[1:])
    told = text(notice(replace(facts, sittings=sittings), people_of(facts), with_list=True))
    assert told.count("上午　本市唯一考点") == 1
    assert "准考证号　姓名　考试项目　考点　时间　例外情形\n" in told
    assert "例外情形在名单中逐人注明。" in told


def test_every_paper_of_a_change_says_so_with_its_date_and_the_changed_tickets_come_apart(folder, tmp_path):
    facts = read_facts(folder)
    write_papers(facts, None, tmp_path / "papers", tuple(KINDS))
    for path in sorted((tmp_path / "papers").glob("*.pdf")):
        if path.name not in ("seat-labels.pdf", "table-cards.pdf"):
            assert "第1次变更后签发日期2026年11月" in text_of(path).replace("\u3000", ""), path.name
    assert text_of(tmp_path / "papers" / "tickets.pdf").count("准考证号") == 2
    assert text_of(tmp_path / "papers" / "tickets-changed.pdf").count("准考证号") == 1
    stays = _kept(facts)
    assert not any(name in text_of(tmp_path / "papers" / "tickets-changed.pdf") for name in stays)


def test_papers_of_a_first_draw_are_dated_and_none_is_called_changed(first, tmp_path):
    write_papers(read_facts(first), None, tmp_path / "papers", ("tickets", "draw"))
    assert not (tmp_path / "papers" / "tickets-changed.pdf").exists()
    for name in ("tickets.pdf", "draw-record.pdf"):
        assert "签发日期2026年11月25日" in text_of(tmp_path / "papers" / name)
        assert "变更后" not in text_of(tmp_path / "papers" / name)


def test_another_record_in_the_chain_is_refused(folder):
    path = folder / "chain" / "0" / "draw.json"
    record = json.loads(path.read_text(encoding="utf-8")) | {"drawn_at": "2020-01-01T00:00:00+08:00"}
    record["digest"] = digest({name: told for name, told in record.items() if name != "digest"})
    path.write_text(json_text(record), encoding="utf-8")
    with pytest.raises(InputError, match="不是这次变更所接着的抽签记录"):
        read_facts(folder)


def _kept(facts):
    return {name for group in facts.plan["groups"] if "kept" in group for name in group["trainees"]}
