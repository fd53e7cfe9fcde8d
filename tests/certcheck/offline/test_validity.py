"""Expiry, review and reminders at their exact days."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certcheck.findings import step_of
from tests.certcheck.lists import AS_OF, SAFETY, SPECIAL, codes, outcomes

LONG_AGO = {"first_issue": "2020-01-01", "valid_from": "", "review_due": ""}


def day(offset):
    return (AS_OF + dt.timedelta(days=offset)).isoformat()


@pytest.mark.parametrize(
    ("left", "expected"),
    [(-1, ["CERT-EXPIRED"]), (0, ["CERT-EXPIRING"]), (90, ["CERT-EXPIRING"]), (91, [])],
)
def test_last_valid_day(left, expected):
    """A certificate is valid on its last day; reminders begin 90 days before it."""
    assert (
        codes(SPECIAL, valid_from="", review_due="", review_done="2024-01-10", valid_to=day(left)) == expected
    )
    assert codes(SAFETY, valid_from="", valid_to=day(left)) == expected


@pytest.mark.parametrize(
    ("month", "expected"), [("2026-10", ["CERT-EXPIRED"]), ("2026-11", ["CERT-EXPIRING"]), ("2027-02", [])]
)
def test_month_only_end(month, expected):
    """A month ends on its last day: 2026-11 is valid through the 30th, 2027-02 is 100 days off."""
    assert codes(SPECIAL, valid_from="", review_due="", review_done="2024-01", valid_to=month) == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [(-1, ["CERT-REVIEW-OVERDUE"]), (0, ["CERT-REVIEW-DUE"]), (60, ["CERT-REVIEW-DUE"]), (61, [])],
)
def test_stated_due_day(left, expected):
    """The due day itself is in time; reminders begin 60 days before it."""
    assert codes(SPECIAL, valid_from="", review_due=day(left)) == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2025-05-09", ["CERT-REVIEW-OVERDUE"]),
        ("2025-05-10", []),
        ("2026-05-10", []),
        ("2026-11-20", []),
        ("2026-11-21", ["CERT-REVIEW-OVERDUE"]),
        ("2025-04", ["CERT-REVIEW-OVERDUE"]),
        ("2025-05", []),
        ("2026-11", []),
    ],
)
def test_review_that_counts(done, expected):
    """A review counts from exactly one year before the due date through the checking date."""
    assert codes(SPECIAL, valid_from="", review_due="2026-05-10", review_done=done) == expected


def test_review_done_ends_the_reminder():
    """Whoever was reviewed inside the year before the due date need not be reminded of it."""
    assert codes(SPECIAL, valid_from="", review_due=day(30), review_done=day(-10)) == []
    assert codes(SPECIAL, valid_from="", review_due=day(30), review_done="2025-01-01") == ["CERT-REVIEW-DUE"]


def test_month_only_due():
    """2026-10 is over on 1 November, 2026-11 is not over yet."""
    assert codes(SPECIAL, valid_from="", review_due="2026-10") == ["CERT-REVIEW-OVERDUE"]
    assert codes(SPECIAL, valid_from="", review_due="2026-11") == ["CERT-REVIEW-DUE"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2023-11-19", ["CERT-REVIEW-UNKNOWN"]),
        ("2023-11-20", ["CERT-REVIEW-DUE"]),
        ("2024-01-19", ["CERT-REVIEW-DUE"]),
        ("2024-01-20", []),
        ("2023-10", ["CERT-REVIEW-UNKNOWN"]),
    ],
)
def test_derived_due_day(start, expected):
    """Without a stated due date the review is three years after the start of the certificate."""
    assert codes(SPECIAL, first_issue="", valid_from=start, valid_to="", review_due="") == expected


def test_derived_from_the_end():
    """An end alone gives the start six years before it, and so the review three years before it."""
    row = {**SPECIAL, "first_issue": "", "valid_from": "", "review_due": ""}
    assert codes(row, valid_to="2029-11-19") == ["CERT-REVIEW-UNKNOWN"]
    assert codes(row, valid_to="2029-11-20") == ["CERT-REVIEW-DUE"]


def test_derived_and_done_is_enough():
    """Any stated review answers a due date that was only derived and is over."""
    assert (
        codes(
            SPECIAL, valid_from="2022-05-13", valid_to="2028-05-12", review_due="", review_done="2025-05-01"
        )
        == []
    )


@pytest.mark.parametrize(
    ("done", "why"),
    [
        ("2019-01-01", "早于本证书有效期起 2023-08-01"),
        ("2023-07-31", "早于本证书有效期起 2023-08-01"),
        ("2023-07", "早于本证书有效期起 2023-08-01"),
        ("2026-11-21", "在核验日期 2026-11-20 之后"),
        ("2026-12-31", "在核验日期 2026-11-20 之后"),
        ("2023-08-01", ""),
        ("2023-08", ""),
        ("2026-11-20", ""),
        ("2026-11", ""),
    ],
)
def test_review_of_no_period(done, why):
    """A review before this certificate began, or of a day to come, is no review: 2026-08-01 is over."""
    row = {
        **SPECIAL,
        "first_issue": "",
        "valid_from": "2023-08-01",
        "valid_to": "2029-08-01",
        "review_due": "",
    }
    (outcome,) = outcomes({**row, "review_done": done})
    assert [one.code for one in outcome.findings] == (["CERT-REVIEW-UNKNOWN"] if why else [])
    for one in outcome.findings:
        assert (one.field, one.value, one.expected) == ("review_done", done, "2026-08-01")
        assert done in one.message
        assert why in one.message


def test_safety_certificate_has_no_review():
    """The safety-knowledge certificate has no review, so nothing is derived for it."""
    assert codes(SAFETY, valid_from="2022-03-01", valid_to="2028-02-29") == ["DATE-RANGE"]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2026-11-19", "重新考核"),
        ("2026-12-20", "最迟 2026-11-20 申请延期"),
        ("2026-12-19", "（2026-11-19）已过"),
        ("2027-02-18", "最迟 2027-01-19 申请延期"),
    ],
)
def test_a_managers_certificate_is_no_special_operation(end, told):
    """Its end stops nobody's special operation; it is renewed by its own rule, 30 days before the end (data)."""
    (outcome,) = outcomes({**SAFETY, "valid_from": "2024-01-01", "valid_to": end, "industry": "非高危"})
    (one,) = [one for one in outcome.findings if one.code in ("CERT-EXPIRED", "CERT-EXPIRING")]
    assert told in one.message + step_of(one)
    assert "特种作业" not in step_of(one)
    assert "60" not in one.message + step_of(one)


