"""Wishes of the people on duty, met by exchanging duties; how many duties anybody has is never touched.

In this order, the earlier always before the later: one site a day; not always the same pair together; rest
after so many half-days in a row; near one's own district. Two persons exchange their posts where that
makes the four counts smaller, in that order, until no exchange helps or the rounds are over. Standard
library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.duties.matching import Matching
from scheduler.duties.persons import Member
from scheduler.duties.posts import Post

_MOST_ROUNDS = 3
_NOWHERE = -1

Counts = tuple[int, int, int, int]


class Exchange(NamedTuple):
    """By how much an exchange changes the four counts, and the post and person it is with.

    The least is the one to make: of equal changes the first partner's.
    """

    sites: int
    pairs: int
    rest: int
    far: int
    theirs: int
    other: int


_NONE = Exchange(0, 0, 0, 0, -1, -1)
"""No exchange: what changes nothing is not less."""


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
        times = self.matching.times
        names = sorted({post.site_id for post in self.posts})
        rows = {
            district: [self.away.get(district, {}).get(name, 0) for name in names]
            for district in {one.district for one in self.members}
        }
        self._far = [rows[one.district] for one in self.members]  # person -> site -> how far
        number_of = {name: number for number, name in enumerate(names)}
        self._site = [number_of[post.site_id] for post in self.posts]
        self._first = min(times, default=0)
        self._alike: dict[tuple[int, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._at_site: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._held_at: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            self._alike[times[number], post.role][self._site[number]].append(number)
            self._at_site[self._site[number], post.role].append(number)
            self._held_at[times[number], self._site[number]].append(number)
        self._look()

    def _look(self) -> None:
        """See where everybody is when, and who is together how often."""
        everybody = range(len(self.members))
        self._place: dict[int, list[int]] = defaultdict(
            lambda: [_NOWHERE] * len(everybody)
        )  # time -> person -> site
        self._halves = [0 for _ in everybody]  # person -> a bit for each half-day on duty
        self._together: list[dict[int, int]] = [
            defaultdict(int) for _ in everybody
        ]  # how many posts in common
        for person, duties in enumerate(self.matching.duties):
            for post in duties.values():
                self._be_at(person, post)
                for other in self.matching.holders[post]:
                    if other != person:
                        self._together[person][other] += 1

    def improve(self) -> None:
        """Exchange until no exchange helps, at most so many rounds."""
        for _ in range(_MOST_ROUNDS):
            if not self._round():
                return

    def _round(self) -> bool:
        """Let every duty in order make the exchange that helps most; gives whether any was made."""
        made = False
        for post, holders in enumerate(self.matching.holders):
            for person in tuple(holders):
                if person in holders and self._wants(person, post):
                    best = self.best(person, post)
                    if best is not _NONE:
                        self.exchange(person, post, best)
                        made = True
        return made

    def _wants(self, person: int, post: int) -> bool:
        """Say whether the duty has any part in what is wished away."""
        here = self._site[post]
        return (
            self._far[person][here] > 0
            or self._place[self.matching.times[post] ^ 1][person] not in (_NOWHERE, here)
            or self._repeats(person, post) > 0
            or self._is_too_much(person, post)
        )

    def best(self, person: int, post: int) -> Exchange:
        """Give the exchange of a duty that helps most, _NONE where none helps.

        Partners are duties of the same role, at the same time; for a duty that comes after too many half-days
        in a row, those at the same site at other times, too.
        """
        best = _NONE
        if self._is_too_much(person, post):
            best = min(self._at_other_times(person, post), default=best)
        return self._at_the_time(person, post, min(best, _NONE))

    def _at_other_times(self, person: int, post: int) -> Iterator[Exchange]:
        """Give all exchanges with duties of the same role and site at other times."""
        matching = self.matching
        time = matching.times[post]
        may, free = matching.fits[post], ~matching.busy[time]
        for theirs in self._at_site[self._site[post], self.posts[post].role]:
            when = matching.times[theirs]
            if when != time and (matching.fits[theirs] & ~matching.busy[when]) >> person & 1:
                for other in matching.holders[theirs]:
                    if (may & free) >> other & 1:
                        yield self._change_of_time(person, post, other, theirs)

    def _change_of_time(self, person: int, post: int, other: int, theirs: int) -> Exchange:
        """Give what an exchange within a site changes; it makes nobody's way longer."""
        now, then = (1 << self.matching.times[one] - self._first for one in (post, theirs))
        rest = sum(
            self._late(self._halves[one] ^ now ^ then).bit_count() - self._late(self._halves[one]).bit_count()
            for one in (person, other)
        )
        sites = (
            self._crosses(person, theirs) - self._crosses(person, post)
            + self._crosses(other, post) - self._crosses(other, theirs)
        )  # fmt: skip
        return Exchange(sites, self._pair_change(person, post, other, theirs), rest, 0, theirs, other)

    def _at_the_time(self, person: int, post: int, best: Exchange) -> Exchange:
        """Give the least of an exchange and all those with duties of the same role at the same time.

        Most partners cannot be less: what they change in sites, and in pairs at the very least (all repeats of both
        gone), is compared first, and whether the two may do each other's posts is asked last.
        """
        matching, rows, holders = self.matching, self._far, self.matching.holders
        time, here = matching.times[post], self._site[post]
        elsewhere = self._place[time ^ 1]  # where everybody is at the other half of the date
        mine, near = elsewhere[person], rows[person][here]
        repeats = self._repeats(person, post)
        coming = self._whence(time, here)
        for there, listed in self._alike[time, self.posts[post].role].items():
            my_sites = 0 if mine == _NOWHERE else (mine != there) - (mine != here)
            if my_sites - (there in coming) > best.sites:
                continue
            my_far = rows[person][there] - near
            for theirs in listed:
                if theirs == post:
                    continue
                for other in holders[theirs]:
                    where = elsewhere[other]
                    sites = my_sites if where == _NOWHERE else my_sites + (where != here) - (where != there)
                    if sites > best[0]:
                        continue
                    far = my_far + rows[other][here] - rows[other][there]
                    least = -repeats - self._repeats(other, theirs)
                    if (sites, least, 0, far, theirs, other) >= best:
                        continue
                    pairs = self._pair_change(person, post, other, theirs)
                    found = Exchange(sites, pairs, 0, far, theirs, other)
                    if found < best and matching.fits[post] >> other & matching.fits[theirs] >> person & 1:
                        best = found
        return best

    def _whence(self, time: int, site: int) -> set[int]:
        """Give where those are at a time who are at a site at the other half of the date."""
        place, holders = self._place[time], self.matching.holders
        return {place[one] for post in self._held_at.get((time ^ 1, site), ()) for one in holders[post]} - {
            site
        }

    def _repeats(self, person: int, post: int) -> int:
        """Give how many times more those at a post are together with somebody there."""
        together = self._together[person]
        return sum(together[other] - 1 for other in self.matching.holders[post] if other != person)

    def _pair_change(self, person: int, post: int, other: int, theirs: int) -> int:
        """Give how an exchange changes repeated pairs; who is at both posts stays with both persons as often."""
        here, there = self.matching.holders[post], self.matching.holders[theirs]
        mine, others = self._together[person], self._together[other]
        whole = 0
        for stays in here:
            if stays != person and stays not in there:
                whole += others.get(stays, 0) - mine[stays] + 1
        for stays in there:
            if stays != other and stays not in here:
                whole += mine.get(stays, 0) - others[stays] + 1
        return whole

    def counts(self) -> Counts:
        """Give the four counts of the whole."""
        sites = rest = far = repeats = 0
        for person, duties in enumerate(self.matching.duties):
            both = {time >> 1 for time in duties if time ^ 1 in duties}
            sites += sum(len({self._place[2 * date + half][person] for half in (0, 1)}) > 1 for date in both)
            rest += self._late(self._halves[person]).bit_count()
            far += sum(self._far[person][self._site[post]] for post in duties.values())
            repeats += sum(count * (count - 1) // 2 for count in self._together[person].values())
        return sites, repeats // 2, rest, far

    def _crosses(self, person: int, post: int) -> bool:
        """Say whether a duty at a post makes two sites on its day."""
        return self._place[self.matching.times[post] ^ 1][person] not in (_NOWHERE, self._site[post])

    def _is_too_much(self, person: int, post: int) -> bool:
        """Say whether a duty comes after too many half-days in a row."""
        return self._late(self._halves[person]) >> self.matching.times[post] - self._first & 1 == 1

    def _late(self, halves: int) -> int:
        """Give which of some half-days come after too many in a row."""
        late = halves
        for _ in range(self.halves_running):
            late = late << 1 & halves
        return late

    def exchange(self, person: int, post: int, chosen: Exchange) -> None:
        """Let a person exchange a post for another's."""
        moves = (person, post), (chosen.other, chosen.theirs)
        for one, left in moves:
            self.matching.leave(one, left)
            self._meet(one, left, -1)
            self._halves[one] ^= 1 << self.matching.times[left] - self._first
            self._place[self.matching.times[left]][one] = _NOWHERE
        for one, taken in zip((person, chosen.other), (chosen.theirs, post), strict=True):
            self._meet(one, taken, 1)
            self.matching.take(one, taken)
            self._be_at(one, taken)

    def _be_at(self, person: int, post: int) -> None:
        time = self.matching.times[post]
        self._halves[person] |= 1 << time - self._first
        self._place[time][person] = self._site[post]

    def _meet(self, person: int, post: int, by: int) -> None:
        """Count a post that somebody has in common with those who hold it."""
        for other in self.matching.holders[post]:
            self._together[person][other] += by
            self._together[other][person] += by
