"""The problem list (清单管理) that the notices demand, and how last month's list lives on in it.

应急厅函〔2021〕274号 part 3 (1): enterprises keep a list of the problems found and mend them one by
one. Columns that people fill in by hand are carried over from the list before; what is gone from the
findings is marked solved and stays in the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from certcheck.findings import measures, step_of, title
from certcheck.model import Outcome
from certcheck.report.outcomes import shown_number, shown_text
from certcheck.report.problem_keys import UNCLEAR, Key, Keys, matter_of
from common.finding import Finding, Severity, Waived
from common.privacy import mask
from common.sheets import CellValue, cell_text
from common.text import stated

NEW, PERSISTING, SOLVED, WAIVED, AWAY = "新发现", "持续", "已解决", "已豁免", "已不在岗"
_OPEN_TO_NOBODY = (WAIVED, AWAY)
BY_HAND = ("责任人", "整改期限", "完成日期", "备注")
_NOTHING = ("",) * len(BY_HAND)
_GROWS_FROM = {
    "CERT-EXPIRED": "CERT-EXPIRING", "CERT-REVIEW-OVERDUE": "CERT-REVIEW-DUE", "MANAGER-UNQUALIFIED": "MANAGER-DUE",
    "REG-EXPIRED": "REG-EXPIRING", "REG-REVIEW-OVERDUE": "REG-REVIEW-DUE",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One line of the list; ``key`` says which problem it is, from month to month.

    ``since`` is the run that found it first: a run that is resumed finds its own problems new.
    """

    key: str
    status: str
    cells: tuple[str, ...] = field(repr=False)
    by_hand: tuple[CellValue, ...] = _NOTHING
    since: str = ""

    @property
    def code(self) -> str:
        """Give the code of the finding."""
        return self.key.partition("/")[0]

    @property
    def name(self) -> str:
        """Give who has it, as the list shows the name."""
        return self.cells[1]

    @property
    def number(self) -> str:
        """Give the person's number as the list shows it."""
        return self.cells[2]

    @property
    def done_on(self) -> str:
        """Give the day that somebody wrote under 完成日期, or ""."""
        return stated(cell_text(self.by_hand[BY_HAND.index("完成日期")]))

    @property
    def handwritten(self) -> bool:
        """Say whether somebody wrote something beside it, or a measure of their own."""
        return any(self.by_hand) or self.cells[-1] not in _measures(self.code)


class ProblemList:
    """Collects the problems of a run, with what people wrote beside those of the list ``before``."""

    def __init__(self, run: str, before: Sequence[Problem] = (), *, show_id: bool = False) -> None:
        self._run, self._before, self._show_id = run, before, show_id
        self._keys = Keys()
        self._found: list[tuple[Key, Problem]] = []

    def add(self, outcome: Outcome) -> None:
        """Take the problems of one outcome."""
        for finding in outcome.findings:
            if finding.severity is not Severity.NOTE:
                fresh = Problem("", _status(finding), self._cells(outcome, finding))
                self._found.append((self._keys.of(outcome, finding), fresh))

    def _cells(self, outcome: Outcome, finding: Finding) -> tuple[str, ...]:
        person, number = outcome.entry.person, shown_number(outcome)
        cells = (
            title(finding.code), person.name, number if self._show_id else mask(number) or "",
            person.department, person.post, _told(finding) + _dated(outcome, finding), finding.basis, step_of(finding),
        )  # fmt: skip
        return cells if self._show_id else tuple(shown_text(cell, show_id=False) or "" for cell in cells)

    def problems(self) -> list[Problem]:
        """Give new ones and those that persist, in input order; then what is left of the list before.

        A line of it is solved where its problem is gone, and to be looked at where that cannot be told: somebody whose
        number looks the same has the problem now, under another name or as one of several of this name.
        """
        earlier = {problem.key: problem for problem in self._before}
        current, used, open_matters = list[Problem](), set[str](), set[str]()
        for key, fresh in self._found:
            several = self._keys.several(key)
            text = key.text(several=several)
            known = earlier.get(text) or earlier.get(_before(text))
            if known and not (several and known.handwritten):
                used.add(known.key)
            one = self._carried(replace(fresh, key=text), known, several=several)
            current.append(one)
            if several or one.since == self._run:
                open_matters |= {key.matter, _before(key.matter)}
        left = [one for one in self._before if one.key not in used and self._stays(one)]
        taken = {one.key for one in current}
        return [*current, *(_left_over(one, open_matters, taken) for one in left)]

    def _stays(self, problem: Problem) -> bool:
        """Say whether a line that is no longer found stays: not one that this run itself wrote before it was resumed."""
        return problem.since != self._run or any(problem.by_hand)

    def _carried(self, fresh: Problem, known: Problem | None, *, several: bool) -> Problem:
        """Give a problem with what is known of it from the list before; what is written by hand only where it is certain whose."""
        if known is None:
            return replace(fresh, since=self._run)
        come_again = known.status == SOLVED and known.since != self._run
        since = self._run if come_again else known.since
        status = fresh.status if fresh.status in _OPEN_TO_NOBODY or since == self._run else PERSISTING
        if several:
            return replace(fresh, status=status, since=since)
        own_measure = known.cells[-1] not in {fresh.cells[-1], *_measures(fresh.code)}
        cells = (*fresh.cells[:-1], known.cells[-1]) if own_measure else fresh.cells
        return Problem(fresh.key, status, cells, known.by_hand, since)


