"""What a person would see of an answer: a page made of the records as read, and marked as made by us."""

from __future__ import annotations

import dataclasses

from certcheck.model import RegistryRecord
from certcheck.registry.interface import PageReading, ReadingState
from certcheck.store.sealing import Asked
from common.templates import environment

_MOST_RAW = 4000  # characters of a raw answer that could not be read into records
_STATES = {
    ReadingState.FOUND: "查到记录",
    ReadingState.NOTHING_FOUND: "答复没有查询到",
    ReadingState.CAPTCHA_WRONG: "验证码没有通过",
    ReadingState.REFUSED: "拒绝了查询",
    ReadingState.UNUSABLE: "没有可用的答复",
}
_LABELS = {
    "name": "姓名", "id_number": "证件号码", "category": "作业类别", "item": "操作项目", "certificate_number": "证书编号",
    "first_issue": "初领日期", "valid_from": "有效期开始日期", "valid_to": "有效期结束日期", "review_due": "应复审日期",
    "review_done": "实际复审日期", "issuer": "签发机关", "status": "证书状态", "person_type": "人员类型",
    "industry": "行业类别", "history": "历史数据",
}  # fmt: skip


def answer_page(number: int, asked: Asked, reading: PageReading | None) -> str:
    """Give the page of one exchange; ``reading`` is None where the question was not kept."""
    found = reading is not None and reading.state is ReadingState.FOUND
    return (
        environment()
        .get_template("evidence.html")
        .render(
            number=number,
            asked=asked,
            state=_STATES[reading.state] if reading else "没有保存所查的人，未解读",
            reason=reading.reason if reading else "",
            records=[_shown(record) for record in reading.records] if reading else [],
            raw="" if found else asked.exchange.body[: 4 * _MOST_RAW].decode("utf-8", "replace")[:_MOST_RAW],
        )
    )


def _shown(record: RegistryRecord) -> list[tuple[str, str]]:
    told = []
    for one in dataclasses.fields(record):
        value = getattr(record, one.name)
        if value is not None and value is not False:
            told.append((_LABELS[one.name], "是" if value is True else str(value)))
    return told
