"""The report page: one HTML file that opens anywhere and prints well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from certcheck.findings import CODES, FOR_MANAGERS, OF_NO_KNOWN_KIND, next_step, step_of, title
from certcheck.model import Outcome
from certcheck.normalise import kind_name
from certcheck.report.deadlines import Deadline
from certcheck.report.outcomes import shown_number, shown_text
from certcheck.report.overview import Overview, by_month, by_span
from certcheck.staff_list.header_words import load_headers
from certcheck.verdict import VERDICTS
from certcheck.verdict_words import UNSETTLED, asked_nobody, step_after, words_of
from common.finding import Severity
from common.privacy import mask
from common.templates import environment

_ANSWERS = {"found": "已查到", "not_found": "未查到", "no_answer": "没有答复", "not_asked": "未查询"}
_MOST_LISTED = 200
MOST_PEOPLE = 3000
"""How many certificates the page tells one by one; more than that no browser likes to open."""
_SEVERITIES = {"violation": "违规", "attention": "关注", "note": "说明"}


class People:
    """Collects whom the page tells of, the gravest verdicts first; whether anybody was asked; what is to be done."""

    def __init__(self) -> None:
        self._by_verdict: dict[str, list[Outcome]] = {verdict: [] for verdict in VERDICTS}
        self._asked = False
        self.steps: dict[str, dict[str, None]] = {}

    def add(self, outcome: Outcome) -> None:
        """Take one outcome, unless the page is full of its verdict."""
        self._asked = self._asked or not asked_nobody(outcome.answer)
        for finding in outcome.findings:
            if finding.waived is None:
                self.steps.setdefault(finding.code, {})[step_of(finding)] = None
        listed = self._by_verdict[outcome.verdict]
        if len(listed) < MOST_PEOPLE:
            listed.append(outcome)

    @property
    def words(self) -> dict[str, str]:
        """Give the verdicts in words, over all rows: 未联网核验 only where nobody was asked."""
        return {**VERDICTS, "unverified": UNSETTLED} if self._asked else VERDICTS

    def gravest_first(self) -> list[Outcome]:
        """Give those that the page holds."""
        return [outcome for listed in self._by_verdict.values() for outcome in listed][:MOST_PEOPLE]


def report_page(
    summary: dict[str, Any],
    people: People,
    overview: Overview,
    *,
    unconfirmed: str,
    asked: str,
    coming: Sequence[Deadline] = (),
    stopped: str = "",
    show_id: bool = False,
) -> str:
    """Give the page.

    Parameters
    ----------
    summary
        the run's counts (``summary.summary_data``).
    people, overview
        what was collected of the outcomes.
    unconfirmed
        one line on rules whose text was not at hand, or "".
    asked
        who was asked, or that nobody was.
    coming
        the deadlines of the list, soonest first.
    stopped
        why asking ended early, or "".
    """
    shown = partial(shown_text, show_id=show_id)
    return (
        environment()
        .get_template("report.html")
        .render(
            summary=summary,
            verdicts=[(name, people.words[name], summary["verdicts"][name]) for name in VERDICTS],
            unsettled=people.words["unverified"],
            codes=_codes(summary["findings"], people.steps),
            to_do=[(words, step, count, shown(who)) for words, step, count, who in overview.now_to_do()],
            spans=[
                (
                    words,
                    [
                        (str(one.day), shown(one.name), one.what, shown(one.item))
                        for one in listed[:_MOST_LISTED]
                    ],
                    len(listed),
                )
                for words, listed in by_span(coming, dt.date.fromisoformat(summary["as_of"]))
            ],
            months=by_month(coming),
            charts=overview.charts(),
            shown=shown,
            field_name=load_headers().name_of,
            answers=[(words, summary["registry"][name]) for name, words in _ANSWERS.items()],
            people=[_row(outcome, show_id=show_id) for outcome in people.gravest_first()],
            left_out=max(summary["outcomes"] - MOST_PEOPLE, 0),
            unconfirmed=unconfirmed,
            asked=asked,
            stopped=stopped,
        )
    )


def _codes(
    counts: Mapping[str, int], steps: Mapping[str, Mapping[str, None]]
) -> list[tuple[str, str, str, str, int]]:
    """Give the codes found, gravest first, then by number, with every next step that their findings have."""
    grave = list(Severity)
    ordered = sorted(counts, key=lambda code: (grave.index(CODES[code][0]), -counts[code], code))
    return [
        (code, str(CODES[code][0]), title(code), _steps(code, steps[code]), counts[code]) for code in ordered
    ]


def _steps(code: str, steps: Mapping[str, None]) -> str:
    """Give the next steps of a code: its own first, others with whom they are for."""
    if len(steps) == 1:
        return next(iter(steps))
    own = next_step(code)
    others = {FOR_MANAGERS.get(code): "安管人员：", OF_NO_KNOWN_KIND.get(code): "证书类型不明的："}
    told = sorted(steps, key=lambda step: (step != own, step not in others))
    return "。".join(others.get(step, "") + step for step in told)


def _row(outcome: Outcome, *, show_id: bool) -> dict[str, Any]:
    person, claim, source = outcome.entry.person, outcome.entry.claim, outcome.entry.source
    number = shown_number(outcome)
    shown = partial(shown_text, show_id=show_id)
    place = f"{source.sheet} 第 {source.row} 行" if source.sheet else f"第 {source.row} 行"
    ordered = sorted(outcome.findings, key=lambda finding: list(Severity).index(finding.severity))
    return {
        "verdict": outcome.verdict,
        "words": words_of(outcome),
        "step": step_after(outcome),
        "name": shown(person.name) or "（无姓名）",
        "number": number if show_id else mask(number),
        "post": shown(person.post),
        "department": shown(person.department),
        "kind": shown(kind_name(claim)) if claim else "",
        "item": shown(claim.item or claim.category or "") if claim else "未填证书",
        "valid_to": str(claim.valid_to) if claim and claim.valid_to else "",
        "registry": _ANSWERS[str(outcome.answer.state)],
        "place": place,
        "findings": [
            {
                "severity": str(f.severity), "severity_words": _SEVERITIES[str(f.severity)], "code": f.code,
                "title": title(f.code), "message": shown(f.message), "basis": f.basis, "step": step_of(f),
                "waived": shown(str(f.waived)) if f.waived else "",
            }
            for f in ordered
        ],
    }  # fmt: skip