def carried_on(named: Sequence[Problem], own: Sequence[Problem]) -> list[Problem]:
    """Join the list of last month with the one in the run's folder, which goes before it.

    The own one may have been written with last month's at hand: a line there that is one here, or grew from it,
    is the same problem. Where nobody wrote beside it here, what they wrote there stays.
    """
    mine = {problem.key: problem for problem in own}
    grown = {_before(key): key for key in mine}
    left = []
    for line in named:
        key = line.key if line.key in mine else grown.get(line.key)
        if key is None:
            left.append(line)
        elif any(line.by_hand) and not any(mine[key].by_hand):
            mine[key] = replace(mine[key], by_hand=line.by_hand)
    return [*left, *mine.values()]


def told_unclear(problems: Sequence[Problem]) -> str:
    """Say in one line that what was written beside some problems is nobody's for certain; "" where it all is."""
    count = sum(one.status == UNCLEAR for one in problems)
    if not count:
        return ""
    return (
        f"问题清单有 {count} 条标为“{UNCLEAR}”：号码遮盖后相同，而姓名改了或有几人同名，看不出是谁的；"
        "手填的内容没有带给别人，仍在原来的一行，请核对后抄到本人的一行。"
    )


def _left_over(problem: Problem, open_matters: set[str], taken: set[str]) -> Problem:
    """Give a line of the list before that nothing found now continues for certain; ``taken`` are the keys of what is found."""
    key = f"{problem.key}/{UNCLEAR}" if problem.key in taken else problem.key
    solved = problem.status == SOLVED or matter_of(problem) not in open_matters
    return replace(problem, key=key, status=SOLVED if solved else UNCLEAR)


def _before(key: str) -> str:
    """Give the key of the problem that one was last month: what was due is overdue now."""
    code, parting, rest = key.partition("/")
    return f"{_GROWS_FROM.get(code, code)}{parting}{rest}"


def _measures(code: str) -> set[str]:
    """Give the measures that the program itself writes beside a problem."""
    return measures(code) | measures(_GROWS_FROM.get(code, code))


def _status(finding: Finding) -> str:
    if finding.waived is None:
        return NEW
    return WAIVED if isinstance(finding.waived, Waived) else AWAY


def _dated(outcome: Outcome, finding: Finding) -> str:
    """Say of which day an answer is that a finding rests on, where an earlier run got it; "" elsewhere."""
    answer = outcome.answer
    earlier = answer.reused and answer.asked_at and finding.code.startswith("REG-")
    return f"（沿用 {answer.asked_at[:10]} 的答复）" if earlier and answer.asked_at else ""


def _told(finding: Finding) -> str:
    return f"{finding.message}{finding.waived}" if finding.waived else finding.message
