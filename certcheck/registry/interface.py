"""The face of a query site that the rest of the program sees: what is asked, what comes back.

``RegistryStopError``         asking cannot go on now; everything so far is kept
    ``NobodyHereError``       no person answers captchas
    ``RefusedError``          the site refused several times in a row
    ``UnreachableError``      it could not be reached several times in a row
    ``NotNowError``           outside opening hours, over the day's budget, or told to come back later
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from certcheck.model import Answer, Question, RegistryRecord
from common.catalogue import Kind
from common.errors import IncompleteError

Progress = Callable[[int, int], None]
"""Is told how many questions are done, and of how many."""


class RegistryStopError(IncompleteError):
    """Asking stops here; the run can be resumed.

    ``answer`` is set where the question under way had been put already: it is not "not asked".
    """

    answer: Answer | None = None


class NobodyHereError(RegistryStopError):
    """Nobody is there to answer a captcha."""


class RefusedError(RegistryStopError):
    """The site refused repeatedly; asking on would be impolite and of no use."""


class UnreachableError(RegistryStopError):
    """No connection came about, again and again: the network, a proxy or the address is wrong, not the question."""


class NotNowError(RegistryStopError):
    """The site may be asked again, but only later; the text says when."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A captcha: its picture as bytes, and the token the answer goes with."""

    image: bytes = field(repr=False)
    token: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One query and what came back, untouched; ``error`` is set where nothing usable came.

    ``started_at`` is ISO 8601 with zone. ``path`` is the address without its query, which holds
    personal data. ``reached`` says whether there was a connection at all.
    """

    started_at: str
    path: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    error: str = ""
    reached: bool = True


class ReadingState(StrEnum):
    """What an exchange turned out to be."""

    FOUND = "found"
    NOTHING_FOUND = "nothing_found"
    CAPTCHA_WRONG = "captcha_wrong"
    REFUSED = "refused"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class PageReading:
    """An exchange as read: records where found, else why not, in words for the user."""

    state: ReadingState
    records: tuple[RegistryRecord, ...] = ()
    reason: str = ""


class CaptchaAsker(Protocol):
    """A way to a person who reads captchas. No implementation recognises them."""

    def ask(self, image: bytes) -> str | None:
        """Show a picture and give what the person typed; None where nobody is there."""
        ...


class Registry(Protocol):
    """A query site: hands out captchas and answers questions, one call at a time."""

    @property
    def host(self) -> str:
        """The site's name in records and messages."""
        ...

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of certificate that it can be asked about."""
        ...

    def challenge(self) -> Challenge | Exchange:
        """Fetch a captcha; an ``Exchange`` with the failure where none came."""
        ...

    def query(self, question: Question, challenge: Challenge, answer: str) -> Exchange:
        """Ask one question. Never raises for what the network or the site does."""
        ...


class Answerer(Protocol):
    """What gives the answers of a run: a look-up of a site, saved pages, or one before the other."""

    def refusal(self, question: Question) -> str:
        """Say in words for the user why it has no answer to such a question; "" where it may have one."""
        ...

    def ask_all(
        self, questions: Sequence[Question], progress: Progress
    ) -> tuple[dict[Question, Answer], str]:
        """Answer what can be answered; gives the answers, and why the asking ended early, or ""."""
        ...
