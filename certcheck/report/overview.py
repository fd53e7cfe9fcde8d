"""What a boss wants to see first: what to do when, and where the findings are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from certcheck.findings import step_of, title
from certcheck.model import Outcome
from certcheck.normalise import kind_name
from certcheck.report.deadlines import Deadline
from common.catalogue import Kind
from common.finding import Severity

_MOST_BARS = 15
_MOST_NAMES = 8
_SPANS = (("7 天内", 7), ("8 至 30 天", 30), ("31 至 90 天", 90))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: two counts on one scale, in percent of the longest bar."""

    label: str
    violations: int
    attentions: int
    violation_width: float
    attention_width: float


class Overview:
    """Collects what violations ask for, and where findings are: by department and by item."""

    def __init__(self) -> None:
        self._to_do: dict[tuple[str, str], _Asked] = {}
        self._departments, self._items = _Bars(), _Bars()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if outcome.verdict not in _Bars.COUNTED:
            return
        self._departments.add(outcome.entry.person.department or "（未填部门）", outcome.verdict)
        self._items.add(_item(outcome), outcome.verdict)
        for finding in outcome.findings:
            if finding.severity is Severity.VIOLATION and finding.waived is None:
                self._to_do.setdefault((finding.code, step_of(finding)), _Asked()).add(outcome)

    def now_to_do(self) -> list[tuple[str, str, int, str]]:
        """Give what violations ask for: title, next step, how many people, and the first of their names.

        What stops people from working comes first, then what concerns most people.
        """
        ordered = sorted(
            self._to_do.items(), key=lambda pair: (not _urgent(pair[0][1]), -pair[1].people, pair[0])
        )
        return [(title(code), step, asked.people, asked.told) for (code, step), asked in ordered]

    def charts(self) -> list[tuple[str, list[Bar]]]:
        """Give certificates with findings by department and by item."""
        return [("按部门", self._departments.bars()), ("按项目", self._items.bars())]


class _Asked:
    """How many rows have a finding, and the first names."""

    def __init__(self) -> None:
        self.people = 0
        self._row: tuple[int, str, int] | None = None
        self._names: dict[str, None] = {}

    def add(self, outcome: Outcome) -> None:
        """Count a row once, however many of its certificates have the finding; rows come in order."""
        source = outcome.entry.source
        row = (source.part, source.sheet, source.row)
        if row != self._row:
            self._row, self.people = row, self.people + 1
            if len(self._names) <= _MOST_NAMES:
                self._names[outcome.entry.person.name or "（无姓名）"] = None

    @property
    def told(self) -> str:
        """The first names, and 等 where there are more."""
        told = "、".join(list(self._names)[:_MOST_NAMES])
        return f"{told} 等" if len(self._names) > _MOST_NAMES else told


def _urgent(step: str) -> bool:
    return any(word in step for word in ("停止", "立即"))


def by_span(deadlines: Sequence[Deadline], as_of: dt.date) -> list[tuple[str, list[Deadline]]]:
    """Give the deadlines by how many days are left, each once."""
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


def _item(outcome: Outcome) -> str:
    """Name what a certificate is for; that of a manager is for no item, whatever type of person stands there."""
    claim = outcome.entry.claim
    if claim is None:
        return "（未填证书）"
    item = "" if claim.kind is Kind.SAFETY else claim.item or claim.category
    return item or kind_name(claim) or "（未填项目）"


class _Bars:
    """Counts of one chart, by label."""

    COUNTED = ("violation", "attention")

    def __init__(self) -> None:
        self._counts = {verdict: Counter[str]() for verdict in self.COUNTED}

    def add(self, label: str, verdict: str) -> None:
        """Count one certificate with findings."""
        self._counts[verdict][label] += 1

    def bars(self) -> list[Bar]:
        """Give the longest bars, and the rest as one."""
        violations, attentions = (self._counts[verdict] for verdict in self.COUNTED)
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
