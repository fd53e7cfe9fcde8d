"""Where everybody on duty is and when, and with whom: what the wishes count. Standard library only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scheduler.duties.matching import Matching

NOWHERE = -1


class Company:
    """The state of a matching as the wishes see it; who changes the matching does so by ``leave`` and ``take``.

    Parameters
    ----------
    sites
        of each post: the number of its site.
    halves_running
        after how many half-days on duty in a row somebody should rest.

    Attributes
    ----------
    place
        time -> person -> the site where they are; NOWHERE without a duty then.
    together
        person -> other person -> how many posts they hold together.
    repeats
        time -> person -> of all who are at the same post then: how many posts more each is together with them.
    """

    def __init__(self, matching: Matching, sites: Sequence[int], halves_running: int) -> None:
        self._matching, self._sites, self._halves_running = matching, sites, halves_running
        everybody = range(len(matching.most))
        self._first = min(matching.times, default=0)
        self._halves = [0 for _ in everybody]  # person -> a bit for each half-day on duty
        self.place: dict[int, list[int]] = defaultdict(lambda: [NOWHERE] * len(everybody))
        self.repeats: dict[int, list[int]] = defaultdict(lambda: [0] * len(everybody))
        self.together: list[dict[int, int]] = [defaultdict(int) for _ in everybody]
        for post, holders in enumerate(matching.holders):
            for number, person in enumerate(holders):
                self._be_at(person, post)
                for other in holders[:number]:
                    self.together[person][other] += 1
                    self.together[other][person] += 1
        for post, holders in enumerate(matching.holders):
            here = self.repeats[matching.times[post]]
            for person in holders:
                here[person] = sum(self.together[person][other] - 1 for other in holders if other != person)

    def leave(self, person: int, post: int) -> None:
        """Take a post from a person."""
        time = self._matching.times[post]
        self._matching.leave(person, post)
        self._halves[person] ^= 1 << time - self._first
        self.place[time][person] = NOWHERE
        here = self.repeats[time]
        here[person] = 0
        for other in self._matching.holders[post]:
            self._meet(person, other, -1)
            here[other] -= self.together[person][other]

    def take(self, person: int, post: int) -> None:
        """Give a post to a person who is free then."""
        here = self.repeats[self._matching.times[post]]
        for other in self._matching.holders[post]:
            here[person] += self.together[person][other]
            here[other] += self.together[person][other]
            self._meet(person, other, 1)
        self._matching.take(person, post)
        self._be_at(person, post)

    def _be_at(self, person: int, post: int) -> None:
        time = self._matching.times[post]
        self._halves[person] |= 1 << time - self._first
        self.place[time][person] = self._sites[post]

    def _meet(self, person: int, other: int, by: int) -> None:
        """Count a post that two have in common, or no longer, at all posts they hold together besides."""
        count = self.together[person][other] = self.together[other][person] = (
            self.together[person][other] + by
        )
        if count == (by > 0):
            return  # no other post
        theirs = self._matching.duties[other]
        for time, post in self._matching.duties[person].items():
            if theirs.get(time) == post:
                self.repeats[time][person] += by
                self.repeats[time][other] += by

    def is_late(self, person: int, time: int) -> bool:
        """Say whether a duty comes after too many half-days in a row."""
        return self._late(self._halves[person]) >> time - self._first & 1 == 1

    def late(self, person: int) -> int:
        """Give how many of a person's duties come after too many half-days in a row."""
        return self._late(self._halves[person]).bit_count()

    def late_changed(self, person: int, left: int, taken: int) -> int:
        """Give how many more there would be if the person had a duty at one time instead of at another."""
        halves = self._halves[person] ^ (1 << left - self._first) ^ (1 << taken - self._first)
        return self._late(halves).bit_count() - self.late(person)

    def _late(self, halves: int) -> int:
        """Give which of some half-days come after too many in a row."""
        late = halves
        for _ in range(self._halves_running):
            late = late << 1 & halves
        return late
