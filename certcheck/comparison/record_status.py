"""The word that a record has for its state: bad ones are told, unknown ones are shown and never judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from certcheck.answered import SITE
from certcheck.findings import finding
from certcheck.model import RegistryRecord
from certcheck.registry.vocabulary import Vocabulary
from common.finding import Finding
from common.text import key

_STATES = {
    "注销": "已经注销，不再有效",
    "吊销": "已被吊销，不得再从事相应作业",
    "撤销": "已被撤销，不再有效",
    "暂扣": "被暂扣，暂扣期间不得从事相应作业",
    "冻结": "被冻结，解除以前不得从事相应作业",
    "过期": "已经过期",
}  # fmt: skip


def status_findings(
    alike: Sequence[RegistryRecord], vocabulary: Vocabulary, of_item: str = ""
) -> Iterator[Finding]:
    """Judge the states of records that are alike otherwise: the grave one is told, else one that nobody knows."""
    shown = [record.status for record in alike if record.status]
    bad = [status for status in shown if _is_bad(status, vocabulary)]
    unlike = "；平台上同一证书另有状态不同的记录，请向发证机关核实"
    if bad:
        what = next((told for word, told in _STATES.items() if word in bad[0]), "不再有效")
        doubt = unlike if len(bad) < len(alike) else ""
        yield finding(
            "REG-STATUS",
            f"国家平台{of_item}显示证书状态为“{bad[0]}”：{what}{doubt}。",
            basis=SITE,
            field="status",
            expected=bad[0],
        )
        return
    unknown = list(dict.fromkeys(one for one in shown if key(one) not in map(key, vocabulary.status["good"])))
    if unknown:
        told = "、".join(unknown)
        yield finding(
            "REG-STATUS-UNKNOWN",
            f"国家平台{of_item}显示证书状态为“{told}”，本程序不知道其含义，不能认定有效"
            f"{unlike if len(unknown) < len(alike) else ''}：请看平台上的网页，并向发证机关核实。",
            basis=SITE,
            field="status",
            expected=told,
        )


def _is_bad(status: str, vocabulary: Vocabulary) -> bool:
    """Say whether a bad word stands there, and is not denied: of 未注销 and 解除冻结 nobody knows what they mean."""
    said = key(status)
    for word in vocabulary.status["bad"]:
        before, found, _ = said.partition(key(word))
        if found and not before.endswith(tuple(vocabulary.status["denied"])):
            return True
    return False
