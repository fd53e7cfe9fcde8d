"""What says which problem a line of the list is, from month to month: the finding, and who has it.

Two people may look alike once their numbers are masked, and the list must not hold more of a number. So the name
belongs to the key, and whom even that does not tell apart is told, never taken for the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from certcheck.model import Outcome
from certcheck.report.outcomes import shown_number, shown_text
from common.finding import Finding
from common.privacy import mask

if TYPE_CHECKING:
    from certcheck.report.problems import Problem

UNCLEAR = "待核对"
"""The status of a line that may be somebody else's now; also the end of its key where that is taken."""
_Person = str | tuple[int, str, int]
"""A number, or the row of who has none."""
_APART = re.compile(f"(（[0-9]+）)?(/[0-9]+)?(/{UNCLEAR})?$")


@dataclass(frozen=True, slots=True)
class Key:
    """Which problem a finding is: ``matter`` with what is seen of the number, and the ``name`` behind it.

    Who has no number is known by name and department, within the matter. ``person`` counts whom all this does not tell
    apart, ``nth`` the findings of one person that read alike.
    """

    matter: str
    name: str
    person: int = 1
    nth: int = 1

    def text(self, *, several: bool) -> str:
        """Give the key as the list keeps it; ``several`` says that more than one person is called so."""
        return f"{self.matter}{self.name}{f'（{self.person}）' * several}{f'/{self.nth}' * (self.nth > 1)}"


class Keys:
    """Gives the keys of a run's findings; one row without a number is one person."""

    def __init__(self) -> None:
        self._people: dict[str, _Person | dict[_Person, int]] = {}
        self._count: Counter[tuple[str, str, int]] = Counter()

    def of(self, outcome: Outcome, finding: Finding) -> Key:
        """Give the key of one finding; each call is another finding."""
        claim, source, person = outcome.entry.claim, outcome.entry.source, outcome.entry.person
        number = shown_number(outcome)
        who = mask(number) or f"{person.name}/{person.department}"
        item = (claim.item or "") if claim else ""
        matter = "/".join(map(_shown, (finding.code, item, finding.field or "", who)))
        name = f"/{_shown(person.name)}" if number else ""
        at = self._person(matter + name, number or (source.part, source.sheet, source.row))
        self._count[matter, name, at] += 1
        return Key(matter, name, at, self._count[matter, name, at])

    def _person(self, problem: str, one: _Person) -> int:
        """Count whoever has a problem; of a long list nearly every problem is one person's."""
        known = self._people.setdefault(problem, one)
        if isinstance(known, dict):
            return known.setdefault(one, len(known) + 1)
        if known == one:
            return 1
        self._people[problem] = {known: 1, one: 2}
        return 2

    def several(self, key: Key) -> bool:
        """Say whether more than one person has this problem under one name and what is seen of the number."""
        return isinstance(self._people[key.matter + key.name], dict)


def by_name(problems: Sequence[Problem]) -> list[Problem]:
    """Give the problems of a list with the names in their keys, where earlier lists had the masked number alone.

    Lines of one key are no longer told apart: none of them is anybody's.
    """
    named = [replace(one, key=_with_name(one)) for one in problems]
    count, seen = Counter(one.key for one in named), Counter[str]()
    told = []
    for one in named:
        seen[one.key] += 1
        told.append(one if count[one.key] == 1 else replace(one, key=f"{one.key}（{seen[one.key]}）"))
    return told


def _with_name(problem: Problem) -> str:
    """Put the name of a line behind the masked number of its key, where it is missing."""
    number = mask(problem.number)
    found = re.search(f"/{re.escape(number)}(/[0-9]+)?$", problem.key) if number else None
    if found is None:
        return problem.key
    return f"{problem.key[: found.start()]}/{number}/{_shown(problem.name)}{found[1] or ''}"


def matter_of(problem: Problem) -> str:
    """Give what a line is about without the name: another name there may be another person, or a name put right."""
    number = mask(problem.number)
    before, found, _ = problem.key.rpartition(f"/{number}/") if number else ("", "", "")
    return f"{before}/{number}" if found else _APART.sub("", problem.key)


def _shown(text: str) -> str:
    return shown_text(text, show_id=False) or ""