@pytest.mark.parametrize(("end", "code"), [("2026-11-19", "CERT-EXPIRED"), ("2026-12-20", "CERT-EXPIRING")])
@pytest.mark.parametrize("kind", ["安全员证", "某某证", ""])
def test_no_article_for_a_kind_that_nobody_knows(kind, end, code):
    """安全员证 may be another body's: neither special operations' rule nor the managers' is named for it."""
    row = {**SAFETY, "kind": kind, "person_type": "", "valid_from": "2024-01-01", "valid_to": end}
    (outcome,) = outcomes(row)
    (one,) = [one for one in outcome.findings if one.code == code]
    assert one.basis == ""
    assert "看不出是哪一种证书" in one.message
    assert "写明证书类型" in step_of(one)


@pytest.mark.parametrize("kind", ["安管人员", "安全负责人", "安全生产负责人", "负责人"])
def test_short_words_for_a_managers_certificate(kind):
    """They stand beside 安全管理人员 and 主要负责人 under 证书类型, and mean the same certificate."""
    (outcome,) = outcomes(
        {**SAFETY, "kind": kind, "person_type": "", "valid_from": "2021-01-05", "valid_to": "2024-01-04"}
    )
    (one,) = [one for one in outcome.findings if one.code == "CERT-EXPIRED"]
    assert "44号令" in one.basis


