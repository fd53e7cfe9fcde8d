"""Posts and the certificates they need."""

import datetime as dt

import pytest

from certcheck.findings import step_of
from certcheck.verdict import VERDICTS
from common.finding import Severity
from tests.certcheck.lists import LI, SPECIAL, ZHANG, codes, codes_of, outcomes

CLERK = {"name": "仿真张三", "id_number": ZHANG, "post": "资料员"}


def test_post_without_a_certificate():
    """An electrician who states none misses one; a clerk misses none."""
    (missing,), (clerk,) = outcomes({**CLERK, "post": "维修电工"}), outcomes(CLERK)
    assert (codes_of(missing), missing.verdict) == (["CERT-MISSING"], "violation")
    assert (codes_of(clerk), clerk.verdict) == ([], "not_required")


def test_scope():
    """One item that covers the post is enough; an unknown item gets the benefit of the doubt."""
    assert codes(SPECIAL, post="电工") == []
    assert codes(SPECIAL, post="焊工") == ["CERT-SCOPE"]
    assert codes(SPECIAL, post="焊工", item="量子焊接作业") == ["ITEM-UNKNOWN"]
    assert codes(SPECIAL, post="电工", item="叉车司机") == ["CERT-SCOPE", "ITEM-OTHER-MINISTRY"]
    assert codes(SPECIAL, post="电工", kind="驾驶证", item="") == ["CERT-SCOPE", "ITEM-OTHER-MINISTRY"]


@pytest.mark.parametrize(
    ("post", "claim", "expected"),
    [
        ("叉车司机", {"item": "低压电工作业"}, ["POST-OTHER-MINISTRY"]),
        ("锅炉工", {"item": "低压电工作业"}, ["POST-OTHER-MINISTRY"]),
        ("锅炉工", {"item": "叉车司机", "kind": ""}, ["ITEM-OTHER-MINISTRY", "POST-OTHER-MINISTRY"]),
        ("叉车司机", {"item": "叉车司机", "kind": ""}, ["ITEM-OTHER-MINISTRY"]),
        ("叉车司机", {"item": "N1", "kind": "特种设备作业人员证"}, ["ITEM-OTHER-MINISTRY"]),
        ("叉车司机", {"item": "", "kind": "特种设备作业人员证"}, ["ITEM-OTHER-MINISTRY"]),
        ("叉车司机", {"item": "", "kind": "驾驶证"}, ["ITEM-OTHER-MINISTRY", "POST-OTHER-MINISTRY"]),
        ("叉车司机", {"item": "", "kind": "奇怪的证", "certificate_number": ""}, []),
        ("塔吊司机", {"item": "", "kind": "建筑施工特种作业操作资格证书"}, ["ITEM-OTHER-MINISTRY"]),
        ("塔吊司机", {"item": "建筑电工"}, ["ITEM-OTHER-MINISTRY", "POST-OTHER-MINISTRY"]),
        ("叉车司机兼电工", {"item": "低压电工作业"}, ["POST-OTHER-MINISTRY"]),
    ],
)
def test_posts_of_other_bodies_beside_certificates(post, claim, expected):
    """A certificate of something else is no forklift driver's; one that may be it leaves the post alone."""
    assert codes({**SPECIAL, "post": post, **claim}) == expected


def test_other_bodies_certificates_over_the_rows_of_a_person():
    """The forklift driver's certificate in another row is his, too."""
    row = {**SPECIAL, "post": "叉车司机"}
    found = outcomes(row, {**row, "item": "叉车司机", "kind": ""})
    assert [codes_of(outcome) for outcome in found] == [[], ["ITEM-OTHER-MINISTRY"]]


@pytest.mark.parametrize(
    ("post", "item"), [("电工", "建筑电工"), ("架子工", "建筑架子工"), ("焊工", "建筑焊工")]
)
def test_certificates_of_building_sites(post, item):
    """They do not cover the trade elsewhere; that they are right on a building site is said, and how to write it."""
    row = {**SPECIAL, "post": post, "item": item, "kind": "建筑施工特种作业操作资格证书"}
    (outcome,) = outcomes(row)
    assert codes_of(outcome) == ["CERT-SCOPE", "ITEM-OTHER-MINISTRY"]
    (told,) = (one.message for one in outcome.findings if one.code == "CERT-SCOPE")
    assert f"在建筑工地作业，住房城乡建设部门的这本证书（{item}）是对的" in told
    assert step_of(outcome.findings[-1]).startswith("在建筑工地作业的，在岗位中写明；否则停止")
    assert codes({**row, "post": f"建筑{post}"}) == ["ITEM-OTHER-MINISTRY"]
    (welder,) = outcomes({**SPECIAL, "post": "焊工"})
    assert "建筑工地" not in welder.findings[0].message


def test_scope_over_the_rows_of_a_person():
    """Items of other rows cover the post, too."""
    welder = {**SPECIAL, "post": "焊工"}
    found = outcomes(welder, {**welder, "item": "熔化焊接与热切割作业"})
    assert [codes_of(outcome) for outcome in found] == [[], []]


