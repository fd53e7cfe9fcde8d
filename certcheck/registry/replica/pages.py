"""The pages of generation 2, rendered here instead of in a browser; they work without JavaScript.

Element names and classes are those that programs rely on at the real site. Everything shown is
escaped by the template engine.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from certcheck.registry.replica.captcha import Captcha
from certcheck.registry.replica.message import BANNER, Payload
from certcheck.registry.replica.query import HISTORY, IDENTITY_CARD, NOT_FOUND, Ask
from common.resources import DATA

_TEMPLATES = Environment(
    loader=FileSystemLoader(DATA / "templates" / "replica"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["banner"] = BANNER
_DOCUMENTS = {"身份证": IDENTITY_CARD}
_SAFETY = "02"
_SPECIAL_LABELS = (
    ("姓名", "name"),
    ("作业类别", "jobCategoryName"),
    ("操作项目", "operItemName"),
    ("初领日期", "firstIssueDate"),
    ("有效期开始日期", "validBeginDate"),
    ("有效期结束日期", "validEndDate"),
    ("应复审日期", "shouldReviewDate"),
    ("实际复审日期", "reviewDate"),
    ("签发机关", "issueOrgName"),
)
_SAFETY_LABELS = (
    ("姓名", "name"),
    ("证号", "certNum"),
    ("人员类型", "personTypeName"),
    ("行业类别", "industryTypeName"),
    ("初领日期", "firstIssueDate"),
    ("有效期开始日期", "validBeginDate"),
    ("有效期结束日期", "validEndDate"),
    ("签发机关", "issueOrgName"),
)
_PAIRS_IN_A_ROW = 3

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed into the form of a page; ``repr`` shows nothing of it."""

    document: str = field(default="身份证", repr=False)
    number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class QueryPage:
    """One of the two query pages: where it is and what it asks for."""

    title: str
    address: str
    person_type: str


SPECIAL = QueryPage("特种作业操作证查询", "/special?index=0", "03")
SAFETY = QueryPage("安全生产知识和管理能力考核合格信息查询", "/safety?index=1", _SAFETY)


def home_page() -> str:
    """Give the entry page with its two cards."""
    return _render("home.html", pages=(SPECIAL, SAFETY))


def typed_from(form: dict[str, str]) -> Typed:
    """Read what a person typed."""
    return Typed(form.get("document", ""), form.get("number", ""), form.get("name", ""))


def ask_from_form(page: QueryPage, form: dict[str, str]) -> Ask:
    """Read a sent form as a query."""
    typed = typed_from(form)
    return Ask(
        name=typed.name.strip(),
        number=typed.number.strip().upper(),
        person_type=page.person_type,
        code=form.get("code", ""),
        uuid=form.get("uuid", ""),
        document=_DOCUMENTS.get(typed.document.strip(), ""),
    )


def form_page(page: QueryPage, captcha: Captcha, typed: Typed | None = None, error: str = "") -> str:
    """Give the form, again with what was typed where the site refused it."""
    image = "data:image/png;base64," + base64.b64encode(captcha.png).decode("ascii")
    at_number = "身份证" in error
    return _render(
        "form.html", page=page, uuid=captcha.uuid, image=image, typed=typed or Typed(),
        number_error=error if at_number else "", error="" if at_number else error,
    )  # fmt: skip


def result_page(page: QueryPage, payload: Payload) -> str:
    """Give the result of a query that was not refused.

    The page claims "nothing found" only where the answer says so: an empty answer without the
    words shows neither certificates nor the words.
    """
    rows = payload.get("data") or []
    labels = _SAFETY_LABELS if page.person_type == _SAFETY else _SPECIAL_LABELS
    return _render(
        "result.html",
        page=page,
        current=[_rows(row, labels) for row in rows if row.get("dataType") != HISTORY],
        historical=[_rows(row, labels) for row in rows if row.get("dataType") == HISTORY],
        history=HISTORY,
        nothing=NOT_FOUND if not rows and payload.get("msg") == NOT_FOUND else "",
    )


def notice_page(title: str, text: str) -> str:
    """Give a page that only tells something: an error, a closed site."""
    return _render("notice.html", title=title, text=text)


def first_generation_page(certificates: list[list[list[Pair]]], notice: str) -> str:
    """Give the result page of generation 1; pairs and rows come from ``generation1``."""
    return _render("first_generation.html", certificates=certificates, notice=notice)


def in_rows(pairs: list[Pair], width: int) -> list[list[Pair]]:
    """Break label and value pairs into the rows of a table."""
    return [pairs[start : start + width] for start in range(0, len(pairs), width)]


def _rows(row: dict[str, Any], labels: tuple[Pair, ...]) -> list[list[Pair]]:
    return in_rows([(label, str(row.get(key) or "")) for label, key in labels], _PAIRS_IN_A_ROW)


def _render(template: str, **values: Any) -> str:
    return _TEMPLATES.get_template(template).render(**values)
