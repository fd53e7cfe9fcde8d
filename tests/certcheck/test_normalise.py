"""Cells to claims: what is read, what is repaired, what stays as written."""

import datetime as dt

import pytest

from certcheck.normalise import identities_in, kind_name
from tests.certcheck.lists import LI, SAFETY, SPECIAL, ZHANG, codes_of, outcomes


def claim(**changes):
    (outcome,) = outcomes({**SPECIAL, **changes})
    return outcome.entry.claim


def dates(**changes):
    read = claim(**{"first_issue": "", "valid_from": "", "valid_to": "", "review_due": "", **changes})
    return str(read.valid_from), str(read.valid_to)


@pytest.mark.parametrize(
    "written",
    ["2021-05-01至2027-04-30", "2021.5.1-2027.4.30", "2021年5月1日—2027年4月30日", "20210501~20270430",
     "自2021年5月1日起至2027年4月30日止", "２０２１－０５－０１至２０２７－０４－３０"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["valid_range", "valid_to", "valid_from"])
def test_ranges(written, field):
    """A range is start and end, in whichever column of the validity it was typed."""
    assert dates(**{field: written}) == ("2021-05-01", "2027-04-30")


@pytest.mark.parametrize(
    "written",
    [
        "2027-04-30",
        "至2027-04-30",
        "2027年4月30日止",
        "有效期至2027.4.30",
        dt.date(2027, 4, 30),
        46507,
        "46507",
        20270430,
    ],
)
def test_one_date_under_validity_is_the_end(written):
    """One date is the end, with or without the words that say so."""
    for field in ("valid_range", "valid_to"):
        assert dates(**{field: written}) == ("None", "2027-04-30")


def test_month_only_stays():
    """Nobody invents a day."""
    assert dates(valid_range="2021.05-2027.04") == ("2021-05", "2027-04")


@pytest.mark.parametrize("day", [dt.date(9999, 12, 31), dt.datetime(9999, 12, 31), dt.date(1800, 1, 1)])  # noqa: DTZ001
def test_dates_that_mean_for_ever(day):
    """9999-12-31 is somebody's word for 长期; it is quoted and counted with nowhere."""
    (outcome,) = outcomes({**SPECIAL, "valid_from": day, "valid_to": day, "first_issue": day, "birth": day})
    assert codes_of(outcome).count("DATE-UNREADABLE") == 4


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "特种作业操作证"), ({"kind": ""}, "特种作业操作证"), ({"kind": "", "item": ""}, "特种作业操作证"),
        ({"kind": "特种证"}, "特种作业操作证"), ({"kind": "奇怪的证", "item": "", "certificate_number": ""}, "奇怪的证"),
        ({"kind": "", "item": "", "certificate_number": ""}, None),
        ({"kind": "安全合格证", "item": ""}, "安全生产知识和管理能力考核合格证"),
    ],
)  # fmt: skip
def test_kinds(changes, name):
    """The kind comes from its words, else from the item, else from the number's T; never from nothing."""
    assert kind_name(claim(**changes)) == name


def test_kind_of_a_managers_certificate():
    """A manager's certificate that names no item is the safety-knowledge certificate."""
    (outcome,) = outcomes({**SAFETY, "kind": ""})
    assert outcome.entry.claim.kind == "safety"


def test_item_names():
    """The catalogue's name where it is known, else as written; as written is always kept."""
    assert (claim(item="低压证").item, claim(item="低压证").item_written) == ("低压电工作业", "低压证")
    assert (claim(item="怪作业").item, claim(item="怪作业").category) == ("怪作业", None)
    assert (claim(item="", category="电工作业").item, claim(item="", category="电工作业").category) == (
        None,
        "电工作业",
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("仿真 张三", "仿真张三"),
        ("仿真\u3000张三", "仿真张三"),
        ("John  Smith", "John Smith"),
        ("\u200b仿真张三 ", "仿真张三"),
    ],
)
def test_names(written, name):
    """Blanks inside a Chinese name go; a name in letters keeps one between its words."""
    (outcome,) = outcomes({**SPECIAL, "name": written})
    assert outcome.entry.person.name == name


def test_identity_numbers_inside_a_certificate_number():
    """Eighteen digits alone or among other marks; fifteen only behind T; twenty are none."""
    assert [one.text for one in identities_in(f"T{ZHANG}")] == [ZHANG]
    assert [one.text for one in identities_in(f"粤{ZHANG}号{LI}")] == [ZHANG, LI]
    assert [one.text for one in identities_in(f"T{LI[:6]}{LI[8:17]}")] == [LI]
    assert identities_in(LI[:6] + LI[8:17]) == []
    assert identities_in(f"12{ZHANG}") == []


def test_nothing_of_a_person_shows_in_repr():
    """Records may stand in a log; numbers and names may not."""
    (outcome,) = outcomes({**SPECIAL, "certificate_number": f"T{LI}", "item": f"怪{LI}"})
    assert ZHANG not in repr(outcome.entry.person)
    assert "仿真张三" not in repr(outcome.entry)
    assert LI not in repr(outcome.findings)


def test_lines_in_cells():
    """Two items and two ends, each on its own line, are two certificates with their own ends."""
    row = {**SPECIAL, "valid_from": "", "review_due": "2027-05-13", "item": "低压电工\n高压电工"}
    found = outcomes({**row, "valid_to": "2030-1-1\n2029-1-1", "certificate_number": f"T{ZHANG}\nT{ZHANG}"})
    assert [(str(o.entry.claim.valid_to), codes_of(o)) for o in found] == [
        ("2030-01-01", []),
        ("2029-01-01", []),
    ]
    shared = outcomes({**row, "valid_to": "", "valid_range": "2024-05-13\n2030-05-12"})
    assert {(str(o.entry.claim.valid_from), str(o.entry.claim.valid_to)) for o in shared} == {
        ("2024-05-13", "2030-05-12")
    }


def test_two_ends_in_one_cell_are_no_range():
    """A later date before an earlier one, in the column of ends, is no range that could be reversed."""
    (outcome,) = outcomes({**SPECIAL, "valid_from": "", "valid_to": "2030-1-1\n2029-1-1"})
    assert codes_of(outcome) == ["DATE-UNREADABLE"]


@pytest.mark.parametrize("written", ["低压电工（复审）", "低压电工作业(2026年取证)", "低压电工【换证】"])
def test_notes_behind_an_item(written):
    """A note on training in brackets does not make another item; the cell is kept as written."""
    assert (claim(item=written).item, claim(item=written).item_written) == ("低压电工作业", written)
