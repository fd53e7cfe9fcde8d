"""Questions to answers: strictly in order, each captcha spent once, every answer written before it is read.

Two threads: the caller's, in which the person types, and one that talks to the site. While a query
is under way, or waits for its turn, the person answers the next captcha and the picture after that
is fetched. Questions never overtake each other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from certcheck.journal import Journal, Read
from certcheck.model import Answer, AnswerState, Question
from certcheck.registry.desk import Desk, Typed
from certcheck.registry.effort import Effort
from certcheck.registry.interface import (
    CaptchaAsker,
    Challenge,
    Exchange,
    PageReading,
    Progress,
    ReadingState,
    Registry,
    RegistryStopError,
)
from certcheck.registry.manners import Manners
from certcheck.registry.pacing import Halt, Pacer
from common.waiting import outcome

_FAILURES_TO_GIVE_UP = 3  # a question that fails so often gets "no answer"; the run goes on


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of trying a question once; ``put_at`` is None where nothing about the person was sent.

    ``sent`` says whether anything was: where no captcha came, that was asked for.
    """

    reading: PageReading
    put_at: str | None = None
    sent: bool = True


@dataclass(frozen=True)
class LookUp:
    """Everything needed to ask one site within one run; ``ask_all`` may be called once.

    ``halt`` breaks off the waits of ``pacer`` when the asking ends. ``closed`` says why the site is
    not asked any more in this run; what it answered before still counts.
    """

    site: Registry
    asker: CaptchaAsker
    journal: Journal
    pacer: Pacer
    manners: Manners
    read: Read
    run: str
    not_before: dt.datetime
    halt: Halt
    monotonic: Callable[[], float]
    closed: str = ""
    effort: Effort = field(default_factory=Effort)

    def refusal(self, question: Question) -> str:
        """Say why the site cannot be asked such a question; "" where it can."""
        if question.kind in self.site.kinds:
            return ""
        return "旧版查询页只收录特种作业操作证，这一类证书请在国家平台查询"

    def known(self, question: Question) -> Answer | None:
        """Give the answer that the journal already holds, if any."""
        return self.journal.answer(self.run, self.site.host, question, self.not_before)

    def ask_all(
        self, questions: Sequence[Question], progress: Progress
    ) -> tuple[dict[Question, Answer], str]:
        """Answer what can be answered; gives the answers, and why the asking ended early, or "".

        What the journal knows is not asked, even after a stop.
        """
        answers = self._all_known(questions)
        left = [question for question in questions if question not in answers]
        if self.closed and left:
            return answers, self.closed
        stopped = ""
        with self._desk() as (desk, worker):
            for number, question in enumerate(left):
                self.effort.left = len(left) - number
                progress(len(answers), len(questions))
                try:
                    answers[question] = self._ask(question, desk, worker, len(left) - number - 1)
                except RegistryStopError as stop:
                    stopped = str(stop)
                    if stop.answer is not None:
                        answers[question] = stop.answer
                    break
        if stopped:  # another run may have answered meanwhile
            answers |= self._all_known(left)
            if not any(_open(answers.get(question)) for question in left):
                stopped = ""
        progress(len(answers), len(questions))
        return answers, stopped

    def _all_known(self, questions: Sequence[Question]) -> dict[Question, Answer]:
        known = {question: self.known(question) for question in questions}
        return {question: answer for question, answer in known.items() if answer is not None}

    @contextlib.contextmanager
    def _desk(self) -> Iterator[tuple[Desk, ThreadPoolExecutor]]:
        """Open the desk; at its end no wait goes on, and a query under way is waited for and written."""
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zhengkao-asking")
        desk = Desk(
            self.asker, worker, self._fetch, self.pacer,
            keep=self.manners.captcha_keep, monotonic=self.monotonic, effort=self.effort,
        )  # fmt: skip
        try:
            yield desk, worker
        finally:
            self.halt.now()
            worker.shutdown(wait=True, cancel_futures=True)

    def _ask(self, question: Question, desk: Desk, worker: ThreadPoolExecutor, later: int) -> Answer:
        """Ask until there is an answer, or say why there is none.

        Raises
        ------
        RegistryStopError
            nobody answers captchas, or the site is not to be asked any more: the run pauses.
        """
        captchas = failures = 0
        answer = Answer(AnswerState.NO_ANSWER)
        while failures < _FAILURES_TO_GIVE_UP and captchas < self.manners.captchas_per_question:
            try:
                tried = self._try_once(question, desk, worker, later)
                if isinstance(tried, Answer):
                    return tried
                reading, put_at = tried.reading, tried.put_at or answer.asked_at
                answer = Answer(AnswerState.NO_ANSWER, (), put_at, reason=_why(reading))
                if tried.sent:
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

    def _try_once(
        self, question: Question, desk: Desk, worker: ThreadPoolExecutor, later: int
    ) -> Answer | _Tried:
        """Give what came of putting a question once, or another run's answer."""
        typed = desk.captcha(later)
        if isinstance(typed, Exchange):
            reading = self.read(typed, question)
            refused = reading.state is ReadingState.REFUSED
            why = reading.reason if refused else typed.error
            told = f"没有取到验证码（{why}）" if why else "没有取到验证码"
            state = ReadingState.REFUSED if refused else ReadingState.UNUSABLE
            return _Tried(PageReading(state, reason=told))
        put = worker.submit(self._put, question, typed, desk)
        desk.type_ahead(later)
        came = outcome(put)
        if isinstance(came, Answer):
            desk.put_back(typed)
            return came
        if came is None:
            late = PageReading(ReadingState.CAPTCHA_WRONG, reason="验证码等候过久，已作废")
            return _Tried(late, sent=False)
        return _Tried(self.read(came, question), came.started_at)

    def _fetch(self) -> Challenge | Exchange:
        """Fetch a captcha, in the worker's thread; a failure counts as a query, so that none is hurried."""
        with self.pacer.fetching():
            got = self.site.challenge()
            if isinstance(got, Exchange):
                self.pacer.end(self.pacer.begin(), got)
        return got

    def _put(self, question: Question, typed: Typed, desk: Desk) -> Exchange | Answer | None:
        """Put a question when its turn has come, in the worker's thread.

        Another run's answer of this moment is used instead; None where the captcha got too old meanwhile.
        """
        while True:
            with self.pacer.alone():
                known = self.known(question)
                if known is not None:
                    return known
                left = self.pacer.seconds_left()
                if left <= 0:
                    return None if desk.stale(typed.moment) else self._query(question, typed)
            self.pacer.sleep(left)

    def _query(self, question: Question, typed: Typed) -> Exchange:
        begun = self.pacer.begin()
        exchange = self.site.query(question, typed.challenge, typed.answer)
        self.journal.write(self.run, self.site.host, question, exchange)
        self.pacer.end(begun, exchange)
        return exchange


def _open(answer: Answer | None) -> bool:
    return answer is None or answer.state is AnswerState.NO_ANSWER


def _why(reading: PageReading) -> str:
    """Say why a reading is no answer yet; the site's "nothing found" must be said twice."""
    if reading.state is ReadingState.NOTHING_FOUND:
        return "国家平台只答复了一次没有查询到，第二次还没有得到答复"
    return reading.reason
