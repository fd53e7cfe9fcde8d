"""Saved pages beside a live registry: which of the two answers, and what is still asked."""

from __future__ import annotations

from dataclasses import dataclass

from certcheck.model import Answer, AnswerState, Question
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

    def known(self, question: Question) -> Answer | None:
        """Give the answer that is there without asking, if any."""
        fresh = self.look_up.known(question) if self.look_up is not None else None
        kept = self.saved.known(question)
        if fresh is None and kept is not None and (self.look_up is None or kept.state is AnswerState.FOUND):
            return kept
        return fresh

    def ask(self, question: Question) -> Answer:
        """Ask the registry, if there is one.

        Raises
        ------
        RegistryStopError
            asking cannot go on.
        """
        if self.look_up is None:
            return Answer(AnswerState.NOT_ASKED, reason="没有此人可用的保存网页，本次也没有联网核验")
        return self.look_up.ask(question)
