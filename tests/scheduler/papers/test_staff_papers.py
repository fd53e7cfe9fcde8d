"""Papers of a staff that is too few; why: whoever opens a room must know who will not come, and people have several ids."""

import datetime as dt

import docx
import icalendar
import pytest

from scheduler.papers.facts import read_facts
from scheduler.papers.kinds import KINDS
from scheduler.papers.write import write_papers
from scheduler.reading import read_batch
from tests.scheduler.papers.drawn import read, text_of
from tests.scheduler.papers.short_of_staff import short_of_staff


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
    assert "请您承担以下2项考务工作" in text
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
