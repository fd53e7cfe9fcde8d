"""A blank list of people and their certificates to fill in: the plainest heads, one row a certificate."""

from __future__ import annotations

from common.blank_sheets import DATE, Blank, Column, blank_workbook
from common.catalogue import SAFETY, SPECIAL

_SHEET = "持证人员名单"


def blank_list() -> bytes:
    """Give the workbook; the same bytes always."""
    return blank_workbook([Blank(_SHEET, True, _columns())])


def _columns() -> list[Column]:
    return [
        Column("姓名", "一行一本证书；有几本的写几行，姓名和身份证号每行都写", needed=True, width=14),
        Column("身份证号", "18 位，按文本填写；其他证件写证件号码", needed=True, width=22),
        Column("单位", "工作单位", width=24),
        Column("部门", "部门或班组"),
        Column("岗位", "现在做的工作，例如电工、焊工、架子工；按它核对要不要证、证对不对", width=14),
        Column(
            "证书类型",
            "特种作业操作证，或安全生产知识和管理能力考核合格证；没有证书的空着",
            choices=(SPECIAL, SAFETY),
            width=30,
        ),
        Column("准操项目", "照证书写，例如低压电工作业、熔化焊接与热切割作业", width=24),
        Column("证号", "证书编号，照证书写，按文本填写", width=24),
        Column("初领日期", "日期，例如 2021-05-01", form=DATE, width=12),
        Column("有效期起", "日期", form=DATE, width=12),
        Column("有效期至", "日期，最后有效的一天", form=DATE, width=12),
        Column("应复审日期", "日期，证书上写的应复审的日子", form=DATE, width=12),
        Column("实际复审日期", "日期，已经复审的填那一天；没有的空着", form=DATE, width=14),
        Column("发证机关", "照证书写", width=24),
        Column(
            "人员类型",
            "主要负责人和安全生产管理人员才填",
            choices=("主要负责人", "安全生产管理人员"),
            width=18,
        ),
        Column("行业类别", "同上，例如危险化学品、金属冶炼", width=18),
        Column("任职日期", "同上，日期", form=DATE, width=12),
        Column("最近再培训日期", "同上，日期", form=DATE, width=16),
    ]
