"""Wishes of the people on duty, met by exchanging duties; how many duties anybody has is never touched.

In this order, the earlier always before the later: one site a day; not always the same pair together; rest
after so many half-days in a row; near one's own district. Two persons exchange their posts where that
makes the four counts smaller, in that order, until no exchange helps or the rounds are over. Standard
library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.duties.company import NOWHERE, Company
from scheduler.duties.matching import Matching
from scheduler.duties.persons import Member
from scheduler.duties.posts import Post

_MOST_ROUNDS = 3

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
        self._alike: dict[tuple[int, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._at_site: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._held_at: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            self._alike[times[number], post.role][self._site[number]].append(number)
            self._at_site[self._site[number], post.role].append(number)
            self._held_at[times[number], self._site[number]].append(number)
        self._company = Company(self.matching, self._site, self.halves_running)

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
        time = self.matching.times[post]
        return (
            self._far[person][self._site[post]] > 0
            or self._crosses(person, post)
            or self._company.repeats[time][person] > 0
            or self._company.is_late(person, time)
        )

    def best(self, person: int, post: int) -> Exchange:
        """Give the exchange of a duty that helps most, _NONE where none helps.

        Partners are duties of the same role, at the same time; for a duty that comes after too many half-days
        in a row, those at the same site at other times, too.
        """
        best = _NONE
        if self._company.is_late(person, self.matching.times[post]):
            best = min([best, *self._at_other_times(person, post)])
        return self._at_the_time(person, post, best)

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
        now, then = self.matching.times[post], self.matching.times[theirs]
        late = self._company.late_changed
        sites = (
            self._crosses(person, theirs) - self._crosses(person, post)
            + self._crosses(other, post) - self._crosses(other, theirs)
        )  # fmt: skip
        pairs = self._pair_change(person, post, other, theirs)
        rest = late(person, now, then) + late(other, then, now)
        return Exchange(sites, pairs, rest, 0, theirs, other)

    def _at_the_time(self, person: int, post: int, best: Exchange) -> Exchange:
        """Give the least of an exchange and all those with duties of the same role at the same time.

        Only at the likely sites can an exchange make fewer days at two sites: those of the person or of the other at
        the other half of the date. Elsewhere it makes none fewer, and one more where the person is here at both
        halves. As post and person of an exchange are compared, too, the order of the sites does not matter.
        """
        time, here = self.matching.times[post], self._site[post]
        alike = self._alike[time, self.posts[post].role]
        mine = self._company.place[time ^ 1][person]
        likely = alike.keys() & {here, mine, *self._whence(time, here)}
        best = self._of_sites(likely, person, post, best)
        if mine == here or best.sites < 0:
            return best
        return self._of_sites(alike.keys() - likely, person, post, best)

    def _of_sites(self, sites: Iterable[int], person: int, post: int, best: Exchange) -> Exchange:
        """Give the least of an exchange and those with duties of the same role and time at some sites.

        Most partners cannot be less: what they change in sites, and in pairs at the very least (all repeats of both
        gone), is compared first, and whether the two may do each other's posts is asked last.
        """
        matching, rows, holders = self.matching, self._far, self.matching.holders
        time, here = matching.times[post], self._site[post]
        alike = self._alike[time, self.posts[post].role]
        elsewhere = self._company.place[time ^ 1]  # where everybody is at the other half of the date
        repeats = self._company.repeats[time]
        mine, near, own_repeats = elsewhere[person], rows[person][here], repeats[person]
        for there in sites:
            my_sites = 0 if mine == NOWHERE else (mine != there) - (mine != here)
            my_far = rows[person][there] - near
            for theirs in alike[there]:
                if theirs == post:
                    continue
                for other in holders[theirs]:
                    where = elsewhere[other]
                    days = my_sites if where == NOWHERE else my_sites + (where != here) - (where != there)
                    if days > best[0]:
                        continue
                    far = my_far + rows[other][here] - rows[other][there]
                    least = -own_repeats - repeats[other]
                    if (days, least, 0, far, theirs, other) >= best:
                        continue
                    pairs = self._pair_change(person, post, other, theirs)
                    found = Exchange(days, pairs, 0, far, theirs, other)
                    if found < best and matching.fits[post] >> other & matching.fits[theirs] >> person & 1:
                        best = found
        return best

    def _whence(self, time: int, site: int) -> set[int]:
        """Give where those are at a time who are at a site at the other half of the date."""
        place, holders = self._company.place[time], self.matching.holders
        whence = {place[one] for post in self._held_at.get((time ^ 1, site), ()) for one in holders[post]}
        return whence - {site}

    def _pair_change(self, person: int, post: int, other: int, theirs: int) -> int:
        """Give how an exchange changes repeated pairs; who is at both posts stays with both persons as often."""
        here, there = self.matching.holders[post], self.matching.holders[theirs]
        mine, others = self._company.together[person], self._company.together[other]
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
            sites += sum(
                len({self._company.place[2 * date + half][person] for half in (0, 1)}) > 1 for date in both
            )
            rest += self._company.late(person)
            far += sum(self._far[person][self._site[post]] for post in duties.values())
            repeats += sum(count * (count - 1) // 2 for count in self._company.together[person].values())
        return sites, repeats // 2, rest, far

    def _crosses(self, person: int, post: int) -> bool:
        """Say whether a duty at a post makes two sites on its day."""
        return self._company.place[self.matching.times[post] ^ 1][person] not in (NOWHERE, self._site[post])

    def exchange(self, person: int, post: int, chosen: Exchange) -> None:
        """Let a person exchange a post for another's."""
        self._company.leave(person, post)
        self._company.leave(chosen.other, chosen.theirs)
        self._company.take(person, chosen.theirs)
        self._company.take(chosen.other, post)
