"""Every code of what stops planning or a change: the facts are faulty, and the message says where and what to do.

A code never changes its meaning. docs/exam-findings.md is written from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BATCH: Mapping[str, str] = MappingProxyType(
    {
        "BATCH-FILE": "文件读不了",
        "BATCH-TABLE-MISSING": "缺少必需的表",
        "BATCH-TABLE-UNKNOWN": "表名与所缺的表相近，没有读",
        "BATCH-COLUMN-MISSING": "缺少必需的列",
        "BATCH-COLUMN-UNKNOWN": "列名与所缺的列相近，没有读",
        "BATCH-COLUMN-TWICE": "一列出现了两次",
        "BATCH-HEADER-AGAIN": "表中又有一行表头",
        "BATCH-MERGED": "合并单元格跨了几列",
        "BATCH-EMPTY": "必填的一格没有填，或这一行是合计、签名或说明",
        "BATCH-ERROR-CELL": "单元格是公式的错误值",
        "BATCH-VALUE": "不是这一格可用的词或写法",
        "BATCH-NUMBER": "不是数，或是负数",
        "BATCH-DATE": "不是日期，或起止颠倒",
        "BATCH-DUPLICATE": "表、行或编号重复",
        "BATCH-UNKNOWN-ID": "编号没有在它的表中定义",
        "BATCH-ID-AMBIGUOUS": "一个编号既是考生又是考务人员，关系用到它而不知指谁",
        "BATCH-ID-IS-IDENTITY": "会公布的一列里有身份证号",
        "BATCH-ROOMS": "考场坐不下座位表所说的人",
        "BATCH-RULE": "rules.toml 有错",
        "BATCH-RULES-NAME": "规则文件的名称不对，没有读",
    }
)

CHANGE: Mapping[str, str] = MappingProxyType(
    {
        "CHANGE-NONE": "没有任何变更",
        "CHANGE-EMPTY": "必填的一格没有填",
        "CHANGE-UNUSED": "填了这种变更不用的一格",
        "CHANGE-VALUE": "做不到的变更，或写法不对",
        "CHANGE-DATE": "日期不对，或已经过去",
        "CHANGE-UNKNOWN-ID": "编号没有在它的表中定义",
        "CHANGE-DUPLICATE": "重复的变更，或增加的人已经有了",
        "CHANGE-CONFLICT": "两行互相矛盾",
        "CHANGE-PRIVATE": "会公布的一格里有身份证号或姓名",
    }
)
