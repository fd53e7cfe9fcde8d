"""The facts on which remedies are tried out, and who is to be placed on them.

Before a draw that is the whole batch. After it, it is whoever has no place, with what the others leave: a change moves nobody
who was drawn (``scheduler.replan.helping``).
"""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.plan import Limit
from scheduler.problem import Problem, Session
from scheduler.remedy.changes import Change


class Ground(Protocol):
    """Facts as they are or would be, and who is to be placed on them."""

    @property
    def problem(self) -> Problem:
        """Give the facts as people state them."""

    @property
    def left(self) -> Problem:
        """Give who is to be placed, with the seats, places and days that are left for them."""

    @property
    def eligibility(self) -> Eligibility:
        """Give who of them may sit where."""

    def may_hold(self, session: Session) -> bool:
        """Say whether there may be such a session more; not where one was given up."""

    def may_grow(self, limit: Limit) -> bool:
        """Say whether a limit may be greater; not where some of it was given up."""

    def changed(self, change: Change) -> Ground | None:
        """Give the ground after a change; None where somebody could not stay who has a place."""


class WholeBatch:
    """Everybody of a batch is to be placed on all of it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = self.left = problem

    @cached_property
    def eligibility(self) -> Eligibility:
        """Give who may sit where by the rules."""
        return Eligibility(self.problem, ConflictGraph(self.problem))

    def may_hold(self, session: Session) -> bool:
        """Say yes: nothing was given up."""
        return True

    def may_grow(self, limit: Limit) -> bool:
        """Say yes: of no limit anything was given up."""
        return True

    def changed(self, change: Change) -> WholeBatch:
        """Give the changed batch."""
        return WholeBatch(change.applied(self.problem))
