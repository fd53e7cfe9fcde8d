"""One question from captcha to answer: ask the person, keep the gap, write, read, confirm."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certcheck.journal import Journal, Read
from certcheck.model import Answer, AnswerState, Question
from certcheck.registry.interface import (
    CaptchaAsker,
    Challenge,
    NobodyHereError,
    PageReading,
    ReadingState,
    Registry,
    RegistryStopError,
)
from certcheck.registry.pacing import Pacer

_FAILURES_TO_GIVE_UP = 3  # a question that fails so often gets "no answer"; the run goes on


@dataclass(frozen=True)
class LookUp:
    """Everything needed to ask one site within one run."""

    site: Registry
    asker: CaptchaAsker
    journal: Journal
    pacer: Pacer
    read: Read
    run: str
    not_before: dt.datetime
    captchas_per_question: int

    def known(self, question: Question) -> Answer | None:
        """Give the answer that the journal already holds, if any."""
        return self.journal.answer(self.run, self.site.host, question, self.not_before)

    def ask(self, question: Question) -> Answer:
        """Ask until there is an answer, or say why there is none.

        Raises
        ------
        RegistryStopError
            nobody answers captchas, or the site refused too often: the run pauses.
        """
        captchas = failures = 0
        answer = Answer(AnswerState.NO_ANSWER)
        while failures < _FAILURES_TO_GIVE_UP and captchas < self.captchas_per_question:
            try:
                asked_at, reading = self._try_once(question)
                answer = Answer(AnswerState.NO_ANSWER, (), asked_at, reason=_why(reading))
                self.pacer.note(reading.state)
            except RegistryStopError as stop:
                stop.answer = answer if answer.asked_at else None
                raise
            known = self.known(question)
            if known is not None:
                return known
            if reading.state is ReadingState.CAPTCHA_WRONG:
                captchas += 1
            elif reading.state is not ReadingState.NOTHING_FOUND:
                failures += 1
        return answer

    def _try_once(self, question: Question) -> tuple[str, PageReading]:
        """Give when it was tried and what came of it."""
        challenge = self.site.challenge()
        if not isinstance(challenge, Challenge):
            self.pacer.wait_for_turn()  # a site that gives no captcha is not asked faster than one that does
            reading = self.read(challenge, question)
            if reading.state is not ReadingState.REFUSED:
                reading = PageReading(ReadingState.UNUSABLE, reason=challenge.error or "没有取到验证码")
            return challenge.started_at, reading
        typed = self.asker.ask(challenge.image)
        if typed is None:
            raise NobodyHereError("没有人回答验证码，本次核验已暂停，已有结果全部保留。请用 --resume 继续。")
        self.pacer.wait_for_turn()
        exchange = self.site.query(question, challenge, typed)
        self.journal.write(self.run, self.site.host, question, exchange)
        return exchange.started_at, self.read(exchange, question)


def _why(reading: PageReading) -> str:
    """Say why a reading is no answer yet; the site's "nothing found" must be said twice."""
    if reading.state is ReadingState.NOTHING_FOUND:
        return "国家平台只答复了一次没有查询到，第二次还没有得到答复"
    return reading.reason
