"""Item 6 of a notice's form asks about special operations: managers and other bodies' certificates do not count there."""

import datetime as dt
import json

from certcheck.forms import build
from certcheck.forms.runs import read_run
from certcheck.offline.context import Context, Roll
from certcheck.report.special_operations import SpecialOperations
from tests.certcheck.lists import AS_OF, SAFETY, SPECIAL, catalogue, number, outcomes, rules

NONE = {"no_answer": 0, "not_asked": 0, "unverified": 0, "waived": 0}


def counted(*rows):
    """Count a list of these rows."""
    listed = outcomes(*rows)
    special = SpecialOperations(Context(AS_OF, rules(), catalogue(), Roll.of([one.entry for one in listed])))
    for one in listed:
        special.add(one)
    return special.data()


def test_only_special_operations_count():
    """Two welders' and electricians' certificates, one expired; an expired manager's and a forklift's are others."""
    second = number("1988-02-03")
    expired = {**SPECIAL, "id_number": second, "certificate_number": f"T{second}", "valid_to": "2026-01-01"}
    expired |= {"valid_from": "", "first_issue": "", "review_due": "", "review_done": "2023-01-02"}
    found = counted(
        SPECIAL,
        expired,
        {**SAFETY, "valid_from": "2020-01-01", "valid_to": "2022-12-31"},
        {"name": "仿真王五", "id_number": number("1979-05-06"), "kind": "特种设备作业人员证", "item": "叉车司机", "post": "叉车司机"},
        {"name": "仿真赵六", "id_number": number("1979-05-07"), "person_type": "主要负责人", "industry": "金属冶炼"},
        {"name": "仿真钱七", "id_number": number("1979-05-08"), "post": "出纳"},
    )  # fmt: skip
    assert found == {
        "people": 2,
        "certificates": 2,
        "findings": {"CERT-EXPIRED": 1},
        "unsettled": NONE | {"not_asked": 2, "unverified": 1},
    }


def test_who_needs_a_certificate_and_has_none_counts():
    """A welder without one, and somebody of whom no post is told, are people the form asks about; neither has one."""
    found = counted(
        {"name": "仿真王五", "id_number": number("1979-05-06"), "post": "焊工"},
        {"name": "仿真赵六", "id_number": number("1979-05-07"), "post": ""},
    )
    assert found == {
        "people": 2,
        "certificates": 0,
        "findings": {"CERT-MISSING": 1, "POST-MISSING": 1},
        "unsettled": NONE | {"unverified": 1},
    }


def test_a_managers_certificate_does_not_answer_for_a_post():
    """An electrician with the manager's certificate alone: the post is not covered, and the certificate is not counted."""
    found = counted({**SAFETY, "post": "电工", "valid_to": "2026-01-01", "valid_from": ""})
    assert found == {"people": 1, "certificates": 0, "findings": {"CERT-SCOPE": 1}, "unsettled": NONE}


def test_the_form_tells_special_operations_alone(tmp_path):
    """The summary of a run has the counts; one that was written before has those of all certificates."""
    summary = {
        "as_of": "2026-11-20", "rows": {"read": 30, "without_claim": 2}, "outcomes": 33, "people": 27, "verdicts": {"unverified": 0},
        "notes": ["说明", "请核对：加 --columns"],
        "findings": {"CERT-EXPIRED": 3}, "registry": dict.fromkeys(("found", "not_found", "no_answer", "not_asked"), 0),
    }  # fmt: skip
    special = {"people": 21, "certificates": 24, "findings": {"CERT-EXPIRED": 2}, "unsettled": NONE}
    told = []
    for more in ({"special_operations": special}, {}):
        (tmp_path / "summary.json").write_text(json.dumps(summary | more), encoding="utf-8")
        told.append(build.self_check(read_run(tmp_path), dt.date(2026, 11, 20)).rows[5][1])
    assert "核对特种作业人员 21 人、特种作业操作证 24 本（名单共 30 行）" in told[0]
    assert "证书已过期 2 条" in told[0]
    assert told[0].endswith("\n说明"), "what the program asks of whoever runs it is no part of a form"
    assert "核对 27 人（名单 30 行）、证书 31 本" in told[1]
    assert "证书已过期 3 条" in told[1]
