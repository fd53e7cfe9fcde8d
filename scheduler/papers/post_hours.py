"""When the work of each post begins and when it is over: a group's examiners come for their own first batch.

A post is a session, a role and a number: of an invigilator the room, of an examiner the group, of a patrol 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scheduler.papers.rows import Sitting
from scheduler.problem import Session
from scheduler.seats.times import MIDNIGHT, ExamTimes

Post = tuple[Session, str, int]


class Hours(NamedTuple):
    """When the first and the last exam of a post begin and end, in minutes after midnight of its day."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def timed(self) -> bool:
        """Say whether the first exam is on its day: what would end after midnight is held at no hour that is known."""
        return self.first[1] <= MIDNIGHT

    @property
    def end(self) -> int:
        """Give when it is over, at midnight at the latest."""
        return min(self.last[1], MIDNIGHT)


def post_hours(sittings: Iterable[Sitting], times: Mapping[str, ExamTimes]) -> dict[Post, Hours]:
    """Give the hours of every post that somebody sits at; none where hours are not known."""
    found: dict[Post, Hours] = {}
    for one in sittings:
        own = times.get(one.trainee_id)
        if not own:
            continue
        for span, role, number in (
            (own.theory, "invigilator", one.room),
            (own.practical, "examiner", one.group),
        ):
            if span:
                for post in ((one.session, role, number), (one.session, "patrol", 0)):
                    known = found.get(post, Hours(span, span))
                    found[post] = Hours(min(known.first, span), max(known.last, span))
    return found
