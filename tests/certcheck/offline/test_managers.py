"""Main persons in charge and safety managers; absence from the job."""

import datetime as dt

import pytest

from certcheck.findings import step_of
from tests.certcheck.lists import LI, SAFETY, SPECIAL, codes, codes_of, outcomes

NEW = {"name": "仿真李四", "id_number": LI, "person_type": "安全生产管理人员", "industry": "金属冶炼"}


@pytest.mark.parametrize(
    ("appointed", "as_of", "expected"),
    [
        ("2026-05-20", "2026-11-20", ["MANAGER-DUE"]),
        ("2026-05-19", "2026-11-20", ["MANAGER-UNQUALIFIED"]),
        ("2026-08-31", "2027-02-28", ["MANAGER-DUE"]),
        ("2026-08-31", "2027-03-01", ["MANAGER-UNQUALIFIED"]),
        ("2026-05", "2026-11-30", ["MANAGER-DUE"]),
        ("2026-05", "2026-12-01", ["MANAGER-UNQUALIFIED"]),
        ("2026-11-20", "2026-11-20", ["MANAGER-DUE"]),
    ],
)
def test_six_months_from_appointment(appointed, as_of, expected):
    """The day six months after the appointment is in time, the next is not; month ends are clipped."""
    assert codes(NEW, appointed=appointed, as_of=dt.date.fromisoformat(as_of)) == expected


@pytest.mark.parametrize("industry", ["建筑施工", "机械制造", "危险化学品运输", "煤矿", ""])
def test_industries_of_others(industry):
    """Where emergency management does not assess, or nobody says the industry, nobody is accused."""
    assert codes(NEW, industry=industry, appointed="2020-01-01") == []


def test_posts_name_managers_too():
    """Without a person type the post says who is a safety manager."""
    row = {**NEW, "person_type": "", "post": "专职安全员", "appointed": "2020-01-01"}
    assert codes(row) == ["MANAGER-UNQUALIFIED"]
    assert codes({**row, "post": "资料员"}) == []


def test_holders_and_unknown_kinds_are_not_accused():
    """Whoever states the certificate has one; where the kind cannot be told, nobody is accused."""
    assert codes(SAFETY, appointed="2020-01-01") == []
    unknown = {**NEW, "person_type": "", "post": "专职安全员", "appointed": "2020-01-01"}
    assert codes({**unknown, "certificate_number": LI}) == []
    assert "MANAGER-UNQUALIFIED" not in codes({**unknown, "kind": "安全考核合格证"})


def test_certificate_in_another_row_of_the_person():
    """The person is judged, not the row."""
    found = outcomes(SAFETY, {**NEW, "appointed": "2020-01-01"})
    assert not any(outcome.findings for outcome in found)


@pytest.mark.parametrize(
    ("appointed", "told", "step"),
    [
        (
            "2026-03-01",
            "任职日期 2026-03-01，已于 2026-09-01 满六个月。",
            "没有的，立即安排考核，考核合格前不得履职",
        ),
        ("2026-06-01", "任职日期 2026-06-01，最迟 2026-12-01 须考核合格。", "按证书补填"),
    ],
)
def test_a_certificate_of_which_nothing_is_stated_hides_no_day(appointed, told, step):
    """The type of person under 证书类型, and no number and date: nobody is accused, the six months are told."""
    row = {**NEW, "person_type": "", "post": "专职安全员", "kind": "安全生产管理人员", "appointed": appointed}
    (outcome,) = outcomes(row)
    (one,) = outcome.findings
    assert (one.code, outcome.verdict) == ("CLAIM-BARE", "attention")
    assert one.message.endswith(told)
    assert "安全生产法第二十七条" in one.basis
    assert step in step_of(one)
    (elsewhere,) = outcomes({**row, "industry": "机械制造"})
    assert "任职日期" not in elsewhere.findings[0].message


def test_no_certificate_and_no_appointment_date():
    """The post needs a certificate and none is stated: without a date nobody can say it is still early."""
    (outcome,) = outcomes(NEW)
    assert [finding.code for finding in outcome.findings] == ["CERT-MISSING"]
    assert outcome.verdict == "violation"


def test_not_required_needs_a_stated_industry():
    """A safety manager whose industry is not stated may need a certificate; a machine builder's does not."""
    (unknown,), (none,) = outcomes({**NEW, "industry": ""}), outcomes({**NEW, "industry": "机械制造"})
    assert (unknown.verdict, none.verdict) == ("unverified", "not_required")


@pytest.mark.parametrize(
    ("industry", "told"),
    [("钢铁", "金属冶炼"), ("冶金", "金属冶炼"), ("化工", "危险化学品"), ("冶金等工贸", "金属冶炼"), ("某某业", "不在行业表中")],
)  # fmt: skip
def test_industries_whose_words_do_not_tell(industry, told):
    """They may well be assessed: nobody is accused, nobody cleared, and what to write is said."""
    row = {**NEW, "post": "安全员", "industry": industry, "appointed": "2020-01-01"}
    (outcome,) = outcomes(row)
    assert (codes_of(outcome), outcome.verdict) == (["INDUSTRY-UNSURE"], "unverified")
    assert told in outcome.findings[0].message
    assert codes({**SAFETY, "industry": industry}) == []
    assert codes({**row, "person_type": "", "post": "资料员"}) == []


@pytest.mark.parametrize("industry", ["钢铁冶炼", "化工（危险化学品生产）"])
def test_words_that_tell_go_before_those_that_do_not(industry):
    """The longest word wins."""
    assert codes({**NEW, "industry": industry, "appointed": "2020-01-01"}) == ["MANAGER-UNQUALIFIED"]


@pytest.mark.parametrize(
    ("retrained", "expected"),
    [
        ("2025-11-20", []),
        ("2025-11-19", ["RETRAINING-OVERDUE"]),
        ("2025-11", []),
        ("2025-10", ["RETRAINING-OVERDUE"]),
    ],
)
def test_yearly_retraining(retrained, expected):
    """Twelve months after the last retraining is in time, the next day is not."""
    assert codes(SAFETY, retrained=retrained) == expected
    assert codes(SAFETY, industry="机械制造", retrained=retrained) == expected


@pytest.mark.parametrize(
    ("left", "back", "expected"),
    [
        ("2026-02-10", "2026-08-09", []),
        ("2026-02-10", "2026-08-10", ["PRACTICAL-RETEST"]),
        ("2025-08-31", "2026-02-28", ["PRACTICAL-RETEST"]),
        ("2025-08-31", "2026-02-27", []),
        ("2026-02", "2026-08", ["PRACTICAL-RETEST"]),
        ("2026-02", "2026-07", []),
        ("2026-02", "2026-08-10", []),
        ("2026-02-10", "", []),
        ("", "2026-08-10", []),
        ("2026-08-10", "2026-02-10", []),
    ],
)
def test_six_months_of_absence(left, back, expected):
    """Exactly six months away and back is enough; a month counts by its last day."""
    assert codes(SPECIAL, left_job=left, returned=back) == expected


def test_absence_of_people_without_special_operations():
    """The practical test is one of special operations; a manager or clerk has none to repeat."""
    away = {"left_job": "2025-01-01", "returned": "2026-01-01"}
    assert codes(SAFETY, **away) == []
    assert codes({"name": "仿真李四", "id_number": LI, "post": "资料员", **away}) == []
    assert codes({"name": "仿真李四", "id_number": LI, "post": "电工", **away}) == [
        "CERT-MISSING",
        "PRACTICAL-RETEST",
    ]
