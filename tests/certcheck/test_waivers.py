"""Waivers: complete, dated, for one finding of one person; a bad row is told by row and field."""

import datetime as dt

import pytest

from certcheck.findings import CODES, finding, title
from certcheck.model import Claim, Entry, Person, Source
from certcheck.waivers import read_waivers
from common.errors import DataError, InputError
from common.identity import read_identity

NUMBER = "000000199001010018"
HEAD = "证件号码,姓名,问题代码,准操项目,理由,批准人,有效期至\n"


def entry(item="低压电工作业"):
    """Give a person with one certificate."""
    person = Person(name="张三", identity=read_identity(NUMBER))
    return Entry(Source("名单.csv", "", 2), person, Claim(item=item))


def waivers(tmp_path, *rows):
    """Write and read a table of waivers."""
    path = tmp_path / "waivers.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_waivers(path)


def test_a_waiver_counts_to_its_last_day(tmp_path):
    """Until 2026-12-31: that day still, the next day no more."""
    (waiver,) = waivers(tmp_path, f"{NUMBER},,CERT-EXPIRED,,已报名换证,李经理,2026-12-31")
    found = finding("CERT-EXPIRED", "过期")
    assert waiver.covers(entry(), found, dt.date(2026, 12, 31))
    assert not waiver.covers(entry(), found, dt.date(2027, 1, 1))
    assert not waiver.covers(entry(), finding("CERT-SCOPE", "不覆盖"), dt.date(2026, 12, 1))


def test_a_problem_may_be_named_as_the_problem_list_does(tmp_path):
    """The list tells problems in words; whoever waives one copies them. No two codes have the same words."""
    (waiver,) = waivers(tmp_path, f"{NUMBER},,证书已过期,,已报名换证,李经理,2026-12-31")
    assert waiver.code == "CERT-EXPIRED"
    assert len({title(code) for code in CODES}) == len(CODES)


def test_a_waiver_for_one_item_leaves_the_others(tmp_path):
    """Somebody with two certificates has one of them waived."""
    (waiver,) = waivers(tmp_path, f"{NUMBER},,CERT-EXPIRED,低压电工作业,已报名,李经理,2026-12-31")
    found, day = finding("CERT-EXPIRED", "过期"), dt.date(2026, 12, 1)
    assert waiver.covers(entry(), found, day)
    assert not waiver.covers(entry("高压电工作业"), found, day)


def test_a_number_goes_before_a_name(tmp_path):
    """A number that is another person's waives nothing, even where the name is the same."""
    other, by_name = waivers(
        tmp_path,
        "000000198512319995,张三,CERT-EXPIRED,,x,y,2026-12-31",
        ",张 三,CERT-EXPIRED,,x,y,2026-12-31",
    )
    found, day = finding("CERT-EXPIRED", "过期"), dt.date(2026, 12, 1)
    assert not other.covers(entry(), found, day)
    assert by_name.covers(entry(), found, day)
    assert NUMBER not in repr(by_name)
    assert "000000198512319995" not in repr(other)


@pytest.mark.parametrize(("row", "field"), [
    (f"{NUMBER},,CERT-EXPIRED,,,李经理,2026-12-31", "理由"),
    (f"{NUMBER},,CERT-EXPIRED,,理由,,2026-12-31", "批准人"),
    (f"{NUMBER},,CERT-EXPIRED,,理由,李经理,", "有效期至"),
    (f"{NUMBER},,CERT-EXPIRED,,理由,李经理,长期", "有效期至"),
    (f"{NUMBER},,CERT-EXPIRD,,理由,李经理,2026-12-31", "问题代码"),
    (",,CERT-EXPIRED,,理由,李经理,2026-12-31", "证件号码"),
])  # fmt: skip
def test_an_incomplete_waiver_is_refused(tmp_path, row, field):
    """No reason, approver or date, an unknown code, nobody: told with row 2 and the field."""
    with pytest.raises(DataError) as caught:
        waivers(tmp_path, row)
    assert (caught.value.row, caught.value.field) == (2, field)


def test_another_table_is_no_table_of_waivers(tmp_path):
    """A staff list given by mistake is told by its missing columns."""
    path = tmp_path / "list.csv"
    path.write_text("姓名,岗位\n张三,电工\n", encoding="utf-8")
    with pytest.raises(InputError, match="须有这些列"):
        read_waivers(path)
