"""As many duties done as possible, then loads as even as possible: both proven by the search itself.

Duties are matched to persons, one at a time and at most so many in all. A post that finds nobody free is
tried along an alternating path (Ford and Fulkerson 1956): where none leads to somebody free, none ever
will. Then duties are passed on along such paths from persons with more to persons with at least two
less, until no such path is left: then the sum of the squares of the loads, and with it the largest load, is
the least that is possible (cost-reducing paths; Harvey, Ladner, Lovász and Tamir 2006). Standard
library only; docs/draw-specification.md says it step by step.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.duties.crowds import crowd, first, persons_of

_START, _DROP, _SHIFT = range(3)
_Step = tuple[int, int, int]
"""How a post was reached: the way, the person who would leave it, the post that this person would take."""


@dataclass
class Matching:
    """Who holds which post; posts and persons are numbers in ticket order.

    Parameters
    ----------
    needed, times, fits
        of each post: how many persons, when, and who may (a crowd).
    most
        of each person: how many duties in all.
    fixed
        of each person: how many other duties count in the load, which nobody passes on; () for none.
    """

    needed: Sequence[int]
    times: Sequence[int]
    fits: Sequence[int]
    most: Sequence[int]
    fixed: Sequence[int] = ()

    def __post_init__(self) -> None:
        self.holders: list[list[int]] = [[] for _ in self.needed]  # ascending
        self.duties: list[dict[int, int]] = [{} for _ in self.most]  # of a person: time -> post
        self.busy: dict[int, int] = dict.fromkeys(self.times, 0)  # time -> the crowd that has a post then
        self._loads = list(self.fixed) or [0] * len(self.most)
        self._with_load: dict[int, int] = defaultdict(int)  # load -> the crowd that has it
        for person, load in enumerate(self._loads):
            self._with_load[load] |= 1 << person
        self.room = crowd(person for person, most in enumerate(self.most) if self._loads[person] < most)

    def match(self) -> None:
        """Fill, then level."""
        self._fill()
        self._level()

    def load(self, person: int) -> int:
        """Give how many duties a person has."""
        return self._loads[person]

    def vacant(self, post: int) -> int:
        """Give how many persons a post lacks."""
        return self.needed[post] - len(self.holders[post])

    def take(self, person: int, post: int) -> None:
        """Give a post to a person who is free then."""
        insort(self.holders[post], person)
        self.duties[person][self.times[post]] = post
        self.busy[self.times[post]] |= 1 << person
        self._change_load(person, 1)

    def leave(self, person: int, post: int) -> None:
        """Take a post from a person."""
        self.holders[post].remove(person)
        del self.duties[person][self.times[post]]
        self.busy[self.times[post]] ^= 1 << person
        self._change_load(person, -1)

    def _change_load(self, person: int, by: int) -> None:
        bit = 1 << person
        self._with_load[self._loads[person]] ^= bit
        self._loads[person] += by
        self._with_load[self._loads[person]] |= bit
        self.room = self.room | bit if self._loads[person] < self.most[person] else self.room & ~bit

    def _fill(self) -> None:
        """Give each post to the free persons with the least load; where there is none, look further.

        What a search in vain has reached is left alone from then on: whoever is reached through it has no room,
        and no later path comes out of it. So many vacancies cost no more than a few.
        """
        closed: dict[int, int] = dict.fromkeys(self.times, 0)
        for post, needed in enumerate(self.needed):
            for _ in range(needed):
                free = self.fits[post] & self.room & ~self.busy[self.times[post]]
                if free:
                    self.take(self._least_loaded(free), post)
                elif not _Search(self, self.room, closed).from_post(post):
                    break

    def _least_loaded(self, some: int) -> int:
        """Give of a crowd the person with the least load, of equal loads the lowest number."""
        with_load = self._with_load
        return first(next(filter(None, (some & with_load[load] for load in sorted(with_load)))))

    def _level(self) -> None:
        """Pass duties on from loads above k to loads below k, for k = 1, 2 and so on."""
        k = 1
        while k < max(self._loads, default=0):
            while self._pass_on(k):
                pass
            k += 1

    def _pass_on(self, k: int) -> bool:
        low = self.room & self._where(range(k))
        high = self._where(range(k + 1, max(self._loads) + 1))
        return low > 0 and _Search(self, low, dict.fromkeys(self.times, 0)).from_persons(high)

    def _where(self, loads: range) -> int:
        """Give the crowd with one of some loads."""
        whole = 0
        for load in loads:
            whole |= self._with_load.get(load, 0)
        return whole


class _Search:
    """One search by breadth for somebody who can take a duty more; the path found is carried out.

    Whether a post ends the search is asked when it enters the queue, not when it is taken from it: posts are
    taken in the order in which they entered, so the first that ends it is the same.

    Parameters
    ----------
    wanted
        the crowd of which anybody who is free ends the search.
    closed
        of each time, who holds a post that is not to be looked at; those of a search in vain join them.
    """

    def __init__(self, matching: Matching, wanted: int, closed: dict[int, int]) -> None:
        self._matching, self._wanted, self._closed = matching, wanted, closed
        self._reached = dict(closed)  # time -> who holds a post then that has been in the queue
        self._steps: dict[int, _Step] = {}
        self._queue: list[int] = []
        self._offered: dict[int, int] = {}  # a person -> the post that would be taken
        self._asked = 0  # everybody who has been offered something, or nothing

    def from_post(self, post: int) -> bool:
        """Search for somebody for a post that needs a person more; gives whether there was one."""
        return self._enter(post, (_START, -1, -1)) or self._go_on()

    def from_persons(self, givers: int) -> bool:
        """Search for somebody to take a duty of a crowd; gives whether there was one."""
        self._asked = givers
        return any(map(self._drop_all, persons_of(givers))) or self._go_on()

    def _go_on(self) -> bool:
        """Look at the posts of the queue in order; who would change nothing is passed over."""
        matching, reached = self._matching, self._reached
        for post in self._queue:  # grows while it is read
            time = matching.times[post]
            busy = matching.busy[time]
            for person in persons_of(matching.fits[post] & ~(reached[time] & busy | self._asked & ~busy)):
                if busy >> person & 1:
                    ended = self._reach(person, time, (_SHIFT, person, post))
                else:
                    self._offered[person] = post
                    self._asked |= 1 << person
                    ended = self._drop_all(person)
                if ended:
                    return True
        self._closed.update(reached)
        return False

    def _drop_all(self, person: int) -> bool:
        duties = self._matching.duties[person]
        return any(
            self._reach(person, time, (_DROP, person, -1)) for time in sorted(duties, key=duties.__getitem__)
        )

    def _reach(self, person: int, time: int, step: _Step) -> bool:
        """Let a person's post enter the queue, once at most; gives whether that ended the search."""
        if self._reached[time] >> person & 1:
            return False
        return self._enter(self._matching.duties[person][time], step)

    def _enter(self, post: int, step: _Step) -> bool:
        matching = self._matching
        time = matching.times[post]
        self._steps[post] = step
        self._reached[time] |= crowd(matching.holders[post])
        free = matching.fits[post] & self._wanted & ~matching.busy[time]
        if free:
            self._carry_out(first(free), post)
            return True
        self._queue.append(post)
        return False

    def _carry_out(self, person: int, post: int) -> None:
        """Let the last person take a post, and go back: who takes one leaves the one before."""
        while True:
            self._matching.take(person, post)
            how, other, taken = self._steps[post]
            if how == _START:
                return
            self._matching.leave(other, post)
            person, post = other, taken if how == _SHIFT else self._offered.get(other, -1)
            if post < 0:
                return
