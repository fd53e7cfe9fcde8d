"""Saved pages before a query site: what they answer is not asked, the rest is still asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certcheck.model import NO_SAVED_PAGE, Answer, AnswerState, Question
from certcheck.registry.interface import Progress
from certcheck.registry.lookup import LookUp
from certcheck.registry.saved.answers import SavedAnswers


@dataclass(frozen=True)
class WithSaved:
    """Answers as a ``LookUp`` does, from saved pages where they spare the asking.

    A fresh answer that this program got itself goes first. A saved page with records spares a
    question. A saved "nothing found", or a page that is no answer, spares none: where there is a
    registry to ask, it is asked.
    """

    saved: SavedAnswers
    look_up: LookUp | None

    def refusal(self, question: Question) -> str:
        """Say why there is no answer to such a question: the site has none, and no page is about it."""
        if self.look_up is None or self.saved.known(question) is not None:
            return ""
        return self.look_up.refusal(question)

    def ask_all(
        self, questions: Sequence[Question], progress: Progress
    ) -> tuple[dict[Question, Answer], str]:
        """Answer from pages what they spare, and ask the site, if there is one, for the rest.

        Captchas are typed ahead among those that are asked only.
        """
        answers: dict[Question, Answer] = {}
        asked: list[Question] = []
        for question in questions:
            spared = self._spared(question)
            if spared is None:
                asked.append(question)
            else:
                answers[question] = spared
        done = len(answers)
        if self.look_up is None or not asked:
            progress(done, len(questions))
            return answers, ""
        live, stopped = self.look_up.ask_all(asked, lambda more, _: progress(done + more, len(questions)))
        return answers | live, stopped

    def _spared(self, question: Question) -> Answer | None:
        """Give the answer of the pages where the site is not asked for one."""
        kept = self.saved.known(question)
        if self.look_up is None:
            return kept or Answer(AnswerState.NOT_ASKED, reason=NO_SAVED_PAGE)
        if kept is None or self.look_up.refusal(question):
            return kept
        if kept.state is AnswerState.FOUND and self.look_up.known(question) is None:
            return kept
        return None
