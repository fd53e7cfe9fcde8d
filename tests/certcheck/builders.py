"""Rows of invented people through the whole way from a sheet to an outcome, without files and network.

Reconstructed on 2026-11-20 from its use in the tests, after the first version was emptied by mistake.
"""

import datetime as dt
from functools import lru_cache

from stdnum.cn.ric import calc_check_digit

from certcheck.normalise import entries
from certcheck.offline.context import Context, Roll
from certcheck.pipeline import verify
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.roster import Reading, named_rows
from certcheck.rules import load_rules
from certcheck.staff_list.header_words import load_headers
from common.catalogue import load_catalogue
from common.sheets import Sheet

AS_OF = dt.date(2026, 11, 20)
ZHANG, LI = "000000199001010018", "000000198512319995"

SPECIAL = {
    "name": "仿真张三", "id_number": ZHANG, "kind": "特种作业操作证", "item": "低压电工作业",
    "certificate_number": f"T{ZHANG}", "first_issue": "2024-05-13", "valid_from": "2024-05-13",
    "valid_to": "2030-05-12", "review_due": "2027-05-12",
}  # fmt: skip
"""A certificate of special operations with which nothing is wrong on ``AS_OF``."""
SAFETY = {
    "name": "仿真李四", "id_number": LI, "kind": "安全生产知识和管理能力考核合格证", "certificate_number": LI,
    "person_type": "安全生产管理人员", "industry": "危险化学品经营", "valid_from": "2025-03-01", "valid_to": "2028-02-29",
}  # fmt: skip
"""A safety-knowledge certificate with which nothing is wrong on ``AS_OF``."""

_LABELS = {
    "name": "姓名", "id_number": "身份证号", "sex": "性别", "birth": "出生日期", "employer": "工作单位",
    "department": "部门", "post": "岗位", "kind": "证书类型", "category": "作业类别", "item": "准操项目",
    "certificate_number": "证书编号", "first_issue": "初领日期", "valid_from": "有效期起", "valid_to": "有效期至",
    "valid_range": "有效期限", "review_due": "应复审日期", "review_done": "实际复审日期", "issuer": "签发机关",
    "person_type": "人员类型", "industry": "行业类别", "appointed": "任职日期", "retrained": "最近再培训日期",
    "left_job": "离岗日期", "returned": "返岗日期",
}  # fmt: skip


@lru_cache(maxsize=1)
def rules():
    return load_rules()


@lru_cache(maxsize=1)
def _catalogue():
    return load_catalogue()


@lru_cache(maxsize=1)
def _headers():
    return load_headers()


def number(birth, *, male=True):
    """An invented identity number of the area 000000 with a right check digit."""
    stem = f"000000{birth.replace('-', '')}00{1 if male else 2}"
    return stem + calc_check_digit(stem + "0")


def outcomes(*rows, as_of=AS_OF):
    """Give the outcomes of a sheet with these rows under its header; the first stands in row 2."""
    fields = list(dict.fromkeys(name for row in rows for name in row))
    table = [[_LABELS[name] for name in fields], *([row.get(name, "") for name in fields] for row in rows)]
    rows = named_rows(Reading(Sheet("名单.xlsx", "人员", table)), _headers())
    listed = [entry for row in rows for entry in entries(row, _catalogue(), as_of)]
    context = Context(as_of, rules(), _catalogue(), Roll.of(listed))
    return tuple(verify(listed, context, None, load_vocabulary()).outcomes)


def codes_of(outcome):
    """The finding codes of an outcome, sorted."""
    return sorted(finding.code for finding in outcome.findings)


def codes(row, *, as_of=AS_OF, **changes):
    """The finding codes of one row, sorted, with some of its cells changed."""
    return sorted(code for one in outcomes({**row, **changes}, as_of=as_of) for code in codes_of(one))
