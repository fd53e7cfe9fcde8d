"""What a boss wants to see first: what to do when, and where the findings are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from certcheck.findings import next_step, title
from certcheck.model import Outcome
from certcheck.report.deadlines import Deadline
from common.finding import Severity

_MOST_BARS = 15
_MOST_NAMES = 8
_SPANS = (("本周（7 天内）", 7), ("本月（8 至 30 天）", 30), ("本季度（31 至 90 天）", 90))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: two counts on one scale, in percent of the longest bar."""

    label: str
    violations: int
    attentions: int
    violation_width: float
    attention_width: float


def now_to_do(outcomes: Iterable[Outcome]) -> list[tuple[str, str, int, str]]:
    """Give what violations ask for: title, next step, how many people, and the first of their names.

    What stops people from working comes first, then what concerns most people.
    """
    people: dict[str, dict[tuple[str, str, int], str]] = {}
    for outcome in outcomes:
        source, name = outcome.entry.source, outcome.entry.person.name or "（无姓名）"
        for finding in outcome.findings:
            if finding.severity is Severity.VIOLATION and finding.waived is None:
                people.setdefault(finding.code, {})[source.file, source.sheet, source.row] = name
    ordered = sorted(people.items(), key=lambda pair: (not _urgent(pair[0]), -len(pair[1]), pair[0]))
    return [(title(code), next_step(code), len(rows), _names(rows.values())) for code, rows in ordered]


def _urgent(code: str) -> bool:
    return any(word in next_step(code) for word in ("停止", "立即"))


def _names(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    told = "、".join(listed[:_MOST_NAMES])
    return f"{told} 等" if len(listed) > _MOST_NAMES else told


def by_span(deadlines: Sequence[Deadline], as_of: dt.date) -> list[tuple[str, list[Deadline]]]:
    """Give the deadlines of this week, this month and this quarter, each once."""
    spans = []
    start = as_of
    for words, days in _SPANS:
        end = as_of + dt.timedelta(days=days)
        spans.append((words, [one for one in deadlines if start <= one.day <= end]))
        start = end + dt.timedelta(days=1)
    return spans


def by_month(deadlines: Sequence[Deadline]) -> list[tuple[str, int, int]]:
    """Give the calendar: month, certificates that end, and everything else that falls due."""
    months = []
    for month, group in groupby(deadlines, key=lambda one: f"{one.day:%Y-%m}"):
        listed = list(group)
        ending = sum(one.what.startswith("证书有效期止") for one in listed)
        months.append((month, ending, len(listed) - ending))
    return months


def by_department(outcomes: Iterable[Outcome]) -> list[Bar]:
    """Count certificates with findings by department."""
    return _bars(outcomes, lambda outcome: outcome.entry.person.department or "（未填部门）")


def by_item(outcomes: Iterable[Outcome]) -> list[Bar]:
    """Count certificates with findings by item."""
    return _bars(outcomes, _item)


def _item(outcome: Outcome) -> str:
    claim = outcome.entry.claim
    return (
        "（未填证书）"
        if claim is None
        else claim.item or claim.category or claim.kind_written or "（未填项目）"
    )


def _bars(outcomes: Iterable[Outcome], label: Any) -> list[Bar]:
    violations: Counter[str] = Counter()
    attentions: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.verdict == "violation":
            violations[label(outcome)] += 1
        elif outcome.verdict == "attention":
            attentions[label(outcome)] += 1
    totals = violations + attentions
    longest = max(totals.values(), default=1)
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    shown, rest = ordered[:_MOST_BARS], ordered[_MOST_BARS:]
    counts = [(name, violations[name], attentions[name]) for name in shown]
    if rest:
        told = f"其余 {len(rest)} 项"
        counts.append((told, sum(violations[n] for n in rest), sum(attentions[n] for n in rest)))
        longest = max(longest, sum(counts[-1][1:]))
    return [
        Bar(name, bad, weak, round(100 * bad / longest, 2), round(100 * weak / longest, 2))
        for name, bad, weak in counts
    ]