def test_no_reminder_beside_something_overdue():
    """Where something is over, the reminders say nothing."""
    assert codes(SPECIAL, valid_from="", review_due=day(-1), valid_to=day(10)) == ["CERT-REVIEW-OVERDUE"]
    assert codes(SPECIAL, valid_from="", review_due=day(10), valid_to=day(-1)) == ["CERT-EXPIRED"]


@pytest.mark.parametrize(("left", "near"), [(0, True), (90, True), (91, False)])
def test_an_unknown_review_hides_no_end_that_is_near(left, near):
    """CERT-REVIEW-UNKNOWN is no violation: a certificate that ends in 0 to 90 days says so beside it."""
    expected = ["CERT-EXPIRING", "CERT-REVIEW-UNKNOWN"] if near else ["CERT-REVIEW-UNKNOWN"]
    assert codes(SPECIAL, first_issue="", valid_from="", review_due="", valid_to=day(left)) == expected


def test_both_reminders_together():
    """A certificate may be near its end and near a stated review at once."""
    assert codes(SPECIAL, valid_from="", review_due=day(10), valid_to=day(10)) == [
        "CERT-EXPIRING",
        "CERT-REVIEW-DUE",
    ]


def test_unreadable_review_accuses_nobody():
    """已复审 states a review without a day: the cell is to be mended, the person is not accused."""
    row = {**SPECIAL, "valid_from": "2022-05-13", "valid_to": "2028-05-12"}
    assert codes(row, review_due="2025-05-13", review_done="已复审") == ["DATE-UNREADABLE"]
    assert codes(row, review_due="", review_done="已复审") == ["DATE-UNREADABLE"]
    assert codes(row, review_due="25/5/13", review_done="") == ["DATE-UNREADABLE"]


@pytest.mark.parametrize("kind", ["驾驶证", "职称证", "特种设备作业人员证"])
def test_another_bodys_certificate_is_not_judged_further(kind):
    """Neither its end nor its range nor its number is ours to judge."""
    row = {**SPECIAL, "kind": kind, "item": "", "valid_to": "2021-01-01", "certificate_number": "证字1号"}
    assert codes(row) == ["ITEM-OTHER-MINISTRY"]


def test_messages_quote_the_day_that_was_meant():
    """A month-only end is judged by its last day, and the sentence says so."""
    (outcome,) = outcomes(
        {**SPECIAL, "valid_from": "", "review_due": "", "review_done": "2023-01", "valid_to": "2026-10"}
    )
    (finding,) = outcome.findings
    assert "2026-10-31" in finding.message
    assert finding.value == "2026-10"
    assert finding.basis


@settings(max_examples=60, deadline=None)
@given(st.integers(-2500, 2500), st.integers(0, 2500), st.sampled_from(["", "2024-01-01", "2026-12-01"]))
def test_a_longer_validity_never_adds_expired(end, more, review_due):
    """Whoever is not expired is not expired with a later end either."""
    row = {**SPECIAL, "valid_from": "", "review_due": review_due}
    shorter, longer = codes(row, valid_to=day(end)), codes(row, valid_to=day(end + more))
    assert "CERT-EXPIRED" in shorter or "CERT-EXPIRED" not in longer


@pytest.mark.parametrize(("first_issue", "may_apply"), [("2016-05-13", True), ("2016-05-14", False)])
def test_ten_years_may_lengthen_the_cycle(first_issue, may_apply):
    """First issued ten years before the due day: the exception is told as possible, and the finding stays."""
    (outcome,) = outcomes({**SPECIAL, "first_issue": first_issue, "review_due": "2026-05-13"})
    (finding,) = [one for one in outcome.findings if one.code == "CERT-REVIEW-OVERDUE"]
    assert ("可能适用" in finding.message) is may_apply
