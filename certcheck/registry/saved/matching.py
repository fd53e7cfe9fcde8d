"""Saved pages to the people of a list: by what a page shows, else by a file name that holds the number.

A page that shows a number is about that number, whatever its file is called. One that shows a name, or a number
with stars, is about somebody only where nobody else of the list can be meant. Every doubt leaves a page unused,
and says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from certcheck.listed import ListedPeople
from certcheck.model import Question
from certcheck.registry.saved.reading import SavedPage
from certcheck.registry.saved.subject import number_fits

NOT_LISTED = "不是名单上的人"


@dataclass(frozen=True, slots=True)
class Match:
    """Whose page it is (an identity number, "" for nobody's), or why that is not plain.

    ``other`` is the number of another person of the list who may have been meant, by the file name or
    by the name on the page, "" where there is none; ``not_theirs`` says why it is not theirs.
    """

    number: str = field(default="", repr=False)
    reason: str = ""
    other: str = field(default="", repr=False)
    not_theirs: str = ""


class PagesPeople:
    """The people of a list, and what is asked about whom."""

    def __init__(self, listed: ListedPeople, questions: Iterable[Question]) -> None:
        self._listed = listed
        self.questions: dict[str, list[Question]] = {}
        for question in questions:
            self.questions.setdefault(question.id_number, []).append(question)

    def match(self, page: SavedPage, file_name: str) -> Match:
        """Say whose page it is."""
        written = self._listed.numbers_in(file_name)
        named = next(iter(written & self._listed.numbers), "") if len(written) == 1 else ""
        number, reason = self._shown(page, written)
        if not reason and not number and not (page.subject.names or page.subject.numbers):
            number = named
            reason = "" if named else "看不出是谁的：上面没有姓名和号码，文件名里也没有名单上的号码"
        if not reason and not number:
            reason = NOT_LISTED
        if not reason and number not in self.questions:
            reason = "是名单上的人，但这一行不能查询（见名单的核验结果）"
        if reason:
            number = ""
        other, why = self._other(page, named, reason) if named != number or reason else ("", "")
        return Match(number, reason, other, why)

    def _other(self, page: SavedPage, named: str, reason: str) -> tuple[str, str]:
        """Say who else may have been meant, and why the page is not theirs."""
        if named:
            doubt = reason if reason not in ("", NOT_LISTED) else "文件名是此人的号码，网页上却是另一个号码"
            return named, doubt
        if reason == NOT_LISTED and page.subject.names:
            people = self._listed.named(page.subject.names[0])
            if len(people) == 1:
                return next(iter(people)), "网页上是此人的姓名，却是另一个号码"
        return "", ""

    def _shown(self, page: SavedPage, written: set[str]) -> tuple[str, str]:
        """Match by what a page shows; "" and no reason where that is nobody of the list, or nothing."""
        names, numbers = page.subject.names, page.subject.numbers
        if page.subject.people > 1:
            return "", page.reason
        if numbers and "*" not in numbers[0]:
            return numbers[0] if numbers[0] in self._listed.numbers else "", ""
        if not names:
            if not numbers:
                return "", ""
            fitting = {number for number in written & self._listed.numbers if number_fits(numbers[0], number)}
            return (next(iter(fitting)), "") if len(fitting) == 1 else ("", "号码打了星号，上面又没有姓名")
        people = self._listed.named(names[0])
        if numbers:
            people = {who for who in people if number_fits(numbers[0], who)}
        if len(written) == 1 and not people & written:
            return "", "文件名中的号码与网页上的人对不上"
        people = people & written or people
        if len(people) > 1:
            return "", "名单上不止一人与它相符（同名，或打星号的号码相同）"
        return next(iter(people), ""), ""
