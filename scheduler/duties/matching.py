"""As many duties done as possible, then loads as even as possible: both proven by the search itself.

Duties are matched to persons, one at a time and at most so many in all. A post that finds nobody free is
tried along an alternating path (Ford and Fulkerson 1956): where none leads to somebody free, none ever
will. Then duties are passed on along such paths from persons with more to persons with at least two
less, until no such path is left: then the sum of the squares of the loads, and with it the largest load, is
the least that is possible (cost-reducing paths; Harvey, Ladner, Lovász and Tamir 2006). Standard
library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

_START, _DROP, _SHIFT = range(3)
_Step = tuple[int, int, int]
"""How a post was reached: the way, the person who would leave it, the post that this person would take."""


@dataclass
class Matching:
    """Who holds which post; posts and persons are numbers in ticket order.

    Parameters
    ----------
    needed, times, fits
        of each post: how many persons, when, and who may.
    most
        of each person: how many duties in all.
    fixed
        of each person: how many other duties count in the load, which nobody passes on; () for none.
    """

    needed: Sequence[int]
    times: Sequence[Hashable]
    fits: Sequence[Sequence[int]]
    most: Sequence[int]
    fixed: Sequence[int] = ()

    def __post_init__(self) -> None:
        self.holders: list[list[int]] = [[] for _ in self.needed]
        self.duties: list[dict[Hashable, int]] = [{} for _ in self.most]  # of a person: time -> post

    def match(self) -> None:
        """Fill, then level."""
        self._fill()
        self._level()

    def load(self, person: int) -> int:
        """Give how many duties a person has."""
        return len(self.duties[person]) + (self.fixed[person] if self.fixed else 0)

    def vacant(self, post: int) -> int:
        """Give how many persons a post lacks."""
        return self.needed[post] - len(self.holders[post])

    def take(self, person: int, post: int) -> None:
        """Give a post to a person who is free then."""
        self.holders[post].append(person)
        self.duties[person][self.times[post]] = post

    def leave(self, person: int, post: int) -> None:
        """Take a post from a person."""
        self.holders[post].remove(person)
        del self.duties[person][self.times[post]]

    def _fill(self) -> None:
        """Give each post to the free persons with the least load; where there is none, look further.

        What a search in vain has reached is left alone from then on: whoever is reached through it has no room,
        and no later path comes out of it. So many vacancies cost no more than a few.
        """
        closed: set[int] = set()
        for post, needed in enumerate(self.needed):
            time = self.times[post]
            for _ in range(needed):
                free = [
                    person
                    for person in self.fits[post]
                    if time not in self.duties[person] and self.load(person) < self.most[person]
                ]
                if free:
                    self.take(min(free, key=self.load), post)
                elif not _Search(self, [post], [], self._has_room, closed).run():
                    break

    def _has_room(self, person: int) -> bool:
        return self.load(person) < self.most[person]

    def _level(self) -> None:
        """Pass duties on from loads above k to loads below k, for k = 1, 2 and so on."""
        k = 1
        while k < max(map(self.load, range(len(self.most))), default=0):
            while self._pass_on(k):
                pass
            k += 1

    def _pass_on(self, k: int) -> bool:
        high = [person for person in range(len(self.most)) if self.load(person) > k]

        def low(person: int) -> bool:
            return self.load(person) < min(k, self.most[person])

        return _Search(self, [], high, low, set()).run()


class _Search:
    """One search by breadth for somebody who can take a duty more; the path found is carried out.

    Parameters
    ----------
    posts
        posts that need a person more.
    persons
        persons who may give a duty away.
    found
        whether a person who is free ends the search.
    closed
        posts not to be looked at; those of a search in vain join them.
    """

    def __init__(
        self,
        matching: Matching,
        posts: Sequence[int],
        persons: Sequence[int],
        found: Callable[[int], bool],
        closed: set[int],
    ) -> None:
        self._matching, self._found, self._closed = matching, found, closed
        self._steps: dict[int, _Step] = {}
        self._queue: list[int] = []
        for post in posts:
            self._reach(post, (_START, -1, -1))
        self._offered: dict[int, int] = dict.fromkeys(persons, -1)  # a person -> the post that would be taken
        for person in persons:
            self._drop_all(person)

    def run(self) -> bool:
        """Search, and carry the path out; gives whether there was one."""
        matching = self._matching
        for post in self._queue:  # grows while it is read
            time = matching.times[post]
            for person in matching.fits[post]:
                held = matching.duties[person].get(time)
                if held is not None:
                    self._reach(held, (_SHIFT, person, post))
                elif person not in self._offered:
                    self._offered[person] = post
                    if self._found(person):
                        self._carry_out(person)
                        return True
                    self._drop_all(person)
        self._closed.update(self._queue)
        return False

    def _reach(self, post: int, step: _Step) -> None:
        if post not in self._steps and post not in self._closed:
            self._steps[post] = step
            self._queue.append(post)

    def _drop_all(self, person: int) -> None:
        for post in sorted(self._matching.duties[person].values()):
            self._reach(post, (_DROP, person, -1))

    def _carry_out(self, person: int) -> None:
        """Let the last person take a post, and go back: who takes one leaves the one before."""
        post = self._offered[person]
        while True:
            self._matching.take(person, post)
            how, other, taken = self._steps[post]
            if how == _START:
                return
            self._matching.leave(other, post)
            person, post = other, taken if how == _SHIFT else self._offered[other]
            if post < 0:
                return
