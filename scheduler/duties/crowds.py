"""Crowds: sets of persons as whole numbers, whose bit n says whether person n is in.

So everybody of a large staff is asked at once, and a crowd of thousands takes some hundred bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.duties.persons import Member, is_licensed
from scheduler.duties.posts import Post, Time


def crowd(persons: Iterable[int]) -> int:
    """Give some persons as a crowd."""
    whole = 0
    for person in persons:
        whole |= 1 << person
    return whole


def first(some: int) -> int:
    """Give the lowest number in a crowd that is not empty."""
    return (some & -some).bit_length() - 1


def persons_of(some: int) -> Iterator[int]:
    """Give the numbers in a crowd, ascending."""
    while some:
        lowest = some & -some
        yield lowest.bit_length() - 1
        some ^= lowest


@dataclass
class _Bars:
    """Whom conflicts keep away on a date: from everything, and by site, institution and trainee."""

    all: int = 0
    sites: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    institutions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    trainees: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Crowds:
    """Who of the staff can do what, is away, sits or is barred; each crowd is worked out once."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._skilled: dict[tuple[str, str], int] = {}
        self._able: dict[tuple[str, str, str], int] = {}
        self._away: dict[Time, int] = {}
        self._sitting: dict[Time, int] = {}
        self._bars: dict[str, _Bars] = {}

    def skilled(self, role: str, item: str) -> int:
        """Give who has the role and, as an examiner, the item."""
        if (role, item) not in self._skilled:
            self._skilled[role, item] = crowd(
                person for person, one in enumerate(self._members) if one.skilled(role, (item,))
            )
        return self._skilled[role, item]

    def able(self, post: Post) -> int:
        """Give who can do a post by role, item and licence."""
        role, item, date = alike = post.role, post.item, post.date
        if alike not in self._able:
            self._able[alike] = crowd(
                person
                for person in persons_of(self.skilled(role, item))
                if any(is_licensed(entry, date) for entry in self._members[person].skilled(role, (item,)))
            )
        return self._able[alike]

    def away(self, time: Time) -> int:
        """Give who is not available then."""
        if time not in self._away:
            self._away[time] = crowd(person for person, one in enumerate(self._members) if one.is_away(time))
        return self._away[time]

    def sitting(self, time: Time) -> int:
        """Give who sits as a trainee then."""
        if time not in self._sitting:
            self._sitting[time] = crowd(
                person for person, one in enumerate(self._members) if time in one.sits
            )
        return self._sitting[time]

    def barred(self, post: Post) -> int:
        """Give whom a conflict keeps from a post."""
        if post.date not in self._bars:
            self._bars[post.date] = self._bars_on(post.date)
        bars = self._bars[post.date]
        whole = bars.all | bars.sites.get(post.site_id, 0)
        for name in bars.institutions.keys() & post.institutions:
            whole |= bars.institutions[name]
        for name in bars.trainees.keys() & post.trainees:
            whole |= bars.trainees[name]
        return whole

    def _bars_on(self, date: str) -> _Bars:
        bars = _Bars()
        for person, one in enumerate(self._members):
            bit, barred = 1 << person, one.barred(date)
            bars.all |= bit if barred.all else 0
            for found, names in (
                (bars.sites, barred.sites),
                (bars.institutions, barred.institutions),
                (bars.trainees, barred.trainees),
            ):
                for name in names:
                    found[name] |= bit
        return bars

    def fitting(self, post: Post) -> int:
        """Give who may do a post, leaving aside other duties."""
        return self.able(post) & ~(self.away(post.time) | self.sitting(post.time) | self.barred(post))
