"""Certificates of managers that other bodies issue, papers of schools, and words that name no kind."""

import pytest

from certcheck.findings import step_of
from certcheck.normalise import kind_name
from certcheck.offline.context import Context, Roll
from certcheck.questions import question_for
from tests.certcheck.lists import (
    AS_OF,
    LI,
    SAFETY,
    SPECIAL,
    catalogue,
    codes,
    codes_of,
    outcomes,
    rules,
)

MANAGER = {
    "name": "仿真李四", "id_number": LI, "person_type": "安全生产管理人员", "industry": "危险化学品生产",
    "appointed": "2020-01-01",
}  # fmt: skip
BUILDING, ROADS, WATER = "某省住房和城乡建设厅", "某省交通运输厅", "某省水利厅"


def question(outcome):
    """What is asked about an entry, or why nothing is."""
    return question_for(outcome.entry, Context(AS_OF, rules(), catalogue(), Roll.of([outcome.entry])))


@pytest.mark.parametrize(
    ("kind", "issuer"),
    [
        ("安全员C证", ""), ("C证", ""), ("安全生产考核合格证书（C证）", BUILDING),
        ("安考证（C类）", BUILDING), ("安全生产考核合格证（A类）", ""), ("安全生产管理人员（C类）", ""),
        ("安全管理人员证", "某市住建局"), ("安全合格证", "某市城乡建设委员会"), ("合格证", "某市建委"),
        ("安全生产考核合格证书", ROADS), ("安全合格证", WATER), ("", BUILDING),
    ],
)  # fmt: skip
def test_a_certificate_of_another_body(kind, issuer):
    """Whatever it is called: told whose it is, not asked, and no certificate of one whom 应急 assesses."""
    (outcome,) = outcomes({**MANAGER, "kind": kind, "issuer": issuer})
    assert codes_of(outcome) == ["ITEM-OTHER-MINISTRY", "MANAGER-UNQUALIFIED"]
    assert kind_name(outcome.entry.claim) == (kind or "安全生产考核合格证书")
    assert question(outcome) == "其他部门的证书，国家平台不收录"
    (builder,) = outcomes({**MANAGER, "industry": "建筑施工", "kind": kind, "issuer": issuer})
    assert codes_of(builder) == ["ITEM-OTHER-MINISTRY"]


@pytest.mark.parametrize("kind", ["安全生产考核合格证", "安全生产考核合格证书"])
def test_a_name_that_some_write_for_ours_accuses_nobody(kind):
    """It is the construction ministry's name; a chemical plant may have written it for the safety-knowledge certificate."""
    (outcome,) = outcomes({**MANAGER, "kind": kind})
    assert codes_of(outcome) == ["ITEM-OTHER-MINISTRY"]
    assert "如系应急管理部门颁发，请按证书改正证书类型" in outcome.findings[0].message
    assert question(outcome) == "其他部门的证书，国家平台不收录"


@pytest.mark.parametrize(
    ("issuer", "told"), [(BUILDING, "住房城乡建设"), (ROADS, "交通运输"), (WATER, "水行政")]
)
def test_the_issuer_says_whose_it_is(issuer, told):
    """The body that is written is named, also where the words of the certificate are several bodies'."""
    (outcome,) = outcomes({**MANAGER, "kind": "安全管理人员合格证", "issuer": issuer})
    assert told in outcome.findings[0].message
    officer = {**MANAGER, "person_type": "", "post": "专职安全员", "issuer": issuer}
    (outcome,) = outcomes({**officer, "kind": "安全生产考核合格证书"})
    assert told in outcome.findings[0].message


def test_nothing_else_is_needed_beside_the_certificate():
    """The certificate in another row satisfies; the construction ministry's beside it is only routed."""
    found = outcomes({**SAFETY, "person_type": "安全生产管理人员"}, {**MANAGER, "kind": "C证"})
    assert [codes_of(outcome) for outcome in found] == [[], ["ITEM-OTHER-MINISTRY"]]


@pytest.mark.parametrize("kind", ["安全生产考核合格证书", "C证", "安全考核合格证", "安管证"])
def test_emergency_management_as_the_issuer(kind):
    """Words of several bodies, or of none, under 应急管理局 are the safety-knowledge certificate."""
    (outcome,) = outcomes({**MANAGER, "kind": kind, "issuer": "某市应急管理局"})
    assert outcome.entry.claim.kind == "safety"


