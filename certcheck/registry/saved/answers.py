"""Answers from saved pages: what all pages about one person and one kind say together.

``known`` is what the rest of the program asks, as it asks the journal. Everything is worked out when the pages are
read, because whose page it is depends on who else is on the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from certcheck.folder import HandedFile, HandedFolder, Use
from certcheck.listed import ListedPeople
from certcheck.model import SAVED_PAGE, Answer, AnswerState, Question, RegistryRecord
from certcheck.registry.interface import ReadingState
from certcheck.registry.records import add_record
from certcheck.registry.saved.matching import NOT_LISTED, PagesPeople
from certcheck.registry.saved.moments import in_china, of_file
from certcheck.registry.saved.reading import PageReader, SavedPage
from certcheck.registry.saved.subject import name_fits
from common.catalogue import Kind
from common.files import os_reason

SEPARATE_PAGES = 2
"""How many separately saved "nothing found" it takes; the site is asked twice as well (decisions/0007)."""

_ENDINGS = ("", ".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".txt", ".json")
USED, NOBODY, UNUSED = "用上", "不对应名单上的人", "没有用上"
"""What may become of a file."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one page says to one question."""

    state: ReadingState
    records: tuple[RegistryRecord, ...]
    at: str
    reason: str
    sha256: str


@dataclass
class SavedAnswers:
    """What saved pages answer; ``uses`` says what became of every file, in their order."""

    folder: HandedFolder
    uses: list[Use] = field(default_factory=list)
    from_replica: int = 0
    _said: dict[Question, list[_Said]] = field(default_factory=dict)

    def known(self, question: Question) -> Answer | None:
        """Give what the pages answer; None where none of them is about the question."""
        said = self._said.get(question)
        return _conclude(said) if said else None


def saved_answers(
    folder: HandedFolder,
    reader: PageReader,
    listed: ListedPeople,
    questions: Iterable[Question],
    progress: Callable[[int, int], None],
) -> SavedAnswers:
    """Read every file of a folder and match it to the people of a list."""
    people = PagesPeople(listed, questions)
    answers = SavedAnswers(folder)
    for number, file in enumerate(folder.files):
        progress(number, len(folder.files))
        for page in _read(file, reader):
            answers.uses.append(_take(answers, people, file, page))
            answers.from_replica += page.from_replica
    progress(len(folder.files), len(folder.files))
    return answers


def _read(file: HandedFile, reader: PageReader) -> list[SavedPage]:
    """Read one file; what cannot be read is one page that says why."""
    if file.fault:
        return [SavedPage(ReadingState.UNUSABLE, reason=file.fault)]
    if file.ending not in _ENDINGS:
        return [SavedPage(ReadingState.UNUSABLE, reason="不是网页、文字或 JSON 文件")]
    try:
        return reader.read(file.content())
    except OSError as error:
        return [SavedPage(ReadingState.UNUSABLE, reason=f"打不开（{os_reason(error)}）")]


def _take(answers: SavedAnswers, people: PagesPeople, file: HandedFile, page: SavedPage) -> Use:
    """Let a page say what it says to the questions it is about, and tell what became of it."""
    match = people.match(page, file.name)
    asked = people.questions.get(match.number, [])
    if match.other:
        _say_nothing(answers, people.questions.get(match.other, []), file, page, match.not_theirs)
    if page.state is ReadingState.UNUSABLE:
        _say_nothing(answers, asked, file, page, page.reason)
        return Use(file, UNUSED, page.reason)
    if not asked:
        return Use(file, NOBODY if match.reason == NOT_LISTED else UNUSED, match.reason)
    kinds = {question.kind for question in asked}
    only = next(iter(kinds)) if len(kinds) == 1 else None
    told = [question for question in asked if _tell(answers, question, file, page, only)]
    if told:
        return Use(file, USED)
    kinds_told = [kind for _, kind in page.records] or [None]
    if only is None and page.kind is None and None in kinds_told:
        reason = "看不出查的是哪一类证书"
        _say_nothing(answers, asked, file, page, reason)
        return Use(file, UNUSED, reason)
    return Use(file, UNUSED, "这一类证书，名单上没有此人的")


def _tell(
    answers: SavedAnswers, question: Question, file: HandedFile, page: SavedPage, only: Kind | None
) -> bool:
    """Let a page answer one question if it is about its kind; ``only`` is the one kind that is claimed."""
    records: tuple[RegistryRecord, ...] = ()
    if page.state is ReadingState.FOUND:
        kinds = [(record, kind or page.kind or only) for record, kind in page.records]
        records = tuple(_named_alike(record, question) for record, kind in kinds if kind is question.kind)
        if not records:
            return False
    elif (page.kind or only) is not question.kind:
        return False
    _note(answers, question, _said(file, page, records=records))
    return True


def _say_nothing(
    answers: SavedAnswers, asked: Sequence[Question], file: HandedFile, page: SavedPage, reason: str
) -> None:
    """Take down why a page is no answer to those whom its file names."""
    for question in asked:
        if page.kind in (None, question.kind):
            unusable = replace(page, state=ReadingState.UNUSABLE, reason=reason)
            _note(answers, question, _said(file, unusable))


def _note(answers: SavedAnswers, question: Question, said: _Said) -> None:
    answers._said.setdefault(question, []).append(said)  # noqa: SLF001 - this module fills it


def _said(file: HandedFile, page: SavedPage, records: tuple[RegistryRecord, ...] = ()) -> _Said:
    at = in_china(page.saved_at) or of_file(file.modified)
    return _Said(page.state, records, at, page.reason, file.sha256)


def _named_alike(record: RegistryRecord, question: Question) -> RegistryRecord:
    """Leave out a name with stars that fits: it is no other name."""
    name = record.name or ""
    return replace(record, name=None) if "*" in name and name_fits(name, question.name) else record


def _conclude(said: Sequence[_Said]) -> Answer:
    """Conclude from all pages about one question.

    Records stand before a "nothing found", which a slip of the hand makes; pages that show different
    records contradict each other; "nothing found" takes two pages that are not copies of one file.
    """
    found = [one for one in said if one.state is ReadingState.FOUND]
    if found:
        records = _agreed(found)
        at = max(one.at for one in found) or None
        if records is None:
            return _no_answer(at, "保存的几个网页内容不同，请只留最近一次保存的")
        return Answer(AnswerState.FOUND, records, at, source=SAVED_PAGE)
    nothing = {one.sha256: one for one in said if one.state is ReadingState.NOTHING_FOUND}
    at = max(one.at for one in said) or None
    if len(nothing) >= SEPARATE_PAGES:
        return Answer(AnswerState.NOT_FOUND, (), at, source=SAVED_PAGE)
    if nothing:
        return _no_answer(
            at,
            "只有一个网页写着没有查询到，可能是输入有误。请核对姓名和号码后再查一次，另存一个网页"
            "（内容完全相同的文件只算一个），或联网核验",
        )
    return _no_answer(at, "；".join(dict.fromkeys(one.reason for one in said)))


def _no_answer(at: str | None, reason: str) -> Answer:
    return Answer(AnswerState.NO_ANSWER, (), at, reason=reason, source=SAVED_PAGE)


def _agreed(found: Sequence[_Said]) -> tuple[RegistryRecord, ...] | None:
    """Give the records that all pages show, each told as fully as any page does; None where they differ."""
    merged: list[RegistryRecord] = []
    for one in found:
        for record in one.records:
            add_record(merged, record)
    alike = all(len(one.records) == len(merged) for one in found)
    return tuple(merged) if alike else None
