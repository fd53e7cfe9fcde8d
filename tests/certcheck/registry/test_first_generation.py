"""Generation 1: an HTML form of old hosts, against the replica and on pages as they were."""

import dataclasses

import pytest

from certcheck.registry.first_generation import PATH
from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.replica.faults import FAULTS, parse_faults
from certcheck.registry.replica.people import People, Person, Record
from certcheck.registry.replica.server import Replica
from common.catalogue import Kind
from common.dates import CivilDate
from tests.certcheck.registry.client_support import START, bounds_for, client, question, read, site_of
from tests.certcheck.registry.replica_support import HOSTILE, NOBODY, ZHANG, answer_in


def asked(site, person):
    challenge = site.challenge()
    assert isinstance(challenge, Challenge)
    exchange = site.query(question(person), challenge, answer_in(challenge.image))
    assert person[1] not in repr(exchange)
    return read(exchange, question(person))


def test_found_with_history():
    """Both issues of an item are on the page; the one that ends later is the current one."""
    with site_of(first=True) as (site, _):
        reading = asked(site, ZHANG)
    assert reading.state == "found"
    current, earlier = reading.records
    assert (current.history, str(current.valid_to)) == (False, "2027-04-30")
    assert (earlier.history, str(earlier.valid_to)) == (True, "2021-04-30")
    assert (current.name, current.item, current.issuer) == (ZHANG[0], "低压电工作业", "仿真市应急管理局")
    assert (current.first_issue, current.review_due) == (CivilDate(2015, 5, 1), CivilDate(2024, 4, 30))
    assert current.review_done == CivilDate(2024, 3, 12)
    assert current.id_number is None


def test_names_arrive_whole():
    """Percent-encoded twice: also with marks that mean something in an address."""
    with site_of(first=True) as (site, _):
        assert asked(site, HOSTILE).state == "found"


def test_nothing_found():
    with site_of(first=True) as (site, _):
        assert asked(site, NOBODY).state == "nothing_found"


def test_a_picture_fetched_ahead_does_not_spoil_the_one_before():
    """Each picture has a session of its own."""
    with site_of(first=True) as (site, _):
        one, two = site.challenge(), site.challenge()
        assert one.token != two.token
        for challenge in (one, two):
            exchange = site.query(question(ZHANG), challenge, answer_in(challenge.image))
            assert read(exchange, question(ZHANG)).state == "found"
        wrong = site.query(question(ZHANG), site.challenge(), "0")
        assert read(wrong, question(ZHANG)).state == "captcha_wrong"


def test_other_kind_is_not_known():
    with site_of(first=True) as (site, _):
        assert site.kinds == {Kind.SPECIAL}


@pytest.mark.parametrize(
    "fault", sorted(set(FAULTS) - {"gzip", "history-only", "unknown-fields", "other-person"})
)
def test_no_fault_becomes_nothing_found(fault):
    """Whatever goes wrong: never a not-found. Here the page shows no number, so another's record is not told apart."""
    with site_of(bounds_for(fault), first=True, faults=parse_faults(fault, pause=1.2)) as (site, _):
        for person in (ZHANG, NOBODY):
            state = asked(site, person).state
            right = ("found",) if person == ZHANG else ("nothing_found",)
            allowed = right if fault == "wrong-charset" else ("captcha_wrong", "refused", "unusable")
            assert state in allowed


def test_server_time_is_needed():
    """Without it the query is not put; a refusal of it is a refusal."""
    with Replica(People([])) as replica:
        site = client(replica.url, first=True)
        site._connection._base += "/elsewhere"
        exchange = site.query(question(ZHANG), Challenge(b"", "JSESSIONID=1"), "1234")
        site.close()
    assert (exchange.status, exchange.error) == (404, "")
    assert read(dataclasses.replace(exchange, path=PATH), question(ZHANG)).state == "refused"


PAGE = """<html><body><div class="content"><table class="datalist">{rows}</table>{more}</div></body></html>"""
ROWS = """<tr><th scope="row">姓名：</th><td> {name} </td><th>性别</th><td>男</td></tr>
<tr><th>操作项目</th><td>低压电工作业</td><th>有效期结束时间</th><td>  {end}  </td></tr>"""


def page(html, encoding="utf-8"):
    return Exchange(START.isoformat(), PATH, 200, (), html.encode(encoding))


def shown(rows, more=""):
    return read(page(PAGE.format(rows=rows, more=more)), question(ZHANG))


def test_labels_decide():
    reading = shown(ROWS.format(name=ZHANG[0], end="2027-04-30"))
    assert reading.state == "found"
    assert str(reading.records[0].valid_to) == "2027-04-30"
    assert shown(ROWS.format(name="仿真别人", end="2027-04-30")).reason == "答复不是关于所查的人"
    assert shown(ROWS.format(name=ZHANG[0], end="长期")).state == "unusable"
    strange = shown("<tr><th>某栏</th><td>000000199001010018</td></tr>")
    assert strange.state == "unusable"
    assert "某栏" in strange.reason
    assert "0000001990" not in strange.reason


def test_old_encoding():
    html = PAGE.format(rows=ROWS.format(name=ZHANG[0], end="2027-04-30"), more="")
    assert read(page(html, "gb18030"), question(ZHANG)).state == "found"


SAID = "没有查询到相关证件信息，请核实后重新查询或联系发证机关补登信息！"
NOT_NOTHING = [
    "<html></html>",
    f"<html><body>{SAID}</body></html>",  # not where the site says it
    f'<html><body><div class="content">{SAID}',  # cut off
    f'<html><body><div class="content">验证码错误 {SAID}</div></body></html>',
    '<html><body><div class="content">数据库连接失败，没有查询到相关证件信息</div></body></html>',
    f'<html><body><div class="content">请求过于频繁 {SAID}</div></body></html>',
    f'<html><body><div class="content"><script>"{SAID}"</script></div></body></html>',
    PAGE.format(rows=ROWS.format(name=ZHANG[0], end="2027-04-30"), more=SAID),
    "",
]


@pytest.mark.parametrize("html", NOT_NOTHING, ids=range(len(NOT_NOTHING)))
def test_not_nothing_found(html):
    assert read(page(html), question(ZHANG)).state in ("unusable", "captcha_wrong", "refused")


def test_current_and_earlier():
    """An end that is not shown is never called earlier; another item has its own."""
    people = People([Person(*ZHANG, (
        Record("special", "2015-05-01", "2021-04-30", "电工作业", "低压电工作业"),
        Record("special", "2010-05-01", "2016-04-30", "电工作业", "高压电工作业"),
        Record("special", "2021-05-01", "2027-04-30", "电工作业", "低压电工作业"),
    ))])  # fmt: skip
    with Replica(people) as replica:
        site = client(replica.url, first=True)
        records = asked(site, ZHANG).records
        site.close()
    assert [record.history for record in records] == [True, False, False]
    rows = ROWS.format(name=ZHANG[0], end="2027-04-30")
    both = shown(rows + '</table><table class="datalist">' + ROWS.format(name=ZHANG[0], end=""))
    assert [record.history for record in both.records] == [False, False]
