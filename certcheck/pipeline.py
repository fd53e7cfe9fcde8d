"""The order of the steps: read, judge offline, ask, compare, conclude. Nothing else lives here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certcheck import compare
from certcheck.findings import finding
from certcheck.headers import Headers
from certcheck.model import Answer, AnswerState, Entry, Outcome, Question, Source
from certcheck.normalise import entries
from certcheck.offline import check as offline
from certcheck.offline.context import Context
from certcheck.questions import question_for
from certcheck.registry.lookup import LookUp, Progress
from certcheck.registry.pages import Vocabulary
from certcheck.roster import Reading, read_roster
from certcheck.verdict import verdict_of
from certcheck.waivers import Waiver, waive
from common.catalogue import Catalogue
from common.errors import InputError
from common.sheets import Sheet, read_sheets
from common.text import key


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class ReadLists:
    """Everything read from the files, with what was understood of each sheet."""

    sheets: tuple[Sheet, ...]
    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    parts: tuple[ListPart, ...] = ()


@dataclass(frozen=True)
class ListPart:
    """One file of the lists: its sheets as they are, and how many entries it gave (in input order).

    Two files may have one name, in two folders.
    """

    file: str
    sheets: tuple[Sheet, ...]
    readings: tuple[Reading, ...]
    entries: int


@dataclass(frozen=True)
class Verified:
    """The outcomes in input order; ``stopped`` says why asking ended before its end, or ""."""

    outcomes: tuple[Outcome, ...]
    stopped: str = ""


def read_lists(
    paths: Sequence[Path],
    headers: Headers,
    catalogue: Catalogue,
    as_of: dt.date,
    *,
    sheet: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> ReadLists:
    """Read staff lists.

    Raises
    ------
    InputError
        a file cannot be read, no table of people is in any sheet of it, or a label of
        ``overrides`` stands in none.
    """
    parts: list[ListPart] = []
    listed: list[Entry] = []
    for path in paths:
        own = [one for one in read_sheets(path) if sheet is None or one.name == sheet]
        if not own:
            raise InputError(f"{path.name}：没有名为“{sheet}”的工作表。请检查 --sheet。")
        found = [read_roster(one, headers, overrides) for one in own]
        if not any(reading.tables for reading in found):
            raise InputError(
                f"{path.name}：没有找到人员表。表头里须有“姓名”或“身份证号”一列，"
                "也可以用 --columns name=表头 id_number=表头 指明。",
            )
        people = [row for reading in found for row in reading.rows]
        given = _counted([entry for row in people for entry in entries(row, catalogue, as_of)])
        listed += given
        parts.append(ListPart(path.name, tuple(own), tuple(found), len(given)))
    _refuse_unknown_labels(parts, overrides or {})
    return ReadLists(
        tuple(sheet for part in parts for sheet in part.sheets),
        tuple(reading for part in parts for reading in part.readings),
        tuple(listed),
        tuple(parts),
    )


def _counted(listed: Sequence[Entry]) -> list[Entry]:
    """Count the certificates of a row through where several people stand side by side on it."""
    seen: Counter[Source] = Counter()
    counted = []
    for entry in listed:
        row = replace(entry.source, certificate=0)
        counted.append(replace(entry, source=replace(row, certificate=seen[row])))
        seen[row] += 1
    return counted


def _refuse_unknown_labels(parts: Sequence[ListPart], overrides: Mapping[str, str]) -> None:
    """Refuse a label that no header has: the column meant would be left unread without a word."""
    rows = [
        row
        for part in parts
        for reading in part.readings
        for table in reading.tables
        for row in reading.sheet.rows[table.header_row - 1 : table.first - 1]
    ]
    known = {key(value) for row in rows for value in row if isinstance(value, str)}
    for name, label in overrides.items():
        if key(label) not in known:
            raise InputError(f"--columns {name}={label}：没有一张人员表的表头里有“{label}”。")


def verify(
    listed: Iterable[Entry],
    context: Context,
    look_up: LookUp | None,
    vocabulary: Vocabulary,
    progress: Progress = no_progress,
    waivers: Sequence[Waiver] = (),
) -> Verified:
    """Judge every entry; ask the registry where there is one, each question once."""
    listed = tuple(listed)
    questions = [_question(entry, context, look_up) for entry in listed]
    wanted = list(dict.fromkeys(question for question in questions if isinstance(question, Question)))
    answers, stopped = look_up.ask_all(wanted, progress) if look_up is not None else ({}, "")
    outcomes = []
    for entry, question in zip(listed, questions, strict=True):
        if isinstance(question, Question):
            answer = answers.get(
                question, Answer(AnswerState.NOT_ASKED, reason=stopped or "本次没有联网核验")
            )
        else:
            answer = Answer(AnswerState.NOT_ASKED, reason=question)
        found = (*offline.check(entry, context), *compare.compare(entry, answer, context, vocabulary))
        if look_up is not None and isinstance(question, str) and entry.claim is not None:
            found = (*found, finding("REG-NOT-ASKED", f"没有查询：{question}。"))
        findings = waive(entry, found, waivers, context.as_of) if waivers else found
        confirmed = compare.confirmed(entry, answer, context)
        outcomes.append(
            Outcome(entry, answer, findings, verdict_of(entry, findings, context, confirmed=confirmed))
        )
    return Verified(tuple(outcomes), stopped)


def _question(entry: Entry, context: Context, look_up: LookUp | None) -> Question | str:
    """Give what to ask about an entry, or why it is not asked: by what is written, or at this site."""
    question = question_for(entry, context)
    if isinstance(question, Question) and look_up is not None:
        return look_up.refusal(question) or question
    return question
