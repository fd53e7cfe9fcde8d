"""Wishes of the people on duty, met by exchanging duties; how many duties anybody has is never touched.

In this order, the earlier always before the later: one site a day; not always the same pair together; rest
after so many half-days in a row; near one's own district. Two persons exchange their posts where that
makes the four counts smaller, in that order, until no exchange helps or the rounds are over. Standard
library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.duties.crowds import persons_of
from scheduler.duties.matching import Matching
from scheduler.duties.persons import Member
from scheduler.duties.posts import Post

_MOST_ROUNDS = 3

Counts = tuple[int, int, int, int]
_NOTHING: Counts = (0, 0, 0, 0)


@dataclass
class Wishes:
    """The wishes of one matching.

    Parameters
    ----------
    away
        district -> site -> how far: 0 for the own district; what is not named counts 0.
    halves_running
        after how many half-days on duty in a row somebody should rest.
    """

    posts: Sequence[Post]
    members: Sequence[Member]
    matching: Matching
    away: Mapping[str, Mapping[str, int]]
    halves_running: int

    def __post_init__(self) -> None:
        self._may = [frozenset(persons_of(listed)) for listed in self.matching.fits]
        self._pairs: Counter[tuple[int, int]] = Counter()
        for holders in self.matching.holders:
            for number, one in enumerate(holders):
                self._pairs.update(_pair(one, other) for other in holders[number + 1 :])
        self._repeats = sum(count * (count - 1) // 2 for count in self._pairs.values())
        self._halves = [_half_number(post) for post in self.posts]
        self._other_half = [time ^ 1 for time in self.matching.times]
        self._alike: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._at_site: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            self._alike[self.matching.times[number], post.role].append(number)
            self._at_site[post.site_id, post.role].append(number)

    def improve(self) -> None:
        """Exchange until no exchange helps, at most so many rounds."""
        for _ in range(_MOST_ROUNDS):
            if not self._round():
                return

    def _round(self) -> bool:
        """Let every duty in order make the exchange that helps most; gives whether any was made."""
        made = False
        for post in range(len(self.posts)):
            for person in sorted(self.matching.holders[post]):
                if person in self.matching.holders[post] and self._exchange_best(person, post):
                    made = True
        return made

    def _exchange_best(self, person: int, post: int) -> bool:
        if not self._wants(person, post):
            return False
        best, chosen = _NOTHING, None
        for other, theirs in self._partners(person, post):
            change = self.change(person, post, other, theirs)
            if change < best:
                best, chosen = change, (other, theirs)
        if chosen is not None:
            self._exchange(person, post, *chosen)
        return chosen is not None

    def _wants(self, person: int, post: int) -> bool:
        """Say whether the duty has any part in what is wished away."""
        return (
            self._crosses(person, post, self.posts[post].site_id) > 0
            or any(
                self._pairs[_pair(person, other)] > 1
                for other in self.matching.holders[post]
                if other != person
            )
            or self._is_too_much(person, post)
            or self._far(person, post) > 0
        )

    def _partners(self, person: int, post: int) -> Iterator[tuple[int, int]]:
        """Give the duties that may be exchanged for this one: of the same role, at the same time.

        For one that comes after too many half-days in a row, those at the same site at other times, too.
        """
        here = self.posts[post]
        listed = self._alike[self.matching.times[post], here.role]
        if self._is_too_much(person, post):
            listed = sorted({*listed, *self._at_site[here.site_id, here.role]})
        for theirs in listed:
            if theirs == post or person not in self._may[theirs] or not self._is_free(person, theirs, post):
                continue
            for other in sorted(self.matching.holders[theirs]):
                if other in self._may[post] and self._is_free(other, post, theirs) and other != person:
                    yield other, theirs

    def _is_free(self, person: int, post: int, given: int) -> bool:
        """Say whether somebody has nothing else to do at a post's time, once the given post is given away."""
        return self.matching.duties[person].get(self.matching.times[post], given) == given

    def change(self, person: int, post: int, other: int, theirs: int) -> Counts:
        """Give by how much an exchange changes the four counts."""
        if self.matching.times[post] != self.matching.times[theirs]:
            before = self._around((person, other), (post, theirs))
            self._exchange(person, post, other, theirs)
            after = self._around((person, other), (post, theirs))
            self._exchange(person, theirs, other, post)
            return tuple(new - old for new, old in zip(after, before, strict=True))  # type: ignore[return-value]
        here, there = self.posts[post].site_id, self.posts[theirs].site_id
        sites = (
            self._crosses(person, post, there) - self._crosses(person, post, here)
            + self._crosses(other, theirs, here) - self._crosses(other, theirs, there)
        )  # fmt: skip
        pairs = self._pair_change(person, post, other) + self._pair_change(other, theirs, person)
        far = (
            self._far(person, theirs) - self._far(person, post)
            + self._far(other, post) - self._far(other, theirs)
        )  # fmt: skip
        return sites, pairs, 0, far

    def _pair_change(self, leaving: int, post: int, coming: int) -> int:
        """Give how repeated pairs change at a post where one comes for another at the same time."""
        return sum(
            self._pairs[_pair(coming, stays)] - (self._pairs[_pair(leaving, stays)] - 1)
            for stays in self.matching.holders[post]
            if stays != leaving
        )

    def counts(self) -> Counts:
        """Give the four counts of the whole."""
        everybody, every_post = range(len(self.members)), range(len(self.posts))
        return self._around(everybody, every_post)

    def _around(self, persons: Iterable[int], posts: Iterable[int]) -> Counts:
        """Give the four counts as far as some persons and posts have part in them."""
        persons = list(persons)
        sites = sum(self._days_apart(person) for person in persons)
        rest = sum(self._unrested(person) for person in persons)
        far = sum(self._far(holder, post) for post in posts for holder in self.matching.holders[post])
        return sites, self._repeats, rest, far

    def _days_apart(self, person: int) -> int:
        """Give on how many days somebody has to be at two sites."""
        sites = defaultdict(set)
        for post in self.matching.duties[person].values():
            sites[self.posts[post].date].add(self.posts[post].site_id)
        return sum(len(found) > 1 for found in sites.values())

    def _crosses(self, person: int, post: int, site_id: str) -> int:
        """Say (0 or 1) whether being at a site at the post's time makes two sites on that day."""
        other = self.matching.duties[person].get(self._other_half[post])
        return int(other is not None and self.posts[other].site_id != site_id)

    def _is_too_much(self, person: int, post: int) -> bool:
        """Say whether a duty comes after too many half-days in a row."""
        busy = {self._halves[held] for held in self.matching.duties[person].values()}
        half = self._halves[post]
        return all(half - back in busy for back in range(self.halves_running + 1))

    def _unrested(self, person: int) -> int:
        """Give how many of a person's duties come after too many half-days in a row."""
        missed, run, last = 0, 0, None
        for half in sorted(self._halves[post] for post in self.matching.duties[person].values()):
            run = run + 1 if last is not None and half == last + 1 else 1
            missed += run > self.halves_running
            last = half
        return missed

    def _far(self, person: int, post: int) -> int:
        return self.away.get(self.members[person].district, {}).get(self.posts[post].site_id, 0)

    def _exchange(self, person: int, post: int, other: int, theirs: int) -> None:
        self._move_pairs(person, post, -1)
        self._move_pairs(other, theirs, -1)
        self.matching.leave(person, post)
        self.matching.leave(other, theirs)
        self.matching.take(person, theirs)
        self.matching.take(other, post)
        self._move_pairs(person, theirs, 1)
        self._move_pairs(other, post, 1)

    def _move_pairs(self, person: int, post: int, sign: int) -> None:
        for other in self.matching.holders[post]:
            if other != person:
                pair = _pair(person, other)
                self._repeats += self._pairs[pair] if sign > 0 else 1 - self._pairs[pair]
                self._pairs[pair] += sign


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _half_number(post: Post) -> int:
    """Give a half-day's number; those in a row differ by one."""
    return 2 * dt.date.fromisoformat(post.date).toordinal() + (post.half == "pm")
