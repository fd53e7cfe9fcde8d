"""The dates of a certificate against each other."""

import pytest

from tests.certcheck.lists import SAFETY, SPECIAL, codes, outcomes

OPEN = {**SPECIAL, "review_done": "2026-06-01", "first_issue": "2020-01-01", "review_due": "2027-06-01"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-05-13", "2030-05-13", []),
        ("2024-05-13", "2030-05-12", []),
        ("2024-05-13", "2030-05-14", ["DATE-RANGE"]),
        ("2024-05-13", "2030-05-11", ["DATE-RANGE"]),
        ("2024-05-13", "2027-05-12", ["DATE-RANGE"]),
        ("2024-02-29", "2030-02-28", []),
        ("2024-02-29", "2030-02-27", []),
        ("2024-02-29", "2030-03-01", []),
        ("2024-02-29", "2030-03-02", ["DATE-RANGE"]),
        ("2024-03-01", "2030-02-28", []),
        ("2023-01-01", "2028-12-31", []),
        ("2024-05", "2030-05", []),
        ("2024-05", "2030-04", []),
        ("2024-05", "2030-06", ["DATE-RANGE"]),
        ("2024-05-01", "2030-04", []),
        ("2024-05-02", "2030-04", ["DATE-RANGE"]),
        ("2024-05", "2030-04-30", []),
        ("2030-05-12", "2024-05-13", ["CERT-EXPIRED", "DATE-ORDER"]),
        ("2027-05-02", "2027-05-01", ["DATE-ORDER"]),
        ("2027-05", "2027-04-30", ["DATE-ORDER"]),
        ("2027-05-20", "2027-05", ["DATE-RANGE"]),
    ],
)
def test_range_of_six_years(start, end, expected):
    """Six years end on the same day or the day before; months compare as months."""
    assert codes(OPEN, valid_from=start, valid_to=end) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2028-03-01", []), ("2028-02-29", []), ("2028-03-02", ["DATE-RANGE"]), ("2031-02-28", ["DATE-RANGE"])],
)
def test_range_of_three_years(end, expected):
    """The safety-knowledge certificate is valid for three years."""
    assert codes(SAFETY, valid_to=end) == expected


def test_range_of_an_unknown_kind_is_not_judged():
    """Where nothing tells the kind, no length is demanded."""
    assert codes(SPECIAL, kind="", item="", certificate_number="", valid_to="2025-05-12") == ["CERT-EXPIRED"]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("2026-11-20", []),
        ("2026-11-21", ["DATE-FUTURE-ISSUE"]),
        ("2026-11", []),
        ("2026-12", ["DATE-FUTURE-ISSUE"]),
    ],
)
def test_issue_after_the_checking_date(issued, expected):
    """Issued today is possible, tomorrow is not; this month may have been this month's first day."""
    assert codes(OPEN, first_issue=issued, valid_from="", valid_to="2032-11-20") == expected


@pytest.mark.parametrize("field", ["first_issue", "valid_from", "valid_to", "review_due", "review_done"])
@pytest.mark.parametrize("written", ["2023年2月30日", "25/5/8", "长期", 2021.1, 44.0, "2021-13-01", True])
def test_unreadable_dates_are_quoted(field, written):
    """What is no certain date stays empty, and the finding quotes it."""
    (outcome,) = outcomes({**OPEN, field: written})
    (finding,) = [one for one in outcome.findings if one.code == "DATE-UNREADABLE"]
    assert finding.field == field
    assert getattr(outcome.entry.claim, field) is None
    assert outcome.verdict != "unverified"


def test_unreadable_dates_of_the_person():
    """The person's dates are read alike."""
    assert codes(SPECIAL, birth="1990.1.1.1") == ["DATE-UNREADABLE"]
    assert codes(SAFETY, appointed="去年") == ["DATE-UNREADABLE"]
