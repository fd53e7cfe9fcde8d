"""What the registry knows of a review or a renewal goes before telling a worker to stop."""

import pytest

from certcheck.comparison import with_record
from certcheck.comparison.meant import own_record
from certcheck.findings import LATER_ON_RECORD, next_step, step_of
from certcheck.model import Answer, AnswerState
from certcheck.offline.context import Context, Roll
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.report.deadlines import Deadlines
from common.catalogue import load_catalogue
from tests.certcheck.builders import AS_OF, SPECIAL, codes_of, rules
from tests.certcheck.test_compare import RECORD, entry_of, record

LISTED = SPECIAL | {
    "first_issue": "", "valid_from": "2023-08-01", "valid_to": "2029-07-31", "review_due": "2026-08-01",
}  # fmt: skip
SHOWN = RECORD | {
    "first_issue": None, "valid_from": "2023-08-01", "valid_to": "2029-07-31", "review_due": "2026-08-01",
    "review_done": "2026-06-01",
}  # fmt: skip


class Registry:
    """Answers every question with the same records."""

    def __init__(self, records):
        self.answer = Answer(
            AnswerState.FOUND, tuple(record(**one) for one in records), "2026-11-20T08:00:00+08:00"
        )

    def refusal(self, question):
        return ""

    def ask_all(self, questions, progress):
        return dict.fromkeys(questions, self.answer), ""


def outcome(claim, *records):
    """The outcome of one row whose person has these records."""
    entry = entry_of(claim)
    context = Context(AS_OF, rules(), load_catalogue(), Roll.of([entry]))
    return next(iter(verify([entry], context, Registry(records), load_vocabulary()).outcomes)), context


def codes(claim, *records):
    return codes_of(outcome(claim, *records)[0])


def days(claim, *records):
    one, context = outcome(claim, *records)
    listed = Deadlines(context)
    listed.add(one)
    return [(str(each.day), each.what[:5], each.item) for each in listed.soonest_first()]


def test_a_review_on_record_counts_for_the_claim():
    """Due on 2026-08-01 and reviewed on 2026-06-01: the list forgot it, the registry shows it, nobody is stopped."""
    one, _ = outcome(LISTED, SHOWN)
    assert (codes_of(one), one.verdict) == ([], "valid")
    assert one.entry.claim.review_done is None
    assert codes({**LISTED, "review_due": ""}, SHOWN) == []
    assert codes({**LISTED, "review_done": "2020-01-01"}, SHOWN) == ["REG-DATES"]
    assert codes(LISTED, SHOWN | {"review_due": "2029-08-01"}) == ["REG-DATES"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"review_done": "2025-07-31"}, ["CERT-REVIEW-OVERDUE", "REG-REVIEW-OVERDUE"]),
        ({"review_done": "2026-11-21"}, ["CERT-REVIEW-OVERDUE", "REG-REVIEW-OVERDUE"]),
        ({"review_done": None}, ["CERT-REVIEW-OVERDUE", "REG-REVIEW-OVERDUE"]),
        ({"name": "仿真异名"}, ["CERT-REVIEW-OVERDUE", "REG-NAME"]),
        ({"item": "高压电工作业"}, ["CERT-REVIEW-OVERDUE", "REG-ITEM"]),
        ({"history": True}, ["CERT-REVIEW-OVERDUE", "REG-HISTORY-ONLY"]),
    ],
)  # fmt: skip
def test_what_does_not_count_for_it(change, expected):
    """More than a year early, after the checking date, none, and what is not this person's certificate of this item."""
    shown = SHOWN | change
    if "item" in change:  # another certificate has dates of its own
        shown |= {"valid_from": "2024-01-01", "valid_to": "2029-12-31", "review_due": "2027-01-01"}
    assert codes(LISTED, shown) == expected


def test_a_renewal_on_record_is_told_beside_the_old_dates():
    """The list has the dates of 2020, the record those of 2026: the claim is over, and the list is what wants mending."""
    claim = LISTED | {"valid_from": "2020-05-13", "valid_to": "2026-05-12", "review_due": ""}
    renewed = SHOWN | {
        "valid_from": "2026-05-13", "valid_to": "2032-05-12", "review_due": "2029-05-13", "review_done": None,
    }  # fmt: skip
    one, _ = outcome(claim, renewed)
    over = next(each for each in one.findings if each.code == "CERT-EXPIRED")
    assert "国家平台显示有效期止 2032-05-12，可能已经换证" in over.message
    assert step_of(over) == LATER_ON_RECORD
    for shown in (renewed | {"status": "注销"}, renewed | {"valid_to": "2026-11-19"}):
        over = next(each for each in outcome(claim, shown)[0].findings if each.code == "CERT-EXPIRED")
        assert step_of(over) == next_step("CERT-EXPIRED")
        assert "换证" not in over.message


