"""Hours of practical batches on paper; why: who reads two times comes at the wrong one."""

import io
from dataclasses import replace

import icalendar
import openpyxl
import pytest

from common.dates import CHINA
from scheduler.papers.calendars import calendars
from scheduler.papers.facts import read_facts
from scheduler.papers.letters import letters
from scheduler.papers.lists import doors, records, sign_in, table_cards
from scheduler.papers.people import People
from scheduler.papers.rooms import rooms
from scheduler.papers.sheets import schedule
from scheduler.papers.tickets import tickets
from scheduler.papers.words import untimed
from scheduler.papers.write import write_papers
from scheduler.reading import read_batch
from scheduler.seats.times import clock
from tests.scheduler.papers.drawn import drawn, text_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("drawn") / "exam")


def facts_of(folder, *, stations=None, minutes=60, morning="09:00"):
    """Give the facts with so many stations at every item, and batches of so many minutes."""
    facts = read_facts(folder)
    seating = facts.plan["seating"]
    items = sorted({group["item"] for group in facts.plan["groups"]})
    stated = [
        {"session": number, "item": item, "stations": stations}
        for number in range(len(facts.plan["sessions"]))
        for item in items
        if stations
    ]
    times = seating["times"] | {"practical_minutes": minutes, "am": morning}
    return replace(facts, plan={**facts.plan, "seating": {**seating, "stations": stated, "times": times}})


def fields(facts, folder):
    """Give the fields of each ticket by trainee."""
    (part,) = tickets(facts, People(facts, read_batch(folder / "batch"), show_id=False))
    listed = [dict(one["fields"]) for one in part.content["tickets"]]
    return {one["准考证号"]: one for one in listed}


def test_no_paper_states_a_time_after_midnight(folder):
    """Batches of 600 minutes from 09:00 and 14:30: the first ends at 19:00 and at 24:30, who sit both from 11:00 at 21:00."""
    facts = facts_of(folder, minutes=600)
    late = [name for name, one in facts.times.items() if one.practical and one.practical[1] > 24 * 60]
    assert late
    for name, told in fields(facts, folder).items():
        assert ("时间另行通知" in "".join(told.values())) == (name in late)
        assert not [hour for hour in range(24, 60) if f"{hour}:" in "".join(told.values())]
    (note,) = untimed(facts)
    assert note.startswith(f"{len(late)} 人的实操分批排到了当天 24:00 以后")
    assert untimed(facts_of(folder)) == []


def test_a_ticket_tells_one_time_to_come(folder):
    """One station, an hour a batch: the second who sits no theory comes for 10:00, half an hour early; who sits theory, for 09:00."""
    facts = facts_of(folder, stations=1)
    told = fields(facts, folder)
    begins = {"am": (9 * 60, "上午"), "pm": (14 * 60 + 30, "下午")}
    seconds = 0
    for one in facts.sittings:
        times, own = facts.times[one.trainee_id], told[one.trainee_id]
        begin, half = begins[str(one.session.half)]
        if facts.part(one.trainee_id) == "practical":
            begin += 60 * (times.batch - 1)
            seconds += times.batch == 2
            assert f"第 {times.batch} 批　{begin // 60:02}:{begin % 60:02}—" in own["实操考试"]
        assert own["考试时间"].endswith(f"{half} {begin // 60:02}:{begin % 60:02} 开始")
        assert own["入场时间"] == f"{(begin - 30) // 60:02}:{(begin - 30) % 60:02} 起"
    assert seconds


def test_hours_that_do_not_fit_beside_a_long_room_stand_below_it(folder):
    """第 1 考场（…） and 1 号座位 are some 20 characters, 09:00—11:00 some 7 more, where a line has 25."""
    facts = facts_of(folder)
    name = "实训楼三层多媒体机房"
    rooms = [
        {
            "site_id": one["site_id"],
            "rooms": [{"room": name if number == 1 else str(number)} for number in range(1, 9)],
        }
        for one in facts.plan["sites"]
    ]
    seating = facts.plan["seating"] | {"rooms": rooms}
    told = fields(replace(facts, plan={**facts.plan, "seating": seating}), folder)
    theory = [one["理论考试"] for one in told.values() if "理论考试" in one]
    long = [text for text in theory if name in text]
    assert long
    assert all("号座位\n" in text and "\n" not in text.split("\n")[1] for text in long)
    assert all("\n" not in text for text in theory if name not in text)


