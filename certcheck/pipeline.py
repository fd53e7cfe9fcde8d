"""The order of the steps once the lists are read (``lists``): ask, judge offline, compare, conclude. Nothing else lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from certcheck import compare
from certcheck.comparison import with_record
from certcheck.comparison.meant import own_record
from certcheck.findings import finding, for_managers
from certcheck.left import set_aside
from certcheck.model import OFFLINE, Answer, AnswerState, Entry, Outcome, Question
from certcheck.offline.context import Context
from certcheck.questions import question_for
from certcheck.registry.interface import Answerer, Progress
from certcheck.registry.vocabulary import Vocabulary
from certcheck.verdict import verdict_of
from certcheck.waivers import Waiver, waive
from common.catalogue import Kind

Naming = Callable[[Mapping[Question, Answer]], dict[Question, Answer]]


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Verified:
    """The outcomes in input order; ``stopped`` says why asking ended before its end, or ""."""

    outcomes: Iterable[Outcome]
    stopped: str = ""


def verify(
    listed: Iterable[Entry],
    context: Context,
    look_up: Answerer | None,
    vocabulary: Vocabulary,
    progress: Progress = no_progress,
    waivers: Sequence[Waiver] = (),
    named: Naming | None = None,
) -> Verified:
    """Ask the registry where there is one, each question once; then judge every entry, one by one.

    The outcomes are made as they are gone through, once: a long list never stands in memory whole.
    ``named`` lets the answers name the evidence that they rest on, once all of them are there.
    """
    answers: dict[Question, Answer] = {}
    stopped = ""
    if look_up is not None:
        questions = (_question(entry, context, look_up) for entry in listed)
        wanted = dict.fromkeys(question for question in questions if isinstance(question, Question))
        answers, stopped = look_up.ask_all(list(wanted), progress)
        answers = named(answers) if named else answers
    outcomes = _judged(listed, context, look_up, answers, stopped, vocabulary, waivers)
    return Verified(outcomes, stopped)


def _question(entry: Entry, context: Context, look_up: Answerer) -> Question | str:
    """Give what is asked about an entry, or the reason in words for the user why nothing is."""
    question = question_for(entry, context)
    return question if isinstance(question, str) else look_up.refusal(question) or question


def _judged(
    listed: Iterable[Entry],
    context: Context,
    look_up: Answerer | None,
    answers: Mapping[Question, Answer],
    stopped: str,
    vocabulary: Vocabulary,
    waivers: Sequence[Waiver],
) -> Iterator[Outcome]:
    """Judge entries; ``look_up`` is None where nobody was asked at all."""
    not_asked = Answer(AnswerState.NOT_ASKED, reason=stopped or OFFLINE)
    for entry in listed:
        answer, why_not = not_asked, ""
        if look_up is not None:
            question = _question(entry, context, look_up)
            if isinstance(question, Question):
                answer = answers.get(question, not_asked)
            else:
                answer, why_not = Answer(AnswerState.NOT_ASKED, reason=question), question
        record = own_record(entry, answer, context, vocabulary)
        found = with_record.check(entry, record, context, vocabulary)
        if answer is not not_asked:
            found = (*found, *compare.compare(entry, answer, context, vocabulary))
        if why_not and entry.claim is not None:
            found = (*found, finding("REG-NOT-ASKED", f"没有查询：{why_not}。"))
        if entry.claim is not None and entry.claim.kind is Kind.SAFETY:
            found = tuple(map(for_managers, found))
        findings = waive(entry, found, waivers, context.as_of) if waivers else found
        if entry.person.left:
            findings = set_aside(entry, findings)
        confirmed = answer.state is AnswerState.FOUND and compare.confirmed(entry, answer, context)
        verdict = verdict_of(entry, findings, context, confirmed=confirmed)
        yield Outcome(entry, answer, findings, verdict, record)
