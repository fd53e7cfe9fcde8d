"""Eighteen at least, the legal retirement age at most."""

import datetime as dt

import pytest

from tests.certcheck.lists import AS_OF, SAFETY, SPECIAL, codes, number, outcomes

BARE = {"name": "仿真张三", "kind": "特种作业操作证", "item": "低压电工作业"}


def born(birth, *, male=True, as_of=AS_OF, **changes):
    return codes({**BARE, "id_number": number(birth, male=male), **changes}, as_of=as_of)


@pytest.mark.parametrize(
    ("first_issue", "expected"),
    [("2024-06-14", ["AGE-UNDER-18"]), ("2024-06-15", []), ("2024-05", ["AGE-UNDER-18"]), ("2024-06", [])],
)
def test_eighteen_at_first_issue(first_issue, expected):
    """On the 18th birthday one is 18; a month counts by its last day."""
    assert born("2006-06-15", first_issue=first_issue, review_done="2026-01-01") == expected


def test_eighteen_on_the_checking_date():
    """The day before the birthday is too early, the birthday is not."""
    assert born("2008-11-21") == ["AGE-UNDER-18"]
    assert born("2008-11-20") == []


def test_born_on_29_february():
    """In a common year eighteen years are full when 28 February is over."""
    assert born("2008-02-29", as_of=dt.date(2026, 2, 28)) == ["AGE-UNDER-18"]
    assert born("2008-02-29", as_of=dt.date(2026, 3, 1)) == []


def test_one_finding_for_both_ages():
    """Under 18 then and now is one finding."""
    assert born("2009-01-01", first_issue="2026-01-01") == ["AGE-UNDER-18"]


def test_post_is_judged_without_a_certificate():
    """A boy who works as an electrician is too young for the post."""
    row = {"name": "仿真张三", "id_number": number("2009-01-01"), "post": "电工"}
    assert codes(row) == ["AGE-UNDER-18", "CERT-MISSING"]
    assert codes({**row, "post": "资料员"}) == []


def test_first_issue_of_another_bodys_certificate_is_not_judged():
    """A fork-lift certificate is not judged further, its first day neither."""
    assert born("2006-06-15", kind="", item="叉车", first_issue="2024-01-01") == ["ITEM-OTHER-MINISTRY"]


def test_retirement_of_a_man():
    """Born 1966-09 (k = 20): 60 years and 6 months, so the month is 2027-03."""
    assert born("1966-09-15", as_of=dt.date(2027, 3, 31)) == []
    assert born("1966-09-15", as_of=dt.date(2027, 4, 1)) == ["AGE-RETIRED"]


def test_retirement_of_a_woman_is_told_from_the_earlier_month():
    """Born 1975-03: 50 years 2 months (2025-05) or 55 years and 16 months (2031-07); both are told."""
    assert born("1975-03-10", male=False, as_of=dt.date(2025, 5, 31)) == []
    (outcome,) = outcomes({**BARE, "id_number": number("1975-03-10", male=False)}, as_of=dt.date(2025, 6, 1))
    (finding,) = outcome.findings
    assert finding.code == "AGE-RETIRED"
    assert finding.expected == "2025-05、2031-07"
    assert "2025-05" in finding.message
    assert "2031-07" in finding.message


def test_managers_have_no_such_limits():
    """The limits are those of special operations; a manager of 66 is no finding."""
    old = number("1960-01-01")
    assert codes(SAFETY, id_number=old, certificate_number=old) == []


def test_unsound_numbers_give_no_age():
    """A number with a wrong check digit tells nobody's birth date for certain."""
    wrong = number("1950-01-01")[:-1] + ("0" if number("1950-01-01")[-1] != "0" else "1")
    assert codes(SPECIAL, id_number=wrong, certificate_number="") == ["ID-CHECKDIGIT"]


def test_old_number_gives_an_age():
    """A 15-digit number tells the birth date, too."""
    assert codes(BARE, id_number="000000500101001") == ["AGE-RETIRED", "ID-OLD15"]


PASSPORT = {**BARE, "id_number": "E12345678"}


@pytest.mark.parametrize("number_cell", ["E12345678", ""])
@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2010-05-05", ["AGE-UNDER-18"]),
        ("2008-11-21", ["AGE-UNDER-18"]),
        ("2008-11-20", []),
        ("2008-11", []),
        ("2008-12", ["AGE-UNDER-18"]),
    ],
)
def test_eighteen_by_the_birth_column(number_cell, birth, expected):
    """A passport, or no number, says no birth date; the column does, and a month accuses nobody who may be 18."""
    (outcome,) = outcomes({**BARE, "id_number": number_cell, "birth": birth})
    ages = [one for one in outcome.findings if one.code.startswith("AGE")]
    assert [one.code for one in ages] == expected
    assert all((one.field, one.value) == ("birth", birth) for one in ages)


@pytest.mark.parametrize(
    ("sex", "expected"),
    [
        ("男", "2025-07"),
        ("女", "2015-05、2020-05"),
        ("", "2015-05、2020-05、2025-07"),
        ("不详", "2015-05、2020-05、2025-07"),
    ],
)
def test_retirement_by_the_columns(sex, expected):
    """Born 1965-05: a man's month is 2025-07; where the sex is not stated, all the months it may be are told."""
    (outcome,) = outcomes({**PASSPORT, "birth": "1965-05-20", "sex": sex})
    (finding,) = outcome.findings
    assert (finding.code, finding.field, finding.value, finding.expected) == (
        "AGE-RETIRED", "birth", "1965-05-20", expected,
    )  # fmt: skip


def test_the_number_goes_before_the_column():
    """Where both say a birth date, the number is judged, and the contradiction is told."""
    assert codes({**BARE, "id_number": number("1990-01-01"), "birth": "2010-05-05"}) == ["ID-BIRTH-COLUMN"]


@pytest.mark.parametrize("birth", ["2027-01-01", "1899-12-31", "不详"])
def test_impossible_birth_column_judges_nobody(birth):
    """A day to come, or of the century before the last, is nobody's birth date."""
    assert [code for code in codes({**PASSPORT, "birth": birth}) if code.startswith("AGE")] == []