def test_a_ticket_says_that_no_number_is_on_file(folder):
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    without = replace(
        problem, trainees={name: replace(one, id_number="") for name, one in problem.trainees.items()}
    )
    (part,) = tickets(facts, People(facts, without, show_id=False))
    assert {dict(one["fields"])["证件号码"] for one in part.content["tickets"]} == {"未登记"}


def test_a_morning_batch_after_noon_is_not_called_a_morning(folder):
    told = fields(facts_of(folder, morning="12:10"), folder)
    mornings = {one["考试时间"] for one in told.values() if "12月7日" in one["考试时间"]}
    assert mornings == {"2026年12月7日（星期一） 12:10 开始"}


def test_lists_of_a_group_stand_in_batches_with_their_hours(folder):
    """Whoever opens the door must know who comes when; only the theory rooms have one hour for all."""
    facts = facts_of(folder, stations=1)
    people = People(facts, read_batch(folder / "batch"), show_id=False)
    listed = rooms(facts)
    for room, door, sheet, record in zip(
        listed,
        *(make(facts, people, listed) for make in (doors, sign_in, records)),
        strict=True,
    ):
        headings = [lot["heading"] for page in door["pages"] for lot in page]
        assert headings == [told for told, _ in sheet["batches"]]
        if not room.key.is_group:
            assert (headings, record["batches"]) == ([""], "")
            continue
        assert door["unit"] == "顺序号"
        assert len(headings) == len(room.sittings)
        first = min(facts.times[one.trainee_id].practical[0] for one in room.sittings)
        assert headings[0] == f"第 1 批　{clock(first)}—{clock(first + 60)}　1 人"
        assert door["session"].endswith(f" {clock(first)} 开始")
        assert headings[0] in record["batches"]
    cards = table_cards(facts, people, [room for room in listed if room.key.is_group])["groups"]
    assert cards[0]["labels"][0]["when"].endswith("　第 1 批　09:00—10:00")


def test_the_workbook_has_hours_and_batches(folder):
    facts = facts_of(folder, stations=1)
    people = People(facts, read_batch(folder / "batch"), show_id=False)
    _title, _about, head, *body = openpyxl.load_workbook(
        io.BytesIO(schedule(facts, people))
    ).active.iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in body]
    for row in rows:
        times = facts.times[row["准考证号"]]
        assert row["理论时间"] == (
            f"{clock(times.theory[0])}—{clock(times.theory[1])}" if times.theory else ""
        )
        assert row["批次"] == (times.batch or "")
        assert (row["组内顺序号"] == "") == (row["实操时间"] == "") == (times.practical is None)


def test_a_calendar_ends_when_the_last_batch_does(folder):
    """The examiner stays to the end of the group, the invigilator of the room to that of the theory, two hours."""
    facts = facts_of(folder, stations=1)
    people = People(facts, read_batch(folder / "batch"), show_id=False)
    made = calendars(facts, people)
    for staff, role in (("W1", "invigilator"), ("W2", "examiner"), ("W3", "patrol")):
        events = icalendar.Calendar.from_ical(made[f"duties-{staff}.ics"]).walk("VEVENT")
        for event, session in zip(events, facts.sessions, strict=True):
            times = [facts.times[one.trainee_id] for one in facts.sittings if one.session == session]
            theory = [one.theory[1] for one in times if one.theory]
            practical = [one.practical[1] for one in times if one.practical]
            last = max({"invigilator": theory, "examiner": practical, "patrol": theory + practical}[role])
            china = event.decoded("dtend").astimezone(CHINA)
            assert f"{china:%H:%M}" == clock(last)


