"""Deadlines and their calendar: what is still to come, soonest first, the same bytes each time."""

import datetime as dt

import icalendar

from certcheck.model import Answer, AnswerState, Claim, Entry, Outcome, Person, Source
from certcheck.offline.context import Context, Roll
from certcheck.report.calendar import calendar_file
from certcheck.report.deadlines import Deadlines
from certcheck.rules import load_rules
from common.catalogue import Kind, load_catalogue
from common.dates import read_date

AS_OF = dt.date(2026, 11, 20)


def outcome(claim=None, **person):
    """Give an outcome with nothing found."""
    entry = Entry(Source("名单.xlsx", "表", 2), Person(name="张三", **person), claim)
    return Outcome(entry, Answer(AnswerState.NOT_ASKED), (), "unverified")


def deadlines(outcomes, context):
    """Give the deadlines of some outcomes, soonest first."""
    listed = Deadlines(context)
    for one in outcomes:
        listed.add(one)
    return listed.soonest_first()


def found(*outcomes):
    """Give the days and words of the deadlines of some outcomes."""
    context = Context(AS_OF, load_rules(), load_catalogue(), Roll())
    return [(str(one.day), one.what) for one in deadlines(outcomes, context)]


def special(**dates):
    """Give a claim on a special operation certificate."""
    return Claim(
        kind=Kind.SPECIAL, item="低压电工作业", **{name: read_date(text) for name, text in dates.items()}
    )


def test_expiry_and_review_are_listed_soonest_first():
    """Review derived from the start comes before the end of validity."""
    claim = special(valid_from="2024-03-01", valid_to="2027-06-30")
    assert found(outcome(claim)) == [("2027-03-01", "应复审"), ("2027-06-30", "证书有效期止，须在此前换证")]


def test_what_is_over_or_done_or_far_is_no_deadline():
    """Expired last week, reviewed in time, ending in 2030: nothing is to be done within a year."""
    assert found(outcome(special(valid_to="2026-11-13"))) == []
    assert found(outcome(special(review_due="2027-01-01", review_done="2026-11-01"))) == []
    assert found(outcome(special(valid_to="2030-01-01", review_due="2028-01-01"))) == []


def test_today_is_still_a_deadline():
    """The last valid day is a day to act on."""
    assert found(
        outcome(special(valid_to="2026-11-20", review_done="2026-01-01", review_due="2026-02-01"))
    ) == [
        ("2026-11-20", "证书有效期止，须在此前换证"),
    ]


def test_managers_and_retraining():
    """Six months after appointment in an assessed industry, twelve after the last retraining."""
    told = found(
        outcome(person_type="安全生产管理人员", industry="危险化学品生产", appointed=read_date("2026-08-01")),
        outcome(Claim(kind=Kind.SAFETY), retrained=read_date("2026-03-15")),
    )
    assert told == [("2027-02-01", "任职满六个月，须考核合格"), ("2027-03-15", "年度再培训")]


def test_calendar_holds_each_deadline_and_repeats():
    """One all-day event a day and matter, with reminders; the same list gives the same bytes."""
    context = Context(AS_OF, load_rules(), load_catalogue(), Roll())
    coming = deadlines([outcome(special(valid_from="2024-03-01", valid_to="2027-06-30"))], context)
    content = calendar_file(coming, AS_OF)
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [dt.date(2027, 3, 1), dt.date(2027, 6, 30)]
    assert all(len(event.walk("VALARM")) == 2 for event in events)
    assert content == calendar_file(coming, AS_OF)


def test_a_day_that_many_share_is_one_event():
    """Thirty certificates that end on one day are one event that names five people and lists them all."""
    claim = special(valid_to="2027-06-30", review_due="2026-01-01", review_done="2026-01-01")
    many = []
    for number in range(30):
        entry = Entry(Source("名单.xlsx", "表", number + 2), Person(name=f"张{number}"), claim)
        many.append(Outcome(entry, Answer(AnswerState.NOT_ASKED), (), "unverified"))
    context = Context(AS_OF, load_rules(), load_catalogue(), Roll())
    (event,) = icalendar.Calendar.from_ical(calendar_file(deadlines(many, context), AS_OF)).walk("VEVENT")
    assert "等 30 人" in event["summary"]
    assert str(event["description"]).count("第 ") == 30