@pytest.mark.parametrize("issuer", [BUILDING, "某市住建局"])
def test_workers_certificates_of_the_construction_ministry(issuer):
    """架子工 under its issuer is the construction ministry's; a T number and a sure item of the directory are ours."""
    row = {**SPECIAL, "issuer": issuer, "certificate_number": ""}
    (scaffolder,) = outcomes({**row, "kind": "操作证", "item": "架子工"})
    assert codes_of(scaffolder) == ["ITEM-OTHER-MINISTRY"]
    assert "建筑施工特种作业操作资格证书" in scaffolder.findings[0].message
    (electrician,), (numbered,) = outcomes(row), outcomes({**SPECIAL, "item": "架子工", "issuer": issuer})
    assert (electrician.entry.claim.kind, numbered.entry.claim.kind) == ("special", "special")


def test_a_school_is_no_ministry():
    """A school with the ministry's words in its name is nobody's department."""
    (outcome,) = outcomes({**MANAGER, "kind": "安全合格证", "issuer": "某省水利技工学校"})
    assert outcome.entry.claim.kind == "safety"


@pytest.mark.parametrize("kind", ["培训合格证", "安全培训证", "结业证书", "安全生产培训合格证"])
def test_training_papers(kind):
    """A training paper is as it is written, is not asked about and is no certificate of a manager or an electrician."""
    (manager,) = outcomes({**MANAGER, "kind": kind, "issuer": "某培训学校", "valid_to": "2027-01-01"})
    assert (codes_of(manager), kind_name(manager.entry.claim)) == (
        ["CERT-TRAINING", "MANAGER-UNQUALIFIED"],
        kind,
    )
    assert question(manager) == "培训证明不是证书，国家平台不收录"
    assert codes({**MANAGER, "kind": kind, "appointed": ""}) == ["CERT-MISSING", "CERT-TRAINING"]
    (other,) = outcomes({**MANAGER, "industry": "机械制造", "kind": kind})
    assert (codes_of(other), other.verdict) == (["CERT-TRAINING"], "unverified")
    electrician = {"name": "仿真李四", "id_number": LI, "post": "电工", "kind": kind}
    assert codes(electrician) == ["CERT-MISSING", "CERT-TRAINING"]


def test_a_number_with_a_t_is_a_certificate():
    """What is called a training paper and has the number of a special-operation certificate is one."""
    (outcome,) = outcomes({**SPECIAL, "kind": "培训合格证"})
    assert (outcome.entry.claim.kind, codes_of(outcome)) == ("special", [])


@pytest.mark.parametrize("kind", ["有", "是", "√", "齐全", "已取得", "上岗证", "奇怪的证"])
def test_words_that_name_no_kind(kind):
    """A tick, or words that nobody knows, are no kind: nothing is asked as if they were the certificate."""
    (outcome,) = outcomes({**MANAGER, "kind": kind})
    assert (outcome.entry.claim.kind, kind_name(outcome.entry.claim)) == (None, kind)
    assert question(outcome) == "看不出是哪一类证书"


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("上岗证", "没有写准操项目、证书编号和日期"),
        ("√", "没有写准操项目、证书编号和日期"),
        ("有", "没有写准操项目、证书编号和日期"),
        ("齐全", "没有写准操项目、证书编号和日期"),
        ("特种作业操作证", "没有写准操项目、证书编号和日期"),
        ("安全生产知识和管理能力考核合格证", "没有写证书编号和日期"),
    ],
)
def test_a_claim_of_which_nothing_is_known(kind, missing):
    """That there is one is no certificate that anybody could check: what is missing is told."""
    row = {"name": "仿真李四", "id_number": LI, "post": "" if "知识" in kind else "电工", "kind": kind}
    (outcome,) = outcomes(row)
    assert (codes_of(outcome), outcome.verdict) == (["CLAIM-BARE"], "attention")
    assert f"“{kind}”，{missing}" in outcome.findings[0].message
    assert step_of(outcome.findings[0]).startswith("按证书补填")


@pytest.mark.parametrize(
    "more", [{"item": "低压电工作业"}, {"category": "电工作业"}, {"valid_to": "2030-05-12"}]
)
def test_a_claim_of_which_something_is_known(more):
    """An item, a category or a date can be held against something."""
    row = {"name": "仿真李四", "id_number": LI, "post": "电工", "kind": "特种作业操作证", **more}
    assert "CLAIM-BARE" not in codes(row)


def test_what_could_not_be_read_is_not_missing():
    """A number whose digits are lost, and a date that is none, are told by their own codes alone."""
    row = {"name": "仿真李四", "id_number": LI, "post": "电工", "kind": "特种作业操作证"}
    assert codes({**row, "valid_to": "不详日"}) == ["DATE-UNREADABLE"]
    assert codes({**row, "certificate_number": 100000198512310000}) == ["NUMBER-FORM"]


def test_a_tick_beside_a_number_says_nothing():
    """有 is as good as an empty cell where a number or a date is stated."""
    (outcome,) = outcomes({**SAFETY, "kind": "有"})
    assert (outcome.entry.claim.kind, outcome.findings) == ("safety", ())
