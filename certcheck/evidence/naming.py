"""What the entries of a bundle are called, and which of them an answer rests on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from certcheck.model import Answer, Question
from certcheck.store.sealing import Asked


def entry_name(number: int) -> str:
    """Give the entry of the exchange with this number; they count from 1 in the order of asking."""
    return f"exchanges/{number:04d}.json"


def sealed_name(number: int) -> str:
    """Give the sealed entry beside it."""
    return f"exchanges/{number:04d}.sealed"


def with_evidence(answers: Mapping[Question, Answer], exchanges: Iterable[Asked]) -> dict[Question, Answer]:
    """Let every answer name the entry of the exchange that decided it.

    That is the exchange of its question and moment (a question that an old version did not keep: of
    its moment). An answer that came of no exchange, as where the site gave no captcha, names none.
    """
    names = {
        (one.question, one.exchange.started_at): entry_name(number)
        for number, one in enumerate(exchanges, start=1)
    }

    def name(question: Question, answer: Answer) -> str | None:
        moment = answer.asked_at or ""
        return names.get((question, moment)) or names.get((None, moment))

    return {
        question: dataclasses.replace(answer, evidence=name(question, answer) or answer.evidence)
        for question, answer in answers.items()
    }
