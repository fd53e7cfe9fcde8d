"""One certificate query, from what was asked to the JSON answer, without HTTP or pages.

The field names are those of program P1 in the wire facts; no recorded answer of the real site is
public, so they are the least bad choice and not a proven one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from certcheck.registry.replica.captcha import Captchas, CaptchaUse
from certcheck.registry.replica.message import Payload
from certcheck.registry.replica.people import PERSON_TYPE_CODES, People, Record, number_is_good

FOUND = "查询成功"
NOT_FOUND = "没有查询到相关证件信息，请核实后重新查询或联系发证机关补登信息！"
CAPTCHA_WRONG = "验证码错误"
CAPTCHA_GONE = "验证码已失效"
HISTORY = "历史数据"
IDENTITY_CARD = "01"
"""``idcardTypeCode`` of an identity card; the codes of other documents are not known."""

_KINDS = {code: kind for kind, code in PERSON_TYPE_CODES.items()}


@dataclass(frozen=True, slots=True)
class Ask:
    """What one query asks; ``repr`` shows neither name nor number."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    person_type: str
    code: str = ""
    uuid: str = ""
    document: str = IDENTITY_CARD
    search_type: str = "1"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query, and for the audit log what it came to and why."""

    payload: Payload = field(repr=False)
    outcome: str
    reason: str | None = None
    count: int = 0


def ask_from(fields: dict[str, str]) -> Ask:
    """Read the parameters of the JSON interface."""
    return Ask(
        name=fields.get("name", "").strip(),
        number=fields.get("idcardNum", "").strip().upper(),
        person_type=fields.get("personTypeCode", ""),
        code=fields.get("code", ""),
        uuid=fields.get("uuid", ""),
        document=fields.get("idcardTypeCode", ""),
        search_type=fields.get("searchType", ""),
    )


def answer_query(ask: Ask, people: People, captchas: Captchas) -> Result:
    """Answer a query; the captcha is used up first, as the framework of the site does it."""
    use = captchas.use(ask.uuid, ask.code)
    refusal = _captcha_refusal(use) or _form_refusal(ask)
    if refusal is not None:
        message, reason = refusal
        return Result({"code": 500, "msg": message}, "refused", reason)
    records = people.find(ask.name, ask.number, _KINDS[ask.person_type])
    if not records:
        return Result({"code": 200, "msg": NOT_FOUND, "data": []}, "not_found")
    data = [record_fields(record, ask.name, ask.number) for record in records]
    return Result({"code": 200, "msg": FOUND, "data": data}, "found", count=len(data))


def record_fields(record: Record, name: str, number: str) -> dict[str, Any]:
    """Give one record under the field names of the JSON interface."""
    fields: dict[str, Any] = {
        "name": name,
        "idcardNum": number,
        "certNum": record.certificate_number,
        "issueOrgName": record.issuer,
        "firstIssueDate": record.first_issue,
        "validBeginDate": record.valid_from,
        "validEndDate": record.valid_to,
        "certStatus": record.status,
    }
    if record.kind == "safety":
        fields |= {"personTypeName": record.person_type, "industryTypeName": record.industry}
    else:
        fields |= {
            "jobCategoryName": record.category,
            "operItemName": record.item,
            "shouldReviewDate": record.review_due,
            "reviewDate": record.review_done,
        }
    if record.history:
        fields["dataType"] = HISTORY
    return fields


def _captcha_refusal(use: CaptchaUse) -> tuple[str, str] | None:
    """Give message and reason where the captcha was not answered rightly."""
    if use is CaptchaUse.RIGHT:
        return None
    return CAPTCHA_WRONG if use is CaptchaUse.WRONG else CAPTCHA_GONE, use.value


def _form_refusal(ask: Ask) -> tuple[str, str] | None:
    """Give message and reason where a field cannot be searched for."""
    checks = (
        (ask.document == IDENTITY_CARD, "请选择证件类型", "document"),
        (ask.search_type == "1" and ask.person_type in _KINDS, "查询参数错误", "parameters"),
        (number_is_good(ask.number), "请输入正确的身份证号", "number"),
        (bool(ask.name), "请输入姓名", "name"),
    )
    return next(((message, reason) for good, message, reason in checks if not good), None)