def duties_told(facts, folder):
    """Give when whom's letter and whose calendar tell them to be there, in the order of sessions."""
    people = People(facts, read_batch(folder / "batch"), show_id=False)
    tables = [one for one in letters(facts, people) if one["kind"] == "table" and "到岗" in one["head"]]
    hours = {row[3]: [] for one in tables for row in one["rows"]}
    for row in (row for one in tables for row in one["rows"]):
        hours[row[3]].append((row[0], row[1]))
    made = calendars(facts, people)
    events = {
        role: icalendar.Calendar.from_ical(made[f"duties-{staff}.ics"]).walk("VEVENT")
        for staff, role in (("W1", "监考员"), ("W2", "考评员"), ("W3", "巡考员"))
    }
    starts = {
        role: [f"{event.decoded('dtstart').astimezone(CHINA):%H:%M}" for event in listed]
        for role, listed in events.items()
    }
    return (
        hours,
        starts,
        {role: [str(one["description"]) for one in listed] for role, listed in events.items()},
    )


def test_examiners_come_for_the_first_batch_of_their_own_group(folder):
    """Nobody sits the practical part alone, theory takes two hours: the group begins at 11:00 and 16:30, half an hour later than
    they come; invigilators and patrols come for 09:00 and 14:30."""
    facts = facts_of(folder, stations=1)
    groups = [
        {**group, "part": "both" if group["part"] == "practical" else group["part"]}
        for group in facts.plan["groups"]
    ]
    facts = replace(facts, plan={**facts.plan, "groups": groups})
    hours, starts, _ = duties_told(facts, folder)
    days = ["12月7日（周一）上午", "12月8日（周二）下午"]
    early, late = ["08:30", "14:00"], ["10:30", "16:00"]
    assert hours == {
        "监考员": [*zip(days, early, strict=True)],
        "考评员": [*zip(days, late, strict=True)],
        "巡考员": [*zip(days, early, strict=True)],
    }
    assert starts == {"监考员": early, "考评员": late, "巡考员": early}


def test_examiners_of_people_who_sit_no_theory_come_with_everybody(folder):
    hours, starts, _ = duties_told(facts_of(folder, stations=1), folder)
    assert [hour for _, hour in hours["考评员"]] == starts["考评员"] == ["08:30", "14:00"]


def test_a_group_of_the_morning_that_begins_after_noon_is_told_by_its_hour(folder):
    hours, *_ = duties_told(facts_of(folder, stations=1, morning="12:10"), folder)
    assert hours["考评员"][0] == ("12月7日（周一）", "11:40")


def test_examiners_of_a_group_that_ends_after_midnight_are_told_another_time(folder):
    """The first batch takes 1000 minutes from 09:00 and 14:30 on."""
    hours, starts, told = duties_told(facts_of(folder, minutes=1000), folder)
    assert [hour for _, hour in hours["考评员"]] == ["时间另行通知"] * 2
    assert starts["考评员"] == ["08:30", "14:00"]
    assert all(text.startswith("到岗时间另行通知。") for text in told["考评员"])


def test_who_has_no_number_is_told_so(folder):
    """The id of a trainee in the column of numbers would be taken for a number of a document."""
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    without = replace(
        problem, trainees={name: replace(one, id_number="") for name, one in problem.trainees.items()}
    )
    (one, *_) = sign_in(facts, People(facts, without, show_id=False), rooms(facts)[:1])
    assert {row[2] for _, rows in one["batches"] for row in rows} == {"未登记"}
    (one, *_) = sign_in(facts, People(facts, None, show_id=False), rooms(facts)[:1])
    assert {row[2] for _, rows in one["batches"] for row in rows} == {""}


def test_a_sign_in_sheet_counts_and_has_a_line_for_each_keeper(folder, tmp_path):
    """The example's rules ask for two invigilators a room."""
    facts, problem = read_facts(folder), read_batch(folder / "batch")
    write_papers(facts, problem, tmp_path, ("signin",))
    text = text_of(tmp_path / "sign-in.pdf")
    sheets = sign_in(facts, People(facts, problem, show_id=False), rooms(facts))
    assert [text.count(f"应到：{n}人") for n in {one["count"] for one in sheets}] != [0]
    assert "实到：＿＿＿人　缺考：＿＿＿人" in text
    assert text.count("＿" * 8) >= sum(one["keeper_lines"] for one in sheets)