def test_scope_where_the_post_and_the_certificates_stand_apart():
    """A sheet of posts and a sheet of certificates: the row with the post is judged by all items."""
    welder = {"name": "仿真张三", "id_number": ZHANG, "post": "焊工"}
    assert [codes_of(outcome) for outcome in outcomes(welder, SPECIAL)] == [["CERT-SCOPE"], []]
    assert [codes_of(outcome) for outcome in outcomes({**welder, "post": "电工"}, SPECIAL)] == [[], []]


def test_people_without_a_number_keep_their_items_together():
    """Two items in one cell of a person whose number is missing both count for the post."""
    row = {
        **SPECIAL,
        "id_number": "",
        "certificate_number": "",
        "post": "电工、焊工",
        "item": "低压电工、熔化焊接",
    }
    found = outcomes(row)
    assert [codes_of(outcome) for outcome in found] == [["ID-MISSING"], ["ID-MISSING"]]


def test_namesakes_without_a_number_do_not_share_a_verdict():
    """A row without number and without certificate misses one, whatever another row states."""
    row = {"name": "仿真张三", "id_number": "", "post": "电工"}
    other = {**SPECIAL, "name": "仿真李四", "id_number": LI, "certificate_number": f"T{LI}"}
    assert [codes_of(outcome) for outcome in outcomes(row, other)] == [["CERT-MISSING", "ID-MISSING"], []]


def test_posts_of_other_bodies():
    """A fork-lift driver without any certificate is told where one is needed, not accused."""
    (outcome,) = outcomes({**CLERK, "post": "叉车司机"})
    assert codes_of(outcome) == ["POST-OTHER-MINISTRY"]
    assert outcome.verdict == "attention"


@pytest.mark.parametrize(
    ("post", "wanted"),
    [
        ("井下电工", "金属非金属矿山井下电气作业、煤矿井下电气作业"),
        ("空调维修工", "制冷与空调设备安装修理作业"),
        ("司索工", "起重机指挥、建筑起重信号司索工"),
        ("安全工程师", None),
    ],
)
def test_post_that_may_need_a_certificate(post, wanted):
    """What the table knows with low confidence accuses nobody, and nobody is told that nothing is needed."""
    (outcome,) = outcomes({**CLERK, "post": post})
    (finding,) = outcome.findings
    assert (finding.code, finding.severity, finding.expected) == ("POST-UNSURE", Severity.NOTE, wanted)
    assert outcome.verdict == "unverified"


def test_doubt_about_a_manager_ends_with_the_industry():
    """A machine builder's 安全工程师 needs no certificate of emergency management, whatever the title means."""
    (outcome,) = outcomes({**CLERK, "post": "安全工程师", "industry": "机械制造"})
    assert (codes_of(outcome), outcome.verdict) == ([], "not_required")


def test_doubt_is_not_told_beside_a_certificate():
    """Whoever states a certificate, here or in another row, is not asked whether one is needed."""
    welder = {**CLERK, "post": "井下电工"}
    assert codes(SPECIAL, post="井下电工") == []
    assert [codes_of(outcome) for outcome in outcomes(welder, SPECIAL)] == [[], []]


@pytest.mark.parametrize("row", [{"post": ""}, {}, {"person_type": "特种作业人员"}])
def test_row_without_post_and_certificate(row):
    """Nobody can tell whether a person of no stated post needs a certificate, with or without the column."""
    (outcome,) = outcomes({"name": "仿真张三", "id_number": ZHANG, **row})
    (finding,) = outcome.findings
    assert (finding.code, finding.severity, finding.field) == ("POST-MISSING", Severity.NOTE, "post")
    assert outcome.verdict == "unverified"


def test_post_in_no_table_is_no_promise():
    """A post that the tables do not know stays not_required, and the words say no more than that."""
    (outcome,) = outcomes({**CLERK, "post": "登高车司机"})
    assert (codes_of(outcome), outcome.verdict) == ([], "not_required")
    assert VERDICTS["not_required"] == "按岗位表无须持证"


@pytest.mark.parametrize(("day", "unconfirmed"), [("2026-05-31", False), ("2026-06-01", True)])
def test_the_directory_of_the_day_is_named(day, unconfirmed):
    """From 2026-06-01 on the directory is 应急〔2026〕45号, which nobody has read: it is named and marked so."""
    as_of = dt.date.fromisoformat(day)
    scope = {**SPECIAL, "post": "焊工"}
    for row, code in (({**CLERK, "post": "低压电工"}, "CERT-MISSING"), (scope, "CERT-SCOPE")):
        (outcome,) = outcomes(row, as_of=as_of)
        (finding,) = [one for one in outcome.findings if one.code == code]
        assert "安监总局令第30号附件" in finding.basis
        assert ("应急〔2026〕45号" in finding.basis) is unconfirmed
        assert ("应急管理部令第19号" in finding.basis) is unconfirmed
        assert ("未确认" in finding.basis) is unconfirmed