def test_a_later_due_date_on_record_is_told():
    """Overdue by the list, due in 2029 by the record, and no review shown: true of the claim, and the list may be old."""
    one, _ = outcome(LISTED, SHOWN | {"review_due": "2029-08-01", "review_done": None})
    overdue = next(each for each in one.findings if each.code == "CERT-REVIEW-OVERDUE")
    assert "国家平台显示应复审日期 2029-08-01" in overdue.message


UNDATED = LISTED | dict.fromkeys(("valid_from", "valid_to", "review_due"), "")
LAPSING = SHOWN | {
    "valid_from": "2020-12-01", "valid_to": "2026-11-30", "review_due": "2023-12-01", "review_done": "2023-11-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (LAPSING, ["REG-EXPIRING"]),
        (LAPSING | {"valid_to": "2027-02-18"}, ["REG-EXPIRING"]),  # 90 days
        (LAPSING | {"valid_to": "2027-02-19"}, []),
        (SHOWN | {"review_due": "2027-01-19", "review_done": None}, ["REG-REVIEW-DUE"]),  # 60 days
        (SHOWN | {"review_due": "2027-01-20", "review_done": None}, []),
        (SHOWN | {"valid_from": "2023-11-30", "valid_to": "2029-11-30", "review_due": None, "review_done": None},
         ["REG-REVIEW-DUE"]),
        (SHOWN | {"review_due": None, "review_done": None}, ["REG-REVIEW-UNKNOWN"]),
        (LAPSING | {"review_due": "2026-01-01", "review_done": None}, ["REG-REVIEW-OVERDUE"]),
        (LAPSING | {"valid_to": "2026-11-19"}, ["REG-EXPIRED"]),
        (SHOWN, []),
    ],
)  # fmt: skip
def test_what_is_coming_by_the_record_where_the_list_has_no_dates(shown, expected):
    """What the list cannot remind of, the record does; reminders never stand beside what is over."""
    one, _ = outcome(UNDATED, shown)
    assert codes_of(one) == expected
    grave = {"REG-REVIEW-OVERDUE", "REG-EXPIRED"}
    assert one.verdict == ("violation" if grave & set(expected) else "attention" if expected else "valid")


def test_nothing_is_said_twice_of_one_date():
    """The list's own reminder is enough, also where it knows the month only; another date is another reminder."""
    dated = UNDATED | {"valid_to": "2026-11-30", "review_due": "2023-12-01", "review_done": "2023-11-01"}
    assert codes(dated, LAPSING) == ["CERT-EXPIRING"]
    assert codes({**dated, "valid_to": "2026-11"}, LAPSING) == ["CERT-EXPIRING"]
    assert codes({**dated, "valid_to": "2026-12-30"}, LAPSING) == [
        "CERT-EXPIRING",
        "REG-DATES",
        "REG-EXPIRING",
    ]
    silent = SHOWN | {"review_due": None, "review_done": None}
    assert codes({**LISTED, "review_due": ""}, silent) == ["CERT-REVIEW-UNKNOWN"]
    assert codes({**LISTED, "review_done": "2026-07-01"}, silent) == []


def test_the_calendar_knows_the_dates_of_the_record():
    """Days of the list and of the record; one where they are one, and none of a certificate that was renewed."""
    ends = ("2026-11-30", "证书有效期", "低压电工作业")
    assert days(UNDATED, LAPSING) == [ends]
    assert days({**UNDATED, "item": "电工作业"}, LAPSING) == [ends]
    assert days({**UNDATED, "valid_to": "2026-11"}, LAPSING) == [ends]
    assert days({**UNDATED, "valid_to": "2026-12-30"}, LAPSING) == [
        ends,
        ("2026-12-30", "证书有效期", "低压电工作业"),
    ]
    assert days({**UNDATED, "valid_to": "2026-12-30"}, SHOWN) == []
    due = {**UNDATED, "review_due": "2026-12-15"}
    assert days(due, SHOWN | {"review_due": "2026-12-15", "review_done": "2026-11-01"}) == []


def test_too_young_at_the_first_issue_on_record():
    """Born on 1990-01-01, first issued on 2007-12-31, one day before the 18th birthday; the list does not say."""
    young, old = SHOWN | {"first_issue": "2007-12-31"}, SHOWN | {"first_issue": "2008-01-01"}
    assert codes(LISTED, young) == ["AGE-UNDER-18"]
    assert codes(LISTED, old) == []
    assert codes({**LISTED, "first_issue": "2008-01-01"}, young) == ["REG-DATES"]
    assert codes({**LISTED, "first_issue": "2007-12-31"}, young) == ["AGE-UNDER-18"]


def test_whose_record_adds_to_a_claim():
    """None of another name, none of an earlier issue, and none where nothing was found."""
    entry = entry_of(LISTED)
    context = Context(AS_OF, rules(), load_catalogue(), Roll.of([entry]))
    words = load_vocabulary()
    for state, shown in ((AnswerState.FOUND, SHOWN | {"name": "仿真异名"}), (AnswerState.NOT_ASKED, SHOWN)):
        assert own_record(entry, Answer(state, (record(**shown),)), context, words) is None
    assert with_record.check(entry, None, context, words)
