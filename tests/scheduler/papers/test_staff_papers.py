"""Papers of a staff that is too few; why: whoever opens a room must know who will not come, and people have several ids."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import docx
import icalendar
import pypdf
import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.kinds import KINDS
from scheduler.papers.letters import letters
from scheduler.papers.people import People
from scheduler.papers.public import filing
from scheduler.papers.write import write_papers
from scheduler.postings.lists import lists, postings
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import drawn, read, squeezed, text_of
from tests.scheduler.papers.short_of_staff import RULES, short_of_staff


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return short_of_staff(tmp_path_factory.mktemp("short") / "exam")


@pytest.fixture(scope="module")
def papers(folder):
    write_papers(read_facts(folder), read_batch(folder / "batch"), folder / "papers", tuple(KINDS))
    return folder / "papers"


def test_what_was_drawn(folder):
    """What the others are read against: one person is W2 in S1 and W3 in S2; eight of twelve duties are vacant."""
    duties = [tuple(row.values()) for row in read(folder / "duties.csv")]
    assert duties == [
        ("W1", "invigilator", "S1", "2026-12-07", "am", "1"),
        ("W2", "patrol", "S1", "2026-12-07", "am", ""),
        ("W1", "invigilator", "S2", "2026-12-08", "pm", "1"),
        ("W3", "examiner", "S2", "2026-12-08", "pm", "1"),
    ]
    assert len(read(folder / "vacancies.csv")) == 8


def test_one_letter_a_person_names_all_duties_and_the_id_of_each(papers):
    text = text_of(papers / "duty-letters.pdf")
    assert text.count("通知函") == 2
    assert "仿真考务二（机构二，编号W2、W3）" in text
    assert "请您为2026年12月7日至8日安全生产资格考试承担以下2项考务工作" in text
    tables = docx.Document(papers / "duty-letters.docx").tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert [(row[3], row[5]) for row in rows if len(row) == 6] == [
        ("岗位", "编号"), ("巡考员", "W2"), ("考评员", "W3"),
    ]  # fmt: skip


def test_one_calendar_a_person_names_all_duties_and_the_id_of_each(papers):
    assert sorted(path.name for path in (papers / "calendars").iterdir()) == [
        "duties-W1.ics",
        "duties-W2.ics",
    ]
    events = icalendar.Calendar.from_ical((papers / "calendars" / "duties-W2.ics").read_bytes()).walk(
        "VEVENT"
    )
    assert [(event.decoded("dtstart").date(), str(event["description"])[-6:]) for event in events] == [
        (dt.date(2026, 12, 7), "（编号 W2）"[-6:]),
        (dt.date(2026, 12, 8), "（编号 W3）"[-6:]),
    ]


def test_check_lists_count_people_and_whom_the_rules_call_training_staff(papers):
    """W1 is employed by a training institution on the day of a duty; W3 teaches there only afterwards."""
    text = text_of(papers / "inspections.pdf")
    assert text.count("本次安排考务人员2人，其中任务当天在培训机构任职或任教的1人（编号W1）") == 2
    assert (
        "本次安排考务人员2人，均在所写明的证件有效期内；未写明证件有效期的1人" in text
    )  # W1 has an agreement only


def test_check_lists_say_that_nothing_can_be_told_without_the_batch(folder, tmp_path):
    write_papers(read_facts(folder), None, tmp_path, ("inspections",))
    text = text_of(tmp_path / "inspections.pdf")
    assert text.count("本次安排考务人员2人；没有保存批次，其任职、任教情况这里不能写出") == 2
    assert "本次安排考务人员2人；没有保存批次，其证件有效期这里不能写出" in text


def test_the_filing_form_counts_people(papers):
    assert "监考员1人、考评员1人、巡考员1人" in text_of(papers / "filing.pdf").replace(
        "考评员1人、监考员1人", "监考员1人、考评员1人"
    )


def test_a_room_says_who_keeps_watch_and_how_many_lack_with_a_line_for_each(papers):
    """Two invigilators, two examiners a group and one patrol are asked for; S1 has two groups, S2 one."""
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(papers / "room-records.pdf").pages]
    seen = [
        (
            "考点一" in page,
            re.search("(?:监考员|考评员)(.*?)巡考员", page).group(1),
            re.search("巡考员(.*?)考前检查", page).group(1),
            re.search("签名(.*?)考试机构接收", page).group(1),
        )
        for page in pages
    ]
    line = "＿" * 8
    watch, examine = (f"{role}：{line}　{line}　　巡考员：{line}" for role in ("监考员", "考评员"))
    assert seen == [
        (True, "仿真考务一，缺1人", "仿真考务二", watch),
        (True, "缺2人", "仿真考务二", examine),
        (True, "缺2人", "仿真考务二", examine),
        (False, "仿真考务一，缺1人", "缺1人", watch),
        (False, "仿真考务二，缺1人", "缺1人", examine),
    ]


def test_as_many_lines_as_people(tmp_path):
    """Three examiners and two patrols."""
    folder = short_of_staff(
        tmp_path / "exam", rules=RULES.replace("item = 2", "item = 3").replace("site = 1", "site = 2")
    )
    write_papers(read_facts(folder), None, tmp_path / "out", ("records",))
    text = text_of(tmp_path / "out" / "room-records.pdf")
    line = "＿" * 8
    assert f"考评员：{line}　{line}　{line}　　巡考员：{line}　{line}考试机构接收" in text


def test_a_sign_in_sheet_says_how_many_lack(papers):
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(papers / "sign-in.pdf").pages]
    assert [re.search("(?:监考员|考评员)：(.*?)签名", page).group(1) for page in pages] == [
        "仿真考务一，缺1人", "缺2人", "缺2人", "仿真考务一，缺1人", "仿真考务二，缺1人",
    ]  # fmt: skip


def test_the_filing_form_says_how_many_duties_nobody_does(papers):
    assert "4人次（另有8人次无人可派）" in text_of(papers / "filing.pdf")


def test_a_sealed_list_says_what_nobody_does(folder):
    facts = read_facts(folder)
    of_s2 = next(one for one in postings(facts) if one.site_id == "S2")
    text = lists(facts, People(facts, None, show_id=False), of_s2)["csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [(row[4], row[5]) for row in rows if row[8] == "无人可派"] == [
        ("考评员", "第 1 组"), ("监考员", "第 1 考场"), ("巡考员", "全考点"),
    ]  # fmt: skip


def test_no_substitute_is_told_to_be_there_at_an_hour(tmp_path):
    """One may be a substitute at several sites of a morning: who is called goes, and nobody before."""
    facts = read_facts(drawn(tmp_path / "exam"))
    tables = [one for one in letters(facts, People(facts, None, show_id=False)) if one["kind"] == "table"]
    heads = {tuple(one["head"]) for one in tables}
    assert heads == {
        ("日期", "到岗", "考点和地址", "岗位", "考场（组）"),
        ("日期", "考点和地址", "岗位", "次序"),
    }
    told = [one["text"] for one in letters(facts, People(facts, None, show_id=False)) if "text" in one]
    assert sum("接到通知后再到岗" in text for text in told) == 1


def test_people_with_two_roles_are_counted_once_and_sessions_without_anybody_told(folder):
    """Of three people, W2 who is patrol is W3 who examines: three roles, two people."""
    facts = read_facts(folder)
    empty = {**facts.plan, "sessions": [*facts.plan["sessions"], facts.plan["sessions"][0]]}
    people = People(facts, None, show_id=False)
    told = str(filing(replace(facts, plan=empty), people))
    assert "（一人任几种岗位的各计一次，实为 2 人），4 人次" in told
    assert "2 个考点，2 场（计划共 3 场，其余 1 场没有考生）" in told


def test_a_check_list_counts_the_sessions_of_its_own_site(papers):
    text = text_of(papers / "inspections.pdf")
    assert text.count("抽签前定下；本考点共1场有考生") == 2


def test_a_record_of_a_practical_group_calls_it_none_of_a_room(papers):
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(papers / "room-records.pdf").pages]
    assert ["实操组第" in page for page in pages] == ["实际操作考试" in page for page in pages]


def test_what_was_not_written_is_not_said_to_be(tmp_path):
    """Nobody is on duty: no letters, no calendars."""
    facts = replace(read_facts(drawn(tmp_path / "exam")), duties=(), substitutes=())
    written = write_papers(facts, None, tmp_path / "out", ("filing", "duties", "calendars"))
    assert list(written.kinds) == ["filing"]
