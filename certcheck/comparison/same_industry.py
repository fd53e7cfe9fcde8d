"""Is a safety-knowledge certificate for the industry that the list names? Words that nobody knows deny nothing."""

from __future__ import annotations

import re

from common.catalogue import Catalogue
from common.catalogue_records import Industry
from common.text import key

_PARTS = re.compile(r"[、，,;；/／\\和及与\n]+")
_CHEMICALS, _NOT_HIGH_RISK = "危险化学品", "非高危"
_ACTIVITIES = {"生产": "生产", "经营": "经营", "储存": "经营", "仓储": "经营", "使用": "使用"}
_OVERLAPPING = (
    # 非煤矿山 takes in both (凭经验，未核实); 工贸 takes in metal smelting (note in industries.csv)
    {"金属非金属矿山", "石油天然气开采"},
    {"工贸", "金属冶炼"},
)


def same_industry(claimed: str, shown: str, catalogue: Catalogue) -> bool:
    """Say whether what is on record may be the industry that is claimed; one of several is enough.

    A list's column may hold the enterprise's own industry (机械制造): only one whose managers emergency management
    assesses, or 非高危, can be what stands on the certificate.
    """
    return any(
        _may_be(own, theirs, catalogue) for own in _PARTS.split(claimed) for theirs in _PARTS.split(shown)
    )


def _may_be(claimed: str, shown: str, catalogue: Catalogue) -> bool:
    own, theirs = catalogue.industry(claimed), catalogue.industry(shown)
    if own is None or theirs is None or own.name == theirs.name or {own.name, theirs.name} in _OVERLAPPING:
        return True
    if not (own.assessed or own.name == _NOT_HIGH_RISK) or not (theirs.assessed or not theirs.assessor):
        return True
    if own.name.startswith(_CHEMICALS) and theirs.name.startswith(_CHEMICALS):
        doing, done = _activities(claimed, own), _activities(shown, theirs)
        return not doing or not done or not doing.isdisjoint(done)
    return not (own.assessed or theirs.assessed)


def _activities(text: str, industry: Industry) -> set[str]:
    """Give what is done with dangerous chemicals, as far as words tell: 生产经营 is two things, 加油站 is one."""
    said = key(text) + industry.name
    return {activity for word, activity in _ACTIVITIES.items() if word in said}
